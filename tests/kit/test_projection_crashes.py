"""A worker is killed (kill -9) at every moment of its batches: rows and positions are exactly once afterwards."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest

from tests.conftest import DatabaseFactory
from tests.kit.audit import whole_log
from tests.kit.contract import Intent, Store
from tests.kit.projecting import Witnesses
from tests.kit.stage import stream_in
from tests.kit.totals import Count


@pytest.fixture
def witnesses(make_database: DatabaseFactory) -> Iterator[Witnesses]:
    with closing(Witnesses.of(make_database(2))) as witnesses:
        yield witnesses


def append_everywhere(store: Store) -> None:
    for partition in range(store.partitions):
        store.append(Intent(stream_in(store, partition), 0, str(uuid4()), 3))


@pytest.mark.slow
def test_a_worker_killed_at_any_moment_leaves_rows_and_positions_that_agree(witnesses: Witnesses, count: Count) -> None:
    with closing(witnesses.subject.open()) as store:
        moment = 0
        while killed_before_the_end(witnesses, store, moment):
            moment += 1
        assert moment > 20, "the worker had fewer moments than a batch has"
        assert witnesses.positions() == {event.partition: event.position for event in whole_log(store)}
        count(workers_killed=moment)


def killed_before_the_end(witnesses: Witnesses, store: Store, moment: int) -> bool:
    append_everywhere(store)
    killed = witnesses.die_at(moment)
    witnesses.until_its_work_is_over()
    reached = witnesses.positions()
    told = [event for event in whole_log(store) if event.position <= reached[event.partition]]
    assert witnesses.testimony() == sorted((event.stream, event.version) for event in told), moment
    return killed
