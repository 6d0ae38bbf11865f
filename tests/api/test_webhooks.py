"""Webhooks from the outside: what a subscribed organisation gets, in which order, and what happens when it does not."""

import json
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook
from uuid_utils.compat import uuid7

from api.jobs import tell_webhooks
from tests.api.conftest import Cast, House
from tests.infrastructure.test_posting import Receiver, address

Json = dict[str, Any]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def company(house: House) -> str:
    """A company of its own, whose administrator is solene and whose member is luc."""
    return house.organisation("aci", "solene", "luc")


def subscribe(house: House, company: str, receiver: Receiver, *events: str) -> Json:
    body = {"url": address(receiver), "events": list(events)}
    made = house.post(f"/v1/organisations/{company}/webhooks", body, "solene", company)
    assert made.status_code == 201, made.text
    answer: Json = made.json()
    return answer


def applied(house: House, cast: Cast, company: str) -> str:
    """Somebody's application to the company; answers its address."""
    candidate = house.candidate("camille", cast.agency)
    path = f"/v1/candidates/{candidate}/job-applications"
    made = house.post(path, {"company": company, "message": "Motivée"}, "camille", cast.agency)
    assert made.status_code == 201, made.text
    return str(made.headers["location"])


def told(receiver: Receiver) -> list[tuple[str, str]]:
    """What was sent, in order: the event, and the dossier."""
    bodies = [json.loads(body) for _, body in receiver.got]
    return [(body["type"], body["data"]["root"]) for body in bodies]


