"""Milestones as they were told at a position of the log: from the record itself, in tables that nobody else sees."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from application.dossiers import Catalogue
from application.ports import Recorded
from projections.dossiers import Dossiers
from projections.milestones.projection import MILESTONES
from projections.ports import Log
from projections.positions import make
from projections.projection import Connection, sql

#: Events read and told at once.
PAGE: Final = 5_000


@contextmanager
def milestones_at(
    owner: Connection, log: Log, catalogue: Catalogue, positions: Mapping[int, int], told: Callable[[Recorded], None]
) -> Iterator[None]:
    """Let the owner's connection read milestones of the first events of each partition, up to and with a position.

    Nothing is kept: the tables are made in a transaction that is taken back in the end, however it ends. Each event is
    also `told`, in the order of its partition.
    """
    schema = f"milestones_at_{owner.info.backend_pid}"
    with owner.transaction(force_rollback=True):
        make(owner, MILESTONES, schema)
        owner.execute("select set_config('search_path', %s, true)", [f'"{schema}", public'])
        dossiers = Dossiers(log, catalogue)
        for partition, position in sorted(positions.items()):
            for events in _pages(log, partition, position):
                MILESTONES.collect(events, dossiers).write(owner)
                for recorded in events:
                    told(recorded)
        owner.execute(sql("publishing/analyze"))
        yield


def _pages(log: Log, partition: int, position: int) -> Iterator[list[Recorded]]:
    after = 0
    while after < position:
        events = list(log.read(partition, after, min(PAGE, position - after)))
        yield events
        after = events[-1].offset
