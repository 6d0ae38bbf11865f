"""What an event asks for elsewhere: a command in another journey of the same dossier."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from application import diagnoses, hires
from application.consequence import Consequence, Policy
from domain.candidate.events import IdentityCorrected
from domain.discussion.commands import LinkConvention
from domain.eligibility_check.events import CertificationAnswered, Diagnosed
from domain.hiring import events as hiring
from domain.immersion.events import Submitted as ConventionSubmitted
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


def the_discussion_led_to_a_convention(journey: str, event: ConventionSubmitted, _: Dossier) -> Iterable[Consequence]:
    """A convention that names its discussion answers it, whatever was answered before (immersion §5.4)."""
    if event.discussion is None:
        return []
    return [Consequence(journey=event.discussion, command=LinkConvention(convention=journey))]


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
    Diagnosed: (diagnoses.the_former_one_ends, diagnoses.those_of_geiq_give_way),
    CertificationAnswered: (diagnoses.whoever_was_found_is_certified,),
    IdentityCorrected: (diagnoses.a_new_identity_is_asked_about,),
    hiring.DatesChanged: (hires.the_pass_moves_with_its_first_hire,),
    hiring.Cancelled: (hires.the_pass_goes_with_its_only_hire,),
    **dict.fromkeys(pass_iae_journey.events, (hires.hires_follow_their_pass,)),
    pass_iae.Issued: (hires.the_hire_stands_under_its_pass,),
    pass_iae.Cancelled: (hires.hires_lose_their_pass,),
    ConventionSubmitted: (the_discussion_led_to_a_convention,),
}


def consequences(journey: str, event: Any, dossier: Dossier) -> Iterable[Consequence]:
    """What an event that just happened in a journey asks of the other journeys of its dossier."""
    return [asked for policy in WITHIN_THE_DOSSIER.get(type(event), ()) for asked in policy(journey, event, dossier)]
