"""What a figure is asked for: which months or day, as known when, divided by what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from psycopg import Connection, Cursor
from psycopg.rows import dict_row

from domain.calendar import add_days, add_months, paris_day
from domain.formats.region import region_of
from projections.indicators.definition import Definition, Measure, Shape
from projections.indicators.dimension import Dimension
from projections.indicators.prepared import NOTHING, Prepared, Row, find, subject_of
from projections.indicators.statements import text


@dataclass(frozen=True, slots=True)
class Months:
    """The months of entry from one to another, both included, each as any day of it."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        """The first day of each month."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = add_months(month, 1)

    def days(self) -> tuple[date, date]:
        """The first and the last day of the period."""
        return self.first.replace(day=1), add_days(add_months(self.last.replace(day=1), 1), -1)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What had happened by the end of a day (Europe/Paris), as far as the record knew at an instant."""

    at: datetime
    #: None for the day of `at`.
    on: date | None = None

    @property
    def day(self) -> date:
        """The day up to which facts count."""
        return paris_day(self.at) if self.on is None else self.on


class Source(StrEnum):
    """What makes the rows that a figure is counted from: a function of the database."""

    COHORT_DOSSIER = "cohort_dossier"
    STOCK_DOSSIER = "stock_dossier"
    COHORT_CASE = "cohort_case"
    STOCK_CASE = "stock_case"
    COUNTED_FACT = "counted_fact"
    ATTEMPT = "attempt"


SOURCES: Final = {
    (Shape.WITHOUT_SOLUTION, Measure.COHORT): Source.COHORT_DOSSIER,
    (Shape.WITHOUT_SOLUTION, Measure.STOCK): Source.STOCK_DOSSIER,
    (Shape.COHORT, Measure.COHORT): Source.COHORT_CASE,
    (Shape.STOCK, Measure.STOCK): Source.STOCK_CASE,
    (Shape.COUNT, Measure.COUNT): Source.COUNTED_FACT,
    (Shape.ATTEMPTS, Measure.COUNT): Source.ATTEMPT,
}
#: What is answered from prepared cells.
PREPARED_BY: Final = frozenset({Dimension.NONE, Dimension.DEPARTMENT, Dimension.REGION})


#: How many of the entries that a figure counts tell of each company, by month (None for a stock) and modality.
Companies = Mapping[tuple[date | None, str], Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the milestones for one definition."""

    definition: Definition
    known: Knowledge
    by: Dimension = Dimension.NONE
    #: None for a stock.
    months: Months | None = None
    #: Whether an organisation is named with the kinds that it was of, as `ei+etti/…`: once for each of these.
    of_kinds: bool = False
    #: The persons, as known then, that a list is of; None for everybody, as in every figure.
    persons: Sequence[str] | None = None

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.definition.measures[0] if self.months else self.definition.measures[-1]

    @property
    def source(self) -> Source:
        """What makes its rows."""
        return SOURCES[self.definition.shape, self.measure]


def every_question(definitions: Iterable[Definition], known: Knowledge, months: Months) -> Iterator[Question]:
    """Each measure of each definition, undivided and by each of its dimensions."""
    for definition in definitions:
        for measure in definition.measures:
            for by in (Dimension.NONE, *definition.dimensions):
                asked = None if measure is Measure.STOCK else months
                yield Question(definition=definition, known=known, by=by, months=asked)


def cells(connection: Connection[Any], asked: Question) -> Sequence[Row]:
    """What the figures are made of, in three tables at once. A région is made of the cells of its départements.

    How many entries share a month, modality, standing, detail and solutions; where `days` are told, how many were
    followed for so long: solved in the end, or censored; and where a company is, how many that count tell of it.
    """
    parameters = _parameters(asked)
    with connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(text("roomy"))
        parameters |= asdict(_prepared(cursor, asked, parameters))
        # A plan for any terms and period is up to a hundred times slower than one for these.
        found = cursor.execute(text("figure_cells"), parameters, prepare=False).fetchall()
    return [_in_region(row) for row in found] if asked.by is Dimension.REGION else found


def cases(connection: Connection[Any], asked: Question) -> Sequence[Row]:
    """Every row behind the figures, in the order of their days."""
    with connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(text("roomy"))
        parameters = _parameters(asked) | {"persons": None if asked.persons is None else list(asked.persons)}
        found = cursor.execute(text("figure_cases"), parameters, prepare=False).fetchall()
    return [_in_region(row) for row in found] if asked.by is Dimension.REGION else found


def of_companies(found: Iterable[Row]) -> tuple[Sequence[Row], Companies]:
    """The rows of counts, and apart from them those that say of how many entries a company is told."""
    counts: list[Row] = []
    companies: dict[tuple[date | None, str], Counter[str]] = defaultdict(Counter)
    for row in found:
        if row["company"] is None:
            counts.append(row)
        else:
            companies[row["month"], row["modality"]][row["company"]] += row["entries"]
    return counts, companies


def _parameters(asked: Question) -> dict[str, object]:
    first, last = asked.months.days() if asked.months else (None, None)
    return {
        "source": asked.source.value,
        "first_day": first,
        "last_day": last,
        "on_day": asked.known.day,
        "known_at": asked.known.at,
        "terms": asked.definition.terms.model_dump_json(),
        "dimension": _divided_by(asked),
    }


def _divided_by(asked: Question) -> str:
    if asked.by is Dimension.REGION:
        return Dimension.DEPARTMENT.value
    return f"{asked.by}_of_kinds" if asked.of_kinds else asked.by.value


def _in_region(row: Row) -> Row:
    return {**row, "modality": region_of(row["modality"])}


def _prepared(cursor: Cursor[Row], asked: Question, parameters: Mapping[str, object]) -> Prepared:
    if asked.by not in PREPARED_BY:
        return NOTHING
    definition = asked.definition
    return find(cursor, subject_of(definition.id, definition.version, asked.source), definition.terms, parameters)
