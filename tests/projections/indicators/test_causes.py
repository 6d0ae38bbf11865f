"""Why a figure changed: the causes add up to the change, whatever was told meanwhile."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.causes import Cause, cause_of, causes, causes_shown
from projections.indicators.definition import DEFINITIONS
from projections.indicators.discretion import Secret
from projections.indicators.without_solution import Standing
from tests.projections.indicators.ask import waiting
from tests.projections.indicators.facts import Fact, store
from tests.projections.indicators.histories import histories, instants
from tests.projections.indicators.oracle import Oracle, Stands
from tests.reaching import draw_until

DEFINITION = DEFINITIONS["without-solution-30-days", 2]
ALWAYS = Months(date(2025, 1, 1), date(2029, 12, 31))
WITH, WITHOUT = Standing.WITH_SOLUTION.value, Standing.WITHOUT_SOLUTION.value
laws = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def asked(known: Knowledge) -> Question:
    return Question(definition=DEFINITION, known=known, months=ALWAYS)


def stands(history: list[Fact], known: Knowledge) -> list[Stands]:
    """Every entry, by the oracle."""
    return sorted(Oracle(history, known.at, known.day, waiting(DEFINITION)).cohort())


def by_entry(entries: list[Stands]) -> dict[tuple[str, int], str]:
    ordered = [list(own) for _, own in groupby(entries, key=attrgetter("root"))]
    return {(each.root, number): each.standing for own in ordered for number, each in enumerate(own)}


@laws
@given(data=st.data())
def test_causes_are_those_of_the_naive_replay_and_add_up_to_the_change(
    milestones: Connection[object], data: st.DataObject
) -> None:
    history = data.draw(histories())
    then = Knowledge(data.draw(instants(history)))
    now = Knowledge(then.at + timedelta(days=data.draw(st.integers(0, 200))), on=then.day)
    with milestones.transaction(force_rollback=True):
        store(milestones, history)
        found = causes(milestones, asked(then), asked(now))
    before, after = by_entry(stands(history, then)), by_entry(stands(history, now))
    told = Counter(cause_of(before.get(each), after.get(each)) for each in before.keys() | after.keys())
    assert found == {cause: told[cause] for cause in Cause}
    counted = [sum(standing in {WITH, WITHOUT} for standing in each.values()) for each in (before, after)]
    came = found[Cause.ENTRY_LEARNED] + found[Cause.TAKEN_IN]
    went = found[Cause.ENTRY_WITHDRAWN] + found[Cause.MERGED] + found[Cause.LEFT_OUT]
    assert counted[1] - counted[0] == came - went


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        (WITHOUT, WITH, Cause.SOLUTION_LEARNED),
        (WITH, WITHOUT, Cause.SOLUTION_UNDONE),
        (None, WITHOUT, Cause.ENTRY_LEARNED),
        (WITH, None, Cause.ENTRY_WITHDRAWN),
        (WITHOUT, "merged", Cause.MERGED),
        (WITH, "deceased", Cause.LEFT_OUT),
        ("opposed", WITHOUT, Cause.TAKEN_IN),
        (WITH, WITH, None),
        (None, "merged", None),
        ("opposed", None, None),
        ("moved_away", "deceased", None),
        ("immature", "immature", None),
    ],
)
def test_a_cause_is_told_by_where_an_entry_stood_and_stands(
    before: str | None, after: str | None, cause: Cause | None
) -> None:
    assert cause_of(before, after) is cause


def test_causes_of_a_few_are_all_hidden_alike() -> None:
    counted = dict.fromkeys(Cause, 0) | {Cause.MERGED: 10, Cause.LEFT_OUT: 11, Cause.SOLUTION_LEARNED: 13}
    shown = dict.fromkeys(map(str, Cause), Secret.SECRET) | {"left_out": 10, "solution_learned": 15}
    assert causes_shown(counted) == shown


@st.composite
def changes(draw: st.DrawFn) -> set[Cause | None]:
    history = draw(histories())
    then = Knowledge(draw(instants(history)))
    now = Knowledge(then.at + timedelta(days=120), on=then.day)
    before, after = by_entry(stands(history, then)), by_entry(stands(history, now))
    return {cause_of(before.get(each), after.get(each)) for each in before.keys() | after.keys()}


def test_histories_reach_every_cause() -> None:
    seen: set[Cause | None] = set()
    draw_until(changes(), seen.update, lambda: seen > set(Cause))
    assert seen == {None, *Cause}
