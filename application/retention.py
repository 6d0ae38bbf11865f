"""Nobody is followed for ever: who is let go of when nothing has happened for too long, and who is then erased.

An organisation lets go of a person for whom nothing has happened there for as many months as it says (rdv-insertion
§11.1). Whoever is followed by nobody any more, and was never more than followed, is erased.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from application.desk import Desk
from application.dossiers import stand
from application.errands import Came, Errand, run
from application.ports import RecordBroken, Recorded
from domain.accompaniment import Accompaniment
from domain.accompaniment.events import Begun, Changed
from domain.calendar import paris_day
from domain.candidate import Candidate
from domain.candidate.commands import LeaveOrganisation
from domain.candidate.events import (
    ContactDataChanged,
    IdentifiersSet,
    IdentityCorrected,
    NirCorrected,
    OrganisationJoined,
    Registered,
)
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.events import AppointmentChanged, Invited, ParticipationAdded
from domain.vocabulary import CandidateId, OrganisationId, Role, RootKind

#: Why an organisation does not follow a person any more, as the metadata of the event says.
RETENTION: Final = "retention"
#: Stands for every organisation that follows the person.
EVERYBODY: Final = OrganisationId("")
#: What a dossier may hold beside the person, to be no more than followed.
_FOLLOWING: Final = (Candidate, RsaAppointment, Accompaniment)
#: What says who the person is: it matters to whoever follows them.
_IDENTITY: Final = (IdentityCorrected, ContactDataChanged, IdentifiersSet, NirCorrected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inactive:
    """A person, an organisation that follows them, and the day on which or after which nothing has happened there."""

    root: str
    organisation: OrganisationId
    limit: date


class Eraser(Protocol):
    """What makes a person unreadable."""

    def erased(self, root: str) -> bool:
        """Whether the person of a root was erased."""

    def erase(self, root: str) -> None:
        """Erase the person of a root, for ever: nothing personal can be read, nor the person found, nor more be told.

        Doing it twice changes nothing.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """What retention does: how many people each organisation lets go of, and how many dossiers are erased."""

    let_go: Mapping[OrganisationId, int]
    erased: int


class NotErasable(LookupError):
    """There is nobody to erase under that identifier; says what to do."""


def concerned(recorded: Recorded) -> Iterator[tuple[OrganisationId, date]]:
    """The organisations that an event is activity of, and on which day; `EVERYBODY` for all that follow the person.

    Whatever an organisation does is its activity, and so is an appointment there, on its day. RDV-insertion leaves
    accompaniments out, and would erase somebody who is accompanied (rdv-insertion §11.1).
    """
    day = paris_day(recorded.occurred_at)
    if not recorded.root.startswith(f"{RootKind.CANDIDATE}/"):
        return
    acting = recorded.metadata.organisation
    if acting is not None:
        yield acting.id, day
    if recorded.metadata.actor.role is Role.CANDIDATE or isinstance(recorded.event, _IDENTITY):
        yield EVERYBODY, day
    yield from _named(recorded.event, day)


def _named(event: object, day: date) -> Iterator[tuple[OrganisationId, date]]:
    match event:
        case Registered(organisation=str(organisation)) | OrganisationJoined(organisation=organisation):
            yield organisation, day
        case Invited(organisations=organisations):
            yield from ((organisation, day) for organisation in organisations)
        case ParticipationAdded(organisation=organisation, starts_at=starts_at):
            yield organisation, paris_day(starts_at)
        case AppointmentChanged(starts_at=starts_at):
            yield EVERYBODY, paris_day(starts_at)
        case Begun() | Changed():
            yield event.organisation, event.ends_on or day
        case _:
            pass


