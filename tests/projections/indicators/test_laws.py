"""What holds of every history: the SQL is the naive replay, and figures behave as figures must."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from projections.indicators.asking import Knowledge, Months
from projections.indicators.definition import DEFINITIONS, Definition
from projections.indicators.dimension import Dimension
from projections.indicators.figures import ANY, Count, Figure, NotAvailable, Share, Why
from projections.indicators.without_solution import Entry, Standing
from projections.milestones.kinds import Kind
from tests.projections.indicators.ask import cohort, cohort_dossiers, stock, stock_dossiers, waiting
from tests.projections.indicators.facts import Fact, store
from tests.projections.indicators.histories import facts, histories, instants
from tests.projections.indicators.oracle import Oracle, Stands
from tests.reaching import draw_until

COMPANIES = ("c1", "c2", "c3")
ALWAYS = Months(date(2025, 1, 1), date(2029, 12, 31))
VERSIONS = [DEFINITIONS["without-solution-30-days", version] for version in (1, 2)]
laws = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
each_version = pytest.mark.parametrize("definition", VERSIONS, ids=["version 1", "version 2"])


@dataclass(frozen=True)
class World:
    """Milestones, as they are known at an instant."""

    connection: Connection[Any]
    definition: Definition

    def entries(self, known: Knowledge) -> Sequence[Entry]:
        return cohort_dossiers(self.connection, self.definition, ALWAYS, known)

    def persons(self, known: Knowledge) -> Sequence[Entry]:
        return stock_dossiers(self.connection, self.definition, known)

    def figures(self, known: Knowledge, by: Dimension = Dimension.NONE) -> Sequence[Figure]:
        figures = cohort(self.connection, self.definition, ALWAYS, known, by)
        return [figure for figure in figures if figure.result != NotAvailable(Why.NOBODY)]


@contextmanager
def holding(connection: Connection[Any], history: Sequence[Fact], definition: Definition) -> Iterator[World]:
    with connection.transaction(force_rollback=True):
        store(connection, history)
        yield World(connection, definition)


def as_stands(entries: Sequence[Entry]) -> Sequence[Stands]:
    return sorted(
        Stands(f"candidate/{e.candidate}", e.since, e.standing, e.solutions, e.company or "") for e in entries
    )


def oracle(history: Sequence[Fact], known: Knowledge, definition: Definition) -> Oracle:
    return Oracle(history, known.at, known.day, waiting(definition))


@each_version
@laws
@given(data=st.data())
def test_a_cohort_is_the_naive_replay_of_what_was_known(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(histories())
    known = Knowledge(data.draw(instants(history)))
    with holding(shared, history, definition) as world:
        assert as_stands(world.entries(known)) == oracle(history, known, definition).cohort()


@each_version
@laws
@given(data=st.data())
def test_a_stock_is_the_naive_replay_of_what_was_known(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(histories())
    known = Knowledge(data.draw(instants(history)))
    with holding(shared, history, definition) as world:
        assert as_stands(world.persons(known)) == oracle(history, known, definition).stock()


@each_version
@laws
@given(data=st.data())
def test_the_past_as_known_now_is_the_naive_replay_too(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(histories())
    then = Knowledge(data.draw(instants(history)))
    now = Knowledge(then.at + timedelta(days=data.draw(st.integers(0, 200))), on=then.day)
    with holding(shared, history, definition) as world:
        assert as_stands(world.entries(now)) == oracle(history, now, definition).cohort()


@each_version
@laws
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter_when_both_dates_are_equal(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(histories())
    versions = data.draw(st.permutations(range(1, len(history) + 1)))
    shuffled = [replace(fact, root_version=version) for fact, version in zip(history, versions, strict=True)]
    known = Knowledge(data.draw(instants(history)))
    with holding(shared, history, definition) as world:
        first = (world.entries(known), world.figures(known))
    with holding(shared, data.draw(st.permutations(shuffled)), definition) as world:
        assert (world.entries(known), world.figures(known)) == first


@each_version
@laws
@given(data=st.data(), by=st.sampled_from(sorted(Dimension)))
def test_the_modalities_of_a_dimension_add_up_to_the_total(
    shared: Connection[Any], definition: Definition, data: st.DataObject, by: Dimension
) -> None:
    history = data.draw(histories())
    known = Knowledge(data.draw(instants(history)))
    with holding(shared, history, definition) as world:
        assert total(world.figures(known, by)) == total(world.figures(known))
        assert total(stock(shared, definition, known, by)) == total(stock(shared, definition, known))


def total(figures: Sequence[Figure]) -> Counter[tuple[date | None, str]]:
    """Every count of the figures, added up by month."""
    count: Counter[tuple[date | None, str]] = Counter()
    for figure in figures:
        count.update({(figure.month, "waiting"): figure.waiting})
        count.update({(figure.month, f"company {name}"): number for name, number in figure.companies.items()})
        count.update({(figure.month, reason): number for reason, number in figure.exclusions.items()})
        if isinstance(figure.result, Share):
            count.update({(figure.month, "numerator"): figure.result.numerator})
            count.update({(figure.month, "denominator"): figure.result.denominator})
            lines = {kind: number for kind, number in figure.result.lines.items() if isinstance(number, int)}
            count.update({(figure.month, f"solution {kind}"): number for kind, number in lines.items()})
    return +count


@each_version
@laws
@given(data=st.data())
def test_a_figure_is_made_of_its_dossiers(shared: Connection[Any], definition: Definition, data: st.DataObject) -> None:
    history = data.draw(histories())
    known = Knowledge(data.draw(instants(history)))
    with holding(shared, history, definition) as world:
        standings = Counter((entry.since.replace(day=1), entry.standing) for entry in world.entries(known))
        companies = Counter(
            (entry.since.replace(day=1), entry.standing, entry.company) for entry in world.entries(known)
        )
        figures = world.figures(known)
    assert {figure.month for figure in figures} == {month for month, _ in standings}
    for figure in figures:
        assert figure.month is not None
        without, with_one, immature = (
            standings[figure.month, standing]
            for standing in (Standing.WITHOUT_SOLUTION, Standing.WITH_SOLUTION, Standing.IMMATURE)
        )
        assert figure.waiting == immature
        counted = (Standing.WITHOUT_SOLUTION, Standing.WITH_SOLUTION)
        assert figure.companies == +Counter(
            {name: sum(companies[figure.month, each, name] for each in counted) for name in COMPANIES}
        )
        match figure.result:
            case Share() as share:
                assert (share.numerator, share.denominator) == (without, without + with_one)
                assert 0 <= share.value <= 1
                assert share.lines[ANY] == with_one
            case NotAvailable(why):
                assert without + with_one == 0
                assert why is (Why.IMMATURE if immature else Why.ALL_EXCLUDED)
            case Count():
                raise AssertionError


@each_version
@laws
@given(data=st.data())
def test_one_more_solution_never_makes_anybody_without_one(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(histories())
    known = Knowledge(data.draw(instants(history)))
    start = min((fact.occurred_on for fact in history), default=date(2026, 1, 1))
    kind = data.draw(st.sampled_from(waiting(definition).solutions))
    more = replace(data.draw(facts(start, 99)), kind=kind, into_root=None, journey="employment-1")
    with holding(shared, history, definition) as world:
        before = without(world, known)
    with holding(shared, [*history, more], definition) as world:
        after = without(world, known)
    assert all(few <= many for few, many in zip(after, before, strict=True))


def without(world: World, known: Knowledge) -> tuple[int, int]:
    entries, persons = (
        sum(entry.standing == Standing.WITHOUT_SOLUTION for entry in found)
        for found in (world.entries(known), world.persons(known))
    )
    return entries, persons


@each_version
@laws
@given(data=st.data())
def test_only_what_is_recorded_in_between_revises_a_past_figure(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(histories())
    then, now = sorted([data.draw(instants(history)), data.draw(instants(history))])
    day = Knowledge(then).day
    with holding(shared, history, definition) as world:
        before, after = (world.entries(Knowledge(at, on=day)) for at in (then, now))
        quiet = [fact for fact in history if not told_between(fact, then, now)]
    if quiet == history:
        assert before == after
    with holding(shared, quiet, definition) as world:
        assert world.entries(Knowledge(then, on=day)) == world.entries(Knowledge(now, on=day))


def told_between(fact: Fact, then: datetime, now: datetime) -> bool:
    return any(at is not None and then < at <= now for at in (fact.recorded_at, fact.voided_at))


def test_the_random_histories_reach_every_standing() -> None:
    reached: Counter[str] = Counter()

    def look(data: st.DataObject) -> None:
        history = data.draw(histories())
        known = Knowledge(data.draw(instants(history)))
        naive = oracle(history, known, VERSIONS[-1])
        reached.update({stand.standing for stand in naive.cohort()})
        reached.update({f"stock {stand.standing}" for stand in naive.stock()})

    endings = {kind.value for kind in waiting(VERSIONS[-1]).endings}
    wanted = endings | {Kind.MERGED, Standing.WITHOUT_SOLUTION, Standing.WITH_SOLUTION, Standing.IMMATURE}
    in_stock = endings | {Standing.WITHOUT_SOLUTION, Standing.WITH_SOLUTION, Standing.WAITING}

    def rare() -> set[str]:
        return {name for name in wanted | {f"stock {name}" for name in in_stock} if reached[str(name)] < 4}

    draw_until(st.data(), look, lambda: not rare())
    assert rare() == set()


@each_version
@pytest.mark.parametrize("by", Dimension)
def test_nobody_at_all_is_not_available(milestones: Connection[Any], definition: Definition, by: Dimension) -> None:
    month = Months(date(2026, 1, 1), date(2026, 1, 31))
    known = Knowledge(datetime.fromisoformat("2026-06-01T12:00+02:00"))
    found = [*cohort(milestones, definition, month, known, by), *stock(milestones, definition, known, by)]
    expected = [NotAvailable(Why.NOBODY)] * 2 if by is Dimension.NONE else []
    assert [figure.result for figure in found] == expected
