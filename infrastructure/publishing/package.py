"""The files of a publication: tables, their schemas, the data package, and the manifest that it is made again from."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import pyarrow as pa

from application.publication import Basis, Publication, Table
from infrastructure.publishing.tables import Words, csv_bytes, parquet_bytes, table_schema

MANIFEST: Final = "manifest.json"
PACKAGE: Final = "datapackage.json"
README: Final = "README.md"
CHECKSUMS: Final = "checksums.sha256"
#: Of what the manifest says; another one is not read.
FORMAT: Final = 1
LICENCE: Final = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte / Open Licence 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}

Files = Mapping[str, bytes]


class NotAManifest(ValueError):
    """This is not the manifest of a publication that this version can make again."""

    def __init__(self) -> None:
        super().__init__("this is not the manifest of a publication that this version can make again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What everything is called, for people."""

    title: str
    description: str
    readme: str
    tables: Mapping[str, Words]
    #: By table, then by column.
    columns: Mapping[str, Mapping[str, Words]]


def files_of(publication: Publication, wording: Wording) -> Files:
    """Every file by its path, in order. The same publication gives the same bytes, whenever and wherever."""
    files: dict[str, bytes] = {}
    for table in publication.tables:
        schema = table_schema(table, wording.tables[table.name], wording.columns[table.name])
        files[f"{table.name}.csv"] = csv_bytes(table)
        files[f"{table.name}.parquet"] = parquet_bytes(table)
        files[f"schema/{table.name}.json"] = _json(schema)
    files[README] = wording.readme.encode()
    files[PACKAGE] = _json(_package(publication, wording, files))
    files[MANIFEST] = _json(_manifest(publication, files))
    files[CHECKSUMS] = "".join(f"{_digest(content)}  {path}\n" for path, content in sorted(files.items())).encode()
    return dict(sorted(files.items()))


def basis_of(manifest: bytes) -> Basis:
    """What a publication was made from. Raises `NotAManifest`."""
    with readable():
        told = told_of(manifest)
        positions = {int(partition): int(position) for partition, position in told["positions"].items()}
        at = datetime.fromisoformat(told["as_of"])
        definitions = tuple((str(each["id"]), int(each["version"])) for each in told["made_by"]["definitions"])
        return Basis(at=at, positions=positions, months=int(told["months"]), definitions=definitions)


def digests_of(manifest: bytes) -> Mapping[str, str]:
    """The digest of every file that was published, by its path. Raises `NotAManifest`."""
    with readable():
        return {str(name): str(file["sha256"]) for name, file in told_of(manifest)["files"].items()}


def words_of(manifest: bytes) -> Collection[str]:
    """The files that hold words and no figure. Raises `NotAManifest`."""
    with readable():
        return {str(name) for name, file in told_of(manifest)["files"].items() if file.get("words")}


def made_by_of(manifest: bytes) -> Mapping[str, Any]:
    """What a publication was made by. Raises `NotAManifest`."""
    with readable():
        return dict(told_of(manifest)["made_by"])


def told_beside(manifest: bytes, made_by: Collection[str], files: Collection[str]) -> object:
    """What a manifest says, but of some of what made it and of some files. Raises `NotAManifest`."""
    with readable():
        told = told_of(manifest)
        left = {
            "made_by": {name: each for name, each in told["made_by"].items() if name not in made_by},
            "rows": {name: number for name, number in told["rows"].items() if f"{name}.csv" not in files},
            "files": {name: file for name, file in told["files"].items() if name not in files},
        }
        return {**told, **left}


def told_of(manifest: bytes) -> Any:
    """What a manifest says. Raises `NotAManifest`, and what JSON raises."""
    told = json.loads(manifest)
    if told["format"] != FORMAT:
        raise NotAManifest
    return told


@contextmanager
def readable() -> Iterator[None]:
    """Whatever a manifest does not say, or says otherwise, makes it none. Raises `NotAManifest`."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        raise NotAManifest from None


def _package(publication: Publication, wording: Wording, files: Files) -> Mapping[str, Any]:
    return {
        "name": "parcours",
        "title": wording.title,
        "description": wording.description,
        "version": publication.data_date.isoformat(),
        "created": publication.basis.at.isoformat(),
        "licenses": [LICENCE],
        "resources": [each for table in publication.tables for each in _resources(table, wording, files)],
    }


def _resources(table: Table, wording: Wording, files: Files) -> tuple[Mapping[str, Any], ...]:
    name, paths = table.name.replace("_", "-"), (f"{table.name}.csv", f"{table.name}.parquet")
    text, columns = (
        {
            "path": path,
            **wording.tables[table.name],
            "bytes": len(files[path]),
            "hash": f"sha256:{_digest(files[path])}",
        }
        for path in paths
    )
    tabular = {"type": "table", "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    binary = {"type": "file", "scheme": "file", "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    return (
        {"name": name, **tabular, **text, "schema": f"schema/{table.name}.json"},
        {"name": f"{name}-parquet", **binary, **columns},
    )


def _manifest(publication: Publication, files: Files) -> Mapping[str, Any]:
    basis, worded = publication.basis, _worded(publication)
    return {
        "format": FORMAT,
        "as_of": basis.at.isoformat(),
        "data_date": publication.data_date.isoformat(),
        "months": basis.months,
        "positions": {str(partition): position for partition, position in sorted(basis.positions.items())},
        "made_by": {**publication.made_by, "pyarrow": pa.__version__},
        "rows": {table.name: len(table.rows) for table in publication.tables},
        "left_out": publication.left_out,
        "files": {path: _file(path, content, worded) for path, content in sorted(files.items())},
    }


def _file(path: str, content: bytes, worded: Collection[str]) -> Mapping[str, object]:
    return {"bytes": len(content), "sha256": _digest(content), **({"words": True} if path in worded else {})}


def _worded(publication: Publication) -> Collection[str]:
    """The files that hold words and no figure."""
    tables = {f"{table.name}.{form}" for table in publication.tables if table.words for form in ("csv", "parquet")}
    return {README, PACKAGE, *(f"schema/{table.name}.json" for table in publication.tables), *tables}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
