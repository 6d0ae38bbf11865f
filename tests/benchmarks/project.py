"""What telling the log to a projection costs, next to the stock `ProjectionRunner` of `eventsourcing`.

On the same server, each on its own record of events with the same facts, each with its position saved in the same
transaction as its rows: ours is the timeline in one worker, from the log to the last row.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Final
from uuid import uuid4

from domain.catalogue import CATALOGUE
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.journal import LogReader
from infrastructure.postgres import Access, connect, open_pool
from projections.positions import install
from projections.runner import Runner
from projections.timeline import TIMELINE
from tests.benchmarks.measure import Measure, fresh_database
from tests.domain.job_application import samples
from tests.projections.world import CODEC, event_row, new_root

EVENTS: Final = 60_000
PER_ROOT: Final = 20
#: Fewer for the stock runner, which shows its pace with them.
STOCK_EVENTS: Final = 4_000
ROUNDS: Final = 3
GOAL: Final = 20.0


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [project]


def project(server: EmbeddedServer) -> Measure:
    from tests.benchmarks import stock_projection

    ours, theirs = [], []
    for _ in range(ROUNDS):
        access = fresh_database(server, "project")
        with connect(access.owner) as owner:
            owner.execute(stock_projection.TABLE)
        last = stock_projection.record(access.owner, STOCK_EVENTS, "x" * 160)
        theirs.append(stock_projection.pace(access.owner, last, STOCK_EVENTS))
        ours.append(_pace(access))
    return Measure(
        name="project",
        ratio=round(median(mine / stock for mine, stock in zip(ours, theirs, strict=True)), 1),
        goal=GOAL,
        value=round(median(ours)),
        baseline=round(median(theirs)),
    )


def _pace(access: Access) -> float:
    """Events told per second, from the first to the last."""
    with open_pool(access.service) as pool, connect(access.owner) as owner:
        install(owner, [TIMELINE])
        store = EventStore(pool)
        for _ in range(EVENTS // PER_ROOT):
            _record_one(store)
        runner = Runner(
            connect=partial(connect, access.service),
            log=LogReader(store, CODEC),
            catalogue=CATALOGUE,
            projections=[TIMELINE],
        )
        with runner:
            began = time.perf_counter()
            told = runner.catch_up()
            return told / (time.perf_counter() - began)


def _record_one(store: EventStore) -> None:
    root = new_root()
    rows = [
        event_row(root, "job-application-1", version, samples.sent(), samples.NOW) for version in range(1, PER_ROOT + 1)
    ]
    store.append(root, 0, str(uuid4()), rows)
