"""What changed from each release to the next one: told from their manifests and schemas alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.publication import Column, Publication
from infrastructure.publishing.changes import Changed, changes
from infrastructure.publishing.package import MANIFEST, files_of
from tests.infrastructure.publishing.samples import BASIS, EMPTY, MADE_BY, PLACES, VISITS, publication, wording

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def put(folder: Path, name: str, told: Publication) -> Path:
    for path, content in files_of(told, wording(*told.tables)).items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / name


def between(folder: Path, before: Publication, now: Publication) -> Mapping[Changed, Sequence[str]]:
    """What is told of the second one."""
    entries = changes([put(folder, "one", before), put(folder, "two", now)])
    assert [entry.release for entry in entries] == ["two", "one"]
    assert entries[1].changes == ((Changed.FIRST, (before.data_date.isoformat(),)),)
    return dict(entries[0].changes)


SAME_DAY = {Changed.SAME_DAY: ("2026-11-24",)}


def test_nothing_else_changes_where_nothing_else_did(tmp_path: Path) -> None:
    assert between(tmp_path, publication(), publication()) == SAME_DAY


def test_another_day_is_told_as_it_was_and_is(tmp_path: Path) -> None:
    before, now = (replace(publication(), data_date=day) for day in (MONDAY, TUESDAY))
    assert between(tmp_path, before, now) == {Changed.DATA_DATE: ["2026-11-23 → 2026-11-24"]}


def test_tables_columns_and_rows_are_named(tmp_path: Path) -> None:
    wider = replace(VISITS, columns=(*VISITS.columns[:1], Column(name="times")), rows=[("01001", "1")])
    assert between(tmp_path, publication(PLACES, VISITS), publication(PLACES, wider, EMPTY)) == SAME_DAY | {
        Changed.TABLES_ADDED: ["nothing"],
        Changed.COLUMNS_ADDED: ["place_visits.times"],
        Changed.COLUMNS_REMOVED: ["place_visits.number"],
        Changed.ROWS: ["place_visits 2 → 1"],
    }
    assert between(tmp_path / "back", publication(PLACES, EMPTY), publication(PLACES)) == SAME_DAY | {
        Changed.TABLES_REMOVED: ["nothing"]
    }


def defined(*versions: tuple[str, int, str]) -> Any:
    return [{"id": name, "version": version, "sha256": digest} for name, version, digest in versions]


def test_definitions_are_added_and_removed_by_version_and_betrayed_where_they_change(tmp_path: Path) -> None:
    before = publication(definitions=defined(("a", 1, "x"), ("b", 1, "x")))
    now = publication(definitions=defined(("a", 1, "y"), ("a", 2, "x"), ("c", 1, "x")))
    assert between(tmp_path, before, now) == SAME_DAY | {
        Changed.DEFINITIONS_ADDED: ["a 2", "c 1"],
        Changed.DEFINITIONS_REMOVED: ["b 1"],
        Changed.DEFINITIONS_ALTERED: ["a 1"],
    }


@pytest.mark.parametrize(
    ("made_by", "changed"),
    [
        ({"policy": {"persons": 5}}, {Changed.POLICY: ["persons 11 → 5"]}),
        ({"words": "two"}, {Changed.MADE_BY: ["words"]}),
        ({"parcours": "0.2.0", "words": "two"}, {Changed.MADE_BY: ["parcours 0.1.0 → 0.2.0", "words"]}),
    ],
)
def test_what_makes_a_release_is_told_where_it_is_another(
    made_by: Mapping[str, Any], changed: Mapping[Changed, Sequence[str]], tmp_path: Path
) -> None:
    assert between(tmp_path, publication(), publication(**made_by)) == {**SAME_DAY, **changed}


def test_more_months_are_told(tmp_path: Path) -> None:
    longer = replace(publication(), basis=replace(BASIS, months=3))
    assert between(tmp_path, publication(), longer) == {**SAME_DAY, Changed.MONTHS: ["2 → 3"]}


def test_a_release_of_before_policies_were_named_is_compared_in_the_rest(tmp_path: Path) -> None:
    old = replace(publication(), made_by={"definitions": MADE_BY["definitions"]})
    assert between(tmp_path, old, publication()) == SAME_DAY


@pytest.mark.parametrize("damage", [b"{}", b"[]", b"{", None], ids=str)
def test_a_damaged_release_is_named_and_passed_over(damage: bytes | None, tmp_path: Path) -> None:
    releases = [put(tmp_path, name, publication()) for name in ("one", "two", "three")]
    manifest = releases[1] / MANIFEST
    manifest.unlink() if damage is None else manifest.write_bytes(damage)
    assert [(entry.release, dict(entry.changes)) for entry in changes(releases)] == [
        ("three", SAME_DAY),
        ("two", {Changed.UNREADABLE: ()}),
        ("one", {Changed.FIRST: ("2026-11-24",)}),
    ]
