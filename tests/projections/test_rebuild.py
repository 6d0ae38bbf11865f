import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from subprocess import run
from threading import Event, Thread
from typing import Any

import pytest

from application.ports import Recorded
from projections.comparison import Difference
from projections.positions import lag, outdated
from projections.projection import Projection, Rows
from projections.rebuild import AlreadyRebuilding, Rebuild
from projections.timeline import ADD, TIMELINE
from projections.timeline import project as tell_line
from tests.domain.orientation import cases
from tests.projections.tally import TALLY
from tests.projections.world import PROJECTIONS, TABLES, World, new_root


def rebuild_of(world: World, projection: Projection, **options: Any) -> Rebuild:
    return Rebuild(projection=projection, connect_owner=world.owner, runner=world.runner(projection), **options)


def differences(world: World, *projections: Projection) -> list[Difference]:
    return [each for projection in projections for each in rebuild_of(world, projection).run().differences]


@contextmanager
def meanwhile(action: Callable[[], object], errors: list[BaseException]) -> Iterator[None]:
    """Do something again and again beside the test."""
    stop = Event()

    def again() -> None:
        try:
            while not stop.is_set():
                action()
        except BaseException as error:  # noqa: BLE001 - the test asserts that there is none
            errors.append(error)

    thread = Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("seed", range(3))
def test_what_was_told_event_by_event_is_what_a_rebuild_tells(world: World, seed: int) -> None:
    draw, runner = Random(seed), world.runner()
    for _ in range(12):
        world.tell_lives(draw.randint(1, 4), draw)
        for _ in range(draw.randint(0, 2)):
            runner.step()
    runner.catch_up()
    before = world.tables()
    assert differences(world, *PROJECTIONS) == []
    assert world.tables() == before
    assert all(before[table] for table in TABLES)


def test_nobody_sees_a_hole_while_events_are_told_and_tables_are_switched(bare_world: World) -> None:
    world, errors = bare_world, list[BaseException]()
    world.install(*PROJECTIONS, TALLY)
    world.tell_lives(60, Random(1))
    world.runner(*PROJECTIONS, TALLY).catch_up()
    seen = [len(world.rows("timeline_line"))]
    reader = world.closing.enter_context(world.reader(*PROJECTIONS, TALLY))

    def read() -> None:
        row = reader.execute(b"select count(*), (select sum(events) from tally) from timeline_line").fetchone()
        assert row is not None
        assert row[0] >= seen[-1]
        seen.append(row[0])

    live = world.runner(*PROJECTIONS, TALLY)
    tell = meanwhile(lambda: world.tell_lives(1, Random(len(seen))), errors)
    with meanwhile(read, errors), meanwhile(live.step, errors), tell:
        for _ in range(3):
            assert differences(world, *PROJECTIONS, TALLY) == []
    assert errors == []
    live.catch_up()
    assert len(world.rows("timeline_line")) == world.size() > seen[0]
    assert sum(int(row.strip("()").split(",")[2]) for row in world.rows("tally", TALLY)) == world.size()


def test_a_rebuild_killed_anywhere_leaves_a_whole_timeline_and_resumes(world: World) -> None:
    world.tell_lives(20, Random(2))
    world.runner().catch_up()
    before = world.rows("timeline_line")
    command = [sys.executable, "-m", "tests.projections.mortal", "rebuild", world.access.owner, world.access.service]
    assert run([*command, "1", "40"], check=False, timeout=300).returncode == 0
    assert world.rows("timeline_line") == before
    world.tell_lives(5, Random(3))
    world.runner().catch_up()
    assert differences(world, TIMELINE) == []
    assert len(world.rows("timeline_line")) == world.size()


class Interrupted(Exception):
    """The rebuild stops here."""


def test_an_interrupted_rebuild_goes_on_where_it_was(world: World) -> None:
    world.tell_lives(20, Random(4))
    world.runner().catch_up()

    def interrupt(*_: object) -> bool:
        raise Interrupted

    with pytest.raises(Interrupted):
        rebuild_of(world, TIMELINE).run(switch=interrupt)
    seen: list[tuple[int, int]] = []
    rebuild_of(world, TIMELINE, workers=0).run(progress=lambda told, to_tell: seen.append((told, to_tell)))
    assert seen[0] == (world.size(), world.size())
    with pytest.raises(Interrupted):
        rebuild_of(world, TIMELINE).run(switch=interrupt)
    afresh: list[tuple[int, int]] = []
    rebuild_of(world, TIMELINE, workers=0).run(
        progress=lambda told, to_tell: afresh.append((told, to_tell)), fresh=True
    )
    assert afresh[0] == (0, world.size())


def test_rows_that_differ_are_reported_and_repaired_if_one_agrees(world: World) -> None:
    root, other = new_root(), new_root()
    world.tell(root, "orientation-1", cases.sent(), cases.ATTACHED)
    world.tell(other, "orientation-1", cases.sent())
    world.runner().catch_up()
    right = world.rows("timeline_line")
    with world.owner() as owner:
        owner.execute(b"delete from timeline.timeline_line where root = %s and root_version = 2", [root])
        owner.execute(b"update timeline.timeline_line set client = 'somebody' where root = %s", [other])
    wrong = world.rows("timeline_line")
    expected = [Difference(table="timeline_line", read=2, built=3, roots=sorted([root, other]))]
    kept = rebuild_of(world, TIMELINE).run(switch=lambda found: not found)
    assert (kept.differences, kept.switched, world.rows("timeline_line")) == (expected, False, wrong)
    repaired = rebuild_of(world, TIMELINE).run()
    assert (repaired.differences, repaired.switched, world.rows("timeline_line")) == (expected, True, right)


def test_a_projection_that_tells_something_else_waits_for_its_rebuild(world: World) -> None:
    def louder(recorded: Recorded, rows: Rows) -> None:
        tell_line(recorded, rows)
        name = recorded.root_version + 1000
        rows.add(ADD, name, "echo", "echo", recorded.occurred_at, recorded.recorded_at, None, "", "", "", "{}")

    changed = replace(TIMELINE, version=2, project=louder)
    world.tell(new_root(), "orientation-1", cases.sent())
    world.runner().catch_up()
    world.tell(new_root(), "orientation-1", cases.sent())
    assert world.runner(changed).catch_up() == 0
    with world.connect() as connection:
        assert outdated(connection, [changed]) == ["timeline"]
    assert rebuild_of(world, changed).run().switched
    assert world.runner(TIMELINE).catch_up() == 0
    world.runner(changed).catch_up()
    assert len(world.rows("timeline_line")) == 4
    with world.connect() as connection:
        assert outdated(connection, [changed]) == []
        assert [each for each in lag(connection) if each.projection == "timeline" and each.behind] == []


def test_one_rebuild_of_a_projection_at_a_time(world: World) -> None:
    def another(_: Sequence[Difference]) -> bool:
        with pytest.raises(AlreadyRebuilding):
            rebuild_of(world, TIMELINE).run()
        return True

    assert rebuild_of(world, TIMELINE).run(switch=another).switched


def test_nothing_is_left_of_a_rebuild(world: World) -> None:
    world.tell_lives(2, Random(5))
    world.runner().catch_up()
    assert differences(world, *PROJECTIONS) == []
    with world.owner() as owner:
        left = owner.execute(b"select nspname from pg_namespace where nspname ~ '_(building|replaced)$'").fetchall()
        positions = owner.execute(b"select from projection_position where building").fetchall()
    assert (left, positions) == ([], [])
