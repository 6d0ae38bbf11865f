"""Personal texts of one event, sealed together under the person's key.

The stored data of an event with personal texts holds the text `[sealed]` in the place of each, and one more member,
`sealed`: what it says can never change its meaning. It is the standard base64 (RFC 4648 §4, padded) of

    1 byte    format: 1
    2 bytes   generation of the root's key, big-endian, from 1
    12 bytes  nonce, random
    the rest  AES-256-GCM: ciphertext, then the tag of 16 bytes

What is encrypted is a JSON object (UTF-8) that mirrors the event: the personal texts under their members' names, an
array as an object by position (`{"message": "…", "people": {"0": {"name": "…"}}}`). Texts that are null are not in it:
they are stored as null.

What is authenticated besides (AAD) is where the event stands, so that a blob moved elsewhere does not open: the three
first bytes above, then the UTF-8 of root, journey, journey version (decimal) and recorded event name, each after a NUL.
"""

import os
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports import RecordBroken
from domain.vocabulary import SEALED
from infrastructure.shapes import EACH

FORMAT: Final = 1
_HEADER: Final = 3
_NONCE: Final = 12
_START: Final = _HEADER + _NONCE

#: Where personal texts are in an event: members, to members, to `{}` where the text itself stands.
Plan = Mapping[str, "Plan"]
_TEXT: Final[Plan] = {}


class Tampered(RecordBroken):
    """A sealed text was changed, moved to another event, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A root's own key, in the clear: only in memory."""

    generation: int
    cipher: AESGCM = field(repr=False)
    #: What every blob sealed with it starts with.
    header: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "header", bytes([FORMAT]) + self.generation.to_bytes(2, "big"))


class Position(NamedTuple):
    """Where an event stands: what its sealed texts are bound to."""

    root: str
    journey: str
    journey_version: int
    name: str

    def bound(self, header: bytes) -> bytes:
        """What is authenticated beside the texts."""
        return header + f"\0{self.root}\0{self.journey}\0{self.journey_version}\0{self.name}".encode()


def seal(key: DataKey, position: Position, clear: bytes) -> str:
    """The member `sealed`."""
    nonce = os.urandom(_NONCE)
    return b64encode(key.header + nonce + key.cipher.encrypt(nonce, clear, position.bound(key.header))).decode()


def unseal(key: DataKey, position: Position, sealed: str) -> bytes:
    """What was sealed. Raises `Tampered`."""
    try:
        blob = a2b_base64(sealed, strict_mode=True)
        if not blob.startswith(key.header):
            raise Tampered(f"{position}: sealed in another format or under another generation of the key")
        return key.cipher.decrypt(blob[_HEADER:_START], blob[_START:], position.bound(key.header))
    except (InvalidTag, ValueError) as error:
        raise Tampered(f"{position}: the sealed texts do not open") from error


def plan(paths: Iterable[tuple[str, ...]]) -> Plan:
    """Where to look for personal texts, from their paths."""
    tree: dict[str, Any] = {}
    for path in paths:
        below = tree
        for step in path:
            below = below.setdefault(step, {})
    return tree


def withhold(data: Any, where: Plan) -> dict[str, Any]:
    """Put `[sealed]` in the place of every personal text of a JSON value, and answer what was there."""
    taken: dict[str, Any] = {}
    for place, below in _steps(data, where):
        value = data[place]
        if value is None:
            continue
        if below == _TEXT:
            taken[str(place)], data[place] = value, SEALED
        elif inside := withhold(value, below):
            taken[str(place)] = inside
    return taken


def restore(data: Any, taken: Mapping[str, Any]) -> None:
    """The opposite of `withhold`."""
    for name, value in taken.items():
        place = int(name) if isinstance(data, list) else name
        if isinstance(value, dict):
            restore(data[place], value)
        else:
            data[place] = value


def _steps(data: Any, where: Plan) -> Iterable[tuple[Any, Plan]]:
    if EACH not in where:
        return where.items()
    return [(place, where[EACH]) for place in (range(len(data)) if isinstance(data, list) else data)]
