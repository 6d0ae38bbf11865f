"""Workers that are killed with SIGKILL right after their nth statement: one child process for each n.

`python -m tests.projections.mortal <worker|rebuild> <owner> <service> <first> <last>`; fails if none of them died.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import count
from typing import Any, Final

import psycopg

from infrastructure.event_store import EventStore
from infrastructure.journal import LogReader
from infrastructure.postgres import Access, Connection, connect, open_pool
from projections.rebuild import Rebuild
from projections.timeline import TIMELINE
from tests.projections.tally import TALLY
from tests.projections.world import CODEC, PROJECTIONS, World


def mortal(conninfo: str, after: int) -> Connection:
    """A connection whose process dies once it has executed so many statements."""
    numbers = count(1)

    class MortalCursor(psycopg.Cursor[tuple[Any, ...]]):
        def execute(self, *given: Any, **options: Any) -> "MortalCursor":
            super().execute(*given, **options)
            if next(numbers) == after:
                os.kill(os.getpid(), signal.SIGKILL)
            return self

    connection = connect(conninfo)
    connection.cursor_factory = MortalCursor
    return connection


def work(world: World, after: int) -> None:
    """Tell the log; die after so many statements of a worker."""
    runner = world.runner(*PROJECTIONS, TALLY, connect=partial(mortal, world.access.service, after))
    runner.catch_up()


def rebuild(world: World, after: int) -> None:
    """Rebuild the timeline; die after so many statements of the owner."""
    owner = partial(mortal, world.access.owner, after)
    Rebuild(projection=TIMELINE, connect_owner=owner, runner=world.runner(TIMELINE), workers=1).run()


LIVES: Final[dict[str, Callable[[World, int], None]]] = {"worker": work, "rebuild": rebuild}


def main(life: str, access: Access, first: int, last: int) -> int:
    """An exit code: 0 if some children were killed, the last one was not, and none left a hole in the timeline."""
    for after in range(first, last + 1):
        end = _child(LIVES[life], access, after)
        if end == 0 and life == "rebuild":
            return 0 if after > first else 1
        if not _killed(end) or (life == "rebuild" and not _whole(access)):
            return 2
    return 0 if life == "worker" else 3


def _child(life: Callable[[World, int], None], access: Access, after: int) -> int:
    pid = os.fork()
    if pid == 0:
        with open_pool(access.service) as pool, ExitStack() as closing:
            store = EventStore(pool)
            life(World(access, store, LogReader(store, CODEC), closing), after)
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def _killed(end: int) -> bool:
    return os.WIFSIGNALED(end) and os.WTERMSIG(end) == signal.SIGKILL


def _whole(access: Access) -> bool:
    """Whether the timeline that people read has a line for every event."""
    with connect(access.service) as connection:
        counts = b"select (select count(*) from timeline.timeline_line), (select count(*) from event)"
        told, recorded = connection.execute(counts).fetchone() or (0, 1)
    return bool(told == recorded)


if __name__ == "__main__":
    wanted, owner, service, low, high = sys.argv[1:]
    raise SystemExit(main(wanted, Access(owner=owner, service=service, analyst=""), int(low), int(high)))
