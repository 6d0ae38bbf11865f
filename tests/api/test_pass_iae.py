"""Over HTTP: a PASS IAE as its readers see it, today and as it was, paused and prolonged by those who may."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from domain.calendar import add_days, add_months, paris_day
from tests.api.conftest import Cast, House, Json

WITHHELD = "[withheld]"


@dataclass(frozen=True)
class Hired:
    """Somebody whom nadia's company hires from today on."""

    house: House
    cast: Cast
    candidate: str
    today: date

    @property
    def address(self) -> str:
        return f"/v1/candidates/{self.candidate}/pass-iae/1"

    def reads(self, subject: str, acting: str, **asked: str) -> Json:
        answer = self.house.http.get(self.address, params=asked, headers=self.house.headers(subject, acting))
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body

    def asks(self, command: str, body: Json, subject: str = "nadia", acting: str | None = None) -> Any:
        return self.house.post(f"{self.address}/{command}", body, subject, acting or self.cast.company)


@pytest.fixture
def hired(house: House, cast: Cast) -> Hired:
    today = paris_day(datetime.now(UTC))
    number = f"{uuid7().int % 10_000_000:07}A"
    candidate = house.candidate("camille", cast.agency, france_travail_id=number)
    root = f"/v1/candidates/{candidate}"
    made = house.post(f"{root}/eligibility-checks", {}, "camille", cast.agency)
    assert made.status_code == 201, made.text
    body = {"company": cast.company, "message": "Motivée", "job_descriptions": ["maraichage"]}
    sent = house.post(f"{root}/job-applications", body, "camille", cast.agency)
    assert sent.status_code == 201, sent.text
    taken = house.post(f"{sent.headers['location']}/accept", {"starts_on": today.isoformat()}, "nadia", cast.company)
    assert taken.status_code == 200, taken.text
    return Hired(house, cast, candidate, today)


def test_a_pass_is_shown_as_of_now_and_as_of_the_instant_that_is_asked(hired: Hired) -> None:
    first = hired.reads("nadia", hired.cast.company)
    ends_on = add_days(hired.today, 729)
    assert first["stage"] == "issued"
    assert first["shown"] == {
        "on": hired.today.isoformat(),
        "status": "valid",
        "remaining_days": 730,
        "remaining_until": ends_on.isoformat(),
        "prolongable_from": add_months(ends_on, -12).isoformat(),
        "prolongable_until": add_months(ends_on, 6).isoformat(),
        "prolongations": {
            "senior_cdi": add_days(ends_on, 3650).isoformat(),
            **dict.fromkeys(
                ("complete_training", "rqth", "senior", "particular_difficulties"), add_days(ends_on, 365).isoformat()
            ),
        },
        "waits_until": add_months(ends_on, 24).isoformat(),
    }
    before = datetime.now(UTC)
    suspension = {"reason": "contract_broken", "starts_on": hired.today.isoformat()}
    paused = hired.asks("suspend", suspension)
    assert paused.status_code == 200, paused.text
    assert (paused.json()["shown"]["status"], paused.json()["shown"]["remaining_days"]) == ("suspended", 729)
    assert hired.reads("nadia", hired.cast.company)["shown"] == paused.json()["shown"]
    then = hired.reads("nadia", hired.cast.company, as_of=before.isoformat())
    assert (then["shown"], then["version"]) == (first["shown"], first["version"])
    again = hired.reads("nadia", hired.cast.company, version="1")
    assert again["shown"] == first["shown"]
    late = hired.reads("nadia", hired.cast.company, as_of=(before + timedelta(days=4000)).isoformat())
    assert late["shown"]["status"] == "expired"


def test_why_it_was_paused_is_not_for_a_company_that_has_not_hired_yet(hired: Hired) -> None:
    suspension = {"reason": "contract_broken", "starts_on": hired.today.isoformat(), "explanation": "Zanzibar"}
    assert hired.asks("suspend", suspension).status_code == 200
    body = {"company": hired.cast.rival, "message": "Motivée", "job_descriptions": ["accueil"], "confirmed": True}
    sent = hired.house.post(f"/v1/candidates/{hired.candidate}/job-applications", body, "camille", hired.cast.agency)
    assert sent.status_code == 201, sent.text
    theirs = hired.reads("paul", hired.cast.rival)
    assert [theirs["state"][name] for name in ("suspensions", "prolongations", "requests")] == [WITHHELD] * 3
    assert theirs["shown"]["status"] == "suspended"
    followed = hired.reads("camille", hired.cast.agency)["state"]
    assert (followed["suspensions"][0]["explanation"], followed["requests"]) == ("Zanzibar", WITHHELD)
    hired.house.catch_up()
    assert [sentence(hired, *who) for who in (("paul", hired.cast.rival), ("nadia", hired.cast.company))] == [
        "non communiqué",
        "Contrat de travail rompu",
    ]


def sentence(hired: Hired, subject: str, acting: str) -> str:
    """Why the PASS was paused, as the timeline tells it."""
    answer = hired.house.get(f"/v1/candidates/{hired.candidate}/timeline", subject, acting)
    lines = [each for each in answer.json()["items"] if each["event"] == "pass-iae.SuspensionDeclared"]
    return str(lines[0]["sentence"]).rpartition(" : ")[2]


def test_who_takes_no_part_does_not_know_of_it(hired: Hired) -> None:
    for who in (("paul", hired.cast.rival), ("leila", hired.cast.mission), ("pierre", hired.cast.orienter)):
        assert hired.house.get(hired.address, *who).status_code == 404


def test_staff_opens_none_without_saying_for_which_hire(hired: Hired) -> None:
    by_hand = {
        "application": "job-application-9",
        "starts_on": hired.today.isoformat(),
        "diagnosis": "eligibility-check-1",
        "company": hired.cast.company,
        "company_kinds": ["aci"],
        "sender_kind": "prescriber",
        "sender_kinds": ["ft"],
    }
    refused = hired.house.post(f"/v1/candidates/{hired.candidate}/pass-iae", by_hand, "staff")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/pass-iae/no-such-hire")
