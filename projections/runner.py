"""Follows the log: tells its events to the projections, exactly once, whatever is killed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Final, Self

import structlog

from application.dossiers import Catalogue
from projections import batch, parking
from projections.claims import LOST, PARTITIONS, Workbench
from projections.dossiers import Dossiers
from projections.ports import Doorbell, Log
from projections.positions import search_path
from projections.projection import Connection, Projection

#: Seconds between two looks at the log: while events come, and when none has come for a while.
SHORTEST_PAUSE: Final = 0.005
LONGEST_PAUSE: Final = 0.1
#: Seconds before another attempt when the server cannot be reached.
LONGEST_RETREAT: Final = 5.0
#: A batch of so many events leaves more behind: the next one follows at once.
FULL: Final = 500

#: Rows and positions come and go together, so a crash that loses the last commits loses both, and they are told again.
#: A worker that hangs inside a batch loses its connection, and thereby its partitions.
_SESSION: Final = "set synchronous_commit = off; set idle_in_transaction_session_timeout = '60s'"

_log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Runner:
    """One worker. Any number of them, in any number of processes, share the partitions without knowing each other.

    Each batch takes positions that nobody else is moving and gives them back when it commits, or when its connection
    dies: the partitions of a killed worker are free at once.
    """

    #: Opens a connection of the service, in autocommit.
    connect: Callable[[], Connection]
    log: Log
    catalogue: Catalogue
    projections: Sequence[Projection]
    doorbell: Doorbell | None = None
    #: True for the tables of a rebuild, which follow those that people read.
    building: bool = False
    #: How many partitions a batch takes.
    at_once: int = PARTITIONS
    _dossiers: Dossiers = field(init=False)
    _connection: Connection | None = None
    _start: int = 0

    def __post_init__(self) -> None:
        self._dossiers = Dossiers(self.log, self.catalogue)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, stop: Event) -> None:
        """Follow until told to stop; survives lost connections and restarted servers."""
        pause, retreat = SHORTEST_PAUSE, SHORTEST_PAUSE
        try:
            while not stop.is_set():
                try:
                    pause = self._follow(pause, stop)
                    retreat = SHORTEST_PAUSE
                except LOST as error:
                    retreat = min(4 * retreat, LONGEST_RETREAT)
                    _log.warning("projections lost the database", error=type(error).__name__, again_in=retreat)
                    self.close()
                    stop.wait(retreat)
        finally:
            self.close()

    def catch_up(self) -> int:
        """Tell everything that nobody else is telling; answers how many events, counted once per projection."""
        told = 0
        while step := self.step():
            told += step
        return told

    def step(self) -> int:
        """Tell one batch; answers how many events, counted once per projection: 0 when there is nothing to do."""
        bench = self._bench()
        try:
            told = batch.tell(bench, self.projections, self._start)
        except LOST:
            raise
        except Exception as error:  # noqa: BLE001 - the careful way finds out whose error it is
            _log.warning("projection batch failed", error=type(error).__name__)
            return sum(self._step_carefully(projection) for projection in self.projections)
        self._start = told.beyond
        return told.events

    def retry(self, projection: Projection, root: str) -> bool:
        """Tell a parked dossier from its parked event on; answers whether nothing of it waits any more."""
        return parking.retry(self._bench(), projection, root)

    def close(self) -> None:
        """Close the connection; the next step opens another one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _follow(self, pause: float, stop: Event) -> float:
        told = self.step()
        if told >= FULL:
            return SHORTEST_PAUSE
        if told or self.doorbell is None:
            stop.wait(SHORTEST_PAUSE if told else pause)
        elif self.doorbell.wait(pause):
            return SHORTEST_PAUSE
        return SHORTEST_PAUSE if told else min(2 * pause, LONGEST_PAUSE)

    def _step_carefully(self, projection: Projection) -> int:
        """A projection that is broken as a whole stays where it is, and the others go on."""
        try:
            return parking.tell_carefully(self._bench(), projection, self._start).events
        except LOST:
            raise
        except Exception as error:  # noqa: BLE001 - it is reported, and shows as lag, until somebody mends it
            _log.error("projection broken", projection=projection.name, error=type(error).__name__)
            self.close()
            return 0

    def _bench(self) -> Workbench:
        if self._connection is None:
            self._connection = self.connect()
            self._connection.execute(_SESSION)
            path = search_path(self.projections, building=self.building)
            self._connection.execute("select set_config('search_path', %s, false)", [path])
        return Workbench(
            connection=self._connection,
            log=self.log,
            dossiers=self._dossiers,
            building=self.building,
            at_once=self.at_once,
        )
