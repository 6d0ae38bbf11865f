"""How many people are still without a solution: of a month's entries (cohort), or on a day (stock)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from psycopg import Connection

from domain.vocabulary import CandidateId
from projections.indicators.asking import Companies, Question, cases, of_companies
from projections.indicators.asking import cells as cells_of
from projections.indicators.dimension import Dimension
from projections.indicators.figures import (
    ANY,
    Figure,
    NotAvailable,
    Observed,
    Share,
    Times,
    Why,
    times_to_solution,
)
from projections.indicators.terms import WithoutSolution
from projections.milestones.projection import RECORDED_KINDS

#: The modality of a figure that no dimension divides.
ALL: Final = "all"
#: A month of entry (None for a stock) and a modality.
Slice = tuple[date | None, str]
#: A standing, the solutions found, and how many dossiers share both.
Cell = tuple[str, tuple[str, ...], int]


class Standing(StrEnum):
    """Where a dossier stands when it is not excluded; an excluded one stands as the milestone that excludes it."""

    WITHOUT_SOLUTION = "without_solution"
    WITH_SOLUTION = "with_solution"
    #: A cohort's entry whose window is not over.
    IMMATURE = "immature"
    #: A stock's person without a solution, for no longer than the window.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A dossier behind a figure."""

    candidate: CandidateId
    modality: str
    #: A `Standing`, or the kind of milestone that excludes it.
    standing: str
    solutions: tuple[str, ...]
    #: The day of entry (cohort), or of the start of the current spell without solution (stock).
    since: date
    #: The company that the entry tells of, if it tells of one.
    company: str | None


def cohort(connection: Connection[Any], terms: WithoutSolution, asked: Question) -> Sequence[Figure]:
    """A figure for each month and modality, in order. Without a dimension, a month that nobody entered has one too."""
    cells: dict[Slice, list[Cell]] = defaultdict(list)
    observed: dict[Slice, list[Observed]] = defaultdict(list)
    counts, companies = of_companies(cells_of(connection, asked))
    for row in counts:
        where = (row["month"], row["modality"])
        if row["standing"] is None:
            observed[where].append(Observed(days=row["days"], solved=row["solved"], censored=row["censored"]))
        else:
            cells[where].append((row["standing"], tuple(row["solutions"]), row["entries"]))
    empty = {(month, ALL) for month in asked.months or ()} if asked.by is Dimension.NONE else set()
    return [
        _figure(terms, where, cells.get(where, ()), times_to_solution(observed.get(where, ())), companies)
        for where in sorted(cells.keys() | empty)
    ]


def stock(connection: Connection[Any], terms: WithoutSolution, asked: Question) -> Sequence[Figure]:
    """A figure for each modality: of the persons with an open path, how many have waited longer than the window."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    counts, companies = of_companies(cells_of(connection, asked))
    for row in counts:
        cells[row["modality"]].append((row["standing"], tuple(row["solutions"]), row["entries"]))
    modalities = cells.keys() | ({ALL} if asked.by is Dimension.NONE else set())
    return [_figure(terms, (None, name), cells.get(name, ()), None, companies) for name in sorted(modalities)]


def dossiers(connection: Connection[Any], asked: Question) -> Sequence[Entry]:
    """Every entry of the months, or every person who ever entered, and where they stand: what each count is made of."""
    return [_entry(row) for row in cases(connection, asked)]


def _figure(
    terms: WithoutSolution,
    where: Slice,
    cells: Iterable[Cell],
    times: Times | NotAvailable | None,
    companies: Companies,
) -> Figure:
    count: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for standing, solutions, dossiers in cells:
        count[standing] += dossiers
        if standing == Standing.WITH_SOLUTION:
            for kind in (*solutions, ANY):
                found[kind] += dossiers
    return Figure(
        month=where[0],
        modality=where[1],
        result=_share(terms, count, found),
        waiting=count[Standing.IMMATURE] + count[Standing.WAITING],
        exclusions={standing: number for standing, number in sorted(count.items()) if standing not in set(Standing)},
        times=times,
        companies=companies.get(where, {}),
    )


def _share(terms: WithoutSolution, count: Counter[str], found: Counter[str]) -> Share | NotAvailable:
    denominator = count[Standing.WITHOUT_SOLUTION] + count[Standing.WITH_SOLUTION] + count[Standing.WAITING]
    if not denominator:
        return NotAvailable(why_nothing(immature=count[Standing.IMMATURE], anybody=bool(count)))
    told: dict[str, int | NotAvailable] = {str(kind): found[kind] for kind in (*terms.solutions, ANY)}
    untold = [kind for kind in terms.solutions if not found[kind] and kind not in RECORDED_KINDS]
    unknown = dict.fromkeys(map(str, (*untold, *terms.awaited_solutions)), NotAvailable(Why.NOT_RECORDED))
    return Share(numerator=count[Standing.WITHOUT_SOLUTION], denominator=denominator, lines=told | unknown)


def why_nothing(*, immature: int, anybody: bool) -> Why:
    """Why there is no figure where nobody is in the denominator."""
    if immature:
        return Why.IMMATURE
    return Why.ALL_EXCLUDED if anybody else Why.NOBODY


def _entry(row: Mapping[str, Any]) -> Entry:
    candidate = CandidateId(row["root"].removeprefix("candidate/"))
    named = {name: row[name] for name in ("modality", "standing", "since", "company")}
    return Entry(candidate=candidate, solutions=tuple(row["solutions"]), **named)
