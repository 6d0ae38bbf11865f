"""A country of dossiers on the server of a run: made once by the project's own simulator, kept until the run ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final

from rich.console import Console
from rich.progress import Progress

from api.settings import Settings
from api.simulation.running import Asked, simulate
from domain.catalogue import CATALOGUE
from infrastructure.codec import Codec
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.journal import LogReader
from infrastructure.keyring import Keyring
from infrastructure.postgres import Access, Connection, connect, open_pool
from projections.milestones.projection import MILESTONES
from projections.positions import install, search_path
from projections.runner import Runner
from tests.benchmarks.measure import fresh_database

SEED: Final = 1
UNTIL: Final = date(2026, 11, 25)
MILLION: Final = 1_000_000


@dataclass
class Countries:
    """Those of this run, by how many dossiers they have."""

    #: How many dossiers a country has: a million, unless the run says otherwise.
    dossiers: int = MILLION
    made: dict[int, Settings] = field(default_factory=dict)

    def of(self, server: EmbeddedServer, dossiers: int) -> Settings:
        """An installation with so many dossiers, and their milestones."""
        if dossiers not in self.made:
            self.made[dossiers] = _make(server, dossiers)
        return self.made[dossiers]


#: What the command line fills in.
COUNTRIES: Final = Countries()


def access_of(settings: Settings) -> Access:
    return replace(Access.by_url(str(settings.database)), service=str(settings.database_service))


@contextmanager
def reading(settings: Settings) -> Iterator[Connection]:
    """A connection of the owner's that finds the milestones."""
    with connect(access_of(settings).owner) as connection:
        connection.execute("select set_config('search_path', %s, false)", [search_path([MILESTONES])])
        yield connection


@contextmanager
def following(settings: Settings) -> Iterator[Runner]:
    """Who tells the milestones."""
    access = access_of(settings)
    with open_pool(access.service) as pool:
        log = LogReader(EventStore(pool), Codec(CATALOGUE.values()))
        yield Runner(connect=partial(connect, access.service), log=log, catalogue=CATALOGUE, projections=[MILESTONES])


def _make(server: EmbeddedServer, dossiers: int) -> Settings:
    access = fresh_database(server, f"simulated_{dossiers}")
    with connect(access.owner) as owner:
        install(owner, [MILESTONES])
    folder = server.folder.parent / f"simulated-{dossiers}"
    folder.mkdir()
    Keyring.create(folder / "keys.json")
    settings = Settings.from_environment(
        {"PARCOURS_DATA": str(folder), "DATABASE_URL": access.owner, "DATABASE_SERVICE_URL": access.service}
    )
    with Progress(console=Console(stderr=True)) as progress:
        simulate(settings, Asked(dossiers=dossiers, seed=SEED, until=UNTIL, workers=2), progress)
    with following(settings) as runner, runner:
        runner.catch_up()
    with reading(settings) as owner:
        owner.execute("vacuum (analyze) milestone, candidate_trait, journey_part")
    return settings
