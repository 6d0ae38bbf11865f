"""Where somebody is reached: their address, opened at the last moment, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final, assert_never

from application.dossiers import Catalogue, Standing, stand
from application.notifications.notice import Channel, Delivery, Recipient
from application.notifications.ports import AddressBook, Preferences
from application.notifications.templates import DISABLEABLE
from application.ports import Journal
from domain.candidate.codes import ClosingReason
from domain.candidate.state import Candidate
from domain.vocabulary import ERASED, OrganisationId, RootKind, Subject

#: Where a candidate's address stands in their state.
FIELDS: Final[Mapping[Channel, str]] = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.POSTAL: "address"}
#: Nobody writes to them any more.
SILENT: Final = frozenset({ClosingReason.DECEASED, ClosingReason.OPPOSITION_TO_PROCESSING})


class Unreachable(Exception):
    """There is nowhere to tell somebody anything. Says a code."""


class Unwanted(Exception):
    """They asked not to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Finds addresses."""

    journal: Journal
    catalogue: Catalogue
    addresses: AddressBook
    preferences: Preferences
    #: Where those who keep the platform are written to; None if nobody said.
    support: str | None = None

    def address(self, delivery: Delivery) -> str:
        """Raises `Unreachable` or `Unwanted`; `RecordBroken` for a dossier that cannot be read."""
        match delivery.notice.told.recipient:
            case Recipient.CANDIDATE:
                return self._of_candidate(delivery)
            case Recipient.NAMED:
                return self._of_named(delivery)
            case Recipient.MEMBERS | Recipient.PROFESSIONAL | Recipient.COLLEAGUES:
                return self._of_professional(delivery)
            case Recipient.SUPPORT:
                return _known(self.support)
            case _:
                assert_never(delivery.notice.told.recipient)

    def _of_candidate(self, delivery: Delivery) -> str:
        candidate: Candidate = self._standing(delivery).cases[RootKind.CANDIDATE]
        if candidate.first_name == ERASED:
            raise Unreachable("erased")
        if candidate.closing_reason in SILENT:
            raise Unreachable(candidate.closing_reason.value)
        address = _known(getattr(candidate, FIELDS[delivery.notice.told.channel]))
        if candidate.account is not None:
            self._ask(candidate.account, None, delivery)
        return address

    def _of_named(self, delivery: Delivery) -> str:
        told = delivery.notice.told
        case = self._standing(delivery).cases[delivery.notice.journey]
        path = (told.named or "").split(".")
        return _known(reduce(lambda place, name: place and getattr(place, name), path, case))

    def _of_professional(self, delivery: Delivery) -> str:
        told = delivery.notice.told
        if delivery.to is None or told.channel is not Channel.EMAIL:
            raise Unreachable("no_address")
        self._ask(delivery.to, told.organisation, delivery)
        return _known(self.addresses.of(delivery.to))

    def _ask(self, subject: Subject, organisation: OrganisationId | None, delivery: Delivery) -> None:
        template = delivery.notice.told.template
        if template in DISABLEABLE and template in self.preferences.disabled(subject, organisation):
            raise Unwanted

    def _standing(self, delivery: Delivery) -> Standing:
        return stand(self.catalogue, self.journal.load(delivery.notice.root))


def _known(address: Any) -> str:
    if address == ERASED:
        raise Unreachable("erased")
    if not address:
        raise Unreachable("no_address")
    return str(address)
