"""Records of a Django dump, read field by field: whatever is wrong is said, with the name of the field."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from application.imports.findings import Findings, Nature, Source, Unfit, Why
from domain.journey import Refusal

T = TypeVar("T")

#: What identifiers of records without one of their own are derived from: never changed, or a dump is imported twice.
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://emplois.inclusion.beta.gouv.fr/")


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One record. The names of the fields that were looked at are added to `looked_at`."""

    source: Source
    fields: Mapping[str, Any]
    looked_at: set[str] = field(default_factory=set)

    @property
    def identity(self) -> str:
        """A UUID for ever the same: the record's own if it has one, else derived from its kind and key."""
        own = self.fields.get("public_id", self.fields.get("uid"))
        self.looked_at.update(("public_id", "uid"))
        return own if isinstance(own, str) and _is_uuid(own) else derived(self.source.model, self.source.key)

    def text(self, name: str) -> str | None:
        """A text without surrounding space; None if there is none."""
        return (self._get(name, str) or "").strip() or None

    def needed(self, name: str) -> str:
        """A text that must be there."""
        return _there(name, self.text(name))

    def flag(self, name: str) -> bool:
        """A boolean; false if it is missing."""
        return bool(self._get(name, bool))

    def number(self, name: str) -> int | None:
        """A whole number."""
        value: int | None = self._get(name, int)
        if isinstance(value, bool):
            raise Unfit(name, Why.WRONG_TYPE)
        return value

    def key(self, name: str) -> str | None:
        """The key of another record."""
        value = self._get(name, int | str)
        return None if value in (None, "") else str(value)

    def day(self, name: str) -> date | None:
        """A calendar day."""
        return self._parsed(name, date.fromisoformat)

    def instant(self, name: str) -> datetime | None:
        """An instant, which says its offset."""
        instant = self._parsed(name, datetime.fromisoformat)
        if instant is not None and instant.tzinfo is None:
            raise Unfit(name, Why.WRONG_TYPE)
        return instant

    def when(self, name: str) -> datetime:
        """An instant that must be there."""
        return _there(name, self.instant(name))

    def items(self, name: str) -> Sequence[Any]:
        """A list, which some dumps write as text."""
        value = self._get(name, list | str)
        if isinstance(value, str):
            value = self._parsed(name, json.loads) if value else None
        if not isinstance(value, list | None):
            raise Unfit(name, Why.WRONG_TYPE)
        return value or []

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        if any(not isinstance(each, str) for each in self.items(name)):
            raise Unfit(name, Why.WRONG_TYPE)
        return tuple(self.items(name))

    def code(self, name: str, known: Mapping[str, T]) -> T | None:
        """What a code stands for; None if there is no code."""
        written = self.text(name)
        if written is not None and written not in known:
            raise Unfit(name, Why.UNKNOWN_CODE)
        return None if written is None else known[written]

    def coded(self, name: str, known: Mapping[str, T]) -> T:
        """What a code that must be there stands for."""
        return _there(name, self.code(name, known))

    def _get(self, name: str, kind: Any) -> Any:
        self.looked_at.add(name)
        value = self.fields.get(name)
        if value is not None and not isinstance(value, kind):
            raise Unfit(name, Why.WRONG_TYPE)
        return value

    def _parsed(self, name: str, parse: Callable[[str], T]) -> T | None:
        written = self.text(name)
        if written is None:
            return None
        try:
            return parse(written)
        except ValueError:
            raise Unfit(name, Why.WRONG_TYPE) from None


@dataclass(frozen=True, slots=True)
class Lenient:
    """Reads what a record may do without: a field that is wrong is left out, and said to be."""

    record: Record
    findings: Findings

    def __call__(self, read: Callable[[], T], name: str) -> T | None:
        """What is read, or None."""
        try:
            return read()
        except (Unfit, Refusal) as error:
            self.findings.unfit(Nature.FIELD_LEFT_OUT, self.record.source, error, name)
            return None


def address_of(record: Record) -> str | None:
    """The address on one line, the postcode before the town; None if there is none."""
    place = " ".join(each for each in (record.text("post_code"), record.text("city")) if each)
    lines = (record.text("address_line_1"), record.text("address_line_2"), place)
    return ", ".join(each for each in lines if each) or None


def derived(model: str, key: str) -> str:
    """The UUID of a record that has none of its own."""
    return str(uuid5(_NAMESPACE, f"{model}/{key}"))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _there(name: str, value: T | None) -> T:
    if value is None:
        raise Unfit(name, Why.MISSING)
    return value
