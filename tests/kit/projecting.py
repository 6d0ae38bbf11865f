"""A projection that would show every event told twice or not at all, and workers that die while they tell it."""

import os
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from signal import SIGKILL
from threading import Event
from time import monotonic
from typing import Any, Final, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait

from application.ports import Metadata, Recorded
from domain.catalogue import CATALOGUE
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore, Row
from infrastructure.migrations import migrate
from infrastructure.postgres import Access, connect, open_pool
from projections.positions import install, search_path
from projections.projection import EventProjection, Rows, Statement
from projections.runner import Runner
from tests.kit.contract import Connection
from tests.kit.ours import Ours
from tests.kit.writing import start
from tests.spec import CAMILLE

T = TypeVar("T")

SQL: Final = Path(__file__).parent / "sql"
SAW: Final = Statement(text=(SQL / "witness_saw.sql").read_bytes(), many=True)
COUNTED: Final = Statement(text=(SQL / "witness_counted.sql").read_bytes(), many=False)
MORTAL: Final = "mortal"
#: Seconds for the server to notice that a worker is gone: only a defect takes so long.
BOUND: Final = 20.0
METADATA: Final = Metadata(actor=CAMILLE, correlation_id="kit", causation_id="kit")


def _project(recorded: Recorded, rows: Rows) -> None:
    rows.add(SAW, recorded.root_version)
    rows.add(COUNTED, 1)


WITNESS: Final = EventProjection(
    name="witness",
    tables=(SQL / "witness_tables.sql").read_bytes(),
    statements=(SAW, COUNTED),
    project=_project,
)


@dataclass(frozen=True)
class BareLog:
    """The log without what its events tell: the kit's own say nothing."""

    store: EventStore

    def read(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        return [_recorded(row) for row in self.store.read(partition, after, limit)]

    def load(self, root: str, *, up_to: int | None = None) -> Sequence[Recorded]:
        return [_recorded(row) for row in self.store.load(root, up_to=up_to)]

    def heads(self) -> Mapping[int, int]:
        return self.store.heads()


def _recorded(row: Row) -> Recorded:
    return Recorded(
        partition=row.partition,
        offset=row.offset,
        root=row.root,
        root_version=row.root_version,
        journey=row.journey,
        journey_version=row.journey_version,
        event=None,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        metadata=METADATA,
    )


class Mortal(psycopg.Connection[tuple[Any, ...]]):
    """A connection whose process is killed at its n-th moment: before it sends something, or once it has sent it."""

    left: int = -1

    def wait(self, gen: PQGen[T], *given: Any, **named: Any) -> T:
        return super().wait(self._counted(gen), *given, **named)

    def _counted(self, gen: PQGen[T]) -> Generator[Wait, Ready | int, T]:
        self._moment()
        try:
            wanted = next(gen)
            while True:
                self._moment()
                wanted = gen.send((yield wanted))
        except StopIteration as end:
            answer: T = end.value
            return answer

    def _moment(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), SIGKILL)
        self.left -= 1


def die_while_telling(conninfo: str, moment: int) -> None:
    """Tell everything there is to tell, and be killed at that moment; ends by itself if there are fewer."""

    def mortal() -> Connection:
        connection = Mortal.connect(conninfo, autocommit=True, application_name=MORTAL)
        connection.left = moment
        return connection

    _with_runner(conninfo, mortal, lambda runner: runner.catch_up())


def tell(conninfo: str) -> None:
    """Tell what comes, until killed."""
    _with_runner(conninfo, lambda: connect(conninfo), lambda runner: runner.run(Event()))


def _with_runner(conninfo: str, connection: Callable[[], Connection], work: Callable[[Runner], object]) -> None:
    with open_pool(conninfo, size=2) as pool:
        store = EventStore(pool, patience=120)
        runner = Runner(connect=connection, log=BareLog(store), catalogue=CATALOGUE, projections=[WITNESS])
        work(runner)
        runner.close()


@dataclass
class Witnesses:
    """A database with the witness projection, and at most one worker at a time that tells it."""

    access: Access
    worker: ForkServerProcess | None = None

    @classmethod
    def of(cls, access: Access) -> "Witnesses":
        with closing(connect(access.owner)) as owner:
            install(owner, [WITNESS])
        return cls(access)

    @classmethod
    def on(cls, server: EmbeddedServer) -> "Witnesses":
        """On a server of its own."""
        access = Access.embedded(server)
        migrate(access.owner, partitions=4)
        return cls.of(access)

    @property
    def subject(self) -> Ours:
        return Ours(self.access.service)

    def restart(self) -> None:
        """Kill the worker, if there is one, and start another one."""
        self.close()
        self.worker = start(tell, self.access.service)

    def close(self) -> None:
        if self.worker is not None:
            self.worker.kill()
            self.worker.join()

    def die_at(self, moment: int) -> bool:
        """Let a worker tell, and die at that moment; answers whether it came so far."""
        worker = start(die_while_telling, self.access.service, moment)
        worker.join()
        assert worker.exitcode in {0, -SIGKILL}
        return worker.exitcode != 0

    def until_its_work_is_over(self) -> None:
        """Answer once the server has finished, or given up, what a killed worker had asked for."""
        until, pause = monotonic() + BOUND, Event()
        with closing(connect(self.access.service)) as connection:
            query = "select from pg_stat_activity where application_name = %s and datname = current_database()"
            while connection.execute(query, [MORTAL]).fetchone() is not None:
                assert monotonic() < until, "the server still works for a worker that is gone"
                pause.wait(0.002)

    def catch_up(self) -> None:
        """Tell what is left to tell, once the worker is gone."""
        self.close()
        die_while_telling(self.access.service, -1)

    def testimony(self) -> list[tuple[str, int]]:
        """Every event that was told, as often as it was."""
        with closing(connect(self.access.service)) as connection:
            connection.execute("select set_config('search_path', %s, false)", [search_path([WITNESS])])
            saw = connection.execute("select root, root_version from witness order by 1, 2").fetchall()
            counted = connection.execute("select root, events from witness_count").fetchall()
        assert dict(counted) == Counter(root for root, _ in saw)
        return [(root, version) for root, version in saw]

    def positions(self) -> dict[int, int]:
        """How far the projection says that it is."""
        with closing(connect(self.access.service)) as connection:
            return dict(connection.execute('select partition, "offset" from projection_position').fetchall())
