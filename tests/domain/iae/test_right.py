"""When a PASS IAE holds, is paused, and lets another one follow (les-emplois §5.2, §5.4, §5.6)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.iae.right import (
    LIFTED_BY_HIRE,
    Right,
    Suspension,
    SuspensionReason,
    is_in_progress,
    is_kept,
    is_valid,
    is_waiting,
    latest_right,
    numbers,
    suspension_on,
    valid_right,
    waits_until,
)
from domain.identifiers import Identifier
from domain.journey import Dossier

RIGHT = Right(number="999990000001", starts_on=date(2024, 1, 15), ends_on=date(2026, 1, 13))


def dossier(*rights: Right) -> Dossier:
    return Dossier({f"pass-iae-{number}": right for number, right in enumerate(rights, start=1)})


@pytest.mark.parametrize(
    ("day", "valid", "in_progress", "waiting"),
    [
        (date(2024, 1, 14), True, False, False),
        (date(2024, 1, 15), True, True, False),
        (date(2026, 1, 13), True, True, False),
        (date(2026, 1, 14), False, False, True),
        (date(2028, 1, 13), False, False, True),
        (date(2028, 1, 14), False, False, False),
    ],
)
def test_a_pass_is_valid_on_its_last_day_then_waits_for_two_calendar_years(
    day: date, *, valid: bool, in_progress: bool, waiting: bool
) -> None:
    assert (is_valid(RIGHT, day), is_in_progress(RIGHT, day), is_waiting(RIGHT, day)) == (valid, in_progress, waiting)


@pytest.mark.parametrize("day", [date(2024, 1, 15), date(2026, 1, 14)])
def test_a_pass_that_was_cancelled_neither_holds_nor_waits(day: date) -> None:
    cancelled = replace(RIGHT, cancelled=True)
    assert (is_valid(cancelled, day), is_in_progress(cancelled, day), is_waiting(cancelled, day)) == (False,) * 3


def test_a_pass_that_was_not_issued_holds_on_no_day() -> None:
    assert [is_valid(Right(), day) for day in (date(2024, 1, 1), date.max)] == [False, False]


@pytest.mark.parametrize(
    ("ends_on", "until"),
    [
        (date(2026, 1, 13), date(2028, 1, 13)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2022, 2, 28), date(2024, 2, 28)),
    ],
)
def test_the_waiting_period_is_of_two_calendar_years_not_of_730_days(ends_on: date, until: date) -> None:
    assert waits_until(replace(RIGHT, ends_on=ends_on)) == until


MARCH = Suspension(reason=SuspensionReason.CONTRACT_BROKEN, starts_on=date(2024, 3, 1), ends_on=date(2024, 3, 31))
APRIL = replace(MARCH, number=2, starts_on=date(2024, 4, 1), ends_on=date(2024, 4, 1))


@pytest.mark.parametrize(
    ("day", "paused"),
    [
        (date(2024, 2, 29), None),
        (date(2024, 3, 1), MARCH),
        (date(2024, 3, 31), MARCH),
        (date(2024, 4, 1), APRIL),
        (date(2024, 4, 2), None),
    ],
)
def test_both_days_of_a_suspension_are_in_it(day: date, paused: Suspension | None) -> None:
    assert suspension_on(replace(RIGHT, suspensions=(MARCH, APRIL)), day) == paused


def test_the_days_of_a_suspension_are_counted_both_included() -> None:
    assert (MARCH.days, APRIL.days) == (31, 1)


def test_a_hire_lifts_what_has_to_do_with_a_contract() -> None:
    assert {
        SuspensionReason.CONTRACT_SUSPENDED,
        SuspensionReason.CONTRACT_BROKEN,
        SuspensionReason.FINISHED_CONTRACT,
        SuspensionReason.APPROVAL_BETWEEN_CTA_MEMBERS,
        SuspensionReason.CONTRAT_PASSERELLE,
    } == LIFTED_BY_HIRE


def test_the_valid_pass_is_the_newest_if_by_import_there_are_several() -> None:
    day = date(2025, 1, 1)
    newer = replace(RIGHT, ends_on=date(2025, 6, 1))
    ended = replace(RIGHT, ends_on=date(2024, 12, 31))
    assert valid_right(dossier(RIGHT, newer, ended), day) == "pass-iae-2"
    assert valid_right(dossier(ended), day) is None
    assert valid_right(dossier(), day) is None


@pytest.mark.parametrize(
    ("day", "latest"),
    [
        (date(2026, 1, 13), "pass-iae-1"),
        # Nothing is valid: the one that ended last, as long as it waits.
        (date(2026, 1, 14), "pass-iae-1"),
        (date(2028, 1, 13), "pass-iae-1"),
        (date(2028, 1, 14), None),
    ],
)
def test_the_latest_pass_disappears_when_its_waiting_period_is_over(day: date, latest: str | None) -> None:
    older = replace(RIGHT, ends_on=date(2026, 1, 1))
    assert latest_right(dossier(RIGHT, older), day) == latest


def test_a_valid_pass_is_the_latest_whatever_ended_after_it_began() -> None:
    ended = replace(RIGHT, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    assert latest_right(dossier(RIGHT, ended), date(2026, 1, 1)) == "pass-iae-1"


@pytest.mark.parametrize(("day", "kept"), [(date(2028, 1, 12), True), (date(2028, 1, 13), False)])
def test_p8_a_pass_that_ended_729_days_ago_keeps_the_person_from_being_forgotten(day: date, *, kept: bool) -> None:
    older = replace(RIGHT, ends_on=date(2020, 1, 1))
    assert is_kept(dossier(older, RIGHT), day) is kept
    assert not is_kept(dossier(replace(RIGHT, cancelled=True)), date(2026, 1, 1))


def test_every_number_is_kept_for_ever_also_that_of_a_cancelled_pass() -> None:
    cancelled = replace(RIGHT, number="XXXXX0000001", cancelled=True)
    assert numbers(dossier(RIGHT, cancelled, Right())) == {
        Identifier(scope="pass_iae", kind="pass_iae", value="999990000001"),
        Identifier(scope="pass_iae", kind="pass_iae", value="XXXXX0000001"),
    }
