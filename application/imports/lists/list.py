"""A whole list: its first row names the columns, each of the others is a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from application.imports.lists.columns import Column, ColumnsMissing, recognise
from application.imports.lists.rows import Row


@dataclass(frozen=True, slots=True)
class BeneficiaryList:
    """A list, row by row: it is read once."""

    columns: Mapping[Column, int]
    #: Columns of the file that have no place in Parcours, counted from 1 as spreadsheets show them.
    left_out: Sequence[int]
    rows: Iterator[Row]


def opened(lines: Iterator[tuple[int, Sequence[str]]], chosen: Mapping[Column, str]) -> BeneficiaryList:
    """Read the headings. Raises the refusals of `recognise`, before anything is saved."""
    _, headings = next(lines, (0, ()))
    if not headings:
        raise ColumnsMissing
    columns = recognise(headings, chosen)
    named = range(len(headings))
    left_out = [place + 1 for place in named if headings[place].strip() and place not in columns.values()]
    return BeneficiaryList(columns, left_out, _rows(lines, columns))


def _rows(lines: Iterator[tuple[int, Sequence[str]]], columns: Mapping[Column, int]) -> Iterator[Row]:
    for number, cells in lines:
        values = {column: cells[place] for column, place in columns.items() if place < len(cells)}
        yield Row(number=number, values=values)
