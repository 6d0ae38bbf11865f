"""Which commands each stage takes, and what time asks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final

from domain.calendar import add_days, paris_start
from domain.journey import Deadline
from domain.pass_iae.codes import STANDING, Stage
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    ChangeProlongation,
    ChangeSuspension,
    CorrectStart,
    DeleteProlongation,
    DeleteProlongationRequest,
    DeleteSuspension,
    DeliverByHand,
    DenyProlongation,
    GrantProlongation,
    Issue,
    MoveStart,
    PassIaeCommand,
    Prolong,
    RecordEnd,
    RecordRight,
    RecordSuspensionEnd,
    RemindPrescriber,
    RequestProlongation,
    ReturnToWork,
    ServeHire,
    Suspend,
    Terminate,
)
from domain.pass_iae.state import PassIae, ProlongationRequest
from domain.pass_iae.terms import LAST_REMINDER, REMINDER_DAYS

_NOT_ISSUED: Final = frozenset({Stage.NOT_ISSUED})
_BEFORE_ITS_END: Final = frozenset({Stage.ISSUED})

#: Where each command is accepted from. What depends on the day is for the rules.
ACCEPTED_FROM: Final[Mapping[type[PassIaeCommand], frozenset[Stage]]] = {
    Issue: _NOT_ISSUED,
    DeliverByHand: _NOT_ISSUED,
    RecordRight: _NOT_ISSUED,
    ServeHire: STANDING,
    MoveStart: STANDING,
    CorrectStart: STANDING,
    Terminate: _BEFORE_ITS_END,
    Cancel: STANDING,
    AskForDeletion: _BEFORE_ITS_END,
    RecordEnd: _BEFORE_ITS_END,
    Suspend: _BEFORE_ITS_END,
    ChangeSuspension: _BEFORE_ITS_END,
    DeleteSuspension: _BEFORE_ITS_END,
    ReturnToWork: _BEFORE_ITS_END,
    RecordSuspensionEnd: STANDING,
    Prolong: STANDING,
    ChangeProlongation: STANDING,
    DeleteProlongation: STANDING,
    RequestProlongation: STANDING,
    GrantProlongation: STANDING,
    DenyProlongation: STANDING,
    RemindPrescriber: STANDING,
    DeleteProlongationRequest: STANDING,
}


def _is_suspended(case: PassIae) -> bool:
    return bool(case.suspensions)


def _is_prolonged(case: PassIae) -> bool:
    return bool(case.prolongations)


def _is_awaited(case: PassIae) -> bool:
    return case.pending is not None


def _is_not_awaited(case: PassIae) -> bool:
    return case.pending is None


#: What else a PASS must be for a command to make sense; the decision itself names the refusal.
NEEDS: Final[Mapping[type[PassIaeCommand], Callable[[PassIae], bool]]] = {
    AskForDeletion: _is_suspended,
    ChangeSuspension: _is_suspended,
    DeleteSuspension: _is_suspended,
    ReturnToWork: _is_suspended,
    RecordSuspensionEnd: _is_suspended,
    Prolong: _is_not_awaited,
    ChangeProlongation: _is_prolonged,
    DeleteProlongation: _is_prolonged,
    RequestProlongation: _is_not_awaited,
    GrantProlongation: _is_awaited,
    DenyProlongation: _is_awaited,
    RemindPrescriber: _is_awaited,
    DeleteProlongationRequest: _is_awaited,
}


def offers(case: PassIae) -> Collection[type[PassIaeCommand]]:
    """The commands that the PASS does not exclude by itself."""
    return [
        kind
        for kind, stages in ACCEPTED_FROM.items()
        if case.stage in stages and (kind not in NEEDS or NEEDS[kind](case))
    ]


def next_reminder(request: ProlongationRequest) -> date | None:
    """The day of the next reminder: the tenth, twentieth and thirtieth after the request (les-emplois §5.5)."""
    due = add_days(request.last_reminder_on or request.requested_on, REMINDER_DAYS)
    return due if due <= add_days(request.requested_on, LAST_REMINDER) else None


def deadlines(case: PassIae) -> Sequence[Deadline[PassIaeCommand]]:
    """The end of the PASS and of each suspension, told once for each last day, and reminders of a request."""
    if case.stage not in STANDING:
        return ()
    asked: list[tuple[date, PassIaeCommand]] = [
        (add_days(each.ends_on, 1), RecordSuspensionEnd(number=each.number))
        for each in case.suspensions
        if each.ended_on != each.ends_on
    ]
    if case.stage is Stage.ISSUED:
        asked.append((add_days(case.ends_on, 1), RecordEnd()))
    reminder = next_reminder(case.pending) if case.pending else None
    if case.pending and reminder:
        asked.append((reminder, RemindPrescriber(number=case.pending.number)))
    return [Deadline(due=paris_start(day), command=command) for day, command in asked]
