"""The companies, people and PASS that these scenarios share."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from domain.calendar import paris_time
from domain.iae.hire import Hire
from domain.iae.right import SuspensionReason
from domain.journey import Context, Dossier
from domain.pass_iae import PassIae, PassIaeCommand, PassIaeEvent, pass_iae_journey
from domain.pass_iae.codes import Origin, ProlongationReason
from domain.pass_iae.events import Issued, ProlongationRequested, Prolonged, SuspensionDeclared
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Role, Subject
from tests.spec import Scenario

PASS: Final = "pass-iae-1"
decider: Final = pass_iae_journey.decider


def organisation(name: str, family: Family, kind: str) -> OrganisationProfile:
    return OrganisationProfile(
        id=OrganisationId(name), kinds=(kind,), families=(family,), authorised=True, departments=("67",)
    )


ACI: Final = organisation("aci", Family.SIAE, "aci")
AI: Final = organisation("ai", Family.SIAE, "ai")
EI: Final = organisation("ei", Family.SIAE, "ei")
EITI: Final = organisation("eiti", Family.SIAE, "eiti")
ETTI: Final = organisation("etti", Family.SIAE, "etti")
GEIQ: Final = organisation("geiq", Family.GEIQ, "geiq")
PRESCRIBER: Final = organisation("mission-locale", Family.PRESCRIBER, "ml")
OTHER_PRESCRIBER: Final = organisation("plie", Family.PRESCRIBER, "plie")

NOUR: Final = Actor(subject=Subject("nour"), client="les-emplois", role=Role.MEMBER)
SAM: Final = Actor(subject=Subject("sam"), client="les-emplois", role=Role.MEMBER)
STAFF: Final = Actor(subject=Subject("support"), client="les-emplois", role=Role.STAFF)
PARCOURS: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)

START: Final = date(2024, 1, 15)
END: Final = date(2026, 1, 13)


def noon(day: date) -> datetime:
    return paris_time(day, time(12))


def issued(starts_on: date = START, ends_on: date | None = None, number: str = "999990000001") -> Issued:
    """A PASS of the usual length unless another end is given, for the hire of `hired`."""
    return Issued(
        number=number,
        starts_on=starts_on,
        ends_on=ends_on or date.fromordinal(starts_on.toordinal() + 729),
        origin=Origin.DEFAULT,
        application="job-application-1",
        diagnosis="eligibility-check-1",
        company=ACI.id,
        company_kinds=ACI.kinds,
        sender_kind="prescriber",
        sender_kinds=("ml",),
    )


def paused(
    starts_on: date,
    ends_on: date,
    pass_ends_on: date,
    reason: SuspensionReason = SuspensionReason.CONTRACT_SUSPENDED,
    number: int = 1,
) -> SuspensionDeclared:
    return SuspensionDeclared(
        number=number,
        declared_on=starts_on,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        pass_ends_on=pass_ends_on,
    )


def prolonged(
    starts_on: date, ends_on: date, reason: ProlongationReason = ProlongationReason.COMPLETE_TRAINING, number: int = 1
) -> Prolonged:
    return Prolonged(
        number=number,
        declared_on=starts_on,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        company=ACI.id,
        pass_ends_on=ends_on,
    )


def asked(
    requested_on: date, starts_on: date, ends_on: date, reason: ProlongationReason = ProlongationReason.RQTH
) -> ProlongationRequested:
    """A request of the ACI to the mission locale."""
    return ProlongationRequested(
        number=1,
        requested_on=requested_on,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        company=ACI.id,
        company_kinds=ACI.kinds,
        requested_by=NOUR.subject,
        organisation=PRESCRIBER.id,
        prescriber=SAM.subject,
    )


def hired(
    by: OrganisationProfile = ACI, starts_on: date = START, agreed_at: datetime | None = None, pass_iae: str = PASS
) -> Hire:
    return Hire(
        company=by.id,
        company_kinds=by.kinds,
        application="job-application-1",
        pass_iae=pass_iae,
        agreed_at=agreed_at or noon(starts_on),
        starts_on=starts_on,
    )


def standing(*history: PassIaeEvent) -> PassIae:
    return decider.fold(history)


def beside(**cases: object) -> Mapping[str, object]:
    """Journeys by name, `hiring_1` for `hiring-1`."""
    return {name.replace("_", "-"): case for name, case in cases.items()}


def context(
    day: date,
    acting: OrganisationProfile | None = ACI,
    actor: Actor | None = None,
    cases: Mapping[str, object] = {},
) -> Context:
    """A day on which somebody acts, in a dossier of these journeys."""
    return Context(
        at=noon(day),
        actor=actor or (NOUR if acting else STAFF),
        acting=acting,
        journey=PASS,
        dossier=Dossier(dict(cases)),
        organisations={PRESCRIBER.id: PRESCRIBER},
        members={PRESCRIBER.id: frozenset({SAM.subject})},
    )


def on(
    day: date,
    *history: PassIaeEvent,
    acting: OrganisationProfile | None = ACI,
    actor: Actor | None = None,
    hires: tuple[Hire, ...] | None = None,
) -> Scenario[PassIaeCommand, PassIae, PassIaeEvent]:
    """A PASS with its history, under which the ACI hired unless other hires are given, on a day."""
    known = (hired(),) if hires is None else hires
    cases: dict[str, object] = {f"hiring-{number}": hire for number, hire in enumerate(known, start=1)}
    return Scenario(decider, history, context(day, acting, actor, {PASS: standing(*history), **cases}))


def with_authorisation(profile: OrganisationProfile, *, authorised: bool) -> OrganisationProfile:
    return replace(profile, authorised=authorised)


LONG_AGO: Final = datetime(2020, 1, 1, 12, tzinfo=UTC)
