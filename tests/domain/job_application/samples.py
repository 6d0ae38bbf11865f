"""The companies, people and moments that these scenarios share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from domain.iae.diagnosis import Diagnosis
from domain.iae.person import LackOfFranceTravailId, Person
from domain.job_application import JobApplication, JobApplicationEvent
from domain.job_application.codes import Delivery, PriorActionKind, RefusalReason, SenderKind, Stage
from domain.job_application.events import (
    Accepted,
    AddedToPool,
    HireCancelled,
    MovedToPriorToHire,
    Postponed,
    PriorActionAdded,
    ProcessingStarted,
    Refused,
    RenderedObsolete,
    Submitted,
)
from domain.job_application.rules import decider
from domain.journey import Context, Dossier
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Role, Subject

#: Noon in Paris.
NOW: Final = datetime(2025, 6, 10, 10, tzinfo=UTC)
TODAY: Final = date(2025, 6, 10)
LONG_AGO: Final = NOW - timedelta(days=200)


def organisation(name: str, family: Family, kind: str) -> OrganisationProfile:
    return OrganisationProfile(
        id=OrganisationId(name), kinds=(kind,), families=(family,), authorised=True, departments=("67",)
    )


ACI: Final = organisation("aci", Family.SIAE, "aci")
EI: Final = organisation("ei", Family.SIAE, "ei")
GEIQ: Final = organisation("geiq", Family.GEIQ, "geiq")
OPCS: Final = organisation("opcs", Family.EMPLOYER, "opcs")
PRESCRIBER: Final = organisation("mission-locale", Family.PRESCRIBER, "ml")
DDETS: Final = organisation("ddets", Family.INSTITUTION, "ddets")
KNOWN: Final = {profile.id: profile for profile in (ACI, EI, GEIQ, OPCS, PRESCRIBER, DDETS)}

#: Somebody whom the State knows, and whom an authorised prescriber has found to qualify.
PERSON: Final = Person(nir="190016700100180")
UNKNOWN_PERSON: Final = Person(lack_of_france_travail_id=LackOfFranceTravailId.FORGOTTEN)
BY_PRESCRIBER: Final = Diagnosis(organisation=PRESCRIBER.id, made_on=date(2025, 1, 2), expires_on=date.max)
ELIGIBLE: Final[Mapping[str, Any]] = {"candidate": PERSON, "eligibility-check-1": BY_PRESCRIBER}
#: What a SIAE hires such a person on.
GROUNDS: Final[Mapping[str, Any]] = {"diagnosis": "eligibility-check-1", "delivery": Delivery.AUTOMATIC}

NOUR: Final = Actor(subject=Subject("nour"), client="les-emplois", role=Role.MEMBER)
CANDIDATE: Final = Actor(subject=Subject("candidate"), client="les-emplois", role=Role.CANDIDATE)


def acting_for(profile: OrganisationProfile | None, at: datetime = NOW) -> Context:
    """Nour, acting for an organisation, of which she is a member."""
    return Context(
        at=at,
        actor=NOUR,
        acting=profile,
        journey="job-application-2",
        dossier=Dossier(ELIGIBLE),
        organisations=KNOWN,
        member_of=frozenset({profile.id}) if profile else frozenset(),
    )


def sent(
    company: OrganisationProfile = ACI, at: datetime = NOW, sender_kind: SenderKind = SenderKind.CANDIDATE
) -> Submitted:
    return Submitted(
        at=at,
        company=company.id,
        company_kinds=company.kinds,
        sender=Subject("candidate"),
        sender_kind=sender_kind,
        sender_organisation=PRESCRIBER.id if sender_kind is SenderKind.PRESCRIBER else None,
        sender_authorised=sender_kind is SenderKind.PRESCRIBER,
        sender_kinds=PRESCRIBER.kinds if sender_kind is SenderKind.PRESCRIBER else (),
        message="Bonjour",
        cv="cv-1",
    )


def prior_action(number: int = 1, at: datetime = NOW) -> PriorActionAdded:
    return PriorActionAdded(at=at, number=number, kind=PriorActionKind.PMSMP, starts_on=TODAY, ends_on=TODAY)


def refused(at: datetime = NOW) -> Refused:
    return Refused(at=at, reason=RefusalReason.NO_POSITION, shared=True, answer="Pas de poste")


def hired(at: datetime = NOW, starts_on: date = date(2025, 6, 16)) -> Accepted:
    return Accepted(at=at, starts_on=starts_on, ends_on=date(2025, 12, 31), hired_job="job-1")


def history(stage: Stage, company: OrganisationProfile = ACI, at: datetime = NOW) -> Sequence[JobApplicationEvent]:
    """A short way to a stage; nothing happens after `at`."""
    ways: Mapping[Stage, Sequence[JobApplicationEvent]] = {
        Stage.NEW: [],
        Stage.PROCESSING: [ProcessingStarted(at=at)],
        Stage.POSTPONED: [Postponed(at=at, answer="Plus tard")],
        Stage.PRIOR_TO_HIRE: [prior_action(at=at), MovedToPriorToHire(at=at)],
        Stage.POOL: [AddedToPool(at=at)],
        Stage.ACCEPTED: [hired(at=at)],
        Stage.REFUSED: [refused(at=at)],
        Stage.CANCELLED: [hired(at=at), HireCancelled(at=at)],
        Stage.OBSOLETE: [RenderedObsolete(at=at, because_of="job-application-9")],
    }
    return [] if stage is Stage.NOT_SENT else [sent(company, at), *ways[stage]]


def standing(stage: Stage, company: OrganisationProfile = ACI, at: datetime = NOW) -> JobApplication:
    return decider.fold(history(stage, company, at))


def beside(context: Context, *cases: JobApplication) -> Context:
    """The same context, in a dossier that holds these applications: `job-application-1`, and so on."""
    names = {f"job-application-{number}": case for number, case in enumerate(cases, start=1)}
    return replace(context, dossier=Dossier({**context.dossier.cases, **names}))


def knowing(context: Context, **cases: Any) -> Context:
    """The same context, in a dossier that holds nothing but these: `pass_iae_1` is the journey `pass-iae-1`."""
    return replace(context, dossier=Dossier({name.replace("_", "-"): case for name, case in cases.items()}))
