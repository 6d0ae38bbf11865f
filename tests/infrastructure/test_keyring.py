import json
from base64 import b64encode
from pathlib import Path
from stat import S_IMODE

import pytest

from infrastructure.clock import SystemClock
from infrastructure.digests import KeyedDigests
from infrastructure.keyring import CONTENTS, FILE, Keyring, KeysRefused, Secrets


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_a_first_file_is_for_its_owner_only(path: Path) -> None:
    Keyring.create(path)
    assert S_IMODE(path.stat().st_mode) == 0o600


def test_a_first_file_holds_one_key_and_the_secret_of_the_digests(path: Path) -> None:
    keyring = Keyring.create(path)
    name, kek = keyring.current()
    assert (name, len(kek), len(keyring.digest_secret)) == ("k1", 32, 32)
    assert kek != keyring.digest_secret


def test_keys_are_never_overwritten(path: Path) -> None:
    before = Keyring.create(path).current()
    with pytest.raises(KeysRefused, match="exists"):
        Keyring.create(path)
    assert Keyring(path).current() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o700, 0o644, 0o666])
def test_a_file_that_others_may_use_is_refused(path: Path, mode: int) -> None:
    Keyring.create(path)
    path.chmod(mode)
    with pytest.raises(KeysRefused, match="chmod 600"):
        Keyring(path)


def test_a_file_that_becomes_readable_to_others_is_refused_once_it_changes(path: Path) -> None:
    keyring = Keyring.create(path)
    path.write_text(Secrets.new().text())
    path.chmod(0o644)
    with pytest.raises(KeysRefused, match="chmod 600"):
        keyring.current()


def test_a_missing_file_says_so(path: Path) -> None:
    with pytest.raises(KeysRefused, match="No such file"):
        Keyring(path)


KEY = b64encode(b"k" * 32).decode()


@pytest.mark.parametrize(
    "contents",
    [
        "",
        "[]",
        '{"current": "k1"}',
        json.dumps({"current": "k1", "keys": {"k1": b64encode(b"short").decode()}, "digests": KEY}),
        json.dumps({"current": "k1", "keys": {"k1": KEY}, "digests": "?"}),
        json.dumps({"current": "k1", "keys": [KEY], "digests": KEY}),
    ],
)
def test_a_file_of_another_form_is_refused_without_repeating_it(contents: str) -> None:
    with pytest.raises(KeysRefused, match="do not have the form") as caught:
        Secrets.parse(contents)
    assert KEY not in str(caught.value)


def test_the_current_key_must_be_there() -> None:
    with pytest.raises(KeysRefused, match="'k2', is not among the keys"):
        Secrets.parse(json.dumps({"current": "k2", "keys": {"k1": KEY}, "digests": KEY}))


def test_secrets_do_not_show_themselves() -> None:
    assert repr(Secrets.new()) == "Secrets(current='k1')"


def test_keys_come_from_the_environment_or_from_the_file_it_names(path: Path) -> None:
    in_file = Keyring.create(path)
    inline = Secrets.new()
    assert Keyring.from_environment({FILE: str(path)}).current() == in_file.current()
    assert Keyring.from_environment({CONTENTS: inline.text()}).current() == (inline.current, inline.keks["k1"])
    with pytest.raises(KeysRefused, match="neither PARCOURS_KEYS nor PARCOURS_KEYS_FILE"):
        Keyring.from_environment({})


def test_a_renewed_file_keeps_the_old_key_the_digests_and_the_mode(path: Path) -> None:
    keyring = Keyring.create(path)
    old, digests = keyring.current()[1], keyring.digest_secret
    keyring.change(Secrets.renewed)
    again = Keyring(path)
    assert (again.current()[0], again.kek("k1"), again.digest_secret) == ("k2", old, digests)
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_keys_of_the_environment_are_changed_where_they_are_set() -> None:
    with pytest.raises(KeysRefused, match="changed where they are set"):
        Keyring(Secrets.new()).change(Secrets.renewed)


def test_equal_values_have_equal_digests_for_one_purpose_and_one_secret() -> None:
    digests = KeyedDigests(b"s" * 32)
    assert digests.digest("nir", "190010112345678") == KeyedDigests(b"s" * 32).digest("nir", "190010112345678")
    others = [
        digests.digest("email", "190010112345678"),
        digests.digest("nir", "190010112345679"),
        KeyedDigests(b"t" * 32).digest("nir", "190010112345678"),
    ]
    assert len({digests.digest("nir", "190010112345678"), *others}) == 4


def test_a_digest_is_the_hmac_that_others_compute() -> None:
    # openssl dgst -sha256 -mac HMAC -macopt hexkey:73…73 over `nir`, a NUL and the value
    assert KeyedDigests(b"s" * 32).digest("nir", "1") == (
        "35d6aa4e9eb9da96ef36c222a3e61a8e066255f824e8437817e228274e7cc985"
    )
    with pytest.raises(ValueError, match="short code"):
        KeyedDigests(b"s" * 32).digest("nir\0", "1")


def test_the_clock_is_aware_and_in_utc() -> None:
    assert str(SystemClock().now().tzinfo) == "UTC"
