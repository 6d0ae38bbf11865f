"""How many people are still without a solution: of a month's entries (cohort), or on a day (stock)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from psycopg import Connection
from psycopg.rows import dict_row

from domain.calendar import add_days, add_months, paris_day
from domain.vocabulary import CandidateId
from projections.indicators.definition import Definition
from projections.indicators.figures import (
    ANY,
    Figure,
    NotAvailable,
    Observed,
    Revision,
    Share,
    Times,
    Why,
    times_to_solution,
)
from projections.milestones.projection import RECORDED_KINDS

#: The modality of a figure that no dimension divides.
ALL: Final = "all"
#: A month of entry (None for a stock) and a modality.
Slice = tuple[date | None, str]
#: A standing, the solutions found, and how many dossiers share both.
Cell = tuple[str, tuple[str, ...], int]


class Dimension(StrEnum):
    """What figures may be divided by: each a partition of the entries, as they were on the day of entry."""

    NONE = "none"
    DEPARTMENT = "department"
    TITLE = "title"
    AGE_BAND = "age_band"
    #: The organisation that registered or oriented the person.
    ORGANISATION = "organisation"
    ORGANISATION_KINDS = "organisation_kinds"
    ORGANISATION_FAMILIES = "organisation_families"
    AUTHORISED = "authorised"
    ORIGIN = "origin"


class Standing(StrEnum):
    """Where a dossier stands when it is not excluded; an excluded one stands as the milestone that excludes it."""

    WITHOUT_SOLUTION = "without_solution"
    WITH_SOLUTION = "with_solution"
    #: A cohort's entry whose window is not over.
    IMMATURE = "immature"
    #: A stock's person without a solution, for no longer than the window.
    WAITING = "waiting"


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


def cohort(
    connection: Connection[Any],
    definition: Definition,
    months: Months,
    known: Knowledge,
    by: Dimension = Dimension.NONE,
) -> Sequence[Figure]:
    """A figure for each month and modality, in order. Without a dimension, a month that nobody entered has one too."""
    cells: dict[Slice, list[Cell]] = defaultdict(list)
    observed: dict[Slice, list[Observed]] = defaultdict(list)
    for row in _rows(connection, "cohort", _asked(definition, known, by, months)):
        where = (row["month"], row["modality"])
        if row["standing"] is None:
            observed[where].append(Observed(days=row["days"], solved=row["solved"], censored=row["censored"]))
        else:
            cells[where].append((row["standing"], tuple(row["solutions"]), row["entries"]))
    empty = {(month, ALL) for month in months} if by is Dimension.NONE else set()
    return [
        _figure(definition, where, cells.get(where, ()), times_to_solution(observed.get(where, ())))
        for where in sorted(cells.keys() | empty)
    ]


def stock(
    connection: Connection[Any], definition: Definition, known: Knowledge, by: Dimension = Dimension.NONE
) -> Sequence[Figure]:
    """A figure for each modality: of the persons with an open path, how many have waited longer than the window."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for row in _rows(connection, "stock", _asked(definition, known, by)):
        cells[row["modality"]].append((row["standing"], tuple(row["solutions"]), row["persons"]))
    modalities = cells.keys() | ({ALL} if by is Dimension.NONE else set())
    return [_figure(definition, (None, name), cells.get(name, ()), None) for name in sorted(modalities)]


def revised(
    connection: Connection[Any], definition: Definition, months: Months, then: datetime, now: datetime
) -> Sequence[Revision]:
    """Each month as it was known `then`, beside the same days as they are known `now`: what was told late or undone."""
    before = cohort(connection, definition, months, Knowledge(then))
    after = cohort(connection, definition, months, Knowledge(now, on=paris_day(then)))
    return [Revision(then=old, now=new) for old, new in zip(before, after, strict=True)]


def cohort_dossiers(
    connection: Connection[Any],
    definition: Definition,
    months: Months,
    known: Knowledge,
    by: Dimension = Dimension.NONE,
) -> Sequence[Entry]:
    """Every entry of the months, and where it stands: what each count of `cohort` is made of."""
    return [_entry(row) for row in _rows(connection, "cohort_dossiers", _asked(definition, known, by, months))]


def stock_dossiers(
    connection: Connection[Any], definition: Definition, known: Knowledge, by: Dimension = Dimension.NONE
) -> Sequence[Entry]:
    """Every person who ever entered, and where they stand: what each count of `stock` is made of."""
    return [_entry(row) for row in _rows(connection, "stock_dossiers", _asked(definition, known, by))]


def _figure(definition: Definition, where: Slice, cells: Iterable[Cell], times: Times | NotAvailable | None) -> Figure:
    count: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for standing, solutions, dossiers in cells:
        count[standing] += dossiers
        if standing == Standing.WITH_SOLUTION:
            found.update(dict.fromkeys((*solutions, ANY), dossiers))
    return Figure(
        month=where[0],
        modality=where[1],
        result=_share(definition, count, found),
        waiting=count[Standing.IMMATURE] + count[Standing.WAITING],
        exclusions={standing: number for standing, number in sorted(count.items()) if standing not in set(Standing)},
        times=times,
    )


def _share(definition: Definition, count: Counter[str], found: Counter[str]) -> Share | NotAvailable:
    denominator = count[Standing.WITHOUT_SOLUTION] + count[Standing.WITH_SOLUTION] + count[Standing.WAITING]
    if not denominator:
        return NotAvailable(_why(count))
    told: dict[str, int | NotAvailable] = {str(kind): found[kind] for kind in (*definition.terms.solutions, ANY)}
    untold = [kind for kind in definition.terms.solutions if not found[kind] and kind not in RECORDED_KINDS]
    unknown = dict.fromkeys(map(str, (*untold, *definition.terms.awaited_solutions)), NotAvailable(Why.NOT_RECORDED))
    return Share(numerator=count[Standing.WITHOUT_SOLUTION], denominator=denominator, solutions=told | unknown)


def _why(count: Counter[str]) -> Why:
    if count[Standing.IMMATURE]:
        return Why.IMMATURE
    return Why.ALL_EXCLUDED if count else Why.NOBODY


def _entry(row: Mapping[str, Any]) -> Entry:
    candidate = CandidateId(row["root"].removeprefix("candidate/"))
    named = {name: row[name] for name in ("modality", "standing", "since")}
    return Entry(candidate=candidate, solutions=tuple(row["solutions"]), **named)


def _asked(
    definition: Definition, known: Knowledge, by: Dimension, months: Months | None = None
) -> Mapping[str, object]:
    period = dict(zip(("first_day", "last_day"), months.days(), strict=True)) if months else {}
    terms = definition.terms.model_dump_json()
    return {**period, "on_day": known.day, "known_at": known.at, "terms": terms, "dimension": by.value}


def _rows(connection: Connection[Any], query: str, asked: Mapping[str, object]) -> Sequence[Mapping[str, Any]]:
    with connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(_query("roomy"))
        return cursor.execute(_query(query), asked).fetchall()


@cache
def _query(name: str) -> bytes:
    return files("projections").joinpath("sql", "indicators", f"{name}.sql").read_bytes()
