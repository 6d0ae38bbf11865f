"""A file is whole or not there: what others read, and what is left after a kill."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest

from infrastructure.files import whole


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(path: Path, content: bytes) -> None:
    with whole(path) as out:
        out.write(content)


def test_a_file_takes_its_name_once_it_is_complete(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with whole(tmp_path / "a") as out:
        out.write(b"after")
        out.flush()
        assert (tmp_path / "a").read_bytes() == b"before"
    assert there(tmp_path) == {"a": b"after"}


def test_only_its_owner_may_read_it_even_where_everybody_could(tmp_path: Path) -> None:
    for name in ("a", ".a.new"):
        (tmp_path / name).write_bytes(b"before")
        (tmp_path / name).chmod(0o666)
    write(tmp_path / "a", b"after")
    assert S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_one_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(TypeError), whole(tmp_path / "a") as out:
        out.writelines([b"half", "the rest"])  # type: ignore[list-item]
    assert there(tmp_path) == {"a": b"before"}


KILLED = """
import os, sys
from pathlib import Path
from infrastructure.files import whole
with whole(Path(sys.argv[1])) as out:
    out.write(b"half of something that is long")
    out.flush()
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_writer_left_is_gone_after_the_next_one(tmp_path: Path) -> None:
    line = [sys.executable, "-c", KILLED, str(tmp_path / "a")]
    for _ in range(2):
        killed = subprocess.run(line, env={**os.environ, "PYTHONPATH": "."}, check=False)
        assert killed.returncode == -9
    assert there(tmp_path) == {".a.new": b"half of something that is long"}
    write(tmp_path / "a", b"whole")
    assert there(tmp_path) == {"a": b"whole"}


def test_several_writers_at_once_each_write_a_whole_file(tmp_path: Path) -> None:
    contents = [bytes([number]) * 100_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write(tmp_path / "a", content), contents))
    assert there(tmp_path)["a"] in contents
    assert there(tmp_path).keys() == {"a"}


def test_a_link_in_the_place_of_the_draft_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"somebody's")
    (tmp_path / ".a.new").symlink_to("elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        write(tmp_path / "a", b"mine")
    assert (tmp_path / "elsewhere").read_bytes() == b"somebody's"
