"""Where a PASS IAE stands."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.iae.right import Right, Suspension
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason, ProposedAction, RequestStage, Stage
from domain.vocabulary import OrganisationId, Parties, Party, Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSuspension(Suspension):
    """A pause, and what was said of it."""

    declared_on: date
    explanation: Annotated[str | None, Personal] = None
    #: The last day whose end time has told.
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolongation:
    """Days added to a PASS: from its last day, which both share, to `ends_on`, inclusive."""

    number: int
    reason: ProlongationReason
    starts_on: date
    ends_on: date
    declared_on: date
    company: OrganisationId | None = None
    request: int | None = None
    validated_by: Subject | None = None
    validated_in: OrganisationId | None = None

    @property
    def days(self) -> int:
        """How many days it adds."""
        return (self.ends_on - self.starts_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class ProlongationRequest:
    """What a company asked of an authorised prescriber."""

    number: int
    requested_on: date
    reason: ProlongationReason
    starts_on: date
    ends_on: date
    #: None if it is not known (imports).
    company: OrganisationId | None
    company_kinds: tuple[str, ...]
    requested_by: Subject
    organisation: OrganisationId
    prescriber: Subject
    report: str | None = None
    interview_by_phone: bool = False
    contact_email: Annotated[str | None, Personal] = None
    contact_phone: Annotated[str | None, Personal] = None
    stage: RequestStage = RequestStage.PENDING
    last_reminder_on: date | None = None
    decided_on: date | None = None
    decided_by: Subject | None = None
    #: Known once it is denied.
    denial_reason: DenialReason | None = None
    explanation: Annotated[str | None, Personal] = None
    proposed_actions: tuple[ProposedAction, ...] = ()
    proposed_actions_explanation: Annotated[str | None, Personal] = None


@dataclass(frozen=True, kw_only=True)
class PassIae(Right):
    """The right of one person to be hired by SIAE, with its pauses and what prolongs it."""

    origin: Origin = Origin.DEFAULT
    #: The diagnosis on which it was issued, as `eligibility-check-1`.
    diagnosis: str | None = None
    #: The company for whose hire it was issued, and its kinds on that day.
    company: OrganisationId | None = None
    company_kinds: tuple[str, ...] = ()
    sender_kind: str | None = None
    sender_kinds: tuple[str, ...] = ()
    #: Every company that hired under it, the last one last.
    companies: tuple[OrganisationId, ...] = ()
    suspensions: tuple[DeclaredSuspension, ...] = ()
    prolongations: tuple[Prolongation, ...] = ()
    requests: tuple[ProlongationRequest, ...] = ()
    #: The number of the last one of each: numbers are never used twice.
    last_suspension: int = 0
    last_prolongation: int = 0
    last_request: int = 0
    deletion_asked_on: date | None = None
    #: The last day whose end time has told.
    ended_on: date | None = None

    @property
    def stage(self) -> Stage:
        """What was told of it."""
        if not self.number:
            return Stage.NOT_ISSUED
        if self.cancelled:
            return Stage.CANCELLED
        return Stage.ENDED if self.ended_on == self.ends_on else Stage.ISSUED

    @property
    def pending(self) -> ProlongationRequest | None:
        """The request that waits for an answer: there is at most one."""
        return next((each for each in self.requests if each.stage is RequestStage.PENDING), None)


def closed(case: PassIae) -> bool:
    """Withdrawn, or over without anybody waiting for an answer."""
    return case.stage is Stage.CANCELLED or (case.stage is Stage.ENDED and case.pending is None)


def parties(case: PassIae) -> Parties:
    """The companies that hired under it, and the prescribers who are or were asked to prolong it."""
    sides = {Party.RECEIVER: case.companies, Party.ARBITER: [each.organisation for each in case.requests]}
    return {side: frozenset(organisations) for side, organisations in sides.items() if organisations}
