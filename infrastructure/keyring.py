"""The service's secrets: key-encryption keys, one of them current, and the secret of the digests.

    {"current": "k2", "keys": {"k1": "<32 bytes in base64>", "k2": "…"}, "digests": "<32 bytes in base64>"}

They stand in a file that nobody else may read (`PARCOURS_KEYS_FILE`) or in the environment (`PARCOURS_KEYS`).
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from stat import S_IMODE, S_ISREG
from typing import Any, Final, Self

from infrastructure.files import OWNER_ONLY, whole

CONTENTS: Final = "PARCOURS_KEYS"
FILE: Final = "PARCOURS_KEYS_FILE"
SIZE: Final = 32


class KeysRefused(RuntimeError):
    """The secrets cannot be used as they are. Says why, never what they are."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the file holds."""

    current: str
    keks: Mapping[str, bytes]
    digests: bytes

    def __repr__(self) -> str:
        return f"Secrets(current={self.current!r})"

    @classmethod
    def new(cls) -> Self:
        """A first key-encryption key, `k1`, and a secret for the digests."""
        return cls("k1", {"k1": token_bytes(SIZE)}, token_bytes(SIZE))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `KeysRefused`."""
        try:
            stored = json.loads(text)
            keks = {str(name): _secret(value) for name, value in stored["keys"].items()}
            secrets = cls(str(stored["current"]), keks, _secret(stored["digests"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeysRefused("the keys do not have the form that they should have") from None
        if secrets.current not in secrets.keks:
            raise KeysRefused(f"the current key, {secrets.current!r}, is not among the keys")
        return secrets

    def text(self) -> str:
        """The file's contents."""
        keys = {name: b64encode(kek).decode() for name, kek in self.keks.items()}
        stored = {"current": self.current, "keys": keys, "digests": b64encode(self.digests).decode()}
        return json.dumps(stored, indent=2) + "\n"

    def renewed(self) -> "Secrets":
        """With one more key-encryption key, which is the current one."""
        name = f"k{1 + max((int(kek[1:]) for kek in self.keks if kek[1:].isdecimal()), default=0)}"
        return Secrets(name, {**self.keks, name: token_bytes(SIZE)}, self.digests)

    def without(self, kek: str) -> "Secrets":
        """Without a key-encryption key that wraps nothing any more. Raises `KeysRefused` for the current one."""
        if kek == self.current:
            raise KeysRefused("the current key cannot be retired")
        return Secrets(self.current, {name: key for name, key in self.keks.items() if name != kek}, self.digests)


class Keyring:
    """The secrets as they are now: a file that has changed is read again, without a restart."""

    def __init__(self, source: Path | Secrets) -> None:
        """Raises `KeysRefused` if the file is missing, readable by others, or not what it should be."""
        self._path = source if isinstance(source, Path) else None
        self._seen = (0, 0)
        self._secrets = source if isinstance(source, Secrets) else self._load()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """From `PARCOURS_KEYS`, or the file named by `PARCOURS_KEYS_FILE`. Raises `KeysRefused`."""
        if text := environ.get(CONTENTS):
            return cls(Secrets.parse(text))
        if path := environ.get(FILE):
            return cls(Path(path))
        raise KeysRefused(f"neither {CONTENTS} nor {FILE} is set")

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a first file, that only its owner may read. Raises `KeysRefused` if there is one."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            raise KeysRefused(f"{path} exists: losing it would lose every dossier") from None
        with os.fdopen(descriptor, "w") as file:
            file.write(Secrets.new().text())
            os.fsync(file.fileno())
        return cls(path)

    @property
    def digest_secret(self) -> bytes:
        """The secret of `KeyedDigests`: never renewed, because digests are stored."""
        return self._secrets.digests

    def current(self) -> tuple[str, bytes]:
        """The key that new wraps are made with, and its name."""
        secrets = self._latest()
        return secrets.current, secrets.keks[secrets.current]

    def older(self) -> Sequence[str]:
        """The names of the keys that are not current: what a rotation wrapped again, or is still to."""
        secrets = self._latest()
        return [name for name in secrets.keks if name != secrets.current]

    def kek(self, name: str) -> bytes:
        """The key of a name. Raises `KeysRefused` if it is not there."""
        try:
            return self._latest().keks[name]
        except KeyError:
            raise KeysRefused(f"the key {name!r} is not among the keys") from None

    def change(self, change: Callable[[Secrets], Secrets]) -> None:
        """Replace the file by a changed one, at once. Raises `KeysRefused` for keys of the environment."""
        if self._path is None:
            raise KeysRefused(f"keys in {CONTENTS} are changed where they are set")
        with whole(self._path) as file:
            file.write(change(self._latest()).text().encode())
        self._secrets = self._load()

    def _latest(self) -> Secrets:
        if self._path is not None and _identity(self._path.stat()) != self._seen:
            self._secrets = self._load()
        return self._secrets

    def _load(self) -> Secrets:
        assert self._path is not None  # noqa: S101 - only for the type checker
        try:
            with self._path.open() as file:
                status = os.fstat(file.fileno())
                if not S_ISREG(status.st_mode) or S_IMODE(status.st_mode) & ~OWNER_ONLY:
                    raise KeysRefused(f"{self._path} must be a file that only its owner may read: chmod 600")
                secrets = Secrets.parse(file.read())
        except OSError as error:
            raise KeysRefused(f"{self._path}: {error.strerror}") from None
        self._seen = _identity(status)
        return secrets


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_ino, status.st_mtime_ns


def _secret(text: Any) -> bytes:
    secret = b64decode(text, validate=True)
    if len(secret) != SIZE:
        raise ValueError(f"a key has {SIZE} bytes")
    return secret
