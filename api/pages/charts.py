"""Where the marks of a chart stand: across in percents, which any width of screen divides; down in pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

#: Of the plot, in pixels; what stands above and under it is added by the template.
HEIGHT: Final = 220
#: Scales end at one of these, or at a power of ten times it, and have so many steps, each a whole number.
_ENDS: Final[Mapping[int, int]] = {10: 5, 20: 4, 30: 3, 40: 4, 50: 5, 60: 3, 80: 4, 100: 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a mark stands for."""

    amount: float
    #: What the mark says of itself, and what stands over it.
    said: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One month: what was known of it, what is known now, or why there is nothing."""

    label: str
    then: Value | None
    now: Value | None = None
    #: Said under the label where it begins.
    year: str = ""
    #: `secret`, `immature`…; empty where there is a value.
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value, where it stands."""

    x: float
    y: float
    height: float
    said: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A month on the axis."""

    x: float
    left: float
    width: float
    label: str
    year: str
    why: str
    then: Mark | None
    now: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """From the mark of one month to that of the next one."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Everything that a template draws."""

    height: int
    #: Where a line of the scale stands, and what it stands for.
    ticks: Sequence[tuple[float, int]]
    places: Sequence[Place]
    then: Sequence[Segment]
    now: Sequence[Segment]


def chart(columns: Sequence[Column], height: int = HEIGHT) -> Chart:
    """Marks from 0 upwards, on a scale that ends a little above the highest one."""
    amounts = [value.amount for column in columns for value in (column.then, column.now) if value is not None]
    top, steps = scale(max(amounts, default=0))
    width = 100 / max(1, len(columns))

    def mark(place: int, value: Value | None) -> Mark | None:
        if value is None:
            return None
        tall = height * value.amount / top
        return Mark(
            x=_at(width * (place + 0.5)), y=_at(height - tall), height=_at(tall), said=value.said, short=value.short
        )

    places = [
        Place(
            x=_at(width * (place + 0.5)),
            left=_at(width * (place + 0.14)),
            width=_at(width * 0.72),
            label=column.label,
            year=column.year,
            why=column.why,
            then=mark(place, column.then),
            now=mark(place, column.now),
        )
        for place, column in enumerate(columns)
    ]
    return Chart(
        height=height,
        ticks=[(_at(height - height * step / steps), top * step // steps) for step in range(steps + 1)],
        places=places,
        then=_segments([place.then for place in places]),
        now=_segments([place.now for place in places]),
    )


def scale(amount: float) -> tuple[int, int]:
    """The first end of a scale that is not under an amount, and how many steps lead there."""
    power = 1
    while amount > power * max(_ENDS):
        power *= 10
    return next((power * end, steps) for end, steps in _ENDS.items() if power * end >= amount)


def _segments(marks: Sequence[Mark | None]) -> Sequence[Segment]:
    """Months that have no figure break the line: nothing is drawn over them."""
    return [
        Segment(x1=one.x, y1=one.y, x2=other.x, y2=other.y)
        for one, other in pairwise(marks)
        if one is not None and other is not None
    ]


def _at(place: float) -> float:
    return round(place, 2)
