"""The facts that count in an orientation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, assert_never

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
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Restored, Telling, Voided

#: Which fact each event tells, voids or restores.
KINDS: Final[Mapping[type[OrientationEvent], Kind]] = {
    Sent: Kind.ORIENTED,
    HeldForModeration: Kind.ORIENTED,
    Accepted: Kind.ORIENTATION_ACCEPTED,
    Refused: Kind.ORIENTATION_REFUSED,
    Expired: Kind.ORIENTATION_EXPIRED,
    StartConfirmed: Kind.SERVICE_STARTED,
    StartCancelled: Kind.SERVICE_STARTED,
}


def orientation(event: OrientationEvent, _: date) -> Sequence[Telling]:
    """What is held for moderation has reached nobody: it counts once released, and from the day it was sent.

    The person has been waiting since that day, whatever time moderation took.
    """
    match event:
        case Sent() | Accepted() | Refused() | Expired() | StartConfirmed():
            return [_happened(event)]
        case StartCorrected():
            return [Voided(Kind.SERVICE_STARTED), Happened(Kind.SERVICE_STARTED, event.on)]
        case HeldForModeration() | StartCancelled():
            return [Voided(KINDS[type(event)])]
        case ReleasedFromModeration():
            return [Restored(Kind.ORIENTED)]
        case DocumentAttached() | RejectedByModeration() | MessageSent() | Reminded() | AttachmentsPurged():
            return []
        case _:
            assert_never(event)


def _happened(event: Sent | Accepted | Refused | Expired | StartConfirmed) -> Happened:
    """A sending tells to whom; a refusal its first reason in the order of the list."""
    kind = KINDS[type(event)]
    match event:
        case Sent():
            return Happened(kind, event.on, receiver=event.receiver)
        case Refused():
            return Happened(kind, event.on, detail=event.reasons[0].value if event.reasons else None)
        case Accepted() | Expired() | StartConfirmed():
            return Happened(kind, event.on)
        case _:
            assert_never(event)
