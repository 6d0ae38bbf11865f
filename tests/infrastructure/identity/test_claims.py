"""What a well-signed token may say (identity §11.2)."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from infrastructure.identity.principal import Assurance, Scope
from infrastructure.identity.refusals import Cause
from tests.infrastructure.identity.issuing import (
    AUDIENCE,
    CLAIMS,
    EC,
    HEADER,
    ISSUER,
    NOON,
    OTHER_EC,
    Door,
    KeyServer,
    issue,
    lacking,
    sign,
    trusting,
)

NOW = int(NOON.timestamp())


@pytest.mark.parametrize("iss", [f"{ISSUER}/", ISSUER.upper(), "https://issuer.test.evil", "", None, 7, [ISSUER]])
def test_11_another_issuer_is_refused_however_close_its_name(door: Door, iss: object) -> None:
    door.refuses(issue(iss=iss), Cause.ISSUER)


def test_11_an_issuer_does_not_sign_for_another(door: Door) -> None:
    door.refuses(issue(OTHER_EC, {"kid": "ec"}), Cause.SIGNATURE)


@pytest.mark.parametrize("aud", ["another", [], ["another"], f"{AUDIENCE} another", [f"{AUDIENCE}2"], ""])
def test_12_a_token_meant_for_others_is_refused(door: Door, aud: object) -> None:
    door.refuses(issue(aud=aud), Cause.AUDIENCE)


@pytest.mark.parametrize("aud", [7, None, [AUDIENCE, 7], {AUDIENCE: True}, True])
def test_12_an_audience_is_text_or_texts(door: Door, aud: object) -> None:
    door.refuses(issue(aud=aud), Cause.CLAIMS)


@pytest.mark.parametrize("aud", [AUDIENCE, [AUDIENCE], ["another", AUDIENCE]])
def test_12_a_token_meant_for_us_among_others_is_accepted(door: Door, aud: object) -> None:
    assert door.lets_in(issue(aud=aud)).subject == "camille"


def test_13_a_token_is_good_until_thirty_seconds_after_it_expires(door: Door) -> None:
    token = issue(exp=NOW + 60)
    door.clock.goes(seconds=89.9)
    assert door.lets_in(token).expires_at == NOON + timedelta(seconds=60)
    door.clock.goes(seconds=0.1)
    door.refuses(token, Cause.EXPIRED)


@pytest.mark.parametrize("exp", ["99999999999", -1, 0, NOW + 60.5, 10**18, 1e30, True, None, [NOW]])
def test_13_an_expiry_is_a_plausible_whole_number(door: Door, exp: object) -> None:
    door.refuses(issue(exp=exp), Cause.CLAIMS)


@pytest.mark.parametrize("exp", [float("nan"), float("inf"), float("-inf")])
def test_13_an_expiry_that_is_no_number_is_refused(door: Door, exp: float) -> None:
    door.refuses(issue(exp=exp), Cause.MALFORMED)


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_14_a_token_of_the_future_is_refused_beyond_thirty_seconds(door: Door, claim: str) -> None:
    assert door.lets_in(issue(**{claim: NOW + 30})).subject == "camille"
    door.refuses(issue(**{claim: NOW + 31}), Cause.NOT_YET_VALID)


def test_14_a_token_that_lives_longer_than_the_policy_is_refused(door: Door) -> None:
    assert door.lets_in(issue(exp=NOW + 3600)).subject == "camille"
    door.refuses(issue(exp=NOW + 3601), Cause.LIFETIME)


def test_14_a_token_that_expires_before_it_is_issued_is_refused(door: Door) -> None:
    door.refuses(issue(exp=NOW, iat=NOW), Cause.LIFETIME)


@pytest.mark.parametrize("claim", ["sub", "client_id", "jti"])
@pytest.mark.parametrize(
    "value", ["", 7, None, ["camille"], "a" * 256, "c\u0430mille", "camille\n", "two words", "\x00", "\ud800"]
)
def test_15_identifiers_are_short_visible_ascii(door: Door, claim: str, value: object) -> None:
    door.refuses(issue(**{claim: value}), Cause.CLAIMS)


@pytest.mark.parametrize("claim", ["sub", "client_id", "jti"])
def test_15_an_identifier_of_10_kib_is_refused(door: Door, claim: str) -> None:
    door.refuses(issue(**{claim: "a" * 10_240}), Cause.TOO_LONG)


@pytest.mark.parametrize("claim", ["sub", "jti"])
def test_15_an_identifier_of_255_characters_is_accepted(door: Door, claim: str) -> None:
    assert door.lets_in(issue(**{claim: "a" * 255})).client_id == "les-emplois"


def test_15_an_email_address_never_becomes_a_subject_of_the_record(door: Door) -> None:
    door.refuses(issue(sub="camille@example.org"), Cause.CLAIMS)


@pytest.mark.parametrize("client_id", ["unknown", "LES-EMPLOIS", "les-emplois2"])
def test_16_an_application_that_is_not_listed_is_refused(door: Door, client_id: str) -> None:
    door.refuses(issue(client_id=client_id), Cause.CLIENT)


def test_16_a_token_made_for_another_application_is_refused(door: Door) -> None:
    assert door.lets_in(issue(azp="les-emplois")).client_id == "les-emplois"
    door.refuses(issue(azp="pilotage"), Cause.CLIENT)


@pytest.mark.parametrize("scope", list(Scope))
def test_16_an_application_presents_only_the_scopes_it_was_granted(door: Door, scope: Scope) -> None:
    token = issue(scope=scope.value)
    if scope in {Scope.COMMAND, Scope.FEED}:
        assert door.lets_in(token).scopes == {scope}
    else:
        door.refuses(token, Cause.SCOPE_NOT_GRANTED)


@pytest.mark.parametrize(
    "scope", ["", "openid", "parcours.commands", "parcours.comman", "PARCOURS.COMMAND", "parcours"]
)
def test_17_what_is_not_one_of_our_scopes_gives_no_right(door: Door, scope: str) -> None:
    assert door.lets_in(issue(scope=scope)).scopes == frozenset()


def test_17_a_token_without_scopes_gives_no_right(door: Door) -> None:
    assert door.lets_in(lacking("scope")).scopes == frozenset()


@pytest.mark.parametrize("scope", [["parcours.command"], {"parcours.command": True}, 7, None])
def test_17_scopes_are_one_text(door: Door, scope: object) -> None:
    door.refuses(issue(scope=scope), Cause.CLAIMS)


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "exp", "iat", "jti", "client_id"])
def test_38_without_a_required_claim_a_token_is_refused(door: Door, claim: str) -> None:
    door.refuses(lacking(claim), Cause.ISSUER if claim == "iss" else Cause.CLAIMS)


@pytest.mark.parametrize("claims", [{"email": "a@b.fr"}, {"roles": ["staff"]}, {"parcours_role": "staff"}, {"cnf": {}}])
def test_38_unknown_claims_change_nothing(door: Door, claims: dict[str, Any]) -> None:
    assert door.lets_in(issue(**claims)) == door.lets_in(issue())


def test_the_levels_of_assurance_are_in_order_and_an_unknown_one_is_the_lowest() -> None:
    levels = [Assurance.of(acr) for acr in (None, "https://proconnect.example/director", "eidas1", "eidas2", "eidas3")]
    assert levels == sorted(levels)
    assert levels == [Assurance.UNKNOWN, Assurance.UNKNOWN, Assurance.EIDAS1, Assurance.EIDAS2, Assurance.EIDAS3]


def test_the_same_subject_of_two_issuers_is_two_people(server: KeyServer, client: httpx.Client) -> None:
    issuers = [trusting(server.url, issuer=f"https://{name}.test", namespace=name) for name in ("a", "b")]
    door = Door(server, client, *issuers)
    subjects = [door.lets_in(issue(EC, iss=f"https://{name}.test")).subject for name in ("a", "b")]
    assert subjects == ["a:camille", "b:camille"]


def test_nothing_of_a_refused_token_is_quoted(door: Door) -> None:
    token = sign(json.dumps(HEADER).encode(), json.dumps({**CLAIMS, "sub": "1 84 12 76 451 089 46"}).encode())
    with pytest.raises(Exception, match="A valid access token is needed") as caught:
        door.lets_in(token)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
