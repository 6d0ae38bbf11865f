"""What is said of a publication that was made again."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from infrastructure.publishing.checking import Came, checked
from infrastructure.publishing.package import CHECKSUMS, MANIFEST, files_of
from infrastructure.publishing.releases import Releases
from tests.infrastructure.publishing.samples import EMPTY, PLACES, VISITS, publication, with_row, wording

AGAIN = files_of(publication(), wording())


def others(came: Mapping[str, Came]) -> Mapping[str, Came]:
    """What came of the files that are not the same."""
    return {name: each for name, each in came.items() if each is not Came.SAME}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return Releases(tmp_path).add("2026-11-24", AGAIN).path


def test_every_file_is_the_same(release: Path) -> None:
    came = checked(release / MANIFEST, AGAIN)
    assert came.keys() == AGAIN.keys() - {CHECKSUMS}
    assert set(came.values()) == {Came.SAME}


def test_a_file_that_becomes_another_one_is_named(release: Path) -> None:
    changed = (PLACES, with_row(VISITS, "75056", 1), EMPTY)
    again = files_of(publication(*changed), wording(*changed))
    assert set(others(checked(release / MANIFEST, again))) == {
        "datapackage.json", MANIFEST, "place_visits.csv", "place_visits.parquet",
    }  # fmt: skip


def test_a_file_that_somebody_changed_or_lost_is_named(release: Path) -> None:
    (release / "places.csv").write_text("forged")
    (release / "places.parquet").unlink()
    assert others(checked(release / MANIFEST, AGAIN)) == {"places.csv": Came.ALTERED, "places.parquet": Came.MISSING}


def test_a_forged_manifest_with_forged_files_is_found_out(release: Path) -> None:
    forged = (with_row(PLACES, "13055", "Marseille", "town", 1, None, None, None), VISITS, EMPTY)
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
