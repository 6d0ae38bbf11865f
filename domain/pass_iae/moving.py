"""How the days of a PASS IAE change without its being paused or prolonged, and how it goes (les-emplois §5.3, §5.8)."""

from collections.abc import Sequence
from typing import assert_never

from domain.calendar import add_days
from domain.iae.hire import hires_under
from domain.iae.right import LIFTED_BY_HIRE, is_in_progress
from domain.journey import Context
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    ClosingCommand,
    CorrectStart,
    HireCommand,
    MoveStart,
    MovingCommand,
    RecordEnd,
    ServeHire,
    StaffCommand,
    Terminate,
)
from domain.pass_iae.events import Cancelled, DeletionAsked, Ended, HireServed, PassIaeEvent, StartMoved, Terminated
from domain.pass_iae.reckoning import last_day
from domain.pass_iae.refusals import (
    NoLongSuspension,
    NotDue,
    NotInProgress,
    RecordExchanged,
    StartsAfterWhatFollows,
)
from domain.pass_iae.standing import check_hired, last_hire
from domain.pass_iae.state import PassIae
from domain.pass_iae.suspending import check_none_left_out, cut, deleted, in_progress
from domain.pass_iae.terms import LONG_SUSPENSION


def moved(command: MovingCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """What hires, staff and time do to its days."""
    if isinstance(command, HireCommand):
        return _followed(command, case, context)
    if isinstance(command, StaffCommand):
        return _corrected(command, case, context)
    if isinstance(command, ClosingCommand):
        return _closing(command, case, context)
    assert_never(command)


def _followed(command: HireCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """What a hire under the PASS changes, or a change of its days. Nothing, if they already fit."""
    match command:
        case ServeHire():
            return [*_served(command, case), *_pulled(command, case, context), *_lifted(command, case, context)]
        case MoveStart():
            moves = case.starts_on > context.today and command.starts_on != case.starts_on
            return [_start_moved(command)] if moves else []
        case _:
            assert_never(command)


def _served(command: ServeHire, case: PassIae) -> Sequence[PassIaeEvent]:
    if command.company is None or case.companies[-1:] == (command.company,):
        return []
    return [HireServed(application=command.application, company=command.company)]


def _pulled(command: ServeHire, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """A PASS that has not started starts with the hire, if that is earlier; never later (les-emplois §5.3)."""
    return [_start_moved(command)] if context.today < case.starts_on > command.starts_on else []


def _start_moved(command: HireCommand) -> StartMoved:
    return StartMoved(starts_on=command.starts_on, pass_ends_on=last_day(command.starts_on))


def _lifted(command: ServeHire, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """The suspension in progress ends on the eve of the hire, and never later than it would have (§5.4)."""
    pause = in_progress(case, context.today)
    if pause is None or pause.reason not in LIFTED_BY_HIRE:
        return []
    if command.starts_on <= pause.starts_on:
        return [deleted(case, pause, command.application)]
    eve = add_days(command.starts_on, -1)
    return [cut(case, pause, eve, command.application)] if eve < pause.ends_on else []


def _corrected(command: StaffCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """What staff corrects."""
    match command:
        case CorrectStart():
            return _start_corrected(command, case, context)
        case Terminate():
            if not case.starts_on < context.today <= case.ends_on:
                raise NotInProgress(starts_on=case.starts_on, ends_on=case.ends_on)
            return [Terminated(pass_ends_on=context.today)] if context.today < case.ends_on else []
        case _:
            assert_never(command)


def _start_corrected(command: CorrectStart, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    follows = [*(each.starts_on for each in case.suspensions), *(each.starts_on for each in case.prolongations)]
    ends_on = case.ends_on + (command.starts_on - case.starts_on)
    if any(hire.exchanged for hire in hires_under(context.dossier, context.journey).values()):
        context.insist(RecordExchanged())
    if any(command.starts_on > first for first in follows):
        raise StartsAfterWhatFollows(earliest=min(follows))
    check_none_left_out(case, ends_on)
    if command.starts_on == case.starts_on:
        return []
    return [StartMoved(starts_on=command.starts_on, pass_ends_on=ends_on)]


def _closing(command: ClosingCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """How it goes: withdrawn, asked to be, or over."""
    match command:
        case Cancel():
            return [Cancelled(because_of=command.because_of)]
        case AskForDeletion():
            return _deletion_asked(case, context)
        case RecordEnd():
            if context.today <= case.ends_on:
                context.insist(NotDue())
            return [Ended(on=case.ends_on)]
        case _:
            assert_never(command)


def _deletion_asked(case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """The form is shown while the PASS is in progress, after a long suspension (les-emplois §5.8)."""
    check_hired(context)
    if not is_in_progress(case, context.today):
        raise NotInProgress(starts_on=case.starts_on, ends_on=case.ends_on)
    hire = last_hire(context)
    since = min(context.today, add_days(hire.starts_on, 1)) if hire else context.today
    if not any(each.days > LONG_SUSPENSION and each.ends_on >= since for each in case.suspensions):
        raise NoLongSuspension
    return [] if case.deletion_asked_on else [DeletionAsked(on=context.today)]
