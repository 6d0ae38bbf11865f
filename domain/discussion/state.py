"""Where a discussion stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from domain.discussion.codes import Reminder, Side, Stage
from domain.discussion.commands import Attached, Request
from domain.vocabulary import OrganisationId, Parties, Party, Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What one side wrote: its text is None once it was forgotten."""

    at: datetime
    side: Side
    text: Annotated[str | None, Personal]
    attachments: tuple[Attached, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """One person's request to one establishment, and what both sides wrote."""

    stage: Stage = Stage.NOT_OPENED
    request: Request | None = None
    opened_at: datetime | None = None
    sender: OrganisationId | None = None
    exchanges: Mapping[int, Exchange] = field(default_factory=dict)
    #: How many were ever written: numbers are never used twice.
    written: int = 0
    convention: str | None = None
    reminded: tuple[Reminder, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the establishment ever wrote."""
        return any(exchange.side is Side.ESTABLISHMENT for exchange in self.exchanges.values())


def closed(case: Discussion) -> bool:
    """Answered, one way or the other."""
    return case.stage in {Stage.ACCEPTED, Stage.REJECTED}


def parties(case: Discussion) -> Parties:
    """The organisation that asked with the person; establishments are no organisations here."""
    return {} if case.sender is None else {Party.SENDER: frozenset({case.sender})}
