"""What is said of a publication that was made again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from application.publication import Table
from infrastructure.publishing.checking import Came, Check, checked
from infrastructure.publishing.package import CHECKSUMS, MANIFEST, Files, files_of
from infrastructure.publishing.releases import Releases
from tests.infrastructure.publishing.samples import (
    EMPTY,
    MADE_BY,
    NAMES,
    PLACES,
    VISITS,
    publication,
    with_row,
    wording,
)

TABLES = (PLACES, VISITS, EMPTY, NAMES)
AGAIN = files_of(publication(*TABLES), wording(*TABLES))


def others(check: Check) -> Mapping[str, Came]:
    """What came of the files that are not the same."""
    return {name: each for name, each in check.files.items() if each is not Came.SAME}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return Releases(tmp_path).add("2026-11-24", AGAIN).path


def test_every_file_is_the_same(release: Path) -> None:
    check = checked(release / MANIFEST, AGAIN)
    assert check.files.keys() == AGAIN.keys() - {CHECKSUMS}
    assert set(check.files.values()) == {Came.SAME}
    assert (check.made_by, check.holds) == ({}, True)


def test_a_file_that_becomes_another_one_is_named(release: Path) -> None:
    changed = (PLACES, with_row(VISITS, "75056", 1), EMPTY, NAMES)
    again = files_of(publication(*changed), wording(*changed))
    assert set(others(checked(release / MANIFEST, again))) == {
        "datapackage.json", MANIFEST, "place_visits.csv", "place_visits.parquet",
    }  # fmt: skip


#: A label is corrected, and the title of everything.
CORRECTED = (PLACES, VISITS, EMPTY, replace(NAMES, rows=(("town", "une commune"), ("country", "un pays"))))
SCHEMAS = {f"schema/{table.name}.json" for table in TABLES}
WORDS = {"datapackage.json", "names.csv", "names.parquet", *SCHEMAS}


def in_other_words(*tables: Table, **made_by: Any) -> Files:
    return files_of(publication(*tables, words="another", **made_by), wording(*tables, title="un autre titre"))


def test_other_words_are_told_from_other_figures(release: Path) -> None:
    check = checked(release / MANIFEST, in_other_words(*CORRECTED))
    assert others(check) == dict.fromkeys({*WORDS, MANIFEST}, Came.OTHER_WORDS)
    assert (check.made_by, check.holds) == ({"words": ("one", "another")}, True)


def test_another_figure_is_not_hidden_by_other_words(release: Path) -> None:
    check = checked(release / MANIFEST, in_other_words(PLACES, with_row(VISITS, "75056", 1), *CORRECTED[2:]))
    differing = dict.fromkeys((MANIFEST, "place_visits.csv", "place_visits.parquet"), Came.DIFFERS)
    assert others(check) == dict.fromkeys(WORDS, Came.OTHER_WORDS) | differing
    assert not check.holds


def test_files_of_words_that_differ_although_the_words_are_the_same_differ(release: Path) -> None:
    again = files_of(publication(*CORRECTED), wording(*CORRECTED))
    assert set(others(checked(release / MANIFEST, again)).values()) == {Came.DIFFERS}


def test_a_file_of_other_words_that_somebody_changed_is_named(release: Path) -> None:
    (release / "names.csv").write_text("forged")
    (release / "names.parquet").unlink()
    found = others(checked(release / MANIFEST, in_other_words(*CORRECTED)))
    assert (found["names.csv"], found["names.parquet"]) == (Came.ALTERED, Came.MISSING)


def test_another_policy_is_named_with_what_it_was(release: Path) -> None:
    check = checked(release / MANIFEST, files_of(publication(*TABLES, policy={"persons": 10}), wording(*TABLES)))
    assert others(check) == {MANIFEST: Came.DIFFERS}
    assert (check.made_by, check.holds) == ({"policy": ({"persons": 11}, {"persons": 10})}, False)


def test_of_the_definitions_only_those_that_are_others_are_named(release: Path) -> None:
    (kept,) = MADE_BY["definitions"]
    more = {"id": "hires-accepted", "version": 1, "sha256": "1"}
    check = checked(release / MANIFEST, files_of(publication(*TABLES, definitions=[kept, more]), wording(*TABLES)))
    assert check.made_by == {"definitions": ([], [more])}


def test_another_version_of_the_service_that_says_the_same_is_no_difference(release: Path) -> None:
    check = checked(release / MANIFEST, files_of(publication(*TABLES, parcours="0.2.0"), wording(*TABLES)))
    assert others(check) == {MANIFEST: Came.OTHER_BYTES}
    assert (check.made_by, check.holds) == ({"parcours": ("0.1.0", "0.2.0")}, True)


def test_parquet_of_another_pyarrow_is_told_from_other_figures(release: Path) -> None:
    """As it would have been published by an older one: other bytes, and the digests of these."""
    old = {name: content + b"!" if name.endswith(".parquet") else content for name, content in AGAIN.items()}
    told = old[MANIFEST].decode().replace(f'"pyarrow": "{pa.__version__}"', '"pyarrow": "1.0"')
    package = old["datapackage.json"].decode()
    for name in (name for name in old if name.endswith(".parquet")):
        told = told.replace(digest(AGAIN[name]), digest(old[name]))
        package = package.replace(digest(AGAIN[name]), digest(old[name]))
    told = told.replace(digest(old["datapackage.json"]), digest(package.encode()))
    for name, content in {**old, MANIFEST: told.encode(), "datapackage.json": package.encode()}.items():
        (release / name).write_bytes(content)
    check = checked(release / MANIFEST, AGAIN)
    rewritten = {name for name in AGAIN if name.endswith(".parquet")} | {"datapackage.json", MANIFEST}
    assert others(check) == dict.fromkeys(rewritten, Came.OTHER_BYTES)
    assert (check.made_by, check.holds) == ({"pyarrow": ("1.0", pa.__version__)}, True)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_a_manifest_that_was_written_otherwise_is_another_one(release: Path) -> None:
    told = json.loads((release / MANIFEST).read_bytes())
    (release / MANIFEST).write_text(json.dumps(told))
    assert others(checked(release / MANIFEST, AGAIN)) == {MANIFEST: Came.DIFFERS}


def test_a_file_that_somebody_changed_or_lost_is_named(release: Path) -> None:
    (release / "places.csv").write_text("forged")
    (release / "places.parquet").unlink()
    assert others(checked(release / MANIFEST, AGAIN)) == {"places.csv": Came.ALTERED, "places.parquet": Came.MISSING}


def test_a_forged_manifest_with_forged_files_is_found_out(release: Path) -> None:
    forged = (with_row(PLACES, "13055", "Marseille", "town", 1, None, None, None), VISITS, EMPTY, NAMES)
    for name, content in files_of(publication(*forged), wording(*forged)).items():
        (release / name).write_bytes(content)
    assert others(checked(release / MANIFEST, AGAIN)) == dict.fromkeys(
        ("datapackage.json", MANIFEST, "places.csv", "places.parquet"), Came.DIFFERS
    )


def test_a_manifest_alone_is_enough(release: Path, tmp_path: Path) -> None:
    alone = tmp_path / "downloads" / "manifest(1).json"
    alone.parent.mkdir()
    alone.write_bytes((release / MANIFEST).read_bytes())
    assert others(checked(alone, AGAIN)) == {}
