"""The table of notices: told once, whatever is killed or rebuilt; read in order; nothing personal in it."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Thread
from typing import Final

from application.ports import Recorded
from domain.job_application.events import AddedToPool, Refused
from domain.vocabulary import Subject
from projections.dossiers import Folded
from projections.notifications.feed import Line, notices
from projections.notifications.projection import NOTIFICATIONS, project
from projections.projection import Rows
from projections.rebuild import Rebuild
from tests.domain.job_application import samples
from tests.projections.notifications.stories import BY_PRESCRIBER
from tests.projections.world import NOON, PROJECTIONS, World, new_root

APPLICATION: Final = "job-application-1"
#: The world's events are all of Camille, who is told nothing of what she does herself.
SENT: Final = replace(BY_PRESCRIBER, sender=Subject("sofia"))
POOLED: Final = AddedToPool(at=samples.NOW, answer="Unmistakable-Zoé")


class Poison(Exception):
    """An event that cannot be told."""


def installed(world: World) -> World:
    world.install(NOTIFICATIONS, *PROJECTIONS)
    return world


def told(world: World) -> list[str]:
    return list(world.rows("notice", NOTIFICATIONS))


def page(world: World, partition: int, after: int = 0, limit: int = 100) -> list[Line]:
    with world.reader(NOTIFICATIONS) as connection:
        return list(notices(connection, partition, after, limit))


def partition_of(world: World, root: str) -> int:
    return world.log.load(root)[0].partition


def test_notices_are_told_of_each_event_given_what_was_said_before_it(bare_world: World) -> None:
    world, root = installed(bare_world), new_root()
    world.tell(root, APPLICATION, SENT)
    world.runner(NOTIFICATIONS).catch_up()
    world.tell(root, APPLICATION, POOLED, samples.refused())
    world.runner(NOTIFICATIONS).catch_up()
    lines = page(world, partition_of(world, root))
    assert [(each.root_version, each.template, each.subject) for each in lines] == [
        (1, "job-application-new-for-candidate", None),
        (1, "job-application-new-for-employer", None),
        (1, "job-application-new-for-proxy", "sofia"),
        (2, "job-application-added-to-pool-for-candidate", None),
        (2, "job-application-added-to-pool-for-proxy", "sofia"),
        (3, "job-application-refused-for-candidate", None),
        (3, "job-application-refused-for-proxy", "sofia"),
    ]
    assert lines[0] == Line(
        offset=1,
        root=root,
        root_version=1,
        key="job-application-new-for-candidate:email:candidate",
        journey=APPLICATION,
        journey_version=1,
        event="job-application.Submitted",
        template="job-application-new-for-candidate",
        channel="email",
        recipient="candidate",
        organisation=None,
        subject=None,
        named=None,
        about="aci",
        occurred_at=NOON,
        recorded_at=world.log.load(root)[0].recorded_at,
    )


def test_a_page_holds_all_the_notices_of_an_event_or_none(bare_world: World) -> None:
    world, root = installed(bare_world), new_root()
    world.tell(root, APPLICATION, SENT, POOLED)
    world.runner(NOTIFICATIONS).catch_up()
    partition = partition_of(world, root)
    assert [each.offset for each in page(world, partition, limit=1)] == [1, 1, 1]
    assert [each.offset for each in page(world, partition, limit=4)] == [1, 1, 1, 2, 2]
    assert [each.offset for each in page(world, partition, after=1, limit=1)] == [2, 2]
    assert page(world, partition, after=2) == []
    assert page(world, 1 - partition % 2) == []


def test_told_beside_others_in_any_steps_it_is_what_a_rebuild_tells(bare_world: World) -> None:
    world, draw = installed(bare_world), Random(1)
    runner = world.runner(*PROJECTIONS, NOTIFICATIONS)
    for _ in range(10):
        world.tell_lives(draw.randint(1, 4), draw)
        for _ in range(draw.randint(0, 2)):
            runner.step()
    runner.catch_up()
    before = told(world)
    rebuilt = Rebuild(projection=NOTIFICATIONS, connect_owner=world.owner, runner=world.runner(NOTIFICATIONS)).run()
    assert (rebuilt.differences, told(world)) == ([], before)
    assert len(before) > 20


def test_two_workers_tell_each_notice_once(bare_world: World) -> None:
    world = installed(bare_world)
    world.tell_lives(20, Random(2))
    threads = [Thread(target=world.runner(NOTIFICATIONS).catch_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    world.runner(NOTIFICATIONS).catch_up()
    before = told(world)
    assert (
        Rebuild(projection=NOTIFICATIONS, connect_owner=world.owner, runner=world.runner(NOTIFICATIONS))
        .run()
        .differences
        == []
    )
    assert told(world) == before


def test_a_dossier_that_waits_to_be_told_holds_back_what_comes_after_it_in_its_partition(bare_world: World) -> None:
    def refusing(recorded: Recorded, folded: Folded, rows: Rows) -> None:
        if isinstance(recorded.event, Refused):
            raise Poison
        project(recorded, folded, rows)

    world, root, unable = installed(bare_world), new_root(), replace(NOTIFICATIONS, project=refusing)
    world.tell(root, APPLICATION, SENT, samples.refused())
    partition = partition_of(world, root)
    other = next(each for each in iter(new_root, "") if world.store.partition_of(each) == partition)
    world.tell(other, APPLICATION, SENT)
    world.runner(unable).catch_up()
    assert [each.offset for each in page(world, partition)] == [1, 1, 1]
    assert sum(other in row for row in told(world)) == 3
    assert world.runner(NOTIFICATIONS).retry(NOTIFICATIONS, root)
    assert [each.offset for each in page(world, partition)] == [1, 1, 1, 2, 2, 3, 3, 3]


def test_nothing_that_people_wrote_is_in_a_notice(bare_world: World) -> None:
    world, root = installed(bare_world), new_root()
    said = replace(SENT, message="Unmistakable-Zoé")
    refused = replace(samples.refused(), answer="Unmistakable-Zoé", answer_to_prescriber="Unmistakable-Zoé")
    world.tell(root, APPLICATION, said, POOLED, refused, at=NOON + timedelta(days=1))
    world.runner(NOTIFICATIONS).catch_up()
    assert len(told(world)) == 7
    assert "Unmistakable" not in "".join(told(world))
