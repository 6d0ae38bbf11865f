"""Whether a publication that was made again is the one that was published, file by file and bit for bit."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from infrastructure.publishing.package import (
    CHECKSUMS,
    MANIFEST,
    PACKAGE,
    Files,
    digests_of,
    made_by_of,
    told_beside,
    words_of,
)

#: What a publication is made by that no figure depends on: the words, and what writes the files.
WORDS: Final = "words"
PYARROW: Final = "pyarrow"
BESIDE_FIGURES: Final = frozenset({WORDS, PYARROW, "parcours"})


class Came(StrEnum):
    """What comes of making a file again."""

    SAME = "same"
    #: It holds words and no figure, and they are others now.
    OTHER_WORDS = "other words"
    #: It is written by another version of the service or of pyarrow, and says the same.
    OTHER_BYTES = "other bytes"
    #: Made again it is another one than was published.
    DIFFERS = "differs"
    #: It is as it was published, but what stands beside the manifest is not,
    ALTERED = "altered"
    #: or is not there.
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What comes of making a publication again."""

    #: What it was made by, and is made by now, where that is not the same.
    made_by: Mapping[str, tuple[Any, Any]]
    files: Mapping[str, Came]

    @property
    def holds(self) -> bool:
        """Whether every figure is the same, and everything is where it was published."""
        return {Came.DIFFERS, Came.ALTERED, Came.MISSING}.isdisjoint(self.files.values())


def checked(manifest: Path, again: Files) -> Check:
    """What comes of every file that the manifest names, or that was made; and of the manifest itself.

    A manifest that stands alone says enough: then no file is missing. Raises `NotAManifest`.
    """
    told, anew = manifest.read_bytes(), again[MANIFEST]
    then, now = made_by_of(told), made_by_of(anew)
    others = {
        name: _apart(then.get(name), now.get(name))
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    }
    published, worded = digests_of(told), words_of(anew)
    beside = any((manifest.parent / name).exists() for name in published)
    found: dict[str, Came] = {}
    for name in sorted(published.keys() | again.keys() - {MANIFEST, CHECKSUMS}):
        came = _came(published.get(name), again.get(name), _otherwise(name, worded=name in worded, others=others))
        here = _here(manifest.parent / name, published.get(name)) if beside and came is not Came.DIFFERS else Came.SAME
        found[name] = came if here is Came.SAME else here
    return Check(made_by=others, files={MANIFEST: _came_of_manifest(told, anew, found, others), **found})


def _apart(then: Any, now: Any) -> tuple[Any, Any]:
    """Both, and of lists only what is not in the other one."""
    if isinstance(then, list) and isinstance(now, list):
        return [each for each in then if each not in now], [each for each in now if each not in then]
    return then, now


def _otherwise(name: str, *, worded: bool, others: Mapping[str, object]) -> Came:
    """What it is called that a file is not the same, given what it was not made by any more."""
    if worded and WORDS in others:
        return Came.OTHER_WORDS
    # A table says as CSV what it says as Parquet, and the package names the digests of both.
    holds_parquet = name.endswith(".parquet") or name == PACKAGE
    return Came.OTHER_BYTES if holds_parquet and PYARROW in others else Came.DIFFERS


def _came(digest: str | None, again: bytes | None, otherwise: Came) -> Came:
    if digest is None or again is None:
        return Came.DIFFERS
    return Came.SAME if sha256(again).hexdigest() == digest else otherwise


def _here(path: Path, digest: str | None) -> Came:
    """Whether a file stands beside the manifest as it was published."""
    if not path.exists():
        return Came.MISSING
    return Came.SAME if sha256(path.read_bytes()).hexdigest() == digest else Came.ALTERED


def _came_of_manifest(
    told: bytes, anew: bytes, found: Mapping[str, Came], others: Mapping[str, tuple[Any, Any]]
) -> Came:
    if told == anew:
        return Came.SAME
    excused = {name for name, came in found.items() if came is not Came.DIFFERS}
    as_told, as_made = (told_beside(each, BESIDE_FIGURES, excused) for each in (told, anew))
    if as_told != as_made or BESIDE_FIGURES.isdisjoint(others):
        return Came.DIFFERS
    return Came.OTHER_WORDS if WORDS in others else Came.OTHER_BYTES
