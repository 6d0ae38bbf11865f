"""What an event asks for elsewhere: a command in another journey of the same dossier."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from application import hires
from application.consequence import Consequence, Policy
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.commands import Supersede
from domain.eligibility_check.events import Diagnosed
from domain.hiring import events as hiring
from domain.iae.diagnosis import AuthorKind, Scheme, is_current
from domain.iae.hire import Hire
from domain.job_application import pending
from domain.job_application.commands import RecordExternalTransfer, RenderObsolete
from domain.job_application.events import Accepted, HireCancelled, HiringDatesChanged, Submitted
from domain.journey import Dossier
from domain.pass_iae import events as pass_iae
from domain.pass_iae import pass_iae_journey


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


def the_former_diagnosis_ends(journey: str, event: Diagnosed, _: Dossier) -> Iterable[Consequence]:
    """A renewed diagnosis counts no longer from that day on (les-emplois §3.1)."""
    return [] if event.renews is None else [Consequence(journey=event.renews, command=Supersede(by=journey))]


def geiq_follow_the_prescriber(journey: str, event: Diagnosed, dossier: Dossier) -> Iterable[Consequence]:
    """A prescriber's diagnosis takes the place of those of GEIQ on which nobody was hired (les-emplois §3.2)."""
    if event.scheme is not Scheme.GEIQ or event.author_kind is not AuthorKind.PRESCRIBER:
        return []
    used = {hire.diagnosis for hire in dossier.of(Hire).values() if not hire.cancelled}
    return [
        Consequence(journey=name, command=Supersede(by=journey))
        for name, check in dossier.of(EligibilityCheck).items()
        if check.scheme is Scheme.GEIQ and check.author_kind is AuthorKind.GEIQ
        if is_current(check, event.on) and name not in used and not check.hires
    ]


#: Exact, never *eventually*; in the order in which they happen.
WITHIN_THE_DOSSIER: Final[Mapping[type[Any], tuple[Policy, ...]]] = {
    Accepted: (
        hires.a_hire_is_declared,
        hires.the_hire_gets_its_pass,
        hires.the_diagnosis_knows_the_hire,
        other_applications_become_obsolete,
    ),
    Submitted: (the_refused_application_says_where_it_went,),
    HiringDatesChanged: (hires.the_hire_moves, hires.the_diagnosis_follows_the_hire),
    HireCancelled: (hires.the_diagnosis_is_released, hires.the_hire_is_cancelled),
    Diagnosed: (the_former_diagnosis_ends, geiq_follow_the_prescriber),
    hiring.DatesChanged: (hires.the_pass_moves_with_its_first_hire,),
    hiring.Cancelled: (hires.the_pass_goes_with_its_only_hire,),
    **dict.fromkeys(pass_iae_journey.events, (hires.hires_follow_their_pass,)),
    pass_iae.Issued: (hires.the_hire_stands_under_its_pass,),
    pass_iae.Cancelled: (hires.hires_lose_their_pass,),
}


def consequences(journey: str, event: Any, dossier: Dossier) -> Iterable[Consequence]:
    """What an event that just happened in a journey asks of the other journeys of its dossier."""
    return [asked for policy in WITHIN_THE_DOSSIER.get(type(event), ()) for asked in policy(journey, event, dossier)]
