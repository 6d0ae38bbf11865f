"""What a notice is about: the dossier, read only if a letter needs it, and once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Any

from application.dossiers import Catalogue, Standing, stand
from application.notifications.notice import Notice
from application.ports import Digests, Journal, Recorded


class Needless(Exception):
    """Nobody needs to be told any more. Says a code."""


class Private(str):
    """Something personal: no output that is kept for developers holds it."""

    __slots__ = ()


#: None where it is not known: the sentence that would say it is left out.
Fact = str | date | datetime | time | StrEnum | None
Facts = Mapping[str, Fact]


@dataclass(frozen=True, kw_only=True)
class Matter:
    """The dossier of a notice, as it is now."""

    notice: Notice
    journal: Journal
    catalogue: Catalogue
    digests: Digests

    @cached_property
    def _history(self) -> list[Recorded]:
        return list(self.journal.load(self.notice.root))

    @cached_property
    def standing(self) -> Standing:
        """Where every journey stands. Raises `RecordBroken` for a dossier that cannot be read."""
        return stand(self.catalogue, self._history)

    @property
    def case(self) -> Any:
        """Where the journey of the notice stands."""
        return self.standing.cases[self.notice.journey]

    @property
    def event(self) -> Any:
        """The event that is told."""
        return self._history[self.notice.root_version - 1].event
