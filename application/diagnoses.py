"""What diagnoses ask of each other, and of whom they are about (les-emplois §2.4, §3)."""

from collections.abc import Iterable

from application.consequence import Consequence
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
from domain.journey import Dossier
from domain.vocabulary import RootKind


def the_former_one_ends(journey: str, event: Diagnosed, _: Dossier) -> Iterable[Consequence]:
    """A renewed diagnosis counts no longer from that day on (les-emplois §3.1)."""
    return [] if event.renews is None else [Consequence(journey=event.renews, command=Supersede(by=journey))]


def those_of_geiq_give_way(journey: str, event: Diagnosed, dossier: Dossier) -> Iterable[Consequence]:
    """A prescriber's diagnosis takes the place of those of GEIQ on which nobody was hired (les-emplois §3.2)."""
    if event.scheme is not Scheme.GEIQ or event.author_kind is not AuthorKind.PRESCRIBER:
        return []
    used = {hire.diagnosis for hire in dossier.of(Hire).values() if not hire.cancelled}
    return [
        Consequence(journey=name, command=Supersede(by=journey))
        for name, check in dossier.of(EligibilityCheck).items()
        if check.scheme is Scheme.GEIQ and check.author_kind is AuthorKind.GEIQ
        if is_current(check, event.on) and name not in used
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
