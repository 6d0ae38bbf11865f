"""The library's own suites, unmodified, on our recorders; and what they do not ask."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, ProgrammingError, StoredEvent
from eventsourcing.tests import persistence as suites
from eventsourcing.utils import Environment

from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.migrations import migrate
from infrastructure.postgres import Access, open_pool
from infrastructure.recorder import (
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogFactory,
    LogProcessRecorder,
    LogTrackingRecorder,
)
from tests.conftest import DatabaseFactory, TestServer
from tests.infrastructure.cutting_proxy import cutting
from tests.infrastructure.events import terminate


class OneSequence:
    """A log with one partition."""

    store: EventStore
    access: Access

    @pytest.fixture(autouse=True)
    def _database(self, make_database: DatabaseFactory) -> Iterator[None]:
        self.access = make_database(1)
        with open_pool(self.access.service, size=12) as pool:
            self.store = EventStore(pool)
            yield


class TestAggregateRecorder(OneSequence, suites.AggregateRecorderTestCase):
    def create_recorder(self) -> LogAggregateRecorder:
        return LogAggregateRecorder(self.store, "snapshots")


class TestApplicationRecorder(OneSequence, suites.ApplicationRecorderTestCase[LogApplicationRecorder]):
    def create_recorder(self) -> LogApplicationRecorder:
        return LogApplicationRecorder(self.store)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestApplicationRecorderWithTextIds(TestApplicationRecorder):
    def new_originator_id(self) -> UUID | str:
        return f"candidate/{uuid4()}"


class TestTrackingRecorder(OneSequence, suites.TrackingRecorderTestCase):
    def create_recorder(self) -> LogTrackingRecorder:
        return LogTrackingRecorder(self.store)


class TestProcessRecorder(OneSequence, suites.ProcessRecorderTestCase):
    def create_recorder(self) -> LogProcessRecorder:
        return LogProcessRecorder(self.store)


class TestNotificationIds(OneSequence, suites.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> LogApplicationRecorder:
        return LogApplicationRecorder(self.store)


class OtherTrackingRecorder(LogTrackingRecorder):
    pass


class TestFactory(OneSequence, suites.InfrastructureFactoryTestCase[LogFactory]):
    def setUp(self) -> None:
        settings = {"PERSISTENCE_MODULE": "infrastructure.recorder", "DATABASE_URL": self.access.service}
        self.env = Environment(name="Parcours", env=settings)
        super().setUp()

    def expected_factory_class(self) -> type[LogFactory]:
        return LogFactory

    def expected_aggregate_recorder_class(self) -> type[LogAggregateRecorder]:
        return LogAggregateRecorder

    def expected_application_recorder_class(self) -> type[LogApplicationRecorder]:
        return LogApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[LogTrackingRecorder]:
        return LogTrackingRecorder

    def tracking_recorder_subclass(self) -> type[LogTrackingRecorder]:
        return OtherTrackingRecorder

    def expected_process_recorder_class(self) -> type[LogProcessRecorder]:
        return LogProcessRecorder


def event(version: int = 1, originator: UUID | None = None) -> StoredEvent:
    return StoredEvent(originator or uuid4(), version, "topic", b"state")


def test_a_log_with_many_partitions_has_no_single_sequence(store: EventStore) -> None:
    with pytest.raises(ProgrammingError, match="one partition"):
        LogApplicationRecorder(store)


@pytest.fixture
def one(make_database: DatabaseFactory) -> Access:
    return make_database(1)


def test_events_of_several_originators_are_recorded_together_or_not_at_all(one: Access) -> None:
    with open_pool(one.service) as pool:
        recorder, taken = LogApplicationRecorder(EventStore(pool)), event()
        recorder.insert_events([taken])
        with pytest.raises(IntegrityError):
            recorder.insert_events([event(), taken])
        assert recorder.insert_events([event(), event(), event(2, taken.originator_id)]) == [2, 3, 4]  # type: ignore[arg-type]  # it is a UUID


def test_several_events_whose_answer_is_lost_are_recorded_once(one: Access) -> None:
    with cutting(one.service) as proxy, open_pool(proxy.conninfo) as pool:
        recorder = LogApplicationRecorder(EventStore(pool))
        recorder.insert_events([event()])
        proxy.cut.set()
        assert recorder.insert_events([event()]) == [2]
        assert recorder.max_notification_id() == 2


def test_the_functions_of_the_library_change_nothing(one: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    with LogFactory(Environment(env={"DATABASE_URL": one.service, "POSTGRES_ENABLE_DB_FUNCTIONS": "y"})) as factory:
        recorder = factory.application_recorder()
        assert recorder.insert_events([event(), event()]) == [1, 2]
        factory.close()
    with open_pool(one.owner) as pool, pool.connection() as connection:
        found = connection.execute("select count(*) from pg_proc where proname like 'es\\_%%'").fetchall()
        assert found == [(0,)]


def test_nothing_of_ours_sets_the_functions_of_the_library() -> None:
    root = Path(__file__).parents[2]
    sources = [
        path
        for folder in ("api", "application", "infrastructure", "projections")
        for path in (root / folder).rglob("*.py")
    ]
    naming = [path.parent.name for path in sources if "ENABLE_DB_FUNCTIONS" in path.read_text()]
    assert naming == ["recorder"]


def follow(recorder: LogApplicationRecorder, count: int) -> list[int]:
    with recorder.subscribe() as subscription:
        return [notification.id for notification in islice(subscription, count)]


def write(recorder: LogApplicationRecorder, count: int) -> None:
    for _ in range(count):
        recorder.insert_events([event()])


def test_a_subscription_survives_a_terminated_connection(server: TestServer, one: Access) -> None:
    with open_pool(one.service) as pool, ThreadPoolExecutor(1) as threads:
        recorder = LogApplicationRecorder(EventStore(pool))
        write(recorder, 3)
        reading = threads.submit(follow, recorder, 6)
        time.sleep(0.2)
        terminate(server, one)
        write(recorder, 3)
        assert reading.result(timeout=20) == [1, 2, 3, 4, 5, 6]


def test_a_subscription_survives_a_killed_and_restarted_server(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "data", settings={"shared_buffers": "32MB"})
    server.start()
    try:
        access = Access.embedded(server)
        migrate(access.owner, partitions=1)
        with open_pool(access.service) as pool, ThreadPoolExecutor(1) as threads:
            recorder = LogApplicationRecorder(EventStore(pool, patience=120))
            write(recorder, 3)
            reading: Any = threads.submit(follow, recorder, 6)
            time.sleep(0.2)
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            server.start()
            write(recorder, 3)
            assert reading.result(timeout=150) == [1, 2, 3, 4, 5, 6]
    finally:
        server.stop("immediate")
