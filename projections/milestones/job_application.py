"""The facts that count in a job application."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, assert_never

from domain.calendar import paris_day
from domain.job_application.events import (
    Accepted,
    AddedToPool,
    Archived,
    CommentDeleted,
    Commented,
    DeliveryRefused,
    HireCancelled,
    HiringDatesChanged,
    JobApplicationEvent,
    MovedToPriorToHire,
    PassLost,
    PassRecorded,
    Postponed,
    PriorActionAdded,
    PriorActionChanged,
    PriorActionDeleted,
    PriorToHireCancelled,
    ProcessingStarted,
    Refused,
    RenderedObsolete,
    Reopened,
    Submitted,
    Transferred,
    TransferredExternally,
    Unarchived,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Telling, Voided, With

#: Which fact each event tells or voids.
KINDS: Final[Mapping[type[JobApplicationEvent], Kind]] = {
    Submitted: Kind.APPLICATION_SUBMITTED,
    ProcessingStarted: Kind.APPLICATION_OPENED,
    Accepted: Kind.HIRE_ACCEPTED,
    Refused: Kind.APPLICATION_REFUSED,
    RenderedObsolete: Kind.APPLICATION_OBSOLETE,
    HireCancelled: Kind.HIRE_ACCEPTED,
    Reopened: Kind.APPLICATION_OBSOLETE,
}


def job_application(event: JobApplicationEvent, _: date) -> Sequence[Telling]:
    """A hire counts on the day it was accepted, whichever day the contract starts (impact §3.1), until cancelled."""
    match event:
        case Submitted():
            return [With(event.company), _happened(event)]
        case ProcessingStarted() | Accepted() | Refused() | RenderedObsolete():
            return [_happened(event)]
        case Transferred():
            return [With(event.to, paris_day(event.at))]
        case HireCancelled() | Reopened():
            return [Voided(KINDS[type(event)])]
        case (
            Postponed()
            | AddedToPool()
            | MovedToPriorToHire()
            | PriorToHireCancelled()
            | TransferredExternally()
            | HiringDatesChanged()
            | PassRecorded()
            | PassLost()
            | DeliveryRefused()
            | PriorActionAdded()
            | PriorActionChanged()
            | PriorActionDeleted()
            | Commented()
            | CommentDeleted()
            | Archived()
            | Unarchived()
        ):
            return []
        case _:
            assert_never(event)


def _happened(event: Submitted | ProcessingStarted | Accepted | Refused | RenderedObsolete) -> Happened:
    """A submission tells who sent it, and to which company; a refusal its reason; a hire, who made its diagnosis."""
    kind, day = KINDS[type(event)], paris_day(event.at)
    match event:
        case Submitted():
            sent = event.sender_kind.value
            return Happened(kind, day, detail=sent, receiver=event.company, receiver_kinds=event.company_kinds)
        case Refused():
            return Happened(kind, day, detail=event.reason.value)
        case Accepted():
            return Happened(kind, day, qualified_by=event.diagnosis)
        case ProcessingStarted() | RenderedObsolete():
            return Happened(kind, day)
        case _:
            assert_never(event)
