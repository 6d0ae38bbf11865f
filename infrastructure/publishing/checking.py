"""Whether a publication that was made again is the one that was published, file by file and bit for bit."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from infrastructure.publishing.package import CHECKSUMS, MANIFEST, Files, digests_of


class Came(StrEnum):
    """What comes of making a file again."""

    SAME = "same"
    #: Made again it is another one than was published.
    DIFFERS = "differs"
    #: It is as it was published, but what stands beside the manifest is not,
    ALTERED = "altered"
    #: or is not there.
    MISSING = "missing"


def checked(manifest: Path, again: Files) -> Mapping[str, Came]:
    """What comes of every file that the manifest names, or that was made; and of the manifest itself.

    A manifest that stands alone says enough: then no file is missing. Raises `NotAManifest`.
    """
    published = digests_of(manifest.read_bytes())
    beside = any((manifest.parent / name).exists() for name in published)
    names = sorted(published.keys() | again.keys() - {MANIFEST, CHECKSUMS})
    found = {name: _came(manifest.parent / name, published.get(name), again.get(name), beside=beside) for name in names}
    return {MANIFEST: Came.SAME if manifest.read_bytes() == again[MANIFEST] else Came.DIFFERS, **found}


def _came(path: Path, digest: str | None, again: bytes | None, *, beside: bool) -> Came:
    if again is None or sha256(again).hexdigest() != digest:
        return Came.DIFFERS
    if not beside:
        return Came.SAME
    if not path.exists():
        return Came.MISSING
    return Came.SAME if path.read_bytes() == again else Came.ALTERED
