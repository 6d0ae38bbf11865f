"""Kaplan-Meier, against its definition computed one person at a time."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.indicators.figures import NotAvailable, NotReached, Observed, Times, Why, times_to_solution

#: Days followed, and whether a solution ended them.
Person = tuple[int, bool]
persons = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=14)


def observed(people: Sequence[Person]) -> Sequence[Observed]:
    count = Counter(people)
    days = sorted({day for day, _ in people})
    return [Observed(days=day, solved=count[day, True], censored=count[day, False]) for day in days]


def first_day_at(people: Sequence[Person], share: Fraction) -> int | NotReached:
    waiting = Fraction(1)
    for day in range(13):
        at_risk = sum(until >= day for until, _ in people)
        solved = sum(until == day and found for until, found in people)
        waiting *= 1 - Fraction(solved, at_risk) if at_risk else 1
        if solved and waiting <= share:
            return day
    return NotReached.NOT_REACHED


@given(people=persons)
def test_the_curve_is_the_product_of_what_was_left_each_day(people: Sequence[Person]) -> None:
    if not people:
        assert times_to_solution([]) == NotAvailable(Why.NOBODY)
    else:
        expected = Times(median=first_day_at(people, Fraction(1, 2)), p80=first_day_at(people, Fraction(1, 5)))
        assert times_to_solution(observed(people)) == expected


@given(people=persons.filter(bool))
def test_without_censoring_the_median_is_the_usual_one(people: Sequence[Person]) -> None:
    days = sorted(day for day, _ in people)
    times = times_to_solution(observed([(day, True) for day in days]))
    assert isinstance(times, Times)
    assert times.median == days[(len(days) + 1) // 2 - 1]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([(3, True), (5, True)], Times(median=3, p80=5)),
        ([(3, True), (5, False)], Times(median=3, p80=NotReached.NOT_REACHED)),
        ([(3, False), (5, False)], Times(median=NotReached.NOT_REACHED, p80=NotReached.NOT_REACHED)),
        # 3/4 x 2/3 is exactly one half, which arithmetic of floating point misses.
        ([(1, True), (2, True), (3, False), (3, False)], Times(median=2, p80=NotReached.NOT_REACHED)),
        # A solution comes before the end of observation on the same day.
        ([(4, True), (4, False)], Times(median=4, p80=NotReached.NOT_REACHED)),
    ],
)
def test_a_few_curves_by_hand(people: Sequence[Person], expected: Times) -> None:
    assert times_to_solution(observed(people)) == expected


def test_the_same_day_told_twice_is_one_day() -> None:
    """As when a région adds up its départements: 4 of 8 found a solution on day 10, whoever is counted first."""
    parts = [Observed(days=10, solved=1, censored=3), Observed(days=10, solved=3, censored=0)]
    parts += [Observed(days=20, solved=1, censored=0)]
    together = [Observed(days=10, solved=4, censored=3), Observed(days=20, solved=1, censored=0)]
    assert times_to_solution(parts) == times_to_solution(together) == Times(median=10, p80=20)
