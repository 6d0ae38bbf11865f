"""What an event asks for elsewhere: a command in another journey of the same dossier."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.discussion.commands import LinkConvention
from domain.immersion.events import Submitted as ConventionSubmitted
from domain.job_application import pending
from domain.job_application.commands import RecordExternalTransfer, RenderObsolete
from domain.job_application.events import Accepted, Submitted
from domain.journey import Dossier


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


def the_discussion_led_to_a_convention(journey: str, event: ConventionSubmitted, _: Dossier) -> Iterable[Consequence]:
    """A convention that names its discussion answers it, whatever was answered before (immersion §5.4)."""
    if event.discussion is None:
        return []
    return [Consequence(journey=event.discussion, command=LinkConvention(convention=journey))]


#: Exact, never *eventually*.
WITHIN_THE_DOSSIER: Final[Mapping[type[Any], Callable[[str, Any, Dossier], Iterable[Consequence]]]] = {
    Accepted: other_applications_become_obsolete,
    Submitted: the_refused_application_says_where_it_went,
    ConventionSubmitted: the_discussion_led_to_a_convention,
}


def consequences(journey: str, event: Any, dossier: Dossier) -> Iterable[Consequence]:
    """What an event that just happened in a journey asks of the other journeys of its dossier."""
    policy = WITHIN_THE_DOSSIER.get(type(event))
    return () if policy is None else policy(journey, event, dossier)
