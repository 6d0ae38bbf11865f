"""An eligibility diagnosis as other journeys see it: for whom it counts, and until when (les-emplois §3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.iae.right import valid_right
from domain.journey import Dossier
from domain.vocabulary import OrganisationId


class Scheme(StrEnum):
    """What a diagnosis opens: the IAE with its PASS, or the allowance of a GEIQ."""

    IAE = "iae"
    GEIQ = "geiq"


class AuthorKind(StrEnum):
    """In what capacity a diagnosis was made: an authorised prescriber, a SIAE, or a GEIQ."""

    PRESCRIBER = "prescriber"
    EMPLOYER = "employer"
    GEIQ = "geiq"


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Who says that the person qualifies. Before it is made it counts on no day at all."""

    scheme: Scheme = Scheme.IAE
    author_kind: AuthorKind = AuthorKind.PRESCRIBER
    #: The authorised prescriber, or the company. None if it is not known (imports).
    organisation: OrganisationId | None = None
    made_on: date = date.max
    #: The first day on which it no longer counts (les-emplois §3.1: that day is already too late).
    expires_on: date = date.min


def is_current(diagnosis: Diagnosis, on: date) -> bool:
    """Whether it has not expired: its day of expiry is the first on which it has."""
    return on < diagnosis.expires_on


def counts_for(diagnosis: Diagnosis, company: OrganisationId | None) -> bool:
    """A prescriber's counts everywhere, a company's only there. With no company, only what counts everywhere does."""
    return diagnosis.author_kind is AuthorKind.PRESCRIBER or (
        diagnosis.organisation is not None and diagnosis.organisation == company
    )


def usable(dossier: Dossier, scheme: Scheme, company: OrganisationId | None, on: date) -> str | None:
    """The diagnosis on which this company hires, as `eligibility-check-2`; None if there is none.

    A prescriber's comes first, then the newest. For the IAE an expired one will do while the person has a valid PASS
    (les-emplois §3.1); for a GEIQ only a current one (§3.2).
    """
    late = scheme is Scheme.IAE and valid_right(dossier, on) is not None
    found = {
        name: diagnosis
        for name, diagnosis in dossier.of(Diagnosis).items()
        if diagnosis.scheme is scheme and counts_for(diagnosis, company) and (late or is_current(diagnosis, on))
    }
    return max(found, key=lambda name: _rank(found, name), default=None)


def is_eligible(dossier: Dossier, company: OrganisationId | None, on: date) -> bool:
    """Whether this SIAE may hire: a valid PASS stands for a diagnosis, even without any (les-emplois §3.1)."""
    return valid_right(dossier, on) is not None or usable(dossier, Scheme.IAE, company, on) is not None


def _rank(found: dict[str, Diagnosis], name: str) -> tuple[bool, date, int]:
    diagnosis = found[name]
    return diagnosis.author_kind is AuthorKind.PRESCRIBER, diagnosis.made_on, list(found).index(name)