def retain(desk: Desk, eraser: Eraser, inactive: Sequence[Inactive], unfollowed: Iterable[str]) -> Retained:
    """Let organisations go of these people, unless something has happened meanwhile, and erase whoever nobody follows.

    `unfollowed`: dossiers that were let go of before, perhaps by somebody who was killed before erasing them.
    """
    left = [each for each in inactive if _let_go(desk, each)]
    return Retained(
        let_go=Counter(each.organisation for each in left),
        erased=sum(_forget(desk, eraser, root) for root in sorted({*unfollowed, *(each.root for each in left)})),
    )


def preview(desk: Desk, inactive: Sequence[Inactive]) -> Retained:
    """What retention would do now; changes nothing."""
    leaving: dict[str, set[OrganisationId]] = {}
    for each in inactive:
        leaving.setdefault(each.root, set()).add(each.organisation)
    return Retained(
        let_go=Counter(each.organisation for each in inactive),
        erased=sum(_is_nothing_more(desk, root, frozenset(leavers)) for root, leavers in leaving.items()),
    )


def erase(desk: Desk, eraser: Eraser, candidate: CandidateId) -> int:
    """Erase a person, and every duplicate merged into their dossier; answers how many dossiers were erased now.

    Raises `NotErasable` where there is no such dossier, or it was merged into another one.
    """
    root = f"{RootKind.CANDIDATE}/{candidate}"
    person = _person(desk, root)
    if person is None:
        raise NotErasable("there is no such dossier")
    if person.merged_into is not None:
        raise NotErasable(f"this dossier was merged into {person.merged_into}: erase that one, this one goes with it")
    return _erase(desk, eraser, root)


def _let_go(desk: Desk, each: Inactive) -> bool:
    try:
        history = desk.journal.load(each.root)
    except RecordBroken:
        return False
    return _is_inactive(each, history) and run(desk, _errand(each)) is Came.RECORDED


def _forget(desk: Desk, eraser: Eraser, root: str) -> int:
    return _erase(desk, eraser, root) if _is_nothing_more(desk, root) else 0


def _is_inactive(each: Inactive, history: Iterable[Recorded]) -> bool:
    return all(
        day < each.limit
        for recorded in history
        for organisation, day in concerned(recorded)
        if organisation in {each.organisation, EVERYBODY}
    )


def _errand(each: Inactive) -> Errand:
    return Errand(
        root=each.root,
        journey=RootKind.CANDIDATE,
        command=LeaveOrganisation(organisation=each.organisation),
        key=f"{RETENTION}/{each.organisation}/{each.limit}",
        origin=RETENTION,
    )


def _is_nothing_more(desk: Desk, root: str, leaving: frozenset[OrganisationId] = frozenset()) -> bool:
    """Whether nobody follows the person, who has no account and no journey elsewhere; False if it cannot be read."""
    try:
        cases = stand(desk.catalogue, desk.journal.load(root)).cases
    except RecordBroken:
        return False
    person = cases.get(RootKind.CANDIDATE)
    return (
        isinstance(person, Candidate)
        and person.merged_into is None
        and person.account is None
        and leaving.issuperset(person.followers)
        and all(isinstance(case, _FOLLOWING) for case in cases.values())
    )


def _duplicates(desk: Desk, root: str) -> Iterator[str]:
    person = _person(desk, root)
    for duplicate in person.absorbed if person is not None else ():
        absorbed = f"{RootKind.CANDIDATE}/{duplicate}"
        yield absorbed
        yield from _duplicates(desk, absorbed)


def _person(desk: Desk, root: str) -> Candidate | None:
    person = stand(desk.catalogue, desk.journal.load(root)).cases.get(RootKind.CANDIDATE)
    return person if isinstance(person, Candidate) else None


def _erase(desk: Desk, eraser: Eraser, root: str) -> int:
    """The duplicates first: who is killed half-way begins again.

    Also those erased before: another process may have used a key for a moment after it was destroyed, and claimed anew
    what the person is found by.
    """
    roots = (*_duplicates(desk, root), root)
    new = [each for each in roots if not eraser.erased(each)]
    for each in roots:
        eraser.erase(each)
    return len(new)
