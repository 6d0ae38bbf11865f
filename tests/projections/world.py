"""A record to project: real events of real journeys, a log that reads it without keys, and workers."""

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import urandom
from random import Random
from typing import Any, Final
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.sql import SQL, Identifier

from application.ports import Metadata
from domain.catalogue import CATALOGUE
from domain.job_application.codes import Stage
from infrastructure.codec import Codec, write_metadata
from infrastructure.event_store import EventStore, NewRow
from infrastructure.journal import LogReader
from infrastructure.postgres import Access, Connection, connect
from infrastructure.sealing import DataKey, Position
from projections.caseload import CASELOAD
from projections.deadlines import DEADLINES
from projections.positions import install, search_path
from projections.projection import Projection
from projections.runner import Runner
from projections.timeline import TIMELINE
from tests.domain.job_application import samples
from tests.domain.orientation import cases
from tests.spec import CAMILLE

NOON: Final = datetime(2026, 3, 1, 11, tzinfo=UTC)
CODEC: Final = Codec(CATALOGUE.values())
PROJECTIONS: Final[tuple[Projection, ...]] = (TIMELINE, CASELOAD, DEADLINES)
TABLES: Final = ("timeline_line", "caseload_case", "deadline")
METADATA: Final = Metadata(actor=CAMILLE, organisation=cases.A, correlation_id="request", causation_id="request")
_KEY: Final = DataKey(1, AESGCM(urandom(32)))


def new_root() -> str:
    return f"candidate/{uuid4()}"


@dataclass
class World:
    access: Access
    store: EventStore
    log: LogReader
    closing: ExitStack
    versions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tell(self, root: str, journey: str, *events: Any, at: datetime = NOON) -> None:
        """Append events to a journey of a root."""
        before = self.versions[root, journey]
        rows = [event_row(root, journey, before + place, event, at) for place, event in enumerate(events, start=1)]
        self._append(root, journey, rows)

    def tell_unreadable(self, root: str, journey: str) -> None:
        """Append an event that no class of the catalogue answers to."""
        version = self.versions[root, journey] + 1
        row = NewRow(journey, version, "orientation.Unheard", b"{}", write_metadata(METADATA), NOON)
        self._append(root, journey, [row])

    def tell_lives(self, number: int, draw: Random) -> None:
        """Append everything that happens to so many people, each life in small steps, among each other."""
        lives = [(new_root(), random_life(draw)) for _ in range(number)]
        while lives:
            root, life = draw.choice(lives)
            self.tell(root, *life.pop(0))
            lives = [(root, life) for root, life in lives if life]

    def install(self, *projections: Projection) -> None:
        with connect(self.access.owner) as owner:
            install(owner, projections or PROJECTIONS)

    def runner(self, *projections: Projection, **options: Any) -> Runner:
        given: dict[str, Any] = {"connect": self.connect, "log": self.log, "catalogue": CATALOGUE} | options
        runner = Runner(projections=projections or PROJECTIONS, **given)
        self.closing.callback(runner.close)
        return runner

    def connect(self) -> Connection:
        return connect(self.access.service)

    def owner(self) -> Connection:
        return connect(self.access.owner)

    def reader(self, *projections: Projection) -> Connection:
        """A connection that finds the projections' tables."""
        connection = self.connect()
        connection.execute("select set_config('search_path', %s, false)", [search_path(projections or PROJECTIONS)])
        return connection

    def rows(self, table: str, *projections: Projection) -> Sequence[str]:
        """All the rows of a table, as text, in order."""
        with self.reader(*projections) as connection:
            return [
                row
                for (row,) in connection.execute(SQL("select t::text from {} t order by 1").format(Identifier(table)))
            ]

    def tables(self) -> dict[str, Sequence[str]]:
        """Everything that the projections tell."""
        return {table: self.rows(table) for table in TABLES}

    def size(self) -> int:
        return sum(self.store.heads().values())

    def _append(self, root: str, journey: str, rows: Sequence[NewRow]) -> None:
        version = sum(count for (known, _), count in self.versions.items() if known == root)
        self.store.append(root, version, str(uuid4()), rows)
        self.versions[root, journey] += len(rows)


def event_row(root: str, journey: str, version: int, event: Any, at: datetime) -> NewRow:
    form = CODEC.of(event)
    data = form.write(event, Position(root, journey, version, form.name), lambda: _KEY)
    return NewRow(journey, version, form.name, data, write_metadata(METADATA), at)


def random_life(draw: Random) -> list[tuple[str, Any]]:
    """What happens to a person in a few journeys, one event after the other; each journey in its own order."""
    ways: list[tuple[str, list[Any]]] = []
    for number in range(1, draw.randint(1, 3) + 1):
        stage = draw.choice(list(Stage)[1:])
        ways.append((f"orientation-{number}", list(draw.choice(list(cases.REACHED.values())[1:]))))
        ways.append(
            (f"job-application-{number}", list(samples.history(stage, draw.choice([samples.ACI, samples.GEIQ]))))
        )
    life: list[tuple[str, Any]] = []
    while ways := [(journey, way) for journey, way in ways if way]:
        journey, way = draw.choice(ways)
        life.append((journey, way.pop(0)))
    return life
