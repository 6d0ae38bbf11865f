from collections.abc import Iterator

import psycopg
import pytest

from application.numbers import Drawn
from infrastructure.numbers import NumberSeries
from infrastructure.postgres import Access, Pool, open_pool
from tests.application.town import THREADS, at_once


@pytest.fixture
def pool(database: Access) -> Iterator[Pool]:
    with open_pool(database.service, size=THREADS) as pool:
        yield pool


def test_numbers_count_from_one_in_each_series(pool: Pool) -> None:
    numbers = NumberSeries(pool)
    drawn = [numbers.draw(series) for series in ("a", "a", "b", "a")]
    assert drawn == [1, 2, 1, 3]


def test_nobody_gets_a_number_that_somebody_else_gets(pool: Pool) -> None:
    numbers = NumberSeries(pool)
    drawn = at_once(lambda _: [numbers.draw("a") for _ in range(20)])
    assert sorted(number for several in drawn if isinstance(several, list) for number in several) == list(range(1, 161))


def test_a_number_that_somebody_else_chose_is_passed_over_and_so_is_every_smaller_one(pool: Pool) -> None:
    numbers = NumberSeries(pool)
    numbers.draw("a")
    numbers.pass_over("a", 40)
    numbers.pass_over("a", 7)
    assert numbers.draw("a") == 41


def test_a_request_that_is_decided_again_keeps_its_number(pool: Pool) -> None:
    drawn = Drawn(NumberSeries(pool))
    assert [drawn.number("a"), drawn.number("a"), drawn.number("b")] == [1, 1, 1]
    assert Drawn(NumberSeries(pool)).number("a") == 2


@pytest.mark.parametrize(
    "statement", ["update number_series set last = 1", "insert into number_series values ('b', 1)"]
)
def test_the_service_cannot_turn_a_series_back(pool: Pool, statement: str) -> None:
    NumberSeries(pool).draw("a")
    with pool.connection() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())
