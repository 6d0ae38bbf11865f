from datetime import timedelta

from application.deadlines import Due
from domain.catalogue import CATALOGUE
from domain.job_application.commands import ArchiveAutomatically, RefuseAutomatically
from domain.orientation import Expire, Remind
from projections.deadlines import Deadlines
from tests.domain.job_application import samples
from tests.domain.orientation import cases
from tests.projections.world import World, new_root

MARCH_11 = cases.utc("2026-03-10T23:00:00")
MARCH_31 = cases.utc("2026-03-30T22:00:00")


def test_what_is_due_at_an_instant_is_due_from_that_instant_on(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent())
    world.runner().catch_up()
    with world.reader() as connection:
        deadlines = Deadlines(connection, CATALOGUE)
        assert list(deadlines.due(MARCH_11 - timedelta(microseconds=1))) == []
        assert list(deadlines.due(MARCH_11)) == [
            Due(root=root, journey="orientation-1", due=MARCH_11, command=Remind())
        ]


def test_the_oldest_is_due_first_over_all_dossiers(world: World) -> None:
    person, somebody = new_root(), new_root()
    world.tell(person, "orientation-1", cases.sent())
    world.tell(somebody, "job-application-1", samples.sent())
    world.runner().catch_up()
    with world.reader() as connection:
        asked = [(due.root, due.command) for due in Deadlines(connection, CATALOGUE).due(MARCH_31)]
    assert asked == [
        (somebody, RefuseAutomatically()),
        (somebody, ArchiveAutomatically()),
        (person, Remind()),
        (person, Expire()),
    ]


def test_an_answer_ends_what_time_asked(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent())
    runner = world.runner()
    runner.catch_up()
    world.tell(root, "orientation-1", cases.accepted(cases.day(3, 2)))
    runner.catch_up()
    with world.reader() as connection:
        assert list(Deadlines(connection, CATALOGUE).due(MARCH_31)) == []
