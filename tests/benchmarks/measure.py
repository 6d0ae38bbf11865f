"""How two ways of doing the same thing are compared on a machine that others use too: by turns, and by their ratio."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import TypedDict

from psycopg.conninfo import make_conninfo

from infrastructure.embedded import EmbeddedServer
from infrastructure.migrations import migrate
from infrastructure.postgres import Access, connect


class Measure(TypedDict):
    """`value` and `baseline` in units of work per second, medians; `ratio` the median of the ratios of the rounds."""

    name: str
    ratio: float
    goal: float
    value: float
    baseline: float


#: Opens one client, which does one unit of work each time it is called.
Client = Callable[[str], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True)
class Race:
    """How a comparison is run: so many clients at once, for so long, so many times."""

    clients: int = 1
    processes: bool = False
    rounds: int = 5
    seconds: float = 1.0

    def compare(self, name: str, goal: float, ways: tuple[Client, Client], conninfo: str) -> Measure:
        """The first way against the second, by turns."""
        pool: Executor = (
            ProcessPoolExecutor(self.clients, mp_context=get_context("spawn"))
            if self.processes
            else ThreadPoolExecutor(self.clients)
        )
        with pool:
            for way in ways:
                self._rate(pool, way, conninfo)  # processes start, caches fill
            rates = [[self._rate(pool, way, conninfo) for way in ways] for _ in range(self.rounds)]
        values, baselines = zip(*rates, strict=True)
        return Measure(
            name=name,
            ratio=round(statistics.median(value / baseline for value, baseline in rates), 3),
            goal=goal,
            value=round(statistics.median(values), 1),
            baseline=round(statistics.median(baselines), 1),
        )

    def _rate(self, pool: Executor, way: Client, conninfo: str) -> float:
        begin = time.time() + 1.0
        work = partial(_work, way, conninfo, begin, begin + self.seconds)
        return sum(pool.map(work, range(self.clients))) / self.seconds


def _work(way: Client, conninfo: str, begin: float, end: float, _: int) -> int:
    with way(conninfo) as once:
        for _warming in range(10):
            once()
        time.sleep(max(0.0, begin - time.time()))
        done = 0
        while time.time() < end:
            once()
            done += 1
        return done


def fresh_database(server: EmbeddedServer, name: str) -> Access:
    """A migrated database of that name on the server, emptied of a former run, with a plain table like the log."""
    with connect(server.conninfo()) as connection:
        connection.execute(f"drop database if exists {name} with (force)".encode())
    access = Access.embedded(server, name)
    migrate(access.owner)
    with connect(access.owner) as connection:
        connection.execute("create table plain (like event including all)")
    return access


def through(conninfo: str, port: int) -> str:
    """The same database by a TCP port of this machine."""
    return make_conninfo(conninfo, host="127.0.0.1", port=port)
