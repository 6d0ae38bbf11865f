from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from application.ports import Recorded
from domain.orientation import Accepted
from projections.parking import Parked, parked
from projections.projection import EventProjection, Rows, StateProjection
from projections.timeline import TIMELINE
from projections.timeline import project as tell_line
from tests.domain.orientation import cases
from tests.projections.tally import TALLY
from tests.projections.world import PROJECTIONS, World, new_root

MARCH_2 = cases.day(3, 2)


class Poison(Exception):
    """Its message holds what must not be reported: Bao Beneficiary."""


def refusing(recorded: Recorded, rows: Rows) -> None:
    if isinstance(recorded.event, Accepted):
        raise Poison("Bao Beneficiary")
    tell_line(recorded, rows)


#: What a timeline is before somebody mends it: unable to tell an acceptance, here or in the database.
UNABLE = replace(TIMELINE, project=refusing)
FORBIDDEN = replace(
    TIMELINE, tables=TIMELINE.tables + b"; alter table timeline_line add check (name <> 'orientation.Accepted')"
)


def told(world: World, root: str) -> Sequence[int]:
    with world.reader() as connection:
        return [
            version
            for (version,) in connection.execute(
                b"select root_version from timeline_line where root = %s order by 1", [root]
            )
        ]


def waiting(world: World) -> Sequence[Parked]:
    with world.connect() as connection:
        return parked(connection)


@pytest.mark.parametrize("broken", [UNABLE, FORBIDDEN], ids=["in Python", "in the database"])
def test_an_event_that_cannot_be_told_parks_its_own_dossier_and_no_other(
    bare_world: World, broken: EventProjection
) -> None:
    world, root = bare_world, new_root()
    world.install(broken, *PROJECTIONS[1:])
    others = [new_root() for _ in range(20)]
    for other in others:
        world.tell(other, "orientation-1", cases.sent())
    world.tell(root, "orientation-1", cases.sent(), cases.accepted(MARCH_2), cases.ATTACHED)
    for other in others:
        world.tell(other, "orientation-1", cases.ATTACHED)
    world.runner(broken, *PROJECTIONS[1:]).catch_up()
    assert told(world, root) == [1]
    assert [told(world, other) for other in others] == [[1, 2]] * len(others)
    assert [(each.projection, each.root, each.root_version) for each in waiting(world)] == [("timeline", root, 2)]
    assert [root in row for row in world.rows("caseload_case", *PROJECTIONS)].count(True) == 2


def test_a_parked_dossier_is_told_in_order_once_the_projection_is_mended(bare_world: World) -> None:
    world, root = bare_world, new_root()
    world.install(UNABLE)
    world.tell(root, "orientation-1", cases.sent(), cases.accepted(MARCH_2))
    world.runner(UNABLE).catch_up()
    world.tell(root, "orientation-1", cases.ATTACHED)
    world.runner(UNABLE).catch_up()
    assert not world.runner(UNABLE).retry(UNABLE, root)
    assert told(world, root) == [1]
    assert world.runner(TIMELINE).retry(TIMELINE, root)
    assert told(world, root) == [1, 2, 3]
    assert waiting(world) == []
    world.tell(root, "orientation-1", cases.ATTACHED)
    world.runner(TIMELINE).catch_up()
    assert told(world, root) == [1, 2, 3, 4]


def test_what_is_reported_holds_nothing_of_the_event(bare_world: World) -> None:
    world, root = bare_world, new_root()
    world.install(UNABLE)
    world.tell(root, "orientation-1", cases.sent(), cases.accepted(MARCH_2))
    world.runner(UNABLE).catch_up()
    [reported] = waiting(world)
    assert (reported.error, reported.place.split(":")[0]) == ("Poison", "test_poison.py")
    assert "Bao" not in str(reported)


def test_an_event_that_cannot_be_read_parks_its_dossier_in_every_projection(world: World) -> None:
    root, other = new_root(), new_root()
    world.tell(root, "orientation-1", cases.sent())
    world.tell_unreadable(root, "orientation-1")
    world.tell_lives(20, Random(8))
    world.tell(other, "orientation-1", cases.sent())
    world.tell_unreadable(other, "orientation-1")
    world.runner().catch_up()
    assert sorted((each.projection, each.root, each.root_version, each.error) for each in waiting(world)) == sorted(
        (projection.name, unread, 2, "UnknownEvent") for projection in PROJECTIONS for unread in (root, other)
    )
    assert len(world.rows("timeline_line")) == world.size() - 2


def test_a_dossier_parked_by_its_state_keeps_the_rows_it_had(bare_world: World) -> None:
    world, root = bare_world, new_root()
    caseload = PROJECTIONS[1]
    assert isinstance(caseload, StateProjection)

    def unable(*given: object) -> None:
        raise Poison

    world.install(caseload)
    world.tell(root, "orientation-1", cases.sent())
    world.runner(caseload).catch_up()
    before = world.rows("caseload_case", caseload)
    world.tell(root, "orientation-1", cases.accepted(MARCH_2))
    world.runner(replace(caseload, project=unable)).catch_up()
    assert world.rows("caseload_case", caseload) == before
    assert world.runner(caseload).retry(caseload, root)
    assert [row for row in world.rows("caseload_case", caseload) if ",accepted," not in row] == []


def test_a_projection_without_its_tables_waits_and_the_others_go_on(bare_world: World) -> None:
    world = bare_world
    world.install(*PROJECTIONS, TALLY)
    with world.owner() as owner:
        owner.execute(b"alter table tallies.tally rename to hidden")
    world.tell_lives(10, Random(9))
    runner = world.runner(*PROJECTIONS, TALLY)
    runner.catch_up()
    assert len(world.rows("timeline_line")) == world.size()
    assert waiting(world) == []
    with world.owner() as owner:
        owner.execute(b"alter table tallies.hidden rename to tally")
    runner.catch_up()
    assert len(world.rows("tally", TALLY)) == 10
