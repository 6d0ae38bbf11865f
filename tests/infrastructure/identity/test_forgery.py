"""Forged and confused tokens (identity §11.1)."""

import json
import threading
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwe
from joserfc.jwk import ECKey, Key, OctKey

from domain.vocabulary import Actor, Role, Subject
from infrastructure.identity.refusals import Cause
from tests.infrastructure.identity.issuing import (
    CLAIMS,
    EC,
    ED,
    ENCRYPTION,
    HEADER,
    OTHER_EC,
    P384,
    P521,
    RSA,
    WEAK,
    Door,
    KeyServer,
    b64,
    issue,
    key_server,
    key_set,
    sign,
    trusting,
)


def test_a_good_token_says_who_is_calling_and_through_what(door: Door) -> None:
    principal = door.lets_in(issue())
    assert principal.actor == Actor(subject=Subject("camille"), client="les-emplois", role=Role.CANDIDATE)
    assert (principal.issuer, principal.token_id, sorted(principal.scopes)) == (
        CLAIMS["iss"],
        "token-1",
        ["parcours.command"],
    )


def test_an_rsa_key_of_the_issuer_is_as_good(door: Door) -> None:
    assert door.lets_in(issue(RSA, {"alg": "RS256"})).subject == "camille"


def test_the_type_may_be_written_in_full_and_in_any_case(door: Door) -> None:
    assert door.lets_in(issue(EC, {"typ": "application/AT+jwt"})).subject == "camille"


# 1: the header of the request is tested at the door itself, in tests/api/test_auth.py.


def test_1_a_token_of_100_kib_is_refused(door: Door) -> None:
    door.refuses(issue(sub="a" * 100_000), Cause.TOO_LONG)


@pytest.mark.parametrize("token", ["", ".", "..", "a.b", "a.b.c.d", "a.b.c\n", " a.b.c", "a.b.é"])
def test_1_what_does_not_look_like_a_token_is_refused(door: Door, token: str) -> None:
    door.refuses(token, Cause.MALFORMED)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE"])
def test_2_a_token_that_says_it_is_not_signed_is_refused(door: Door, alg: str) -> None:
    door.refuses(issue(EC, {"alg": alg}), Cause.ALGORITHM)


@pytest.mark.parametrize("alg", ["none", "ES256"])
def test_2_an_empty_signature_is_refused(door: Door, alg: str) -> None:
    unsigned = issue(EC, {"alg": alg}).rpartition(".")[0]
    door.refuses(f"{unsigned}.", Cause.MALFORMED)


@pytest.mark.parametrize("secret", [RSA.as_pem(private=False), key_set(RSA)], ids=["PEM", "JWKS"])
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_3_a_public_key_is_no_secret_to_sign_with(door: Door, secret: bytes) -> None:
    key = OctKey(secret, secret, {"kid": "rsa"})
    door.refuses(issue(key, {"alg": "HS256"}), Cause.ALGORITHM)


@pytest.mark.parametrize(("key", "alg"), [(RSA, "PS256"), (P521, "ES512"), (ED, "Ed25519"), (ED, "EdDSA")])
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_4_an_algorithm_outside_the_issuers_list_is_refused(door: Door, key: Key, alg: str) -> None:
    door.refuses(issue(key, {"alg": alg}), Cause.ALGORITHM)


@pytest.mark.parametrize("parameter", ["jwk", "x5c", "jku", "x5u"])
def test_5_a_key_that_the_token_brings_or_names_is_never_used_nor_fetched(door: Door, parameter: str) -> None:
    brought = {"jwk": OTHER_EC.as_dict(private=False), "x5c": ["MIIB"]}.get(parameter, f"{door.server.url}/evil")
    door.refuses(issue(OTHER_EC, {parameter: brought}), Cause.HEADER)
    assert door.server.asked == []


@pytest.mark.parametrize(
    "parameters",
    [{"crit": ["exp"], "exp": 1}, {"crit": []}, {"b64": False}, {"b64": False, "crit": ["b64"]}, {"cty": "JWT"}],
)
def test_6_parameters_that_change_the_meaning_of_a_token_are_refused(door: Door, parameters: dict[str, Any]) -> None:
    door.refuses(issue(EC, parameters), Cause.HEADER)


