"""The event log in PostgreSQL: append after a version, read a dossier, read the log; all of it as raw JSON."""

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NoReturn, TypeVar

import orjson
import psycopg
from psycopg.rows import args_row

from application.ports import Claim, Claims, ClaimTaken, Conflict
from infrastructure.orders import NO_CLAIMS, NewRow, Order
from infrastructure.postgres import Connection, Pool, sql

__all__ = ["NO_CLAIMS", "Appended", "BackdatedEventStore", "EventStore", "NewRow", "Order", "Row"]

T = TypeVar("T")

#: How long an operation is sent again, in seconds, while the database cannot be reached.
PATIENCE: Final = 30.0
LONGEST_PAUSE: Final = 1.0
LAST_VERSION: Final = 2**31 - 1
#: What `append` answers beside the primary key's refusal: `sql/schema/0002_append.sql`.
NOTHING_TO_FOLLOW: Final = "P0C01"
CLAIM_TAKEN: Final = "P0C02"
REFUSALS: Final = frozenset({psycopg.errors.UniqueViolation.sqlstate, NOTHING_TO_FOLLOW, CLAIM_TAKEN})


@dataclass(frozen=True, slots=True)
class Row:
    """An event of the record, `data` and `metadata` as JSON bytes. `metadata` has one member more: `append`."""

    partition: int
    offset: int
    root: str
    root_version: int
    journey: str
    journey_version: int
    name: str
    data: bytes
    metadata: bytes
    occurred_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Appended:
    """Where an append stands in the log: its events have the offsets from `first_offset` on, without a gap."""

    partition: int
    first_offset: int
    recorded_at: datetime


