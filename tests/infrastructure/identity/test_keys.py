"""Keys that change, and issuers that fail (identity §11.3, 18 to 21, and 23)."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler

import httpx
import pytest
from joserfc.jwk import OctKey
from structlog.testing import capture_logs

from infrastructure.identity import jwks
from infrastructure.identity.keys import read_key_set
from infrastructure.identity.refusals import Cause, KeysUnavailable
from infrastructure.identity.remembered import RememberedTokens, digest_of
from tests.infrastructure.identity.issuing import (
    EC,
    OTHER_EC,
    Door,
    HandClock,
    KeyServer,
    answering,
    dripping,
    endless,
    issue,
    key_set,
    trusting,
)

DOWN = answering(b"", 503)


def keys_of(door: Door) -> jwks.KeysOfAnAddress:
    (issuer,) = door.verifier._issuers.values()
    assert isinstance(issuer.keys, jwks.KeysOfAnAddress)
    return issuer.keys


def after_the_background_refresh(door: Door) -> None:
    pending = keys_of(door)._pending
    assert pending is not None
    pending.result(timeout=5)


def test_18_a_key_published_before_its_use_is_known_when_it_is_used(door: Door) -> None:
    door.server.publishes(EC)
    door.lets_in(issue())
    door.server.publishes(EC, OTHER_EC)
    door.clock.goes(minutes=5)
    door.lets_in(issue())
    after_the_background_refresh(door)
    assert door.lets_in(issue(OTHER_EC)).subject == "camille"
    assert len(door.server.asked) == 2


def test_18_a_key_used_as_soon_as_it_is_published_costs_one_request(door: Door) -> None:
    door.server.publishes(EC)
    door.lets_in(issue())
    door.server.publishes(EC, OTHER_EC)
    door.clock.goes(seconds=30)
    assert door.lets_in(issue(OTHER_EC)).subject == "camille"
    assert len(door.server.asked) == 2


def test_18_a_key_is_accepted_until_it_is_removed_and_no_longer(door: Door) -> None:
    door.server.publishes(EC, OTHER_EC)
    assert door.lets_in(issue(jti="1")).subject == "camille"
    door.server.publishes(OTHER_EC)
    assert door.lets_in(issue(jti="2")).subject == "camille"
    door.clock.goes(minutes=5)
    assert door.lets_in(issue(jti="3")).subject == "camille"
    after_the_background_refresh(door)
    door.refuses(issue(jti="4"), Cause.UNKNOWN_KEY)


def test_19_a_flood_of_unknown_keys_makes_one_request_in_thirty_seconds(door: Door) -> None:
    door.lets_in(issue())
    door.clock.goes(seconds=30)
    for number in range(50):
        door.refuses(issue(EC, {"kid": f"unknown-{number}"}), Cause.UNKNOWN_KEY)
    assert len(door.server.asked) == 2
    door.clock.goes(seconds=29.9)
    door.refuses(issue(EC, {"kid": "unknown"}), Cause.UNKNOWN_KEY)
    assert len(door.server.asked) == 2
    door.clock.goes(seconds=0.1)
    door.refuses(issue(EC, {"kid": "unknown"}), Cause.UNKNOWN_KEY)
    assert len(door.server.asked) == 3


def test_19_a_flood_from_many_threads_makes_one_request(door: Door) -> None:
    door.lets_in(issue())
    door.clock.goes(seconds=30)
    tokens = [issue(EC, {"kid": f"unknown-{number}"}) for number in range(32)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda token: door.refuses(token, Cause.UNKNOWN_KEY), tokens))
    assert len(door.server.asked) == 2


def test_20_the_service_starts_while_the_issuer_is_down_but_is_not_ready(door: Door) -> None:
    door.server.answer = DOWN
    assert not door.verifier.ready()
    with pytest.raises(KeysUnavailable):
        door.lets_in(issue())
    door.server.publishes(EC)
    with pytest.raises(KeysUnavailable):
        door.lets_in(issue())
    assert len(door.server.asked) == 1
    door.clock.goes(seconds=5)
    assert door.verifier.ready()
    assert door.lets_in(issue()).subject == "camille"


def test_20_known_keys_serve_for_a_day_while_the_issuer_is_down(door: Door) -> None:
    door.lets_in(issue())
    door.server.answer = DOWN
    door.clock.goes(hours=23, minutes=59)
    fresh = issue(iat=int(door.clock.at.timestamp()), exp=int(door.clock.at.timestamp()) + 600)
    with capture_logs() as logs:
        assert door.lets_in(fresh).subject == "camille"
        after_the_background_refresh(door)
    assert [entry["event"] for entry in logs] == ["issuer_keys_not_read"]
    door.clock.goes(minutes=1)
    with pytest.raises(KeysUnavailable):
        door.lets_in(fresh)
    assert not door.verifier.ready()


def test_20_during_an_outage_nobody_can_tell_whether_an_unknown_key_is_good(door: Door) -> None:
    door.lets_in(issue())
    door.server.answer = DOWN
    door.clock.goes(seconds=30)
    for _ in range(2):
        with pytest.raises(KeysUnavailable):
            door.lets_in(issue(EC, {"kid": "new"}))
    assert len(door.server.asked) == 2


def test_20_an_address_where_nobody_answers_is_an_outage(server: KeyServer, client: httpx.Client) -> None:
    door = Door(server, client, trusting("http://127.0.0.1:1/jwks"))
    with pytest.raises(KeysUnavailable):
        door.lets_in(issue())


SYMMETRIC = json.dumps({"keys": [{**OctKey.import_key(b"x" * 32).as_dict(), "use": "sig", "kid": "ec"}]}).encode()
PRIVATE = json.dumps({"keys": [EC.as_dict(private=True)]}).encode()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(answering(b"<html></html>", **{"content-type": "text/html"}), id="a page"),
        pytest.param(answering(key_set(EC), 500), id="an error with keys in it"),
        pytest.param(answering(key_set(EC), 203), id="keys, but not the issuer's own"),
        pytest.param(answering(b"", 302, location="/elsewhere"), id="a redirect"),
        pytest.param(answering(b" " * 256 * 1024 + key_set(EC)), id="keys after too much room"),
        pytest.param(endless, id="fifty megabytes"),
        pytest.param(answering(b'{"keys": []}'), id="no key"),
        pytest.param(answering(b'{"keys": {}}'), id="keys that are no list"),
        pytest.param(answering(b'{"keys": [1, null, "ec", {}, {"use": "sig", "kid": "ec"}]}'), id="keys that are none"),
        pytest.param(answering(b'{"keys": [], "keys": []}'), id="two lists of keys"),
        pytest.param(answering(b"[" * 100_000), id="brackets"),
        pytest.param(answering(SYMMETRIC), id="a symmetric key"),
        pytest.param(answering(PRIVATE), id="a private key"),
        pytest.param(dripping, id="a slow drip"),
    ],
)
def test_21_what_is_not_a_set_of_keys_changes_nothing(
    door: Door, answer: Callable[[BaseHTTPRequestHandler], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jwks, "PATIENCE", 0.5)
    good, door.server.answer = door.server.answer, answer
    with pytest.raises(KeysUnavailable):
        door.lets_in(issue())
    door.server.answer = good
    after_the_background_refresh(door)
    door.clock.goes(seconds=5)
    assert door.lets_in(issue()).subject == "camille"
    assert door.server.asked == ["/jwks", "/jwks"]


def test_21_a_slow_issuer_does_not_hold_a_request_beyond_our_patience(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jwks, "PATIENCE", 0.2)
    release = threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        release.wait(1.5)

    door.server.answer = silent
    with pytest.raises(KeysUnavailable):
        door.lets_in(issue())
    pending = keys_of(door)._pending
    assert pending is not None
    assert not pending.done()
    release.set()
    after_the_background_refresh(door)


def test_21_one_broken_key_does_not_hide_the_others() -> None:
    document = json.loads(key_set(EC))
    document["keys"] += [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "use": "sig", "kid": "broken"}]
    document["keys"] += [{"kty": "AKP", "use": "sig", "kid": "of the future"}]
    document["keys"] += [{"kty": "RSA", "n": 7, "e": "AQAB", "use": "sig", "kid": "no modulus"}]
    assert list(read_key_set(json.dumps(document).encode())) == ["ec"]


def test_23_while_the_issuer_is_slow_concurrent_calls_wait_for_one_request(door: Door) -> None:
    seen: list[str] = []
    release = threading.Event()
    publish = door.server.answer

    def slowly(request: BaseHTTPRequestHandler) -> None:
        release.wait(5)
        publish(request)

    door.server.answer = slowly
    callers = [threading.Thread(target=lambda: seen.append(door.lets_in(issue()).subject)) for _ in range(4)]
    for caller in callers:
        caller.start()
    release.set()
    for caller in callers:
        caller.join()
    assert (seen, len(door.server.asked)) == (["camille"] * 4, 1)


def test_23_a_verified_token_is_believed_for_thirty_seconds(door: Door) -> None:
    token = issue()
    assert door.verifier.remembered(token) is None
    principal = door.lets_in(token)
    door.clock.goes(seconds=29.9)
    assert door.verifier.remembered(token) == principal
    door.clock.goes(seconds=0.1)
    assert door.verifier.remembered(token) is None


def test_23_a_token_is_not_believed_beyond_its_expiry(door: Door) -> None:
    token = issue(exp=int(door.clock.at.timestamp()) + 10)
    door.lets_in(token)
    door.clock.goes(seconds=10)
    assert door.verifier.remembered(token) is None
    assert door.lets_in(token).subject == "camille"
    assert door.verifier.remembered(token) is None


def test_23_a_refused_token_is_not_remembered(door: Door) -> None:
    token = issue(aud="another")
    door.refuses(token, Cause.AUDIENCE)
    assert door.verifier.remembered(token) is None
    door.refuses(token, Cause.AUDIENCE)


def test_23_tokens_are_remembered_by_their_digest_and_not_without_end(door: Door) -> None:
    tokens = [issue(jti=f"token-{number}") for number in range(3)]
    remembered = RememberedTokens(HandClock(), limit=2)
    for token in tokens:
        remembered.add(digest_of(token), door.lets_in(token))
    assert list(remembered._tokens) == [digest_of(token) for token in tokens[1:]]


def test_36_the_log_says_why_and_never_the_token(door: Door) -> None:
    token = issue(aud="another")
    with capture_logs() as logs:
        door.refuses(token, Cause.AUDIENCE)
    assert logs == [{"event": "token_refused", "log_level": "info", "cause": "audience", "token": digest_of(token)}]
