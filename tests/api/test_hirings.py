"""Over HTTP: a hire from its acceptance to its end, by those who may."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from domain.calendar import add_days, paris_day
from tests.api.conftest import Cast, House, Json

WITHHELD = "[withheld]"
SIRET = "13000548100010"


@dataclass(frozen=True)
class Hired:
    """Somebody whom nadia's company hires from today on."""

    house: House
    cast: Cast
    root: str
    application: str
    today: date

    def reads(self, subject: str, acting: str) -> Any:
        return self.house.get(f"{self.root}/hirings/1", subject, acting)

    def asks(self, command: str, body: Json, subject: str = "nadia", acting: str | None = None) -> Any:
        return self.house.post(f"{self.root}/hirings/1/{command}", body, subject, acting or self.cast.company)


@pytest.fixture
def hired(house: House, cast: Cast) -> Hired:
    today = paris_day(datetime.now(UTC))
    number = f"{uuid7().int % 10_000_000:07}A"
    root = f"/v1/candidates/{house.candidate('camille', cast.agency, france_travail_id=number)}"
    body = {"company": cast.company, "message": "Motivée", "job_descriptions": ["maraichage"]}
    sent = house.post(f"{root}/job-applications", body, "camille", cast.agency)
    return Hired(house, cast, root, sent.headers["location"], today)


def accepts(hired: Hired) -> Any:
    body = {"starts_on": hired.today.isoformat(), "ends_on": add_days(hired.today, 180).isoformat()}
    return hired.house.post(f"{hired.application}/accept", body, "nadia", hired.cast.company)


def qualifies(hired: Hired) -> None:
    made = hired.house.post(f"{hired.root}/eligibility-checks", {}, "camille", hired.cast.agency)
    assert made.status_code == 201, made.text


def test_a_siae_is_told_what_is_missing_then_hires(hired: Hired) -> None:
    refused = accepts(hired)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/job-application/diagnosis-needed")
    assert hired.reads("nadia", hired.cast.company).status_code == 404
    qualifies(hired)
    accepted = accepts(hired)
    assert accepted.status_code == 200, accepted.text
    state = accepted.json()["state"]
    assert (state["diagnosis"], state["pass_iae"], state["delivery"]) == (
        "eligibility-check-1",
        "pass-iae-1",
        "automatic",
    )
    hire = hired.reads("nadia", hired.cast.company).json()
    assert (hire["stage"], hire["state"]["pass_iae"], hire["state"]["starts_on"]) == (
        "started",
        "pass-iae-1",
        hired.today.isoformat(),
    )
    assert {"create-employee-record", "end-contract", "renew", "change-end"} <= set(hire["next"])
    assert {"declare", "cancel", "start-contract"}.isdisjoint(hire["next"])


def test_the_company_ends_the_contract_and_nobody_else_does(hired: Hired) -> None:
    qualifies(hired)
    accepts(hired)
    end = {"on": hired.today.isoformat(), "reason": "death", "category": "lasting_job"}
    impossible = hired.asks("end-contract", end)
    assert (impossible.status_code, impossible.json()["type"]) == (409, "/problems/hiring/category-impossible")
    end |= {"reason": "hired_elsewhere"}
    assert hired.asks("end-contract", end, "camille", hired.cast.agency).status_code == 403
    ended = hired.asks("end-contract", end)
    assert (ended.status_code, ended.json()["stage"]) == (200, "ended")
    assert ended.json()["state"]["end"] == end


def test_an_employee_record_is_between_the_company_and_the_asp(hired: Hired) -> None:
    qualifies(hired)
    accepts(hired)
    created = hired.asks("create-employee-record", {"siret": SIRET})
    assert created.status_code == 200, created.text
    assert created.json()["state"]["record"]["status"] == "new"
    assert hired.asks("send-employee-record", {"file": "f", "line": 1}).status_code == 403
    assert hired.reads("camille", hired.cast.agency).json()["state"]["record"] == WITHHELD
    assert hired.reads("paul", hired.cast.rival).status_code == 404
