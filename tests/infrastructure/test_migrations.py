from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import psycopg
import pytest

from infrastructure.migrations import Migration, SchemaRefused, migrate, migrations
from infrastructure.postgres import Access, connect
from tests.conftest import TestServer


def test_the_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_new_database_gets_every_step_and_later_none(empty_database: Access) -> None:
    assert list(migrate(empty_database.owner)) == list(migrations())
    assert list(migrate(empty_database.owner)) == []


def test_the_number_of_partitions_is_fixed_at_creation(empty_database: Access) -> None:
    migrate(empty_database.owner, partitions=3)
    migrate(empty_database.owner, partitions=64)
    with connect(empty_database.service) as connection:
        assert connection.execute('select partition, "offset" from head order by 1').fetchall() == [
            (0, 0),
            (1, 0),
            (2, 0),
        ]


def numbers_applied(owner: str) -> list[int]:
    return [step.number for step in migrate(owner)]


def test_several_processes_migrate_at_once_and_each_step_runs_once(empty_database: Access) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        answers = list(processes.map(numbers_applied, [empty_database.owner] * 4))
    assert sorted(number for answer in answers for number in answer) == [step.number for step in migrations()]


def test_a_database_newer_than_the_code_is_refused(database: Access) -> None:
    with pytest.raises(SchemaRefused, match="newer than this code: it has"):
        migrate(database.owner, known=migrations()[:-1])


def test_a_changed_step_is_refused(database: Access) -> None:
    first, *others = migrations()
    changed = Migration(first.number, first.name, first.script + b"\n-- changed")
    with pytest.raises(SchemaRefused, match="0001_event_log has changed"):
        migrate(database.owner, known=[changed, *others])


def test_a_step_that_fails_leaves_nothing_behind(database: Access) -> None:
    broken = Migration(len(migrations()) + 1, "broken", b"create table half (a int); select no_such_function();")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        migrate(database.owner, known=[*migrations(), broken])
    with connect(database.owner) as connection:
        assert connection.execute("select to_regclass('half')").fetchall() == [(None,)]
    assert list(migrate(database.owner)) == []


def test_what_a_later_step_creates_is_read_and_written_by_the_service(database: Access) -> None:
    later = Migration(len(migrations()) + 1, "later", b"create table note (body text);")
    migrate(database.owner, known=[*migrations(), later])
    with connect(database.service) as service:
        service.execute("insert into note values ('seen')")
        assert service.execute("delete from note returning body").fetchall() == [("seen",)]


def test_one_url_is_enough_for_two_roles(server: TestServer, empty_database: Access) -> None:
    migrate(empty_database.owner)
    access = Access.by_url(
        server.url if server.embedded is None else empty_database.owner.replace("user=parcours", "user=postgres")
    )
    with connect(access.service) as connection:
        assert connection.execute("select current_user").fetchall() == [("parcours_service",)]
