"""The facts that count in a period of accompaniment."""

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from domain.accompaniment.events import AccompanimentEvent, Begun, Cancelled, Changed, Shortened
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Telling, Voided

KINDS: Final = frozenset({Kind.ACCOMPANIMENT_STARTED})


def accompaniment(event: AccompanimentEvent, _: date) -> Sequence[Telling]:
    """A period counts on the day it began, whenever it is recorded. To be accompanied is no solution yet."""
    match event:
        case Begun():
            return [Happened(Kind.ACCOMPANIMENT_STARTED, event.starts_on)]
        case Changed():
            return [Voided(Kind.ACCOMPANIMENT_STARTED), Happened(Kind.ACCOMPANIMENT_STARTED, event.starts_on)]
        case Cancelled():
            return [Voided(Kind.ACCOMPANIMENT_STARTED)]
        case Shortened():
            return []
        case _:
            assert_never(event)
