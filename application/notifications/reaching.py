"""Where somebody is reached: their address, opened at the last moment, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final, assert_never

from application.directory import Directory, UnknownOrganisation
from application.notifications.contents.matter import Matter
from application.notifications.notice import Channel, Delivery, Recipient, Told
from application.notifications.ports import AddressBook, Preferences
from application.notifications.templates import DISABLEABLE
from domain.candidate.codes import ClosingReason
from domain.candidate.state import Candidate
from domain.formats.phone import receives_texts
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

    addresses: AddressBook
    preferences: Preferences
    #: Where those who keep the platform are written to; None if nobody said.
    support: str | None = None

    def address(self, delivery: Delivery, matter: Matter, directory: Directory) -> str:
        """Raises `Unreachable` or `Unwanted`; `RecordBroken` for a dossier that cannot be read."""
        address = self._address(delivery, matter, directory)
        if delivery.notice.told.channel is Channel.SMS and not receives_texts(address):
            raise Unreachable("not_mobile")
        return address

    def _address(self, delivery: Delivery, matter: Matter, directory: Directory) -> str:
        told = delivery.notice.told
        match told.recipient:
            case Recipient.CANDIDATE:
                return self._of_candidate(delivery, matter)
            case Recipient.NAMED:
                return self._of_named(told, matter)
            case Recipient.MAILBOX:
                return self._of_mailbox(told, directory)
            case Recipient.ESTABLISHMENT:
                raise Unreachable("told_elsewhere")
            case Recipient.MEMBERS | Recipient.PROFESSIONAL | Recipient.COLLEAGUES:
                return self._of_professional(delivery)
            case Recipient.SUPPORT:
                return _known(self.support)
            case _:
                assert_never(told.recipient)

    def _of_candidate(self, delivery: Delivery, matter: Matter) -> str:
        candidate = _spoken_to(matter)
        address = _known(getattr(candidate, FIELDS[delivery.notice.told.channel]))
        if candidate.account is not None:
            self._ask(candidate.account, None, delivery)
        return address

    def _of_named(self, told: Told, matter: Matter) -> str:
        """Whoever is known by somebody's dossier alone is told nothing about the dead, or about those who oppose."""
        _spoken_to(matter)
        path = (told.named or "").split(".")
        return _known(reduce(lambda place, name: place and getattr(place, name), path, matter.case))

    def _of_mailbox(self, told: Told, directory: Directory) -> str:
        """An organisation says whether it wants to be told; where, the installation knows."""
        category = told.named or ""
        try:
            configuration = directory.category(told.organisation, category) if told.organisation else None
        except UnknownOrganisation:
            configuration = None
        if told.organisation is None or configuration is None or not configuration.tell_changes:
            raise Unwanted
        return _known(self.addresses.mailbox(told.organisation, category))

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


def _spoken_to(matter: Matter) -> Candidate:
    """The person whose dossier it is. Raises `Unreachable` if nobody writes about them any more."""
    candidate: Candidate = matter.standing.cases[RootKind.CANDIDATE]
    if candidate.first_name == ERASED:
        raise Unreachable("erased")
    if candidate.closing_reason in SILENT:
        raise Unreachable(candidate.closing_reason.value)
    return candidate


def _known(address: Any) -> str:
    if address == ERASED:
        raise Unreachable("erased")
    if not address:
        raise Unreachable("no_address")
    return str(address)
