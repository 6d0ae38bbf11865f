"""Figures of cases: what became of a month's entries, what is open on a day, what a month saw."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from psycopg import Connection

from domain.vocabulary import CandidateId
from projections.indicators.asking import Companies, Question, cases, of_companies
from projections.indicators.asking import cells as cells_of
from projections.indicators.dimension import Dimension
from projections.indicators.figures import (
    Count,
    Figure,
    NotAvailable,
    Observed,
    Share,
    Times,
    Why,
    times_to_solution,
)
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases
from projections.indicators.without_solution import ALL, Slice, Standing, why_nothing

OPEN: Final = "open"
#: A case of a stock that its definition counts.
COUNTED: Final = "counted"
#: What stands for a qualification that nobody told.
UNTOLD: Final = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case behind a figure."""

    candidate: CandidateId
    #: As `job-application-3`: where the case entered.
    journey: str
    modality: str
    #: A code of the definition, `none`, `immature`, `open`, `counted`, or what excludes it.
    standing: str
    #: What qualifies the standing; `unknown` where nobody told.
    detail: str
    since: date
    #: The company that it tells of, if it tells of one.
    company: str | None

    @property
    def root(self) -> str:
        """The dossier that it is in."""
        return f"candidate/{self.candidate}"


#: How many cases share a standing and what qualifies it.
Cells = Mapping[tuple[str, str], int]


def cohort_of_cases(connection: Connection[Any], terms: CohortOfCases, asked: Question) -> Sequence[Figure]:
    """A figure for each month of entry and modality, in order."""
    cells: dict[Slice, Counter[tuple[str, str]]] = defaultdict(Counter)
    observed: dict[Slice, list[Observed]] = defaultdict(list)
    counts, companies = of_companies(cells_of(connection, asked))
    for row in counts:
        where = (row["month"], row["modality"])
        if row["standing"] is None:
            observed[where].append(Observed(days=row["days"], solved=row["solved"], censored=row["censored"]))
        else:
            cells[where][row["standing"], row["detail"]] += row["entries"]
    return [
        _cohort_figure(terms, where, cells.get(where, {}), times_to_solution(observed.get(where, ())), companies)
        for where in sorted(cells.keys() | _months(asked))
    ]


def stock_of_cases(connection: Connection[Any], _: StockOfCases, asked: Question) -> Sequence[Figure]:
    """A figure for each modality: of the cases that are open on the day, those that the definition counts."""
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    counts, companies = of_companies(cells_of(connection, asked))
    for row in counts:
        cells[row["modality"]][row["standing"]] += row["entries"]
    modalities = cells.keys() | ({ALL} if asked.by is Dimension.NONE else set())
    return [_stock_figure(name, cells.get(name, Counter()), companies) for name in sorted(modalities)]


def monthly_count(connection: Connection[Any], terms: MonthlyCount | Attempts, asked: Question) -> Sequence[Figure]:
    """A figure for each month and modality: how many facts or persons, and the share of some if the terms say so."""
    cells: dict[Slice, Counter[tuple[str, str]]] = defaultdict(Counter)
    counts, companies = of_companies(cells_of(connection, asked))
    for row in counts:
        cells[row["month"], row["modality"]][row["standing"], row["detail"]] += row["entries"]
    slices = sorted(cells.keys() | _months(asked))
    return [_count_figure(terms, where, cells.get(where, {}), asked.known.day, companies) for where in slices]


def listed(connection: Connection[Any], asked: Question) -> Sequence[Case]:
    """Every case that the figures of a question are made of."""
    return [
        Case(
            candidate=CandidateId(row["root"].removeprefix("candidate/")),
            **{name: row[name] for name in ("journey", "modality", "standing", "detail", "since", "company")},
        )
        for row in cases(connection, asked)
    ]


def _months(asked: Question) -> set[Slice]:
    return {(month, ALL) for month in asked.months or ()} if asked.by is Dimension.NONE else set()


def _by_standing(cells: Cells) -> Counter[str]:
    count: Counter[str] = Counter()
    for (standing, _), number in cells.items():
        count[standing] += number
    return count


def _lines(codes: Iterable[str], cells: Cells) -> Mapping[str, int | NotAvailable]:
    """A line for each code, and one more for whatever qualifies it (`application_refused:no_position`)."""
    count, listed = _by_standing(cells), tuple(codes)
    found: Counter[str] = Counter()
    for (standing, detail), number in cells.items():
        if standing in listed and ":" not in standing and detail != UNTOLD:
            found[f"{standing}:{detail}"] += number
    return {code: count[code] for code in listed} | dict(sorted(found.items()))


def _cohort_figure(
    terms: CohortOfCases, where: Slice, cells: Cells, times: Times | NotAvailable, companies: Companies
) -> Figure:
    count = _by_standing(cells)
    denominator = sum(count[code] for code in terms.denominator)
    result: Share | NotAvailable = NotAvailable(why_nothing(immature=count[Standing.IMMATURE], anybody=bool(count)))
    if denominator:
        numerator = sum(count[code] for code in terms.numerator)
        result = Share(numerator=numerator, denominator=denominator, lines=_lines(terms.denominator, cells))
    apart = {code: count[code] for code in sorted(count) if code not in {*terms.denominator, Standing.IMMATURE}}
    return Figure(
        month=where[0],
        modality=where[1],
        result=result,
        waiting=count[Standing.IMMATURE],
        exclusions=apart,
        times=times,
        companies=companies.get(where, {}),
    )


def _stock_figure(modality: str, count: Counter[str], companies: Companies) -> Figure:
    denominator = count[COUNTED] + count[OPEN]
    result: Share | NotAvailable = NotAvailable(why_nothing(immature=0, anybody=bool(count)))
    if denominator:
        result = Share(numerator=count[COUNTED], denominator=denominator, lines={})
    return Figure(
        month=None,
        modality=modality,
        result=result,
        waiting=count[OPEN],
        exclusions={name: number for name, number in sorted(count.items()) if name not in {OPEN, COUNTED}},
        times=None,
        companies=companies.get((None, modality), {}),
    )


def _count_figure(
    terms: MonthlyCount | Attempts, where: Slice, cells: Cells, day: date, companies: Companies
) -> Figure:
    count = _by_standing(cells)
    number, lines = sum(count[code] for code in terms.standings), _lines(terms.standings, cells)
    result: Share | Count | NotAvailable = Count(number=number, lines=lines)
    if where[0] is not None and where[0] > day:
        result = NotAvailable(Why.IMMATURE)
    elif terms.part:
        numerator = sum(count[code] for code in terms.part)
        nothing = NotAvailable(why_nothing(immature=0, anybody=bool(count)))
        result = Share(numerator=numerator, denominator=number, lines=lines) if number else nothing
    return Figure(
        month=where[0],
        modality=where[1],
        result=result,
        waiting=0,
        exclusions={name: many for name, many in sorted(count.items()) if name not in terms.standings},
        times=None,
        companies=companies.get(where, {}),
    )
