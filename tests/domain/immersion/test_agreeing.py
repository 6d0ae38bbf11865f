"""Ages, persons and texts (immersion §2.2, §3.3; scenarios 21 and 23)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.immersion.refusals import (
    FieldMissing,
    InvalidBirthDate,
    InvalidEmail,
    InvalidPhone,
    InvalidSiret,
    LegalRepresentativeNeeded,
    MarkupNotAllowed,
    PostcodeMissing,
    SameEmail,
    SamePhone,
    SchoolingIncoherent,
    TextTooLong,
    TooOld,
    TooYoung,
)
from domain.immersion.schedule import business_days_before
from domain.immersion.terms import ConventionTerms, tutor_represents
from domain.immersion.wording import LIMITS, number
from domain.journey import Refusal
from tests.domain.immersion.cases import (
    EMPLOYER,
    MORGAN,
    PARENT,
    REPRESENTATIVE,
    SCHOOL,
    STARTS,
    TERMS,
    TODAY,
    TUTOR,
    born,
    days,
    mini_stage,
    refusal,
    terms,
)

DAY = timedelta(days=1)


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


def test_somebody_born_on_the_first_day_is_too_young_and_a_day_later_is_not_born() -> None:
    assert refusal(terms(beneficiary=born("2026-05-04"), legal_representative=PARENT)) is TooYoung
    assert refusal(terms(beneficiary=born("2026-05-05"), legal_representative=PARENT)) is InvalidBirthDate


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


#: immersion §2.2: the longest texts, and who says them.
LONGEST = {
    "last_name": 255,
    "first_name": 255,
    "business_name": 255,
    "appellation_label": 255,
    "work_conditions": 6000,
    "business_advantages": 3000,
    "individual_protection_description": 255,
    "sanitary_prevention_description": 255,
    "activities": 2000,
    "skills": 2000,
    "emergency_contact": 1024,
    "financial_help": 1800,
    "school": 255,
    "school_postcode": 255,
    "job": 255,
}


def saying(name: str, text: str) -> ConventionTerms:
    said: dict[str, Any] = {name: text}
    if name in type(TERMS).__dataclass_fields__:
        return replace(TERMS, **said)
    if name in type(SCHOOL).__dataclass_fields__:
        return mini_stage(beneficiary=born("2009-01-01", schooling=replace(SCHOOL, **said)))
    if name in type(MORGAN).__dataclass_fields__:
        return terms(beneficiary=replace(MORGAN, **said))
    return terms(tutor=replace(TUTOR, **said))


@pytest.mark.parametrize("name", LIMITS)
def test_no_text_is_longer_than_its_limit(name: str) -> None:
    assert refusal(saying(name, "a" * LONGEST[name])) is None
    assert refusal(saying(name, "a" * (LONGEST[name] + 1))) is TextTooLong


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
