"""Exports of the record for those who study it: one file, whole or not there at all, that only its owner may read."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from pathlib import Path
from typing import Final

import orjson
from rich.progress import Progress

from api.settings import Settings
from api.wiring import Core
from application.courses import Courses, Json
from application.ports import Recorded
from domain.catalogue import CATALOGUE
from infrastructure.files import whole

#: Hexadecimal digits of a pseudonym: 80 bits, so that no two of a country's people ever share one.
DIGITS: Final = 20


def export_ocel(settings: Settings, file: Path, progress: Progress) -> tuple[int, int]:
    """Write the courses of everybody to a file (OCEL 2.0, JSON); answers how many dossiers and events it has.

    Whoever was erased is in none.
    """
    with Core.opened(settings) as core, whole(file) as out:
        heads = core.store.heads()
        task = progress.add_task("courses", total=2 * sum(heads.values()))
        told = {"dossiers": 0, "events": 0}

        def dossiers() -> Iterator[Sequence[Recorded]]:
            for root, history in groupby(core.log.courses(heads), key=lambda recorded: recorded.root):
                dossier = list(history)
                progress.advance(task, len(dossier))
                if not core.vault.erased(root):
                    yield dossier

        def counted(each: Sequence[Recorded]) -> Iterator[Json]:
            told["dossiers"] += 1
            told["events"] += len(each)
            return courses.events(each)

        courses = Courses(catalogue=CATALOGUE, pseudonym=_pseudonyms(core, heads))
        for piece in _document(courses, dossiers, counted):
            out.write(piece)
        progress.update(task, completed=2 * sum(heads.values()))
    return told["dossiers"], told["events"]


def _document(
    courses: Courses,
    dossiers: Callable[[], Iterator[Sequence[Recorded]]],
    events: Callable[[Sequence[Recorded]], Iterator[Json]],
) -> Iterator[bytes]:
    """The document in pieces. The record is read twice: the objects of everybody come before the events."""
    yield b'{"eventTypes":' + orjson.dumps(courses.event_types())
    yield b',\n"objectTypes":' + orjson.dumps(courses.object_types())
    yield b',\n"objects":['
    yield from _list(chain(chain.from_iterable(map(courses.objects, dossiers())), courses.met()))
    yield b'],\n"events":['
    yield from _list(chain.from_iterable(map(events, dossiers())))
    yield b"]}\n"


def _list(members: Iterator[Json]) -> Iterator[bytes]:
    for place, each in enumerate(members):
        yield (b",\n" if place else b"\n") + orjson.dumps(each)


def _pseudonyms(core: Core, heads: Mapping[int, int]) -> Callable[[str], str]:
    """Keyed digests of roots, of this state of the log alone: two exports are not joined by them, nor to the record."""
    state = hashlib.sha256(orjson.dumps(sorted(heads.items()))).hexdigest()

    @lru_cache(maxsize=65_536)
    def pseudonym(root: str) -> str:
        return core.desk.digests.digest(f"ocel {state}", root)[:DIGITS]

    return pseudonym
