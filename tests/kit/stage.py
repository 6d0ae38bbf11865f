"""Where schedules are played: a store, a few sessions, a monitor and a follower."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Final
from uuid import uuid4

from tests.kit.audit import Findings, Promises, Tail, audit
from tests.kit.contract import Connection, Intent, Store, Subject
from tests.kit.schedules import Director, Monitor, Schedule, Session

SESSIONS: Final = 3

#: The streams that the sessions of a schedule write to.
Streams = Callable[[Store, int], Sequence[str]]


def one_stream(_: Store, sessions: int) -> Sequence[str]:
    return [new_stream()] * sessions


def one_partition(store: Store, sessions: int) -> Sequence[str]:
    return [stream_in(store, 0) for _ in range(sessions)]


def several_partitions(store: Store, sessions: int) -> Sequence[str]:
    return [stream_in(store, number % store.partitions) for number in range(sessions)]


def new_stream() -> str:
    return f"candidate/{uuid4()}"


def stream_in(store: Store, partition: int) -> str:
    return next(stream for _ in count() if store.partition_of(stream := new_stream()) == partition)


@dataclass(frozen=True)
class Played:
    """What came out of a schedule."""

    findings: Findings
    #: The appends of the log, in its order, partition by partition.
    logged: Sequence[str]
    #: Those that were committed, in the order of their commits, partition by partition.
    committed: Sequence[str]
    #: Those that met a conflict.
    refused: Sequence[str]


@dataclass(frozen=True)
class Stage:
    store: Store
    connections: Sequence[Connection]
    threads: Sequence[ThreadPoolExecutor]
    monitor: Monitor
    follower: Tail

    def play(self, schedule: Schedule, streams: Streams) -> Played:
        """Play one schedule, with a look at the log after each step; compare what was promised, stored and seen."""
        wanted = [Intent(stream, 0, str(uuid4()), 2) for stream in streams(self.store, len(schedule.ends))]
        sessions = [Session(*given) for given in zip(self.connections, self.threads, wanted, strict=False)]
        director = Director(self.store, self.monitor, sessions)
        since, before = dict(self.follower.positions), len(self.follower.seen)
        director.play(schedule, self.follower.poll)
        stored = Tail(self.store, dict(since))
        stored.poll()
        committed = sorted(director.committed, key=lambda intent: self.store.partition_of(intent.stream))
        unwanted = {intent.append_id for intent in wanted if intent not in committed}
        promises = Promises({intent.append_id: intent for intent in wanted}, {}, unwanted)
        return Played(
            findings=audit(promises, stored.seen, self.follower.seen[before:], since),
            logged=list(dict.fromkeys(event.append_id for event in stored.seen)),
            committed=[intent.append_id for intent in committed],
            refused=[session.intent.append_id for session in sessions if session.refused],
        )


@contextmanager
def opened(subject: Subject) -> Iterator[Stage]:
    with ExitStack() as stack:
        store = stack.enter_context(closing(subject.open()))
        connections = [stack.enter_context(closing(subject.connect())) for _ in range(SESSIONS)]
        threads = [stack.enter_context(ThreadPoolExecutor(1)) for _ in range(SESSIONS)]
        monitor = Monitor(stack.enter_context(closing(subject.connect())))
        yield Stage(store, connections, threads, monitor, Tail(store))
