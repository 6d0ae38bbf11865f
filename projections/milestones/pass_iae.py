"""The facts that count in a PASS IAE."""

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from domain.calendar import add_days
from domain.pass_iae.events import (
    Cancelled,
    DeletionAsked,
    Ended,
    EndMoved,
    HireServed,
    Issued,
    PassIaeEvent,
    PrescriberReminded,
    ProlongationChanged,
    ProlongationDeleted,
    ProlongationDenied,
    ProlongationEvent,
    ProlongationGranted,
    ProlongationRequestDeleted,
    ProlongationRequested,
    Prolonged,
    RequestEvent,
    RightEvent,
    StartMoved,
    SuspensionChanged,
    SuspensionCut,
    SuspensionDeclared,
    SuspensionDeleted,
    SuspensionEnded,
    SuspensionEvent,
    Terminated,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Telling, Voided, With

KINDS: Final = (
    Kind.RIGHT_ISSUED,
    Kind.RIGHT_SUSPENDED,
    Kind.RIGHT_SUSPENSION_ENDED,
    Kind.RIGHT_PROLONGED,
    Kind.RIGHT_PROLONGATION_DENIED,
    Kind.RIGHT_ENDED,
    Kind.RIGHT_OVER,
)


def pass_iae(event: PassIaeEvent, day: date) -> Sequence[Telling]:
    """A PASS counts from the day it was issued, a pause from its first day; a last day that moved had not come.

    Its last day is one of its days: it is over on the next one, which is told as soon as it is known (Appendix B, 21).
    It is with the company whose hire used it last.
    """
    if isinstance(event, Issued):
        company = [] if event.company is None else [With(event.company)]
        return [*company, Happened(Kind.RIGHT_ISSUED, day, detail=event.origin.value), _over(event.ends_on)]
    moved = [Voided(Kind.RIGHT_OVER), _over(event.pass_ends_on)] if isinstance(event, EndMoved) else []
    return [*_told(event, day), *moved]


def _over(last_day: date) -> Telling:
    return Happened(Kind.RIGHT_OVER, add_days(last_day, 1))


def _told(event: RightEvent | SuspensionEvent | ProlongationEvent | RequestEvent, day: date) -> Sequence[Telling]:
    if isinstance(event, RightEvent):
        return _right(event, day)
    if isinstance(event, SuspensionEvent):
        return _suspension(event)
    if isinstance(event, ProlongationEvent):
        return _prolongation(event)
    if isinstance(event, RequestEvent):
        return _request(event)
    assert_never(event)


def _right(event: RightEvent, day: date) -> Sequence[Telling]:
    match event:
        case Cancelled():
            return [Voided(kind) for kind in KINDS]
        case StartMoved():
            return [Voided(Kind.RIGHT_ENDED)]
        case Ended():
            return [Happened(Kind.RIGHT_ENDED, event.on)]
        case HireServed():
            return [With(event.company, day)]
        case Terminated() | DeletionAsked():
            return []
        case _:
            assert_never(event)


def _suspension(event: SuspensionEvent) -> Sequence[Telling]:
    match event:
        case SuspensionDeclared():
            return [Happened(Kind.RIGHT_SUSPENDED, event.starts_on, detail=event.reason.value)]
        case SuspensionChanged():
            before = Voided(Kind.RIGHT_SUSPENDED, event.former_starts_on)
            return [before, Happened(Kind.RIGHT_SUSPENDED, event.starts_on, detail=event.reason.value)]
        case SuspensionDeleted():
            return [Voided(Kind.RIGHT_SUSPENDED, event.starts_on)]
        case SuspensionEnded():
            return [Happened(Kind.RIGHT_SUSPENSION_ENDED, event.on)]
        case SuspensionCut():
            return []
        case _:
            assert_never(event)


def _prolongation(event: ProlongationEvent) -> Sequence[Telling]:
    match event:
        case Prolonged():
            return [
                Voided(Kind.RIGHT_ENDED),
                Happened(Kind.RIGHT_PROLONGED, event.declared_on, detail=event.reason.value),
            ]
        case ProlongationChanged():
            return [Voided(Kind.RIGHT_ENDED)]
        case ProlongationDeleted():
            return [Voided(Kind.RIGHT_ENDED), Voided(Kind.RIGHT_PROLONGED, event.declared_on)]
        case _:
            assert_never(event)


def _request(event: RequestEvent) -> Sequence[Telling]:
    match event:
        case ProlongationDenied():
            return [Happened(Kind.RIGHT_PROLONGATION_DENIED, event.on, detail=event.reason.value)]
        case ProlongationRequested() | PrescriberReminded() | ProlongationGranted() | ProlongationRequestDeleted():
            return []
        case _:
            assert_never(event)
