"""What a client may count on when it issues commands."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from uuid_utils.compat import uuid7

from tests.api.conftest import Cast, House


def applied(house: House, cast: Cast, **more: str) -> str:
    """The address of a new application to the company."""
    candidate = house.candidate("camille", cast.agency)
    body = {"company": cast.company, "message": "Motivée"}
    made = house.post(f"/v1/candidates/{candidate}/job-applications", body, "camille", cast.agency, **more)
    assert made.status_code == 201, made.text
    return str(made.headers["location"])


def names(answer: httpx.Response) -> list[str]:
    return [event["name"] for event in answer.json()["events"]]


def test_an_answer_says_where_the_journey_stands_and_what_comes_next(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    answer = house.post(f"{address}/start-processing", {}, "nadia", cast.company)
    assert answer.status_code == 200
    assert (answer.headers["etag"], answer.headers["cache-control"]) == ('"2"', "no-store")
    body = answer.json()
    assert (body["journey"], body["version"], body["stage"], body["repeated"]) == (
        "job-application-1",
        2,
        "processing",
        False,
    )
    assert names(answer) == ["job-application.ProcessingStarted"]
    assert {"accept", "refuse", "postpone"} <= set(body["next"])
    assert "refuse-automatically" not in body["next"]


def test_the_location_of_what_is_opened_can_be_read(house: House, cast: Cast) -> None:
    registered = house.post("/v1/candidates", {"first_name": "Awa", "last_name": "D", "email": f"{uuid7().hex}@x.fr"},
                            "camille", cast.agency)  # fmt: skip
    assert registered.status_code == 201
    assert registered.headers["location"] == f"/v1/candidates/{registered.json()['id']}"
    read = house.get(registered.headers["location"], "camille", cast.agency)
    assert (read.status_code, read.headers["etag"]) == (200, '"1"')
    assert read.json()["state"] == registered.json()["state"]


def test_a_stale_version_is_refused_and_the_current_one_is_told(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    stale = house.post(f"{address}/start-processing", {}, "nadia", cast.company, **{"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["type"], stale.json()["current"]) == (412, "/problems/version-mismatch", 1)
    fresh = house.post(f"{address}/start-processing", {}, "nadia", cast.company, **{"If-Match": '"1"'})
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"2"')


@pytest.mark.parametrize("tag", ["*", 'W/"1"', "1", '"-1"', '"1", "2"', '"99999999999999"'])
def test_an_if_match_that_is_no_version_is_malformed(house: House, cast: Cast, tag: str) -> None:
    answer = house.post("/v1/candidates", {}, "camille", cast.agency, **{"If-Match": tag})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed")


def test_the_same_request_twice_is_answered_once(house: House, cast: Cast) -> None:
    address, key = applied(house, cast), {"Idempotency-Key": uuid7().hex}
    first, again = (house.post(f"{address}/start-processing", {}, "nadia", cast.company, **key) for _ in range(2))
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert {**first.json(), "repeated": True} == again.json()
    assert (first.headers["etag"], again.headers["etag"]) == ('"2"', '"2"')


def test_a_registration_sent_twice_opens_one_dossier(house: House, cast: Cast) -> None:
    body = {"first_name": "Awa", "last_name": "Diallo", "email": f"{uuid7().hex}@example.org"}
    key = {"Idempotency-Key": uuid7().hex}
    first, again = (house.post("/v1/candidates", body, "camille", cast.agency, **key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.headers["location"] == again.headers["location"]
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert first.json()["events"] == again.json()["events"]


def test_a_journey_opened_twice_with_one_key_is_one_journey(house: House, cast: Cast) -> None:
    path = f"/v1/candidates/{house.candidate('camille', cast.agency)}/job-applications"
    body, key = {"company": cast.company, "message": "Motivée"}, {"Idempotency-Key": uuid7().hex}
    first, again = (house.post(path, body, "camille", cast.agency, **key) for _ in range(2))
    assert [first.headers["location"], again.headers["location"]] == [f"{path}/1", f"{path}/1"]
    assert house.get(f"{path}/2", "camille", cast.agency).status_code == 404


@pytest.mark.parametrize("change", ["body", "command", "acting", "subject"])
def test_a_key_serves_one_request_only(house: House, cast: Cast, change: str) -> None:
    address, key = applied(house, cast), {"Idempotency-Key": uuid7().hex}
    assert house.post(f"{address}/postpone", {"answer": "Bientôt"}, "nadia", cast.company, **key).status_code == 200
    other: dict[str, tuple[str, dict[str, Any], str, str]] = {
        "body": (f"{address}/postpone", {"answer": "Plus tard"}, "nadia", cast.company),
        "command": (f"{address}/add-to-pool", {"answer": "Bientôt"}, "nadia", cast.company),
        "acting": (f"{address}/postpone", {"answer": "Bientôt"}, "camille", cast.agency),
        "subject": (f"{address}/postpone", {"answer": "Bientôt"}, "luc", cast.company),
    }
    path, body, subject, acting = other[change]
    answer = house.post(path, body, subject, acting, **key)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-reused")
    assert "Bientôt" not in answer.text


def test_a_key_of_a_registration_serves_one_person_only(house: House, cast: Cast) -> None:
    key = {"Idempotency-Key": uuid7().hex}
    one, other = ({"first_name": "Awa", "last_name": "Diallo", "email": f"{uuid7().hex}@example.org"} for _ in range(2))
    assert house.post("/v1/candidates", one, "camille", cast.agency, **key).status_code == 201
    answer = house.post("/v1/candidates", other, "camille", cast.agency, **key)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-reused")


def test_the_keys_of_two_applications_do_not_meet(house: House, cast: Cast) -> None:
    address, key = applied(house, cast), uuid7().hex
    house.post(f"{address}/postpone", {}, "nadia", cast.company, **{"Idempotency-Key": key})
    other = {
        "Authorization": f"Bearer {house.token('nadia', 'dora')}",
        "Acting-Organisation": cast.company,
        "Idempotency-Key": key,
    }
    answer = house.http.post(f"{address}/add-to-pool", json={}, headers=other)
    assert (answer.status_code, answer.json()["repeated"]) == (200, False)


def test_one_key_at_the_same_moment_records_one_event(house: House, cast: Cast) -> None:
    address, key = applied(house, cast), {"Idempotency-Key": uuid7().hex}

    def ask(_: int) -> httpx.Response:
        return house.post(f"{address}/start-processing", {}, "nadia", cast.company, **key)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted(answer.json()["repeated"] for answer in answers) == [False, True, True, True]
    assert len({str(answer.json()["events"]) for answer in answers}) == 1
    assert house.get(address, "nadia", cast.company).json()["version"] == 2


def test_one_registration_at_the_same_moment_opens_one_dossier(house: House, cast: Cast) -> None:
    body = {"first_name": "Awa", "last_name": "Diallo", "email": f"{uuid7().hex}@example.org"}
    key = {"Idempotency-Key": uuid7().hex}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: house.post("/v1/candidates", body, "camille", cast.agency, **key), range(4)))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.headers["location"] for answer in answers}) == 1


@pytest.mark.parametrize("key", ["", "clé", "a b", "k" * 201])
def test_a_key_is_visible_ascii(house: House, cast: Cast, key: str) -> None:
    headers = {name: value.encode() for name, value in house.headers("camille", cast.agency).items()}
    raw = [(name.encode(), value) for name, value in {**headers, "Idempotency-Key": key.encode()}.items()]
    answer = house.http.post("/v1/candidates", json={"first_name": "Awa", "last_name": "Diallo"}, headers=raw)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed")
    assert answer.json()["errors"][0]["field"] == "header.idempotency-key"


def test_what_happened_before_is_recorded_as_of_then(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    future = house.post(f"{address}/start-processing", {"occurred_at": "2190-01-01T10:00:00+01:00"}, "nadia",
                        cast.company)  # fmt: skip
    assert (future.status_code, future.json()["type"]) == (409, "/problems/in-the-future")
    past = house.post(f"{address}/start-processing", {"occurred_at": "2001-01-01T10:00:00Z"}, "nadia", cast.company)
    assert (past.status_code, past.json()["type"]) == (409, "/problems/too-long-ago")
    assert past.json()["details"]["days"] > 0
