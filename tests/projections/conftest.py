from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from infrastructure.event_store import EventStore
from infrastructure.journal import LogReader
from infrastructure.postgres import Access, open_pool
from tests.projections.world import CODEC, World


@pytest.fixture
def bare_world(database: Access) -> Iterator[World]:
    """A record, and no projection."""
    with open_pool(database.service) as pool, ExitStack() as closing:
        store = EventStore(pool)
        yield World(database, store, LogReader(store, CODEC), closing)


@pytest.fixture
def world(bare_world: World) -> World:
    """A record, with the tables of the projections."""
    bare_world.install()
    return bare_world
