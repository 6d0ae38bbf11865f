from collections.abc import Iterator

import pytest

from infrastructure.event_store import EventStore
from infrastructure.postgres import Access, Pool, open_pool


@pytest.fixture
def pool(database: Access) -> Iterator[Pool]:
    with open_pool(database.service) as pool:
        yield pool


@pytest.fixture
def store(pool: Pool) -> EventStore:
    return EventStore(pool)
