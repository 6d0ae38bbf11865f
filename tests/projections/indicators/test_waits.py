"""Definitions at their edges: where a wait begins, what does not end it, what goes on, and what was told late."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from psycopg import Connection

from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import newest
from projections.indicators.figures import Figure, NotAvailable, Share, Times, Why
from projections.indicators.measuring import measured
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact, noon, on, store
from tests.projections.indicators.test_traps import fact

JANUARY_5: Final = date(2026, 1, 5)
DECEMBER_31: Final = date(2026, 12, 31)
ORIENTATION, ACCOMPANIMENT = "rsa_orientation", "rsa_accompagnement"


def told(*facts: tuple[Kind, int, str, str], person: str = "candidate/1") -> Sequence[Fact]:
    """What happened to somebody: its kind, so many days after 5 January, what qualifies it, and its journey."""
    return [
        fact(kind, on(JANUARY_5, days), person, root_version=rank, detail=detail, journey=journey)
        for rank, (kind, days, detail, journey) in enumerate(facts, 1)
    ]


def opened(days: int = 0) -> tuple[Kind, int, str, str]:
    return (Kind.FOLLOW_UP_OPENED, days, ACCOMPANIMENT, "rsa-appointment-2")


def seen(days: int, purpose: str) -> tuple[Kind, int, str, str]:
    return (
        Kind.APPOINTMENT_SEEN,
        days,
        purpose,
        "rsa-appointment-1" if purpose == ORIENTATION else "rsa-appointment-2",
    )


def figures(connection: Connection[Any], name: str, day: date = DECEMBER_31) -> Sequence[Figure]:
    """The figures of 2026, as of a day."""
    definition = newest(name)
    assert definition is not None
    months = Months(JANUARY_5, DECEMBER_31)
    found = measured(connection, Question(definition=definition, known=Knowledge(noon(day)), months=months))
    return [figure for figure in found if figure.result != NotAvailable(Why.NOBODY)]


def shares(connection: Connection[Any], name: str, day: date = DECEMBER_31) -> Sequence[tuple[date | None, int, int]]:
    """Month, numerator and denominator, where there is anybody."""
    return [
        (figure.month, figure.result.numerator, figure.result.denominator)
        for figure in figures(connection, name, day)
        if isinstance(figure.result, Share) and figure.result.denominator
    ]


JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(("days", "in_time"), [(29, 1), (30, 1), (31, 0)])
def test_accompanied_on_the_thirtieth_day_after_the_orientation_is_in_time(
    milestones: Connection[Any], days: int, in_time: int
) -> None:
    """impact §8, H8: rdv-insertion leaves the thirtieth day out."""
    store(milestones, told(seen(40, ORIENTATION), opened(42), seen(40 + days, ACCOMPANIMENT)))
    assert shares(milestones, "rsa-accompanied-30-days") == [(FEBRUARY, in_time, 1)]
    (figure,) = figures(milestones, "rsa-accompanied-30-days")
    assert figure.times == Times(median=days, p80=days)


def test_without_an_orientation_appointment_the_wait_begins_when_the_follow_up_is_opened(
    milestones: Connection[Any],
) -> None:
    store(milestones, told(opened(), seen(12, ACCOMPANIMENT)))
    assert shares(milestones, "rsa-accompanied-30-days") == [(JANUARY, 1, 1)]


def test_an_orientation_after_the_first_accompaniment_makes_nobody_late(milestones: Connection[Any]) -> None:
    """rdv-insertion counts a negative delay as a failure."""
    store(milestones, told(opened(), seen(12, ACCOMPANIMENT), seen(60, ORIENTATION)))
    assert shares(milestones, "rsa-accompanied-30-days") == [(JANUARY, 1, 1)]


def test_both_appointments_on_one_day_are_a_wait_of_no_days(milestones: Connection[Any]) -> None:
    store(milestones, told(opened(), seen(60, ORIENTATION), seen(60, ACCOMPANIMENT)))
    (figure,) = figures(milestones, "rsa-accompanied-30-days")
    assert (figure.month, figure.times) == (MARCH, Times(median=0, p80=0))


def test_maturity_is_counted_from_where_the_wait_begins(milestones: Connection[Any]) -> None:
    """rdv-insertion counts it from the opening of the follow-up: who was oriented yesterday would be late today."""
    store(milestones, told(opened(), seen(31, ORIENTATION)))
    before, after = on(JANUARY_5, 60), on(JANUARY_5, 61)
    (immature,) = figures(milestones, "rsa-accompanied-30-days", before)
    assert (immature.month, immature.result) == (FEBRUARY, NotAvailable(Why.IMMATURE))
    assert shares(milestones, "rsa-accompanied-30-days", after) == [(FEBRUARY, 0, 1)]


def test_who_was_oriented_and_has_no_accompaniment_follow_up_is_not_counted(milestones: Connection[Any]) -> None:
    store(milestones, told(seen(0, ORIENTATION)))
    assert shares(milestones, "rsa-accompanied-30-days") == []


CONTRACT = "job-application-1"
A_DAY = ((Kind.CONTRACT_STARTED, 0, "unknown", CONTRACT), (Kind.CONTRACT_ENDED, 0, "unknown", CONTRACT))


def another(days: int, kind: Kind = Kind.IMMERSION_STARTED) -> tuple[Kind, int, str, str]:
    return (kind, days, "unknown", "immersion-1")


@pytest.mark.parametrize(("days", "without"), [(0, 0), (182, 0), (183, 0), (184, 1)])
def test_another_solution_by_the_hundred_and_eighty_third_day_is_one(
    milestones: Connection[Any], days: int, without: int
) -> None:
    store(milestones, told(*A_DAY, another(days)))
    assert shares(milestones, "without-solution-again-183-days") == [(JANUARY, without, 1)]


def test_the_contract_that_ended_is_no_other_solution(milestones: Connection[Any]) -> None:
    store(milestones, told(*A_DAY))
    assert shares(milestones, "without-solution-again-183-days") == [(JANUARY, 1, 1)]


def test_a_contract_of_one_day_is_no_new_contract_within_the_year(milestones: Connection[Any]) -> None:
    store(milestones, told(*A_DAY))
    store(milestones, told(*A_DAY, another(20, Kind.CONTRACT_STARTED), person="candidate/2"))
    day = on(JANUARY_5, 365)
    assert shares(milestones, "hire-after-contract-365-days", day) == [(JANUARY, 1, 2)]


def test_appointments_that_nobody_told_are_a_share_of_all(milestones: Connection[Any]) -> None:
    kinds = [Kind.APPOINTMENT_SEEN, Kind.APPOINTMENT_MISSED, Kind.APPOINTMENT_EXCUSED, Kind.APPOINTMENT_UNTOLD]
    store(milestones, told(*[(kind, 3, ORIENTATION, f"rsa-appointment-{n}") for n, kind in enumerate(kinds, 1)]))
    assert shares(milestones, "appointment-untold") == [(JANUARY, 1, 4)]


def test_ends_that_nobody_qualified_are_a_share_of_all(milestones: Connection[Any]) -> None:
    exits = ["lasting_job", "withdrawn", "other_exit", "unknown"]
    store(milestones, told(*[(Kind.CONTRACT_ENDED, 3, why, f"hiring-{n}") for n, why in enumerate(exits, 1)]))
    assert shares(milestones, "contract-end-untold") == [(JANUARY, 1, 4)]


@pytest.mark.parametrize(("days", "over"), [(364, 1), (365, 1), (366, 0)])
def test_the_first_suspension_of_a_pass_is_followed_for_a_year(
    milestones: Connection[Any], days: int, over: int
) -> None:
    ended = (Kind.RIGHT_SUSPENSION_ENDED, days, "unknown", "pass-iae-1")
    store(milestones, told((Kind.RIGHT_SUSPENDED, 0, "sickness", "pass-iae-1"), ended))
    day = on(JANUARY_5, 400)
    assert shares(milestones, "pass-iae-suspension-365-days", day) == [(JANUARY, over, 1)]


RIGHT: Final = ((Kind.RIGHT_ISSUED, 0, "unknown", "pass-iae-1"), (Kind.RIGHT_OVER, 730, "unknown", "pass-iae-1"))
STARTS: Final = (Kind.CONTRACT_STARTED, 10, "unknown", CONTRACT)


def without_contract(connection: Connection[Any], days: int) -> tuple[int, int] | None:
    """So many days after 5 January: the PASS without a contract, and all of them."""
    definition = newest("pass-iae-without-contract")
    assert definition is not None
    (figure,) = measured(connection, Question(definition=definition, known=Knowledge(noon(on(JANUARY_5, days)))))
    return (figure.result.numerator, figure.result.denominator) if isinstance(figure.result, Share) else None


@pytest.mark.parametrize(
    ("days", "expected"), [(9, (1, 1)), (10, (0, 1)), (40, (0, 1)), (41, (1, 1)), (729, (1, 1)), (730, None)]
)
def test_a_pass_is_without_a_contract_until_its_first_day_and_after_its_last_one(
    milestones: Connection[Any], days: int, expected: tuple[int, int] | None
) -> None:
    store(milestones, told(*RIGHT, STARTS, (Kind.CONTRACT_ENDED, 40, "unknown", CONTRACT)))
    assert without_contract(milestones, days) == expected


def test_a_second_contract_goes_on_where_the_first_one_ended(milestones: Connection[Any]) -> None:
    second = [(Kind.CONTRACT_STARTED, 30, "unknown", "hiring-2")]
    store(milestones, told(*RIGHT, STARTS, *second, (Kind.CONTRACT_ENDED, 40, "unknown", CONTRACT)))
    assert [without_contract(milestones, days) for days in (29, 41, 700)] == [(0, 1)] * 3


def test_the_contract_of_somebody_else_does_not_count(milestones: Connection[Any]) -> None:
    store(milestones, told(*RIGHT))
    store(milestones, told(STARTS, person="candidate/2"))
    assert without_contract(milestones, 20) == (1, 1)


@pytest.mark.parametrize(("days", "late"), [(0, 0), (7, 0), (8, 1)])
def test_what_is_recorded_on_the_seventh_day_is_recorded_in_time(
    milestones: Connection[Any], days: int, late: int
) -> None:
    ended = fact(Kind.CONTRACT_ENDED, JANUARY_5, recorded_at=noon(on(JANUARY_5, days)))
    store(milestones, [ended])
    assert shares(milestones, "recorded-late-7-days") == [(JANUARY, late, 1)]


def test_days_are_counted_in_paris(milestones: Connection[Any]) -> None:
    """Half past eleven in the evening of the seventh day, in UTC, is half past midnight of the eighth."""
    at = datetime(2026, 1, 12, 23, 30, tzinfo=UTC)
    store(milestones, [fact(Kind.CONTRACT_ENDED, JANUARY_5, recorded_at=at)])
    assert shares(milestones, "recorded-late-7-days") == [(JANUARY, 1, 1)]


def test_what_is_told_in_advance_is_not_late(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.CONTRACT_ENDED, JANUARY_5, recorded_at=noon(on(JANUARY_5, -20)))])
    assert shares(milestones, "recorded-late-7-days") == [(JANUARY, 0, 1)]


@pytest.mark.parametrize(
    ("tries", "band"), [(1, "at_most_1"), (2, "2"), (3, "3_to_5"), (5, "3_to_5"), (6, "6_and_more"), (9, "6_and_more")]
)
def test_applications_before_the_first_hire_are_counted_until_that_day_in_bands(
    milestones: Connection[Any], tries: int, band: str
) -> None:
    sent = [(Kind.APPLICATION_SUBMITTED, day, "prescriber", f"job-application-{day}") for day in range(1, tries + 1)]
    hired = (Kind.HIRE_ACCEPTED, tries, "unknown", "job-application-1")
    later = [(Kind.APPLICATION_SUBMITTED, 12, "prescriber", "job-application-12"), (*hired[:1], 13, *hired[2:])]
    store(milestones, told(*sent, hired, *later))
    (figure,) = figures(milestones, "applications-before-hire")
    assert isinstance(figure.result, Share)
    assert {name: number for name, number in figure.result.lines.items() if number} == {band: 1}
    assert (figure.result.numerator, figure.result.denominator) == (int(band == "at_most_1"), 1)
