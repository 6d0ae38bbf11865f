"""What changed from each release to the next one, in French and in English."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from api.words import LANGUAGES, words
from infrastructure.publishing.changes import Entry, changes


def changelog(releases: Sequence[Path]) -> bytes:
    """The changelog of releases that are given in order: the newest is told first. The same ones, the same bytes."""
    entries = changes(releases)
    return "\n---\n\n".join("".join(_told(entries, lang)) for lang in LANGUAGES).encode()


def _told(entries: Sequence[Entry], lang: str) -> Iterator[str]:
    labels = words("publication")
    yield f"# {labels.of('changes', 'title', lang)}\n"
    for entry in entries:
        yield f"\n## {entry.release}\n\n"
        for changed, values in entry.changes:
            yield f"- {labels.of('changes', changed, lang).format(values=', '.join(values))}\n"