def test_g06_a_company_is_told_of_what_it_subscribed_to_and_of_nothing_else(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    hook = subscribe(house, company, receiver, "job-application.*")
    place = applied(house, cast, company)
    applied(house, cast, cast.rival)
    house.post(f"{place}/start-processing", {}, "solene", company)
    tell_webhooks(house.core)
    root = f"candidate/{place.split('/')[3]}"
    assert told(receiver) == [("job-application.Submitted", root), ("job-application.ProcessingStarted", root)]
    headers, body = receiver.got[0]
    message = Webhook(hook["secret"]).verify(body, headers)
    assert message["data"]["event"]["message"] == "Motivée"
    assert message["data"]["journey"] == "job-application-1"


def test_what_a_member_does_not_read_is_not_told(house: House, cast: Cast, receiver: Receiver) -> None:
    house.post(
        f"/v1/organisations/{cast.agency}/webhooks",
        {"url": address(receiver), "events": ["job-application.Commented", "job-application.Refused"]},
        "camille",
        cast.agency,
    )
    place = applied(house, cast, cast.company)
    house.post(f"{place}/add-comment", {"text": "Entre nous"}, "nadia", cast.company)
    answer = {"reason": "no_position", "shared": True, "answer": "Non", "answer_to_prescriber": "Non"}
    assert house.post(f"{place}/refuse", answer, "nadia", cast.company).status_code == 200
    tell_webhooks(house.core)
    assert [name for name, _ in told(receiver)] == ["job-application.Refused"]


@pytest.mark.parametrize(
    ("kind", "nir", "seen"),
    [
        ("siae", "290027800610122", ("[withheld]", "[withheld]")),
        ("delegataire_rsa", "290027800610221", ("[withheld]", "delegataire_rsa-1")),
        ("conseil_departemental", "290027800610320", ("290027800610320", "conseil_departemental-1")),
    ],
)
def test_g08_fields_hidden_from_a_kind_of_organisation_are_withheld(
    house: House, receiver: Receiver, kind: str, nir: str, seen: tuple[str, str]
) -> None:
    follower = house.organisation(kind, "karim")
    council = house.organisation("conseil_departemental", "odile")
    body = {"url": address(receiver), "events": ["candidate.IdentifiersSet"]}
    assert house.post(f"/v1/organisations/{follower}/webhooks", body, "karim", follower).status_code == 201
    person = house.candidate("karim", follower)
    house.post(f"/v1/candidates/{person}/join-organisation", {"organisation": council}, "odile", council)
    numbers = {"nir": nir, "department_internal_id": f"{kind}-1", "internal_id_department": "26"}
    done = house.post(f"/v1/candidates/{person}/set-identifiers", numbers, "odile", council)
    assert done.status_code == 200, done.text
    tell_webhooks(house.core)
    ((_, sent),) = receiver.got
    event = json.loads(sent)["data"]["event"]
    assert (event["nir"], event["department_internal_id"]) == seen


def test_s35_only_the_receiver_that_failed_is_told_again(house: House, cast: Cast, company: str) -> None:
    with Receiver() as failing, Receiver() as taking:
        for server in (failing, taking):
            Thread(target=server.serve_forever, daemon=True).start()
            subscribe(house, company, server, "job-application.Submitted")
        failing.status = 500
        applied(house, cast, company)
        tell_webhooks(house.core)
        failing.status = 204
        later, sending = house.core.clock.now() + timedelta(seconds=6), house.core.teller.sending(house.core.post.send)
        while house.core.hooks.attempt(later, sending):
            pass
        assert (len(failing.got), len(taking.got)) == (2, 1)
        failing.shutdown()
        taking.shutdown()


def test_what_fails_is_sent_again_later_and_holds_its_own_dossier_only(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    subscribe(house, company, receiver, "job-application.*")
    first, second = applied(house, cast, company), applied(house, cast, company)
    receiver.status = 503
    tell_webhooks(house.core)
    roots = {f"candidate/{place.split('/')[3]}" for place in (first, second)}
    assert {root for _, root in told(receiver)} == roots
    house.post(f"{first}/start-processing", {}, "solene", company)
    receiver.status = 204
    tell_webhooks(house.core)
    assert len(receiver.got) == 2, "nothing is due yet, and nothing overtakes"
    later = house.core.clock.now() + timedelta(seconds=6)
    sending = house.core.teller.sending(house.core.post.send)
    while house.core.hooks.attempt(later, sending):
        pass
    names = [name for name, root in told(receiver)[2:] if root == f"candidate/{first.split('/')[3]}"]
    assert names == ["job-application.Submitted", "job-application.ProcessingStarted"]
    repeated = [headers["webhook-id"] for headers, _ in receiver.got]
    assert sorted(repeated[:2]) == sorted(set(repeated[2:]) & set(repeated[:2]))


def test_s37_what_is_given_up_is_seen_and_sent_again_or_left_out(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    hook = subscribe(house, company, receiver, "job-application.*")
    place = applied(house, cast, company)
    house.post(f"{place}/start-processing", {}, "solene", company)
    receiver.status = 500
    now, sending = house.core.clock.now(), house.core.teller.sending(house.core.post.send)
    tell_webhooks(house.core)
    for _ in range(12):
        now += timedelta(days=2)
        house.core.hooks.attempt(now, sending)
    own = f"/v1/organisations/{company}/webhooks/{hook['id']}"
    (letter,) = house.get(f"{own}/given-up", "solene", company).json()["items"]
    assert (letter["attempts"], letter["reason"], letter["behind"]) == (10, "500", 1)
    assert len(receiver.got) == 10
    receiver.status = 204
    again = house.post(f"{own}/send-again", {"position": letter["position"]}, "solene", company)
    assert again.json() == {"letters": 1}
    tell_webhooks(house.core)
    assert [name for name, _ in told(receiver)[10:]] == [
        "job-application.Submitted",
        "job-application.ProcessingStarted",
    ]
    assert house.get(f"{own}/given-up", "solene", company).json() == {"items": [], "next": None}
    assert house.post(f"{own}/leave-out", {"position": letter["position"]}, "solene", company).status_code == 404


def test_a_letter_that_is_left_out_lets_the_others_go_on(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    hook = subscribe(house, company, receiver, "job-application.*")
    place = applied(house, cast, company)
    house.post(f"{place}/start-processing", {}, "solene", company)
    receiver.status = 500
    now, sending = house.core.clock.now(), house.core.teller.sending(house.core.post.send)
    tell_webhooks(house.core)
    for _ in range(12):
        now += timedelta(days=2)
        house.core.hooks.attempt(now, sending)
    own = f"/v1/organisations/{company}/webhooks/{hook['id']}"
    (letter,) = house.get(f"{own}/given-up", "solene", company).json()["items"]
    assert house.post(f"{own}/leave-out", {"position": letter["position"]}, "solene", company).status_code == 200
    receiver.status = 204
    tell_webhooks(house.core)
    assert told(receiver)[-1][0] == "job-application.ProcessingStarted"


def test_everything_is_told_again_from_an_instant_on(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    start = house.core.clock.now().isoformat()
    place = applied(house, cast, company)
    hook = subscribe(house, company, receiver, "*")
    tell_webhooks(house.core)
    assert receiver.got == [], "nothing is told of what came before"
    own = f"/v1/organisations/{company}/webhooks/{hook['id']}"
    answer = house.post(f"{own}/replay", {"since": start}, "solene", company)
    assert answer.json()["letters"] >= 1
    tell_webhooks(house.core)
    assert ("job-application.Submitted", f"candidate/{place.split('/')[3]}") in told(receiver)


def test_an_address_that_is_gone_ends_the_subscription_until_it_is_renewed(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    hook = subscribe(house, company, receiver, "job-application.*")
    applied(house, cast, company)
    receiver.status = 410
    tell_webhooks(house.core)
    tell_webhooks(house.core)
    own = f"/v1/organisations/{company}/webhooks"
    assert len(receiver.got) == 1
    assert [each["active"] for each in house.get(own, "solene", company).json()["items"]] == [False]
    receiver.status = 204
    renewed = house.post(f"{own}/{hook['id']}/renew-secret", {}, "solene", company).json()
    assert renewed["secret"] != hook["secret"]
    tell_webhooks(house.core)
    headers, body = receiver.got[-1]
    assert Webhook(renewed["secret"]).verify(body, headers)["type"] == "job-application.Submitted"


def test_several_workers_tell_everything_once_and_in_order(
    house: House, cast: Cast, company: str, receiver: Receiver
) -> None:
    subscribe(house, company, receiver, "job-application.*")
    places = [applied(house, cast, company) for _ in range(6)]
    for place in places:
        house.post(f"{place}/start-processing", {}, "solene", company)
        house.post(f"{place}/postpone", {}, "solene", company)
    threads = [Thread(target=tell_webhooks, args=(house.core,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell_webhooks(house.core)
    steps = ["job-application.Submitted", "job-application.ProcessingStarted", "job-application.Postponed"]
    for place in places:
        root = f"candidate/{place.split('/')[3]}"
        assert [name for name, where in told(receiver) if where == root] == steps


def test_only_administrators_subscribe_for_an_organisation(house: House, company: str, receiver: Receiver) -> None:
    own, body = f"/v1/organisations/{company}/webhooks", {"url": address(receiver), "events": ["*"]}
    for who, problem in (("luc", "not-your-role"), ("camille", "not-a-member")):
        answer = house.post(own, body, who, company)
        assert (answer.status_code, answer.json()["type"]) == (403, f"/problems/{problem}")
    assert house.get(f"{own}/{uuid7()}/given-up", "solene", company).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "ftp://example.org", "events": ["*"]}, "body.url"),
        ({"url": "https://example.org", "events": ["job-application.Teleported"]}, "body.events"),
        ({"url": "https://example.org", "events": []}, "body.events"),
        ({"url": "https://example.org", "events": ["*"], "secret": "mine"}, "body.secret"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_says_which_field(house: House, company: str, wrong: Json, field: str) -> None:
    answer = house.post(f"/v1/organisations/{company}/webhooks", wrong, "solene", company)
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [field])


def test_an_organisation_has_twenty_webhooks_at_most(house: House, company: str, receiver: Receiver) -> None:
    made = [subscribe(house, company, receiver, "*") for _ in range(20)]
    own, body = f"/v1/organisations/{company}/webhooks", {"url": address(receiver), "events": ["*"]}
    refused = house.post(own, body, "solene", company)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-webhooks")
    gone = house.http.delete(f"{own}/{made[0]['id']}", headers=house.headers("solene", company))
    assert gone.status_code == 204
    assert house.post(own, body, "solene", company).status_code == 201
