"""The indicators in words, made of their definitions: no other documentation can contradict them."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from api.words import words
from projections.indicators.definition import Definition
from projections.indicators.discretion import reasons
from projections.indicators.measuring import awaited
from projections.indicators.terms import (
    UNDECIDED,
    Attempts,
    CohortOfCases,
    MonthlyCount,
    StockOfCases,
    Terms,
    WithoutSolution,
)

#: What a list of codes is called, and the codes.
Listed = tuple[str, Iterable[str]]


def explained(definition: Definition, lang: str) -> Iterator[tuple[str, str]]:
    """What each part of the definition says, in order."""
    yield "version", f"{definition.version}, {definition.since.isoformat()}"
    yield "unit", definition.unit[lang]
    yield "numerator", definition.numerator[lang]
    if definition.denominator is not None:
        yield "denominator", definition.denominator[lang]
    yield "window", _window(definition.terms, lang)
    for part, codes in (*_lists(definition.terms), ("excluded", reasons(definition.terms))):
        if said := ", ".join(code_label(code, lang) for code in codes):
            yield part, said
    yield "bands", ", ".join(definition.terms.age_bands)
    yield "dimensions", ", ".join(words("indicators").of("dimensions", each, lang) for each in definition.dimensions)
    if missing := awaited(definition):
        yield "awaits", ", ".join(code_label(kind, lang) for kind in missing)


def _window(terms: Terms, lang: str) -> str:
    match terms:
        case WithoutSolution(window_days=days) | CohortOfCases(window_days=days):
            sentence, number = "days", days
        case StockOfCases(longer_than_days=int(days)):
            sentence, number = "longer", days
        case StockOfCases(ending_within_days=int(days)):
            sentence, number = "ending", days
        case StockOfCases():
            sentence, number = "day", 0
        case MonthlyCount(late_after_days=int(days)):
            sentence, number = "late", days
        case MonthlyCount() | Attempts():
            sentence, number = "month", 0
        case _:
            assert_never(terms)
    return words("indicators").of("sentences", sentence, lang).format(days=number)


def _lists(terms: Terms) -> tuple[Listed, ...]:
    match terms:
        case WithoutSolution():
            known = (("entries", terms.entries), ("solutions", terms.solutions), ("ends", terms.solution_ends))
            return (*known, ("awaited_solutions", terms.awaited_solutions))
        case CohortOfCases():
            entered = (("entries", terms.entries), ("counted_from", terms.counted_from))
            return (*entered, ("outcomes", terms.outcomes))
        case StockOfCases():
            lacking = (("without", terms.without), ("without_ends", terms.without_ends))
            return (("starts", terms.starts), ("ends", terms.ends), *lacking)
        case MonthlyCount():
            return (("counted", terms.counted),)
        case Attempts():
            return (("counted", terms.tried), ("until", terms.until))
        case _:
            assert_never(terms)


def code_label(code: str, lang: str) -> str:
    """A fact by its name, with the code that qualifies it."""
    if code == UNDECIDED:
        return words("indicators").of("sentences", UNDECIDED, lang)
    kind, _, detail = code.partition(":")
    label = words("indicators").of("kinds", kind, lang)
    return f"{label} ({detail})" if detail else label
