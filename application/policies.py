"""What an event asks for elsewhere: a command in another journey of the same dossier."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.accompaniment import eve
from domain.accompaniment.commands import Shorten
from domain.accompaniment.events import Begun, Changed
from domain.candidate.commands import JoinOrganisation
from domain.candidate.events import Archived, OrganisationLeft
from domain.followed import person_of
from domain.job_application import pending
from domain.job_application.commands import RecordExternalTransfer, RenderObsolete
from domain.job_application.events import Accepted, Submitted
from domain.journey import Dossier
from domain.rsa_appointment import RsaAppointment, Stage
from domain.rsa_appointment.commands import ExpireWhereArchived, WithdrawUnused
from domain.vocabulary import RootKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """A command for one journey of the same dossier, decided and recorded in the same transaction."""

    journey: str
    command: Any


def other_applications_become_obsolete(journey: str, _: Accepted, dossier: Dossier) -> Iterable[Consequence]:
    """A hire makes the person's other pending applications obsolete (les-emplois §4.7, step 4)."""
    return [
        Consequence(journey=other, command=RenderObsolete(because_of=journey))
        for other in pending(dossier, but=journey)
    ]


def the_refused_application_says_where_it_went(journey: str, event: Submitted, _: Dossier) -> Iterable[Consequence]:
    """An external transfer is noted on the refused application too (les-emplois §4.9)."""
    if event.transferred_from is None:
        return []
    noted = RecordExternalTransfer(application=journey, to=event.company)
    return [Consequence(journey=event.transferred_from, command=noted)]


def invitations_to_nobody_else_end(_: str, __: Archived, dossier: Dossier) -> Iterable[Consequence]:
    """A dossier that is set aside ends the invitations that it concerns alone (rdv-insertion §8.3)."""
    return [Consequence(journey=name, command=ExpireWhereArchived()) for name in _follow_ups(dossier)]


def what_nobody_began_is_withdrawn(_: str, __: OrganisationLeft, dossier: Dossier) -> Iterable[Consequence]:
    """Follow-ups that nobody began and nobody handles any more go with the organisation (rdv-insertion §2.6)."""
    return [Consequence(journey=name, command=WithdrawUnused()) for name in _follow_ups(dossier)]


def _follow_ups(dossier: Dossier) -> Iterable[str]:
    return [name for name, case in dossier.of(RsaAppointment).items() if case.stage is not Stage.WITHDRAWN]


def an_accompaniment_makes_room(_: str, event: Begun | Changed, dossier: Dossier) -> Iterable[Consequence]:
    """The period before ends on the eve, and the organisation follows the person (rdv-insertion §7.2)."""
    asked: list[Consequence] = []
    if event.shortens is not None:
        asked.append(Consequence(journey=event.shortens, command=Shorten(ends_on=eve(event.starts_on))))
    if event.organisation not in person_of(dossier).followers:
        joining = JoinOrganisation(organisation=event.organisation)
        asked.append(Consequence(journey=RootKind.CANDIDATE, command=joining))
    return asked


#: Exact, never *eventually*.
WITHIN_THE_DOSSIER: Final[Mapping[type[Any], Callable[[str, Any, Dossier], Iterable[Consequence]]]] = {
    Accepted: other_applications_become_obsolete,
    Archived: invitations_to_nobody_else_end,
    OrganisationLeft: what_nobody_began_is_withdrawn,
    Begun: an_accompaniment_makes_room,
    Changed: an_accompaniment_makes_room,
    Submitted: the_refused_application_says_where_it_went,
}


def consequences(journey: str, event: Any, dossier: Dossier) -> Iterable[Consequence]:
    """What an event that just happened in a journey asks of the other journeys of its dossier."""
    policy = WITHIN_THE_DOSSIER.get(type(event))
    return () if policy is None else policy(journey, event, dossier)
