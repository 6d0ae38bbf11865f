"""How a contract is declared, starts, moves and ends."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from domain.hiring.codes import CATEGORIES, EndReason, ExitCategory
from domain.hiring.commands import (
    AgreementCommand,
    Cancel,
    ChangeDates,
    ChangeEnd,
    ContractCommand,
    CorrectEnd,
    Declare,
    EndAsPlanned,
    EndContract,
    Renew,
    RetractEnd,
    StartContract,
)
from domain.hiring.events import (
    Cancelled,
    DatesChanged,
    Declared,
    EmployeeRecordDeleted,
    EndCorrected,
    Ended,
    EndRetracted,
    HiringEvent,
    PlannedEndChanged,
    Renewed,
    Started,
)
from domain.hiring.passes import recorded
from domain.hiring.refusals import (
    AfterThePlannedEnd,
    CategoryImpossible,
    EndedByItself,
    EndsBeforeItStarts,
    EndsInTheFuture,
    EndsInThePast,
    NotDue,
    NothingToRenew,
    NotLonger,
)
from domain.hiring.state import Hiring
from domain.hiring.table import NEEDS, is_due
from domain.journey import Context


def agreed(command: AgreementCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What an application has the hire record."""
    match command:
        case Declare():
            return _declared(command, context)
        case ChangeDates():
            return _moved(command, context)
        case Cancel():
            return _cancelled(case, context)
        case _:
            assert_never(command)


def contracted(command: ContractCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What a contract's life records."""
    match command:
        case StartContract() | EndAsPlanned():
            return [_by_time(command, case, context)]
        case ChangeEnd() | Renew():
            return _prolonged(command, case, context)
        case EndContract() | CorrectEnd() | RetractEnd():
            return _ended(command, case, context)
        case _:
            assert_never(command)


def _declared(command: Declare, context: Context) -> Sequence[HiringEvent]:
    """A first day that has come already needs no deadline: a GEIQ may record a past hire (les-emplois §4.7)."""
    declared = Declared(
        at=context.at,
        application=command.application,
        company=command.company,
        company_kinds=command.company_kinds,
        agreed_at=command.agreed_at,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        diagnosis=command.diagnosis,
    )
    known = [] if command.pass_iae is None else [recorded(command.pass_iae, context)]
    return [declared, *known, *_started_already(command.starts_on, context)]


def _started_already(starts_on: date, context: Context) -> Sequence[HiringEvent]:
    return [Started(at=context.at, on=starts_on)] if starts_on <= context.today else []


def _moved(command: ChangeDates, context: Context) -> Sequence[HiringEvent]:
    """The application has said whether it may move (les-emplois §4.7)."""
    moved = DatesChanged(at=context.at, starts_on=command.starts_on, ends_on=command.ends_on)
    return [moved, *_started_already(command.starts_on, context)]


def _cancelled(case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What was never sent to the ASP is deleted (les-emplois §4.8); the application refuses what was."""
    unsent = [] if case.record is None or case.exchanged else [EmployeeRecordDeleted(at=context.at)]
    return [Cancelled(at=context.at), *unsent]


def _by_time(command: StartContract | EndAsPlanned, case: Hiring, context: Context) -> HiringEvent:
    if not is_due(type(command), case, context.at):
        context.insist(NotDue())
    match command:
        case StartContract():
            return Started(at=context.at, on=case.starts_on)
        case EndAsPlanned():
            return _as_planned(case, context)
        case _:
            assert_never(command)


def _as_planned(case: Hiring, context: Context) -> Ended:
    """Time knows that the contract ended, not what it led to."""
    if case.ends_on is None:
        raise NotDue
    return Ended(at=context.at, on=case.ends_on, reason=EndReason.TERM_REACHED, category=ExitCategory.UNKNOWN)


def _prolonged(command: ChangeEnd | Renew, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    match command:
        case ChangeEnd():
            return _planned(command, case, context)
        case Renew():
            return [_renewed(command, case, context)]
        case _:
            assert_never(command)


def _planned(command: ChangeEnd, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    if command.ends_on == case.ends_on:
        return []
    if command.ends_on is not None and command.ends_on < case.starts_on:
        raise EndsBeforeItStarts
    if command.ends_on is not None and command.ends_on < context.today:
        raise EndsInThePast
    return [PlannedEndChanged(at=context.at, ends_on=command.ends_on)]


def _renewed(command: Renew, case: Hiring, context: Context) -> Renewed:
    """Told late, after time has ended the contract, a renewal takes that end back."""
    if case.ends_on is None or not NEEDS[Renew](case):
        raise NothingToRenew
    if command.ends_on is not None and command.ends_on <= case.ends_on:
        raise NotLonger(after=case.ends_on)
    return Renewed(at=context.at, ends_on=command.ends_on)


def _ended(command: EndContract | CorrectEnd | RetractEnd, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    if isinstance(command, RetractEnd):
        if case.ran_its_term:
            raise EndedByItself
        return [EndRetracted(at=context.at)]
    _check_end(command, case, context)
    kind = Ended if isinstance(command, EndContract) else EndCorrected
    return [kind(at=context.at, on=command.on, reason=command.reason, category=command.category)]


def _check_end(command: EndContract | CorrectEnd, case: Hiring, context: Context) -> None:
    if command.on < case.starts_on:
        raise EndsBeforeItStarts
    if command.on > context.today:
        raise EndsInTheFuture
    if case.ends_on is not None and command.on > case.ends_on:
        raise AfterThePlannedEnd(planned=case.ends_on)
    if command.category not in CATEGORIES[command.reason]:
        raise CategoryImpossible(categories=sorted(CATEGORIES[command.reason]))
