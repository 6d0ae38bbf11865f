"""`parcours simulate`: every partition of the log told by one process or another, and written at once."""

import gc
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import get_context
from typing import Final

from rich.progress import Progress

from api.demo.mark import Mark
from api.settings import NotConfigured, Settings
from api.simulation.population import Population
from api.simulation.telling import Country
from api.wiring import keyring, prepare, reached
from domain.calendar import paris_day, paris_start
from domain.catalogue import CATALOGUE
from infrastructure.bulk import Bulk, known
from infrastructure.clock import SystemClock
from infrastructure.codec import Codec
from infrastructure.digests import KeyedDigests
from infrastructure.event_store import EventStore
from infrastructure.postgres import Connection, connect, open_pool

#: Objects made between two collections: lives are made and forgotten by the thousand, and none is a cycle.
_COLLECT_AFTER: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be simulated."""

    dossiers: int
    seed: int
    #: None for today.
    until: date | None
    workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What came of it."""

    events: int
    #: Dossiers that an earlier run had written, which was interrupted.
    before: int


def simulate(settings: Settings, asked: Asked, progress: Progress) -> Simulated:
    """Fill an empty log, or go on where the same simulation was interrupted.

    The embedded database is made ready first; any other is expected to be (`parcours db migrate`). Raises
    `NotConfigured` if the log holds anything else, `KeysRefused` if there are no keys.
    """
    keyring(settings)
    with reached(settings) as where:
        here = settings.reaching(where)
        if settings.database is None:
            prepare(where)
        with open_pool(where.owner, size=2) as pool:
            heads = EventStore(pool).heads()
        until = paris_start(asked.until or paris_day(SystemClock().now()))
        population = Population(dossiers=asked.dossiers, seed=asked.seed, until=until, partitions=len(heads))
        if any(heads.values()) and not _begun(here, population):
            raise NotConfigured("this log holds dossiers already: a simulation starts on an empty one")
        simulated = _run(here, population, asked.workers, progress)
        Mark.of(settings, where).tell()
        return simulated


def _begun(settings: Settings, population: Population) -> bool:
    """Whether this very simulation has written something: its organisations are like no others."""
    country = _country(settings, population)
    with _owner(settings) as owner:
        return any(known(owner, population.partition(root), root) for root in country.organisations())


def _run(settings: Settings, population: Population, workers: int, progress: Progress) -> Simulated:
    task = progress.add_task("dossiers", total=population.dossiers)
    events = before = 0
    gathered = population.by_partition()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        pending = {
            pool.submit(write, settings, population, partition, list(numbers)): len(numbers)
            for partition, numbers in enumerate(gathered)
        }
        for done in as_completed(pending):
            written = done.result()
            events += written or 0
            before += pending[done] if written is None else 0
            progress.advance(task, pending[done])
    with _owner(settings) as owner:
        owner.execute("analyze event, head, claim, keys.data_key")
    return Simulated(events=events, before=before)


def write(settings: Settings, population: Population, partition: int, numbers: Sequence[int]) -> int | None:
    """Tell a partition and write it; answers how many events there are, None if it was written before."""
    country = _country(settings, population)
    with _owner(settings) as owner:
        if any(known(owner, partition, root) for root in country.roots(partition, numbers[:1])):
            return None
        bulk = Bulk(partition, Codec(CATALOGUE.values()), keyring(settings))
        for told in country.told(partition, numbers):
            bulk.add(told.root, told.history, erased=told.erased)
        return bulk.write(owner, country.claims(partition), country.numbers.last)


def _owner(settings: Settings) -> closing[Connection]:
    return closing(connect(settings.database or ""))


def _country(settings: Settings, population: Population) -> Country:
    return _remembered(keyring(settings).digest_secret, population)


@cache
def _remembered(secret: bytes, population: Population) -> Country:
    """Made once in each process."""
    gc.set_threshold(_COLLECT_AFTER)
    return Country(population, KeyedDigests(secret))
