"""What time asks of an orientation, at the edge of each day in Paris."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.journey import Deadline
from domain.orientation import (
    AttachmentsPurged,
    Expire,
    Expired,
    OrientationCommand,
    PurgeAttachments,
    ReleasedFromModeration,
    Remind,
    Reminded,
    Stage,
    StartConfirmed,
    deadlines,
)
from domain.orientation.refusals import NotDue
from domain.orientation.state import closed
from tests.domain.orientation.cases import (
    ACCEPT,
    ATTACHED,
    HELD,
    MARCH_1,
    PDF,
    REACHED,
    accepted,
    at,
    day,
    given,
    on,
    sent,
    standing,
    utc,
)

INSTANT = timedelta(microseconds=1)
OVER = {Stage.REJECTED_BY_MODERATION, Stage.REFUSED, Stage.EXPIRED, Stage.STARTED}
PURGED = AttachmentsPurged(references=(PDF.reference,))


def due(command: OrientationCommand, instant: str) -> Deadline[OrientationCommand]:
    return Deadline(due=utc(instant), command=command)


@pytest.mark.parametrize("stage", Stage)
def test_an_orientation_is_over_once_it_was_turned_down_came_to_nothing_or_began(stage: Stage) -> None:
    assert closed(standing(*REACHED[stage])) is (stage in OVER)


def test_s15_silence_of_29_days_leaves_it_open_and_of_30_days_expires_it() -> None:
    given(sent(), ATTACHED).within(on(day(3, 30))).when(Expire()).refused(NotDue)
    given(sent(), ATTACHED).within(on(day(3, 31))).when(Expire()).then(Expired(on=day(3, 31)), PURGED)
    given(sent()).within(on(day(4, 1))).when(Expire()).then(Expired(on=day(4, 1)))


@pytest.mark.parametrize(
    ("opened", "midnight"),
    [
        (MARCH_1, "2026-03-30T22:00"),  # summer time began on 29 March
        (day(10, 1), "2026-10-30T23:00"),  # winter time began on 25 October
        (day(1, 30, 2028), "2028-02-28T23:00"),  # 29 February
        (day(1, 30, 2027), "2027-02-28T23:00"),  # 1 March
    ],
)
def test_expiry_is_due_from_the_first_instant_in_paris_of_the_thirtieth_day(opened: date, midnight: str) -> None:
    edge = utc(midnight)
    assert due(Expire(), midnight) in deadlines(standing(sent(opened)))
    given(sent(opened)).within(at(edge - INSTANT)).when(Expire()).refused(NotDue)
    given(sent(opened)).within(at(edge)).when(Expire()).then(Expired(on=opened + timedelta(days=30)))


def test_an_open_orientation_has_a_reminder_and_an_expiry() -> None:
    assert deadlines(standing(sent())) == [due(Remind(), "2026-03-10T23:00"), due(Expire(), "2026-03-30T22:00")]


@pytest.mark.parametrize(("number", "reminded"), [(10, False), (11, True), (12, True), (21, True), (30, True)])
def test_a_reminder_is_due_ten_calendar_days_after_the_opening(number: int, reminded: bool) -> None:
    scenario = given(sent()).within(on(day(3, number))).when(Remind())
    if reminded:
        scenario.then(Reminded(on=day(3, number)))
    else:
        scenario.refused(NotDue)


def test_the_edge_of_a_reminder_is_midnight_in_paris() -> None:
    edge = utc("2026-03-10T23:00")
    given(sent()).within(at(edge - INSTANT)).when(Remind()).refused(NotDue)
    given(sent()).within(at(edge)).when(Remind()).then(Reminded(on=day(3, 11)))


def test_there_is_one_reminder_for_each_ten_days() -> None:
    once = (sent(), Reminded(on=day(3, 11)))
    assert standing(*once).last_reminder_on == day(3, 11)
    for number in (11, 20):
        given(*once).within(on(day(3, number))).when(Remind()).refused(NotDue)
    given(*once).within(on(day(3, 21))).when(Remind()).then(Reminded(on=day(3, 21)))


def test_a_late_reminder_does_not_delay_the_next_one() -> None:
    late = (sent(), Reminded(on=day(3, 20)))
    assert deadlines(standing(*late))[0] == due(Remind(), "2026-03-20T23:00")
    very_late = (sent(), Reminded(on=day(3, 21)))
    assert deadlines(standing(*very_late)) == [due(Expire(), "2026-03-30T22:00")]


def test_nobody_is_reminded_on_the_day_it_expires() -> None:
    given(sent()).within(on(day(3, 31))).when(Remind()).refused(NotDue)
    twice = (sent(), Reminded(on=day(3, 11)), Reminded(on=day(3, 21)))
    given(*twice).within(on(day(3, 31))).when(Remind()).refused(NotDue)
    assert deadlines(standing(*twice)) == [due(Expire(), "2026-03-30T22:00")]


def test_both_clocks_start_when_a_late_moderation_opens_it() -> None:
    opened = (sent(), HELD, ReleasedFromModeration(on=day(3, 21)))
    assert deadlines(standing(*opened)) == [due(Remind(), "2026-03-30T22:00"), due(Expire(), "2026-04-19T22:00")]
    given(*opened).within(on(day(3, 30))).when(Remind()).refused(NotDue)
    given(*opened).within(on(day(3, 31))).when(Remind()).then(Reminded(on=day(3, 31)))
    given(*opened).within(on(day(4, 19))).when(Expire()).refused(NotDue)
    given(*opened).within(on(day(4, 20))).when(Expire()).then(Expired(on=day(4, 20)))


def test_a_moderation_that_never_comes_ends_too() -> None:
    assert deadlines(standing(sent(), HELD)) == [due(Expire(), "2026-03-30T22:00")]
    given(sent(), HELD).within(on(day(3, 30))).when(Expire()).refused(NotDue)
    given(sent(), HELD, ATTACHED).within(on(day(3, 31))).when(Expire()).then(Expired(on=day(3, 31)), PURGED)


def test_an_orientation_is_answered_until_its_expiry_is_recorded() -> None:
    given(sent()).within(on(day(4, 2))).when(ACCEPT).then(accepted(day(4, 2)))


@pytest.mark.parametrize(
    ("decided", "last_day", "midnight"),
    [
        (day(3, 2), day(9, 1), "2026-09-01T22:00"),
        (day(8, 31), day(2, 27, 2027), "2027-02-27T23:00"),
        (day(8, 31, 2027), day(2, 28, 2028), "2028-02-28T23:00"),
    ],
)
def test_documents_are_purged_six_months_after_the_acceptance(decided: date, last_day: date, midnight: str) -> None:
    history = (sent(decided), ATTACHED, accepted(decided))
    assert deadlines(standing(*history)) == [due(PurgeAttachments(), midnight)]
    given(*history).within(on(last_day)).when(PurgeAttachments()).refused(NotDue)
    given(*history).within(on(last_day + timedelta(days=1))).when(PurgeAttachments()).then(PURGED)
    assert standing(*history, PURGED).attachments == ()


def test_documents_are_purged_once_and_whether_or_not_the_service_began() -> None:
    started = (*REACHED[Stage.ACCEPTED], StartConfirmed(on=day(3, 2)))
    given(*started).within(on(day(9, 2))).when(PurgeAttachments()).then(PURGED)
    given(*started, PURGED).within(on(day(9, 3))).when(PurgeAttachments()).refused(NotDue)
    assert deadlines(standing(*started, PURGED)) == []


def test_time_asks_nothing_of_an_accepted_orientation_without_documents() -> None:
    assert deadlines(standing(sent(), accepted(day(3, 2)))) == []


def test_only_the_documents_named_are_gone() -> None:
    letter = replace(ATTACHED, reference="f" * 32)
    assert standing(sent(), ATTACHED, letter, PURGED).attachments == (letter.reference,)
