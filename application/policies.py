"""What an event asks for elsewhere: a command in another journey of the same dossier."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.job_application import pending
from domain.job_application.commands import RecordExternalTransfer, RenderObsolete
from domain.job_application.events import Accepted, Submitted
from domain.journey import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """A command for one journey of the same dossier, decided and recorded in the same transaction."""

    #: As `job-application-3`; for a command that opens a journey, its kind.
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


#: What a journey's event asks for, given the dossier right after it.
Policy = Callable[[str, Any, Dossier], Iterable[Consequence]]

#: Exact, never *eventually*; in the order in which they happen.
WITHIN_THE_DOSSIER: Final[Mapping[type[Any], tuple[Policy, ...]]] = {
    Accepted: (other_applications_become_obsolete,),
    Submitted: (the_refused_application_says_where_it_went,),
}


def consequences(journey: str, event: Any, dossier: Dossier) -> Iterable[Consequence]:
    """What an event that just happened in a journey asks of the other journeys of its dossier."""
    return [asked for policy in WITHIN_THE_DOSSIER.get(type(event), ()) for asked in policy(journey, event, dossier)]
