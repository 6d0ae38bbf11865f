"""The employee record: les-emplois §6, §5.10, R2 and R4 of §10.D."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.calendar import add_days
from domain.hiring import HiringCommand, HiringEvent
from domain.hiring.codes import RecordStatus
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    CompleteEmployeeRecord,
    CreateEmployeeRecord,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    ProcessEmployeeRecord,
    RecordCommand,
    RejectEmployeeRecord,
    SendEmployeeRecord,
    SendUpdateNotification,
    UnarchiveEmployeeRecord,
)
from domain.hiring.events import (
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
    UpdateNotificationOpened,
)
from domain.hiring.refusals import (
    InvalidSiret,
    NirOfAnother,
    NotASiae,
    PassNeeded,
    RecordExists,
    TooOldForRecords,
    WrongAspCode,
    WrongRecordStatus,
)
from domain.hiring.rules import decider
from domain.hiring.state import EmployeeRecord
from domain.hiring.table import RECORD_FROM
from domain.iae.person import LackOfNir, Person
from domain.iae.right import Suspension, SuspensionReason
from domain.journey import Refusal
from tests.domain.hiring.samples import (
    ANTENNA,
    CREATED,
    DECLARED,
    NOW,
    RIGHT,
    RUNNING,
    SIRET,
    STARTED,
    TODAY,
    UNDER_PASS,
    at,
    on,
    recorded,
    standing,
)
from tests.spec import given

YESTERDAY = add_days(TODAY, -1)
CREATE = CreateEmployeeRecord(siret=SIRET)

#: les-emplois §6: each transition, from where, to where.
TRANSITIONS: Sequence[tuple[RecordCommand, str, str]] = (
    (CREATE, "none", "new"),
    (CompleteEmployeeRecord(), "new rejected disabled processed", "ready"),
    (SendEmployeeRecord(file="RIAE_FS_1", line=2), "ready", "sent"),
    (RejectEmployeeRecord(code="3308"), "sent", "rejected"),
    (ProcessEmployeeRecord(code="0000"), "sent", "processed"),
    (DisableEmployeeRecord(), "new rejected processed", "disabled"),
    (EnableEmployeeRecord(), "disabled", "new"),
    (ArchiveEmployeeRecord(), "new ready rejected processed disabled", "archived"),
    (UnarchiveEmployeeRecord(), "archived", "new"),
)
LONG_OVER = replace(UNDER_PASS, starts_on=date(2020, 1, 1), ends_on=date(2021, 12, 30))


def over(*events: HiringEvent) -> Sequence[HiringEvent]:
    """The same history, under a PASS that was over long ago."""
    return [LONG_OVER if event == UNDER_PASS else event for event in events]


@pytest.mark.parametrize("status", [None, *RecordStatus])
@pytest.mark.parametrize(
    ("command", "allowed", "to"), TRANSITIONS, ids=[type(each[0]).__name__ for each in TRANSITIONS]
)
def test_each_transition_is_taken_where_the_table_says_and_nowhere_else(
    command: RecordCommand, allowed: str, to: str, status: RecordStatus | None
) -> None:
    past = over(*(RUNNING if status is None else recorded(status)))
    case = standing(*past)
    taken = (status or "none") in allowed.split()
    assert (type(command) in decider.offers(case)) == taken
    if not taken:
        given(decider, *past).within(at()).when(command).refused(WrongRecordStatus)
        return
    after = standing(*past, *decider.decide(command, case, at())).record
    assert after is not None
    assert after.status == to


@pytest.mark.parametrize(
    ("command", "past", "status"),
    [
        (SendEmployeeRecord(file="f", line=1), RUNNING, "none"),
        (SendEmployeeRecord(file="f", line=1), (*RUNNING, CREATED), "new"),
        (SendUpdateNotification(), (*RUNNING, CREATED), "none"),
        (AnswerUpdateNotification(accepted=True), (*RUNNING, CREATED, UpdateNotificationOpened(at=NOW)), "new"),
    ],
)
def test_the_refusal_of_a_transition_says_where_the_record_stands(
    command: HiringCommand, past: Sequence[HiringEvent], status: str
) -> None:
    with pytest.raises(WrongRecordStatus) as caught:
        decider.decide(command, standing(*past), at())
    assert caught.value.details == {"status": status}


def test_the_transitions_and_the_table_name_every_command() -> None:
    assert {type(command) for command, _, _ in TRANSITIONS} == set(RECORD_FROM)


@pytest.mark.parametrize("status", RecordStatus)
def test_a_record_counts_as_exchanged_once_the_asp_had_it(status: RecordStatus) -> None:
    """§4.8: ready, disable, enable, archive and unarchive to new exchange nothing."""
    exchanged = standing(*recorded(status)).exchanged
    assert exchanged == (status in {RecordStatus.SENT, RecordStatus.REJECTED, RecordStatus.PROCESSED})


def test_once_exchanged_always_exchanged() -> None:
    past = recorded(RecordStatus.PROCESSED)
    later: Sequence[HiringEvent] = [
        EmployeeRecordDisabled(at=NOW),
        EmployeeRecordEnabled(at=NOW),
        EmployeeRecordArchived(at=NOW),
    ]
    assert standing(*past, *later, EmployeeRecordDeleted(at=NOW)).exchanged
    unsent: Sequence[HiringEvent] = [CREATED, EmployeeRecordCompleted(at=NOW), *later]
    new = EmployeeRecordUnarchived(at=NOW, status=RecordStatus.NEW)
    assert not standing(*RUNNING, *unsent, new).exchanged


def test_what_is_told_of_a_record_that_nobody_knows_of_tells_of_the_exchange_alone() -> None:
    """Deciding never leads there; what is read of history does not depend on that."""
    running = standing(*RUNNING)
    sent = standing(*RUNNING, EmployeeRecordSent(at=NOW, file="f", line=1))
    assert sent == replace(running, exchanged=True)
    assert standing(*RUNNING, EmployeeRecordDisabled(at=NOW)) == running
    assert standing(*RUNNING, UpdateNotificationOpened(at=NOW)) == running


@pytest.mark.parametrize(
    ("status", "command", "event"),
    [
        (RecordStatus.NEW, CompleteEmployeeRecord(), EmployeeRecordCompleted(at=NOW)),
        (RecordStatus.NEW, DisableEmployeeRecord(), EmployeeRecordDisabled(at=NOW)),
        (RecordStatus.DISABLED, EnableEmployeeRecord(), EmployeeRecordEnabled(at=NOW)),
    ],
)
def test_a_company_keeps_its_record(status: RecordStatus, command: RecordCommand, event: HiringEvent) -> None:
    given(decider, *recorded(status)).within(at()).when(command).then(event)


def test_a_record_says_what_it_is_and_what_the_asp_answered() -> None:
    rejected = standing(*recorded(RecordStatus.REJECTED)).record
    assert rejected == EmployeeRecord(
        status=RecordStatus.REJECTED, siret=SIRET, created_at=NOW, touched_at=NOW, code="3308"
    )
    moment = on(date(2025, 7, 1)).at
    touched = standing(*recorded(RecordStatus.REJECTED), EmployeeRecordCompleted(at=moment)).record
    assert touched is not None
    assert (touched.created_at, touched.touched_at, touched.code) == (NOW, moment, "3308")


def test_a_siae_declares_a_hire_under_a_pass() -> None:
    given(decider, *RUNNING).within(at()).when(CREATE).then(CREATED)
    given(decider, *RUNNING).within(at()).when(CreateEmployeeRecord(siret="130 005 481 00010")).then(CREATED)
    given(decider, *RUNNING).within(at()).when(CreateEmployeeRecord(siret="13000548100011")).refused(InvalidSiret)
    given(decider, DECLARED, STARTED).within(at()).when(CREATE).refused(PassNeeded)
    geiq = replace(DECLARED, company_kinds=("geiq",))
    given(decider, geiq, UNDER_PASS).within(at()).when(CREATE).refused(NotASiae)
    assert CreateEmployeeRecord not in decider.offers(standing(geiq, UNDER_PASS))
    assert CreateEmployeeRecord not in decider.offers(standing(DECLARED))


@pytest.mark.parametrize(
    ("kinds", "start", "declared"),
    [
        (("aci",), date(2021, 9, 27), True),
        (("aci",), date(2021, 9, 26), False),
        (("eiti",), date(2024, 3, 25), True),
        (("eiti",), date(2024, 3, 24), False),
        (("aci", "eiti"), date(2024, 3, 24), False),
    ],
)
def test_hires_before_there_were_records_are_not_declared(
    kinds: tuple[str, ...], start: date, *, declared: bool
) -> None:
    past = (replace(DECLARED, company_kinds=kinds, starts_on=start), UNDER_PASS)
    scenario = given(decider, *past).within(at()).when(CREATE)
    if declared:
        scenario.then(CREATED)
    else:
        scenario.refused(TooOldForRecords)


def test_a_nir_known_as_somebody_else_s_is_settled_first() -> None:
    scenario = given(decider, *RUNNING).when(CREATE)
    scenario.within(at(candidate=Person(lack_of_nir=LackOfNir.ASSOCIATED_TO_OTHER))).refused(NirOfAnother)
    scenario.within(at(candidate=Person(lack_of_nir=LackOfNir.NO_NIR))).then(CREATED)


def test_r4_what_the_mother_declared_its_antenna_does_not_declare_again() -> None:
    mother = standing(*RUNNING, CREATED)
    antenna = (replace(DECLARED, company=ANTENNA), UNDER_PASS)
    scenario = given(decider, *antenna).when(CREATE)
    scenario.within(at(hiring_2=mother)).refused(RecordExists)
    scenario.within(at(hiring_2=standing(*RUNNING))).then(CREATED)
    scenario.within(at(hiring_2=standing(*RUNNING), hiring_3=mother)).refused(RecordExists)
    given(decider, *antenna).within(at(hiring_2=mother)).when(CreateEmployeeRecord(siret="78467169500087")).then(
        EmployeeRecordCreated(at=NOW, siret="78467169500087")
    )


def test_r4_another_measure_or_another_pass_is_another_record() -> None:
    mother = standing(*RUNNING, CREATED)
    ei = (replace(DECLARED, company_kinds=("ei",)), UNDER_PASS)
    given(decider, *ei).within(at(hiring_2=mother)).when(CREATE).then(CREATED)
    renewed = (DECLARED, replace(UNDER_PASS, pass_iae="pass-iae-2"))
    given(decider, *renewed).within(at(hiring_2=mother)).when(CREATE).then(CREATED)


def test_a_record_deleted_with_its_hire_may_be_begun_again_for_another_one() -> None:
    gone = standing(*RUNNING, CREATED, EmployeeRecordDeleted(at=NOW))
    given(decider, *RUNNING).within(at(hiring_2=gone)).when(CREATE).then(CREATED)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (RejectEmployeeRecord(code="3308"), None),
        (RejectEmployeeRecord(code="3200"), None),
        (RejectEmployeeRecord(code="3437"), None),
        (RejectEmployeeRecord(code="3436"), WrongAspCode),
        (RejectEmployeeRecord(code="0000"), WrongAspCode),
        (RejectEmployeeRecord(code="3500"), WrongAspCode),
        (RejectEmployeeRecord(code="33081"), WrongAspCode),
        (ProcessEmployeeRecord(code="0000"), None),
        (ProcessEmployeeRecord(code="3436"), None),
        (ProcessEmployeeRecord(code="3437"), WrongAspCode),
    ],
)
def test_the_asp_rejects_and_takes_in_with_codes_of_its_own(
    command: RejectEmployeeRecord | ProcessEmployeeRecord, refusal: type[Refusal] | None
) -> None:
    scenario = given(decider, *recorded(RecordStatus.SENT)).within(at(pass_iae_1=RIGHT)).when(command)
    kind = EmployeeRecordRejected if isinstance(command, RejectEmployeeRecord) else EmployeeRecordProcessed
    if refusal is None:
        scenario.then(kind(at=NOW, code=command.code))
    else:
        scenario.refused(refusal)


def test_a_record_is_sent_in_a_file_on_a_line() -> None:
    given(decider, *recorded(RecordStatus.READY)).within(at()).when(SendEmployeeRecord(file="f", line=700)).then(
        EmployeeRecordSent(at=NOW, file="f", line=700)
    )


PAUSE = Suspension(reason=SuspensionReason.SICKNESS, starts_on=TODAY, ends_on=TODAY)


def test_a_duplicate_is_told_of_what_moved_the_pass_since() -> None:
    duplicate = EmployeeRecordProcessed(at=NOW, code="3436")
    scenario = given(decider, *recorded(RecordStatus.SENT)).when(ProcessEmployeeRecord(code="3436"))
    scenario.within(at()).then(duplicate)
    for moved in (replace(RIGHT, suspensions=(PAUSE,)), replace(RIGHT, ends_on=add_days(RIGHT.ends_on, 1))):
        scenario.within(at(pass_iae_1=moved)).then(duplicate, UpdateNotificationOpened(at=NOW))
        scenario.when(ProcessEmployeeRecord(code="0000")).within(at(pass_iae_1=moved)).then(
            EmployeeRecordProcessed(at=NOW, code="0000")
        )
    scenario.within(at(pass_iae_1=None)).then(duplicate)
    waiting = given(decider, *recorded(RecordStatus.SENT), UpdateNotificationOpened(at=NOW))
    waiting.within(at(pass_iae_1=replace(RIGHT, suspensions=(PAUSE,)))).when(ProcessEmployeeRecord(code="3436")).then(
        duplicate
    )
