"""The link of an invitation: without an account, by its code alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from application.codes import read
from domain.calendar import PARIS
from infrastructure.postgres import Access
from tests.api.conftest import Cast, House, Json, running
from tests.api.test_operations import another_house

CATEGORY = {"category": "rsa_orientation", "type": "rsa_orientation", "phone": "3949"}


@dataclass(frozen=True)
class Invited:
    """Somebody whom odile invited by e-mail just now."""

    house: House
    council: str
    address: str

    def say(self, command: str, body: Json) -> Json:
        answer = self.house.post(f"{self.address}/{command}", body, "odile", self.council)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    def read(self) -> Json:
        told: Json = self.house.get(self.address, "odile", self.council).json()
        return told

    @property
    def code(self) -> str:
        answer = self.house.get(f"{self.address}/invitations/1/link", "odile", self.council)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["code"])

    def ask(self, method: str, path: str = "", code: str | None = None, **more: Any) -> httpx.Response:
        """With the code, and nothing else."""
        headers = {"Invitation-Code": code or self.code, **more.pop("headers", {})}
        return self.house.http.request(method, f"/v1/invitation{path}", headers=headers, **more)

    def offered(self) -> Json:
        answer = self.ask("GET")
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    def book(self, starts_at: datetime, code: str | None = None, **said: Any) -> httpx.Response:
        """What the booking service tells."""
        body = {
            "appointment": "rdv-1",
            "organisation": self.council,
            "motif": "RSA orientation",
            "location": "public_office",
            "starts_at": starts_at.isoformat(),
            "duration_minutes": 30,
            **said,
        }
        witness = {"Authorization": f"Bearer {self.house.token('rdv-solidarites', 'immersion-facilitee')}"}
        return self.ask("POST", "/book", code, json=body, headers=witness)


@pytest.fixture
def invited(house: House) -> Invited:
    return invited_just_now(house)


def invited_just_now(house: House) -> Invited:
    council = house.organisation("conseil_departemental", "odile")
    assert house.post(f"/v1/organisations/{council}/configure-category", CATEGORY, "odile", council).status_code == 200
    candidate = house.candidate("odile", council, first_name="Zanzibarine")
    opened = house.post(
        f"/v1/candidates/{candidate}/rsa-appointments", {"category": "rsa_orientation"}, "odile", council
    )
    found = Invited(house, council, str(opened.headers["Location"]))
    found.say(
        "invite",
        {
            "channel": "email",
            "origin": "users_index_page",
            "organisations": [council],
            "bookable": True,
            "slots_available": True,
        },
    )
    return found


def in_days(days: int) -> datetime:
    return datetime.now(PARIS).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=days)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_whoever_sends_the_invitation_gets_its_link(invited: Invited) -> None:
    answer = invited.house.get(f"{invited.address}/invitations/1/link", "odile", invited.council)
    code = answer.json()["code"]
    expires_at = invited.read()["state"]["invitations"][0]["expires_at"]
    assert answer.json() == {
        "code": code,
        "link": f"https://parcours.example/rendez-vous#{code}",
        "expires_at": expires_at.replace("Z", "+00:00"),
    }
    assert (len(read(code)), answer.headers["cache-control"]) == (16, "no-store")


@pytest.mark.parametrize("path", ["invitations/2/link", "invitations/0/link"])
def test_there_is_no_link_of_what_was_never_sent(invited: Invited, path: str) -> None:
    answer = invited.house.get(f"{invited.address}/{path}", "odile", invited.council)
    assert answer.status_code == (422 if "/0/" in path else 404)


def test_the_link_is_not_for_whoever_does_not_follow_the_person(invited: Invited, cast: Cast) -> None:
    path = f"{invited.address}/invitations/1/link"
    assert invited.house.get(path, "karim", cast.delegate).status_code == 404
    assert invited.house.http.get(path).status_code == 401


@pytest.mark.parametrize(("location", "address"), [("public_office", "1 rue de la Gare"), ("home", None)])
def test_where_somebody_lives_is_not_shown_to_whoever_has_a_code(
    invited: Invited, location: str, address: str | None
) -> None:
    booked = invited.book(in_days(3), location=location, address="1 rue de la Gare")
    assert booked.status_code == 200, booked.text
    assert [each["address"] for each in invited.offered()["appointments"]] == [address]


@pytest.mark.parametrize("written", [str, str.lower, read, lambda code: code.replace("-", " ")])
def test_the_person_sees_what_is_offered_and_until_when(invited: Invited, written: Any) -> None:
    answer = invited.ask("GET", code=written(invited.code))
    told = answer.json()
    until = datetime.fromisoformat(told["expires_at"]).astimezone(PARIS)
    assert told == {
        "category": "rsa_orientation",
        "valid": True,
        "expires_at": told["expires_at"],
        "sentence": told["sentence"],
        "help_phone": "3949",
        "organisations": [{"name": told["organisations"][0]["name"], "phone": None}],
        "appointments": [],
        "next": ["follow"],
    }
    assert told["sentence"].startswith("Prenez rendez-vous avant le ")
    assert told["sentence"].endswith(f"{until.year} à {until.hour}h{until.minute:02}, ou appelez le 3949.")
    assert "anzibar" not in answer.text


def test_in_english_if_asked(invited: Invited) -> None:
    answer = invited.ask("GET", headers={"Accept-Language": "en"})
    assert answer.json()["sentence"].startswith("Take an appointment before ")
    assert answer.headers["content-language"] == "en"


def test_following_the_link_is_recorded_and_leads_to_where_one_books(invited: Invited) -> None:
    for _ in range(2):
        followed = invited.ask("POST", "/follow")
        assert followed.status_code == 200, followed.text
        where = f"https://rdv.example/prendre?motif=rsa_orientation&chez={invited.council}&invitation={invited.code}"
        assert followed.json()["to"] == where
    assert invited.read()["state"]["invitations"][0]["clicked"] is True
    assert invited.read()["version"] == 3


def test_what_the_person_takes_is_told_by_the_booking_service_and_is_in_autonomy(invited: Invited) -> None:
    starts_at = in_days(7)
    booked = invited.book(starts_at, address="1 rue du Four")
    assert booked.status_code == 200, booked.text
    day = f"{starts_at.hour}h{starts_at.minute:02}. Si vous ne pouvez pas venir, dites-le ici ou appelez le 3949."
    assert booked.json()["sentence"].endswith(day)
    assert (booked.json()["valid"], booked.json()["next"]) == (False, ["excuse"])
    assert booked.json()["appointments"] == [
        {
            "participation": 1,
            "starts_at": starts_at.isoformat(),
            "time_zone": "Europe/Paris",
            "duration_minutes": 30,
            "location": "public_office",
            "address": "1 rue du Four",
            "phone": "3949",
        }
    ]
    told = invited.read()
    assert (told["status"], told["state"]["participations"][0]["booked_by"]) == ("rdv_pending", "user")
    assert problem(invited.book(starts_at)) == (409, "rsa-appointment/not-offered")


def test_the_person_says_that_they_cannot_come_once(invited: Invited) -> None:
    invited.book(in_days(7))
    noted = "Votre absence est notée : appelez le 3949 pour prendre un autre rendez-vous."
    versions = []
    for _ in range(2):
        excused = invited.ask("POST", "/appointments/1/excuse")
        assert excused.status_code == 200, excused.text
        assert (excused.json()["appointments"], excused.json()["sentence"]) == ([], noted)
        versions.append(invited.read()["version"])
    assert invited.read()["status"] == "rdv_excused"
    assert versions[0] == versions[1]
    assert problem(invited.ask("POST", "/appointments/2/excuse")) == (409, "rsa-appointment/unknown-participation")


def test_the_record_says_that_parcours_bore_witness(invited: Invited) -> None:
    invited.ask("POST", "/follow")
    headers = {"Authorization": f"Bearer {invited.house.token('auditor', 'audit')}"}
    history = f"/v1/candidates/{invited.address.split('/')[3]}/history"
    line = invited.house.http.get(history, headers=headers).json()["items"][-1]
    assert (line["event"], line["actor"], line["role"], line["client"]) == (
        "rsa-appointment.InvitationClicked",
        "invitation",
        "witness",
        "parcours",
    )


def test_what_is_not_valid_any_more_says_what_to_do(invited: Invited) -> None:
    invited.say("close", {})
    told = invited.offered()
    assert (told["valid"], told["next"]) == (False, [])
    assert told["sentence"] == "Cette invitation n’est plus valable : appelez le 3949 pour en recevoir une autre."
    followed = invited.ask("POST", "/follow")
    assert problem(followed) == (409, "rsa-appointment/invitation-expired")
    assert followed.json()["details"] == {"help_phone": "3949"}
    assert problem(invited.book(in_days(7))) == (409, "rsa-appointment/not-offered")


def test_a_code_of_nothing_says_what_to_do(invited: Invited) -> None:
    wrong = ("0" if invited.code[0] != "0" else "1") + invited.code[1:]
    for answer in (
        invited.ask("GET", code=wrong),
        invited.ask("POST", "/follow", wrong),
        invited.ask("POST", "/appointments/1/excuse", wrong),
        invited.book(in_days(7), wrong),
    ):
        assert problem(answer) == (404, "link-unknown")
        assert answer.json()["title"].startswith("Ce code ne mène nulle part")
        assert wrong not in answer.text


@pytest.mark.parametrize("written", ["", "7K2M", "7K2M-0QXB-99TD-3ENC-7K2M", "7K2M/0QXB/99TD/3ENC", "é" * 16])
def test_what_is_no_code_is_malformed_and_never_repeated(invited: Invited, written: str) -> None:
    answer = invited.ask("GET", headers={"Invitation-Code": written.encode()})
    assert problem(answer) == (422, "malformed")
    assert not written or written not in answer.text


def test_only_a_service_that_bears_witness_tells_what_was_taken(invited: Invited) -> None:
    body = {"appointment": "rdv-1", "organisation": invited.council, "motif": "RSA", "location": "phone"}
    for headers, status in ((None, 401), (invited.house.headers("odile", invited.council), 403)):
        answer = invited.ask("POST", "/book", json=body, headers=headers or {})
        assert answer.status_code == status


def test_the_service_speaks_for_the_person_and_for_nobody_else(invited: Invited) -> None:
    by_agent = invited.book(in_days(7), booked_by="agent")
    assert problem(by_agent) == (409, "rsa-appointment/not-booked-by-the-person")


def test_nobody_comes_back_to_an_erased_dossier(invited: Invited) -> None:
    code = invited.code
    invited.house.core.vault.destroy(f"candidate/{invited.address.split('/')[3]}")
    # Each process forgets a key within a minute: another one does at once.
    with running(invited.house.settings) as base:
        answer = httpx.get(f"{base}/v1/invitation", headers={"Invitation-Code": code})
    assert problem(answer) == (404, "link-unknown")


def test_the_code_is_in_no_log_nor_metric(database: Access, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with another_house(database, tmp_path) as house:
        invited = invited_just_now(house)
        code = invited.code
        invited.offered()
        invited.ask("POST", "/follow")
        metrics = house.http.get("/metrics").text
    written = capsys.readouterr()
    assert "/v1/invitation/follow" in written.err
    assert [each for each in (code, read(code)) if each in written.err + written.out + metrics] == []
