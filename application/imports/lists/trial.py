"""A journal in which everything is decided and nothing recorded: what a preview shows, and what goes before a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from application.ports import Change, Claim, Claims, ClaimTaken, Clock, Conflict, Journal, Recorded
from domain.journey import Refusal

NO_CLAIMS: Final = Claims()
#: What is only tried has no place in the log.
_NOWHERE: Final = -1


class SameAsBefore(Refusal):
    """An earlier row of the list is the same person."""


@dataclass
class Trial:
    """`application.ports.Journal` over another one: it reads there, and keeps to itself what is appended.

    Claims are compared with those of the record and with its own, so that two rows of one list that would make the
    same person twice are found. `forget` lets go of events, never of claims. Raises `SameAsBefore` too.
    """

    journal: Journal
    clock: Clock
    appended: dict[str, list[Recorded]] = field(default_factory=dict)
    claims: dict[Claim, str] = field(default_factory=dict)

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        """As the port says."""
        tried = self.appended.get(root, ())
        if not tried:
            return self.journal.load(root, after=after, up_to=up_to)
        return [*self.journal.load(root), *tried][after:up_to]

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        """As the port says."""
        if self.appended.get(root) or self.appended.get(other):
            return self.load(root), self.load(other, after=after)
        return self.journal.load_beside(root, other, after)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        """As the port says, but for the record."""
        if len(self.load(root)) != expected_version:
            raise Conflict
        wanted = list(claims.take)
        if before := {self.claims[claim] for claim in wanted if self.claims.get(claim, root) != root}:
            raise SameAsBefore(candidate_id=min(before).partition("/")[2])
        held = {claim: holder for claim, holder in self.journal.holders(wanted).items() if holder != root}
        if held:
            raise ClaimTaken(held)
        self.claims.update(dict.fromkeys(claims.take, root))
        now = self.clock.now()
        tried = [_tried(root, expected_version + place, change, now) for place, change in enumerate(changes, start=1)]
        self.appended.setdefault(root, []).extend(tried)
        return tried

    def holders(self, claims: Sequence[Claim]) -> dict[Claim, str]:
        """As the port says; what is claimed here counts too."""
        here = {claim: self.claims[claim] for claim in claims if claim in self.claims}
        return {**self.journal.holders(claims), **here}

    def forget(self) -> None:
        """Let go of what was tried, so that a list of any length takes no more memory than its claims."""
        self.appended.clear()


def _tried(root: str, version: int, change: Change, now: datetime) -> Recorded:
    return Recorded(
        partition=_NOWHERE,
        offset=_NOWHERE,
        root=root,
        root_version=version,
        journey=change.journey,
        journey_version=change.journey_version,
        event=change.event,
        occurred_at=change.occurred_at,
        recorded_at=now,
        metadata=change.metadata,
    )
