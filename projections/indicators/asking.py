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
from projections.indicators.definition import Definition, Measure
from projections.indicators.dimension import Dimension
from projections.indicators.prepared import NOTHING, Prepared, find, subject_of
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


class Rows(StrEnum):
    """The queries, by the name of their file."""

    COHORT = "cohort"
    COHORT_DOSSIERS = "cohort_dossiers"
    STOCK = "stock"
    STOCK_DOSSIERS = "stock_dossiers"
    COHORT_CASES = "cohort_cases"
    COHORT_CASE_LIST = "cohort_case_list"
    STOCK_CASES = "stock_cases"
    STOCK_CASE_LIST = "stock_case_list"
    COUNTED_FACTS = "counted_facts"
    COUNTED_FACT_LIST = "counted_fact_list"
    ATTEMPTS = "attempts"
    ATTEMPT_LIST = "attempt_list"


#: The queries whose rows are prepared, and by what.
PREPARED: Final = frozenset(
    {Rows.COHORT, Rows.STOCK, Rows.COHORT_CASES, Rows.STOCK_CASES, Rows.COUNTED_FACTS, Rows.ATTEMPTS}
)
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

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.definition.measures[0] if self.months else self.definition.measures[-1]


def every_question(definitions: Iterable[Definition], known: Knowledge, months: Months) -> Iterator[Question]:
    """Each measure of each definition, undivided and by each of its dimensions."""
    for definition in definitions:
        for measure in definition.measures:
            for by in (Dimension.NONE, *definition.dimensions):
                asked = None if measure is Measure.STOCK else months
                yield Question(definition=definition, known=known, by=by, months=asked)


def rows(connection: Connection[Any], query: Rows, asked: Question) -> Sequence[Mapping[str, Any]]:
    """The rows of a query. A région is made of the rows of its départements."""
    parameters: dict[str, object] = {
        "on_day": asked.known.day,
        "known_at": asked.known.at,
        "terms": asked.definition.terms.model_dump_json(),
        "dimension": (Dimension.DEPARTMENT if asked.by is Dimension.REGION else asked.by).value,
    }
    if asked.months is not None:
        parameters |= dict(zip(("first_day", "last_day"), asked.months.days(), strict=True))
    with connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(text("roomy"))
        parameters |= asdict(_prepared(cursor, query, asked, parameters))
        # A plan for any terms and period is up to a hundred times slower than one for these.
        found = cursor.execute(text(query), parameters, prepare=False).fetchall()
    if asked.by is Dimension.REGION:
        return [{**row, "modality": region_of(row["modality"])} for row in found]
    return found


def of_companies(found: Iterable[Mapping[str, Any]]) -> tuple[Sequence[Mapping[str, Any]], Companies]:
    """The rows of counts, and apart from them those that say of how many entries a company is told."""
    counts: list[Mapping[str, Any]] = []
    companies: dict[tuple[date | None, str], Counter[str]] = defaultdict(Counter)
    for row in found:
        if row["company"] is None:
            counts.append(row)
        else:
            companies[row.get("month"), row["modality"]][row["company"]] += row["entries"]
    return counts, companies


def _prepared(
    cursor: Cursor[Mapping[str, Any]], query: Rows, asked: Question, parameters: Mapping[str, object]
) -> Prepared:
    definition = asked.definition
    if query not in PREPARED or asked.by not in PREPARED_BY:
        return NOTHING
    return find(cursor, subject_of(definition.id, definition.version, query), definition.terms, parameters)
