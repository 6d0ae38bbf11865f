"""How long after its append an event is in every projection, at a steady pace of appends, one worker following."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from random import Random
from statistics import quantiles
from threading import Event, Thread
from typing import Final
from uuid import uuid4

from domain.catalogue import CATALOGUE
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.follower import Doorbell
from infrastructure.journal import LogReader
from infrastructure.postgres import Access, Connection, connect, open_pool
from projections.milestones.projection import MILESTONES
from projections.positions import install
from projections.runner import Runner
from tests.benchmarks.measure import Measure, fresh_database
from tests.projections.world import CODEC, NOON, PROJECTIONS, event_row, new_root, random_life

ALL: Final = (*PROJECTIONS, MILESTONES)
PER_SECOND: Final = 200
APPENDS: Final = 2_000
#: Seconds within which 99 appends in 100 must be told everywhere.
GOAL: Final = 0.050
#: Seconds between two looks at what is told: what the measure adds to a delay, at most.
LOOK: Final = 0.002
TOLD: Final = b'select partition, min("offset") from projection_position where not building group by partition'

Appended = tuple[int, int, float]


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [latency]


def latency(server: EmbeddedServer) -> Measure:
    """The 99th percentile against the goal, both as what would be told per second one after the other."""
    access = fresh_database(server, "latency")
    with connect(access.owner) as owner:
        install(owner, ALL)
    with open_pool(access.service) as pool, connect(access.service) as connection, Doorbell(access.service) as bell:
        store = EventStore(pool)
        with following(access):
            wait_until_it_follows(store, connection, bell)
            delays = measured(store, connection, bell)
    reached = quantiles(delays, n=100)[98]
    return Measure(
        name="latency",
        ratio=round(GOAL / reached, 3),
        goal=1.0,
        value=round(1 / reached, 1),
        baseline=round(1 / GOAL, 1),
    )


@contextmanager
def following(access: Access) -> Iterator[None]:
    """One worker, in a process of its own."""
    process = get_context("spawn").Process(target=follow, args=(access.service,), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


def follow(service: str) -> None:
    with open_pool(service) as pool, Doorbell(service) as bell:
        log = LogReader(EventStore(pool), CODEC)
        Runner(connect=partial(connect, service), log=log, catalogue=CATALOGUE, projections=ALL, doorbell=bell).run(
            Event()
        )


def wait_until_it_follows(store: EventStore, connection: Connection, bell: Doorbell) -> None:
    """How long a process takes to start is no delay of an append."""
    root, version, journey, journey_version, event = next(one_life(Random(2)))
    done = store.append(root, version, str(uuid4()), [event_row(root, journey, journey_version, event, NOON)])
    bell.ring()
    while told(connection)[done.partition] < done.first_offset:
        time.sleep(LOOK)


def told(connection: Connection) -> Mapping[int, int]:
    """Up to which offset of each partition everything is told."""
    return dict(connection.execute(TOLD).fetchall())


def measured(store: EventStore, connection: Connection, bell: Doorbell) -> Sequence[float]:
    """The delays of the appends, but those of the first second."""
    appended: list[Appended] = []
    appending = Thread(target=append_steadily, args=(store, bell, appended))
    appending.start()
    delays: list[float] = []
    checked = 0
    while checked < APPENDS:
        time.sleep(LOOK)
        so_far = told(connection)
        now = time.perf_counter()
        while checked < len(appended) and so_far[appended[checked][0]] >= appended[checked][1]:
            delays.append(now - appended[checked][2])
            checked += 1
    appending.join()
    return delays[PER_SECOND:]


def append_steadily(store: EventStore, bell: Doorbell, appended: list[Appended]) -> None:
    draw = Random(1)
    steps = [step for _ in range(APPENDS) for step in one_life(draw)][:APPENDS]
    began = time.perf_counter()
    for number, (root, version, journey, journey_version, event) in enumerate(steps):
        time.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
        row = event_row(root, journey, journey_version, event, NOON)
        done = store.append(root, version, str(uuid4()), [row])
        appended.append((done.partition, done.first_offset, time.perf_counter()))
        bell.ring()


def one_life(draw: Random) -> Iterator[tuple[str, int, str, int, object]]:
    root = new_root()
    versions: dict[str, int] = {}
    for version, (journey, event) in enumerate(random_life(draw)):
        versions[journey] = versions.get(journey, 0) + 1
        yield root, version, journey, versions[journey], event
