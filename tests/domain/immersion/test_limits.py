"""Schedules, durations, ages and persons, by kind and by the day of submission (immersion §3; scenarios 19 to 23)."""

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
    FieldMissing,
    InvalidBirthDate,
    InvalidEmail,
    InvalidPhone,
    InvalidSiret,
    LastsTooLong,
    LegalRepresentativeNeeded,
    MarkupNotAllowed,
    NoSundays,
    NothingScheduled,
    PostcodeMissing,
    SameEmail,
    SamePhone,
    ScheduledOutside,
    SchoolingIncoherent,
    SlotOutOfBounds,
    SlotsOverlap,
    TextTooLong,
    TooManyDaysWorked,
    TooOld,
    TooYoung,
    WeekTooLong,
)
from domain.immersion.schedule import business_days_before, minutes_until
from domain.immersion.terms import ConventionTerms, Slot, WorkDay, tutor_represents
from domain.immersion.wording import LIMITS, number
from domain.journey import Refusal
from tests.domain.immersion.cases import (
    EMPLOYER,
    ENDS,
    MORGAN,
    PARENT,
    REPRESENTATIVE,
    SCHOOL,
    STARTS,
    TERMS,
    TODAY,
    TUTOR,
    WITNESS,
    born,
    days,
    given,
    mini_stage,
    submit,
    submitted,
    terms,
)

DAY = timedelta(days=1)
SATURDAY, SUNDAY = date(2026, 5, 9), date(2026, 5, 10)


def refusal(agreed: ConventionTerms, submitted_on: date = TODAY) -> type[Refusal] | None:
    """The reason of the first rule that is broken, which names the others too if they are."""
    proposal = Proposal(terms=agreed, submitted_on=submitted_on)
    found = next((why for rule in AGREEMENT_RULES if (why := rule(proposal)) is not None), None)
    return None if found is None else type(found)


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


# --- Ages and persons --------------------------------------------------------


def test_s21_the_youngest_for_an_immersion_and_for_a_mini_stage() -> None:
    fifteen = {"beneficiary": born("2010-05-05"), "legal_representative": PARENT}
    assert refusal(terms(**fifteen)) is TooYoung
    assert refusal(mini_stage(beneficiary=born("2010-05-05", schooling=SCHOOL))) is None
    assert refusal(terms(**(fifteen | {"beneficiary": born("2010-05-04")}))) is None
    assert refusal(mini_stage(beneficiary=born("2010-05-05", schooling=SCHOOL), legal_representative=None)) is (
        LegalRepresentativeNeeded
    )


def test_the_youngest_for_a_mini_stage_is_ten() -> None:
    short = {"schedule": days(STARTS, 1)}
    assert refusal(mini_stage(beneficiary=born("2016-05-04", schooling=SCHOOL), **short)) is None
    assert refusal(mini_stage(beneficiary=born("2016-05-05", schooling=SCHOOL), **short)) is TooYoung


def test_somebody_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    first = date(2026, 3, 1)
    agreed = terms(beneficiary=born("2008-02-29"), starts_on=first, ends_on=first, schedule=days(first, 1))
    assert refusal(agreed) is None
    eve = first - DAY
    assert refusal(replace(agreed, starts_on=eve, ends_on=eve, schedule=days(eve, 1))) is LegalRepresentativeNeeded


@pytest.mark.parametrize(
    ("birth", "since", "reason"),
    [
        ("1906-05-04", date(2024, 5, 1), None),
        ("1905-05-04", date(2024, 5, 1), TooOld),
        ("1905-05-04", date(2024, 4, 30), None),
    ],
)
def test_the_oldest_is_120_since_30_april_2024(birth: str, since: date, reason: type[Refusal] | None) -> None:
    assert refusal(terms(beneficiary=born(birth)), since) is reason


def test_no_hours_of_a_mini_stage_are_allowed_at_120() -> None:
    agreed = mini_stage(beneficiary=born("1906-05-04", schooling=SCHOOL))
    assert refusal(agreed) is TooOld


@pytest.mark.parametrize(
    ("birth", "since", "reason"),
    [
        ("2008-05-04", TODAY, None),
        ("2008-05-05", TODAY, LegalRepresentativeNeeded),
        ("2008-05-05", date(2023, 10, 28), LegalRepresentativeNeeded),
        ("2008-05-05", date(2023, 10, 27), None),
    ],
)
def test_a_minor_on_the_first_day_has_a_legal_representative_since_28_october_2023(
    birth: str, since: date, reason: type[Refusal] | None
) -> None:
    assert refusal(terms(beneficiary=born(birth)), since) is reason
    assert refusal(terms(beneficiary=born(birth), legal_representative=PARENT), since) is None


@pytest.mark.parametrize("birth", ["", "1990-1-1", "1990-02-30", "14/02/1990", "2026-05-05"])
def test_a_date_of_birth_is_a_day_before_the_first_one(birth: str) -> None:
    assert refusal(terms(beneficiary=born(birth))) in {InvalidBirthDate, FieldMissing}


