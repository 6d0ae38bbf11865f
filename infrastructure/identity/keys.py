"""The public keys of an issuer, and which of them we would ever use."""

from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from infrastructure.identity.strict_json import read_object

#: In bits. Below, a key is too weak (identity §9.2); above, it only costs us time.
RSA_SIZES: Final = range(2048, 8193)


class Keys(Protocol):
    """The keys of one issuer."""

    def get(self, kid: str) -> Key | None:
        """The key of that name; None if the issuer has none. Raises `KeysUnavailable` if nobody can tell."""

    def ready(self) -> bool:
        """Whether there are keys to verify with."""


class KeysOfAFile:
    """Keys read once from a file: another key needs a restart."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises `OSError` or `ValueError` if there is no usable key in it."""
        self._keys = read_key_set(path.read_bytes())

    def get(self, kid: str) -> Key | None:
        """The key of that name."""
        return self._keys.get(kid)

    def ready(self) -> bool:
        """Whether there are keys: always."""
        return True


def read_key_set(document: bytes) -> Mapping[str, Key]:
    """Read a JWK set (RFC 7517) by `kid`, leaving out every key that we would not trust a signature of.

    Two usable keys of one name are both left out. Raises `ValueError` if the document is none, or no key is left.
    """
    entries = read_object(document).get("keys")
    if not isinstance(entries, list):
        raise ValueError("no list of keys")  # noqa: TRY004 - a malformed document, not a mistake of ours
    keys = [key for entry in entries if (key := _usable(entry)) is not None]
    names = Counter(key.kid for key in keys)
    usable = {key.kid: key for key in keys if key.kid is not None and names[key.kid] == 1}
    if not usable:
        raise ValueError("no usable key")
    return usable


def _usable(entry: Any) -> Key | None:
    if not isinstance(entry, dict) or entry.get("use") != "sig" or not isinstance(entry.get("kid"), str):
        return None
    try:
        if entry.get("kty") == "RSA" and _bits(entry) not in RSA_SIZES:
            return None
        key = JWKRegistry.import_key(entry)
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    # A private key that its owner publishes is everybody's, and a symmetric key always is private.
    return None if key.is_private else key


def _bits(entry: Mapping[str, Any]) -> int:
    return int.from_bytes(urlsafe_b64decode(f"{entry['n']}==")).bit_length()
