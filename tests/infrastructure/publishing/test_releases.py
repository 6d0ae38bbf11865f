"""A folder of releases: each whole or not at all, none changed, whatever is killed and whoever publishes meanwhile."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from time import sleep

import pytest

from infrastructure.publishing.releases import CHANGELOG, LATEST, MARK, NotOurs, Releases

FILES = {"manifest.json": b"{}\n", "schema/a.json": b"[]\n", "a.csv": b"a\n1\n"}
OTHERS = {**FILES, "a.csv": b"a\n2\n"}


def there(folder: Path) -> dict[str, str]:
    """Every file under its path, and where links lead."""
    found = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}
    return {name: text for name, text in found.items() if name != MARK} | {
        path.name: str(path.readlink()) for path in folder.iterdir() if path.is_symlink()
    }


def told(name: str, files: dict[str, bytes]) -> dict[str, str]:
    return {f"{name}/{path}": content.decode() for path, content in files.items()}


def test_a_release_is_a_folder_and_latest_leads_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "where"
    release = Releases(folder).add("2026-11-24", FILES)
    assert release.new
    assert release.path == folder / "2026-11-24"
    assert there(folder) == told("2026-11-24", FILES) | {LATEST: "2026-11-24"}


def test_the_same_files_are_not_published_twice(tmp_path: Path) -> None:
    first, again = (Releases(tmp_path).add("2026-11-24", FILES) for _ in range(2))
    assert (first.path, first.new, again.path, again.new) == (again.path, True, first.path, False)


def test_other_files_of_the_same_day_are_another_release_and_change_none(tmp_path: Path) -> None:
    for files in (FILES, OTHERS, FILES, {**FILES, "b.csv": b"b\n"}, OTHERS):
        Releases(tmp_path).add("2026-11-24", files)
    assert there(tmp_path) == (
        told("2026-11-24", FILES)
        | told("2026-11-24.2", OTHERS)
        | told("2026-11-24.3", {**FILES, "b.csv": b"b\n"})
        | {LATEST: "2026-11-24.3"}
    )


def test_latest_is_the_last_day_not_the_last_published(tmp_path: Path) -> None:
    for name in ("2026-10-31", "2026-11-24", "2026-09-30"):
        Releases(tmp_path).add(name, FILES)
    assert (tmp_path / LATEST).readlink() == Path("2026-11-24")


def test_ten_releases_of_a_day_are_in_order(tmp_path: Path) -> None:
    for number in range(1, 12):
        Releases(tmp_path).add("2026-11-24", {"a": str(number).encode()})
    assert (tmp_path / LATEST / "a").read_bytes() == b"11"


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("ten years of work")
    with pytest.raises(NotOurs):
        Releases(tmp_path).add("2026-11-24", FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert Releases(tmp_path).add("2026-11-24", FILES).new


def test_a_release_that_somebody_changed_is_kept_and_another_one_published(tmp_path: Path) -> None:
    Releases(tmp_path).add("2026-11-24", FILES)
    (tmp_path / "2026-11-24" / "a.csv").write_text("forged")
    Releases(tmp_path).add("2026-11-24", FILES)
    assert (tmp_path / "2026-11-24" / "a.csv").read_text() == "forged"
    assert (tmp_path / "2026-11-24.2" / "a.csv").read_bytes() == FILES["a.csv"]


@pytest.mark.parametrize("left", ["2026-11-24", ""], ids=["a file", "nothing"])
def test_what_a_killed_publisher_left_is_forgotten(left: str, tmp_path: Path) -> None:
    Releases(tmp_path).add("2026-11-24", FILES)
    (tmp_path / ".new" / "schema").mkdir(parents=True)
    if left:
        (tmp_path / ".new" / "schema" / left).write_text("half")
    (tmp_path / ".new-latest").symlink_to(".new")
    Releases(tmp_path).add("2026-11-25", OTHERS)
    assert there(tmp_path) == told("2026-11-24", FILES) | told("2026-11-25", OTHERS) | {LATEST: "2026-11-25"}


def test_a_release_without_its_latest_gets_it_when_it_is_published_again(tmp_path: Path) -> None:
    Releases(tmp_path).add("2026-11-24", FILES)
    (tmp_path / LATEST).unlink()
    assert not Releases(tmp_path).add("2026-11-24", FILES).new
    assert (tmp_path / LATEST).readlink() == Path("2026-11-24")


def names(releases: Sequence[Path]) -> bytes:
    return " ".join(path.name for path in releases).encode()


def test_what_is_told_of_all_releases_is_told_anew_with_each_in_their_order(tmp_path: Path) -> None:
    for name in ("2026-11-24", "2026-10-31", "2026-11-24"):
        Releases(tmp_path, names).add(name, {"a": name.encode()})
    assert (tmp_path / CHANGELOG).read_text() == "2026-10-31 2026-11-24"
    (tmp_path / CHANGELOG).unlink()
    assert not Releases(tmp_path, names).add("2026-10-31", {"a": b"2026-10-31"}).new
    assert (tmp_path / CHANGELOG).read_text() == "2026-10-31 2026-11-24"


def test_the_first_publishers_of_a_folder_do_not_take_each_other_for_strangers(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(40):
            folder = tmp_path / str(number)
            found = list(pool.map(lambda _, folder=folder: Releases(folder).add("2026-11-24", FILES).new, range(8)))
            assert sorted(found) == [False] * 7 + [True]


def test_several_publishers_at_once_tell_of_every_release(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Releases(tmp_path, names).add(f"2026-11-0{number}", {"a": b""}), range(1, 9)))
    assert (tmp_path / CHANGELOG).read_text().split() == [f"2026-11-0{number}" for number in range(1, 9)]


def test_several_publishers_at_once_add_add_one_release_each(tmp_path: Path) -> None:
    given = [{"a": str(number).encode()} for number in range(4)] * 2
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda files: Releases(tmp_path).add("2026-11-24", files), given))
    assert sorted(release.new for release in found) == [False] * 4 + [True] * 4
    assert [(release.path / "a").read_bytes() for release in found] == [files["a"] for files in given]


PUBLISHER = """
import sys
from pathlib import Path
from infrastructure.publishing.releases import Releases
number = 0
while True:
    number += 1
    Releases(Path(sys.argv[1])).add("2026-11-24", {f"{name:03}": str(number).encode() for name in range(40)})
    print(number, flush=True)
"""


def test_a_killed_publisher_leaves_whole_releases_only(tmp_path: Path) -> None:
    draw = Random(26)
    command = [sys.executable, "-c", PUBLISHER, str(tmp_path)]
    for _ in range(6):
        environment = {**os.environ, "PYTHONPATH": "."}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as publisher:
            assert publisher.stdout
            publisher.stdout.readline()
            sleep(0.1 + draw.random() / 3)
            publisher.kill()
    releases = [path for path in tmp_path.iterdir() if path.name.startswith("2026")]
    assert releases
    for release in releases:
        files = sorted(release.iterdir())
        assert len(files) == 40
        assert len({file.read_bytes() for file in files}) == 1
    assert (tmp_path / LATEST / "000").exists()
