"""Files that others read: with Frictionless, with Arrow, with `sha256sum`; and always the same bytes."""

import json
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from frictionless import Package, Schema, validate
from frictionless.resources import TableResource

from application.publication import Row, Table
from infrastructure.publishing.package import CHECKSUMS, MANIFEST, NotAManifest, basis_of, digests_of, files_of
from infrastructure.publishing.tables import csv_bytes, parquet_bytes, table_schema
from tests.infrastructure.publishing.samples import BASIS, EMPTY, PLACES, VISITS, publication, with_row, wording


def written(folder: Path, *tables: Table) -> Path:
    for name, content in files_of(publication(*tables), wording(*tables)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def by_parquet(table: Table) -> list[Row]:
    rows = pq.read_table(BytesIO(parquet_bytes(table))).to_pylist()
    return [tuple(_plain(cell) for cell in row.values()) for row in rows]


def by_csv(table: Table, folder: Path) -> list[Row]:
    resources = Package(str(written(folder, table) / "datapackage.json")).resources
    (resource,) = [each for each in resources if isinstance(each, TableResource)]
    return [tuple(map(_plain, row.to_list())) for row in resource.read_rows()]


def _plain(cell: object) -> Any:
    """What Frictionless reads exactly, as what was written."""
    return float(cell) if isinstance(cell, Decimal) else tuple(cell) if isinstance(cell, list) else cell


@pytest.mark.parametrize("table", [PLACES, EMPTY], ids=lambda table: table.name)
def test_csv_and_parquet_are_read_back_as_what_was_written(table: Table, tmp_path: Path) -> None:
    assert by_parquet(table) == list(table.rows)
    assert by_csv(table, tmp_path) == list(table.rows)


def test_codes_stay_texts_and_days_days_in_parquet() -> None:
    schema = pq.read_schema(BytesIO(parquet_bytes(PLACES)))
    assert {field.name: str(field.type) for field in schema} == {
        "code": "string",
        "name": "string",
        "kind": "string",
        "people": "int64",
        "share": "double",
        "since": "date32[day]",
        "networks": "list<element: string>",
    }


def test_csv_is_what_the_french_conventions_say() -> None:
    lines = csv_bytes(PLACES).decode().split("\n")
    assert lines[0] == "code,name,kind,people,share,since,networks"
    assert lines[1] == '01001,L’Abergement-Clémenciat,town,800,0.1,2000-02-29,"[""aci"", ""ei""]"'
    assert lines[3:5] == ['97411,"Saint-Denis', 'de La Réunion",town,,,,']
    assert b"\r" not in csv_bytes(PLACES)


def errors(folder: Path) -> list[tuple[str, str]]:
    report = validate(str(folder / "datapackage.json"))
    return [(task.name, error.type) for task in report.tasks for error in task.errors]


def test_frictionless_accepts_the_package(tmp_path: Path) -> None:
    assert errors(written(tmp_path)) == []


@pytest.mark.parametrize(
    ("table", "row", "found"),
    [
        (PLACES, ("1001", None, None, None, None, None, None), "constraint-error"),
        (PLACES, ("97412", None, "village", None, None, None, None), "constraint-error"),
        (PLACES, (None, "x", None, None, None, None, None), "primary-key"),
        (PLACES, ("01001", None, None, None, None, None, None), "primary-key"),
        (VISITS, ("75056", 3), "foreign-key"),
    ],
    ids=["pattern", "code", "required", "key", "reference"],
)
def test_frictionless_refuses_what_the_schema_excludes(table: Table, row: Row, found: str, tmp_path: Path) -> None:
    others = [each for each in (PLACES, VISITS) if each is not table]
    if row[0] is None:
        row = ("", *row[1:])
    assert found in {kind for _, kind in errors(written(tmp_path, with_row(table, *row), *others))}


def test_frictionless_sees_a_file_that_was_changed(tmp_path: Path) -> None:
    path = written(tmp_path) / "place_visits.csv"
    path.write_bytes(path.read_bytes().replace(b"97411,2", b"97411,3"))
    assert errors(tmp_path) == [("place-visits", "hash-count")]


def test_every_schema_is_a_table_schema() -> None:
    for table in (PLACES, VISITS, EMPTY):
        schema: Any = table_schema(table, {"title": "t"}, {column.name: {} for column in table.columns})
        assert list(Schema.metadata_validate(schema)) == []


def test_sha256sum_verifies_everything_but_its_own_list(tmp_path: Path) -> None:
    said = subprocess.run(["sha256sum", "-c", CHECKSUMS], cwd=written(tmp_path), check=True, capture_output=True)
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {line.partition(":")[0] for line in said.stdout.decode().splitlines()} == files - {CHECKSUMS}


def test_the_same_publication_gives_the_same_bytes_each_time() -> None:
    assert files_of(publication(), wording()) == files_of(publication(), wording())


def test_the_manifest_says_what_a_publication_is_made_from() -> None:
    files = files_of(publication(), wording())
    assert basis_of(files[MANIFEST]) == BASIS
    assert digests_of(files[MANIFEST]).keys() == files.keys() - {MANIFEST, CHECKSUMS}
    told = json.loads(files[MANIFEST])
    assert told["data_date"] == date(2026, 11, 24).isoformat()
    assert told["rows"] == {"places": 5, "place_visits": 2, "nothing": 0}
    assert told["left_out"] == {"places": {"closed": 3}}


@pytest.mark.parametrize("manifest", [b"", b"{}", b"[]", b"null", b"\xff", b'{"format": 2}', b'{"format": 1}'])
def test_what_is_no_manifest_is_said_to_be_none(manifest: bytes) -> None:
    with pytest.raises(NotAManifest):
        basis_of(manifest)
    with pytest.raises(NotAManifest):
        digests_of(manifest)


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"as_of": 3},
        {"as_of": "2026-11-24T23:00:00"},
        {"as_of": "yesterday"},
        {"positions": {"x": 1}},
        {"positions": {"0": -1}},
        {"positions": []},
        {"months": "many"},
        {"months": 0},
        {"months": 121},
        {"made_by": {}},
        {"made_by": {"definitions": [{"id": "without-solution-30-days"}]}},
    ],
    ids=str,
)
def test_a_manifest_that_was_damaged_is_none(changed: dict[str, Any]) -> None:
    told = json.loads(files_of(publication(), wording())[MANIFEST])
    assert basis_of(json.dumps(told).encode()) == BASIS
    with pytest.raises(NotAManifest):
        basis_of(json.dumps(told | changed).encode())
