"""Events that a projection cannot be told: their dossier waits, everybody else's goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Final

import psycopg
import structlog
from prometheus_client import Counter

from application.ports import Recorded
from projections.batch import EVENTS, Told
from projections.claims import LOST, Claim, Workbench, claim, move, parked_roots, without
from projections.projection import Connection, Projection, sql

PARKED: Final = Counter("parcours_projection_parked", "Dossiers parked by a projection", ["projection"])

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A dossier that waits to be told to a projection. Says nothing of what is in its events."""

    projection: str
    root: str
    partition: int
    #: The event that it waits at.
    root_version: int
    offset: int
    #: The class of the error, and the file, line and function that raised it.
    error: str
    place: str
    parked_at: datetime


def parked(connection: Connection, limit: int = 100) -> Sequence[Parked]:
    """The dossiers that wait, the longest first."""
    names = ("projection", "root", "partition", "root_version", "offset", "error", "place", "parked_at")
    rows = connection.execute(sql("parked/list"), [limit])
    return [Parked(**dict(zip(names, row, strict=True))) for row in rows]


def tell_carefully(bench: Workbench, projection: Projection, start: int) -> Told:
    """Tell one batch to one projection, parking the dossiers whose events it cannot be told."""
    with bench.connection.transaction():
        claims = claim(bench, [projection], start)
        roots = parked_roots(bench, claims)
        moves = [(each, Careful(bench, each, roots[projection.name]).tell_a_page()) for each in claims]
        move(bench, moves)
    told = sum(reached - each.after for each, reached in moves)
    return Told(events=told, beyond=claims[-1].partition + 1 if claims else 0)


def retry(bench: Workbench, projection: Projection, root: str) -> bool:
    """Tell a parked dossier from its parked event on, in order; answers whether nothing of it waits any more."""
    with bench.connection.transaction():
        held = bench.connection.execute(sql("parked/hold"), [projection.name, root]).fetchone()
        if held is None:
            return True
        partition, version, reached = held
        history = bench.log.load(root)
        bench.connection.execute(sql("parked/release"), [projection.name, root])
        events = [each for each in history if each.root_version >= version and each.offset <= reached]
        careful = Careful(bench, Claim(projection=projection, partition=partition, after=reached, end=reached), set())
        careful.tell(events)
    return not careful.parked


@dataclass(frozen=True, slots=True)
class Careful:
    """Tells events of one partition to one projection, as many as it can be told."""

    bench: Workbench
    claim: Claim
    #: The roots left alone; those parked meanwhile join them.
    parked: set[str]

    def tell_a_page(self) -> int:
        """Answers the offset reached."""
        page = self._read(min(EVENTS // self.bench.at_once, self.claim.end - self.claim.after))
        if page is None:
            return self.claim.after + 1
        self.tell(page)
        return page[-1].offset if page else self.claim.after

    def tell(self, events: Sequence[Recorded]) -> None:
        """Tell events in order, halving what fails until one is left, whose dossier is parked."""
        events = without(self.parked, events)
        if not events:
            return
        try:
            with self.bench.connection.transaction():
                self.claim.projection.collect(events, self.bench.dossiers).write(self.bench.connection)
        except Exception as error:
            if not is_the_events_own(error):
                raise
            self._halve(events, error)

    def _halve(self, events: Sequence[Recorded], error: Exception) -> None:
        middle = len(events) // 2
        if middle:
            self.tell(events[:middle])
            self.tell(events[middle:])
        else:
            self._park(events[0].root, events[0].root_version, events[0].offset, error)

    def _read(self, limit: int) -> Sequence[Recorded] | None:
        """The events before the first that cannot be read; None if that is the next one, now parked."""
        try:
            return self.bench.log.read(self.claim.partition, self.claim.after, limit)
        except Exception as error:
            if not is_the_events_own(error):
                raise
            if limit > 1:
                return self._read(limit // 2)
            offset = self.claim.after + 1
            for root, version in self.bench.connection.execute(sql("parked/where"), [self.claim.partition, offset]):
                self._park(root, version, offset, error)
            return None

    def _park(self, root: str, version: int, offset: int, error: Exception) -> None:
        name = self.claim.projection.name
        why = [type(error).__name__, _place(error)]
        where = [name, self.bench.building, self.claim.partition, root, version, offset]
        self.bench.connection.execute(sql("parked/park"), [*where, *why])
        self.parked.add(root)
        PARKED.labels(name).inc()
        _log.error("dossier parked", projection=name, root=root, version=version, error=why[0], place=why[1])


def is_the_events_own(error: Exception) -> bool:
    """Whether an error comes from what an event tells, rather than from the server, its schema or its rights."""
    if isinstance(error, LOST):
        return False
    if not isinstance(error, psycopg.Error) or error.sqlstate is None:
        return True
    return isinstance(error, psycopg.DataError | psycopg.IntegrityError)


def _place(error: Exception) -> str:
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}"
