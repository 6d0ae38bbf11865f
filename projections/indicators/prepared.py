"""Rows of figures by département, prepared for everybody: what is asked is made of them, and of what has changed since.

Nothing that is answered depends on them: whoever something is known of that was not, or whom the day alone has changed,
is left out of what was prepared and computed from the milestones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from psycopg import Cursor

from projections.indicators.statements import text
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases, Terms, WithoutSolution

#: More persons than that, and everything is computed from the milestones.
MOST: Final = 20_000

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Rows that were prepared up to a day, and the persons whom they do not tell of."""

    build: int | None = None
    base_day: date | None = None
    #: None for everybody.
    persons: Sequence[str] | None = None


NOTHING: Final = Prepared()


def find(cursor: Cursor[Row], subject: str, terms: Terms, asked: Mapping[str, object]) -> Prepared:
    """What was prepared of a figure and can be used for what is asked, for as long as the transaction lasts."""
    base = cursor.execute(text("find_prepared"), {"subject": subject, **asked}, prepare=False).fetchone()
    if base is None:
        return NOTHING
    changes = {
        "build": base["build"],
        "kinds": sorted(kinds_of(terms)),
        "ahead": days_ahead(terms),
        "threshold": threshold(terms),
        **asked,
    }
    persons = [row["root"] for row in cursor.execute(text("touched"), changes, prepare=False)]
    return Prepared(build=base["build"], base_day=base["on_day"], persons=persons) if len(persons) <= MOST else NOTHING


def subject_of(name: str, version: int, query: str) -> str:
    """Under which name the rows of a figure are prepared."""
    return f"{name}.{version} {query}"


def kinds_of(terms: Terms) -> frozenset[str]:
    """Every kind of fact that the terms look at."""
    return frozenset(code.partition(":")[0] for code in _codes(terms))


def _codes(terms: Terms) -> Iterable[str]:
    match terms:
        case WithoutSolution():
            return (*terms.entries, *terms.solutions, *terms.solution_ends, *terms.endings, *terms.objections)
        case CohortOfCases():
            entries = (*terms.entries, *terms.counted_from)
            return (*entries, *terms.outcomes, *terms.excluded_by, *terms.objections)
        case StockOfCases():
            return (*terms.starts, *terms.ends, *terms.without, *terms.without_ends, *terms.objections)
        case MonthlyCount():
            return (*terms.counted, *terms.beside, *terms.objections)
        case Attempts():
            return (*terms.tried, *terms.until, *terms.objections)
        case _:
            assert_never(terms)


def days_ahead(terms: Terms) -> int:
    """How many days after the day facts count that are known already."""
    return (terms.ending_within_days or 0) if isinstance(terms, StockOfCases) else 0


def threshold(terms: Terms) -> int:
    """After how many days a case stands elsewhere by time alone."""
    match terms:
        case WithoutSolution() | CohortOfCases():
            return terms.window_days
        case StockOfCases():
            return terms.longer_than_days or 0
        case MonthlyCount() | Attempts():
            return 0
        case _:
            assert_never(terms)