def test_6_a_token_within_a_token_is_refused(door: Door) -> None:
    door.refuses(sign(json.dumps(HEADER).encode(), issue().encode()), Cause.MALFORMED)


def test_6_an_encrypted_token_is_refused(door: Door) -> None:
    encrypted = jwe.encrypt_compact({"alg": "ECDH-ES", "enc": "A256GCM"}, json.dumps(CLAIMS), ENCRYPTION)
    door.refuses(encrypted, Cause.MALFORMED)


def test_6_a_token_in_json_is_refused(door: Door) -> None:
    protected, payload, signature = issue().split(".")
    door.refuses(
        json.dumps({"protected": protected, "payload": payload, "signature": signature}),
        Cause.MALFORMED,
    )


@pytest.mark.parametrize(
    "kid", ["nobody", "../../../dev/null", "' OR 1=1 --", "http://127.0.0.1/", "EC", "ec ", "\u0435c"]
)
def test_7_a_key_that_the_issuer_does_not_have_is_refused(door: Door, kid: str) -> None:
    door.refuses(issue(EC, {"kid": kid}), Cause.UNKNOWN_KEY)


@pytest.mark.parametrize("kid", ["", None, 7, ["ec"], "k" * 10_240])
def test_7_the_name_of_a_key_is_a_short_text(door: Door, kid: object) -> None:
    token = issue(EC, {"kid": kid})
    door.refuses(token, Cause.HEADER if len(token) < 8192 else Cause.TOO_LONG)


def test_7_a_token_that_names_no_key_is_refused_even_if_there_is_one_only(door: Door) -> None:
    door.server.publishes(EC)
    header = {name: value for name, value in HEADER.items() if name != "kid"}
    door.refuses(sign(json.dumps(header).encode(), json.dumps(CLAIMS).encode()), Cause.HEADER)


def test_7_a_key_of_another_issuer_is_unknown_to_this_one(client: httpx.Client) -> None:
    with key_server() as ours, key_server() as theirs:
        ours.publishes(EC)
        theirs.publishes(OTHER_EC)
        there = trusting(theirs.url, issuer="https://other.test", namespace="other")
        door = Door(ours, client, trusting(ours.url, namespace="ours"), there)
        door.refuses(issue(OTHER_EC), Cause.UNKNOWN_KEY)
        assert door.lets_in(issue(OTHER_EC, iss="https://other.test")).subject == "other:camille"


def test_7_two_keys_of_one_name_are_both_refused(door: Door) -> None:
    twin = ECKey.generate_key("P-256", {"use": "sig", "kid": "ec"})
    door.server.publishes(EC, twin, RSA)
    door.refuses(issue(EC), Cause.UNKNOWN_KEY)
    door.refuses(issue(twin), Cause.UNKNOWN_KEY)


@pytest.mark.parametrize(
    "typ",
    [
        pytest.param("JWT", id="an ID token, a userinfo answer or the link in an e-mail"),
        pytest.param("Refresh", id="a refresh token"),
        pytest.param("token-introspection+jwt", id="an introspection answer"),
        pytest.param("logout+jwt", id="a logout token"),
        pytest.param("secevent+jwt", id="a security event"),
        pytest.param("at+jwt2", id="something longer"),
        pytest.param("", id="nothing"),
    ],
)
def test_8_any_other_kind_of_token_is_refused(door: Door, typ: str) -> None:
    door.refuses(issue(EC, {"typ": typ}, nonce="n", at_hash="h"), Cause.TYPE)


def test_8_a_token_that_does_not_say_its_kind_is_refused(door: Door) -> None:
    header = {"alg": "ES256", "kid": "ec"}
    door.refuses(sign(json.dumps(header).encode(), json.dumps(CLAIMS).encode()), Cause.HEADER)


def test_9_a_payload_encoded_again_is_refused(door: Door) -> None:
    header, _, signature = issue().split(".")
    same_claims = b64(json.dumps(CLAIMS, indent=1).encode())
    door.refuses(f"{header}.{same_claims}.{signature}", Cause.SIGNATURE)


