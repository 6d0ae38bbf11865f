"""The life cycle of an employee record, as far as it constrains hires (les-emplois §6)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, assert_never

from domain.calendar import add_days
from domain.formats import siret
from domain.hiring.codes import UpdateStatus
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    CompleteEmployeeRecord,
    CreateEmployeeRecord,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    ExchangeCommand,
    KeepingCommand,
    ProcessEmployeeRecord,
    RecordCommand,
    RejectEmployeeRecord,
    SendEmployeeRecord,
    SendUpdateNotification,
    UnarchiveEmployeeRecord,
    UpdateCommand,
)
from domain.hiring.events import (
    EmployeeRecordArchived,
    EmployeeRecordCompleted,
    EmployeeRecordCreated,
    EmployeeRecordDisabled,
    EmployeeRecordEnabled,
    EmployeeRecordProcessed,
    EmployeeRecordRejected,
    EmployeeRecordSent,
    EmployeeRecordUnarchived,
    HiringEvent,
    UpdateNotificationAnswered,
    UpdateNotificationOpened,
    UpdateNotificationSent,
)
from domain.hiring.passes import DUPLICATE, SUCCESS, unarchived
from domain.hiring.refusals import (
    InvalidSiret,
    NirOfAnother,
    NotASiae,
    NotDue,
    PassNeeded,
    PassNotOver,
    RecordExists,
    TooOldForRecords,
    WrongAspCode,
    WrongRecordStatus,
)
from domain.hiring.state import Hiring
from domain.hiring.table import RECORD_FROM, UPDATE_FROM, is_due, record_status, update_status
from domain.iae.companies import SIAE_KINDS, is_siae
from domain.iae.hire import hires_under
from domain.iae.person import person_of
from domain.iae.right import PASS_DAYS, Right, prolongable_until
from domain.journey import Context
from domain.vocabulary import Role

#: The first day of the hires that an employee record declares.
FIRST_DAY: Final = date(2021, 9, 27)
FIRST_DAYS: Final[Mapping[str, date]] = {"eiti": date(2024, 3, 25)}
_ERROR: Final = re.compile("3[234][0-9]{2}")


def declared_to_asp(command: RecordCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What moves an employee record."""
    status = record_status(case)
    if status not in RECORD_FROM[type(command)]:
        raise WrongRecordStatus(status=status or "none")
    if isinstance(command, CreateEmployeeRecord):
        return [_created(command, case, context)]
    if isinstance(command, ExchangeCommand):
        return _exchanged(command, case, context)
    return _kept(command, case, context)


def _kept(command: KeepingCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    match command:
        case CompleteEmployeeRecord():
            return [EmployeeRecordCompleted(at=context.at)]
        case DisableEmployeeRecord():
            return [EmployeeRecordDisabled(at=context.at)]
        case EnableEmployeeRecord():
            return [EmployeeRecordEnabled(at=context.at)]
        case ArchiveEmployeeRecord():
            return [_archived(case, context)]
        case UnarchiveEmployeeRecord():
            return _unarchived(case, context)
        case _:
            assert_never(command)


def updated(command: UpdateCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What moves a notification of new days."""
    status = update_status(case)
    if status is not UPDATE_FROM[type(command)]:
        raise WrongRecordStatus(status=status or "none")
    match command:
        case SendUpdateNotification():
            return [UpdateNotificationSent(at=context.at)]
        case AnswerUpdateNotification():
            return [UpdateNotificationAnswered(at=context.at, accepted=command.accepted)]
        case _:
            assert_never(command)


def _created(command: CreateEmployeeRecord, case: Hiring, context: Context) -> EmployeeRecordCreated:
    measure = SIAE_KINDS.intersection(case.company_kinds)
    if not is_siae(case.company_kinds):
        raise NotASiae
    if case.pass_iae is None:
        raise PassNeeded
    first = max(FIRST_DAYS.get(kind, FIRST_DAY) for kind in measure)
    if case.starts_on < first:
        raise TooOldForRecords(first=first)
    if person_of(context.dossier).nir_belongs_to_another:
        raise NirOfAnother
    number = siret.parse(command.siret)
    if number is None:
        raise InvalidSiret
    _check_only_one(number, measure, case.pass_iae, context)
    return EmployeeRecordCreated(at=context.at, siret=number)


def _check_only_one(number: str, measure: frozenset[str], pass_iae: str, context: Context) -> None:
    """One record for a measure, an establishment and a PASS: what the mother declared, its antenna does not (R4)."""
    for name in hires_under(context.dossier, pass_iae):
        other = context.dossier.cases[name]
        if not isinstance(other, Hiring) or other.record is None or name == context.journey:
            continue
        if other.record.siret == number and not measure.isdisjoint(other.company_kinds):
            raise RecordExists(hiring=name)


def _exchanged(command: ExchangeCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    match command:
        case SendEmployeeRecord():
            return [EmployeeRecordSent(at=context.at, file=command.file, line=command.line)]
        case RejectEmployeeRecord():
            if not _ERROR.fullmatch(command.code) or command.code == DUPLICATE:
                raise WrongAspCode
            return [EmployeeRecordRejected(at=context.at, code=command.code)]
        case ProcessEmployeeRecord():
            return _processed(command, case, context)
        case _:
            assert_never(command)


def _processed(command: ProcessEmployeeRecord, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What the ASP held already it holds with the days of then: it is told of those that came since."""
    if command.code not in {SUCCESS, DUPLICATE}:
        raise WrongAspCode
    processed = EmployeeRecordProcessed(at=context.at, code=command.code)
    tell = command.code == DUPLICATE and _has_moved(case, context) and update_status(case) is not UpdateStatus.NEW
    return [processed, UpdateNotificationOpened(at=context.at)] if tell else [processed]


def _has_moved(case: Hiring, context: Context) -> bool:
    """Whether the PASS was suspended or prolonged since it was issued."""
    right = context.dossier.of(Right).get(case.pass_iae or "")
    return right is not None and (bool(right.suspensions) or right.ends_on != add_days(right.starts_on, PASS_DAYS - 1))


def _archived(case: Hiring, context: Context) -> EmployeeRecordArchived:
    """By hand as soon as the PASS is over for good; by time once nobody has touched the record for long, too."""
    if case.pass_ends_on is None or context.today <= prolongable_until(case.pass_ends_on):
        raise PassNotOver
    if context.actor.role is Role.SYSTEM and not is_due(ArchiveEmployeeRecord, case, context.at):
        raise NotDue
    return EmployeeRecordArchived(at=context.at)


def _unarchived(case: Hiring, context: Context) -> Sequence[HiringEvent]:
    return [] if case.record is None else [EmployeeRecordUnarchived(at=context.at, status=unarchived(case.record))]
