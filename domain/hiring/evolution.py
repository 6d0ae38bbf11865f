"""How events move a hire: never refuses, whatever the rules have become since."""

from collections.abc import Mapping
from typing import Final, assert_never

from domain.evolving import replace
from domain.hiring.codes import RecordStatus, Stage, UpdateStatus
from domain.hiring.events import (
    AgreementEvent,
    Cancelled,
    ContractEvent,
    DatesChanged,
    Declared,
    EmployeeRecordArchived,
    EmployeeRecordCompleted,
    EmployeeRecordCreated,
    EmployeeRecordDeleted,
    EmployeeRecordDisabled,
    EmployeeRecordEnabled,
    EmployeeRecordProcessed,
    EmployeeRecordRejected,
    EmployeeRecordSent,
    EmployeeRecordUnarchived,
    EndCorrected,
    Ended,
    EndRetracted,
    HiringEvent,
    PassEvent,
    PassFollowed,
    PassLost,
    PassRecorded,
    PlannedEndChanged,
    RecordEvent,
    Renewed,
    Started,
    UpdateEvent,
    UpdateNotificationAnswered,
    UpdateNotificationOpened,
    UpdateNotificationSent,
)
from domain.hiring.state import EmployeeRecord, End, Hiring

RECORD_LEADS_TO: Final[Mapping[type[RecordEvent], RecordStatus]] = {
    EmployeeRecordCompleted: RecordStatus.READY,
    EmployeeRecordSent: RecordStatus.SENT,
    EmployeeRecordRejected: RecordStatus.REJECTED,
    EmployeeRecordProcessed: RecordStatus.PROCESSED,
    EmployeeRecordDisabled: RecordStatus.DISABLED,
    EmployeeRecordEnabled: RecordStatus.NEW,
    EmployeeRecordArchived: RecordStatus.ARCHIVED,
}
#: What shows that the record was exchanged with the ASP (les-emplois §4.8); a hire then stands for good.
EXCHANGES: Final = (EmployeeRecordSent, EmployeeRecordRejected, EmployeeRecordProcessed)


def evolve(case: Hiring, event: HiringEvent) -> Hiring:
    """The hire after an event."""
    if isinstance(event, AgreementEvent):
        return _agreed(case, event)
    if isinstance(event, ContractEvent):
        return _contract(case, event)
    if isinstance(event, PassEvent):
        return _under_pass(case, event)
    if isinstance(event, RecordEvent):
        return _declaring(case, event)
    if isinstance(event, UpdateEvent):
        return _updating(case, event)
    assert_never(event)


def _agreed(case: Hiring, event: AgreementEvent) -> Hiring:
    match event:
        case Declared():
            return _declared(event)
        case DatesChanged():
            return replace(case, stage=Stage.DECLARED, starts_on=event.starts_on, ends_on=event.ends_on)
        case Cancelled():
            return replace(case, stage=Stage.CANCELLED, cancelled=True)
        case _:
            assert_never(event)


def _contract(case: Hiring, event: ContractEvent) -> Hiring:
    match event:
        case Started():
            return replace(case, stage=Stage.STARTED)
        case PlannedEndChanged():
            return replace(case, ends_on=event.ends_on)
        case Renewed():
            renewed = replace(case, stage=Stage.STARTED, end=None, renewals=case.renewals + 1)
            return replace(renewed, ends_on=event.ends_on)
        case Ended() | EndCorrected():
            end = End(on=event.on, reason=event.reason, category=event.category)
            return replace(case, stage=Stage.ENDED, end=end)
        case EndRetracted():
            return replace(case, stage=Stage.STARTED, end=None)
        case _:
            assert_never(event)


def _declared(event: Declared) -> Hiring:
    return Hiring(
        stage=Stage.DECLARED,
        application=event.application,
        company=event.company,
        company_kinds=event.company_kinds,
        agreed_at=event.agreed_at,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        diagnosis=event.diagnosis,
    )


def _under_pass(case: Hiring, event: PassEvent) -> Hiring:
    match event:
        case PassRecorded():
            known = replace(case, pass_starts_on=event.starts_on, pass_ends_on=event.ends_on)
            return replace(known, pass_iae=event.pass_iae)
        case PassLost():
            return replace(case, pass_iae=None, pass_starts_on=None, pass_ends_on=None)
        case PassFollowed():
            return replace(case, pass_starts_on=event.starts_on, pass_ends_on=event.ends_on)
        case _:
            assert_never(event)


def _declaring(case: Hiring, event: RecordEvent) -> Hiring:
    if isinstance(event, EmployeeRecordCreated):
        record = EmployeeRecord(status=RecordStatus.NEW, siret=event.siret, created_at=event.at, touched_at=event.at)
        return replace(case, record=record)
    if isinstance(event, EmployeeRecordDeleted) or case.record is None:
        return replace(case, record=None, exchanged=case.exchanged or isinstance(event, EXCHANGES))
    moved = replace(case.record, status=_status(event), touched_at=event.at)
    if isinstance(event, EmployeeRecordRejected | EmployeeRecordProcessed):
        moved = replace(moved, code=event.code)
    return replace(case, record=moved, exchanged=case.exchanged or isinstance(event, EXCHANGES))


def _status(event: RecordEvent) -> RecordStatus:
    return event.status if isinstance(event, EmployeeRecordUnarchived) else RECORD_LEADS_TO[type(event)]


def _updating(case: Hiring, event: UpdateEvent) -> Hiring:
    """Notifications do not touch the record itself."""
    match event:
        case UpdateNotificationOpened():
            status = UpdateStatus.NEW
        case UpdateNotificationSent():
            status = UpdateStatus.SENT
        case UpdateNotificationAnswered():
            status = UpdateStatus.PROCESSED if event.accepted else UpdateStatus.REJECTED
        case _:
            assert_never(event)
    return case if case.record is None else replace(case, record=replace(case.record, update=status))
