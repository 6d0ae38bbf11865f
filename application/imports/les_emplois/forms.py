"""The form of an orientation, as the prescriber filled it in (dora §5.1)."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.imports.findings import Findings, Nature, Why
from application.imports.les_emplois import codes
from application.imports.records import Lenient, Record, address_of
from domain.orientation.form import Attachment
from domain.orientation.refusals import TextTooLong
from domain.orientation.sending import LIMITS


@dataclass(frozen=True, slots=True)
class Form:
    """Reads what the prescriber filled in; a text that is too long is left out, and said to be."""

    record: Record
    findings: Findings

    def people(self, user: Record, sender: Record | None) -> dict[str, Any]:
        """The beneficiary, the referent and the prescriber."""
        number = self._fitting(user, "phone", "beneficiary_phone")
        return {
            "beneficiary_last_name": user.needed("last_name"),
            "beneficiary_first_name": user.needed("first_name"),
            "beneficiary_phone": number,
            "beneficiary_email": self._fitting(user, "email", "beneficiary_email"),
            "beneficiary_other_contact": self._own("beneficiary_other_contact_method", "beneficiary_other_contact"),
            "referent_last_name": self.record.needed("referent_last_name"),
            "referent_first_name": self.record.needed("referent_first_name"),
            "referent_email": self.record.needed("referent_email"),
            "referent_phone": self._own("referent_phone", "referent_phone"),
            "prescriber_last_name": self._fitting(sender, "last_name", "prescriber_last_name"),
            "prescriber_first_name": self._fitting(sender, "first_name", "prescriber_first_name"),
            "prescriber_email": self._fitting(sender, "email", "prescriber_email"),
            "prescriber_phone": self._fitting(sender, "phone", "prescriber_phone"),
            "situation_other": self._own("situation_other", "situation_other"),
            "reasons": self._own("orientation_reasons", "reasons"),
        }

    def place(self, service: Record) -> dict[str, Any]:
        """Where the service is, and how it is reached."""
        return {
            "service_address": self._within(address_of(service), "service_address"),
            "service_contact_name": self._fitting(service, "contact_full_name", "service_contact_name"),
            "service_contact_email": self._fitting(service, "contact_email", "service_contact_email"),
            "service_contact_phone": self._fitting(service, "contact_phone", "service_contact_phone"),
        }

    def preferences(self) -> tuple[Any, ...]:
        """The ways to reach the person."""
        name = "beneficiary_contact_preferences"
        written = self._lenient(lambda: self.record.texts(name), name) or ()
        known = [codes.CONTACT_PREFERENCES[each] for each in written if each in codes.CONTACT_PREFERENCES]
        if len(known) < len(written):
            self.findings.note(Nature.FIELD_LEFT_OUT, self.record.source, Why.UNKNOWN_CODE, name)
        return tuple(known)

    def attachments(self) -> tuple[Attachment, ...]:
        """The documents, named by a digest of the path that DORA keeps them under."""
        paths = self._lenient(lambda: self.record.texts("attachments"), "attachments") or ()
        if paths:
            self.findings.note(Nature.SUPPOSED, self.record.source, Why.SIZE_UNKNOWN, "attachments")
        return tuple(
            Attachment(reference=hashlib.sha256(path.encode()).hexdigest(), name=path.rpartition("/")[2], size=0)
            for path in paths
        )

    def labels(self, name: str) -> tuple[str, ...]:
        """What was ticked."""
        return self._lenient(lambda: self.record.texts(name), name) or ()

    def day(self, name: str) -> date | None:
        """A day, if there is one."""
        return Lenient(self.record, self.findings)(lambda: self.record.day(name), name)

    def positive(self, name: str) -> int | None:
        """A duration, if there is one."""
        return self._lenient(lambda: self.record.number(name), name) or None

    def _own(self, name: str, ours: str) -> str | None:
        return self._fitting(self.record, name, ours)

    def _fitting(self, record: Record | None, name: str, ours: str) -> str | None:
        """A text of a record that is no longer than ours may be."""
        return self._within(None if record is None else self._lenient(lambda: record.text(name), name), ours)

    def _within(self, written: str | None, ours: str) -> str | None:
        if written is None or len(written) <= LIMITS[ours]:
            return written
        self.findings.refused(Nature.FIELD_LEFT_OUT, self.record.source, TextTooLong, ours)
        return None

    def _lenient(self, read: Any, name: str) -> Any:
        return Lenient(self.record, self.findings)(read, name)
