"""A record that is kept in memory: what a simulation is decided over, before it is written at once."""

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from application.ports import Change, Claim, Claims, ClaimTaken, Clock, Conflict, Recorded

NO_CLAIMS: Final = Claims()
#: The record has 64 partitions unless an installation says otherwise; in memory nothing depends on it.
PARTITIONS: Final = 64


@dataclass
class MemoryJournal:
    """`application.ports.Journal`. Safe for threads."""

    clock: Clock
    #: Who holds what.
    held: dict[Claim, str] = field(default_factory=dict)
    _histories: dict[str, list[Recorded]] = field(default_factory=dict)
    _heads: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _lock: Lock = field(default_factory=Lock)

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        """As the port says."""
        return self._histories.get(root, [])[after:up_to]

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        """As the port says."""
        return self.load(root), self.load(other, after=after)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        """As the port says."""
        with self._lock:
            history = self._histories.get(root, [])
            if len(history) != expected_version:
                raise Conflict
            if taken := {each: self.held[each] for each in claims.take if self.held.get(each, root) != root}:
                raise ClaimTaken(taken)
            for each in claims.release:
                if self.held.get(each) == root:
                    del self.held[each]
            self.held.update(dict.fromkeys(claims.take, root))
            recorded = self._recorded(root, expected_version, changes)
            self._histories[root] = [*history, *recorded]
        return recorded

    def holders(self, claims: Sequence[Claim]) -> Mapping[Claim, str]:
        """As the port says."""
        return {each: self.held[each] for each in claims if each in self.held}

    def roots(self) -> Sequence[str]:
        """Every root that is known here, in the order in which they came."""
        return tuple(self._histories)

    def let_go(self, root: str) -> Sequence[Recorded]:
        """A root's whole history, which is not known here any longer. What it holds stays held."""
        return self._histories.pop(root, [])

    def _recorded(self, root: str, version: int, changes: Sequence[Change]) -> list[Recorded]:
        partition, now = zlib.crc32(root.encode()) % PARTITIONS, self.clock.now()
        offset = self._heads[partition]
        self._heads[partition] += len(changes)
        return [
            Recorded(
                partition=partition,
                offset=offset + place,
                root=root,
                root_version=version + place,
                journey=change.journey,
                journey_version=change.journey_version,
                event=change.event,
                occurred_at=change.occurred_at,
                recorded_at=now,
                metadata=change.metadata,
            )
            for place, change in enumerate(changes, start=1)
        ]
