"""What is published for everybody: tables without persons, and what they were made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

#: How many months figures are told for at most: ten years.
MOST_MONTHS: Final = 120

Cell = str | int | float | date | tuple[str, ...] | None
Row = tuple[Cell, ...]


class Type(StrEnum):
    """What the cells of a column are, as Table Schema calls it."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    #: Of strings: sorted, each once; JSON in CSV.
    ARRAY = "array"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column, and what holds of every cell of it. None is an empty cell."""

    name: str
    type: Type = Type.STRING
    required: bool = False
    #: A closed list; empty where any value may stand.
    codes: tuple[str, ...] = ()
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Columns whose values are together in a row of another table, under the same names unless it says otherwise."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that differ in their key, in its order."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Sequence[Row]
    references: tuple[Reference, ...] = ()
    #: Says what the others hold: other words, and no figure is another one.
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a publication is made from, and nothing else: the same basis gives the same bytes, whatever came later."""

    #: Counts what was recorded by this instant,
    at: datetime
    #: and is not after these offsets, partition by partition.
    positions: Mapping[int, int]
    #: How many whole months are told, the last of them being over at that instant.
    months: int
    #: Which versions of which indicators.
    definitions: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        """Raises ValueError for what was never a basis."""
        whole = 0 < self.months <= MOST_MONTHS and min(self.positions.values(), default=0) >= 0
        if not whole or self.at.tzinfo is None:
            raise ValueError("an aware instant, some months, and positions in a log")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Everything that is published together."""

    basis: Basis
    #: The last day that counts.
    data_date: date
    tables: Sequence[Table]
    #: What it was made by, in versions and digests: other ones may make something else of the same basis.
    made_by: Mapping[str, Any]
    #: How many records are not in a table, by table and reason.
    left_out: Mapping[str, Mapping[str, int]]
