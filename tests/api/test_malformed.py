"""Requests that are not requests: each is answered, names the field, and repeats nothing of what it was given."""

import json
from typing import Any

import httpx
import pytest
from uuid_utils.compat import uuid7

from tests.api.conftest import Cast, House

PERSON = {"first_name": "Awa", "last_name": "Diallo"}
JSON = {"Content-Type": "application/json"}


def send(house: House, cast: Cast, raw: bytes, path: str = "/v1/candidates", **headers: str) -> httpx.Response:
    return house.http.post(path, content=raw, headers=house.headers("camille", cast.agency, **{**JSON, **headers}))


def malformed(answer: httpx.Response) -> list[tuple[str, str]]:
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed"), answer.text
    return [(error["field"], error["expected"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(("body", "field", "expected"), [
    ({}, "first_name", "Field required"),
    ({"first_name": 7}, "first_name", "Input should be a valid string"),
    ({"first_name": None}, "first_name", "Input should be a valid string"),
    ({"first_name": ["Awa"]}, "first_name", "Input should be a valid string"),
    ({"first_name": "Aw\0a"}, "first_name", "Input should be text without NUL characters"),
    ({"title": "Mister Zanzibar"}, "title", "Input should be 'monsieur' or 'madame'"),
    ({"zanzibar_member": 1}, "zanzibar_member", "Extra inputs are not permitted"),
    ({"Zanzibar 06 12": 1}, "(unnamed)", "Extra inputs are not permitted"),
    ({"occurred_at": "2026-03-01T10:00:00"}, "occurred_at", "Input should have timezone info"),
    ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at", "Input should be a time from 1900 to 2199"),
    ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "occurred_at", "Input should be a time from 1900 to 2199"),
    ({"homonym_of": "Zanzibar"}, "homonym_of", None),
])  # fmt: skip
def test_the_field_and_what_was_expected_are_named(
    house: House, cast: Cast, body: dict[str, Any], field: str, expected: str | None
) -> None:
    given = body if body == {} else {**PERSON, **body}
    answer = send(house, cast, json.dumps(given).encode())
    found = malformed(answer)
    assert found[0][0] == field
    assert expected in {None, found[0][1]}
    assert "Zanzibar" not in answer.text


@pytest.mark.parametrize("raw", [
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"12",
    b"\xff\xfe\x00",
    b'{"first_name": "\xff", "last_name": "D"}',
    b'{"first_name": "\\ud800", "last_name": "D"}',
    b'{"first_name": NaN, "last_name": "D"}',
    b'{"first_name": Infinity, "last_name": "D"}',
    b'{"first_name": "A", "last_name": "D", "first_name": "B"}',
    b'{"first_name": "A", "last_name": "D"} {}',
    b'\xef\xbb\xbf{"first_name": "A", "last_name": "D"}',
    '{"first_name": "A", "last_name": "D"}'.encode("utf-16"),
    b"[" * 60_000,
    b'{"first_name":' * 4_000 + b"1" + b"}" * 4_000,
    b'{"first_name": ' + b"9" * 60_000 + b"}",
])  # fmt: skip
def test_what_is_no_json_object_is_malformed(house: House, cast: Cast, raw: bytes) -> None:
    assert malformed(send(house, cast, raw))


def test_a_member_given_twice_is_refused_at_any_depth(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    path = f"/v1/candidates/{candidate}/describe-social-situation"
    assert malformed(send(house, cast, b'{"rqth": true, "rqth": false}', path)) == [
        ("(body)", "Input should be an object in which no member is given twice")
    ]


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**30, 10**400])
def test_numbers_that_not_everybody_can_read_are_malformed(house: House, cast: Cast, number: int) -> None:
    candidate = house.candidate("camille", cast.agency)
    house.post(f"/v1/candidates/{candidate}/job-applications", {"company": cast.company, "message": "M"}, "camille",
               cast.agency)  # fmt: skip
    path = f"/v1/candidates/{candidate}/job-applications/1/delete-comment"
    answer = house.http.post(
        path, content=json.dumps({"number": number}), headers=house.headers("nadia", cast.company, **JSON)
    )
    assert malformed(answer)[0][0] == "number"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "2026-03-01T10:00:00", 20260301, "hier"])
def test_a_day_is_a_day_of_our_centuries(house: House, cast: Cast, day: object) -> None:
    candidate = house.candidate("camille", cast.agency)
    body = {"on": day, "kind": "permanent"}
    path = f"/v1/candidates/{candidate}/declare-employment-found"
    assert malformed(send(house, cast, json.dumps(body).encode(), path))[0][0] == "on"


