"""What other services tell, from the outside: who is believed, when it is kept, and what comes of it."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.inbox import reread
from api.jobs import take_in
from api.settings import DEMONSTRATION_SECRET, NotConfigured, Settings
from domain.references import System
from tests.api.conftest import HOOK_SECRETS, House
from tests.application.incoming.agenda import CATEGORY, Json, message, rdv, seat
from tests.application.incoming.immersions import convention, updated
from tests.application.town import at_once

DOOR = "/v1/hooks/rdv-solidarites"
#: Each test has an organisation and people of its own in the agenda.
KEYS = count(70_000, 10)
NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


def signature(body: bytes, secret: str = HOOK_SECRETS[1]) -> str:
    return hmac.digest(secret.encode(), body, hashlib.sha256).hex()


def tell(house: House, body: bytes, sign: str | None = None, **headers: str) -> httpx.Response:
    said = {"Content-Type": "application/json; charset=utf-8", "X-Lapin-Signature": sign or signature(body), **headers}
    return house.http.post(DOOR, content=body, headers=said)


def named(house: House) -> tuple[str, int]:
    """A council whose agenda tells; answers it and what it is called there."""
    key = next(KEYS)
    council = house.organisation("conseil_departemental", "odile")
    address = f"/v1/organisations/{council}"
    for command, body in (
        ("configure-category", {"category": CATEGORY, "type": "rsa_orientation"}),
        ("add-member", {"subject": "rdv-solidarites"}),
        ("link-reference", {"system": "rdv_solidarites", "key": str(key)}),
    ):
        assert house.post(f"{address}/{command}", body, "staff").status_code == 200
    return council, key


def booked(key: int, *statuses: str, at: datetime = NOW - HOUR, **said: Any) -> bytes:
    seats = [seat(key + number, status) for number, status in enumerate(statuses)]
    told = rdv(key, *seats, created=NOW - 3 * HOUR, starts=NOW + 24 * HOUR, **said)
    return message("Rdv", told | {"organisation": {"id": key}}, at)


def of(house: House, council: str, key: int) -> Sequence[Json]:
    """The appointments of the person, as the council reads them."""
    found = house.get(f"/v1/organisations/{council}/caseload", "odile", council).json()
    people = {each["candidate"] for each in found["items"]}
    journeys = [house.get(f"/v1/candidates/{each}/rsa-appointments/1", "odile", council).json() for each in people]
    taken = [seat for journey in journeys for seat in journey["state"]["participations"]]
    return [seat for seat in taken if seat["appointment"] == f"rdv-solidarites--{key}"]


def test_an_appointment_is_told_signed_kept_and_recorded(house: House) -> None:
    council, key = named(house)
    answer = tell(house, booked(key, "unknown"))
    assert (answer.status_code, answer.json()) == (202, {"kept": True})
    assert of(house, council, key) == []
    take_in(house.core)
    house.catch_up()
    assert [each["status"] for each in of(house, council, key)] == ["unknown"]
    assert tell(house, booked(key, "excused", at=NOW)).status_code == 202
    assert tell(house, booked(key, "excused", at=NOW)).status_code == 202
    take_in(house.core)
    assert [each["status"] for each in of(house, council, key)] == ["excused"]


def test_eight_times_at_once_is_once(house: House) -> None:
    council, key = named(house)
    body = booked(key, "unknown")
    answers = at_once(lambda _: tell(house, body).status_code)
    assert answers == [202] * 8
    assert at_once(lambda _: take_in(house.core)).count(1) == 1
    house.catch_up()
    assert [each["status"] for each in of(house, council, key)] == ["unknown"]


@pytest.mark.parametrize("secret", HOOK_SECRETS)
def test_both_secrets_are_believed_while_one_replaces_the_other(house: House, secret: str) -> None:
    body = message("Motif", {"id": 1}, NOW)
    assert tell(house, body, signature(body, secret)).status_code == 202


def bad_signatures(body: bytes) -> dict[str, str]:
    return {
        "of another secret": signature(body, "another-secret-of-somebody"),
        "of another message": signature(body + b" "),
        "of nothing": hmac.digest(b"", body, hashlib.sha256).hex(),
        "in capitals": signature(body).upper(),
        "with more after it": signature(body) + "0",
        "with less": signature(body)[:-1],
        "with a prefix": "sha256=" + signature(body),
        "in base64": "rqcdOZjBQQyxhTkuTe4OTdqtKG8kUPFz",
        "with what is no letter": "\u00e9" * 32,
        "the secret itself": HOOK_SECRETS[1],
        "both": f"{signature(body)}, {signature(body)}",
    }


#: Bodies that name cases are the same whenever the tests are collected.
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
BODY = message("Motif", {"id": 1}, THEN)


@pytest.mark.parametrize("sign", bad_signatures(BODY).values(), ids=bad_signatures(BODY))
def test_nothing_is_believed_that_is_signed_otherwise(house: House, sign: str) -> None:
    answer = house.http.post(
        DOOR,
        content=BODY,
        headers=[(b"content-type", b"application/json"), (b"x-lapin-signature", sign.encode("latin-1"))],
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/signature-refused")


def test_nothing_is_believed_that_is_not_signed(house: House) -> None:
    answer = house.http.post(DOOR, content=BODY, headers={"Content-Type": "application/json"})
    assert answer.json()["type"] == "/problems/signature-refused"
    empty = house.http.post(DOOR, headers={"X-Lapin-Signature": signature(b"")})
    assert (empty.status_code, empty.json()["type"]) == (422, "/problems/malformed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "(body)"),
        (b"[]", "(body)"),
        (b"\xff\xfe", "(body)"),
        (b"[" * 100_000, "(body)"),
        (b"{}", "(body)"),
        (b'{"meta": {"model": "Rdv", "event": "created"}, "data": {"id": 1}}', "timestamp"),
        (message("Rdv", {"id": None}, THEN), "id"),
        (message("Rdv", {"id": "<b>1</b>"}, THEN), "id"),
        (message("UserProfile", {"user": {"id": 1}}, THEN), "organisation"),
        (message("Rdv", {"id": 1}, THEN, "exploded"), "event"),
        (BODY.replace(b"UTC", b"   "), "timestamp"),
        (BODY.replace(b'"20', b'"00'), "timestamp"),
    ],
    ids=repr,
)
def test_what_does_not_say_what_it_is_about_is_not_kept(house: House, body: bytes, field: str) -> None:
    answer = tell(house, body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed")
    assert answer.json()["errors"] == [{"field": field, "expected": "as it is documented"}]


def test_what_is_signed_and_wrong_inside_is_kept_and_shown(house: House) -> None:
    council, key = named(house)
    before = len(house.core.inbox.waiting(1000))
    wrong = json.loads(booked(key, "unknown"))
    wrong["data"]["participations"][0]["status"] = {"Awa": "Diallo"}
    assert tell(house, json.dumps(wrong).encode()).status_code == 202
    take_in(house.core)
    waiting = house.core.inbox.waiting(1000)
    assert [each.reason for each in waiting][-1:] == ["malformed:participations.0.status"]
    assert len(waiting) == before + 1
    assert house.core.inbox.leave_out(System.RDV_SOLIDARITES, waiting[-1].name)
    assert of(house, council, key) == []


def test_nothing_larger_than_a_mebibyte_and_nothing_but_json_is_read(house: House) -> None:
    large = json.dumps({"data": "x" * 1024 * 1024}).encode()
    assert tell(house, large).status_code == 413
    assert tell(house, BODY, **{"Content-Type": "text/plain"}).status_code == 415
    assert house.http.get(DOOR).status_code == 405


def test_what_nobody_records_is_answered_and_not_kept(house: House) -> None:
    assert tell(house, message("AgentRole", {"id": 1}, NOW)).json() == {"kept": False}


def test_what_is_kept_says_nothing_to_whoever_reads_the_database(house: House) -> None:
    key = next(KEYS)
    tell(house, booked(key, "unknown"))
    with house.core.pool.connection() as connection:
        rows = connection.execute(b"select row_to_json(m)::text from inbox_message as m").fetchall()
    stored = " ".join(row[0] for row in rows)
    assert rows
    assert [word for word in ("James", "Cameron", "example.org", f"{key}") if word in stored.replace('"due"', "")] == []
    take_in(house.core)
    (own,) = [each for each in house.core.inbox.waiting(1000) if each.reason == "unknown_organisation"][-1:]
    assert house.core.inbox.leave_out(System.RDV_SOLIDARITES, own.name)


def test_a_door_without_a_secret_is_closed_and_a_short_secret_is_none(tmp_path: Any) -> None:
    closed = Settings.from_environment({"PARCOURS_DATA": str(tmp_path)})
    assert closed.hook_secrets == {}
    opened = {"PARCOURS_HOOK_RDV_SOLIDARITES": "  one-secret-of-16 another-secret-16 "}
    found = Settings.from_environment({"PARCOURS_DATA": str(tmp_path), **opened})
    assert found.hook_secrets == {System.RDV_SOLIDARITES: ("one-secret-of-16", "another-secret-16")}
    assert found.in_demo_mode().hook_secrets[System.IMMERSION_FACILITEE] == (DEMONSTRATION_SECRET,)
    with pytest.raises(NotConfigured):
        Settings.from_environment({"PARCOURS_HOOK_RDV_SOLIDARITES": "fifteen-letters"})


IMMERSIONS = "/v1/hooks/immersion-facilitee"


def test_a_convention_is_told_by_whoever_knows_the_secret(house: House) -> None:
    key = f"40400c99-9c0b-4bbb-bb6d-{next(KEYS):012}"
    agency = house.organisation("agency_mission_locale", "leila")
    for command, asked in (
        ("add-member", {"subject": "immersion-facilitee"}),
        ("link-reference", {"system": "immersion_facilitee", "key": key}),
    ):
        assert house.post(f"/v1/organisations/{agency}/{command}", asked, "staff").status_code == 200
    known = {"id": f"aaaaac99-9c0b-1aaa-aa6d-{next(KEYS):012}", "agencyId": key, "mail": key[-6:]}
    body = updated(convention("IN_REVIEW", 20, {"beneficiary": 10, "establishmentRepresentative": 20}, **known))
    json_type = {"Content-Type": "application/json"}
    for secret in ("", "Bearer", HOOK_SECRETS[0][:-1], f"Bearer {HOOK_SECRETS[0]}", HOOK_SECRETS[0].upper()):
        refused = house.http.post(IMMERSIONS, content=body, headers={**json_type, "Authorization": secret})
        assert (refused.status_code, refused.json()["type"]) == (400, "/problems/signature-refused")
    for secret in HOOK_SECRETS:
        told = house.http.post(IMMERSIONS, content=body, headers={**json_type, "Authorization": secret})
        assert (told.status_code, told.json()) == (202, {"kept": True})
    take_in(house.core)
    house.catch_up()
    items = house.get(f"/v1/organisations/{agency}/caseload", "leila", agency).json()["items"]
    (case,) = [each for each in items if each["journey"] == "immersion-1"]
    read = house.get(f"/v1/candidates/{case['candidate']}/immersions/1", "leila", agency).json()
    assert (read["stage"], read["state"]["reference"]) == ("in_review", known["id"])


@pytest.mark.parametrize(
    ("door", "header", "said"),
    [
        (DOOR, "X-Lapin-Signature", None),
        (DOOR, "X-Lapin-Signature", ""),
        (IMMERSIONS, "Authorization", None),
        (IMMERSIONS, "Authorization", "another-secret-of-somebody"),
    ],
)
def test_what_cannot_be_believed_is_refused_before_it_is_read(
    house: House, door: str, header: str, said: str | None
) -> None:
    """Whoever knows no secret announces a message, and sends none of it."""
    there = house.http.base_url
    with closing(HTTPConnection(there.host, there.port, timeout=5)) as connection:
        connection.putrequest("POST", door)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", "1000"), (header, said)):
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        assert (answer.status, json.load(answer)["type"]) == (400, "/problems/signature-refused")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"subscribedEvent": "convention.updated"}, 422),
        ({"subscribedEvent": "convention.updated", "payload": {"convention": {"id": "1"}}}, 422),
        ({"subscribedEvent": "convention.updated", "payload": {"convention": ["Awa"]}}, 422),
        ({"subscribedEvent": ["convention.updated"]}, 422),
        ({"subscribedEvent": "agency.updated", "payload": {"agency": 1}}, 202),
    ],
    ids=repr,
)
def test_what_is_no_convention_is_not_kept(house: House, body: Json, status: int) -> None:
    before = house.core.inbox.waiting(1000)
    headers = {"Authorization": HOOK_SECRETS[1]}
    assert house.http.post(IMMERSIONS, json=body, headers=headers).status_code == status
    assert house.core.inbox.waiting(1000) == before


def test_what_is_read_again_from_a_list_goes_through_the_same_inbox(house: House, tmp_path: Path) -> None:
    council, key = named(house)
    told = json.loads(booked(key, "unknown"))["data"]
    listed = tmp_path / "rdvs.json"
    listed.write_text(json.dumps({"rdvs": [told], "meta": {"current_page": 1}}))
    assert reread(house.settings, "rdv-solidarites", listed) == 1
    take_in(house.core)
    house.catch_up()
    assert [each["status"] for each in of(house, council, key)] == ["unknown"]
    listed.write_text("[]")
    with pytest.raises(NotConfigured):
        reread(house.settings, "rdv-solidarites", listed)
    with pytest.raises(NotConfigured):
        reread(house.settings, "dora", listed)
    assert reread(house.settings, "immersion-facilitee", listed) == 0
