"""Where professionals and organisations are written to, in a file of the installation: none of it is in the record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from application.notifications.ports import CarrierAway
from domain.vocabulary import OrganisationId, Subject


class BookRefused(RuntimeError):
    """The file cannot be used. Says why, never what is in it."""


class NoAddresses:
    """`application.notifications.ports.AddressBook` of an installation that has none."""

    def of(self, _: Subject) -> str | None:
        """Not known."""
        return None

    def mailbox(self, _: OrganisationId, __: str) -> str | None:
        """Not known."""
        return None


@dataclass
class AddressFile:
    """`application.notifications.ports.AddressBook`, read again when it has changed.

    `{"<subject>": "<address>", "<organisation>/<category>": "<address>"}`.
    """

    path: Path
    _seen: tuple[int, int] = (0, 0)
    _known: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Raises `BookRefused`."""
        self._latest()

    def of(self, subject: Subject) -> str | None:
        """As the port says."""
        return self._at(subject)

    def mailbox(self, organisation: OrganisationId, category: str) -> str | None:
        """As the port says."""
        return self._at(f"{organisation}/{category}")

    def _at(self, key: str) -> str | None:
        try:
            return self._latest().get(key)
        except BookRefused:
            raise CarrierAway("address_book") from None

    def _latest(self) -> Mapping[str, str]:
        try:
            status = self.path.stat()
            if (identity := (status.st_ino, status.st_mtime_ns)) != self._seen:
                self._known, self._seen = _read(self.path), identity
        except OSError as error:
            raise BookRefused(f"{self.path}: {error.strerror}") from None
        return self._known


def _read(path: Path) -> Mapping[str, str]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise BookRefused(f"{path} is not JSON") from None
    if not isinstance(known, dict) or not all(isinstance(each, str) for each in known.values()):
        raise BookRefused(f"{path} must map subjects and mailboxes to addresses")
    return known
