"""What is known of a person suggests criteria (les-emplois §3.1, scenario E9)."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.criteria import IAE
from domain.eligibility_check.suggesting import SUGGESTED_WHEN, Facts, is_fresh, is_to_check, suggested

C = Criterion
JUNE_10 = date(2025, 6, 10)


def on(facts: Facts, day: date = JUNE_10) -> tuple[Criterion, ...]:
    return suggested(facts, day)


def test_every_criterion_of_the_iae_may_be_suggested_and_no_other() -> None:
    assert list(SUGGESTED_WHEN) == list(IAE)


def test_nothing_known_suggests_nothing() -> None:
    assert on(Facts()) == ()


@pytest.mark.parametrize(
    ("born_on", "criteria"),
    [
        (date(1975, 6, 10), (C.SENIOR,)),
        (date(1975, 6, 11), ()),
        (date(1999, 6, 11), (C.JEUNE,)),
        (date(1999, 6, 10), ()),
    ],
)
def test_e9_ages(born_on: date, criteria: tuple[Criterion, ...]) -> None:
    assert on(Facts(born_on=born_on)) == criteria


@pytest.mark.parametrize(
    ("born_on", "today", "criteria"),
    [
        (date(1976, 2, 29), date(2026, 2, 28), ()),
        (date(1976, 2, 29), date(2026, 3, 1), (C.SENIOR,)),
        (date(2000, 2, 29), date(2026, 2, 28), (C.JEUNE,)),
        (date(2000, 2, 29), date(2026, 3, 1), ()),
        (date(1974, 2, 28), date(2024, 2, 29), (C.SENIOR,)),
        (date(1974, 3, 1), date(2024, 2, 29), ()),
    ],
)
def test_ages_around_a_leap_day(born_on: date, today: date, criteria: tuple[Criterion, ...]) -> None:
    assert on(Facts(born_on=born_on), today) == criteria


@pytest.mark.parametrize(
    ("code", "criteria"), [("01", ()), ("02", ()), ("03", (C.DELD,)), ("04", (C.DETLD,)), (None, ())]
)
def test_e9_registration_with_france_travail(code: str | None, criteria: tuple[Criterion, ...]) -> None:
    assert on(Facts(registered_since=code)) == criteria


@pytest.mark.parametrize("level", ["00", "01", "50", "51", "70"])
def test_e9_up_to_level_3(level: str) -> None:
    assert on(Facts(education_level=level)) == (C.CAP_BEP,)


@pytest.mark.parametrize("level", ["10", "20", "30", "40", "41", "60", None])
def test_e9_beyond_level_3(level: str | None) -> None:
    assert on(Facts(education_level=level)) == ()


BY_FIELD = {
    "rsa_since": C.RSA,
    "ass_since": C.ASS,
    "aah_since": C.AAH,
    "ase_leaver": C.ASE,
    "rqth": C.TH,
    "isolated_parent": C.PI,
    "housing_issue": C.PSH_PR,
    "refugee": C.REF_DA,
    "detention_leaver": C.DETENTION_MJ,
    "low_level_in_french": C.FLE,
    "mobility_issue": C.PM,
    "qpv": C.QPV,
    "in_zrr": C.ZRR,
}


@pytest.mark.parametrize(("field", "criterion"), BY_FIELD.items())
def test_each_fact_suggests_its_criterion_when_it_is_so(field: str, criterion: Criterion) -> None:
    since = field.endswith("_since")
    so, not_so = ("01", None) if since else (True, False)
    assert on(_facts(field, so)) == (criterion,)
    assert on(_facts(field, not_so)) == ()


def _facts(field: str, value: Any) -> Facts:
    return replace(Facts(), **{field: value})


def test_every_fact_suggests_something() -> None:
    others = {"born_on", "education_level", "registered_since"}
    assert {each.name for each in fields(Facts)} == BY_FIELD.keys() | others


def test_several_facts_suggest_several_criteria_in_the_order_of_the_list() -> None:
    facts = Facts(mobility_issue=True, born_on=date(1960, 1, 1), rsa_since="02", registered_since="04")
    assert on(facts) == (C.RSA, C.DETLD, C.SENIOR, C.PM)


NOON = datetime(2025, 6, 10, 10, tzinfo=UTC)


def test_a_form_is_filled_in_from_what_was_said_less_than_24_hours_ago() -> None:
    day, instant = timedelta(hours=24), timedelta(microseconds=1)
    assert [is_fresh(NOON - ago, NOON) for ago in (timedelta(), day - instant, day)] == [True, True, False]
    assert not is_fresh(None, NOON)


@pytest.mark.parametrize(
    ("described_on", "today", "to_check"),
    [
        (date(2024, 12, 10), date(2025, 6, 10), False),
        (date(2024, 12, 10), date(2025, 6, 11), True),
        (date(2024, 8, 31), date(2025, 2, 28), False),
        (date(2024, 8, 31), date(2025, 3, 1), True),
    ],
)
def test_what_was_said_more_than_six_months_ago_is_to_be_checked(
    described_on: date, today: date, to_check: bool
) -> None:
    noon = datetime(described_on.year, described_on.month, described_on.day, 11, tzinfo=UTC)
    assert is_to_check(noon, today) is to_check


def test_what_was_never_said_is_to_be_asked() -> None:
    assert is_to_check(None, JUNE_10)


def test_the_day_it_was_said_is_that_of_paris() -> None:
    before_midnight_in_utc = datetime(2024, 12, 9, 23, 30, tzinfo=UTC)
    assert not is_to_check(before_midnight_in_utc, date(2025, 6, 10))
