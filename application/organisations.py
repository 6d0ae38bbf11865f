"""Organisations kept folded between commands, and never believed without asking what has happened to them since."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from threading import Lock
from typing import Any, Final, Self

from application.dossiers import Catalogue
from application.ports import Journal, Recorded
from domain.organisation import Organisation
from domain.vocabulary import OrganisationId, RootKind

#: How many organisations a process remembers.
REMEMBERED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Known:
    """Where an organisation stood after an event, and which event that was."""

    state: Organisation
    version: int
    place: tuple[int, int, datetime]

    @classmethod
    def after(cls, state: Organisation, last: Recorded) -> Self:
        """Where it stands after its last event."""
        return cls(state, last.root_version, _place(last))


class Organisations:
    """Organisations at the moment of asking. Safe for any number of threads.

    What is remembered only spares reading the same events again: each time, the record is asked for the last event
    that is known and for all that follows. So whoever was removed a moment ago is no member; and where that event is
    not what it was (a backup restored, a server that had fallen behind took over), everything is read again.

    Only organisations are remembered: nothing about them is personal, so no erasure has to reach them here.
    """

    def __init__(self, journal: Journal, catalogue: Catalogue, limit: int = REMEMBERED) -> None:
        """At most `limit` are remembered: the one that was not asked for longest makes room."""
        self._journal = journal
        self._decider: Any = catalogue[RootKind.ORGANISATION].decider
        self._limit = limit
        self._known: OrderedDict[OrganisationId, Known] = OrderedDict()
        self._lock = Lock()

    def find(self, organisation: OrganisationId) -> Organisation | None:
        """Where an organisation stands; None if there is none. Raises `RecordBroken`."""
        known = self._known.get(organisation)
        return self._found(organisation, known, self._journal.load(_root(organisation), after=_seen(known)))

    def find_beside(self, root: str, organisation: OrganisationId) -> tuple[Sequence[Recorded], Organisation | None]:
        """The history of another root, and where an organisation stands, in one round trip. Raises `RecordBroken`."""
        known = self._known.get(organisation)
        history, since = self._journal.load_beside(root, _root(organisation), _seen(known))
        return history, self._found(organisation, known, since)

    def _found(
        self, organisation: OrganisationId, known: Known | None, since: Sequence[Recorded]
    ) -> Organisation | None:
        """What is known, brought up to date by its last event and all that follows."""
        if known is not None and (not since or _place(since[0]) != known.place):
            known, since = None, self._journal.load(_root(organisation))
        if not since:
            return None
        fresh = since if known is None else since[1:]
        if known is None or fresh:
            state = known.state if known else self._decider.initial
            known = Known.after(reduce(self._decider.evolve, (each.event for each in fresh), state), since[-1])
        self._remember(organisation, known)
        return known.state

    def _remember(self, organisation: OrganisationId, known: Known) -> None:
        with self._lock:
            self._known[organisation] = known
            self._known.move_to_end(organisation)
            while len(self._known) > self._limit:
                self._known.popitem(last=False)


def _root(organisation: OrganisationId) -> str:
    return f"{RootKind.ORGANISATION}/{organisation}"


def _seen(known: Known | None) -> int:
    """The version to read after, so that the last event that is known comes again."""
    return known.version - 1 if known else 0


def _place(recorded: Recorded) -> tuple[int, int, datetime]:
    return recorded.partition, recorded.offset, recorded.recorded_at
