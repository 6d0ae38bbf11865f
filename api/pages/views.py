"""What each page is made of: panels, tiles, cards and the words around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from api.pages.charts import Chart
from api.pages.choice import EVERYWHERE, Choice
from api.pages.panels import Looking, Panel, Row, drawn
from api.pages.wording import Wording
from projections.indicators.definition import Definition, Measure
from projections.indicators.discretion import Lines

#: How high the chart of a card is.
SPARK: Final = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure, large, and what it is of."""

    what: str
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One indicator among others."""

    definition: Definition
    what: str
    row: Row
    #: None where no month has a mark.
    chart: Chart | None

    @property
    def is_secret(self) -> bool:
        """Whether its figure is hidden."""
        return bool(self.row.figure["status"] == "secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """What changed a figure: the causes that are told, the largest ones first, and those that are not."""

    told: Sequence[tuple[str, int]]
    untold: Sequence[str]

    @classmethod
    def of(cls, lines: Lines | None) -> Self | None:
        """The causes of a figure, if it has any."""
        if lines is None:
            return None
        told = [(cause, number) for cause, number in lines.items() if isinstance(number, int)]
        return cls(
            told=sorted(told, key=lambda each: -each[1]),
            untold=[cause for cause, number in lines.items() if not isinstance(number, int)],
        )


def place(choice: Choice, w: Wording) -> str:
    """The territory in words."""
    return w.say("everywhere") if choice.territory == EVERYWHERE else w.modality(choice.dimension, choice.modality)


def indicator(look: Looking, w: Wording) -> Mapping[str, Any]:
    """Everything that the page of an indicator shows."""
    months, day, divided = look.by_month(), look.on_the_day(), look.divided()
    close = _close(look, months) if months else None
    tiles = [Tile(what=_of_month(look, look.close, w), row=close)] if close else []
    tiles += [Tile(what=_of_day(look, w), row=row) for row in (day.rows if day else ())]
    return {
        "look": look,
        "place": place(look.choice, w),
        "tiles": tiles,
        "months": months,
        "close": close,
        "chart": drawn(months.rows, w) if months else None,
        "described": _described(look, months, w) if months else "",
        "is_share": look.definition.denominator is not None,
        "has_delays": any(row.figure["delay_days"] for row in (months.rows if months else ())),
        "causes": Causes.of(look.causes()) if close and close.shown else None,
        "divided": divided,
        "divided_title": _divided_title(look, w),
        "shown": sorted((row for row in divided.rows if row.shown), key=lambda row: (-row.weight, row.modality)),
        "hidden": [row for row in divided.rows if not row.shown],
    }


def card(look: Looking, w: Wording) -> Card:
    """The last figure of an indicator, and how it came about."""
    months = look.by_month()
    if months is not None:
        close = _close(look, months)
        what, chart = _of_month(look, look.close, w), drawn(months.rows, w, SPARK)
        marks = any(place.then for place in chart.places)
        return Card(definition=look.definition, what=what, row=close, chart=chart if marks else None)
    return Card(definition=look.definition, what=_of_day(look, w), row=look.of_the_day().rows[0], chart=None)


def _close(look: Looking, months: Panel) -> Row:
    return next(row for row in months.rows if row.month == look.close)


def _of_month(look: Looking, month: date, w: Wording) -> str:
    if look.definition.measures == (Measure.COUNT,):
        return w.upper(w.month(month))
    return w.say("headline_month", of_month=w.of_month(month))


def _of_day(look: Looking, w: Wording) -> str:
    said = "headline_day" if look.definition.measures == (Measure.STOCK,) else "headline_stock"
    return w.say(said, day=w.day(look.day))


def _divided_title(look: Looking, w: Wording) -> str:
    by = w.dimension(look.by)
    if Measure.STOCK in look.definition.measures:
        return w.say(
            "divided_day" if look.definition.measures == (Measure.STOCK,) else "divided_stock",
            day=w.day(look.day),
            by=by,
        )
    return w.say("divided_month", month=_of_month(look, look.close, w), by=by)


def _described(look: Looking, months: Panel, w: Wording) -> str:
    """The chart in a sentence: between which figures it moves."""
    rows = sorted((row for row in months.rows if row.shown), key=lambda row: row.weight)
    said = w.say("no_range")
    if rows:
        lowest, highest = rows[0], rows[-1]
        said = w.say(
            "range",
            lowest=w.value(lowest.figure),
            lowest_month=w.month(lowest.month or look.close),
            highest=w.value(highest.figure),
            highest_month=w.month(highest.month or look.close),
        )
    share = look.definition.denominator is not None
    return w.say("evolution_share" if share else "evolution_count", range=said)
