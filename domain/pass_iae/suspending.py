"""When a PASS IAE is paused, and what that does to its last day (les-emplois §5.4)."""

from datetime import date, timedelta
from typing import assert_never

from domain.calendar import add_days
from domain.iae.right import is_in_progress
from domain.journey import Context
from domain.pass_iae.commands import (
    ChangeSuspension,
    DeleteSuspension,
    RecordSuspensionEnd,
    ReturnToWork,
    Suspend,
    SuspensionCommand,
)
from domain.pass_iae.events import (
    SuspensionChanged,
    SuspensionCut,
    SuspensionDeclared,
    SuspensionDeleted,
    SuspensionEnded,
    SuspensionEvent,
)
from domain.pass_iae.pausing import PAUSE_RULES, Pause
from domain.pass_iae.refusals import (
    AlreadySuspended,
    NoSuchSuspension,
    NotDue,
    NotInProgress,
    ReturnOutside,
    SuspensionLeftOut,
)
from domain.pass_iae.standing import check_care, kinds_asking, last_hire
from domain.pass_iae.state import DeclaredSuspension, PassIae
from domain.pass_iae.terms import longest_suspension


def suspended(command: SuspensionCommand, case: PassIae, context: Context) -> SuspensionEvent:
    """What pausing the PASS records, or going back on it."""
    if isinstance(command, RecordSuspensionEnd):
        return _over(_found(case, command.number), context)
    check_care(context)
    if isinstance(command, Suspend):
        return _declared(command, case, context)
    pause = _found(case, command.number)
    if not pause.starts_on <= context.today <= pause.ends_on:
        context.insist(NotInProgress(starts_on=pause.starts_on, ends_on=pause.ends_on))
    match command:
        case ChangeSuspension():
            return _changed(command, case, pause, context)
        case DeleteSuspension():
            return deleted(case, pause)
        case ReturnToWork():
            if not pause.starts_on < command.on < pause.ends_on:
                raise ReturnOutside(starts_on=pause.starts_on, ends_on=pause.ends_on)
            return cut(case, pause, add_days(command.on, -1))
        case _:
            assert_never(command)


def in_progress(case: PassIae, on: date) -> DeclaredSuspension | None:
    """The pause that a day is in."""
    return next((each for each in case.suspensions if each.starts_on <= on <= each.ends_on), None)


def cut(case: PassIae, pause: DeclaredSuspension, ends_on: date, application: str | None = None) -> SuspensionCut:
    """End a suspension earlier: the PASS gives back what it does not last."""
    return SuspensionCut(
        number=pause.number,
        ends_on=ends_on,
        application=application,
        pass_ends_on=case.ends_on - (pause.ends_on - ends_on),
    )


def deleted(case: PassIae, pause: DeclaredSuspension, application: str | None = None) -> SuspensionDeleted:
    """Undo a suspension: the PASS gives back all that it had added."""
    return SuspensionDeleted(
        number=pause.number,
        starts_on=pause.starts_on,
        application=application,
        pass_ends_on=case.ends_on - _added(pause),
    )


def check_none_left_out(case: PassIae, ends_on: date) -> None:
    """Refuse a last day before that of a suspension: what is left could no longer be counted."""
    latest = max((each.ends_on for each in case.suspensions), default=ends_on)
    if ends_on < latest:
        raise SuspensionLeftOut(earliest=latest)


def _declared(command: Suspend, case: PassIae, context: Context) -> SuspensionDeclared:
    if not is_in_progress(case, context.today):
        context.insist(NotInProgress(starts_on=case.starts_on, ends_on=case.ends_on))
    if in_progress(case, context.today) is not None:
        context.insist(AlreadySuspended())
    ends_on = _checked(command, case, context)
    return SuspensionDeclared(
        number=case.last_suspension + 1,
        declared_on=context.today,
        reason=command.reason,
        starts_on=command.starts_on,
        ends_on=ends_on,
        explanation=command.explanation,
        pass_ends_on=case.ends_on + (ends_on - command.starts_on),
    )


def _changed(
    command: ChangeSuspension, case: PassIae, pause: DeclaredSuspension, context: Context
) -> SuspensionChanged:
    ends_on = _checked(command, case, context, pause)
    return SuspensionChanged(
        number=pause.number,
        reason=command.reason,
        former_starts_on=pause.starts_on,
        starts_on=command.starts_on,
        ends_on=ends_on,
        explanation=command.explanation,
        pass_ends_on=case.ends_on - _added(pause) + (ends_on - command.starts_on),
    )


def _checked(
    command: Suspend | ChangeSuspension,
    case: PassIae,
    context: Context,
    former: DeclaredSuspension | None = None,
) -> date:
    """The last day of a suspension that no rule is against."""
    pause = Pause(
        said=command,
        ends_on=command.ends_on or longest_suspension(command.starts_on),
        first=case.starts_on,
        last=case.ends_on - _added(former) if former else case.ends_on,
        others=tuple(each for each in case.suspensions if each != former),
        kinds=kinds_asking(case, context),
        hire=last_hire(context),
        today=context.today,
        declared_on=former.declared_on if former else context.today,
    )
    for rule in PAUSE_RULES:
        context.insist(rule(pause))
    return pause.ends_on


def _added(pause: DeclaredSuspension) -> timedelta:
    """What a suspension adds to the PASS: a day less than it takes, though both its days count (les-emplois §5.4)."""
    return pause.ends_on - pause.starts_on


def _found(case: PassIae, number: int) -> DeclaredSuspension:
    found = next((each for each in case.suspensions if each.number == number), None)
    if found is None:
        raise NoSuchSuspension(number=number)
    return found


def _over(pause: DeclaredSuspension, context: Context) -> SuspensionEnded:
    if context.today <= pause.ends_on:
        context.insist(NotDue())
    return SuspensionEnded(number=pause.number, on=pause.ends_on)
