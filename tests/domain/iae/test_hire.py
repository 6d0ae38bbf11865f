"""Which hires stand under a PASS, and which company has it in its care (les-emplois §5.8, §5.9)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.iae.companies import SIAE_KINDS, is_siae
from domain.iae.hire import Hire, hire_of, hires_under, last_siae_hire
from domain.journey import Dossier
from domain.vocabulary import OrganisationId

HIRE = Hire(
    company=OrganisationId("siae"),
    company_kinds=("aci",),
    application="job-application-1",
    pass_iae="pass-iae-1",
    agreed_at=datetime(2025, 1, 10, 12, tzinfo=UTC),
    starts_on=date(2025, 1, 15),
)


def dossier(*hires: Hire) -> Dossier:
    return Dossier({f"hiring-{number}": hire for number, hire in enumerate(hires, start=1)})


@pytest.mark.parametrize("kind", sorted(SIAE_KINDS))
def test_five_kinds_of_company_hire_under_the_rules_of_the_iae(kind: str) -> None:
    assert is_siae((kind,))


@pytest.mark.parametrize("kinds", [(), ("geiq",), ("opcs",), ("ea",), ("eatt",)])
def test_others_do_not_even_those_that_are_listed_and_disabled(kinds: tuple[str, ...]) -> None:
    assert not is_siae(kinds)


def test_the_hires_under_a_pass_are_those_that_stand() -> None:
    elsewhere = replace(HIRE, pass_iae="pass-iae-2")
    found = hires_under(
        dossier(HIRE, replace(HIRE, cancelled=True), elsewhere, replace(HIRE, pass_iae=None)), "pass-iae-1"
    )
    assert found == {"hiring-1": HIRE}


def test_the_hire_of_an_application_is_the_last_one_that_stands() -> None:
    assert hire_of(dossier(HIRE, HIRE, replace(HIRE, cancelled=True)), "job-application-1") == "hiring-2"
    assert hire_of(dossier(HIRE), "job-application-2") is None
    assert hire_of(dossier(replace(HIRE, cancelled=True)), "job-application-1") is None


def test_the_last_siae_hire_is_the_one_agreed_on_last_whenever_it_starts() -> None:
    later = replace(HIRE, agreed_at=datetime(2025, 1, 11, 12, tzinfo=UTC), starts_on=date(2025, 1, 12))
    assert last_siae_hire(dossier(later, HIRE)) == "hiring-1"
    assert last_siae_hire(dossier(HIRE, later)) == "hiring-2"


def test_of_two_agreed_on_at_once_it_is_the_one_that_starts_last() -> None:
    sooner = replace(HIRE, starts_on=date(2025, 1, 14))
    assert last_siae_hire(dossier(HIRE, sooner)) == "hiring-1"
    assert last_siae_hire(dossier(sooner, HIRE)) == "hiring-2"


def test_neither_a_geiq_nor_a_cancelled_hire_counts() -> None:
    later = datetime(2025, 2, 1, 12, tzinfo=UTC)
    by_geiq = replace(HIRE, company_kinds=("geiq",), agreed_at=later)
    cancelled = replace(HIRE, cancelled=True, agreed_at=later)
    assert last_siae_hire(dossier(HIRE, by_geiq, cancelled)) == "hiring-1"
    assert last_siae_hire(dossier(by_geiq)) is None
