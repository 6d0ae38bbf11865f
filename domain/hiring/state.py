"""Where a hire stands."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.hiring.codes import EndReason, ExitCategory, RecordStatus, Stage, UpdateStatus
from domain.iae.hire import Hire
from domain.vocabulary import Parties, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a contract ended. `on` is its last day."""

    on: date
    reason: EndReason
    category: ExitCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeRecord:
    """The declaration of the hire to the ASP (fiche salarié)."""

    status: RecordStatus
    siret: str
    created_at: datetime
    #: The last time that it moved.
    touched_at: datetime
    #: What the ASP last answered; None if it never did.
    code: str | None = None
    #: Where the last notification of new dates stands; None if there never was one.
    update: UpdateStatus | None = None


@dataclass(frozen=True, kw_only=True)
class Hiring(Hire):
    """A contract between the person and a company, and its declaration to the ASP."""

    stage: Stage = Stage.NOT_DECLARED
    #: None as long as it has not ended.
    end: End | None = None
    renewals: int = 0
    #: The days of the PASS IAE, as far as they are known.
    pass_starts_on: date | None = None
    pass_ends_on: date | None = None
    #: None where there is none, or none any more.
    record: EmployeeRecord | None = None

    @property
    def ran_its_term(self) -> bool:
        """Whether it ended on the day on which it was planned to."""
        return self.end is not None and self.end.on == self.ends_on


def closed(case: Hiring) -> bool:
    """Ended, or never to take place: nobody is awaited any more."""
    return case.stage in {Stage.ENDED, Stage.CANCELLED}


def parties(case: Hiring) -> Parties:
    """The company that hires."""
    return {} if case.company is None else {Party.RECEIVER: frozenset({case.company})}