def test_text_in_lists_and_attachments_is_checked_too(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    example = house.http.get("/openapi.json").json()["paths"]["/v1/candidates/{root}/orientations"]["post"]
    body = example["requestBody"]["content"]["application/json"]["example"]
    body = {**body, "receiver": cast.service, "situation": ["a", "b\0"],
            "attachments": [{"reference": "\0", "name": "cv.pdf", "size": 2**60}]}  # fmt: skip
    found = malformed(send(house, cast, json.dumps(body).encode(), f"/v1/candidates/{candidate}/orientations"))
    assert [field for field, _ in found] == ["situation.1", "attachments.0.reference", "attachments.0.size"]


@pytest.mark.parametrize("subject", ["camille@example.org", "", "Camille Le Bihan", "é", "x" * 256, "a\nb"])
def test_a_subject_is_never_an_address_or_a_name(house: House, cast: Cast, subject: str) -> None:
    answer = house.post(f"/v1/organisations/{cast.company}/add-member", {"subject": subject}, "staff")
    assert malformed(answer)[0][0] == "subject"


@pytest.mark.parametrize("path", [
    "/v1/candidates/not-a-uuid",
    "/v1/candidates/Zanzibar/job-applications/1",
    "/v1/candidates/{uuid}/job-applications/0",
    "/v1/candidates/{uuid}/job-applications/-1",
    "/v1/candidates/{uuid}/job-applications/one",
    "/v1/candidates/{uuid}/job-applications/1000001",
    "/v1/candidates/{uuid}/job-applications/99999999999999999999999999",
    "/v1/candidates/{uuid}?version=0",
    "/v1/candidates/{uuid}?version=99999999999999999999999",
    "/v1/candidates/{uuid}?as_of=yesterday",
    "/v1/candidates/{uuid}?as_of=2026-01-01T00:00:00",
    "/v1/candidates/{uuid}?as_of=0001-01-01T00:00:00%2B14:00",
    "/v1/candidates/{uuid}/timeline?after=-1",
    "/v1/candidates/{uuid}/timeline?after=99999999999999999999",
    "/v1/candidates/{uuid}/timeline?limit=501",
    "/v1/candidates/{uuid}/history?limit=0",
    "/v1/candidates/{uuid}/history?format=xml",
    "/v1/candidates/{uuid}/history?up_to=99999999999999999999",
    "/v1/organisations/{organisation}/caseload?after=nonsense",
    "/v1/organisations/{organisation}/caseload?after=[1,2]",
    "/v1/organisations/{organisation}/caseload?after=%5B%22infinity%22,%22%5Cu0000%22,%22%22%5D",
    "/v1/events?partition=-1",
    "/v1/events",
    "/v1/events?partition=0&after=99999999999999999999",
    "/v1/events?partition=0&wait=31",
    "/v1/indicators/without-solution-30-days?from=0000-01&to=2026-01",
    "/v1/indicators/without-solution-30-days?from=2026-13&to=2026-01",
    "/v1/indicators/without-solution-30-days?from=1900-01&to=2199-12",
    "/v1/indicators/without-solution-30-days?from=2026-02&to=2026-01",
    "/v1/indicators/without-solution-30-days?from=2026-01&to=2026-01&by=name",
    "/v1/indicators/without-solution-30-days?measure=stock&as_of=5",
    "/v1/indicators/without-solution-30-days?measure=count&from=2026-01&to=2026-01",
    "/v1/indicators/without-solution-30-days?from=2026-01&to=2026-01&by=receiver",
    "/v1/indicators/without-solution-30-days?from=2026-01",
    "/v1/indicators/without-solution-30-days?to=2026-01&format=json",
    "/v1/indicators/without-solution-30-days?from=2026-01&to=2026-01&format=xml",
])  # fmt: skip
def test_addresses_are_checked_like_bodies(house: House, cast: Cast, path: str) -> None:
    address = path.format(uuid=uuid7(), organisation=cast.agency)
    headers = {"Authorization": f"Bearer {house.token('camille', 'demo')}"}
    answer = house.http.get(address, headers=headers)
    assert malformed(answer)
    assert "Zanzibar" not in answer.text


def test_a_nul_in_an_address_is_answered(house: House, cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {house.token('camille', 'demo')}"}
    for path in (f"/v1/organisations/{cast.agency}/caseload?after=%00", "/v1/indicators/%00", "/v1/%00",
                 "/problems/%00", "/docs/%00", f"/v1/candidates/{uuid7()}%00"):  # fmt: skip
        assert house.http.get(path, headers=headers).status_code in {404, 422}, path


def test_a_partition_beyond_the_last_one_is_unknown(house: House) -> None:
    headers = {"Authorization": f"Bearer {house.token('feed', 'demo')}"}
    assert house.http.get("/v1/events?partition=8", headers=headers).status_code == 404


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_only_json_is_read(house: House, cast: Cast, kind: str) -> None:
    answer = send(house, cast, b"{}", **{"Content-Type": kind})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/not-json")


def test_json_may_say_its_charset(house: House, cast: Cast) -> None:
    mail = f"{uuid7().hex}@example.org"
    raw = json.dumps({**PERSON, "email": mail}).encode()
    assert send(house, cast, raw, **{"Content-Type": "Application/JSON; charset=utf-8"}).status_code == 201


@pytest.mark.parametrize("size", [64 * 1024 + 1, 10_000_000])
def test_a_body_that_is_too_large_is_not_read(house: House, cast: Cast, size: int) -> None:
    answer = send(house, cast, b" " * size)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_a_stream_that_does_not_say_its_size_is_cut_too(house: House, cast: Cast) -> None:
    with httpx.Client(base_url=house.base, timeout=30) as client:
        headers = house.headers("camille", cast.agency, **JSON)
        answer = client.post("/v1/candidates", content=(b" " * 1024 for _ in range(200)), headers=headers)
    assert answer.status_code == 413


def test_a_body_of_the_largest_size_is_read(house: House, cast: Cast) -> None:
    raw = json.dumps({**PERSON, "email": f"{uuid7().hex}@example.org"}).encode()
    assert send(house, cast, raw.ljust(64 * 1024)).status_code == 201


def test_an_empty_body_is_an_object_without_members(house: House, cast: Cast) -> None:
    found = malformed(house.http.post("/v1/candidates", headers=house.headers("camille", cast.agency)))
    assert found == [("first_name", "Field required"), ("last_name", "Field required")]


def test_an_organisation_to_act_for_is_an_identifier(house: House) -> None:
    answer = house.get(f"/v1/candidates/{uuid7()}", "camille", "Zanzibar")
    assert malformed(answer)[0][0] == "header.Acting-Organisation"
    assert "Zanzibar" not in answer.text
