"""Saving the rows of a list: one person each, new or known, all of a row or nothing (rdv-insertion §2.4, §2.5)."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from application.desk import Desk, Request
from application.dossiers import stand
from application.imports.lists.columns import Column
from application.imports.lists.following import Following, FollowingUp, FollowUpTold
from application.imports.lists.refusals import ArchivedHere, SomeoneWasFaster
from application.imports.lists.rows import Row, person_of
from application.imports.lists.trial import SameAsBefore, Trial
from application.ports import Conflict
from domain.candidate import Candidate, hidden_from
from domain.candidate.commands import (
    ChangeContactData,
    CorrectIdentity,
    JoinOrganisation,
    Register,
    SetIdentifiers,
)
from domain.candidate.refusals import AlreadyRegistered
from domain.journey import Refusal
from domain.vocabulary import Actor, CandidateId, OrganisationId, RootKind


class Came(StrEnum):
    """What came of a row."""

    CREATED = "created"
    UPDATED = "updated"
    #: Somebody known, of whom the row says nothing new.
    UP_TO_DATE = "up_to_date"
    #: Only in a preview: the person whom an earlier row would create.
    SAME_AS_BEFORE = "same_as_before"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of a row: in codes and identifiers, never in the words of the list."""

    row: int
    came: Came
    candidate: CandidateId | None = None
    refusal: Refusal | None = None
    #: Columns whose word was none of those that are known: left out.
    unread: Sequence[Column] = ()
    #: Fields that organisations of this kind do not set: left out.
    hidden: Sequence[str] = ()
    #: If it was asked for.
    follow_up: FollowUpTold | None = None


@dataclass(frozen=True, kw_only=True)
class Saving:
    """The work of one agent on one list."""

    desk: Desk
    agent: Actor
    organisation: OrganisationId
    #: Codes of the organisation's kinds: what they may not set is left out of every row.
    kinds: tuple[str, ...]
    #: Whose internal identifiers the list holds.
    department: str | None
    correlation_id: str
    new_id: Callable[[], str]
    #: Nothing is recorded.
    preview: bool = False
    #: What is asked for everybody in the list beside being saved.
    following: Following | None = None
    _trial: Trial = field(init=False)
    #: Where rows are saved: in the record, or nowhere.
    _work: Desk = field(init=False)

    def __post_init__(self) -> None:
        trial = Trial(self.desk.journal, self.desk.clock)
        object.__setattr__(self, "_trial", trial)
        object.__setattr__(self, "_work", replace(self.desk, journal=trial) if self.preview else self.desk)

    def save(self, row: Row) -> Told:
        """Create or complete the person of a row, then follow them up if asked; a refused row changes nothing."""
        told = Told(row=row.number, came=Came.REFUSED, unread=row.unread())
        try:
            person, hidden = self._allowed(person_of(row, self.department))
            return self._answered(self._followed(self._save(person, replace(told, hidden=hidden))))
        except Refusal as refusal:
            return replace(told, refusal=refusal)
        except Conflict:
            return replace(told, refusal=SomeoneWasFaster())
        finally:
            self._trial.forget()

    def _save(self, person: Register, told: Told) -> Told:
        root = f"{RootKind.CANDIDATE}/{self.new_id()}"
        try:
            made = self._work.submit(self._request(root, person, None, opens=True))
        except SameAsBefore:
            return replace(told, came=Came.SAME_AS_BEFORE)
        except AlreadyRegistered as known:
            return self._complete(CandidateId(str(known.details["candidate_id"])), person, told)
        return replace(told, came=Came.CREATED, candidate=_id_of(made.root))

    def _complete(self, candidate: CandidateId, person: Register, told: Told) -> Told:
        """Tried as a whole before any of it is recorded."""
        root = f"{RootKind.CANDIDATE}/{candidate}"
        news = self._tell(replace(self._work, journal=Trial(self._work.journal, self.desk.clock)), root, person)
        if news:
            self._tell(self._work, root, person)
        return replace(told, came=Came.UPDATED if news else Came.UP_TO_DATE, candidate=candidate)

    def _tell(self, desk: Desk, root: str, person: Register) -> bool:
        """Everything that the row says of somebody known; answers whether any of it was new."""
        known = stand(desk.catalogue, desk.journal.load(root)).cases[RootKind.CANDIDATE]
        if self.organisation in known.archived_by:
            raise ArchivedHere
        asked = [*self._joining(known, person), *completing(known, person)]
        return sum(len(desk.submit(self._request(root, command, RootKind.CANDIDATE)).recorded) for command in asked) > 0

    def _joining(self, known: Candidate, person: Register) -> Iterator[Any]:
        if self.organisation not in known.followers:
            yield JoinOrganisation(organisation=self.organisation, nir=person.nir)

    def _allowed(self, person: Register) -> tuple[Register, Sequence[str]]:
        """The person without what this kind of organisation does not set, and the names of that."""
        hidden = sorted(name for name in hidden_from(self.kinds) if getattr(person, name, None) is not None)
        without: dict[str, Any] = dict.fromkeys(hidden)
        if "department_internal_id" in without:
            without["internal_id_department"] = None
        return replace(person, **without), hidden

    def _answered(self, told: Told) -> Told:
        """Whoever a preview would create has no identifier yet."""
        return replace(told, candidate=None) if self.preview and told.came is Came.CREATED else told

    def _followed(self, told: Told) -> Told:
        if self.following is None or told.candidate is None:
            return told
        root = f"{RootKind.CANDIDATE}/{told.candidate}"
        work = FollowingUp(
            desk=self._work,
            asked=self.following,
            organisation=self.organisation,
            request=lambda command, journey: self._request(root, command, journey),
            root=root,
        )
        return replace(told, follow_up=work.follow())

    def _request(self, root: str, command: Any, journey: str | None, *, opens: bool = False) -> Request:
        return Request(
            root=root,
            command=command,
            actor=self.agent,
            correlation_id=self.correlation_id,
            journey=journey,
            opens_root=opens,
            acting=self.organisation,
        )


def completing(known: Candidate, person: Register) -> Iterator[Any]:
    """The commands that say what a row says beyond what is known. What a row leaves out stays (rdv-insertion §2.4)."""
    yield CorrectIdentity(
        first_name=_better(person.first_name, known.first_name),
        last_name=_better(person.last_name, known.last_name),
        birth_name=_better(person.birth_name, known.birth_name),
        birth_date=person.birth_date or known.birth_date,
        title=person.title or known.title,
        household_role=person.household_role or known.household_role,
    )
    if person.email or person.phone or person.address:
        yield ChangeContactData(email=person.email, phone=person.phone, address=person.address)
    if person.nir or person.france_travail_id or person.caf_number or person.department_internal_id:
        yield SetIdentifiers(
            nir=person.nir,
            france_travail_id=person.france_travail_id,
            caf_number=person.caf_number,
            department_internal_id=person.department_internal_id,
            internal_id_department=person.internal_id_department,
        )


def _better(told: Any, known: Any) -> Any:
    """What the row says, unless it is the same name in the unaccented capitals in which lists come."""
    return known if not told or (known and _plain(told) == _plain(known)) else told


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _id_of(root: str) -> CandidateId:
    return CandidateId(root.partition("/")[2])
