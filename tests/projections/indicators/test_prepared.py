"""Figures made of prepared rows are those computed from the milestones, whatever was told, undone or passed since."""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import strategies as st
from psycopg import Connection

from infrastructure.postgres import connect
from projections.indicators import prepared
from projections.indicators.asking import Knowledge, Months, Question, cells
from projections.indicators.definition import DEFINITIONS, Definition, Measure, Shape
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Figure
from projections.indicators.measuring import measured
from projections.indicators.preparing import prepare, prepare_due
from projections.milestones.kinds import Kind
from projections.milestones.projection import MILESTONES
from projections.positions import install, search_path
from tests.conftest import TestServer
from tests.projections.indicators.facts import Fact, noon, store
from tests.projections.indicators.histories import case_histories, histories, instants
from tests.projections.indicators.test_case_laws import SHAPES, laws
from tests.reaching import draw_until

from hypothesis import given  # isort: skip

ALWAYS: Final = Months(date(2025, 1, 1), date(2029, 12, 31))
BOTH: Final = DEFINITIONS["without-solution-30-days", 2]
PARTITIONS: Final = 8
EVENT: Final = """
    insert into event values (%s, %s, %s, 1, 'candidate', 1, 'candidate.Registered', '{}', '{}', now(), now())
    on conflict do nothing
"""
of_each = pytest.mark.parametrize("definition", [BOTH, *SHAPES], ids=[each.id for each in [BOTH, *SHAPES]])


