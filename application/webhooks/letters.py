"""Letters: one event for one subscription, until it is taken, given up, or of no concern any more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from application.webhooks.subscription import Subscription

#: After each failed attempt, how long until the next one (Standard Webhooks); after the last, a person has to look.
PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)


class Came(StrEnum):
    """What came of one attempt."""

    TAKEN = "taken"
    #: Nothing in it is for the subscriber, now that somebody looks: it is put away.
    NOT_THEIRS = "not_theirs"
    FAILED = "failed"
    #: The address answered that it is gone: the subscription ends.
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An event on its way. Its name is the same however often it is sent: receivers tell repetitions by it."""

    subscription: Subscription
    partition: int
    offset: int
    root: str
    root_version: int
    #: Failed attempts so far.
    attempts: int

    @property
    def name(self) -> str:
        """`evt_12_3456`: where the event stands in the log."""
        return f"evt_{self.partition}_{self.offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What an attempt came to, and why in a code (`503`, `timeout`): never what the receiver wrote."""

    came: Came
    reason: str = ""


class Letters(Protocol):
    """The letters of an installation."""

    def address(self, most: int) -> int:
        """Make the letters of at most `most` further events; answers how many events were looked at.

        Any number of processes may do so: each event is looked at once.
        """

    def attempt(self, now: datetime, send: Callable[[Letter], Ending]) -> Ending | None:
        """Send one letter that is due at `now` (inclusive), the first of its dossier; None if there is none.

        Nobody else sends a letter of the same dossier to the same subscription meanwhile.
        """


def next_attempt(failed: int, now: datetime) -> datetime | None:
    """When a letter is sent again after so many failed attempts (from 1 on); None if it is given up."""
    return now + PAUSES[failed - 1] if failed <= len(PAUSES) else None


def work_off(letters: Letters, now: Callable[[], datetime], send: Callable[[Letter], Ending], most: int) -> int:
    """Send what is due, at most so many letters; answers how many were sent, taken or not."""
    for sent in range(most):
        if letters.attempt(now(), send) is None:
            return sent
    return most
