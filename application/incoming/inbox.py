"""The inbox: what was told stays in it until all of it is recorded, or found to be nothing new."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from domain.references import System

#: How long until what could not be recorded is tried again, after the first time; then twice as long each time.
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)
_DOUBLINGS: Final = 7


class Malformed(Exception):
    """What was told does not have the form that it should have."""

    def __init__(self, field: str) -> None:
        """`field`: where, by the names of the other service; never what was there."""
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a message says of itself, before anything in it is believed."""

    #: What it is about, as `appointment/22`.
    thing: str
    #: The other service's own word for that: `Rdv`.
    model: str
    #: When it was told, by the clock of the other service: what orders messages.
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that was kept."""

    system: System
    #: Tells it from every other message, and says nothing of it.
    name: str
    model: str
    at: datetime
    body: bytes = field(repr=False)
    attempts: int = 0
    #: A later one about the same thing is kept too.
    superseded: bool = False

    @property
    def order(self) -> tuple[datetime, str]:
        """Where it stands among the messages about the same thing, in whichever order they came."""
        return self.at, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The last word that was recorded about a thing."""

    order: tuple[datetime, str]
    gone: bool = False
    #: The dossiers that it was ever told of in.
    roots: frozenset[str] = frozenset()


Words = Callable[[Iterable[str]], Mapping[str, Word]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is to be remembered of a thing beside the record."""

    gone: bool = False
    roots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """All of a message is recorded, or was already."""

    things: Mapping[str, Noted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """Nothing of a message could be recorded yet, for a reason in a code."""

    reason: str
    #: The thing that has to be told of first, if that is why.
    needs: str = ""


Ending = Recorded | Parked


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that is not recorded yet, without anything that it says."""

    system: str
    name: str
    model: str
    told_at: datetime
    received_at: datetime
    attempts: int
    reason: str
    due: datetime


class Inbox(Protocol):
    """The messages of an installation."""

    def keep(self, system: System, envelope: Envelope, body: bytes, now: datetime) -> None:
        """Keep a message: once it returns, it outlives every crash. The same one twice is kept once."""

    def take(self, system: System, now: datetime, record: Callable[[Message, Words], Ending]) -> Ending | None:
        """Record the first message that is due at `now` (inclusive), by its own date; None if there is none.

        What was never tried goes before what is tried again. One process at a time does so for a system, and nobody
        leaves the message out meanwhile. What ends as recorded is forgotten in the same transaction that remembers the
        last word about its things, and wakes what waited for them.
        """

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """What is not recorded yet, by system and date."""

    def again(self, now: datetime) -> int:
        """Try everything that waits at once; answers how much that is."""

    def leave_out(self, system: System, name: str) -> bool:
        """Forget a message that waits, because somebody has looked at it; answers whether there was one."""


def next_try(attempts: int, now: datetime) -> datetime:
    """When a message is tried again, after so many attempts before this one."""
    doubled: timedelta = FIRST_PAUSE * (1 << min(attempts, _DOUBLINGS))
    return now + min(doubled, LONGEST_PAUSE)
