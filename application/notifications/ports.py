"""What telling people needs of the world, each port documented by what it promises."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from application.notifications.contents.matter import Facts
from application.notifications.notice import Channel, Delivery, Ending, Letter, Notice, State
from application.notifications.templates import Template
from domain.vocabulary import OrganisationId, Subject


class Rejected(Exception):
    """The other side will never take this letter. Says a code, never what the other side said."""


class TryLater(Exception):
    """The other side may take this letter later. Says a code."""


class CarrierAway(Exception):
    """No letter can be carried now: it is nobody's letter's fault. Says a code."""


class Carrier(Protocol):
    """Carries letters."""

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels it serves."""

    @property
    def needs_address(self) -> bool:
        """Whether it can do nothing with a letter without an address."""

    def carry(self, letter: Letter, /) -> None:
        """Hand the letter over. Raises `Rejected`, `TryLater` or `CarrierAway`."""

    def close(self) -> None:
        """Let go of what was kept open between letters."""


class AddressBook(Protocol):
    """Where professionals and organisations are written to. Raises `CarrierAway` if it cannot be looked up now."""

    def of(self, subject: Subject, /) -> str | None:
        """Their e-mail address; None if it is not known."""

    def mailbox(self, organisation: OrganisationId, category: str, /) -> str | None:
        """The e-mail address that an organisation gave for a category of appointments; None if it is not known."""


class Preferences(Protocol):
    """What each professional, and each candidate by their account, does without, in each organisation or in none."""

    def disabled(self, subject: Subject, organisation: OrganisationId | None) -> frozenset[Template]:
        """What they do without there."""

    def replace(self, subject: Subject, organisation: OrganisationId | None, disabled: Collection[Template]) -> None:
        """Do without these and no others."""


class Outbox(Protocol):
    """The notices, and how far the deliveries of each are. Any number of processes use it at once."""

    def take_up(self, since: datetime, most: int, whom: Callable[[Notice], Sequence[Delivery]], now: datetime) -> int:
        """Make deliveries of at most so many notices recorded since then that have none; answers how many notices.

        One for which there is nobody is kept as undeliverable.
        """

    def attempt(
        self, channels: Collection[Channel], now: datetime, attempt: Callable[[Delivery], Ending]
    ) -> tuple[Delivery, Ending] | None:
        """Attempt one delivery that is due while nobody else can, and keep how it ended; None if none is due.

        If the attempt raises, the delivery stays as it was.
        """

    def again(self, now: datetime) -> int:
        """Let what was undeliverable or given up wait again; answers how many."""

    def counts(self) -> Mapping[State, Mapping[str, int]]:
        """How many deliveries are in each state, by the code of the reason (`` for none)."""


class Writer(Protocol):
    """Writes what a template says."""

    def write(self, delivery: Delivery, about: str | None, facts: Facts, /) -> tuple[str, str, str]:
        """Its subject, its body and their language.

        `about` is the name of the organisation that it may name, `facts` are what else it may say.
        """
