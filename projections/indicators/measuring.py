"""Any indicator, asked the same way: its figures, their revision, and the cases that they are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, assert_never

from psycopg import Connection

from domain.vocabulary import CandidateId
from projections.indicators.asking import Knowledge, Question
from projections.indicators.cases import COUNTED, Case, cohort_of_cases, listed, monthly_count, stock_of_cases
from projections.indicators.definition import Definition
from projections.indicators.figures import Figure, NotAvailable, Revision, Why
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases, WithoutSolution
from projections.indicators.without_solution import Entry, Standing, cohort, dossiers, stock
from projections.milestones.kinds import Kind
from projections.milestones.projection import RECORDED_KINDS


def awaited(definition: Definition) -> Sequence[Kind]:
    """What the definition needs and no journey tells yet. While there is any, it has no figures."""
    match definition.terms:
        case WithoutSolution() as terms:
            # A kind of solution that nobody tells is a line without a figure: the others stand.
            needed: Sequence[str] = terms.entries
        case CohortOfCases() as terms:
            needed = (*terms.entries, *terms.outcomes)
        case StockOfCases() as terms:
            needed = (*terms.starts, *terms.ends, *terms.without, *terms.without_ends)
        case MonthlyCount() as terms:
            needed = (*terms.counted, *terms.beside)
        case Attempts() as terms:
            needed = (*terms.tried, *terms.until)
        case _:
            assert_never(definition.terms)
    return sorted({Kind(code.partition(":")[0]) for code in needed} - RECORDED_KINDS)


def measured(connection: Connection[Any], asked: Question) -> Sequence[Figure]:
    """The figures, by month and modality: of the months if there are any, of the day otherwise."""
    found = _computed(connection, asked)
    if awaited(asked.definition):
        return [replace(figure, result=NotAvailable(Why.NOT_RECORDED)) for figure in found]
    return found


def _computed(connection: Connection[Any], asked: Question) -> Sequence[Figure]:
    match asked.definition.terms:
        case WithoutSolution() as terms:
            return (stock if asked.months is None else cohort)(connection, terms, asked)
        case CohortOfCases() as terms:
            return cohort_of_cases(connection, terms, asked)
        case StockOfCases() as terms:
            return stock_of_cases(connection, terms, asked)
        case (MonthlyCount() | Attempts()) as terms:
            return monthly_count(connection, terms, asked)
        case _:
            assert_never(asked.definition.terms)


def behind(connection: Connection[Any], asked: Question) -> Sequence[Case]:
    """Every case that the figures are made of: the number and the list have one definition (impact §1)."""
    if isinstance(asked.definition.terms, WithoutSolution):
        return [_case(entry) for entry in dossiers(connection, asked)]
    return listed(connection, asked)


def counted_standings(definition: Definition) -> frozenset[str]:
    """Where the cases stand that the figure counts: its numerator, or everything it counts if it has none."""
    match definition.terms:
        case WithoutSolution():
            return frozenset({Standing.WITHOUT_SOLUTION.value})
        case CohortOfCases() as terms:
            return frozenset(terms.numerator)
        case StockOfCases():
            return frozenset({COUNTED})
        case MonthlyCount() as terms:
            return frozenset(terms.part or terms.counted)
        case Attempts() as terms:
            return frozenset(terms.part)
        case _:
            assert_never(definition.terms)


def revised(connection: Connection[Any], asked: Question, now: datetime) -> Sequence[Revision]:
    """Each figure as it was known then, beside the same days as they are known now: what was told late or undone."""
    day = asked.known.day
    before = _by_place(measured(connection, asked))
    after = _by_place(measured(connection, replace(asked, known=Knowledge(now, on=day))))
    return [
        Revision(then=before.get(place, _nobody(place)), now=after.get(place, _nobody(place)))
        for place in sorted(before.keys() | after.keys(), key=str)
    ]


def _by_place(figures: Sequence[Figure]) -> Mapping[tuple[date | None, str], Figure]:
    return {(figure.month, figure.modality): figure for figure in figures}


def _nobody(place: tuple[date | None, str]) -> Figure:
    month, modality = place
    nothing = NotAvailable(Why.NOBODY)
    return Figure(month=month, modality=modality, result=nothing, waiting=0, exclusions={}, times=None)


def _case(entry: Entry) -> Case:
    return Case(
        candidate=CandidateId(entry.candidate),
        journey="candidate",
        modality=entry.modality,
        standing=entry.standing,
        detail="+".join(entry.solutions),
        since=entry.since,
        company=entry.company,
    )
