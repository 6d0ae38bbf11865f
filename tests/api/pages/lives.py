"""Invented lives, enough of them for figures to be shown, and what an oracle says of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from random import Random

from domain.calendar import add_days, paris_start
from domain.formats.region import region_of
from projections.indicators.asking import Knowledge, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Figure, NotAvailable, Share
from projections.indicators.publication import Published, discreetly
from projections.indicators.terms import WithoutSolution
from projections.indicators.without_solution import ALL, why_nothing
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact, noon
from tests.projections.indicators.oracle import Oracle, Stands

WAITING = DEFINITIONS["without-solution-30-days", 2]
#: Where people live, by how many of each hundred; two in each of two régions, so that one of each may be shown.
PLACES = {"35": 26, "56": 22, "59": 26, "62": 22, "33": 4}
SOLUTIONS = (Kind.HIRE_ACCEPTED, Kind.CONTRACT_STARTED, Kind.EMPLOYMENT_DECLARED, Kind.SERVICE_STARTED)
LATE = 70
#: The modality of a département.
IN: Mapping[Dimension, Callable[[str], str]] = {
    Dimension.NONE: lambda _: ALL,
    Dimension.DEPARTMENT: lambda department: department,
    Dimension.REGION: region_of,
}


def lives(today: date, people: int = 2200) -> Iterator[Fact]:
    """Over five hundred days: solutions told in time, late or by mistake, duplicates, deaths, objections."""
    chance = Random(30)
    for number in range(people):
        yield from life(f"candidate/{number}", add_days(today, -chance.randrange(500)), chance, number)


def life(root: str, start: date, chance: Random, number: int) -> Iterator[Fact]:
    place = chance.choices(list(PLACES), list(PLACES.values()))[0]
    born = chance.choice([None, 1960, 1980, 2003])
    first = Fact(
        root=root, root_version=1, journey="candidate", kind=Kind.REGISTERED, occurred_on=start,
        recorded_at=noon(start), department=place, birth_year=born,
    )  # fmt: skip
    yield first
    if chance.random() < 0.7:
        sent = add_days(start, chance.randrange(4))
        yield after(first, 2, Kind.ORIENTED, sent, sent)
    fate = chance.random()
    if fate < 0.55:
        yield from solution(first, chance, late=fate > 0.3, mistaken=fate < 0.08)
    elif fate < 0.60:
        gone = add_days(start, chance.randrange(45))
        yield after(first, 9, Kind.MOVED_AWAY, gone, gone)
    elif fate < 0.64 and number:
        merged = add_days(start, LATE)
        yield replace(after(first, 9, Kind.MERGED, merged, merged), into_root=f"candidate/{number - 1}")
    elif fate < 0.66:
        yield after(first, 9, Kind.OPPOSED, start, add_days(start, LATE))


def solution(first: Fact, chance: Random, *, late: bool, mistaken: bool) -> Iterator[Fact]:
    found = add_days(first.occurred_on, chance.randrange(36))
    told = after(first, 5, chance.choice(SOLUTIONS), found, add_days(found, LATE if late else 0))
    undone = told.recorded_at + timedelta(days=LATE) if mistaken else None
    yield replace(told, journey="job-application-1", voided_at=undone)


def after(first: Fact, version: int, kind: Kind, on: date, told: date) -> Fact:
    """Another fact of the same person, which happened on a day and was told on another."""
    return replace(first, root_version=version, kind=kind, occurred_on=on, recorded_at=noon(told))


def told_by(facts: Iterable[Fact], today: date) -> list[Fact]:
    """What somebody could have recorded by now."""
    return [
        replace(fact, voided_at=None if fact.voided_at and fact.voided_at >= paris_start(today) else fact.voided_at)
        for fact in facts
        if fact.recorded_at < paris_start(today)
    ]


def people(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts of those who have nothing to do with anybody else, together."""
    into = {fact.root: fact.into_root for fact in facts if fact.into_root}

    def last(root: str) -> str:
        while (kept := into.get(root)) is not None:
            root = kept
        return root

    ordered = sorted(facts, key=lambda fact: last(fact.root))
    return [list(own) for _, own in groupby(ordered, key=lambda fact: last(fact.root))]


def known(day: date) -> Knowledge:
    """What was known at the end of a day."""
    return Knowledge(paris_start(add_days(day, 1)), on=day)


def standings(facts: Sequence[Fact], known: Knowledge, *, stock: bool) -> Iterator[tuple[Stands, str]]:
    """Where everybody stands, by the oracle, and in which département."""
    assert isinstance(WAITING.terms, WithoutSolution)
    for own in people(facts):
        oracle = Oracle(own, known.at, known.day, WAITING.terms)
        lives_in = {fact.root: fact.department for fact in own}
        for stands in oracle.stock() if stock else oracle.cohort():
            yield stands, lives_in[stands.root]


def figures(facts: Sequence[Fact], asked: Question) -> Sequence[Figure]:
    """The figures of a question, by the oracle; without their delays."""
    standing: dict[tuple[date | None, str], Counter[str]] = defaultdict(Counter)
    lines: dict[tuple[date | None, str], Counter[str]] = defaultdict(Counter)
    if asked.by is Dimension.NONE:
        standing.update({(each, ALL): Counter() for each in asked.months or ()})
    for stands, department in standings(facts, asked.known, stock=asked.months is None):
        month = None if asked.months is None else stands.since.replace(day=1)
        if asked.months is None or month in list(asked.months):
            where = (month, IN[asked.by](department))
            standing[where][stands.standing] += 1
            if stands.standing == "with_solution":
                lines[where].update([*stands.solutions, "any"])
    return [figure(where, standing[where], lines[where]) for where in sorted(standing, key=str)]


def figure(where: tuple[date | None, str], count: Counter[str], lines: Counter[str]) -> Figure:
    denominator = count["without_solution"] + count["with_solution"] + count["waiting"]
    result: Share | NotAvailable = NotAvailable(why_nothing(immature=count["immature"], anybody=bool(count)))
    if denominator:
        told = {kind.value: lines[kind] for kind in (*SOLUTIONS, Kind.IMMERSION_STARTED)} | {"any": lines["any"]}
        result = Share(numerator=count["without_solution"], denominator=denominator, lines=told)
    counted = {"without_solution", "with_solution", "waiting", "immature"}
    exclusions = {standing: number for standing, number in count.items() if standing not in counted}
    waiting = count["immature"] + count["waiting"]
    return Figure(month=where[0], modality=where[1], result=result, waiting=waiting, exclusions=exclusions, times=None)


def shown(facts: Sequence[Fact], asked: Question) -> Mapping[tuple[date | None, str], str]:
    """What an analyst is to read of each figure, in French: a share and its numbers, or why there is none."""
    return {(each.month, each.modality): said(each) for each in discreetly(asked, figures(facts, asked))}


def said(published: Published) -> str:
    result = published.result
    if isinstance(result, Share):
        percents = (200 * result.numerator + result.denominator) // (2 * result.denominator)
        return f"{percents} % {result.numerator} sur {result.denominator}"
    return "pas encore connu" if isinstance(result, NotAvailable) else "secret statistique"
