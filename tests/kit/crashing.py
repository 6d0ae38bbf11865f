"""A server that is killed again and again while processes append to it."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from signal import SIGKILL
from threading import Event, Thread
from time import monotonic
from typing import Final, Protocol

import psycopg

from infrastructure.embedded import EmbeddedServer
from tests.kit.audit import Promises, Tail
from tests.kit.contract import Conflict, Store, Subject
from tests.kit.writing import Ledger, start, write

#: Durable: what is acknowledged was flushed.
SETTINGS: Final = {
    "shared_buffers": "32MB",
    "max_connections": "60",
    "fsync": "on",
    "synchronous_commit": "on",
    "recovery_init_sync_method": "syncfs",  # one call instead of a thousand at each restart
}
#: Of `prctl`, on Linux.
SET_CHILD_SUBREAPER: Final = 36
#: Seconds for the service to be back: only a defect takes so long.
BOUND: Final = 90.0
A_FEW: Final = 10
#: How many appends are sent again at the end.
SAMPLE: Final = 500
#: Seconds of appending before a crash, at most: drawn, so that crashes fall on every step of an append.
LONGEST_QUIET: Final = 0.05


class Companion(Protocol):
    """Something else that lives on the log while the server is killed, and is killed with it."""

    def restart(self) -> None:
        """Kill its process, if it runs, and start another one."""


def kill_postmaster(server: EmbeddedServer, _: Random) -> None:
    """The server's parent process: its children end by themselves, when they notice."""
    children = _processes(server, "")
    _kill([server.pid or 0])
    _bury(children)
    server.start()


def kill_backend(server: EmbeddedServer, draw: Random) -> None:
    """The process that serves one connection: the server throws all the others out and recovers."""
    os.kill(draw.choice(_processes(server, "client backend")), SIGKILL)


def kill_everything(server: EmbeddedServer, _: Random) -> None:
    """All processes of the server at once."""
    _kill([server.pid or 0, *_processes(server, "")])
    server.start()


KILLS: Final = (kill_postmaster, kill_backend, kill_everything)


@contextmanager
def adopting() -> Iterator[None]:
    """Make orphans our children, where the system can, to know of their end at once; else its own parent is told."""
    prctl = getattr(CDLL(None), "prctl", lambda *_: None)
    prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield
    prctl(SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _kill(processes: Sequence[int]) -> None:
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, SIGKILL)
    _bury(processes)


def _bury(processes: Sequence[int]) -> None:
    for pid in processes:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _processes(server: EmbeddedServer, kind: str) -> Sequence[int]:
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        query = "select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type like %s || '%%'"
        return [pid for (pid,) in connection.execute(query, [kind])]


class Follower(Thread):
    """Tails the log all the time, whatever happens to the server."""

    def __init__(self, store: Store) -> None:
        super().__init__(daemon=True)
        self.tail = Tail(store)
        self.stopped = Event()

    def run(self) -> None:
        while not self.stopped.wait(0.01):
            self.tail.poll()

    def stop(self) -> None:
        self.stopped.set()
        self.join()
        self.tail.poll()


@dataclass
class Torture:
    """Writers, a follower and companions, on a server that is killed."""

    server: EmbeddedServer
    subject: Subject
    folder: Path
    companions: Sequence[Companion] = ()
    promises: Promises = field(default_factory=Promises)
    ledgers: list[Ledger] = field(default_factory=list)
    writers: list[ForkServerProcess] = field(default_factory=list)
    draw: Random = field(default_factory=lambda: Random(1))
    #: Acknowledged appends that, sent again, were answered otherwise.
    answered_otherwise: list[str] = field(default_factory=list)
    resent: int = 0

    def run(self, store: Store, crashes: int, tell: Callable[[int], None]) -> Follower:
        """Kill the server so often, then the writers; everything sent is answered afterwards."""
        follower = Follower(store)
        follower.start()
        self._start_writers(4)
        kills = cycle(KILLS)
        for number in range(1, crashes + 1):
            self._until_everybody_appended()
            follower.stopped.wait(self.draw.uniform(0, LONGEST_QUIET))
            next(kills)(self.server, self.draw)
            for companion in self.companions:
                companion.restart()
            for ledger in self.ledgers:
                self._send_again(store, ledger.last)
            tell(number)
        self._until_everybody_appended()
        self._kill_writers()
        self._send_again_what_was_not_answered(store)
        for name in self.sample():
            self._send_again(store, name)
        follower.stop()
        return follower

    def sample(self) -> Sequence[str]:
        """Some of the appends that were acknowledged."""
        names = sorted(self.promises.acknowledged)
        return self.draw.sample(names, min(SAMPLE, len(names)))

    def _start_writers(self, number: int) -> None:
        self.ledgers = [Ledger(self.folder / str(each), self.promises) for each in range(number)]
        for each, ledger in enumerate(self.ledgers):
            ledger.path.touch()
            self.writers.append(start(write, self.subject, ledger.path, each, None))

    def _until_everybody_appended(self) -> None:
        """Answer once every writer has been told of a few appends more than now."""
        self._refresh()
        wanted = [ledger.acknowledged + A_FEW for ledger in self.ledgers]
        until, pause = monotonic() + BOUND, Event()
        while any(ledger.acknowledged < count for ledger, count in zip(self.ledgers, wanted, strict=True)):
            assert all(writer.is_alive() for writer in self.writers), "a writer gave up"
            assert monotonic() < until, "the service did not come back"
            pause.wait(0.005)
            self._refresh()

    def _refresh(self) -> None:
        for ledger in self.ledgers:
            ledger.refresh()

    def _kill_writers(self) -> None:
        for writer in self.writers:
            writer.kill()
            writer.join()
        self._refresh()

    def _send_again(self, store: Store, name: str | None) -> None:
        if name is not None:
            self.resent += 1
            if store.append(self.promises.sent[name]) != self.promises.acknowledged[name]:
                self.answered_otherwise.append(name)

    def _send_again_what_was_not_answered(self, store: Store) -> None:
        for name in self.promises.sent.keys() - self.promises.acknowledged.keys() - self.promises.refused:
            try:
                self.promises.acknowledged[name] = store.append(self.promises.sent[name])
            except Conflict:
                self.promises.refused.add(name)
