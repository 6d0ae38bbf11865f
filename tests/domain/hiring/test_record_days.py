"""What the days of a PASS IAE do to the employee records under it: les-emplois §5.10, §6, R2 of §10.D."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.calendar import add_days
from domain.hiring import HiringEvent
from domain.hiring.codes import RecordStatus, Stage, UpdateStatus
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    FollowPass,
    RecordPass,
    SendUpdateNotification,
    UnarchiveEmployeeRecord,
)
from domain.hiring.events import (
    Cancelled,
    EmployeeRecordArchived,
    EmployeeRecordCreated,
    EmployeeRecordDeleted,
    EmployeeRecordProcessed,
    EmployeeRecordRejected,
    EmployeeRecordSent,
    EmployeeRecordUnarchived,
    PassFollowed,
    PassLost,
    PassRecorded,
    UpdateNotificationAnswered,
    UpdateNotificationOpened,
    UpdateNotificationSent,
)
from domain.hiring.refusals import (
    NotASiae,
    NotDue,
    PassAlreadyRecorded,
    PassNotOver,
    WrongRecordStatus,
)
from domain.hiring.rules import decider
from domain.hiring.table import deadlines
from domain.journey import Deadline
from tests.domain.hiring.samples import (
    CREATED,
    DECLARED,
    LONG_AGO,
    NOW,
    RIGHT,
    RUNNING,
    SIRET,
    STARTED,
    SYSTEM,
    TODAY,
    UNDER_PASS,
    at,
    on,
    recorded,
    standing,
)
from tests.spec import given

YESTERDAY = add_days(TODAY, -1)

# --- New days of the PASS ----------------------------------------------------

MOVED = replace(RIGHT, ends_on=date(2027, 9, 1))
FOLLOWED = PassFollowed(at=NOW, starts_on=RIGHT.starts_on, ends_on=date(2027, 9, 1))


@pytest.mark.parametrize("status", RecordStatus)
def test_the_asp_is_told_of_new_days_where_it_may_know_the_record(status: RecordStatus) -> None:
    told = status in {RecordStatus.PROCESSED, RecordStatus.SENT, RecordStatus.DISABLED}
    back = [EmployeeRecordUnarchived(at=NOW, status=RecordStatus.NEW)] if status is RecordStatus.ARCHIVED else []
    notified = [UpdateNotificationOpened(at=NOW)] if told else []
    given(decider, *recorded(status)).within(at(pass_iae_1=MOVED)).when(FollowPass()).then(FOLLOWED, *back, *notified)


def test_days_that_are_known_tell_nothing() -> None:
    given(decider, *recorded(RecordStatus.SENT)).within(at()).when(FollowPass()).then()
    given(decider, *recorded(RecordStatus.SENT), FOLLOWED).within(at(pass_iae_1=MOVED)).when(FollowPass()).then()
    given(decider, DECLARED).within(at(pass_iae_1=MOVED)).when(FollowPass()).then()
    given(decider, *RUNNING).within(at(pass_iae_1=MOVED)).when(FollowPass()).then(FOLLOWED)
    earlier = replace(RIGHT, starts_on=date(2025, 6, 1))
    given(decider, *RUNNING).within(at(pass_iae_1=earlier)).when(FollowPass()).then(
        PassFollowed(at=NOW, starts_on=date(2025, 6, 1), ends_on=RIGHT.ends_on)
    )


def test_the_hire_knows_the_new_days() -> None:
    new_days = PassFollowed(at=NOW, starts_on=date(2025, 6, 1), ends_on=date(2027, 9, 1))
    case = standing(*RUNNING, new_days)
    assert (case.pass_iae, case.pass_starts_on, case.pass_ends_on) == (
        "pass-iae-1",
        date(2025, 6, 1),
        date(2027, 9, 1),
    )


def test_one_new_notification_waits_at_most() -> None:
    past = (*recorded(RecordStatus.SENT), UpdateNotificationOpened(at=NOW))
    given(decider, *past).within(at(pass_iae_1=MOVED)).when(FollowPass()).then(FOLLOWED)
    sent = (*past, UpdateNotificationSent(at=NOW))
    given(decider, *sent).within(at(pass_iae_1=MOVED)).when(FollowPass()).then(
        FOLLOWED, UpdateNotificationOpened(at=NOW)
    )


def test_a_notification_is_sent_then_answered() -> None:
    opened = (*recorded(RecordStatus.PROCESSED), UpdateNotificationOpened(at=NOW))
    sent = (*opened, UpdateNotificationSent(at=NOW))
    given(decider, *opened).within(at()).when(SendUpdateNotification()).then(UpdateNotificationSent(at=NOW))
    given(decider, *sent).within(at()).when(SendUpdateNotification()).refused(WrongRecordStatus)
    given(decider, *opened).within(at()).when(AnswerUpdateNotification(accepted=True)).refused(WrongRecordStatus)
    given(decider, *RUNNING).within(at()).when(SendUpdateNotification()).refused(WrongRecordStatus)
    for accepted, status in ((True, UpdateStatus.PROCESSED), (False, UpdateStatus.REJECTED)):
        answered = UpdateNotificationAnswered(at=NOW, accepted=accepted)
        given(decider, *sent).within(at()).when(AnswerUpdateNotification(accepted=accepted)).then(answered)
        record = standing(*sent, answered).record
        assert record is not None
        assert (record.update, record.status) == (status, RecordStatus.PROCESSED)
    assert SendUpdateNotification in decider.offers(standing(*opened))
    assert AnswerUpdateNotification in decider.offers(standing(*sent))
    assert {SendUpdateNotification, AnswerUpdateNotification}.isdisjoint(decider.offers(standing(*RUNNING)))


# --- The archive -------------------------------------------------------------


def aged(created: date, touched: date, ends_on: date) -> Sequence[HiringEvent]:
    """A record taken in by the ASP, created and touched then, under a PASS that ends then."""
    first, last = on(created).at, on(touched).at
    return (
        DECLARED,
        replace(UNDER_PASS, ends_on=ends_on),
        STARTED,
        EmployeeRecordCreated(at=first, siret=SIRET),
        EmployeeRecordSent(at=first, file="f", line=1),
        EmployeeRecordProcessed(at=last, code="0000"),
    )


def archives_by_time(*past: HiringEvent) -> bool:
    return any(
        isinstance(asked.command, ArchiveEmployeeRecord) and asked.due <= NOW for asked in deadlines(standing(*past))
    )


@pytest.mark.parametrize(
    ("created", "touched", "ends_on", "archived"),
    [
        # R2, as it is told: eight, two and seven months ago.
        (date(2024, 10, 10), date(2025, 4, 10), date(2024, 11, 10), True),
        # The PASS ended three months ago, or has not ended.
        (date(2024, 10, 10), date(2025, 4, 10), date(2025, 3, 10), False),
        (date(2024, 10, 10), date(2025, 4, 10), date(2026, 1, 1), False),
        # Each bound, at both sides.
        (date(2024, 10, 10), date(2025, 4, 10), date(2024, 12, 9), True),
        (date(2024, 10, 10), date(2025, 4, 10), date(2024, 12, 10), False),
        (date(2024, 12, 9), date(2025, 4, 10), date(2024, 11, 10), True),
        (date(2024, 12, 10), date(2025, 4, 10), date(2024, 11, 10), False),
        (date(2024, 10, 10), date(2025, 5, 9), date(2024, 11, 10), True),
        (date(2024, 10, 10), date(2025, 5, 10), date(2024, 11, 10), False),
    ],
)
def test_r2_a_record_is_archived_once_its_pass_is_over_for_good(
    created: date, touched: date, ends_on: date, *, archived: bool
) -> None:
    past = aged(created, touched, ends_on)
    assert archives_by_time(*past) == archived
    scenario = given(decider, *past).within(at(actor=SYSTEM)).when(ArchiveEmployeeRecord())
    if archived:
        scenario.then(EmployeeRecordArchived(at=NOW))
    else:
        scenario.refused(NotDue if ends_on < date(2024, 12, 10) else PassNotOver)


def test_the_archive_comes_with_the_first_instant_of_a_day_in_paris() -> None:
    past = aged(date(2024, 1, 1), date(2024, 1, 1), date(2024, 8, 31))
    expected = Deadline(due=datetime(2025, 2, 28, 23, tzinfo=UTC), command=ArchiveEmployeeRecord())
    assert expected in deadlines(standing(*past))


@pytest.mark.parametrize(
    "event", [EmployeeRecordSent(at=LONG_AGO, file="f", line=1), EmployeeRecordArchived(at=LONG_AGO), Cancelled(at=NOW)]
)
def test_time_archives_neither_what_the_asp_is_answering_nor_what_is_put_away(event: HiringEvent) -> None:
    old = (DECLARED, replace(UNDER_PASS, ends_on=date(2023, 1, 1)), replace(CREATED, at=LONG_AGO))
    assert archives_by_time(*old)
    assert not archives_by_time(*old, event)


def test_staff_archives_as_soon_as_the_pass_is_over_for_good() -> None:
    fresh = aged(TODAY, TODAY, date(2024, 12, 9))
    given(decider, *fresh).within(at()).when(ArchiveEmployeeRecord()).then(EmployeeRecordArchived(at=NOW))
    prolongable = aged(TODAY, TODAY, date(2024, 12, 10))
    given(decider, *prolongable).within(at()).when(ArchiveEmployeeRecord()).refused(PassNotOver)
    unknown = (DECLARED, PassRecorded(at=NOW, pass_iae="pass-iae-1"), CREATED)
    given(decider, *unknown).within(at()).when(ArchiveEmployeeRecord()).refused(PassNotOver)
    assert not archives_by_time(*unknown)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([], RecordStatus.NEW),
        ([EmployeeRecordProcessed(at=NOW, code="0000")], RecordStatus.PROCESSED),
        ([EmployeeRecordProcessed(at=NOW, code="3436")], RecordStatus.PROCESSED),
        ([EmployeeRecordRejected(at=NOW, code="3308")], RecordStatus.REJECTED),
        (
            [EmployeeRecordProcessed(at=NOW, code="0000"), EmployeeRecordRejected(at=NOW, code="3217")],
            RecordStatus.REJECTED,
        ),
    ],
)
def test_a_record_comes_back_to_where_the_last_answer_had_left_it(
    answers: Sequence[HiringEvent], status: RecordStatus
) -> None:
    past = (*RUNNING, CREATED, *answers, EmployeeRecordArchived(at=NOW))
    back = EmployeeRecordUnarchived(at=NOW, status=status)
    given(decider, *past).within(at()).when(UnarchiveEmployeeRecord()).then(back)
    assert getattr(standing(*past, back).record, "status", None) is status


def test_a_pass_that_is_valid_again_takes_its_record_out_of_the_archive_and_tells_the_asp() -> None:
    past = (*aged(TODAY, TODAY, YESTERDAY), EmployeeRecordArchived(at=NOW))
    back = EmployeeRecordUnarchived(at=NOW, status=RecordStatus.PROCESSED)
    valid = replace(RIGHT, ends_on=TODAY)
    given(decider, *past).within(at(pass_iae_1=valid)).when(FollowPass()).then(
        PassFollowed(at=NOW, starts_on=RIGHT.starts_on, ends_on=TODAY), back, UpdateNotificationOpened(at=NOW)
    )
    over_still = replace(RIGHT, ends_on=add_days(TODAY, -2))
    given(decider, *past).within(at(pass_iae_1=over_still)).when(FollowPass()).then(
        PassFollowed(at=NOW, starts_on=RIGHT.starts_on, ends_on=add_days(TODAY, -2))
    )


# --- Gaining and losing a PASS -----------------------------------------------


def test_a_hire_stands_under_the_pass_that_was_issued_for_it() -> None:
    scenario = given(decider, DECLARED).within(at(actor=SYSTEM))
    scenario.when(RecordPass(pass_iae="pass-iae-1")).then(UNDER_PASS)
    scenario.when(RecordPass(pass_iae=None)).then()
    known = given(decider, *RUNNING).within(at(actor=SYSTEM))
    known.when(RecordPass(pass_iae="pass-iae-1")).then()
    known.when(RecordPass(pass_iae="pass-iae-2")).refused(PassAlreadyRecorded)
    geiq = replace(DECLARED, company_kinds=("geiq",))
    given(decider, geiq).within(at(actor=SYSTEM)).when(RecordPass(pass_iae="pass-iae-1")).refused(NotASiae)


def test_a_record_goes_with_the_pass_that_it_declares() -> None:
    given(decider, *RUNNING).within(at(actor=SYSTEM)).when(RecordPass(pass_iae=None)).then(PassLost(at=NOW))
    past = recorded(RecordStatus.PROCESSED)
    given(decider, *past).within(at(actor=SYSTEM)).when(RecordPass(pass_iae=None)).then(
        PassLost(at=NOW), EmployeeRecordDeleted(at=NOW)
    )
    case = standing(*past, PassLost(at=NOW), EmployeeRecordDeleted(at=NOW))
    assert (case.pass_iae, case.pass_starts_on, case.pass_ends_on, case.record) == (None, None, None, None)
    assert (case.stage, case.exchanged) == (Stage.STARTED, True)
