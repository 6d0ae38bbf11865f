"""Rebuilds a projection beside the tables that people read, compares, and switches in one instant."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import Final

import psycopg
import structlog
from psycopg.sql import SQL, Identifier

from projections.comparison import Difference, compare
from projections.positions import BUILDING, REPLACED, exists, make, start
from projections.projection import Connection, Projection, sql
from projections.runner import Runner

#: Seconds between two looks at how far the workers have come.
LOOK: Final = 0.2
#: So many events behind the tables that people read, the last ones can be told while those are held still.
CLOSE: Final = 2_000
#: Seconds without progress after which a rebuild gives up.
PATIENCE: Final = 60.0

_log = structlog.get_logger(__name__)

#: Told and to tell, in events.
Progress = Callable[[int, int], None]


class AlreadyRebuilding(RuntimeError):
    """Another process is rebuilding this projection."""


class RebuildFailed(RuntimeError):
    """The rebuild no longer advances: the log says why. The next one resumes where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What came of a rebuild."""

    #: Tables whose rows differed at equal positions. Expected where the projection changed; a defect where it did not.
    differences: Sequence[Difference]
    switched: bool


@dataclass(frozen=True, kw_only=True)
class Rebuild:
    """A rebuild of one projection. Killed at any point, it resumes where it was when it is run again.

    People go on reading, and the runners go on telling, all the while: they are held still for the time of the last
    few events, twice. The workers here are threads, which share one processor; runners with `building=True` in other
    processes join them.
    """

    projection: Projection
    #: Opens a connection of the owner of the tables, in autocommit.
    connect_owner: Callable[[], Connection]
    #: What the workers are made like: its connections, log and catalogue.
    runner: Runner
    workers: int = 2
    #: Others who tell the new tables too, in processes of their own, for as long as the block lasts.
    beside: Callable[[], AbstractContextManager[None]] = nullcontext

    def run(
        self,
        *,
        progress: Progress = lambda _told, _all: None,
        switch: Callable[[Sequence[Difference]], bool] = lambda _: True,
        fresh: bool = False,
    ) -> Rebuilt:
        """Build, compare, and switch if `switch` agrees with the differences; otherwise what was built is dropped.

        `fresh` forgets what an interrupted rebuild had built. Raises `AlreadyRebuilding`, `RebuildFailed`.
        """
        with self._alone() as owner:
            self._prepare(owner, fresh=fresh)
            self._follow(owner, progress)
            differences = self._compare(owner)
            _log.info("projection rebuilt", projection=self.projection.name, differing_tables=len(differences))
            switched = switch(differences)
            if switched:
                self._switch(owner)
            else:
                self._forget(owner)
            self._drop(owner, REPLACED)
        return Rebuilt(differences=differences, switched=switched)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        name = [self.projection.name]
        with self.connect_owner() as owner:
            taken = owner.execute(sql("rebuild/alone"), name).fetchone()
            if taken != (True,):
                raise AlreadyRebuilding(self.projection.name)
            yield owner

    def _prepare(self, owner: Connection, *, fresh: bool) -> None:
        """Tables and positions to start or to resume with; what an interrupted switch left is dropped."""
        self._drop(owner, REPLACED)
        under_way = owner.execute(sql("rebuild/version_under_way"), [self.projection.name]).fetchall()
        if under_way and not fresh and under_way == [(self.projection.version,)]:
            return
        self._forget(owner)
        with owner.transaction():
            make(owner, self.projection, self._beside)
            start(owner, self.projection, building=True)

    def _follow(self, owner: Connection, progress: Progress) -> None:
        """Tell the log to the new tables until they are close behind those that people read."""
        stop = Event()
        threads = [Thread(target=self._worker().run, args=(stop,), daemon=True) for _ in range(self.workers)]
        with self.beside():
            try:
                for thread in threads:
                    thread.start()
                for told, to_tell in self._looks(owner):
                    progress(told, to_tell)
                    if to_tell - told <= CLOSE:
                        break
                    stop.wait(LOOK)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()

    def _looks(self, owner: Connection) -> Iterator[tuple[int, int]]:
        """How many events are told and to tell, again and again; raises `RebuildFailed` once that no longer changes."""
        advanced, before = monotonic(), -1
        while monotonic() - advanced < PATIENCE:
            told, to_tell = owner.execute(sql("rebuild/progress"), [self.projection.name]).fetchone() or (0, 0)
            if told != before:
                advanced, before = monotonic(), told
            yield told, to_tell
        raise RebuildFailed(self.projection.name)

    @contextmanager
    def _level(self, owner: Connection) -> Iterator[None]:
        """Both sets of tables told the same events, and held there until the end of the transaction."""
        worker = self._worker()
        try:
            with owner.transaction():
                owner.execute(sql("rebuild/hold_still"), [self.projection.name])
                for told, to_tell in self._looks(owner):
                    if told == to_tell:
                        break
                    worker.step()
                yield
        finally:
            worker.close()

    def _compare(self, owner: Connection) -> Sequence[Difference]:
        """Compare as long as it takes, in a snapshot in which both are level: nobody is held meanwhile."""
        with ExitStack() as stack:
            reader = stack.enter_context(self.connect_owner())
            reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            with self._level(owner):
                stack.enter_context(reader.transaction())
                reader.execute("select")
            return compare(reader, self.projection.name, self._beside)

    def _switch(self, owner: Connection) -> None:
        name = self.projection.name
        with self._level(owner):
            self._rename(owner, name, name + REPLACED)
            self._rename(owner, self._beside, name)
            for statement in ("take_over_positions", "forget_replaced_parked", "take_over_parked", "forget_positions"):
                owner.execute(sql(f"rebuild/{statement}"), [name])

    def _forget(self, owner: Connection) -> None:
        with owner.transaction():
            for statement in ("forget_positions", "forget_parked"):
                owner.execute(sql(f"rebuild/{statement}"), [self.projection.name])
            self._drop(owner, BUILDING)

    def _drop(self, owner: Connection, suffix: str) -> None:
        """Waits for those who still read it."""
        schema = self.projection.name + suffix
        if exists(owner, schema):
            owner.execute(SQL("drop schema {} cascade").format(Identifier(schema)))

    @staticmethod
    def _rename(owner: Connection, schema: str, to: str) -> None:
        owner.execute(SQL("alter schema {} rename to {}").format(Identifier(schema), Identifier(to)))

    @property
    def _beside(self) -> str:
        return self.projection.name + BUILDING

    def _worker(self) -> Runner:
        return Runner(
            connect=self.runner.connect,
            log=self.runner.log,
            catalogue=self.runner.catalogue,
            projections=[self.projection],
            building=True,
        )
