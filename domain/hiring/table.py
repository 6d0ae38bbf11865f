"""Which commands each stage takes, and what time asks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from domain.calendar import add_days, add_months, paris_day, paris_start
from domain.hiring.codes import RecordStatus, Stage, UpdateStatus
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    Cancel,
    ChangeDates,
    ChangeEnd,
    CompleteEmployeeRecord,
    CorrectEnd,
    CreateEmployeeRecord,
    Declare,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    EndAsPlanned,
    EndContract,
    FollowPass,
    HiringCommand,
    ProcessEmployeeRecord,
    RecordPass,
    RejectEmployeeRecord,
    Renew,
    RetractEnd,
    SendEmployeeRecord,
    SendUpdateNotification,
    StartContract,
    UnarchiveEmployeeRecord,
)
from domain.hiring.state import Hiring
from domain.iae.companies import is_siae
from domain.iae.right import prolongable_until
from domain.journey import Deadline

#: How old an employee record is, and how long nothing moved it, before it is archived (les-emplois §6), in months.
ARCHIVED_WHEN_OLDER: Final = 6
ARCHIVED_WHEN_IDLE: Final = 1

_COMING: Final = frozenset({Stage.DECLARED})
_RUNNING: Final = frozenset({Stage.STARTED})
_OVER: Final = frozenset({Stage.ENDED})
#: A hire that takes place, or took place.
_STANDING: Final = _COMING | _RUNNING | _OVER

#: Where each command is accepted from.
ACCEPTED_FROM: Final[Mapping[type[HiringCommand], frozenset[Stage]]] = {
    Declare: frozenset({Stage.NOT_DECLARED}),
    # Started by time although it had been moved: what was told late.
    ChangeDates: _COMING | _RUNNING,
    Cancel: _STANDING,
    RecordPass: _STANDING,
    FollowPass: _STANDING,
    StartContract: _COMING,
    ChangeEnd: _COMING | _RUNNING,
    Renew: _RUNNING | _OVER,
    EndContract: _RUNNING,
    EndAsPlanned: _RUNNING,
    CorrectEnd: _OVER,
    RetractEnd: _OVER,
    CreateEmployeeRecord: _STANDING,
    CompleteEmployeeRecord: _STANDING,
    SendEmployeeRecord: _STANDING,
    RejectEmployeeRecord: _STANDING,
    ProcessEmployeeRecord: _STANDING,
    DisableEmployeeRecord: _STANDING,
    EnableEmployeeRecord: _STANDING,
    ArchiveEmployeeRecord: _STANDING,
    UnarchiveEmployeeRecord: _STANDING,
    SendUpdateNotification: _STANDING,
    AnswerUpdateNotification: _STANDING,
}

#: From which status each command moves an employee record (les-emplois §6); None is no record.
RECORD_FROM: Final[Mapping[type[HiringCommand], frozenset[RecordStatus | None]]] = {
    CreateEmployeeRecord: frozenset({None}),
    CompleteEmployeeRecord: frozenset(
        {RecordStatus.NEW, RecordStatus.REJECTED, RecordStatus.DISABLED, RecordStatus.PROCESSED}
    ),
    SendEmployeeRecord: frozenset({RecordStatus.READY}),
    RejectEmployeeRecord: frozenset({RecordStatus.SENT}),
    ProcessEmployeeRecord: frozenset({RecordStatus.SENT}),
    DisableEmployeeRecord: frozenset({RecordStatus.NEW, RecordStatus.REJECTED, RecordStatus.PROCESSED}),
    EnableEmployeeRecord: frozenset({RecordStatus.DISABLED}),
    ArchiveEmployeeRecord: frozenset(
        {
            RecordStatus.NEW,
            RecordStatus.READY,
            RecordStatus.REJECTED,
            RecordStatus.PROCESSED,
            RecordStatus.DISABLED,
        }
    ),
    UnarchiveEmployeeRecord: frozenset({RecordStatus.ARCHIVED}),
}
#: From which status each command moves a notification of new dates.
UPDATE_FROM: Final[Mapping[type[HiringCommand], UpdateStatus]] = {
    SendUpdateNotification: UpdateStatus.NEW,
    AnswerUpdateNotification: UpdateStatus.SENT,
}


def record_status(case: Hiring) -> RecordStatus | None:
    """Where its employee record stands, if it has one."""
    return None if case.record is None else case.record.status


def update_status(case: Hiring) -> UpdateStatus | None:
    """Where its last notification of new dates stands, if there was one."""
    return None if case.record is None else case.record.update


#: What else a state must be for a command to make sense; the decision itself names the refusal.
NEEDS: Final[Mapping[type[HiringCommand], Callable[[Hiring], bool]]] = {
    Renew: lambda case: case.ends_on is not None and (case.end is None or case.ran_its_term),
    EndAsPlanned: lambda case: case.ends_on is not None,
    RetractEnd: lambda case: not case.ran_its_term,
}


def offers(case: Hiring) -> Collection[type[HiringCommand]]:
    """The commands that the hire does not exclude by itself."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if case.stage in stages and _makes_sense(kind, case)]


def _makes_sense(kind: type[HiringCommand], case: Hiring) -> bool:
    if issubclass(kind, CreateEmployeeRecord):
        return record_status(case) is None and is_siae(case.company_kinds) and case.pass_iae is not None
    if kind in RECORD_FROM:
        return record_status(case) in RECORD_FROM[kind]
    if kind in UPDATE_FROM:
        return update_status(case) is UPDATE_FROM[kind]
    return kind not in NEEDS or NEEDS[kind](case)


def deadlines(case: Hiring) -> Sequence[Deadline[HiringCommand]]:
    """The first day, the day after the planned last one, and the archive of the employee record."""
    asked: list[Deadline[HiringCommand]] = []
    if case.stage is Stage.DECLARED:
        asked.append(Deadline(due=paris_start(case.starts_on), command=StartContract()))
    if case.stage is Stage.STARTED and case.ends_on is not None:
        asked.append(Deadline(due=paris_start(add_days(case.ends_on, 1)), command=EndAsPlanned()))
    if (day := _archived_after(case)) is not None:
        asked.append(Deadline(due=paris_start(add_days(day, 1)), command=ArchiveEmployeeRecord()))
    return asked


def _archived_after(case: Hiring) -> date | None:
    """The last day on which the employee record still counts: R2 of les-emplois §10.D."""
    record = case.record
    if record is None or case.cancelled or case.pass_ends_on is None:
        return None
    if record.status not in RECORD_FROM[ArchiveEmployeeRecord]:
        return None
    return max(
        prolongable_until(case.pass_ends_on),
        add_months(paris_day(record.created_at), ARCHIVED_WHEN_OLDER),
        add_months(paris_day(record.touched_at), ARCHIVED_WHEN_IDLE),
    )


def is_due(kind: type[HiringCommand], case: Hiring, at: datetime) -> bool:
    """Whether the time has come for a command that time asks for."""
    return any(isinstance(asked.command, kind) and asked.due <= at for asked in deadlines(case))
