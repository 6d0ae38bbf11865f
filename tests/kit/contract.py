"""What the kit asks of a store: these few methods are all that an adapter has to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Intent:
    """An append: so many events right after a version of a stream (0 for a new one), under an id of its own."""

    stream: str
    expected: int
    append_id: str
    count: int = 1
    #: Something that one stream only may hold, taken with the append. A store without claims ignores it.
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an append stands in the log: its events have the positions from `first` on."""

    partition: int
    first: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as a reader of the log sees it."""

    partition: int
    position: int
    stream: str
    version: int
    append_id: str


class Conflict(Exception):
    """Somebody else has written to this stream."""


class Store(Protocol):
    """A store opened in this process. Survives lost connections and restarts of the server, by sending again."""

    @property
    def partitions(self) -> int:
        """How many logs there are, numbered from 0, each with positions of its own."""

    def partition_of(self, stream: str) -> int:
        """Where a stream lives."""

    def append(self, intent: Intent) -> Place:
        """Record all or nothing; the same intent again answers the first result. Raises `Conflict`."""

    def attempt(self, connection: Connection, intent: Intent) -> None:
        """One try of the same in the transaction that the caller has open. Raises `Conflict`."""

    def tail(self, partition: int, after: int, limit: int) -> Sequence[Seen]:
        """What a follower of a partition is given after a position, in order."""

    def version(self, stream: str) -> int:
        """The last version of a stream; 0 if there is none."""

    def holder(self, claim: str) -> str | None:
        """The stream that holds a claim."""

    def close(self) -> None:
        """Give back its connections."""


class Subject(Protocol):
    """A kind of store on one database; travels to other processes (it is pickled), where it is opened."""

    @property
    def conninfo(self) -> str:
        """Where the database is."""

    def reached_by(self, conninfo: str) -> "Subject":
        """The same store, by another way."""

    def open(self) -> Store:
        """The store, through connections of its own."""

    def connect(self) -> Connection:
        """A connection in autocommit that may append, for `Store.attempt`; the caller closes it."""
