import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from application.ports import Claim, Claims, Conflict
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.migrations import migrate
from infrastructure.postgres import Access, Pool, open_pool
from tests.conftest import TestServer
from tests.infrastructure.cutting_proxy import cutting
from tests.infrastructure.events import new_id, new_root, rows, terminate, versions, whole_log


@pytest.mark.parametrize("claims", [Claims(), Claims(take=frozenset({Claim(scope="s", kind="k", digest="d")}))])
def test_an_append_whose_answer_is_lost_is_recorded_once_and_answers_the_first_result(
    database: Access, claims: Claims
) -> None:
    with cutting(database.service) as proxy, open_pool(proxy.conninfo) as pool:
        store, root = EventStore(pool), new_root()
        store.append(root, 0, new_id(), rows(1))
        proxy.cut.set()
        appended = store.append(root, 1, new_id(), rows(2), claims)
        assert not proxy.cut.is_set()
        assert appended.first_offset == 2
        assert versions(store.load(root)) == [1, 2, 3]
        assert store.heads()[appended.partition] == 3


def test_a_conflict_whose_answer_is_lost_stays_a_conflict(database: Access) -> None:
    with cutting(database.service) as proxy, open_pool(proxy.conninfo) as pool:
        store, root = EventStore(pool), new_root()
        store.append(root, 0, new_id(), rows(1))
        proxy.cut.set()
        with pytest.raises(Conflict):
            store.append(root, 0, new_id(), rows(1))
        assert versions(store.load(root)) == [1]


def test_terminated_connections_are_replaced_without_anyone_noticing(
    server: TestServer, database: Access, store: EventStore
) -> None:
    root = new_root()
    store.append(root, 0, new_id(), rows(1))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: store.heads(), range(20)))
    terminate(server, database)
    store.append(root, 1, new_id(), rows(1))
    assert versions(store.load(root)) == [1, 2]


def test_patience_has_an_end(pool: Pool) -> None:
    pool.close()
    with pytest.raises(psycopg.OperationalError):
        EventStore(pool, patience=0.1).heads()


@pytest.fixture
def crashing(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A durable server that may be killed."""
    server = EmbeddedServer(tmp_path / "data", settings={"shared_buffers": "32MB"})
    server.start()
    yield server
    server.stop("immediate")


def test_a_killed_and_restarted_server_loses_nothing_it_acknowledged(crashing: EmbeddedServer) -> None:
    access = Access.embedded(crashing)
    migrate(access.owner, partitions=4)
    with open_pool(access.service) as pool, ThreadPoolExecutor(4) as threads:
        store = EventStore(pool, patience=120)
        until = time.monotonic() + 3

        def write(_: int) -> tuple[str, int]:
            root, version = new_root(), 0
            while time.monotonic() < until:
                store.append(root, version, new_id(), rows(1))
                version += 1
            return root, version

        writers = [threads.submit(write, number) for number in range(4)]
        time.sleep(1)
        assert crashing.pid is not None
        os.kill(crashing.pid, signal.SIGKILL)
        crashing.start()
        acknowledged = dict(writer.result(timeout=150) for writer in writers)
        assert {root: versions(store.load(root)) for root in acknowledged} == {
            root: list(range(1, version + 1)) for root, version in acknowledged.items()
        }
        assert len(whole_log(store)) == sum(acknowledged.values()) == sum(store.heads().values())
