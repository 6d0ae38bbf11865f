from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.sealing import DataKey, Position, Tampered, seal, unseal
from tests.infrastructure.samples import PERSON, SOMEBODY_ELSE

KEY = DataKey(1, AESGCM(b"k" * 32))
HERE = Position(PERSON, "story-2", 3, "story.Told")
CLEAR = '{"text":"I live in my car, said Zoé"}'.encode()
#: Sealed once, in the first version of the format, with the nonce `0123456789ab`.
FIRST_EVER = "AQABMDEyMzQ1Njc4OWFiej0TpL5cJ6MCqL1avUTZbrzP1eG9D3nZhlJ5yEgIsAANl9eS54rIMKZdirP1HPhMfwulOMDF"


def test_what_was_sealed_opens_where_it_was_sealed() -> None:
    assert unseal(KEY, HERE, seal(KEY, HERE, CLEAR)) == CLEAR


def test_the_format_is_what_its_description_says() -> None:
    blob = b64decode(seal(KEY, HERE, CLEAR), validate=True)
    header, nonce, encrypted = blob[:3], blob[3:15], blob[15:]
    assert header == b"\x01\x00\x01"
    bound = header + b"\0" + PERSON.encode() + b"\0story-2\x003\0story.Told"
    assert AESGCM(b"k" * 32).decrypt(nonce, encrypted, bound) == CLEAR
    assert len(encrypted) == len(CLEAR) + 16


def test_what_was_sealed_first_opens_for_ever() -> None:
    assert unseal(KEY, HERE, FIRST_EVER) == CLEAR


def test_the_same_text_never_seals_the_same_way() -> None:
    assert len({seal(KEY, HERE, CLEAR) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "elsewhere",
    [
        HERE._replace(root=SOMEBODY_ELSE),
        HERE._replace(journey="story-1"),
        HERE._replace(journey_version=4),
        HERE._replace(name="story.Opened"),
    ],
    ids=["another root", "another journey", "another version", "another event"],
)
def test_a_text_moved_elsewhere_does_not_open(elsewhere: Position) -> None:
    with pytest.raises(Tampered, match="do not open"):
        unseal(KEY, elsewhere, seal(KEY, HERE, CLEAR))


@given(st.data())
def test_a_text_changed_anywhere_does_not_open(data: st.DataObject) -> None:
    blob = bytearray(b64decode(seal(KEY, HERE, CLEAR)))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Tampered):
        unseal(KEY, HERE, b64encode(blob).decode())


@pytest.mark.parametrize("broken", ["", "AQ==", "not base64!", "AQABAAAA"])
def test_what_is_too_short_or_not_base64_does_not_open(broken: str) -> None:
    with pytest.raises(Tampered):
        unseal(KEY, HERE, broken)


def test_another_key_does_not_open() -> None:
    with pytest.raises(Tampered):
        unseal(DataKey(1, AESGCM(b"l" * 32)), HERE, seal(KEY, HERE, CLEAR))


def test_another_generation_of_the_key_is_told_apart() -> None:
    with pytest.raises(Tampered, match="another generation"):
        unseal(DataKey(2, AESGCM(b"k" * 32)), HERE, seal(KEY, HERE, CLEAR))


def test_what_goes_wrong_is_told_without_what_was_sealed() -> None:
    with pytest.raises(Tampered) as caught:
        unseal(KEY, HERE._replace(journey_version=4), seal(KEY, HERE, CLEAR))
    assert "car" not in str(caught.value)
    assert repr(KEY) == "DataKey(generation=1)"
