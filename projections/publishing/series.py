"""The series of the indicators: every figure that an analyst is answered, as tables of typed columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, assert_never

from psycopg import Connection

from application.publication import Cell, Column, Reference, Row, Table, Type
from domain.calendar import add_days, add_months
from projections.indicators.asking import Knowledge, Months, Question, every_question
from projections.indicators.definition import Definition, Measure
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import Secret
from projections.indicators.figures import Count, NotAvailable, NotReached, Share, Times, Why
from projections.indicators.publication import Published, shown
from projections.indicators.terms import written

#: What stands for a figure that is shown; the others are `NotAvailable` and `Secret`.
PUBLISHED: Final = "published"
NOT_AVAILABLE: Final = "not_available"
STATUSES: Final = (PUBLISHED, NOT_AVAILABLE, Secret.SECRET.value)
REACHED: Final = "reached"
#: What the lines of a figure are: a part of what is counted, or what is left out of it.
PART: Final = "part"
EXCLUDED: Final = "excluded"

_PLACE: Final = (
    Column(name="indicator", required=True, pattern="[a-z0-9-]+"),
    Column(name="version", type=Type.INTEGER, required=True),
    Column(name="measure", required=True, codes=tuple(Measure)),
    Column(name="dimension", required=True, codes=tuple(Dimension)),
    Column(name="modality", required=True),
    Column(name="period_start", type=Type.DATE, required=True),
    Column(name="period_end", type=Type.DATE, required=True),
)
_STATUS: Final = (
    Column(name="status", required=True, codes=STATUSES),
    Column(name="why", codes=tuple(Why)),
)
_KEY: Final = ("indicator", "version", "measure", "dimension", "modality", "period_start")
_OF_METHOD: Final = (Reference(columns=("indicator", "version"), table="method"),)


def questions(definitions: Sequence[Definition], known: Knowledge, months: int) -> Iterator[Question]:
    """Everything that an analyst may ask of them, for the last whole months or for the last day."""
    return every_question(definitions, known, whole_months(known.day, months))


def whole_months(day: date, number: int) -> Months:
    """So many months, the last of which is over at the end of a day."""
    after = add_days(day, 1).replace(day=1)
    return Months(add_months(after, -number), add_months(after, -1))


def series(connection: Connection[Any], asked: Iterator[Question]) -> Sequence[Table]:
    """The figures, the lines that they are made of, and the delays."""
    figures: list[Row] = []
    lines: list[Row] = []
    delays: list[Row] = []
    for question in asked:
        for published in shown(connection, question):
            place = _place(question, published)
            figures.append((*place, *_figure(published.result)))
            lines += [(*place, *line) for line in _lines(published)]
            if question.measure is Measure.COHORT:
                delays.append((*place, *_delays(published)))
    return (
        _table("indicators", (*_STATUS, *_NUMBERS), figures),
        _table("indicator_lines", _LINE, lines, "part", "code"),
        _table("indicator_delays", (*_STATUS, *_DELAYS), delays),
    )


_NUMBERS: Final = (
    Column(name="numerator", type=Type.INTEGER),
    Column(name="denominator", type=Type.INTEGER),
    Column(name="share", type=Type.NUMBER),
    Column(name="count", type=Type.INTEGER),
)
_LINE: Final = (
    Column(name="part", required=True, codes=(PART, EXCLUDED)),
    Column(name="code", required=True),
    *_STATUS,
    Column(name="number", type=Type.INTEGER),
)
_REACHING: Final = (REACHED, *NotReached)
_DELAYS: Final = (
    Column(name="median", codes=_REACHING),
    Column(name="median_days", type=Type.INTEGER),
    Column(name="p80", codes=_REACHING),
    Column(name="p80_days", type=Type.INTEGER),
)


def _place(asked: Question, published: Published) -> Row:
    first = asked.known.day if published.month is None else published.month
    last = first if published.month is None else add_days(add_months(first, 1), -1)
    definition = asked.definition
    return (definition.id, definition.version, asked.measure.value, asked.by.value, published.modality, first, last)


def _figure(result: Share | Count | NotAvailable | Secret) -> Row:
    match result:
        case Share(numerator=numerator, denominator=denominator):
            return (PUBLISHED, None, numerator, denominator, round(numerator / denominator, 6), None)
        case Count(number=number):
            return (PUBLISHED, None, None, None, None, number)
        case NotAvailable() | Secret():
            return (*_hidden(result), None, None, None, None)
        case _:
            assert_never(result)


def _hidden(result: NotAvailable | Secret) -> tuple[str, str | None]:
    return (NOT_AVAILABLE, result.why.value) if isinstance(result, NotAvailable) else (result.value, None)


def _lines(published: Published) -> Iterator[Row]:
    for part, lines in ((PART, published.lines), (EXCLUDED, published.exclusions)):
        for code, number in lines.items():
            yield (part, code, *((PUBLISHED, None, number) if isinstance(number, int) else (*_hidden(number), None)))


def _delays(published: Published) -> Row:
    nothing: tuple[Cell, ...] = (None, None, None, None)
    match published.times:
        case Times(median=median, p80=p80):
            return (PUBLISHED, None, *_days(median), *_days(p80))
        case NotAvailable() | Secret():
            return (*_hidden(published.times), *nothing)
        case None:
            result = published.result if isinstance(published.result, NotAvailable) else Secret.SECRET
            return (*_hidden(result), *nothing)
        case _:
            assert_never(published.times)


def _days(days: int | NotReached) -> tuple[str, int | None]:
    return (days.value, None) if isinstance(days, NotReached) else (REACHED, days)


def _table(name: str, columns: tuple[Column, ...], rows: list[Row], *key: str) -> Table:
    """In the order of what says which figure it is, which is never empty."""
    size = len(_PLACE) + len(key)
    ordered = sorted(rows, key=lambda row: row[:size])
    return Table(name=name, columns=(*_PLACE, *columns), key=(*_KEY, *key), rows=ordered, references=_OF_METHOD)


METHOD: Final = (
    Column(name="indicator", required=True, pattern="[a-z0-9-]+"),
    Column(name="version", type=Type.INTEGER, required=True),
    Column(name="since", type=Type.DATE, required=True),
    Column(name="owner", required=True),
    Column(name="measures", type=Type.ARRAY, required=True),
    Column(name="dimensions", type=Type.ARRAY, required=True),
    *(Column(name=f"{name}_{lang}", required=name != "denominator")
      for name in ("title", "unit", "numerator", "denominator", "text") for lang in ("fr", "en")),
    Column(name="terms", required=True),
)  # fmt: skip


def method(definitions: Sequence[Definition]) -> Table:
    """The definitions: their words, and the parameters of their computation, in JSON."""
    rows = [_method(definition) for definition in definitions]
    return Table(name="method", columns=METHOD, key=("indicator", "version"), rows=rows, words=True)


def _method(definition: Definition) -> Row:
    texts: Sequence[Mapping[str, str]] = (
        definition.title, definition.unit, definition.numerator, definition.denominator or {}, definition.text,
    )  # fmt: skip
    return (
        definition.id,
        definition.version,
        definition.since,
        definition.owner,
        tuple(sorted(definition.measures)),
        tuple(sorted(definition.dimensions)),
        *(text[lang].strip() if text else None for text in texts for lang in ("fr", "en")),
        written(definition.terms),
    )
