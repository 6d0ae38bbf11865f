"""Every order in which a few transactions can go through their steps, one step at a time, without a sleep.

A step that has to wait for another transaction is seen waiting (in `pg_locks`); the steps that follow it in its own
transaction then wait for it, and the schedule goes on with the others.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, product
from time import monotonic
from typing import Final

from tests.kit.contract import Conflict, Connection, Intent, Store

COMMIT: Final = "commit"
ROLLBACK: Final = "rollback"
#: Seconds for a step to end or to be seen waiting: only a defect takes so long.
BOUND: Final = 20.0
GLANCE: Final = 0.0005


@dataclass(frozen=True)
class Schedule:
    """The sessions in the order in which they take their steps, and how each of them ends."""

    order: Sequence[int]
    ends: Sequence[str]


def schedules(sessions: int, steps: int) -> Iterator[Schedule]:
    """All of them, for sessions of so many steps; ends are told apart up to the names of the sessions."""
    orders = list(_interleavings((steps,) * sessions))
    ends = combinations_with_replacement((COMMIT, ROLLBACK), sessions)
    return (Schedule(order, end) for order, end in product(orders, ends))


def _interleavings(left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if not any(left):
        yield ()
    for session, steps in enumerate(left):
        if steps:
            rest = (*left[:session], steps - 1, *left[session + 1 :])
            yield from ((session, *others) for others in _interleavings(rest))


class Monitor:
    """Says whether a session waits for another one."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def settle(self, connection: Connection, step: "Future[None]") -> bool:
        """Whether the step ended, rather than waits for a lock; one of the two is certain."""
        until = monotonic() + BOUND
        while not wait([step], timeout=GLANCE).done:
            if self.waits(connection):
                return False
            assert monotonic() < until, "the step neither ends nor waits for a lock"
        return True

    def until_somebody_waits(self, connection: Connection) -> None:
        """Answer once another session waits for what this one holds."""
        until = monotonic() + BOUND
        query = "select from pg_locks where not granted and %s = any(pg_blocking_pids(pid))"
        while self.connection.execute(query, [connection.info.backend_pid]).fetchone() is None:
            assert monotonic() < until, "nobody waits"

    def waits(self, connection: Connection) -> bool:
        pid = connection.info.backend_pid
        query = "select from pg_locks where pid = %s and not granted"
        return self.connection.execute(query, [pid]).fetchone() is not None


@dataclass
class Session:
    """A transaction that appends once, step by step."""

    connection: Connection
    thread: ThreadPoolExecutor
    intent: Intent
    todo: deque[Callable[[Store], None]] = field(default_factory=deque)
    due: int = 0
    running: "Future[None] | None" = None
    refused: bool = False
    committed: bool = False

    def plan(self, end: str, *, begins_apart: bool) -> None:
        steps = [self._begin, self._append, self._commit if end == COMMIT else self._roll_back]
        self.todo.extend(steps if begins_apart else [self._begin_and_append, steps[-1]])

    def go_on(self, store: Store) -> bool:
        """Start the next step if it is due and nothing keeps it; answers whether it did."""
        if self.running or not self.due:
            return False
        self.due -= 1
        self.running = self.thread.submit(self.todo.popleft(), store)
        return True

    def _begin(self, _: Store) -> None:
        self.connection.execute("begin")
        # Taken early on purpose: it misleads stores that order events by their transaction.
        self.connection.execute("select pg_current_xact_id()")

    def _append(self, store: Store) -> None:
        try:
            store.attempt(self.connection, self.intent)
        except Conflict:
            self.refused = True

    def _begin_and_append(self, store: Store) -> None:
        self._begin(store)
        self._append(store)

    def _commit(self, _: Store) -> None:
        self.connection.execute("rollback" if self.refused else "commit")
        self.committed = not self.refused

    def _roll_back(self, _: Store) -> None:
        self.connection.execute("rollback")


@dataclass
class Director:
    """Takes sessions through a schedule."""

    store: Store
    monitor: Monitor
    sessions: Sequence[Session]
    #: The intents in the order in which they were committed.
    committed: list[Intent] = field(default_factory=list)

    def play(self, schedule: Schedule, between: Callable[[], object]) -> None:
        """Take every step, and do something after each."""
        begins_apart = len(schedule.order) == 3 * len(self.sessions)
        for session, end in zip(self.sessions, schedule.ends, strict=True):
            session.plan(end, begins_apart=begins_apart)
        for number in schedule.order:
            self.sessions[number].due += 1
            while self._advance():
                between()
        assert not any(session.todo or session.running for session in self.sessions)

    def _advance(self) -> bool:
        started = [session.go_on(self.store) for session in self.sessions]
        ended = [self._settle(session) for session in self.sessions]
        return any(started) or any(ended)

    def _settle(self, session: Session) -> bool:
        step = session.running
        if step is None or not self.monitor.settle(session.connection, step):
            return False
        step.result()
        session.running = None
        if session.committed and session.intent not in self.committed:
            self.committed.append(session.intent)
        return True
