"""Schedules and durations, by kind and by the day of submission (immersion §3.1, §3.2; scenario 19)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.immersion.agreeing import AGREEMENT_RULES
from domain.immersion.codes import ConventionKind
from domain.immersion.hours import HOUR_RULES
from domain.immersion.proposal import Proposal
from domain.immersion.refusals import (
    DaysOutOfBounds,
    DayTooLong,
    EndsBeforeItStarts,
    LastsTooLong,
    NoSundays,
    NothingScheduled,
    PostcodeMissing,
    SameEmail,
    ScheduledOutside,
    SlotOutOfBounds,
    SlotsOverlap,
    TooManyDaysWorked,
    WeekTooLong,
)
from domain.immersion.schedule import minutes_until
from domain.immersion.terms import ConventionTerms, Slot, WorkDay
from domain.journey import Refusal
from tests.domain.immersion.cases import (
    ENDS,
    MORGAN,
    REPRESENTATIVE,
    SCHOOL,
    STARTS,
    TERMS,
    TODAY,
    WITNESS,
    born,
    days,
    given,
    mini_stage,
    refusal,
    submit,
    submitted,
    terms,
)

DAY = timedelta(days=1)
SATURDAY, SUNDAY = date(2026, 5, 9), date(2026, 5, 10)


def lasting(first: date, last: date, agreed: ConventionTerms = TERMS, **changes: Any) -> ConventionTerms:
    return replace(agreed, starts_on=first, ends_on=last, schedule=days(first, 1), **changes)


def scheduled(*schedule: WorkDay, agreed: ConventionTerms = TERMS, until: date = SUNDAY) -> ConventionTerms:
    return replace(agreed, ends_on=until, schedule=schedule)


def at_work(on: date, *slots: tuple[int, int]) -> WorkDay:
    return WorkDay(on=on, slots=tuple(Slot(starts=starts, ends=ends) for starts, ends in slots))


def test_the_conventions_of_the_scenarios_are_possible() -> None:
    assert refusal(TERMS) is None
    assert refusal(mini_stage()) is None
    given().within(WITNESS).when(submit(mini_stage())).then(submitted(mini_stage()))
    [event] = given().within(WITNESS).when(submit())._decide()
    assert type(event.kind) is ConventionKind


def test_a_rule_that_is_broken_refuses_the_submission() -> None:
    given().within(WITNESS).when(submit(terms(address="1 rue du Four, Rennes"))).refused(PostcodeMissing)
    assert set(HOUR_RULES) < set(AGREEMENT_RULES)


# --- Days --------------------------------------------------------------------


def test_a_convention_of_one_day_is_one_and_it_does_not_end_before_it_starts() -> None:
    assert refusal(lasting(STARTS, STARTS)) is None
    assert refusal(replace(TERMS, ends_on=STARTS - DAY)) is EndsBeforeItStarts


@pytest.mark.parametrize(("agreed", "longest"), [(TERMS, 30), (mini_stage(), 8)], ids=["immersion", "mini-stage"])
def test_a_convention_lasts_so_many_full_days(agreed: ConventionTerms, longest: int) -> None:
    assert refusal(lasting(STARTS, STARTS + longest * DAY, agreed)) is None
    assert refusal(lasting(STARTS, STARTS + (longest + 1) * DAY, agreed)) is LastsTooLong


def test_days_are_within_five_years_and_the_past_is_accepted() -> None:
    latest = date(2031, 4, 1)
    assert refusal(lasting(latest, latest)) is None
    assert refusal(lasting(latest, latest + DAY)) is DaysOutOfBounds
    assert refusal(lasting(latest + DAY, latest + DAY)) is DaysOutOfBounds
    assert refusal(lasting(date(2025, 1, 6), date(2025, 1, 6))) is None
    earliest = date(1896, 4, 1)
    older = terms(beneficiary=born("1866-01-01"))
    assert refusal(lasting(earliest, earliest, older)) is None
    assert refusal(lasting(earliest - DAY, earliest, older)) is DaysOutOfBounds


@pytest.mark.parametrize(
    ("since", "most", "bounded"),
    [
        (date(2025, 3, 26), 5, False),
        (date(2025, 3, 27), 5, True),
        (TODAY, 5, True),
    ],
)
def test_a_mini_stage_has_five_days_of_presence_since_27_march_2025(since: date, most: int, bounded: bool) -> None:
    six = (*days(STARTS, most, 60), *days(date(2026, 5, 11), 1, 60))
    agreed = mini_stage(ends_on=date(2026, 5, 11), schedule=six, beneficiary=born("2009-01-01", schooling=SCHOOL))
    assert refusal(agreed, since) is (TooManyDaysWorked if bounded else None)
    assert refusal(replace(agreed, schedule=six[:-1]), since) is None


def test_an_immersion_has_thirty_days_of_presence() -> None:
    first = date(2026, 5, 4)
    thirty = terms(ends_on=first + 30 * DAY, schedule=days(first, 30, 60))
    assert refusal(thirty) is None
    assert refusal(replace(thirty, schedule=days(first, 31, 60))) is TooManyDaysWorked


def test_a_day_without_a_time_at_work_is_not_worked() -> None:
    first = date(2026, 5, 4)
    agreed = terms(ends_on=first + 30 * DAY, schedule=(*days(first, 30, 60), at_work(first + 30 * DAY)))
    assert refusal(agreed) is None


# --- Hours -------------------------------------------------------------------


def test_s19_forty_eight_hours_a_week_and_sundays_in_an_immersion_only() -> None:
    assert refusal(scheduled(*days(STARTS, 6, 480))) is None
    assert refusal(scheduled(*days(STARTS, 5, 480), *days(SATURDAY, 1, 510))) is WeekTooLong
    assert refusal(scheduled(*days(STARTS, 5, 480), *days(SATURDAY, 1, 481))) is WeekTooLong
    assert refusal(scheduled(*days(SUNDAY, 1))) is None
    assert refusal(scheduled(*days(SUNDAY, 1), agreed=mini_stage())) is NoSundays
    assert refusal(scheduled(*days(SATURDAY, 1), agreed=mini_stage())) is None


def test_a_week_is_from_monday_to_sunday() -> None:
    monday = date(2026, 5, 11)
    across = (*days(date(2026, 5, 6), 5, 540), *days(monday, 5, 540))
    assert refusal(scheduled(*across, until=monday + 6 * DAY)) is None
    refused = replace(TERMS, ends_on=monday + 6 * DAY, schedule=(*days(STARTS, 1), *days(monday, 6, 481)))
    [why] = [found for rule in HOUR_RULES if (found := rule(Proposal(terms=refused, submitted_on=TODAY))) is not None]
    assert (type(why), why.details) == (WeekTooLong, {"week": 2, "longest_minutes": 2880})


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ([(0, 1439)], None),
        ([(0, 1440)], SlotOutOfBounds),
        ([(-1, 60)], SlotOutOfBounds),
        ([(60, 60)], SlotOutOfBounds),
        ([(61, 60)], SlotOutOfBounds),
        ([(540, 720), (720, 900)], None),
        ([(540, 720), (719, 900)], SlotsOverlap),
        ([(719, 900), (540, 720)], SlotsOverlap),
        ([(540, 900), (600, 660)], SlotsOverlap),
        ([], NothingScheduled),
    ],
)
def test_times_at_work_are_possible(slots: Sequence[tuple[int, int]], reason: type[Refusal] | None) -> None:
    assert refusal(scheduled(at_work(STARTS, *slots))) is reason


def test_two_lines_of_one_day_are_one_day() -> None:
    assert refusal(scheduled(at_work(STARTS, (540, 720)), at_work(STARTS, (719, 900)))) is SlotsOverlap
    assert refusal(scheduled(at_work(STARTS, (540, 720)), at_work(STARTS, (720, 900)))) is None
    assert minutes_until([at_work(STARTS, (540, 720)), at_work(STARTS, (720, 900))], STARTS) == 360


def test_something_is_scheduled_and_within_the_convention() -> None:
    assert refusal(terms(schedule=())) is NothingScheduled
    assert refusal(terms(schedule=days(STARTS - DAY, 1))) is ScheduledOutside
    assert refusal(terms(schedule=days(ENDS + DAY, 1))) is ScheduledOutside
    assert refusal(terms(schedule=(*days(STARTS, 1), at_work(ENDS + DAY)))) is None


OLD = date(2024, 8, 31)


@pytest.mark.parametrize(
    ("schedule", "reason"),
    [
        ((), NothingScheduled),
        (days(OLD - DAY, 1, 0), SlotOutOfBounds),
        (days(OLD - 10 * DAY, 1), ScheduledOutside),
        (days(OLD - 3 * DAY, 4, 800), WeekTooLong),
    ],
)
def test_schedules_are_checked_for_what_ends_after_31_august_2024(
    schedule: tuple[WorkDay, ...], reason: type[Refusal]
) -> None:
    old = terms(starts_on=OLD - 5 * DAY, ends_on=OLD, schedule=schedule)
    assert refusal(old, date(2024, 8, 1)) is None
    assert refusal(replace(old, ends_on=OLD + DAY), date(2024, 8, 1)) is reason


def test_sundays_of_mini_stages_and_shared_addresses_are_checked_since_then_too() -> None:
    sunday = date(2024, 8, 25)
    old = mini_stage(
        starts_on=sunday,
        ends_on=OLD,
        schedule=days(sunday, 1),
        beneficiary=born("2008-01-01", schooling=SCHOOL),
    )
    assert refusal(old, date(2024, 8, 1)) is None
    assert refusal(replace(old, ends_on=OLD + DAY), date(2024, 8, 1)) is NoSundays
    shared = terms(
        starts_on=OLD,
        ends_on=OLD,
        schedule=days(OLD, 1),
        establishment_representative=replace(REPRESENTATIVE, email=MORGAN.email),
    )
    assert refusal(shared, date(2024, 8, 1)) is None
    assert refusal(replace(shared, ends_on=OLD + DAY), date(2024, 8, 1)) is SameEmail


#: Born so, somebody is of that age on 4 May 2026.
AGED = {10: "2016-05-04", 14: "2011-05-05", 15: "2011-05-04", 16: "2010-05-04", 17: "2009-05-04", 119: "1907-01-01"}
FIRST, SECOND, THIRD = date(2023, 12, 21), date(2023, 12, 22), date(2026, 3, 4)


@pytest.mark.parametrize(
    ("since", "age", "week", "day"),
    [
        (FIRST, 10, 30, None),
        (FIRST, 14, 30, None),
        (FIRST, 15, 48, None),
        (FIRST, 16, 48, None),
        (SECOND, 10, 30, None),
        (SECOND, 14, 30, None),
        (SECOND, 15, 35, None),
        (SECOND, 16, 35, None),
        (date(2026, 3, 3), 16, 35, None),
        (THIRD, 10, 30, 7),
        (THIRD, 14, 30, 7),
        (THIRD, 15, 35, 7),
        (THIRD, 16, 35, 8),
        (THIRD, 119, 35, 8),
    ],
)
def test_the_hours_of_a_mini_stage_depend_on_the_age_and_on_the_day_of_submission(
    since: date, age: int, week: int, day: int | None
) -> None:
    agreed = mini_stage(beneficiary=born(AGED[age], schooling=SCHOOL), ends_on=SATURDAY)
    part = week * 60 // 5
    long_days = (*days(STARTS, 4, part), *days(STARTS + 4 * DAY, 1, week * 60 - 4 * part))
    assert refusal(replace(agreed, schedule=long_days), since) is None
    more = (*days(STARTS, 4, part), *days(STARTS + 4 * DAY, 1, week * 60 - 4 * part + 1))
    assert refusal(replace(agreed, schedule=more), since) is WeekTooLong
    longest = (day or 13) * 60
    assert refusal(replace(agreed, schedule=days(STARTS, 1, longest)), since) is None
    if day is not None:
        assert refusal(replace(agreed, schedule=days(STARTS, 1, longest + 1)), since) is DayTooLong
