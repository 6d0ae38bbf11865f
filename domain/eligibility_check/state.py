"""Where a diagnosis stands, who takes part in it, and what time will ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Final

from domain.eligibility_check.codes import Criterion, Finding, Stage
from domain.iae.diagnosis import Diagnosis
from domain.vocabulary import Parties, Party, Personal, Subject

CLOSED: Final = frozenset({Stage.EXPIRED, Stage.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """What the certifying service says of one criterion."""

    finding: Finding = Finding.UNKNOWN
    #: The day on which the service last knew what to say, if only that it does not know the person.
    certified_on: date | None = None
    #: An ISO day: the person benefits from that day on.
    since: Annotated[str | None, Personal] = None
    #: When the service is to be asked (again); None if it is not.
    ask_at: datetime | None = None
    #: Asked from time to time only because nothing is known yet.
    periodic: bool = False
    #: How often asking failed in a row.
    failures: int = 0


@dataclass(frozen=True, kw_only=True)
class EligibilityCheck(Diagnosis):
    """One diagnosis of one person."""

    stage: Stage = Stage.NOT_MADE
    author: Subject | None = None
    organisation_kinds: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    allowance: int | None = None
    renews: str | None = None
    superseded_by: str | None = None
    #: By application, the first day of each hire that stands on it.
    hires: Mapping[str, date] = field(default_factory=dict)
    #: The PASS IAE that it led to.
    pass_iae: str | None = None
    certifications: Mapping[Criterion, Certification] = field(default_factory=dict)


def parties(check: EligibilityCheck) -> Parties:
    """The organisation that vouches for the person."""
    return {} if check.organisation is None else {Party.AUTHOR: frozenset({check.organisation})}


def closed(check: EligibilityCheck) -> bool:
    """It no longer counts: nobody is awaited any more."""
    return check.stage in CLOSED
