"""For whom a diagnosis counts, until when, and which one a company hires on (les-emplois §3.1, §3.2)."""

from datetime import date, timedelta

import pytest

from domain.iae.diagnosis import AuthorKind, Diagnosis, Scheme, counts_for, is_current, is_eligible, usable
from domain.iae.right import Right
from domain.journey import Dossier
from domain.vocabulary import OrganisationId

TODAY = date(2025, 3, 1)
DAY = timedelta(days=1)
A, B = OrganisationId("siae-a"), OrganisationId("siae-b")
AGENCY = OrganisationId("agency")


def by_prescriber(
    *, made_on: date = TODAY, expires_on: date = date(2025, 9, 1), scheme: Scheme = Scheme.IAE
) -> Diagnosis:
    return Diagnosis(
        scheme=scheme,
        author_kind=AuthorKind.PRESCRIBER,
        organisation=AGENCY,
        made_on=made_on,
        expires_on=expires_on,
    )


def by_company(
    company: OrganisationId | None = A,
    *,
    made_on: date = TODAY,
    expires_on: date = date(2025, 6, 1),
    scheme: Scheme = Scheme.IAE,
) -> Diagnosis:
    kind = AuthorKind.EMPLOYER if scheme is Scheme.IAE else AuthorKind.GEIQ
    return Diagnosis(scheme=scheme, author_kind=kind, organisation=company, made_on=made_on, expires_on=expires_on)


def dossier(*diagnoses: Diagnosis, valid_until: date | None = None) -> Dossier:
    """Diagnoses by the names `1`, `2`…, and perhaps a PASS that began long ago."""
    rights = {} if valid_until is None else {"pass-iae-1": Right(starts_on=date(2023, 1, 1), ends_on=valid_until)}
    return Dossier({**{str(number): each for number, each in enumerate(diagnoses, 1)}, **rights})


def test_the_day_of_expiry_is_the_first_on_which_it_no_longer_counts() -> None:
    diagnosis = by_prescriber(expires_on=TODAY)
    assert [is_current(diagnosis, day) for day in (TODAY - DAY, TODAY, TODAY + DAY)] == [True, False, False]


def test_what_was_never_made_counts_on_no_day() -> None:
    assert not is_current(Diagnosis(), date.min)


def test_e5_a_companys_diagnosis_counts_only_there_and_a_prescribers_everywhere() -> None:
    assert [counts_for(by_company(A), company) for company in (A, B, None)] == [True, False, False]
    assert [counts_for(by_prescriber(), company) for company in (A, B, None)] == [True, True, True]
    assert not counts_for(by_company(None), None)
    assert not counts_for(by_company(None), A)


def test_e5_siae_b_finds_none_and_siae_a_finds_its_own() -> None:
    held = dossier(by_company(A))
    assert [usable(held, Scheme.IAE, company, TODAY) for company in (A, B, None)] == ["1", None, None]
    assert [is_eligible(held, company, TODAY) for company in (A, B, None)] == [True, False, False]


def test_a_prescribers_comes_first_however_old_then_the_newest() -> None:
    old, new = by_prescriber(made_on=TODAY - DAY), by_prescriber(made_on=TODAY)
    own = by_company(A, made_on=TODAY + DAY)
    assert usable(dossier(own, old), Scheme.IAE, A, TODAY) == "2"
    assert usable(dossier(new, old), Scheme.IAE, A, TODAY) == "1"
    assert usable(dossier(old, new), Scheme.IAE, A, TODAY) == "2"
    assert (
        usable(dossier(by_company(A, made_on=TODAY), by_company(A, made_on=TODAY - DAY)), Scheme.IAE, A, TODAY) == "1"
    )


def test_of_two_made_on_one_day_the_later_one_counts() -> None:
    assert usable(dossier(by_prescriber(), by_prescriber()), Scheme.IAE, None, TODAY) == "2"


@pytest.mark.parametrize(("on", "found"), [(date(2025, 8, 31), "1"), (date(2025, 9, 1), None)])
def test_without_a_pass_an_expired_one_is_not_found(on: date, found: str | None) -> None:
    assert usable(dossier(by_prescriber()), Scheme.IAE, A, on) == found
    assert is_eligible(dossier(by_prescriber()), A, on) is (found is not None)


def test_an_expired_prescribers_one_does_not_hide_a_companys_that_counts() -> None:
    held = dossier(by_prescriber(expires_on=TODAY), by_company(A))
    assert usable(held, Scheme.IAE, A, TODAY) == "2"


def test_e7_under_a_valid_pass_the_expired_one_is_found() -> None:
    expired = by_prescriber(made_on=date(2024, 1, 1), expires_on=date(2024, 7, 1))
    in_progress = dossier(expired, valid_until=TODAY)
    assert usable(in_progress, Scheme.IAE, A, TODAY) == "1"
    assert is_eligible(in_progress, A, TODAY)


def test_e7_a_valid_pass_stands_for_a_diagnosis_even_without_any_and_on_its_last_day() -> None:
    held = dossier(valid_until=TODAY)
    assert (is_eligible(held, B, TODAY), usable(held, Scheme.IAE, B, TODAY)) == (True, None)
    assert (is_eligible(held, B, TODAY + DAY), usable(held, Scheme.IAE, B, TODAY + DAY)) == (False, None)


def test_for_a_geiq_an_expired_one_is_never_found_not_even_under_a_pass() -> None:
    expired = by_prescriber(expires_on=TODAY, scheme=Scheme.GEIQ)
    assert usable(dossier(expired, valid_until=TODAY), Scheme.GEIQ, A, TODAY) is None
    last_day = by_prescriber(expires_on=TODAY + DAY, scheme=Scheme.GEIQ)
    assert usable(dossier(last_day), Scheme.GEIQ, A, TODAY) == "1"


def test_schemes_do_not_mix() -> None:
    held = dossier(by_prescriber(), by_company(A, scheme=Scheme.GEIQ))
    assert usable(held, Scheme.IAE, A, TODAY) == "1"
    assert usable(held, Scheme.GEIQ, A, TODAY) == "2"
    assert usable(held, Scheme.GEIQ, B, TODAY) is None
