from datetime import UTC, date, datetime

import pytest

from domain.iae.right import prolongable_until
from domain.pass_iae.codes import ProlongationReason, Status
from domain.pass_iae.events import Cancelled, PassIaeEvent
from domain.pass_iae.reckoning import (
    Reckoning,
    last_day,
    prolongable_from,
    reckoned,
    remaining_days,
    remaining_until,
    status,
)
from tests.domain.pass_iae.cases import END, START, issued, paused, prolonged, standing

TODAY = date(2025, 6, 10)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2024, 1, 15), date(2026, 1, 13)),
        (date(2023, 1, 1), date(2024, 12, 30)),
        (date(2022, 3, 1), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2026, 2, 27)),
        (date(2021, 7, 26), date(2023, 7, 25)),
    ],
)
def test_a_pass_lasts_730_days_which_are_not_always_two_years(starts_on: date, ends_on: date) -> None:
    assert last_day(starts_on) == ends_on


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([issued(date(2025, 6, 11))], Status.FUTURE),
        ([issued(date(2025, 6, 10))], Status.VALID),
        ([issued(date(2023, 1, 1), date(2025, 6, 10))], Status.VALID),
        ([issued(date(2023, 1, 1), date(2025, 6, 9))], Status.EXPIRED),
        ([issued(), paused(date(2025, 6, 10), date(2025, 6, 20), END)], Status.SUSPENDED),
        ([issued(), paused(date(2025, 6, 1), date(2025, 6, 10), END)], Status.SUSPENDED),
        ([issued(), paused(date(2025, 6, 1), date(2025, 6, 9), END)], Status.VALID),
        ([issued(), paused(date(2025, 6, 11), date(2025, 6, 20), END)], Status.VALID),
        ([issued(), Cancelled()], Status.CANCELLED),
    ],
)
def test_p4_where_a_pass_stands_on_a_day(history: list[PassIaeEvent], expected: Status) -> None:
    assert status(standing(*history), TODAY) is expected


@pytest.mark.parametrize("day", [date(2021, 7, 1), date(2022, 7, 26), date(2023, 8, 1)])
def test_p6_the_remainder_as_a_day_of_a_pass_that_is_never_paused_is_its_last_day(day: date) -> None:
    assert remaining_until(standing(issued(date(2021, 7, 26))), day) == date(2023, 7, 25)


@pytest.mark.parametrize(
    ("day", "days", "until"),
    [
        (date(2024, 1, 1), 730, END),
        (date(2024, 1, 15), 730, END),
        (date(2024, 1, 16), 729, END),
        (date(2026, 1, 12), 2, END),
        (date(2026, 1, 13), 1, END),
        (date(2026, 1, 14), 0, END),
    ],
)
def test_the_remainder_goes_down_by_a_day_a_day_once_the_pass_has_started(day: date, days: int, until: date) -> None:
    case = standing(issued())
    assert (remaining_days(case, day), remaining_until(case, day)) == (days, until)


@pytest.mark.parametrize(
    ("day", "days", "until"),
    [
        # Ten days paused, nine days longer: 729 days of work, 45 of them before 29 February.
        (date(2024, 2, 29), 684, date(2026, 1, 12)),
        (date(2024, 3, 1), 683, date(2026, 1, 12)),
        (date(2024, 3, 10), 683, date(2026, 1, 21)),
        (date(2024, 3, 11), 683, date(2026, 1, 22)),
        (date(2024, 3, 12), 682, date(2026, 1, 22)),
    ],
)
def test_the_days_of_a_pause_are_not_counted_down(day: date, days: int, until: date) -> None:
    case = standing(issued(), paused(date(2024, 3, 1), date(2024, 3, 10), date(2026, 1, 22)))
    assert (remaining_days(case, day), remaining_until(case, day)) == (days, until)


def test_nothing_remains_of_a_pass_that_was_cancelled() -> None:
    assert remaining_days(standing(issued(), Cancelled()), START) == 0


def test_the_remainder_is_never_negative_even_of_days_that_no_rule_would_allow() -> None:
    case = standing(issued(), paused(date(2025, 1, 1), date(2027, 1, 1), END))
    assert remaining_days(case, date(2025, 1, 1)) == 0


@pytest.mark.parametrize(
    ("ends_on", "first", "last"),
    [
        (date(2026, 1, 13), date(2025, 1, 13), date(2026, 7, 13)),
        (date(2025, 8, 31), date(2024, 8, 31), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2023, 2, 28), date(2024, 8, 29)),
    ],
)
def test_a_pass_is_prolonged_from_a_year_before_its_end_to_half_a_year_after(
    ends_on: date, first: date, last: date
) -> None:
    case = standing(issued(START, ends_on))
    assert (prolongable_from(case), prolongable_until(case.ends_on)) == (first, last)


def test_what_is_shown_of_a_pass_is_of_the_day_in_paris() -> None:
    case = standing(issued(), prolonged(END, date(2027, 1, 13)))
    assert reckoned(case, datetime(2026, 1, 12, 23, 30, tzinfo=UTC)) == Reckoning(
        on=date(2026, 1, 13),
        status=Status.VALID,
        remaining_days=366,
        remaining_until=date(2027, 1, 13),
        prolongable_from=date(2026, 1, 13),
        prolongable_until=date(2027, 7, 13),
        prolongations={
            ProlongationReason.SENIOR_CDI: date(2037, 1, 10),
            ProlongationReason.COMPLETE_TRAINING: date(2028, 1, 13),
            ProlongationReason.RQTH: date(2028, 1, 13),
            ProlongationReason.SENIOR: date(2028, 1, 13),
            ProlongationReason.PARTICULAR_DIFFICULTIES: date(2028, 1, 13),
        },
        waits_until=date(2029, 1, 13),
    )


def test_reasons_that_are_exhausted_or_historic_are_not_shown() -> None:
    case = standing(
        issued(date(2023, 1, 1)),
        prolonged(date(2024, 12, 30), date(2025, 12, 30), ProlongationReason.RQTH, 1),
        prolonged(date(2025, 12, 30), date(2026, 12, 30), ProlongationReason.SENIOR, 2),
        prolonged(date(2026, 12, 30), date(2027, 12, 30), ProlongationReason.RQTH, 3),
    )
    assert reckoned(case, datetime(2027, 12, 1, 12, tzinfo=UTC)).prolongations == {
        ProlongationReason.SENIOR_CDI: date(2037, 12, 27),
        ProlongationReason.COMPLETE_TRAINING: date(2028, 12, 29),
        ProlongationReason.SENIOR: date(2028, 12, 29),
    }
