"""Tables as CSV, Parquet and Table Schema: the same rows give the same bytes (open-data §3.2 to §3.4)."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from application.publication import Cell, Column, Reference, Table, Type

#: What a table or a column is called: a title and a description.
Words = Mapping[str, str]

_ARROW: Final[Mapping[Type, pa.DataType]] = {
    Type.STRING: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.DATE: pa.date32(),
    Type.ARRAY: pa.list_(pa.string()),
}


def csv_bytes(table: Table) -> bytes:
    """RFC 4180 in UTF-8, lines ended by LF: comma, decimal point, days in ISO 8601, nothing between commas for None.

    Meant for machines: texts stand as they are, also those that a spreadsheet would take for a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def _text(cell: Cell) -> object:
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, tuple) else cell


def parquet_bytes(table: Table) -> bytes:
    """Codes as strings, days as date32, arrays as lists; zstd."""
    fields = [pa.field(column.name, _ARROW[column.type], nullable=not column.required) for column in table.columns]
    columns = list(zip(*table.rows, strict=True)) or [()] * len(fields)
    arrays = [pa.array(cells, type=field.type) for cells, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out, compression="zstd")
    return out.getvalue()


def table_schema(table: Table, words: Words, of_columns: Mapping[str, Words]) -> Mapping[str, Any]:
    """The Table Schema of a table."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": table.name.replace("_", "-"),
        **words,
        "countryCode": "FR",
        "fields": [_field(column, of_columns[column.name]) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [_foreign_key(reference) for reference in table.references],
    }


def _field(column: Column, words: Words) -> Mapping[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.codes:
        constraints["enum"] = list(column.codes)
    if column.pattern is not None:
        constraints["pattern"] = column.pattern
    described = {"name": column.name, **words, "type": column.type.value}
    return {**described, "constraints": constraints} if constraints else described


def _foreign_key(reference: Reference) -> Mapping[str, Any]:
    fields = list(reference.targets or reference.columns)
    return {
        "fields": list(reference.columns),
        "reference": {"resource": reference.table.replace("_", "-"), "fields": fields},
    }
