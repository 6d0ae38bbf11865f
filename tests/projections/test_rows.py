"""Rows written set by set have the effect that they would have one by one."""

from collections.abc import Iterator, Sequence
from typing import Final

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.projection import Connection, Rows, Statement
from tests.conftest import TestServer

ADD: Final = Statement(text=b"insert into fact (root, said) select * from unnest(%b::text[], %b::integer[])", many=True)
DOUBLE: Final = Statement(
    text=b"""
    update fact set said = 2 * fact.said + told.more
    from unnest(%b::text[], %b::integer[]) as told (root, more) where fact.root = told.root
    """,
    many=False,
)
REMOVE: Final = Statement(
    text=b"""
    delete from fact using unnest(%b::text[], %b::integer[]) as told (root, said)
    where fact.root = told.root and fact.said %% 3 = told.said %% 3
    """,
    many=False,
)
STATEMENTS: Final = (ADD, DOUBLE, REMOVE)

Told = tuple[str, Statement, int]
TOLD: Final = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(STATEMENTS), st.integers(0, 5)), max_size=25)


@pytest.fixture(scope="module")
def connection(server: TestServer) -> Iterator[Connection]:
    name = server.make()
    with psycopg.connect(server.access(name).owner, autocommit=True) as connection:
        connection.execute(b"create table fact (root text, said integer)")
        yield connection
    server.drop(name)


def facts(connection: Connection, batches: Sequence[Sequence[Told]]) -> Sequence[tuple[str, int]]:
    """What is there after batches of rows, written to an empty table."""
    connection.execute(b"truncate fact")
    for batch in batches:
        rows = Rows(STATEMENTS)
        for root, statement, said in batch:
            rows.root = root
            rows.add(statement, said)
        rows.write(connection)
    return connection.execute(b"select root, said from fact order by root, said").fetchall()


@settings(deadline=None)
@given(told=TOLD)
def test_a_batch_has_the_effect_of_its_rows_one_by_one(connection: Connection, told: Sequence[Told]) -> None:
    assert facts(connection, [told]) == facts(connection, [[one] for one in told])


def test_insertions_of_many_roots_make_one_statement() -> None:
    rows = Rows(STATEMENTS)
    for number in range(100):
        rows.root = f"root-{number % 7}"
        rows.add(ADD, number)
    assert [[len(some) for some in wave] for wave in rows._waves] == [[100, 0, 0]]
