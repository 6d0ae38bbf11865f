"""A publication with every kind of cell that is easily damaged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from application.publication import Basis, Cell, Column, Publication, Reference, Table, Type
from infrastructure.publishing.package import Wording

BASIS: Final = Basis(
    at=datetime(2026, 11, 24, 23, tzinfo=UTC),
    positions={0: 12, 1: 0},
    months=2,
    definitions=(("without-solution-30-days", 2),),
)
PLACES: Final = Table(
    name="places",
    columns=(
        Column(name="code", required=True, pattern="[0-9A-Z]{5}"),
        Column(name="name"),
        Column(name="kind", codes=("town", "country")),
        Column(name="people", type=Type.INTEGER),
        Column(name="share", type=Type.NUMBER),
        Column(name="since", type=Type.DATE),
        Column(name="networks", type=Type.ARRAY),
    ),
    key=("code",),
    rows=(
        ("01001", "L’Abergement-Clémenciat", "town", 800, 0.1, date(2000, 2, 29), ("aci", "ei")),
        ("2A004", 'Ajaccio, « "ville" »', "town", 0, 1 / 3, date(1999, 12, 31), ()),
        ("97411", "Saint-Denis\nde La Réunion", "town", None, None, None, None),
        ("99100", "=HYPERLINK()", "country", 68_000_000, 1e-6, date(2026, 1, 1), ("é", 'a "b", c')),
        ("99101", "é" * 10_000, None, -1, 0.0, None, ("", "x")),
    ),
)
VISITS: Final = Table(
    name="place_visits",
    columns=(Column(name="place", required=True), Column(name="number", type=Type.INTEGER, required=True)),
    key=("place", "number"),
    rows=(("01001", 1), ("97411", 2)),
    references=(Reference(columns=("place",), table="places", targets=("code",)),),
)
EMPTY: Final = Table(name="nothing", columns=PLACES.columns, key=("code",), rows=())


#: What the other tables call things: words.
NAMES: Final = Table(
    name="names",
    columns=(Column(name="code", required=True), Column(name="label")),
    key=("code",),
    rows=(("town", "une ville"),),
    words=True,
)
MADE_BY: Final[Mapping[str, Any]] = {
    "definitions": [{"id": "without-solution-30-days", "version": 2, "sha256": "0"}],
    "policy": {"persons": 11},
    "words": "one",
    "parcours": "0.1.0",
}


def publication(*tables: Table, **made_by: Any) -> Publication:
    return Publication(
        basis=BASIS,
        data_date=date(2026, 11, 24),
        tables=tables or (PLACES, VISITS, EMPTY),
        made_by={**MADE_BY, **made_by},
        left_out={"places": {"closed": 3}},
    )


def wording(*tables: Table, title: str = "un titre") -> Wording:
    said: Sequence[Table] = tables or (PLACES, VISITS, EMPTY)
    called: Mapping[str, str] = {"title": title, "description": "a description"}
    return Wording(
        title=title,
        description="a description",
        readme="à lire\n",
        tables={table.name: called for table in said},
        columns={table.name: {column.name: called for column in table.columns} for table in said},
    )


def with_row(table: Table, *row: Cell) -> Table:
    """The same table with a row that may not be in it."""
    return replace(table, rows=(*table.rows, row))
