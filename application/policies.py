"""What an event asks for elsewhere: a command in another journey of the same dossier."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.candidate import Candidate
from domain.candidate.commands import CertifyIdentity
from domain.candidate.events import IdentityCorrected
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.certifying import CERTIFIED_BY, IDENTIFIES
from domain.eligibility_check.codes import Finding
from domain.eligibility_check.commands import RequestCertification, Supersede
from domain.eligibility_check.events import CertificationAnswered, Diagnosed
from domain.iae.diagnosis import AuthorKind, Scheme, is_current
from domain.iae.hire import Hire
from domain.job_application import pending
from domain.job_application.commands import RecordExternalTransfer, RenderObsolete
from domain.job_application.events import Accepted, Submitted
from domain.journey import Dossier
from domain.vocabulary import RootKind


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


def whoever_was_found_is_certified(_: str, event: CertificationAnswered, dossier: Dossier) -> Iterable[Consequence]:
    """An answer about the person certifies the identity by which they were found (les-emplois §2.4).

    Not that of a duplicate, in which nothing changes any more.
    """
    merged = any(person.merged_into is not None for person in dossier.of(Candidate).values())
    if event.answer not in IDENTIFIES or merged:
        return []
    return [Consequence(journey=RootKind.CANDIDATE, command=CertifyIdentity(by=CERTIFIED_BY[event.criterion]))]


def a_new_identity_is_asked_about(_: str, __: IdentityCorrected, dossier: Dossier) -> Iterable[Consequence]:
    """What was not known of the person under their former identity may be under this one (les-emplois §2.1)."""
    return [
        Consequence(journey=name, command=RequestCertification())
        for name, check in dossier.of(EligibilityCheck).items()
        if any(said.finding is Finding.UNKNOWN for said in check.certifications.values())
    ]


#: What a journey's event asks for, given the dossier right after it.
Policy = Callable[[str, Any, Dossier], Iterable[Consequence]]

#: Exact, never *eventually*; in the order in which they happen.
WITHIN_THE_DOSSIER: Final[Mapping[type[Any], tuple[Policy, ...]]] = {
    Accepted: (other_applications_become_obsolete,),
    Submitted: (the_refused_application_says_where_it_went,),
    Diagnosed: (the_former_diagnosis_ends, geiq_follow_the_prescriber),
    CertificationAnswered: (whoever_was_found_is_certified,),
    IdentityCorrected: (a_new_identity_is_asked_about,),
}


def consequences(journey: str, event: Any, dossier: Dossier) -> Iterable[Consequence]:
    """What an event that just happened in a journey asks of the other journeys of its dossier."""
    return [asked for policy in WITHIN_THE_DOSSIER.get(type(event), ()) for asked in policy(journey, event, dossier)]
