"""The kit's adapter for our own event store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import orjson
import psycopg

from application.ports import Claim, Claims
from application.ports import Conflict as OurConflict
from infrastructure.event_store import REFUSALS, EventStore, NewRow, Order
from infrastructure.postgres import connect, open_pool
from tests.kit.contract import Conflict, Connection, Intent, Place, Seen

NOON: Final = datetime(2026, 1, 5, 11, tzinfo=UTC)


@dataclass(frozen=True)
class OurStore:
    store: EventStore

    @property
    def partitions(self) -> int:
        return self.store.partitions

    def partition_of(self, stream: str) -> int:
        return self.store.partition_of(stream)

    def append(self, intent: Intent) -> Place:
        claims, rows = _claims(intent), _rows(intent)
        try:
            appended = self.store.append(intent.stream, intent.expected, intent.append_id, rows, claims)
        except OurConflict:
            raise Conflict from None
        return Place(appended.partition, appended.first_offset, appended.recorded_at)

    def attempt(self, connection: Connection, intent: Intent) -> None:
        partition, rows = self.partition_of(intent.stream), _rows(intent)
        order = Order(partition, intent.stream, intent.expected, intent.append_id, rows, _claims(intent))
        try:
            self.store.call(connection, order)
        except psycopg.DatabaseError as error:
            if error.sqlstate in REFUSALS:
                raise Conflict from None
            raise

    def tail(self, partition: int, after: int, limit: int) -> Sequence[Seen]:
        return [
            Seen(row.partition, row.offset, row.root, row.root_version, orjson.loads(row.metadata)["append"])
            for row in self.store.read(partition, after, limit)
        ]

    def version(self, stream: str) -> int:
        return len(self.store.load(stream))

    def holder(self, claim: str) -> str | None:
        return self.store.holders([_claim(claim)]).get(_claim(claim))

    def close(self) -> None:
        self.store.pool.close()


@dataclass(frozen=True)
class Ours:
    conninfo: str

    def reached_by(self, conninfo: str) -> "Ours":
        return Ours(conninfo)

    def open(self) -> OurStore:
        return OurStore(EventStore(open_pool(self.conninfo, size=2), patience=120))

    def connect(self) -> Connection:
        return connect(self.conninfo)


def _rows(intent: Intent) -> Sequence[NewRow]:
    versions = range(intent.expected + 1, intent.expected + intent.count + 1)
    return [NewRow("kit-1", version, "kit.Happened", b"{}", b"{}", NOON) for version in versions]


def _claim(claim: str) -> Claim:
    return Claim(scope="kit", kind="kit", digest=claim)


def _claims(intent: Intent) -> Claims:
    return Claims(take=frozenset({_claim(intent.claim)})) if intent.claim else Claims()
