"""RSA appointments over HTTP: the status is that of the instant asked about, and of no other."""

from datetime import datetime, timedelta
from typing import Any

from tests.api.conftest import Cast, House

CATEGORY = {"category": "rsa_orientation", "type": "rsa_orientation", "phone": "3949"}


def followed_up(house: House, cast: Cast) -> str:
    """The address of a follow-up in which an e-mail was sent just now."""
    configured = house.post(f"/v1/organisations/{cast.council}/configure-category", CATEGORY, "odile", cast.council)
    assert configured.status_code == 200, configured.text
    candidate = house.candidate("odile", cast.council)
    opened = house.post(
        f"/v1/candidates/{candidate}/rsa-appointments", {"category": "rsa_orientation"}, "odile", cast.council
    )
    assert opened.status_code == 201, opened.text
    address = str(opened.headers["Location"])
    invited = house.post(
        f"{address}/invite",
        {
            "channel": "email",
            "origin": "users_index_page",
            "organisations": [cast.council],
            "bookable": True,
            "slots_available": True,
        },
        "odile",
        cast.council,
    )
    assert (invited.status_code, invited.json()["status"]) == (200, "invitation_pending"), invited.text
    return address


def test_the_status_is_that_of_the_instant_asked_about(house: House, cast: Cast) -> None:
    address = followed_up(house, cast)
    now = house.get(address, "odile", cast.council).json()
    sent = datetime.fromisoformat(now["state"]["invitations"][0]["at"])

    def status(at: datetime) -> Any:
        headers = house.headers("odile", cast.council)
        return house.http.get(address, params={"as_of": at.isoformat()}, headers=headers).json()["status"]

    assert now["status"] == "invitation_pending"
    assert status(sent + timedelta(days=9)) == "invitation_pending"
    assert status(sent + timedelta(days=11)) == "invitation_expired"
    assert house.get(f"{address}?version=1", "odile", cast.council).json()["status"] == "not_invited"


def test_the_caseload_says_the_status_in_words(house: House, cast: Cast) -> None:
    address = followed_up(house, cast)
    house.catch_up()
    answer = house.get(f"/v1/organisations/{cast.council}/caseload?limit=500", "odile", **{"Accept-Language": "en"})
    told = {(each["candidate"], each["journey"]): each for each in answer.json()["items"]}
    case = told[address.split("/")[3], "rsa-appointment-1"]
    assert (case["status"], case["status_label"]) == ("invitation_pending", "Invitation pending")


def test_the_timeline_says_it_in_french(house: House, cast: Cast) -> None:
    address = followed_up(house, cast)
    house.catch_up()
    answer = house.get(f"/v1/candidates/{address.split('/')[3]}/timeline", "odile", cast.council)
    assert [each["sentence"] for each in answer.json()["items"]][1:] == [
        "Suivi ouvert : rsa_orientation",
        "Personne invitée à prendre rendez-vous par e-mail",
    ]


def test_somebody_else_s_follow_up_does_not_exist(house: House, cast: Cast) -> None:
    address = followed_up(house, cast)
    assert house.get(address, "karim", cast.delegate).status_code == 404


def test_a_time_without_its_offset_is_malformed(house: House, cast: Cast) -> None:
    address = followed_up(house, cast)
    body = {
        "appointment": "rdv-1",
        "organisation": cast.council,
        "motif": "RSA orientation",
        "location": "public_office",
        "duration_minutes": 30,
    }
    codes = {
        starts: house.post(f"{address}/record-appointment", {**body, "starts_at": starts}, "odile", cast.council)
        for starts in ("2026-03-12T09:30:00", "9999-03-12T09:30:00Z", "2126-03-12T09:30:00+01:00")
    }
    assert [answer.status_code for answer in codes.values()] == [422, 422, 200]
    assert codes["2126-03-12T09:30:00+01:00"].json()["status"] == "rdv_pending"
