import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from subprocess import run
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.journal import LogReader
from infrastructure.migrations import migrate
from infrastructure.postgres import Access, open_pool
from projections.positions import lag
from projections.runner import Runner
from tests.domain.orientation import cases
from tests.projections.tally import TALLY
from tests.projections.world import CODEC, PROJECTIONS, World, new_root

ALL = (*PROJECTIONS, TALLY)


@contextmanager
def working(*runners: Runner) -> Iterator[None]:
    stop = Event()
    threads = [Thread(target=runner.run, args=(stop,)) for runner in runners]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def behind(world: World) -> int:
    with world.connect() as connection:
        return sum(each.behind for each in lag(connection))


def wait_until_told(world: World, seconds: float = 30) -> None:
    until = monotonic() + seconds
    while behind(world):
        assert monotonic() < until
        sleep(0.02)


def every_event_was_told_once(world: World) -> bool:
    expected: Counter[str] = Counter()
    for (root, _), count in world.versions.items():
        expected[root] += count
    return world.rows("tally", *ALL) == sorted(f"({root},{count},{count})" for root, count in expected.items())


def test_every_event_is_told_once_wherever_workers_are_killed(bare_world: World) -> None:
    world = bare_world
    world.install(*ALL)
    world.tell_lives(30, Random(1))
    command = [sys.executable, "-m", "tests.projections.mortal", "worker", world.access.owner, world.access.service]
    assert run([*command, "1", "24"], check=False, timeout=300).returncode == 0
    world.tell_lives(10, Random(2))
    world.runner(*ALL).catch_up()
    assert behind(world) == 0
    assert every_event_was_told_once(world)
    assert len(world.rows("timeline_line")) == world.size()


def test_workers_at_work_together_tell_every_event_once(bare_world: World) -> None:
    world = bare_world
    world.install(*ALL)
    world.tell_lives(20, Random(3))
    with working(world.runner(*ALL), world.runner(*ALL), world.runner(*ALL)):
        world.tell_lives(30, Random(4))
        wait_until_told(world)
    assert every_event_was_told_once(world)


def test_a_partition_has_one_writer_until_it_dies(world: World) -> None:
    roots = [new_root() for _ in range(24)]
    for root in roots:
        world.tell(root, "orientation-1", cases.sent())
    held = world.store.partition_of(roots[0])
    elsewhere = [root for root in roots if world.store.partition_of(root) != held]
    with world.connect() as writer, writer.transaction(force_rollback=True):
        writer.execute(b"select from projection_position where partition = %s for update", [held])
        world.runner().catch_up()
        assert len(world.rows("timeline_line")) == len(elsewhere)
    world.runner().catch_up()
    assert len(world.rows("timeline_line")) == len(roots)


def test_a_worker_survives_the_loss_of_its_connection(bare_world: World) -> None:
    world = bare_world
    world.install(*ALL)
    with working(world.runner(*ALL)):
        for seed in range(5):
            world.tell_lives(3, Random(seed))
            with world.owner() as owner:
                owner.execute(b"""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and query like '%projection_%'
                    """)
        wait_until_told(world)
    assert every_event_was_told_once(world)


def test_a_new_projection_starts_at_the_first_event_beside_those_that_are_further(bare_world: World) -> None:
    world = bare_world
    world.install()
    world.tell_lives(10, Random(5))
    world.runner().catch_up()
    world.install(*ALL)
    world.tell_lives(5, Random(6))
    world.runner(*ALL).catch_up()
    assert every_event_was_told_once(world)
    assert len(world.rows("timeline_line")) == world.size()


def test_busy_partitions_starve_no_other(world: World) -> None:
    roots: dict[int, str] = {}
    while len(roots) < world.store.partitions:
        root = new_root()
        roots.setdefault(world.store.partition_of(root), root)
    busy = list(roots.values())[: world.store.partitions // 2]
    runner = world.runner(at_once=3)
    for root in roots.values():
        world.tell(root, "orientation-1", cases.sent())
    for _ in range(3):
        runner.step()
        for root in busy:
            world.tell(root, "orientation-1", cases.ATTACHED)
    with world.reader() as connection:
        reached = connection.execute(b"select count(distinct root) from timeline_line").fetchone()
    assert reached == (len(roots),)


def test_lag_says_how_many_events_are_not_told_and_how_old_the_oldest_is(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent())
    world.runner().catch_up()
    world.tell(root, "orientation-1", cases.accepted(cases.day(3, 2)), cases.ATTACHED)
    sleep(0.05)
    with world.connect() as connection:
        late = [each for each in lag(connection) if each.behind]
        in_time = [each for each in lag(connection) if not each.behind]
    assert [(each.projection, each.partition, each.behind) for each in late] == [
        (name, world.store.partition_of(root), 2) for name in ("caseload", "deadlines", "timeline")
    ]
    assert all(timedelta(seconds=0.05) <= each.age < timedelta(minutes=1) for each in late)
    assert {each.age for each in in_time} == {timedelta(0)}
    assert len(late) + len(in_time) == 3 * 8


@pytest.mark.slow
def test_a_worker_survives_a_killed_server(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "data", settings={"shared_buffers": "32MB"})
    server.start()
    try:
        access = Access.embedded(server)
        migrate(access.owner, partitions=4)
        with open_pool(access.service) as pool, ExitStack() as closing:
            store = EventStore(pool)
            world = World(access, store, LogReader(store, CODEC), closing)
            world.install(*ALL)
            with working(world.runner(*ALL)):
                for seed in range(2):
                    world.tell_lives(10, Random(seed))
                    os.kill(server.pid or 0, signal.SIGKILL)
                    server.start()
                world.tell_lives(5, Random(2))
                wait_until_told(world)
            assert every_event_was_told_once(world)
    finally:
        server.stop("immediate")