@pytest.fixture(scope="module")
def told(server: TestServer) -> Iterator[Connection[Any]]:
    """A record whose milestones are written by the tests themselves."""
    name = server.make(server.migrated(PARTITIONS))
    with connect(server.access(name).owner) as owner:
        install(owner, [MILESTONES])
        owner.execute("select set_config('search_path', %s, false)", [search_path([MILESTONES])])
        yield owner
    server.drop(name)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What was told when rows were prepared, what has been told since, and when the figure is asked for."""

    before: Sequence[Fact]
    after: Sequence[Fact]
    prepared: Knowledge
    asked: Knowledge

    @property
    def late(self) -> set[str]:
        """The roots of which something was told in between, whenever it was recorded."""
        return {fact.root for fact in {*self.before} ^ {*self.after}}


@st.composite
def stories(draw: st.DrawFn, definition: Definition) -> Story:
    history = draw(histories() if definition.shape is Shape.WITHOUT_SOLUTION else case_histories())
    first, then = sorted([draw(instants(history)), draw(instants(history))])
    known = Knowledge(first) if draw(st.booleans()) else Knowledge(first, on=Knowledge(first).day - timedelta(days=1))
    # Each root was told up to some event; a correction is an event too.
    cut = {root: draw(st.integers(0, 24)) for root in {fact.root for fact in history}}
    before = [
        replace(fact, voided_at=None) if fact.voided_at and draw(st.booleans()) else fact
        for fact in history
        if fact.root_version <= cut[fact.root] or fact.recorded_at <= first
    ]
    return Story(before=before, after=history, prepared=known, asked=Knowledge(max(then, first)))


@contextmanager
def holding(connection: Connection[Any], story: Story, definition: Definition) -> Iterator[None]:
    """Prepared with what was told before, then told the rest."""
    with connection.transaction(force_rollback=True):
        store(connection, story.before)
        prepare(connection, definition, story.prepared)
        connection.execute("delete from milestone")
        connection.execute("delete from journey_part")
        store(connection, story.after)
        for place, root in enumerate(sorted(story.late), start=1):
            connection.execute(EVENT, [zlib.crc32(root.encode()) % PARTITIONS, place, root])
        yield


def questions(definition: Definition, known: Knowledge) -> Iterator[Question]:
    for measure in definition.measures:
        for by in (Dimension.NONE, Dimension.DEPARTMENT):
            yield Question(
                definition=definition, known=known, by=by, months=None if measure is Measure.STOCK else ALWAYS
            )


def answers(connection: Connection[Any], definition: Definition, known: Knowledge) -> list[Sequence[Figure]]:
    return [measured(connection, question) for question in questions(definition, known)]


def computed(connection: Connection[Any], definition: Definition, known: Knowledge) -> list[Sequence[Figure]]:
    """The same without anything that was prepared."""
    with connection.transaction(force_rollback=True):
        connection.execute("truncate prepared, prepared_row, prepared_cell")
        return answers(connection, definition, known)


@of_each
@laws
@given(data=st.data())
def test_figures_do_not_depend_on_what_was_prepared(
    told: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    story = data.draw(stories(definition))
    earlier = Knowledge(story.prepared.at - timedelta(hours=1), on=story.prepared.day)
    known = earlier if data.draw(st.integers(0, 9)) == 0 else story.asked
    with holding(told, story, definition):
        assert answers(told, definition, known) == computed(told, definition, known)


@of_each
def test_the_random_stories_use_what_was_prepared(told: Connection[Any], definition: Definition) -> None:
    used: Counter[str] = Counter()

    def look(data: st.DataObject) -> None:
        story = data.draw(stories(definition))
        with holding(told, story, definition):
            counted = "select count(*) from prepared_row where person <> all(%s)"
            (rows,) = told.execute(counted, [sorted(story.late)]).fetchone() or (0,)
            used["kept" if rows else "gone"] += 1

    draw_until(st.data(), look, lambda: used["kept"] > 3)
    assert used["kept"] > 3


APPLICATIONS: Final = DEFINITIONS["application-unanswered-30-days", 1]
SENT: Final = Fact(
    root="candidate/a",
    root_version=1,
    journey="job-application-1",
    kind=Kind.APPLICATION_SUBMITTED,
    occurred_on=date(2026, 3, 2),
    recorded_at=noon(date(2026, 3, 2)),
)
OF_MARCH: Final = Months(date(2026, 3, 1), date(2026, 3, 31))


def march(connection: Connection[Any], at: datetime) -> Sequence[Figure]:
    return measured(connection, Question(definition=APPLICATIONS, known=Knowledge(at), months=OF_MARCH))


def test_rows_that_were_prepared_are_used(told: Connection[Any]) -> None:
    with told.transaction(force_rollback=True):
        store(told, [SENT])
        prepare(told, APPLICATIONS, Knowledge(noon(date(2026, 4, 20))))
        before = march(told, noon(date(2026, 4, 20)))
        # Nobody writes a milestone without an event, so nobody finds this one out.
        store(told, [replace(SENT, root="candidate/b")])
        assert march(told, noon(date(2026, 4, 20))) == before


def test_what_is_prepared_for_later_is_not_used_for_what_was_known_earlier(told: Connection[Any]) -> None:
    with told.transaction(force_rollback=True):
        store(told, [SENT])
        prepare(told, APPLICATIONS, Knowledge(noon(date(2026, 4, 20))))
        store(told, [replace(SENT, root="candidate/b")])
        (figure,) = march(told, noon(date(2026, 4, 19)))
        assert getattr(figure.result, "denominator", None) == 2


def test_what_was_told_after_the_instant_of_preparation_counts_later_that_day(told: Connection[Any]) -> None:
    with told.transaction(force_rollback=True):
        store(told, [SENT])
        prepare(told, APPLICATIONS, Knowledge(SENT.recorded_at - timedelta(hours=1)))
        (figure,) = march(told, SENT.recorded_at + timedelta(hours=1))
        assert figure.waiting == 1


def test_what_was_told_in_advance_counts_once_its_day_has_come(told: Connection[Any]) -> None:
    hires = DEFINITIONS["hires-accepted", 1]
    hired = replace(SENT, kind=Kind.HIRE_ACCEPTED, occurred_on=date(2026, 3, 10))
    with told.transaction(force_rollback=True):
        store(told, [hired])
        prepare(told, hires, Knowledge(noon(date(2026, 3, 5))))
        for day, number in ((9, 0), (10, 1)):
            known = Knowledge(noon(date(2026, 3, day)))
            (figure,) = measured(told, Question(definition=hires, known=known, months=OF_MARCH))
            assert getattr(figure.result, "number", None) == number


def test_what_ended_on_the_day_of_preparation_is_followed_no_longer(told: Connection[Any]) -> None:
    acceptance = DEFINITIONS["application-acceptance", 1]
    obsolete = replace(SENT, root_version=2, kind=Kind.APPLICATION_OBSOLETE, occurred_on=date(2026, 6, 1))
    question = Question(definition=acceptance, known=Knowledge(noon(date(2026, 6, 5))), months=OF_MARCH)
    with told.transaction(force_rollback=True):
        store(told, [SENT, replace(obsolete, recorded_at=noon(date(2026, 6, 1)))])
        prepare(told, acceptance, Knowledge(noon(date(2026, 6, 1))))
        followed = [row["days"] for row in cells(told, question) if row["standing"] is None]
    assert followed == [(obsolete.occurred_on - SENT.occurred_on).days]


def test_too_many_changes_and_everything_is_computed(told: Connection[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 0)
    with told.transaction(force_rollback=True):
        store(told, [SENT])
        prepare(told, APPLICATIONS, Knowledge(noon(date(2026, 4, 20))))
        store(told, [replace(SENT, root="candidate/b")])
        told.execute(EVENT, [0, 1, "candidate/b"])
        (figure,) = march(told, noon(date(2026, 4, 20)))
        assert getattr(figure.result, "denominator", None) == 2


def test_a_day_prepares_every_newest_version_once(told: Connection[Any]) -> None:
    newest = {definition.id for definition in DEFINITIONS.values()}
    with told.transaction(force_rollback=True):
        store(told, [SENT])
        assert prepare_due(told, noon(date(2026, 4, 20))) == len(newest)
        assert prepare_due(told, noon(date(2026, 4, 20))) == 0
        assert prepare_due(told, noon(date(2026, 4, 21))) == len(newest)
        assert prepare_due(told, noon(date(2026, 4, 21))) == 0
        builds = told.execute("select count(distinct build) from prepared_row").fetchone()
        kept = told.execute("select count(*) from prepared").fetchone()
    assert kept == (len(newest) + 1,)
    assert builds is not None
    assert builds[0] <= kept[0]
