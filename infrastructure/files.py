"""Files that are whole or not there at all, whatever is killed and whoever writes the same one meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from os.path import samestat
from pathlib import Path
from typing import IO, Final

OWNER_ONLY: Final = 0o600


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, and that takes its name once it is complete and on the disk.

    Until then, and if it never is, what was there stays. Whoever writes the same file meanwhile waits, and what was
    left by one that was killed is written over.
    """
    draft = path.with_name(f".{path.name}.new")
    with _alone(draft) as out:
        try:
            yield out
            _to_disk(out)
            draft.replace(path)
        except BaseException:
            draft.unlink()
            raise
    settle(path.parent)


def write_down(path: Path, content: bytes) -> None:
    """Write a file down to the disk; its name is there once its folder is settled."""
    with path.open("wb") as out:
        out.write(content)
        _to_disk(out)


def settle(folder: Path) -> None:
    """Write the names of a folder down to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _to_disk(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _alone(draft: Path) -> IO[bytes]:
    """The draft, empty and nobody else's: whoever had it may have given it its name while this one waited."""
    while True:
        out = os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, OWNER_ONLY), "r+b")
        flock(out, LOCK_EX)
        with suppress(FileNotFoundError):
            if samestat(os.fstat(out.fileno()), draft.stat()):
                os.fchmod(out.fileno(), OWNER_ONLY)
                out.truncate()
                return out
        out.close()