def test_s23_signatories_have_a_telephone_of_their_own_and_the_tutor_an_address() -> None:
    same_phone = terms(establishment_representative=replace(REPRESENTATIVE, phone=MORGAN.phone))
    assert refusal(same_phone) is SamePhone
    assert refusal(same_phone, date(2025, 4, 30)) is None
    assert refusal(same_phone, date(2025, 5, 1)) is SamePhone
    assert refusal(terms(tutor=replace(TUTOR, email=MORGAN.email))) is SameEmail
    same = {name: getattr(REPRESENTATIVE, name) for name in ("last_name", "first_name", "email", "phone")}
    both = terms(tutor=replace(TUTOR, **same))
    assert refusal(both) is None
    assert tutor_represents(both)
    assert not tutor_represents(TERMS)
    assert not tutor_represents(replace(both, tutor=replace(both.tutor, phone="+33612345699")))


@pytest.mark.parametrize("side", [PARENT, EMPLOYER])
def test_the_tutor_has_none_of_the_addresses_of_the_side_of_the_beneficiary(side: Any) -> None:
    everybody = {"legal_representative": PARENT, "current_employer": EMPLOYER}
    assert refusal(terms(**everybody)) is None
    assert refusal(terms(**everybody, tutor=replace(TUTOR, email=side.email))) is SameEmail


def test_signatories_have_addresses_of_their_own() -> None:
    assert refusal(terms(legal_representative=replace(PARENT, email=MORGAN.email))) is SameEmail
    assert refusal(terms(current_employer=replace(EMPLOYER, email=REPRESENTATIVE.email))) is SameEmail


def test_a_mini_stage_says_where_the_pupil_learns_and_since_october_2024_lives() -> None:
    assert refusal(mini_stage(beneficiary=born("2009-01-01"))) is SchoolingIncoherent
    homeless = mini_stage(beneficiary=born("2009-01-01", schooling=replace(SCHOOL, address=None)))
    assert refusal(homeless, date(2024, 10, 1)) is None
    assert refusal(homeless, date(2024, 10, 2)) is SchoolingIncoherent
    assert refusal(terms(beneficiary=born("1990-01-01", schooling=SCHOOL))) is SchoolingIncoherent


# --- Texts -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreed", "reason"),
    [
        (terms(activities=" "), FieldMissing),
        (terms(tutor=replace(TUTOR, job="")), FieldMissing),
        (terms(activities="a" * 2000), None),
        (terms(activities="a" * 2001), TextTooLong),
        (terms(work_conditions="a" * 6000), None),
        (terms(work_conditions="a" * 6001), TextTooLong),
        (terms(tutor=replace(TUTOR, job="a" * 255)), None),
        (terms(tutor=replace(TUTOR, job="a" * 256)), TextTooLong),
        (terms(current_employer=replace(EMPLOYER, job="a" * 1024)), None),
        (terms(current_employer=replace(EMPLOYER, job="a" * 1025)), TextTooLong),
        (terms(address="35200 " + "a" * 494), None),
        (terms(address="35200 " + "a" * 495), TextTooLong),
        (terms(activities="<b>Pétrir</b>"), MarkupNotAllowed),
        (terms(activities="&lt;script&gt;"), MarkupNotAllowed),
        (terms(activities="1 < 2 > 0"), None),
        (terms(beneficiary=born("1990-01-01", email="morgan")), InvalidEmail),
        (terms(beneficiary=born("1990-01-01", emergency_email="morgan")), InvalidEmail),
        (terms(beneficiary=born("1990-01-01", phone="12")), InvalidPhone),
        (terms(siret="13000548100011"), InvalidSiret),
        (terms(current_employer=replace(EMPLOYER, siret="1")), InvalidSiret),
        (terms(address="1 rue du Four, Rennes"), PostcodeMissing),
    ],
)
def test_what_texts_may_be(agreed: ConventionTerms, reason: type[Refusal] | None) -> None:
    assert refusal(agreed) is reason


def test_every_limit_is_of_a_text_of_the_terms() -> None:
    known = set()
    for each in (TERMS, MORGAN, TUTOR, EMPLOYER, SCHOOL):
        known |= set(type(each).__dataclass_fields__)
    assert set(LIMITS) <= known


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+33 1", None),
        ("+33123", None),
        ("12", None),
        ("+3312345678901", None),
    ],
)
def test_a_number_of_another_country_says_which(text: str, stored: str | None) -> None:
    assert number(text) == stored


@pytest.mark.parametrize(
    ("day", "number", "before"),
    [
        (date(2023, 3, 21), 2, date(2023, 3, 17)),
        (date(2023, 3, 22), 3, date(2023, 3, 17)),
        (date(2023, 3, 20), 1, date(2023, 3, 17)),
        (date(2023, 3, 19), 1, date(2023, 3, 17)),
        (date(2023, 3, 18), 1, date(2023, 3, 17)),
        (date(2023, 3, 17), 1, date(2023, 3, 16)),
        (date(2023, 3, 17), 0, date(2023, 3, 17)),
    ],
)
def test_business_days_are_weekdays(day: date, number: int, before: date) -> None:
    assert business_days_before(day, number) == before
