from datetime import UTC, datetime

import psycopg
import pytest

from infrastructure.event_store import BackdatedEventStore, EventStore
from infrastructure.postgres import Access, connect, open_pool
from tests.infrastructure.events import new_id, new_root, rows

REWRITING = [
    "update event set name = 'other'",
    "delete from event",
    "truncate event",
]
FORBIDDEN_TO_THE_SERVICE = [
    *REWRITING,
    "insert into event select * from event",
    'update head set "offset" = 0',
    "delete from head",
    "insert into claim values ('scope', 'kind', 'digest', 'root')",
    "delete from claim",
    "alter table event disable trigger all",
    "create table mine (a int)",
    "select record_events(0, 'r', 0, '[]', null)",
    "select settle_claims('r', '[]')",
    "select append_recorded_at(0, 'r', 0, '[]', '[]', now())",
]


@pytest.mark.parametrize("statement", FORBIDDEN_TO_THE_SERVICE)
def test_the_service_reads_and_appends_and_nothing_else(store: EventStore, database: Access, statement: str) -> None:
    store.append(new_root(), 0, new_id(), rows(1))
    with connect(database.service) as service, pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute(statement.encode())


@pytest.mark.parametrize(
    "statement", [*REWRITING, "update event set name = 'other' where false", "truncate event cascade"]
)
def test_the_owner_does_not_rewrite_the_record_either(store: EventStore, database: Access, statement: str) -> None:
    store.append(new_root(), 0, new_id(), rows(1))
    with connect(database.owner) as owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never rewritten"):
            owner.execute(statement.encode())
        assert owner.execute("select count(*) from event where name = 'orientation.Sent'").fetchall() == [(1,)]


def test_what_runs_with_the_rights_of_the_owner_has_a_path_of_its_own_and_is_nobody_elses(database: Access) -> None:
    with connect(database.owner) as owner:
        definers = owner.execute(
            "select proname, proconfig, proacl::text ~ '[{,]=' from pg_proc"
            " where prosecdef and pronamespace = 'public'::regnamespace order by 1"
        ).fetchall()
    path = ["search_path=pg_catalog, pg_temp"]
    assert definers == [
        (name, path, False)
        for name in (
            *("append", "append_claiming", "append_one", "draw_number"),
            *("pass_number_over", "release_person"),
        )
    ]


JUNE = datetime(2025, 6, 1, 12, tzinfo=UTC)


def test_the_owner_may_record_at_a_chosen_instant(database: Access) -> None:
    with open_pool(database.owner) as pool:
        store, root = BackdatedEventStore(pool, clock=lambda: JUNE), new_root()
        assert store.append(root, 0, new_id(), rows(2)).recorded_at == JUNE
        assert [event.recorded_at for event in store.load(root)] == [JUNE, JUNE]


def test_the_service_may_not_choose_when_it_is_recorded(database: Access) -> None:
    with open_pool(database.service) as pool, pytest.raises(psycopg.errors.InsufficientPrivilege):
        BackdatedEventStore(pool, clock=lambda: JUNE).append(new_root(), 0, new_id(), rows(1))
