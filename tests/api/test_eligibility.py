"""Diagnoses over HTTP: who makes them, who reads them, and what a dossier suggests."""

from typing import Any

import pytest

from tests.api.conftest import Cast, House


def suggest(house: House, person: str, subject: str, acting: str | None, **more: str) -> Any:
    return house.get(f"/v1/candidates/{person}/eligibility-suggestions", subject, acting, **more)


@pytest.fixture
def awa(house: House, cast: Cast) -> str:
    return house.candidate("camille", cast.agency, birth_date="1960-02-14")


def describe(house: House, cast: Cast, person: str, **said: Any) -> None:
    told = house.post(f"/v1/candidates/{person}/describe-social-situation", said, "camille", cast.agency)
    assert told.status_code == 200, told.text


def test_e9_a_dossier_suggests_criteria(house: House, cast: Cast, awa: str) -> None:
    describe(house, cast, awa, france_travail_since="04", education_level="60", zrr="pc", qpv=True)
    answer = suggest(house, awa, "camille", cast.agency, **{"Accept-Language": "en"}).json()
    assert [(each["criterion"], each["level"]) for each in answer["criteria"]] == [
        ("detld", 1),
        ("senior", 2),
        ("qpv", 2),
    ]
    assert answer["criteria"][1] == {
        "criterion": "senior",
        "label": "Over 50",
        "level": 2,
        "proof": "identity_document",
        "freshness": "any",
    }
    assert (answer["to_check"], answer["prefill"]) == (False, True)


def test_a_commune_that_is_wholly_classified_suggests_zrr(house: House, cast: Cast, awa: str) -> None:
    describe(house, cast, awa, zrr="c")
    found = [each["criterion"] for each in suggest(house, awa, "camille", cast.agency).json()["criteria"]]
    assert found == ["senior", "zrr"]


def test_what_was_never_described_is_to_be_checked_and_fills_in_nothing(house: House, cast: Cast, awa: str) -> None:
    answer = suggest(house, awa, "camille", cast.agency).json()
    assert (answer["described_at"], answer["to_check"], answer["prefill"]) == (None, True, False)


def test_nothing_is_filled_in_where_a_diagnosis_counts_already(house: House, cast: Cast, awa: str) -> None:
    describe(house, cast, awa, qpv=True)
    made = house.post(f"/v1/candidates/{awa}/eligibility-checks", {}, "camille", cast.agency)
    assert made.status_code == 201, made.text
    assert suggest(house, awa, "camille", cast.agency).json()["prefill"] is False


def test_whoever_may_not_read_the_situation_is_suggested_nothing(house: House, cast: Cast, awa: str) -> None:
    assert suggest(house, awa, "paul", cast.rival).status_code == 404
    assert suggest(house, "01920000-0000-7000-8000-000000000009", "camille", cast.agency).status_code == 404


def test_the_criteria_are_told_with_what_they_are_worth(house: House, cast: Cast) -> None:
    lists = house.get("/v1/eligibility-criteria", "camille", cast.agency).json()
    assert {scheme: len(listed["criteria"]) for scheme, listed in lists.items()} == {"iae": 18, "geiq": 28}
    assert lists["iae"]["exclusive"] == [["jeune", "senior"], ["deld", "detld"]]
    assert [each for each in lists["geiq"]["criteria"] if each["criterion"] == "deld_12"] == [
        {
            "criterion": "deld_12",
            "label": "Inscrit depuis moins de 12 mois",
            "annex": "0",
            "level": None,
            "parent": "ft",
            "label_code": None,
            "displayed": False,
        }
    ]


def test_a_siae_diagnoses_somebody_who_applied_and_a_sanctioned_one_does_not(
    house: House, cast: Cast, awa: str
) -> None:
    company = house.organisation("aci", "yann")
    path = f"/v1/candidates/{awa}"
    enough = {"criteria": ["rsa"]}
    assert house.post(f"{path}/eligibility-checks", enough, "yann", company).status_code == 403
    applied = house.post(f"{path}/job-applications", {"company": company, "message": "Bonjour"}, "camille", cast.agency)
    assert applied.status_code == 201, applied.text
    sanction = {"from_day": "2020-01-01", "until_day": None}
    house.post(f"/v1/organisations/{company}/suspend-self-prescription", sanction, "staff")
    refused = house.post(f"{path}/eligibility-checks", enough, "yann", company)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "sanctioned")
    house.post(f"/v1/organisations/{company}/restore-self-prescription", {"from_day": "2020-01-01"}, "staff")
    too_few = house.post(f"{path}/eligibility-checks", {"criteria": ["senior"]}, "yann", company)
    assert (too_few.status_code, too_few.json()["details"]["level_2_needed"]) == (409, 3)
    made = house.post(f"{path}/eligibility-checks", enough, "yann", company)
    assert (made.status_code, made.json()["stage"], made.json()["next"]) == (201, "in_force", [])
    address = made.headers["Location"]
    assert house.get(address, "yann", company).json()["state"]["criteria"] == ["rsa"]
    assert house.get(address, "camille", cast.agency).status_code == 404
