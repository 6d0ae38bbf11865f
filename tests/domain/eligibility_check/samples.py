"""The organisations, people and moments that these scenarios share."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from domain.calendar import add_months, paris_time
from domain.eligibility_check import EligibilityCheck, EligibilityCheckEvent
from domain.eligibility_check.allowance import allowance
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.events import CertificationRequested, Diagnosed
from domain.eligibility_check.rules import decider
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.iae.right import Right
from domain.journey import Context, Dossier
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Role, Subject

#: Noon in Paris.
NOW: Final = datetime(2025, 3, 1, 11, tzinfo=UTC)
TODAY: Final = date(2025, 3, 1)
#: Noon in UTC of any day is that day in Paris.
NOON: Final = time(12)


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
OTHER_GEIQ: Final = organisation("other-geiq", Family.GEIQ, "geiq")
OPCS: Final = organisation("opcs", Family.EMPLOYER, "opcs")
PRESCRIBER: Final = organisation("mission-locale", Family.PRESCRIBER, "ml")
OTHER_PRESCRIBER: Final = organisation("cap-emploi", Family.PRESCRIBER, "cap_emploi")
ORIENTER: Final = replace(organisation("ccas", Family.PRESCRIBER, "ccas"), authorised=False)
DDETS: Final = organisation("ddets", Family.INSTITUTION, "ddets_iae")

NOUR: Final = Actor(subject=Subject("nour"), client="les-emplois", role=Role.MEMBER)
PARCOURS: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)

_KINDS: Final = {"siae": AuthorKind.EMPLOYER, "geiq": AuthorKind.GEIQ, "prescriber": AuthorKind.PRESCRIBER}


def acting_for(profile: OrganisationProfile | None, on: date = TODAY, **cases: Any) -> Context:
    """Nour, acting for an organisation at noon of a day, in a dossier that holds these journeys (`check_1=…`)."""
    named = {name.replace("check_", "eligibility-check-").replace("pass_", "pass-iae-"): cases[name] for name in cases}
    return Context(
        at=paris_time(on, NOON),
        actor=NOUR,
        acting=profile,
        journey="eligibility-check-9",
        dossier=Dossier(named),
    )


def diagnosed(
    by: OrganisationProfile = PRESCRIBER,
    *criteria: Criterion,
    on: date = TODAY,
    expires_on: date | None = None,
    scheme: Scheme = Scheme.IAE,
    renews: str | None = None,
) -> Diagnosed:
    """A diagnosis of six months, unless said otherwise."""
    kind = _KINDS[by.families[0]]
    return Diagnosed(
        scheme=scheme,
        author_kind=kind,
        author=NOUR.subject,
        organisation=by.id,
        organisation_kinds=by.kinds,
        criteria=criteria,
        on=on,
        expires_on=expires_on or add_months(on, 6),
        allowance=allowance(kind, criteria) if scheme is Scheme.GEIQ else None,
        renews=renews,
    )


def requested(*criteria: Criterion, on: date = TODAY) -> CertificationRequested:
    return CertificationRequested(at=paris_time(on, NOON), criteria=criteria)


def standing(*history: EligibilityCheckEvent) -> EligibilityCheck:
    return decider.fold(history)


def valid_pass(ends_on: date, starts_on: date = date(2024, 1, 1)) -> Right:
    return Right(number="999992400001", starts_on=starts_on, ends_on=ends_on)


def some(criteria: Collection[Criterion]) -> tuple[Criterion, ...]:
    return tuple(each for each in Criterion if each in criteria)
