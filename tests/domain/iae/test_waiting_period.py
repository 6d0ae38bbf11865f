"""P26: who may not be hired by a SIAE for two years, and what lifts it (les-emplois §5.6)."""

from datetime import date

import pytest

from domain.iae.diagnosis import AuthorKind, Diagnosis, Scheme
from domain.iae.right import Right
from domain.iae.waiting_period import is_blocked
from domain.journey import Dossier
from domain.vocabulary import OrganisationId

TODAY = date(2025, 6, 10)
COMPANY = OrganisationId("siae")


def ended(on: date = date(2025, 5, 11), *, cancelled: bool = False) -> Right:
    """Thirty days ago, unless another day is given."""
    return Right(starts_on=date(2022, 1, 1), ends_on=on, cancelled=cancelled)


def diagnosis(
    author: AuthorKind = AuthorKind.PRESCRIBER,
    *,
    scheme: Scheme = Scheme.IAE,
    expires_on: date = date(2025, 9, 1),
) -> Diagnosis:
    return Diagnosis(
        scheme=scheme, author_kind=author, organisation=COMPANY, made_on=date(2025, 6, 1), expires_on=expires_on
    )


def blocked(*cases: object, sent_by_authorised_prescriber: bool = False, on: date = TODAY) -> bool:
    dossier = Dossier({str(number): case for number, case in enumerate(cases)})
    return is_blocked(dossier, sent_by_authorised_prescriber=sent_by_authorised_prescriber, on=on)


def test_p26_a_pass_that_ended_thirty_days_ago_blocks() -> None:
    assert blocked(ended())


def test_p26_an_authorised_prescriber_that_sends_the_person_lifts_it() -> None:
    assert not blocked(ended(), sent_by_authorised_prescriber=True)


def test_p26_so_does_a_valid_diagnosis_of_a_prescriber_and_no_other() -> None:
    assert not blocked(ended(), diagnosis())
    assert blocked(ended(), diagnosis(AuthorKind.EMPLOYER))
    assert blocked(ended(), diagnosis(AuthorKind.GEIQ, scheme=Scheme.GEIQ))
    assert blocked(ended(), diagnosis(scheme=Scheme.GEIQ))


@pytest.mark.parametrize(("expires_on", "expected"), [(date(2025, 6, 11), False), (TODAY, True)])
def test_a_diagnosis_no_longer_lifts_it_on_the_day_it_expires(expires_on: date, *, expected: bool) -> None:
    assert blocked(ended(), diagnosis(expires_on=expires_on)) is expected


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (TODAY, False),
        (date(2025, 6, 9), True),
        (date(2023, 6, 10), True),
        (date(2023, 6, 9), False),
    ],
)
def test_it_lasts_from_the_day_after_the_pass_for_two_years(last_day: date, *, expected: bool) -> None:
    assert blocked(ended(last_day)) is expected


def test_nothing_blocks_who_never_had_a_pass_or_whose_pass_was_cancelled_or_who_has_a_valid_one() -> None:
    assert not blocked()
    assert not blocked(ended(cancelled=True))
    assert not blocked(ended(), Right(starts_on=TODAY, ends_on=date(2027, 6, 9)))
