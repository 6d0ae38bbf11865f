"""The record as the application knows it: events and metadata instead of JSON, personal texts opened or sealed."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from typing import Any, Final
from uuid import UUID

from application.dossiers import root_kind
from application.ports import Change, Claim, Claims, Recorded
from domain.vocabulary import RootKind
from infrastructure.codec import Codec, read_metadata, write_metadata
from infrastructure.event_store import NO_CLAIMS, Appended, EventStore, NewRow, Row
from infrastructure.sealing import DataKey, Position
from infrastructure.vault import Vault

#: How many events are read at once where everything is read.
PAGE: Final = 1_000


@dataclass(frozen=True)
class SealingJournal:
    """`application.ports.Journal`, for those who may read what is personal."""

    store: EventStore
    codec: Codec
    vault: Vault

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        """As the port says. Personal texts are opened, or `ERASED` once the root's key is destroyed.

        Raises `UnknownEvent`, `Unreadable`, `Tampered` or `KeyMissing` if the record and this code do not agree.
        """
        return self._opened(root, self.store.load(root, after=after, up_to=up_to))

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        """As the port says; opened as `load` does."""
        rows, beside = self.store.load_beside(root, other, after)
        return self._opened(root, rows), self._opened(other, beside)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        """As the port says. Raises `RootErased` too: nothing is recorded about a person who was erased."""
        if root_kind(root) is RootKind.CANDIDATE:
            self.vault.refuse_erased(root)
        rows = [self._row(root, change) for change in changes]
        appended = self.store.append(root, expected_version, _new_append_id(), rows, claims)
        return [_answer(root, expected_version, appended, place, change) for place, change in enumerate(changes)]

    def holders(self, claims: Sequence[Claim]) -> Mapping[Claim, str]:
        """As the port says."""
        return self.store.holders(claims)

    def _opened(self, root: str, rows: Sequence[Row]) -> Sequence[Recorded]:
        # Asked for at most once, and only if something is sealed: a dossier is read with one key.
        key = cache(partial(self.vault.opening, root))
        return [_recorded(row, self._event(row, key)) for row in rows]

    def _event(self, row: Row, key: Callable[[], DataKey | None]) -> Any:
        form = self.codec.named(row.name)
        if not form.plan:
            return form.read(row.data)
        return form.open(row.data, Position(row.root, row.journey, row.journey_version, row.name), key)

    def _row(self, root: str, change: Change) -> NewRow:
        form = self.codec.of(change.event)
        position = Position(root, change.journey, change.journey_version, form.name)
        return NewRow(
            journey=change.journey,
            journey_version=change.journey_version,
            name=form.name,
            data=form.write(change.event, position, partial(self.vault.sealing, root)),
            metadata=write_metadata(change.metadata),
            occurred_at=change.occurred_at,
        )


@dataclass(frozen=True)
class LogReader:
    """The log, partition by partition, for those who never hold a key: personal texts read as `SEALED`."""

    store: EventStore
    codec: Codec

    def read(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        """At most `limit` events of a partition after an offset (exclusive), in order, none ever skipped."""
        return self._sealed(self.store.read(partition, after, limit))

    def load(self, root: str, *, up_to: int | None = None) -> Sequence[Recorded]:
        """Everything that happened to a root, in order; to version `up_to` (inclusive) if given."""
        return self._sealed(self.store.load(root, up_to=up_to))

    def courses(self, heads: Mapping[int, int]) -> Iterator[Recorded]:
        """Everything that happened to candidates up to these offsets, dossier by dossier.

        Always in the same order, with a page of it in memory.
        """
        for partition, head in sorted(heads.items()):
            after = ("", 0)
            while page := self.store.read_courses(partition, after, head, PAGE):
                yield from self._sealed(page)
                after = (page[-1].root, page[-1].root_version)

    def heads(self) -> Mapping[int, int]:
        """The last offset of every partition; 0 for an empty one."""
        return self.store.heads()

    def _sealed(self, rows: Sequence[Row]) -> Sequence[Recorded]:
        return [_recorded(row, self.codec.named(row.name).read(row.data)) for row in rows]


class Stored(Recorded):
    """An event just read. What few readers look at, above all the metadata, is taken from the row when they do."""

    __slots__ = ("_row",)
    _row: Row

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is not there yet.
        if name not in _FIELDS:
            raise AttributeError(name)
        value = read_metadata(self._row.metadata) if name == "metadata" else getattr(self._row, name)
        _set(self, name, value)
        return value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recorded) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash((self.root, self.root_version))


_set: Final = object.__setattr__
_FIELDS: Final = tuple(field.name for field in fields(Recorded))


def _values(recorded: Recorded) -> Sequence[Any]:
    return [getattr(recorded, name) for name in _FIELDS]


def _recorded(row: Row, event: Any) -> Recorded:
    stored = object.__new__(Stored)
    _set(stored, "_row", row)
    _set(stored, "event", event)
    _set(stored, "journey", row.journey)
    _set(stored, "journey_version", row.journey_version)
    return stored


def _answer(root: str, expected_version: int, appended: Appended, place: int, change: Change) -> Recorded:
    return Recorded(
        partition=appended.partition,
        offset=appended.first_offset + place,
        root=root,
        root_version=expected_version + 1 + place,
        journey=change.journey,
        journey_version=change.journey_version,
        event=change.event,
        occurred_at=change.occurred_at,
        recorded_at=appended.recorded_at,
        metadata=change.metadata,
    )


def _new_append_id() -> str:
    return str(UUID(bytes=os.urandom(16), version=4))
