"""A store that takes its numbers from a sequence and waits for nobody: what the kit must find fault with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Final

import psycopg

from infrastructure.postgres import open_pool
from tests.kit.contract import Conflict, Connection, Intent, Place, Seen

SQL: Final = Path(__file__).parent / "sql"


@cache
def sql(name: str) -> bytes:
    return (SQL / f"{name}.sql").read_bytes()


class NaiveStore:
    partitions: ClassVar[int] = 1

    def __init__(self, conninfo: str) -> None:
        self.pool = open_pool(conninfo, size=2)

    def partition_of(self, stream: str) -> int:
        return 0

    def append(self, intent: Intent) -> Place:
        try:
            return self._append(intent)
        except psycopg.OperationalError:
            self.pool.check()
            return self._append(intent)

    def attempt(self, connection: Connection, intent: Intent) -> None:
        _insert(connection, intent)

    def tail(self, partition: int, after: int, limit: int) -> Sequence[Seen]:
        with self.pool.connection() as connection:
            return [Seen(*row) for row in connection.execute(sql("naive_tail"), [partition, after, limit])]

    def version(self, stream: str) -> int:
        with self.pool.connection() as connection:
            [(version,)] = connection.execute(sql("naive_version"), [stream])
        return int(version)

    def holder(self, claim: str) -> str | None:
        return None

    def close(self) -> None:
        self.pool.close()

    def _append(self, intent: Intent) -> Place:
        with self.pool.connection() as connection:
            return _insert(connection, intent)


@dataclass(frozen=True)
class Naive:
    conninfo: str

    def reached_by(self, conninfo: str) -> "Naive":
        return Naive(conninfo)

    def open(self) -> NaiveStore:
        return NaiveStore(self.conninfo)

    def connect(self) -> Connection:
        return psycopg.connect(self.conninfo, autocommit=True)


def _insert(connection: Connection, intent: Intent) -> Place:
    given = [intent.stream, intent.append_id, intent.expected + 1, intent.expected + intent.count]
    try:
        (position, recorded_at), *_ = connection.execute(sql("naive_append"), given).fetchall()
    except psycopg.errors.UniqueViolation:
        raise Conflict from None
    return Place(0, position, recorded_at)
