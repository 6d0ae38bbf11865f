"""Following the log: poll quickly after activity and slowly when idle, and be woken by a bell."""

import time
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Final, Self

import psycopg

from infrastructure.event_store import EventStore, Row
from infrastructure.postgres import Connection, connect, sql

#: Between two polls, in seconds: after activity, and when nothing has happened for long.
QUICK: Final = 0.005
SLOW: Final = 0.5
#: Rings closer to each other than this are one, in seconds.
TOGETHER: Final = 0.02
PAGE: Final = 500


class Doorbell:
    """Says that there is something new, to every process and machine connected to the same database.

    It carries nothing and promises nothing: a ring that is lost only means that followers find out at their next poll.
    It rings by a connection and in a thread of its own, so it neither waits for an append nor makes one wait.
    """

    def __init__(self, conninfo: str) -> None:
        """Connections are opened when first needed, and again after they are lost."""
        self._conninfo = conninfo
        self._asked = Event()
        self._closed = Event()
        self._lock = Lock()
        self._ringer: Thread | None = None
        self._listening: Connection | None = None

    def ring(self) -> None:
        """Wake those who wait; returns at once and never fails. Rings in quick succession are one."""
        if self._ringer is None:
            self._start()
        self._asked.set()

    def wait(self, timeout: float) -> bool:
        """Wait until somebody rings, at most `timeout` seconds; answers whether somebody did. For one thread."""
        until = time.monotonic() + timeout
        try:
            if self._listening is None:
                self._listening = connect(self._conninfo)
                self._listening.execute(sql("listen"))
                return True  # what rang before nobody listened is not known
            heard = bool(list(self._listening.notifies(timeout=timeout, stop_after=1)))
            return bool(list(self._listening.notifies(timeout=0))) or heard
        except psycopg.OperationalError:
            self._hang_up()
            self._closed.wait(max(0.0, until - time.monotonic()))
            return False

    def close(self) -> None:
        """Stop ringing and listening."""
        self._closed.set()
        self._asked.set()
        if self._ringer is not None:
            self._ringer.join()
        self._hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hang_up(self) -> None:
        if self._listening is not None:
            self._listening.close()
        self._listening = None

    def _start(self) -> None:
        with self._lock:
            if self._ringer is None:
                self._ringer = Thread(target=self._ring_when_asked, name="doorbell", daemon=True)
                self._ringer.start()

    def _ring_when_asked(self) -> None:
        while not self._closed.is_set():
            with suppress(psycopg.OperationalError), connect(self._conninfo) as connection:
                self._ring_by(connection)
            self._closed.wait(SLOW)

    def _ring_by(self, connection: Connection) -> None:
        while self._asked.wait() and not self._closed.is_set():
            self._asked.clear()
            connection.execute(sql("ring"), prepare=True)
            self._closed.wait(TOGETHER)


@dataclass
class Follower:
    """Reads partitions of the log as they grow, each in order, without gap or repetition.

    `positions` says which partitions, and the last offset already read of each; it moves when the caller asks for the
    page after. A lost connection or a restarted server only means a delay.
    """

    store: EventStore
    doorbell: Doorbell
    positions: MutableMapping[int, int]
    page: int = PAGE
    _stopped: Event = field(default_factory=Event)

    def stop(self) -> None:
        """End `pages`, from any thread, within half a second."""
        self._stopped.set()

    def pages(self) -> Iterator[tuple[int, Sequence[Row]]]:
        """Partitions and what is new in them, for ever: waits when there is nothing, ends only when stopped."""
        pause = QUICK
        while not self._stopped.is_set():
            new = self._grown()
            for partition in new:
                if self._stopped.is_set():
                    return
                rows = self.store.read(partition, self.positions[partition], self.page)
                yield partition, rows
                self.positions[partition] = rows[-1].offset
            pause = QUICK if new else min(2 * pause, SLOW)
            if not new and self.doorbell.wait(pause):
                pause = QUICK

    def _grown(self) -> Sequence[int]:
        try:
            heads = self.store.heads()
        except psycopg.OperationalError:  # the store has been patient already; a follower has all the time there is
            return []
        return [partition for partition, after in self.positions.items() if heads[partition] > after]
