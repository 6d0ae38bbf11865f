"""Figures by département, prepared for everybody: what is asked is made of them, and of what has changed since.

Nothing that is answered depends on them: whoever something is known of that was not, or whom the day alone has changed,
is taken back from what was prepared and computed from the milestones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
        "behind": days_behind(terms),
        "waiting": sorted(_kinds(waiting(terms))),
        "threshold": threshold(terms),
        **asked,
    }
    persons = [row["root"] for row in cursor.execute(text("touched"), changes, prepare=False)]
    return Prepared(build=base["build"], persons=persons) if len(persons) <= MOST else NOTHING


def subject_of(name: str, version: int, source: str) -> str:
    """Under which name the rows of a figure are prepared."""
    return f"{name}.{version} {source}"


def kinds_of(terms: Terms) -> frozenset[str]:
    """Every kind of fact that the terms look at."""
    return _kinds(_codes(terms))


def _kinds(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code.partition(":")[0] for code in codes)


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


def days_behind(terms: Terms) -> int:
    """For how many days after its own a fact may still change where a case stands."""
    return 1 if isinstance(terms, StockOfCases) and terms.without else 0


def threshold(terms: Terms) -> int:
    """After how many days, or on the next one, a case stands elsewhere by time alone."""
    match terms:
        case WithoutSolution() | CohortOfCases():
            return terms.window_days
        case StockOfCases():
            return terms.longer_than_days or 0
        case MonthlyCount() | Attempts():
            return 0
        case _:
            assert_never(terms)


def waiting(terms: Terms) -> Sequence[str]:
    """The facts from which these days are counted."""
    match terms:
        case WithoutSolution():
            return (*terms.entries, *terms.solution_ends)
        case CohortOfCases():
            return (*terms.entries, *terms.counted_from)
        case StockOfCases():
            return terms.starts if terms.longer_than_days is not None else ()
        case MonthlyCount() | Attempts():
            return ()
        case _:
            assert_never(terms)