@pytest.mark.parametrize("tail", ["=", "==", "\n", " ", ".", "%00"])
def test_9_characters_after_the_token_are_refused(door: Door, tail: str) -> None:
    door.refuses(issue() + tail, Cause.MALFORMED)


def test_9_a_signature_has_one_spelling(door: Door) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = issue()
    same_bytes = [token[:-1] + alphabet[alphabet.index(token[-1]) // 16 * 16 + low] for low in range(16)]
    for spelling in set(same_bytes) - {token}:
        door.refuses(spelling, Cause.SIGNATURE)


@pytest.mark.parametrize("member", ["sub", "aud", "iss"])
def test_9_a_claim_given_twice_is_refused(door: Door, member: str) -> None:
    twice = json.dumps(CLAIMS)[:-1] + f', "{member}": {json.dumps(CLAIMS[member])}}}'
    door.refuses(sign(json.dumps(HEADER).encode(), twice.encode()), Cause.MALFORMED)


def test_9_a_header_parameter_given_twice_is_refused(door: Door) -> None:
    twice = json.dumps(HEADER)[:-1] + ', "kid": "ec"}'
    door.refuses(sign(twice.encode(), json.dumps(CLAIMS).encode()), Cause.HEADER)


@pytest.mark.parametrize("payload", [b"[]", b'"sub"', b"7", b"null", b"", b"{", b"\xff", b"[" * 5000])
def test_9_claims_are_an_object_and_nothing_deeper_than_that(door: Door, payload: bytes) -> None:
    door.refuses(sign(json.dumps(HEADER).encode(), payload), Cause.MALFORMED)


@pytest.mark.parametrize("header", [b"[]", b'"alg"', b'"alg b64"', b'["alg"]', b"7", b"null", b"{", b"\xff"])
def test_9_a_header_is_an_object(door: Door, header: bytes) -> None:
    door.refuses(sign(header, json.dumps(CLAIMS).encode()), Cause.HEADER)


def test_9_the_signature_made_of_zeros_is_refused(door: Door) -> None:
    unsigned = issue().rpartition(".")[0]
    door.refuses(f"{unsigned}.{b64(bytes(64))}", Cause.SIGNATURE)


def test_9_a_signature_in_der_is_refused(door: Door) -> None:
    unsigned = issue().rpartition(".")[0]
    assert EC.private_key is not None
    der = EC.private_key.sign(unsigned.encode(), ECDSA(SHA256()))
    assert encode_dss_signature(*decode_dss_signature(der)) == der
    door.refuses(f"{unsigned}.{b64(der)}", Cause.SIGNATURE)


@pytest.mark.parametrize(("key", "alg"), [(ENCRYPTION, "ES256"), (WEAK, "RS256")])
def test_10_keys_to_encrypt_with_and_weak_keys_are_left_out(door: Door, key: Key, alg: str) -> None:
    door.refuses(issue(key, {"alg": alg}), Cause.UNKNOWN_KEY)


def test_10_a_key_on_another_curve_is_not_the_algorithms(server: KeyServer, client: httpx.Client) -> None:
    door = Door(server, client, trusting(server.url, algorithms={"ES256", "ES384"}))
    assert door.lets_in(issue(P384, {"alg": "ES384"})).subject == "camille"
    unsigned = issue(EC, {"kid": "p384"})
    door.refuses(unsigned, Cause.SIGNATURE)


def test_10_a_key_of_another_type_is_not_the_algorithms(door: Door) -> None:
    door.refuses(issue(EC, {"kid": "rsa"}), Cause.SIGNATURE)


def test_10_a_key_published_for_another_algorithm_is_not_used(door: Door) -> None:
    only_es384 = ECKey.import_key({**EC.as_dict(private=True), "alg": "ES384", "kid": "bound"})
    door.server.publishes(only_es384)
    door.refuses(issue(EC, {"kid": "bound"}), Cause.SIGNATURE)


def test_nothing_waits_for_another_request(door: Door) -> None:
    token, seen = issue(), []
    threads = [threading.Thread(target=lambda: seen.append(door.lets_in(token).subject)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (seen, door.server.asked) == (["camille"] * 8, ["/jwks"])
