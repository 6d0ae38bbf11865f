"""A folder of releases, each written once and never changed; `latest` leads to the last one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from shutil import rmtree
from typing import Final

from infrastructure.files import settle, write_down
from infrastructure.publishing.package import Files

#: Says that a folder is one of releases, and is locked by whoever adds one.
MARK: Final = "parcours-releases"
_MARK_SAYS: Final = "The releases of Parcours. Each folder is one, and never changes; `latest` leads to the last one.\n"
LATEST: Final = "latest"
#: What changed from each release to the next one: made again whenever one is added.
CHANGELOG: Final = "CHANGELOG.md"
_NEW: Final = ".new"


class NotOurs(RuntimeError):
    """The folder holds something else than releases: nothing is written there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Where a publication is."""

    path: Path
    #: False where these very files were there already.
    new: bool


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of one folder, which is made if it does not exist."""

    folder: Path
    #: What is said of all releases, given in order; nothing if it is left out.
    told: Callable[[Sequence[Path]], bytes] | None = None

    def add(self, name: str, files: Files) -> Release:
        """Add a release, whole or not at all, whatever is killed; `name.2`, `name.3`… if `name` is another one.

        The very same files are not added again. Raises `NotOurs`.
        """
        with self._alone():
            self._forget_unfinished()
            found = next((path for path in self._of(name) if _holds(path, files)), None)
            path = found or self.folder / self._free(name)
            if found is None:
                self._write(path, files)
            self._lead_to_latest()
            self._tell()
            return Release(path=path, new=found is None)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        # In this order: whoever publishes here for the first time at this moment makes the mark before anything else.
        if any(self.folder.iterdir()) and not (self.folder / MARK).exists():
            raise NotOurs(f"{self.folder} holds something else than releases: nothing was written there")
        with (self.folder / MARK).open("a+") as mark:
            flock(mark, LOCK_EX)
            if mark.tell() == 0:
                mark.write(_MARK_SAYS)
            yield

    def _forget_unfinished(self) -> None:
        for path in self.folder.glob(f"{_NEW}*"):
            rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def _of(self, name: str) -> list[Path]:
        """The releases of that name, the first one first."""
        found = [path for path in self.folder.iterdir() if _order(path)[0] == name and path.is_dir()]
        return sorted(found, key=_order)

    def _free(self, name: str) -> str:
        last = [_order(path)[1] for path in self._of(name)][-1:]
        return f"{name}.{last[0] + 1}" if last else name

    def _write(self, path: Path, files: Files) -> None:
        """Beside, down to the disk, and then in its place in one instant."""
        beside = self.folder / _NEW
        for name, content in files.items():
            file = beside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            write_down(file, content)
        for folder in (beside, *(each for each in beside.rglob("*") if each.is_dir())):
            settle(folder)
        beside.rename(path)
        settle(self.folder)

    def _all(self) -> list[Path]:
        found = [path for path in self.folder.iterdir() if path.is_dir() and not path.is_symlink()]
        return sorted(found, key=_order)

    def _lead_to_latest(self) -> None:
        link = self.folder / f"{_NEW}-{LATEST}"
        link.symlink_to(self._all()[-1].name)
        link.replace(self.folder / LATEST)
        settle(self.folder)

    def _tell(self) -> None:
        if self.told is not None:
            beside = self.folder / f"{_NEW}-{CHANGELOG}"
            write_down(beside, self.told(self._all()))
            beside.replace(self.folder / CHANGELOG)
            settle(self.folder)


def _order(path: Path) -> tuple[str, int]:
    """A name, and which of that name it is: `2026-11-24.2` is the second one of `2026-11-24`."""
    name, _, number = path.name.partition(".")
    return name, int(number) if number.isdecimal() else 1


def _holds(path: Path, files: Files) -> bool:
    """Whether a release holds these very files, and no other."""
    there = {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}
    return there == files.keys() and all((path / name).read_bytes() == content for name, content in files.items())
