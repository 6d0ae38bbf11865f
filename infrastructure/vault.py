"""The key of each person: made at the first personal text, kept wrapped, and destroyed to erase the person.

A wrapped key is 12 random bytes of nonce, then AES-256-GCM under a key-encryption key, bound to the root and to the
name of that key-encryption key. A copy of the database (a backup, a page not yet cleaned up) keeps a destroyed key
readable to whoever also holds its key-encryption key: `rotate`, then retiring the old one, ends that.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports import RecordBroken, RootErased
from infrastructure.keyring import Keyring, KeysRefused
from infrastructure.postgres import Connection, Pool, sql
from infrastructure.sealing import DataKey

#: How long, in seconds, a process may go on using a key that another one has destroyed.
FRESHNESS: Final = 60.0
#: How many keys a process remembers.
REMEMBERED: Final = 10_000
BATCH: Final = 500
_NONCE: Final = 12
_SIZE: Final = 32


class KeyMissing(RecordBroken):
    """There are sealed texts, but their key is neither there nor recorded as destroyed: the keys are incomplete."""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What is left of a key."""

    at: datetime


class Vault:
    """The keys of roots, in a database that may be another one than the record's. Safe for threads."""

    def __init__(self, pool: Pool, keyring: Keyring, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: seconds, for the freshness of what is remembered."""
        self._pool = pool
        self._keyring = keyring
        self._now = now
        self._remembered: dict[str, tuple[float, DataKey | Destroyed]] = {}

    def find(self, root: str) -> DataKey | Destroyed | None:
        """A root's key, or what is left of it; None if it never had one. At most `FRESHNESS` seconds old."""
        known = self._remembered.get(root)
        if known is not None and known[0] > self._now():
            return known[1]
        since = self._now()
        with self._pool.connection() as connection:
            found = self._read(connection, root)
        if found is not None:
            self._remember(root, since, found)
        return found

    def opening(self, root: str) -> DataKey | None:
        """The key to open a root's texts with; None if it was destroyed. Raises `KeyMissing`."""
        match self.find(root):
            case DataKey() as key:
                return key
            case Destroyed():
                return None
            case None:
                raise KeyMissing(root)

    def sealing(self, root: str) -> DataKey:
        """The key to seal a root's texts with, made if it has none. Raises `RootErased`."""
        found = self.find(root) or self._make(root)
        if isinstance(found, Destroyed):
            raise RootErased
        return found

    def refuse_erased(self, root: str) -> None:
        """Raises `RootErased` if a root's key was destroyed, by what is known since at most `FRESHNESS` seconds."""
        if self.erased(root):
            raise RootErased

    def erased(self, root: str) -> bool:
        """Whether a root's key was destroyed, by what is known since at most `FRESHNESS` seconds."""
        return isinstance(self.find(root), Destroyed)

    def destroy(self, root: str) -> datetime:
        """Destroy a root's key and answer when it was destroyed: now, or the first time. Never undone."""
        with self._pool.connection() as connection:
            connection.execute(sql("keys/destroy"), [root])
            left = self._read(connection, root)
        if not isinstance(left, Destroyed):
            raise KeyMissing(root)
        self._remember(root, self._now(), left)
        return left.at

    def rotate(self, progress: Callable[[int, int], None], *, batch: int = BATCH) -> int:
        """Wrap every key again under the current key-encryption key; answers how many were.

        `progress` is told how many are done and how many are left after each batch, which is one transaction: if it
        is killed, the next run goes on from there. Meanwhile keys are made, used and destroyed as ever.
        """
        done = 0
        current, _ = self._keyring.current()
        with self._pool.connection() as connection:
            while again := self._rewrap(connection, batch):
                done += again
                progress(done, _count(connection, current))
        return done

    def uses(self, kek: str, *, within: float | None = None) -> bool:
        """Whether a key-encryption key still wraps something, so that it cannot be retired.

        Waits for a connection for at most `within` seconds, or as long as the pool does.
        """
        with self._pool.connection(timeout=within) as connection:
            return connection.execute(sql("keys/uses_kek"), [kek]).fetchone() == (True,)

    def retire(self, kek: str) -> None:
        """Take a key-encryption key off the keyring. Raises `KeysRefused` if it is current or wraps something."""
        if self.uses(kek):
            raise KeysRefused(f"the key {kek!r} still wraps keys: rotate first")
        self._keyring.change(lambda secrets: secrets.without(kek))

    def _make(self, root: str) -> DataKey | Destroyed:
        _, name, wrapped = new_key(root, self._keyring)
        since = self._now()
        with self._pool.connection() as connection:
            connection.execute(sql("keys/make"), [root, name, wrapped])
            # Somebody else's may have come first: the one in the table is the root's.
            made = self._read(connection, root)
        if made is None:
            raise KeyMissing(root)
        self._remember(root, since, made)
        return made

    def _read(self, connection: Connection, root: str) -> DataKey | Destroyed | None:
        row = connection.execute(sql("keys/find"), [root], binary=True, prepare=True).fetchone()
        if row is None:
            return None
        generation, kek, wrapped, destroyed_at = row
        if destroyed_at is not None:
            return Destroyed(destroyed_at)
        return DataKey(generation, AESGCM(_unwrap(root, kek, self._keyring.kek(kek), wrapped)))

    def _rewrap(self, connection: Connection, batch: int) -> int:
        with connection.transaction():
            name, kek = self._keyring.current()
            stale = connection.execute(sql("keys/stale"), [name, batch], binary=True).fetchall()
            clear = [(root, _unwrap(root, old, self._keyring.kek(old), wrapped)) for root, old, wrapped in stale]
            roots = [root for root, _ in clear]
            connection.execute(sql("keys/rewrap"), [name, roots, [_wrap(root, name, kek, key) for root, key in clear]])
        return len(stale)

    def _remember(self, root: str, since: float, found: DataKey | Destroyed) -> None:
        if len(self._remembered) >= REMEMBERED:
            self._remembered = {}
        self._remembered[root] = (since + FRESHNESS, found)


def new_key(root: str, keyring: Keyring) -> tuple[DataKey, str, bytes]:
    """A first key for a root; the name of the current key-encryption key, and the key wrapped under it."""
    name, kek = keyring.current()
    key = os.urandom(_SIZE)
    return DataKey(1, AESGCM(key)), name, _wrap(root, name, kek, key)


def _wrap(root: str, name: str, kek: bytes, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(kek).encrypt(nonce, key, f"{name}\0{root}".encode())


def _unwrap(root: str, name: str, kek: bytes, wrapped: bytes) -> bytes:
    try:
        return AESGCM(kek).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], f"{name}\0{root}".encode())
    except (InvalidTag, ValueError):
        raise KeysRefused(f"the key of {root} does not open with {name!r}") from None


def _count(connection: Connection, current: str) -> int:
    row = connection.execute(sql("keys/count_stale"), [current]).fetchone()
    return row[0] if row else 0
