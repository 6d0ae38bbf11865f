"""Names in the record ↔ event classes, and events and metadata ↔ JSON.

JSON goes through pydantic's core in both directions of trust: 1 to 3.5 µs for an event, straight from the stored bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator

from application.ports import Metadata, RecordBroken
from domain.journey import Journey
from domain.vocabulary import ERASED, SEALED, RootKind
from infrastructure.sealing import DataKey, Plan, Position, plan, restore, seal, unseal, withhold
from infrastructure.shapes import Place, Unrecordable, places

#: Members of stored data that are not fields: the sealed texts, and the number of the shape where it is not 1.
SEALED_MEMBER: Final = "sealed"
SHAPE_MEMBER: Final = "shape"

Raw = dict[str, Any]
Upcaster = Callable[[Raw], Raw]
#: Recorded names that have another one now: the name in the record, then the present name.
ALIASES: Final[Mapping[str, str]] = {}
#: By present name: what makes the second shape of the first, the third of the second, … (stored data in, stored data
#: out, with personal texts that may be sealed or erased). The class has the last shape, and new events say its number.
UPCASTERS: Final[Mapping[str, Sequence[Upcaster]]] = {}

_SEALED: Final = orjson.dumps(SEALED)
_ERASED: Final = orjson.dumps(ERASED)


class UnknownEvent(RecordBroken, LookupError):
    """The record has a name, or a journey made an event, that no class of the catalogue answers to."""


class Unreadable(RecordBroken, ValueError):
    """Stored data does not have the shape of its event. Says where, never what was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One event class, as the record knows it."""

    name: str
    cls: type[Any]
    places: tuple[Place, ...]
    validator: SchemaValidator = field(repr=False)
    upcasters: Sequence[Upcaster] = ()
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        if taken := {place.path[0] for place in self.places} & {SEALED_MEMBER, SHAPE_MEMBER}:
            raise Unrecordable(f"{taken} has a meaning of its own in the record")
        object.__setattr__(self, "plan", plan(place.path for place in self.places if place.personal))

    def write(self, event: Any, position: Position, key: Callable[[], DataKey]) -> bytes:
        """The data to store. The key is asked for only if there are personal texts to seal."""
        if not self.plan and not self.upcasters:
            return _dump(event)
        raw: Raw = orjson.loads(_dump(event))
        if taken := withhold(raw, self.plan):
            raw[SEALED_MEMBER] = seal(key(), position, orjson.dumps(taken))
        if self.upcasters:
            raw[SHAPE_MEMBER] = 1 + len(self.upcasters)
        return orjson.dumps(raw)

    def read(self, data: bytes) -> Any:
        """The event as it is stored: `SEALED` in the place of personal texts. Raises `Unreadable`."""
        if self.upcasters:
            return self._present(orjson.loads(data))
        try:
            return self.validator.validate_json(data)
        except ValidationError as error:
            raise _unreadable(self.name, error) from None

    def open(self, data: bytes, position: Position, key: Callable[[], DataKey | None]) -> Any:
        """The event with its personal texts, or `ERASED` in their place if there is no key any more.

        Whatever shape the event had when it was recorded: then every text that is exactly `SEALED` reads as erased.

        Raises `Unreadable`, `Tampered`. The key is asked for only if there is something to open.
        """
        raw: Raw = orjson.loads(data)
        if sealed := raw.pop(SEALED_MEMBER, None):
            found = key()
            if found is None:
                return self.read(data.replace(_SEALED, _ERASED))
            restore(raw, orjson.loads(unseal(found, position, sealed)))
        return self._present(raw)

    def _present(self, raw: Raw) -> Any:
        """The event, from data of any shape that it has had."""
        for upcast in self.upcasters[raw.get(SHAPE_MEMBER, 1) - 1 :]:
            raw = upcast(raw)
        try:
            return self.validator.validate_python(raw)
        except ValidationError as error:
            raise _unreadable(self.name, error) from None


class Codec:
    """The one registry of recorded names (`job-application.Accepted`). Built once; every class is checked then."""

    def __init__(
        self,
        journeys: Iterable[Journey[Any, Any, Any]],
        *,
        aliases: Mapping[str, str] = ALIASES,
        upcasters: Mapping[str, Sequence[Upcaster]] = UPCASTERS,
    ) -> None:
        """Raises `Unrecordable` if an event class has a field that could not be recorded or sealed."""
        forms = [_form(journey, cls, upcasters) for journey in journeys for cls in journey.events]
        self._by_class = {form.cls: form for form in forms}
        if len(self._by_class) != len(forms):
            raise Unrecordable("an event class belongs to one journey, once")
        self.forms: Mapping[str, Form] = {form.name: form for form in forms}
        self._by_name = {**self.forms, **{old: self.forms[now] for old, now in aliases.items()}}

    def of(self, event: Any) -> Form:
        """How an event is recorded. Raises `UnknownEvent`."""
        try:
            return self._by_class[type(event)]
        except KeyError:
            raise UnknownEvent(f"{type(event).__qualname__} is no event of the catalogue") from None

    def named(self, name: str) -> Form:
        """How what is recorded under a name, present or past, is read. Raises `UnknownEvent`."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownEvent(f"nothing in the catalogue is recorded as {name!r}; was it renamed?") from None


def _form(journey: Journey[Any, Any, Any], cls: type[Any], upcasters: Mapping[str, Sequence[Upcaster]]) -> Form:
    name = f"{journey.name}.{cls.__name__}"
    try:
        form = Form(
            name=name,
            cls=cls,
            places=places(cls),
            validator=TypeAdapter(cls).validator,  # type: ignore[arg-type]  # a plug-in could wrap it; none does
            upcasters=upcasters.get(name, ()),
        )
    except Unrecordable as error:
        raise Unrecordable(f"{name}: {error}") from error
    if form.plan and journey.root is not RootKind.CANDIDATE:
        raise Unrecordable(f"{name}: only candidates have a key, so nothing here may be personal")
    return form


def _dump(event: Any) -> bytes:
    return orjson.dumps(event, _plain, orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"the record does not hold {type(value).__qualname__}")


def _unreadable(name: str, error: ValidationError) -> Unreadable:
    where = [".".join(map(str, each["loc"])) for each in error.errors(include_input=False, include_context=False)]
    return Unreadable(f"{name}: {', '.join(where)}")


_METADATA: Final = TypeAdapter(Metadata).validator


def write_metadata(metadata: Metadata) -> bytes:
    """Metadata as it is stored."""
    return orjson.dumps(metadata)


def read_metadata(stored: bytes) -> Metadata:
    """Stored metadata. Members that are not its own (the store's) are left aside."""
    metadata: Metadata = _METADATA.validate_json(stored)
    return metadata
