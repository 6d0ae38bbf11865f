"""One batch: events told to projections, and how far they have come, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from application.ports import Recorded
from projections.claims import Claim, Workbench, claim, move, parked_roots, without
from projections.projection import Projection

#: Events read at once, over all the partitions of a batch.
EVENTS: Final = 5_000

Pages = Mapping[tuple[int, int], Sequence[Recorded]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a batch did."""

    #: Events, counted once per projection.
    events: int = 0
    #: The partition after the last one taken: where to look next, so that none starves.
    beyond: int = 0


NOTHING: Final = Told()


def tell(bench: Workbench, projections: Sequence[Projection], start: int) -> Told:
    """Tell one batch to all of these projections; if anything fails, nothing is told to any."""
    with bench.connection.transaction():
        claims = claim(bench, projections, start)
        if not claims:
            return NOTHING
        pages = _read(bench, claims)
        parked = parked_roots(bench, claims)
        for projection in projections:
            if told := [_page(pages, each) for each in claims if each.projection is projection]:
                events = without(parked[projection.name], list(chain.from_iterable(told)))
                projection.collect(events, bench.dossiers).write(bench.connection)
        move(bench, [(each, page[-1].offset) for each in claims if (page := _page(pages, each))])
    return Told(events=sum(len(_page(pages, each)) for each in claims), beyond=claims[-1].partition + 1)


def _read(bench: Workbench, claims: Sequence[Claim]) -> Pages:
    """Each page once, whichever projections it is for."""
    ends = {(each.partition, each.after): each.end for each in claims}
    size = max(1, EVENTS // len(ends))
    return {
        (where, after): bench.log.read(where, after, min(size, end - after)) for (where, after), end in ends.items()
    }


def _page(pages: Pages, each: Claim) -> Sequence[Recorded]:
    return pages[each.partition, each.after]
