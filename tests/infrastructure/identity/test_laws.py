"""What holds for every token (identity §11.6)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infrastructure.identity.refusals import TokenError
from tests.infrastructure.identity.issuing import AUDIENCE, CLAIMS, EC, ISSUER, RSA, Door, issue

TOKENS = {"ES256": issue(EC), "RS256": issue(RSA, {"alg": "RS256"})}
ON_ONE_DOOR = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS.keys())
@given(data=st.data())
@ON_ONE_DOOR
def test_37_a_token_with_one_byte_changed_is_refused(door: Door, token: str, data: st.DataObject) -> None:
    assert door.lets_in(token).subject == "camille"
    place = data.draw(st.integers(0, len(token) - 1))
    # Half of the time another character of a token, so that changes are not all found by their spelling.
    other = data.draw(st.one_of(st.integers(0, 255).map(chr), st.sampled_from(sorted(set(token)))))
    changed = token[:place] + other + token[place + 1 :]
    if other != token[place]:
        with pytest.raises(TokenError):
            door.lets_in(changed)


def test_37_every_other_last_character_is_refused(door: Door) -> None:
    for token in TOKENS.values():
        for other in set(map(chr, range(256))) - {token[-1]}:
            with pytest.raises(TokenError):
                door.lets_in(token[:-1] + other)


@given(token=st.one_of(st.text(), st.from_regex(r"[\w-]+\.[\w-]+\.[\w-]+", fullmatch=True)))
@ON_ONE_DOOR
def test_37_any_text_is_refused_and_nothing_else_happens(door: Door, token: str) -> None:
    with pytest.raises(TokenError):
        door.lets_in(token)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda it: st.lists(it, max_size=3))


@given(
    claim=st.sampled_from(sorted(CLAIMS)),
    value=JSON | st.sampled_from([*CLAIMS.values(), [AUDIENCE], CLAIMS["iat"] + 60]),
)
@ON_ONE_DOOR
def test_whatever_a_claim_says_the_answer_is_a_principal_of_ours_or_a_refusal(
    door: Door, claim: str, value: object
) -> None:
    try:
        principal = door.lets_in(issue(**{claim: value}))
    except TokenError:
        return
    assert principal.issuer == ISSUER
    assert principal.client_id == "les-emplois"
    assert principal.subject.isascii()
    assert principal.expires_at > door.clock.at
    assert claim not in {"aud", "iss"} or value in (AUDIENCE, [AUDIENCE], ISSUER)
