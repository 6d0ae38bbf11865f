"""The indicators in words, made of their definitions: no other documentation can contradict them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never

from api.sentences import day_text
from api.words import words
from projections.indicators.definition import Definition
from projections.indicators.discretion import OTHERS, reasons
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
from projections.milestones.kinds import Kind

#: What a list of codes is called, and the codes.
Listed = tuple[str, Iterable[str]]


def explained(definition: Definition, lang: str) -> Iterator[tuple[str, str]]:
    """What each part of the definition says, in order."""
    yield "version", f"{definition.version}, {day_text(definition.since, lang)}"
    yield "unit", definition.unit[lang]
    yield "numerator", definition.numerator[lang]
    if definition.denominator is not None:
        yield "denominator", definition.denominator[lang]
    yield "window", _window(definition.terms, lang)
    for part, codes in (*_lists(definition.terms), ("excluded", reasons(definition.terms))):
        if said := ", ".join(code_label(code, lang) for code in codes):
            yield part, said
    bands = [words("indicators").of("modalities", band, lang) for band in definition.terms.age_bands]
    yield "bands", ", ".join(bands)
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
    return f"{label} ({_qualified(Kind(kind), detail, lang)})" if detail else label


#: What qualifies a fact, where the journeys name it: the labels of which journey, and which codes.
QUALIFIED: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.APPLICATION_SUBMITTED: ("job_application", "SenderKind"),
    Kind.APPLICATION_REFUSED: ("job_application", "RefusalReason"),
    Kind.HIRE_ACCEPTED: ("eligibility_check", "AuthorKind"),
    Kind.DIAGNOSED: ("eligibility_check", "AuthorKind"),
    Kind.ORIENTATION_REFUSED: ("orientation", "RefusalReason"),
    Kind.CONTRACT_ENDED: ("hiring", "ExitCategory"),
    Kind.IMMERSION_ASSESSED: ("immersion", "Attendance"),
    Kind.RIGHT_ISSUED: ("pass_iae", "Origin"),
    Kind.RIGHT_SUSPENDED: ("pass_iae", "SuspensionReason"),
    Kind.RIGHT_PROLONGED: ("pass_iae", "ProlongationReason"),
    Kind.RIGHT_PROLONGATION_DENIED: ("pass_iae", "DenialReason"),
    Kind.FOLLOW_UP_OPENED: ("rsa_appointment", "CategoryType"),
    Kind.INVITED: ("rsa_appointment", "Channel"),
    Kind.APPOINTMENT_BOOKED: ("rsa_appointment", "BookedBy"),
    **dict.fromkeys(
        (Kind.APPOINTMENT_SEEN, Kind.APPOINTMENT_MISSED, Kind.APPOINTMENT_EXCUSED, Kind.APPOINTMENT_UNTOLD),
        ("rsa_appointment", "CategoryType"),
    ),
}


def _qualified(kind: Kind, detail: str, lang: str) -> str:
    if detail == OTHERS:
        return words("indicators").of("modalities", OTHERS, lang)
    source, codes = QUALIFIED[kind]
    # A category of appointments that a council made itself has no other name than its own.
    named: Mapping[str, str] = words(source).tables["codes"][codes].get(detail, {lang: detail})
    said = named[lang][:1].lower() + named[lang][1:] if named[lang][1:2].islower() else named[lang]
    return (
        words("indicators").of("sentences", "diagnosed", lang).format(by=said) if kind is Kind.HIRE_ACCEPTED else said
    )
