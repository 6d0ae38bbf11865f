"""Whole histories written at once, as their owner: the record of a partition as appends would have left it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from os import urandom
from typing import Any, Final
from uuid import UUID

from application.dossiers import root_kind
from application.ports import Claim, Recorded
from domain.vocabulary import RootKind
from infrastructure.codec import Codec, write_metadata
from infrastructure.keyring import Keyring
from infrastructure.postgres import Connection, sql
from infrastructure.sealing import DataKey, Position
from infrastructure.vault import new_key

#: How many bytes go to the server at a time.
_PIECE: Final = 1 << 20


@dataclass
class Bulk:
    """What happened to the roots of one partition, made ready to be written: in memory as it will be stored."""

    partition: int
    codec: Codec
    keyring: Keyring
    _lines: list[tuple[datetime, int, bytes]] = field(default_factory=list)
    _keys: list[Sequence[Any]] = field(default_factory=list)

    def add(self, root: str, history: Sequence[Recorded], *, erased: bool = False) -> None:
        """All that happened to a root. The key of somebody erased is destroyed before it is ever written."""
        key = cache(partial(self._key, root, erased=erased))
        for recorded in history:
            self._lines.append((recorded.recorded_at, len(self._lines), self._line(root, recorded, key)))
        if erased and root_kind(root) is RootKind.CANDIDATE:
            key()

    def write(self, owner: Connection, claims: Mapping[Claim, str], numbers: Mapping[str, int]) -> int:
        """Write everything in one transaction, in the order in which it was recorded; answers how many events.

        `claims`: who holds what; `numbers`: the last one given, by series.
        """
        self._lines.sort()
        with owner.transaction():
            (before,) = owner.execute(sql("bulk/head"), [self.partition]).fetchone() or (0,)
            _copy_lines(owner, "events", self._numbered(before))
            _copy_rows(owner, "keys", self._keys)
            _copy_rows(owner, "claims", _claimed(claims))
            owner.execute(sql("bulk/move_head"), [before + len(self._lines), self.partition])
            for series, last in numbers.items():
                owner.execute(sql("numbers/pass_over"), [series, last])
        return len(self._lines)

    def _numbered(self, before: int) -> Iterable[bytes]:
        for offset, (_, _, line) in enumerate(self._lines, start=before + 1):
            yield b"%d\t%d\t%b\n" % (self.partition, offset, line)

    def _line(self, root: str, recorded: Recorded, key: Any) -> bytes:
        form = self.codec.of(recorded.event)
        position = Position(root, recorded.journey, recorded.journey_version, form.name)
        data = form.write(recorded.event, position, key)
        metadata = (
            b'{"append":"%b",' % str(UUID(bytes=urandom(16), version=4)).encode()
            + write_metadata(recorded.metadata)[1:]
        )
        return b"%b\t%d\t%b\t%d\t%b\t%b\t%b\t%b\t%b" % (
            root.encode(),
            recorded.root_version,
            recorded.journey.encode(),
            recorded.journey_version,
            form.name.encode(),
            _escaped(data),
            _escaped(metadata),
            recorded.occurred_at.isoformat().encode(),
            recorded.recorded_at.isoformat().encode(),
        )

    def _key(self, root: str, *, erased: bool) -> DataKey:
        made, kek, wrapped = new_key(root, self.keyring)
        self._keys.append((root, None, None, "now") if erased else (root, kek, wrapped, None))
        return made


def _escaped(json: bytes) -> bytes:
    """JSON has no other character that COPY takes for its own."""
    return json.replace(b"\\", b"\\\\")


def _claimed(claims: Mapping[Claim, str]) -> Iterable[Sequence[str]]:
    return ((claim.scope, claim.kind, claim.digest, root) for claim, root in claims.items())


def _copy_lines(owner: Connection, name: str, lines: Iterable[bytes]) -> None:
    piece = bytearray()
    with owner.cursor() as cursor, cursor.copy(sql(f"bulk/{name}")) as copy:
        for line in lines:
            piece += line
            if len(piece) >= _PIECE:
                copy.write(bytes(piece))
                piece.clear()
        copy.write(bytes(piece))


def _copy_rows(owner: Connection, name: str, rows: Iterable[Sequence[Any]]) -> None:
    with owner.cursor() as cursor, cursor.copy(sql(f"bulk/{name}")) as copy:
        for row in rows:
            copy.write_row(row)


def known(owner: Connection, partition: int, root: str) -> bool:
    """Whether anything is recorded of a root."""
    return owner.execute(sql("bulk/known"), [partition, root]).fetchone() == (True,)
