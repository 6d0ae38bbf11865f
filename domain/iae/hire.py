"""A hire as other journeys see it: where, from when, under which PASS IAE (les-emplois §5.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.iae.companies import is_siae
from domain.journey import Dossier
from domain.vocabulary import OrganisationId

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Hire:
    """A contract between the person and a company. Days are inclusive."""

    company: OrganisationId | None = None
    #: Codes of the company's kinds on the day of the hire.
    company_kinds: tuple[str, ...] = ()
    #: The application that led to it, as `job-application-3`; None for a contract known by itself (imports).
    application: str | None = None
    #: As `pass-iae-1`; None outside the IAE, and as long as a PASS waits to be delivered by hand.
    pass_iae: str | None = None
    #: The diagnosis on which it was agreed, as `eligibility-check-1`; None where none was needed or known.
    diagnosis: str | None = None
    agreed_at: datetime = _NEVER
    starts_on: date = date.max
    #: None for an open-ended contract.
    ends_on: date | None = None
    cancelled: bool = False
    #: Whether its employee record was ever exchanged with the ASP (les-emplois §4.8).
    exchanged: bool = False


def hires_under(dossier: Dossier, pass_iae: str) -> Mapping[str, Hire]:
    """The hires that stand under a PASS, by journey."""
    return {name: hire for name, hire in dossier.of(Hire).items() if hire.pass_iae == pass_iae and not hire.cancelled}


def hire_of(dossier: Dossier, application: str) -> str | None:
    """The hire that an application led to and that stands, as `hiring-2`."""
    hires = dossier.of(Hire)
    return next((name for name in reversed(list(hires)) if _stands(hires[name], application)), None)


def last_siae_hire(dossier: Dossier) -> str | None:
    """The hire by which a company has the PASS in its care: the last one agreed on by a SIAE (les-emplois §5.9)."""
    every = dossier.of(Hire)
    hires = {name: hire for name, hire in every.items() if is_siae(hire.company_kinds) and not hire.cancelled}
    return max(hires, key=lambda name: (hires[name].agreed_at, hires[name].starts_on), default=None)


def _stands(hire: Hire, application: str) -> bool:
    return hire.application == application and not hire.cancelled
