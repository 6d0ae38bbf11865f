"""Dossier by dossier, at five dates: our definition, and on whom the three of today are wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from psycopg import Connection

from projections.indicators.asking import Knowledge, Months
from projections.indicators.definition import DEFINITIONS, Definition
from projections.indicators.figures import Share
from projections.indicators.without_solution import Entry, Standing
from tests.projections.indicators.ask import cohort, cohort_dossiers, revised, stock, stock_dossiers
from tests.projections.indicators.facts import Fact, store
from tests.projections.indicators.golden import EVENINGS, LIVES, Life
from tests.projections.indicators.todays_definitions import Account

VERSIONS = [DEFINITIONS["without-solution-30-days", version] for version in (1, 2)]
each_version = pytest.mark.parametrize("definition", VERSIONS, ids=["version 1", "version 2"])
YEAR = Months(date(2026, 1, 1), date(2026, 12, 31))
JANUARY = Months(date(2026, 1, 1), date(2026, 1, 31))
MARKS: Mapping[str, str] = {
    Standing.IMMATURE: "i",
    Standing.WAITING: "w",
    Standing.WITHOUT_SOLUTION: "-",
    Standing.WITH_SOLUTION: "+",
}


def marks(entries: Sequence[Entry]) -> str:
    known = sorted(entries, key=lambda entry: entry.since)
    return "".join(MARKS.get(entry.standing, "x") for entry in known) or "."


@each_version
@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_where_a_life_stands_in_our_cohort_and_stock(
    milestones: Connection[Any], life: Life, definition: Definition
) -> None:
    store(milestones, life.facts())
    cohorts = [cohort_dossiers(milestones, definition, YEAR, Knowledge(evening)) for evening in EVENINGS]
    stocks = [stock_dossiers(milestones, definition, Knowledge(evening)) for evening in EVENINGS]
    found = " ".join(map(marks, cohorts)), " ".join(by_person(entries) for entries in stocks)
    assert found == life.expected(definition.version)


def by_person(entries: Sequence[Entry]) -> str:
    return "".join(MARKS.get(entry.standing, "x") for entry in entries) or "."


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_where_todays_definitions_put_the_same_life(life: Life) -> None:
    assert today(life, Account.operational) == life.operational
    assert today(life, Account.legacy) == life.legacy
    assert today(life, Account.simplified) == life.simplified


def today(life: Life, definition: Callable[[Account], str]) -> str:
    accounts = sorted({step.account for step in life.steps})
    return " ".join(
        "".join(definition(Account.exported(life.steps, account, evening)) for account in accounts)
        for evening in EVENINGS
    )


def test_what_each_definition_counts_on_the_five_evenings(milestones: Connection[Any]) -> None:
    store(milestones, everybody())
    known = [Knowledge(evening) for evening in EVENINGS]
    first, second = VERSIONS
    assert [january(milestones, first, at) for at in known] == [None, (15, 21), (15, 22), (13, 21), (13, 21)]
    assert [january(milestones, second, at) for at in known] == [None, (13, 21), (13, 22), (11, 21), (11, 21)]
    assert [waiting_too_long(milestones, first, at) for at in known] == [0, 0, 14, 10, 11]
    assert [waiting_too_long(milestones, second, at) for at in known] == [0, 0, 12, 9, 10]
    assert counted(lambda life: life.operational) == [0, 0, 6, 8, 2]
    assert counted(lambda life: life.legacy) == [11, 9, 8, 8, 8]
    assert counted(lambda life: life.simplified) == [11, 10, 9, 8, 2]


def everybody() -> Sequence[Fact]:
    """The lives side by side, each under roots of its own."""
    return [
        replace(fact, root=f"{fact.root}{number}", into_root=fact.into_root and f"{fact.into_root}{number}")
        for number, life in enumerate(LIVES.values())
        for fact in life.facts()
    ]


def january(connection: Connection[Any], definition: Definition, known: Knowledge) -> tuple[int, int] | None:
    """Those who entered in January or February."""
    figures = cohort(connection, definition, Months(date(2026, 1, 1), date(2026, 2, 1)), known)
    shares = [figure.result for figure in figures if isinstance(figure.result, Share)]
    return (sum(s.numerator for s in shares), sum(s.denominator for s in shares)) if shares else None


def waiting_too_long(connection: Connection[Any], definition: Definition, known: Knowledge) -> int:
    (figure,) = stock(connection, definition, known)
    assert isinstance(figure.result, Share)
    return figure.result.numerator


def counted(line: Callable[[Life], str]) -> Sequence[int]:
    return [sum(line(life).split()[place].count("-") for life in LIVES.values()) for place in range(len(EVENINGS))]


def differing(line: Callable[[Life], str], place: int, ours: str, theirs: str) -> set[str]:
    return {
        name
        for name, life in LIVES.items()
        if (life.expected(2)[1].split()[place], line(life).split()[place]) == (ours, theirs)
    }


def test_the_operational_stock_misses_whoever_never_applied_or_applied_long_ago() -> None:
    invisible = differing(lambda life: life.operational, 4, "-", ".")
    assert invisible == {
        "registered, never applied: today nobody sees them",
        "oriented, never applied: today nobody sees them",
        "one application, pending: the day 30 is in time",
        "one application, refused yesterday",
        "last application six months and one day ago: drops out of today's stock, still jobless",
        "accepted, then cancelled: what was published stays what it was",
        "closed by the administration, back in May: two paths",
        "an immersion of two weeks: a solution since version 2",
        "the contract of a hire ended: so did the hire",
    }
    assert differing(lambda life: life.operational, 4, "-", "+") == {
        "contract ended six weeks ago: a new spell of more than 30 days"
    }


def test_the_operational_stock_counts_people_who_work() -> None:
    assert differing(lambda life: life.operational, 4, "+", "-") == {
        "working for five months, applies elsewhere today: the acceptance is older than the window of creations",
        "hired elsewhere, through an older application: working, and counted without a solution",
    }
    assert differing(lambda life: life.operational, 3, "+", "-") == {"found a job outside of the platform, and said so"}


@each_version
def test_a_published_figure_can_be_published_again_and_revised(
    milestones: Connection[Any], definition: Definition
) -> None:
    cancelled = LIVES["accepted, then cancelled: what was published stays what it was"]
    late = LIVES["hired on the tenth day, told in June"]
    store(milestones, [replace(fact, root=f"{fact.root}1") for fact in cancelled.facts()])
    store(milestones, [replace(fact, root=f"{fact.root}2") for fact in late.facts()])
    store(milestones, [replace(fact, root=f"{fact.root}3") for fact in late.facts()])
    march, june = EVENINGS[2], EVENINGS[3]
    (revision,) = revised(milestones, definition, JANUARY, march, june)
    assert numbers(revision.then.result) == (2, 3)
    assert numbers(revision.now.result) == (1, 3)
    assert revision.points == pytest.approx(-100 / 3)
    assert cohort(milestones, definition, JANUARY, Knowledge(march)) == [revision.then]


def numbers(result: object) -> tuple[int, int]:
    assert isinstance(result, Share)
    return result.numerator, result.denominator


def test_todays_definition_changes_the_past_when_a_state_changes() -> None:
    life = LIVES["hired on the thirty-first day: late, whatever the state has become"]
    march: datetime = EVENINGS[1]
    june: datetime = EVENINGS[3]
    assert Account.exported(life.steps, "a", march).legacy() == "-"
    assert Account.exported(life.steps, "a", june).legacy() == "+"
