import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest

from infrastructure.event_store import EventStore, Row
from infrastructure.follower import Doorbell, Follower
from infrastructure.postgres import Access
from tests.conftest import TestServer
from tests.infrastructure.events import new_id, new_root, rows, terminate


@pytest.fixture
def bell(database: Access) -> Iterator[Doorbell]:
    with Doorbell(database.service) as bell:
        yield bell


@pytest.fixture
def follower(store: EventStore, database: Access) -> Iterator[Follower]:
    with Doorbell(database.service) as ear:
        yield Follower(store, ear, dict.fromkeys(range(store.partitions), 0), page=7)


def collect(follower: Follower, count: int) -> list[Row]:
    found: list[Row] = []
    for _, page in follower.pages():
        found += page
        if len(found) >= count:
            follower.stop()
    return found


def in_order(found: list[Row]) -> dict[int, list[int]]:
    offsets: dict[int, list[int]] = {}
    for event in found:
        offsets.setdefault(event.partition, []).append(event.offset)
    return offsets


def test_a_follower_sees_every_event_once_and_in_order_while_others_write(
    store: EventStore, follower: Follower
) -> None:
    def write(_: int) -> None:
        store.append(new_root(), 0, new_id(), rows(3))

    with ThreadPoolExecutor(5) as threads:
        reading = threads.submit(collect, follower, 180)
        list(threads.map(write, range(60)))
        found = reading.result(timeout=20)
    assert in_order(found) == {p: list(range(1, head + 1)) for p, head in store.heads().items() if head}
    assert follower.positions == store.heads()


def test_a_bell_wakes_who_waits_in_another_connection(bell: Doorbell, database: Access) -> None:
    with Doorbell(database.service) as ear:
        ear.wait(0.1)
        while ear.wait(0.05):
            pass
        before = time.monotonic()
        Thread(target=bell.ring).start()
        assert ear.wait(5)
        assert time.monotonic() - before < 2
        assert not ear.wait(0.1)


def test_a_ring_before_the_wait_is_not_lost(bell: Doorbell, database: Access) -> None:
    with Doorbell(database.service) as ear:
        ear.wait(0.1)
        bell.ring()
        time.sleep(0.3)
        assert ear.wait(5)


def test_a_bell_out_of_order_only_costs_time(
    server: TestServer, database: Access, follower: Follower, store: EventStore
) -> None:
    with Doorbell(database.service) as bell:
        ringing = replace(store, ring=bell.ring)
        ringing.append(new_root(), 0, new_id(), rows(1))
        with ThreadPoolExecutor(1) as threads:
            reading = threads.submit(collect, follower, 3)
            time.sleep(0.2)
            terminate(server, database)
            ringing.append(new_root(), 0, new_id(), rows(1))
            time.sleep(1)
            ringing.append(new_root(), 0, new_id(), rows(1))
            assert len(reading.result(timeout=20)) == 3


def test_a_follower_that_is_idle_stops_when_told(follower: Follower) -> None:
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(collect, follower, 1)
        time.sleep(0.2)
        follower.stop()
        assert reading.result(timeout=3) == []


def test_an_event_is_seen_soon_after_its_append(store: EventStore, follower: Follower, bell: Doorbell) -> None:
    ringing, delays = replace(store, ring=bell.ring), list[float]()

    def read() -> None:
        for _, page in follower.pages():
            seen = datetime.now(UTC)
            delays.extend((seen - event.recorded_at).total_seconds() for event in page)
            if len(delays) >= 200:
                follower.stop()

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(read)
        for _ in range(200):
            ringing.append(new_root(), 0, new_id(), rows(1))
            time.sleep(0.005)
        reading.result(timeout=20)
    assert statistics.median(delays) < 0.25
