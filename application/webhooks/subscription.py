"""What an organisation wants to be told, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.journey import Refusal
from domain.vocabulary import OrganisationId

#: How many subscriptions an organisation may have.
MOST: Final = 20
#: Everything there is.
ALL: Final = "*"


class TooManyWebhooks(Refusal):
    """Your organisation has as many webhooks as it may: end one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A wish, and the address it is for."""

    id: str
    organisation: OrganisationId
    #: The calling application that asked.
    client: str
    url: str
    #: Names in the record (`job-application.Accepted`), a whole journey (`job-application.*`), or `*`.
    events: tuple[str, ...]
    #: Which of its secrets signs: the secrets of former generations no longer do.
    generation: int
    #: Nothing recorded before is told, unless it is asked for again.
    created_at: datetime
    #: False once the address answered that it is gone (410).
    active: bool = True

    def wants(self, name: str) -> bool:
        """Whether an event of this name is told."""
        return any(wish in {ALL, name, f"{name.partition('.')[0]}.{ALL}"} for wish in self.events)


def known_wishes(names: Iterable[str]) -> frozenset[str]:
    """What may be asked for, given the names of the record."""
    every = frozenset(names)
    return every | {f"{name.partition('.')[0]}.{ALL}" for name in every} | {ALL}
