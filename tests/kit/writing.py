"""Processes that append and write down what they were told, and the reading of what they wrote."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import orjson

from tests.kit.audit import Promises
from tests.kit.contract import Conflict, Intent, Place, Store, Subject

SHARED: Final = "shared"
#: How many appends take a claim.
CLAIMING: Final = 0.3
#: Streams longer than this are left for new ones.
LONGEST: Final = 50

_context = get_context("forkserver")
_context.set_forkserver_preload(["__main__", "tests.kit.ours", "tests.kit.projecting"])


def start(target: Callable[..., None], *given: object) -> ForkServerProcess:
    """Run a function in a process of its own, which ends with ours."""
    process = _context.Process(target=_quietly, args=(target, *given), daemon=True)
    process.start()
    return process


def _quietly(target: Callable[..., None], *given: object) -> None:
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # lost connections are what this is about
    target(*given)


@dataclass
class Writer:
    """Appends to streams of its own, where nobody can be faster, and to streams that all writers share."""

    store: Store
    number: int
    record: Callable[[object], object]
    draw: Random = field(init=False)
    versions: Counter[str] = field(default_factory=Counter)
    generations: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.draw = Random(self.number)

    def append(self) -> None:
        stream = self._stream()
        append_id = str(UUID(int=self.draw.getrandbits(128), version=4))
        claim = append_id if self.draw.random() < CLAIMING else None
        intent = Intent(stream, self.versions[stream], append_id, self.draw.randint(1, 3), claim)
        self.record(["sent", intent])
        try:
            place = self.store.append(intent)
        except Conflict:
            self.record(["refused", append_id])
            self.versions[stream] = self.store.version(stream)
            return
        self.record(["acknowledged", append_id, place])
        self.versions[stream] += intent.count

    def _stream(self) -> str:
        lane = self.draw.choice([f"{self.number}/1", f"{self.number}/2", f"{SHARED}/1", f"{SHARED}/2"])
        if self.versions[f"{lane}/{self.generations[lane]}"] >= LONGEST:
            self.generations[lane] += 1
        return f"{lane}/{self.generations[lane]}"


def write(subject: Subject, path: Path, number: int, appends: int | None) -> None:
    """Append so often, or until killed; what is written down before a kill -9 of this process is kept."""
    with closing(subject.open()) as store, path.open("ab", buffering=0) as file:
        writer = Writer(store, number, lambda line: file.write(orjson.dumps(line) + b"\n"))
        for _ in count() if appends is None else range(appends):
            writer.append()


@dataclass
class Ledger:
    """What one writer wrote down, as far as we have read it."""

    path: Path
    promises: Promises
    #: The last append that was acknowledged to this writer, and how many were.
    last: str | None = None
    acknowledged: int = 0
    _read: int = 0

    def refresh(self) -> None:
        """Read the lines that are new; the last one may not be whole yet."""
        with self.path.open("rb") as file:
            file.seek(self._read)
            whole = file.read().rpartition(b"\n")[0]
        self._read += len(whole) + bool(whole)
        for line in whole.splitlines():
            self._understand(*orjson.loads(line))

    def _understand(self, kind: str, what: Any, *place: dict[str, Any]) -> None:
        match kind:
            case "sent":
                self.promises.sent[what["append_id"]] = Intent(**what)
            case "refused":
                self.promises.refused.add(what)
            case _:
                self.promises.acknowledged[what] = _place(**place[0])
                self.last, self.acknowledged = what, self.acknowledged + 1


def _place(partition: int, first: int, recorded_at: str) -> Place:
    return Place(partition, first, datetime.fromisoformat(recorded_at))


def false_conflicts(promises: Promises) -> list[str]:
    """The appends that were refused on a stream that nobody else writes to."""
    return [name for name in promises.refused if not promises.sent[name].stream.startswith(SHARED)]


def wrongly_held(store: Store, promises: Promises, names: Iterable[str]) -> list[str]:
    """Those of these appends whose claim is not held by their stream, or is though they were refused."""
    claiming = [intent for name in names if (intent := promises.sent[name]).claim]
    return [
        intent.append_id
        for intent in claiming
        if store.holder(intent.append_id) != (intent.stream if intent.append_id in promises.acknowledged else None)
    ]
