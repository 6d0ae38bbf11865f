"""Where an orientation stands, who takes part in it, and what time will ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, assert_never

from domain.calendar import add_days, add_months, paris_start
from domain.evolving import replace
from domain.journey import Deadline
from domain.orientation.codes import RefusalReason, Stage
from domain.orientation.commands import (
    Expire,
    OrientationCommand,
    PurgeAttachments,
    Remind,
)
from domain.orientation.events import (
    Accepted,
    AttachmentsPurged,
    DocumentAttached,
    Expired,
    HeldForModeration,
    MessageSent,
    OrientationEvent,
    Refused,
    RejectedByModeration,
    ReleasedFromModeration,
    Reminded,
    Sent,
    StartCancelled,
    StartConfirmed,
    StartCorrected,
)
from domain.vocabulary import Parties, Party

#: Calendar days in Paris after the opening, and every so many again (dora §9).
REMINDER_DAYS: Final = 10
#: Calendar days in Paris after the opening, or after the sending while it is held (dora §9).
EXPIRY_DAYS: Final = 30
#: Calendar months after the acceptance (dora §9).
ATTACHMENT_MONTHS: Final = 6

CLOSED: Final = frozenset({Stage.REJECTED_BY_MODERATION, Stage.REFUSED, Stage.EXPIRED, Stage.STARTED})


@dataclass(frozen=True)
class Orientation:
    """One request to one service. Opened and decided are two days: DORA's single date carries both (dora §10)."""

    stage: Stage = Stage.NOT_SENT
    sent: Sent | None = None
    #: When it reached the receiving structure; None until then.
    opened_on: date | None = None
    decided_on: date | None = None
    last_reminder_on: date | None = None
    refusal_reasons: tuple[RefusalReason, ...] = ()
    started_on: date | None = None
    #: References of the documents that still exist.
    attachments: tuple[str, ...] = ()

    @property
    def waiting_since(self) -> date | None:
        """The day from which an answer is awaited: the opening, or the sending while it is held."""
        return self.opened_on or (self.sent.on if self.sent else None)


def evolve(orientation: Orientation, event: OrientationEvent) -> Orientation:
    """The orientation after an event."""
    match event:
        case Sent() | HeldForModeration() | ReleasedFromModeration():
            return _sent(orientation, event)
        case RejectedByModeration() | Accepted() | Refused() | Expired():
            return _decided(orientation, event)
        case StartConfirmed() | StartCorrected() | StartCancelled():
            return _started(orientation, event)
        case DocumentAttached() | AttachmentsPurged():
            return replace(orientation, attachments=_documents(orientation.attachments, event))
        case Reminded():
            return replace(orientation, last_reminder_on=event.on)
        case MessageSent():
            return orientation
        case _:
            assert_never(event)


def _sent(orientation: Orientation, event: Sent | HeldForModeration | ReleasedFromModeration) -> Orientation:
    match event:
        case Sent():
            return Orientation(stage=Stage.OPEN, sent=event, opened_on=event.on)
        case HeldForModeration():
            return replace(orientation, stage=Stage.HELD, opened_on=None)
        case ReleasedFromModeration():
            return replace(orientation, stage=Stage.OPEN, opened_on=event.on)
        case _:
            assert_never(event)


def _decided(orientation: Orientation, event: RejectedByModeration | Accepted | Refused | Expired) -> Orientation:
    closed = replace(orientation, decided_on=event.on)
    match event:
        case RejectedByModeration():
            return replace(closed, stage=Stage.REJECTED_BY_MODERATION)
        case Accepted():
            return replace(closed, stage=Stage.ACCEPTED)
        case Refused():
            return replace(closed, stage=Stage.REFUSED, refusal_reasons=event.reasons)
        case Expired():
            return replace(closed, stage=Stage.EXPIRED)
        case _:
            assert_never(event)


def _started(orientation: Orientation, event: StartConfirmed | StartCorrected | StartCancelled) -> Orientation:
    if isinstance(event, StartCancelled):
        return replace(orientation, stage=Stage.ACCEPTED, started_on=None)
    return replace(orientation, stage=Stage.STARTED, started_on=event.on)


def _documents(references: tuple[str, ...], event: DocumentAttached | AttachmentsPurged) -> tuple[str, ...]:
    if isinstance(event, DocumentAttached):
        return (*references, event.reference)
    return tuple(one for one in references if one not in event.references)


def parties(orientation: Orientation) -> Parties:
    """The sender, and the receiver once the orientation has reached it: moderation hides it until then (dora §5.7)."""
    if orientation.sent is None:
        return {}
    sender = {Party.SENDER: frozenset({orientation.sent.sender})}
    if orientation.opened_on is None:
        return sender
    return {**sender, Party.RECEIVER: frozenset({orientation.sent.receiver})}


def closed(orientation: Orientation) -> bool:
    """Answered without a place, or started: nobody is awaited any more."""
    return orientation.stage in CLOSED


def deadlines(orientation: Orientation) -> Sequence[Deadline[OrientationCommand]]:
    """Reminder, expiry and purge, each due from the first instant in Paris of its day."""
    asked: tuple[tuple[date | None, OrientationCommand], ...] = (
        (reminder_day(orientation), Remind()),
        (expiry_day(orientation), Expire()),
        (purge_day(orientation), PurgeAttachments()),
    )
    return [Deadline(due=paris_start(day), command=command) for day, command in asked if day is not None]


def reminder_day(orientation: Orientation) -> date | None:
    """The next tenth day since the opening, counted past the last reminder, and before the expiry."""
    if orientation.stage is not Stage.OPEN or orientation.opened_on is None:
        return None
    reminded = orientation.last_reminder_on or orientation.opened_on
    periods = (reminded - orientation.opened_on).days // REMINDER_DAYS + 1
    days = periods * REMINDER_DAYS
    return add_days(orientation.opened_on, days) if days < EXPIRY_DAYS else None


def expiry_day(orientation: Orientation) -> date | None:
    """The thirtieth day without an answer, or without a moderation."""
    since = orientation.waiting_since
    if orientation.stage not in {Stage.OPEN, Stage.HELD} or since is None:
        return None
    return add_days(since, EXPIRY_DAYS)


def purge_day(orientation: Orientation) -> date | None:
    """Six months after the acceptance, if documents are left. Other decisions delete them at once (dora §5.4)."""
    if not orientation.attachments or orientation.decided_on is None:
        return None
    return add_months(orientation.decided_on, ATTACHMENT_MONTHS)
