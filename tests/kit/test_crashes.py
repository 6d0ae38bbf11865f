"""The server is killed (kill -9) while processes append: nothing acknowledged is lost, nothing is there twice."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from uuid import uuid4

import psycopg
import pytest

from infrastructure.embedded import EmbeddedServer
from tests.kit.audit import Findings, Promises, audit, whole_log
from tests.kit.contract import Intent
from tests.kit.crashing import SETTINGS, Torture, adopting, kill_everything
from tests.kit.projecting import Witnesses
from tests.kit.totals import Count, Progress
from tests.kit.writing import false_conflicts, wrongly_held


@contextmanager
def running(settings: Mapping[str, str]) -> Iterator[EmbeddedServer]:
    folder = Path(mkdtemp(prefix="parcours-crash-"))
    server = EmbeddedServer(folder / "data", settings=settings)
    with adopting():
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
            rmtree(folder)


@pytest.fixture
def durable_server() -> Iterator[EmbeddedServer]:
    with running(SETTINGS) as server:
        yield server


@pytest.fixture
def careless_server() -> Iterator[EmbeddedServer]:
    """It acknowledges before it writes."""
    with running({**SETTINGS, "synchronous_commit": "off", "wal_writer_delay": "10s"}) as server:
        yield server


@pytest.mark.slow
def test_what_was_acknowledged_survives_every_crash_where_it_was_said_to_be(
    durable_server: EmbeddedServer, tmp_path: Path, crashes: int, count: Count, progress: Progress
) -> None:
    with closing(Witnesses.on(durable_server)) as witnesses, closing(witnesses.subject.open()) as store:
        torture = Torture(durable_server, witnesses.subject, tmp_path, [witnesses])

        def tell(number: int) -> None:
            if number % 10 == 0 or number == crashes:
                progress(f"crash {number} of {crashes}, {len(torture.promises.acknowledged)} appends acknowledged")

        follower = torture.run(store, crashes, tell)
        stored = whole_log(store)
        findings = audit(torture.promises, stored, follower.tail.seen)
        assert findings == Findings([], [], [], [])
        assert not torture.answered_otherwise
        assert not false_conflicts(torture.promises)
        assert not wrongly_held(store, torture.promises, [*torture.promises.refused, *torture.sample()])
        witnesses.catch_up()
        assert witnesses.testimony() == sorted((event.stream, event.version) for event in stored)
    acknowledged = len(torture.promises.acknowledged)
    count(crashes=crashes, acknowledged=acknowledged, sent_again=torture.resent, **findings.counts())


def test_what_a_careless_server_acknowledged_is_found_lost(careless_server: EmbeddedServer) -> None:
    with closing(Witnesses.on(careless_server)) as witnesses, closing(witnesses.subject.open()) as store:
        with psycopg.connect(careless_server.conninfo(), autocommit=True) as connection:
            connection.execute("checkpoint")  # of the tables that were just made
        intent = Intent("candidate/1", 0, str(uuid4()))
        kept = Promises({intent.append_id: intent}, {intent.append_id: store.append(intent)})
        seen = whole_log(store)
        kill_everything(careless_server, Random(1))
        found = audit(kept, whole_log(store), seen)
    assert (found.lost, found.invented) == (seen, seen)
