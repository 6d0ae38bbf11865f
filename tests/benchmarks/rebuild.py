"""What rebuilding the milestones of a country costs, next to copying its log out and in again; and in what memory."""

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from rich.progress import Progress

from api.rebuilding import rebuild as rebuild_projection
from api.settings import Settings
from infrastructure.embedded import EmbeddedServer
from infrastructure.postgres import Connection, connect
from projections.milestones.projection import MILESTONES
from tests.benchmarks.measure import Measure
from tests.benchmarks.simulated import COUNTRIES, access_of

GOAL: Final = 0.25
WORKERS: Final = 2
#: Flat: so many times the dossiers, and at most a tenth more memory.
SMALLER: Final = 5
FLAT: Final = 0.9
_OUT: Final = b"copy event to stdout (format binary)"
_IN: Final = b"copy plain from stdin (format binary)"


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [rebuild, rebuild_memory]


def rebuild(server: EmbeddedServer) -> Measure:
    """Events per second, from the first one to the switch, with two workers; and rows copied out and in per second."""
    settings = COUNTRIES.of(server, COUNTRIES.dossiers)
    baseline = _copied(settings)
    pace, _ = _rebuilt(settings)
    return Measure(
        name="rebuild", ratio=round(pace / baseline, 3), goal=GOAL, value=round(pace), baseline=round(baseline)
    )


def rebuild_memory(server: EmbeddedServer) -> Measure:
    """The most memory that rebuilding a fifth of the country took, against all of it, in megabytes."""
    small, large = (
        _rebuilt(COUNTRIES.of(server, dossiers))[1] for dossiers in (COUNTRIES.dossiers // SMALLER, COUNTRIES.dossiers)
    )
    return Measure(name="rebuild-memory", ratio=round(small / large, 3), goal=FLAT, value=large, baseline=small)


def _copied(settings: Settings) -> float:
    with connect(access_of(settings).owner) as reader, connect(access_of(settings).owner) as writer:
        writer.execute("truncate plain")
        began = time.perf_counter()
        with (
            writer.transaction(),
            reader.cursor() as out,
            writer.cursor() as into,
            out.copy(_OUT) as rows,
            into.copy(_IN) as copy,
        ):
            for piece in rows:
                copy.write(piece)
        pace = _events(writer) / (time.perf_counter() - began)
        writer.execute("truncate plain")
        return pace


def _rebuilt(settings: Settings) -> tuple[float, int]:
    """In a process of its own: events per second, and the most memory that a process took in megabytes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(rebuild_all, settings).result()


def rebuild_all(settings: Settings) -> tuple[float, int]:
    """As the verb does it."""
    with connect(access_of(settings).owner) as connection:
        began = time.perf_counter()
        rebuild_projection(settings, MILESTONES.name, WORKERS, Progress(disable=True))
        pace = _events(connection) / (time.perf_counter() - began)
        connection.execute("vacuum (analyze) milestones.milestone")
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return pace, max(used) // 1024


def _events(connection: Connection) -> int:
    (events,) = connection.execute('select sum("offset") from head').fetchone() or (0,)
    return int(events)