@dataclass(frozen=True)
class EventStore:
    """The log, through a pool whose role may read and append.

    Everything is sent again, with pauses, while the database cannot be reached (a lost connection, a restart), for
    `patience` seconds; then psycopg's `OperationalError` goes through. Sending an append again is safe: see `append`.
    """

    pool: Pool
    patience: float = PATIENCE
    #: Called after each append, to wake those who follow the log; must not wait (`follower.Doorbell.ring`).
    ring: Callable[[], None] = field(default=lambda: None)

    @cached_property
    def partitions(self) -> int:
        """How many partitions the log has: fixed when the database was created."""
        return len(self.heads())

    def partition_of(self, root: str) -> int:
        """Where a root lives: CRC-32 of its UTF-8 bytes, modulo the number of partitions."""
        return zlib.crc32(root.encode()) % self.partitions

    def append(
        self, root: str, expected_version: int, append_id: str, rows: Sequence[NewRow], claims: Claims = NO_CLAIMS
    ) -> Appended:
        """Record all of `rows` (at least one) right after `expected_version` (0 for a new root), or none.

        One network round trip. `append_id` (a UUID) names this append for ever: when it comes again, by our own retry
        after a lost answer or by the caller's, the first result is answered. Raises `Conflict` if the root's version is
        another, `ClaimTaken` if another root holds one of the claims; nothing is recorded then.
        """
        if not rows or expected_version < 0:
            raise ValueError("an append records something, after a version that counts from 0")
        order = Order(self.partition_of(root), root, expected_version, append_id, rows, claims)
        appended = self.patiently(lambda connection: self._append(connection, order))
        self.ring()
        return appended

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Row]:
        """Everything that happened to a root, in order; after a version (exclusive), to one (inclusive), if given."""
        last = LAST_VERSION if up_to is None else up_to
        return self._rows("dossier", [self.partition_of(root), root, after, last])

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Row], Sequence[Row]]:
        """Everything that happened to a root, and to another one after a version (exclusive), in one round trip."""
        given = [self.partition_of(root), root, self.partition_of(other), other, after]
        rows = self._rows("dossier_beside", given)
        return [row for row in rows if row.root == root], [row for row in rows if row.root != root]

    def read(self, partition: int, after: int, limit: int) -> Sequence[Row]:
        """At most `limit` events of a partition after an offset, in order; never skips one that commits later."""
        return self._rows("log", [partition, after, limit])

    def read_courses(self, partition: int, after: tuple[str, int], up_to: int, limit: int) -> Sequence[Row]:
        """At most `limit` events of the candidates of a partition, dossier by dossier, after a version of one of them.

        Only what the log had up to an offset.
        """
        return self._rows("courses", [partition, *after, up_to, limit])

    def heads(self) -> Mapping[int, int]:
        """The last offset of every partition; 0 for an empty one."""
        return self.patiently(lambda connection: dict(connection.execute(sql("heads"), prepare=True).fetchall()))

    def positions_at(self, instant: datetime) -> Mapping[int, int]:
        """The last offset of every partition that was recorded by an instant (inclusive); 0 where there is none."""
        return self.patiently(lambda connection: dict(connection.execute(sql("positions_at"), [instant]).fetchall()))

    def last_recorded(self) -> datetime | None:
        """When the last event was recorded; None in an empty log."""
        row = self.patiently(lambda connection: connection.execute(sql("last_recorded")).fetchone())
        return None if row is None else row[0]

    def holders(self, claims: Iterable[Claim]) -> Mapping[Claim, str]:
        """Which root holds each of the claims, for those that are held."""
        wanted = list(claims)
        columns = [[getattr(claim, column) for claim in wanted] for column in ("scope", "kind", "digest")]
        held = self.patiently(lambda connection: connection.execute(sql("holders"), columns, prepare=True).fetchall())
        return _by_claim(held)

    def call(self, connection: Connection, order: Order) -> Appended:
        """One try of an append, on a connection of the caller's, in its transaction if it has one."""
        statement, given = order.call
        return _appended(connection, order.partition, statement, given)

    def find(self, connection: Connection, order: Order) -> Appended | None:
        """What this very append has already recorded, if it has."""
        first = [order.partition, order.root, order.expected_version + 1, order.append_id]
        written = connection.execute(sql("own_append"), first, prepare=True).fetchone()
        return None if written is None else Appended(order.partition, *written)

    def _append(self, connection: Connection, order: Order) -> Appended:
        try:
            return self.call(connection, order)
        except psycopg.DatabaseError as error:
            if error.sqlstate not in REFUSALS:
                raise
            return self.find(connection, order) or _refuse(error)

    def _rows(self, statement: str, given: Sequence[Any]) -> Sequence[Row]:
        def fetch(connection: Connection) -> Sequence[Row]:
            cursor = connection.cursor(binary=True, row_factory=args_row(Row))
            return cursor.execute(sql(statement), given, prepare=True).fetchall()

        return self.patiently(fetch)

    def _once(self, action: Callable[[Connection], T]) -> T:
        connection = self.pool.getconn()  # `pool.connection()` would also open and close a transaction
        try:
            return action(connection)
        finally:
            self.pool.putconn(connection)

    def patiently(self, action: Callable[[Connection], T]) -> T:
        """What `action` answers, given a connection; done again while the database cannot be reached."""
        until = time.monotonic() + self.patience
        for pause in _pauses():
            try:
                return self._once(action)
            except psycopg.OperationalError:
                if time.monotonic() + pause > until:
                    raise
            self.pool.check()
            time.sleep(pause)
        raise AssertionError  # pauses never end


@dataclass(frozen=True)
class BackdatedEventStore(EventStore):
    """The owner's: records at the instant that `clock` says, as a history of the past needs it."""

    clock: Callable[[], datetime] = field(kw_only=True)

    def call(self, connection: Connection, order: Order) -> Appended:
        """One try of an append, recorded at the clock's instant."""
        given = [*order.where, order.changes, order.wishes, self.clock()]
        return _appended(connection, order.partition, "append_recorded_at", given)


def _appended(connection: Connection, partition: int, statement: str, given: Sequence[Any]) -> Appended:
    answer = connection.execute(sql(statement), given, prepare=True, binary=True).fetchone()
    if answer is None:
        raise AssertionError("an append always answers one row")
    return Appended(partition, *answer)


def _refuse(error: psycopg.DatabaseError) -> NoReturn:
    if error.sqlstate == CLAIM_TAKEN:
        raise ClaimTaken(_by_claim(orjson.loads(error.diag.message_detail or "[]"))) from None
    if error.sqlstate == NOTHING_TO_FOLLOW or error.diag.constraint_name == "event_pkey":
        raise Conflict from None
    raise error


def _by_claim(held: Iterable[Sequence[str]]) -> Mapping[Claim, str]:
    return {Claim(scope=scope, kind=kind, digest=digest): root for scope, kind, digest, root in held}


def _pauses() -> Iterator[float]:
    pause = 0.02
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)
