"""What no request may say, whatever its shape: text that cannot be stored, numbers and days out of this world."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from domain.vocabulary import CandidateId, OrganisationId, Subject
from infrastructure.identity.claims import OpaqueSubject

#: What every JSON reader reads exactly (RFC 8259 §6).
LARGEST_NUMBER: Final = 2**53 - 1
#: Far enough from both ends of the calendar that adding months or days to any of them is a day.
YEARS: Final = range(1900, 2200)
OUR_CENTURIES: Final = "^(19|20|21)[0-9]{2}-"

_UUID: Final = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
RootIdentifier = Annotated[
    str,
    StringConstraints(pattern=_UUID),
    AfterValidator(str.lower),
    WithJsonSchema({"type": "string", "format": "uuid", "pattern": _UUID}),
]


def _usable(instant: AwareDatetime) -> AwareDatetime:
    if instant.year not in YEARS:
        raise PydanticCustomError("unusable", "Input should be a time from 1900 to 2199")
    return instant


#: A time with its offset from UTC, of our centuries.
Instant = Annotated[AwareDatetime, AfterValidator(_usable)]
#: What stands at the doors for types of which rules know less: text, or a time.
AT_THE_DOOR: Final[Mapping[Any, Any]] = {
    OrganisationId: RootIdentifier,
    CandidateId: RootIdentifier,
    Subject: OpaqueSubject,
    datetime: Instant,
}


def at_the_door(hint: Any) -> Any:
    """The same type, with what stands at the doors for every identifier in it."""
    if hint in AT_THE_DOOR:
        return AT_THE_DOOR[hint]
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Annotated[(at_the_door(parts[0]), *parts[1:])]
    if origin in {Union, UnionType}:
        return Union[tuple(at_the_door(part) for part in parts)]  # noqa: UP007 - made at run time
    return origin[tuple(at_the_door(part) for part in parts)] if origin in {tuple, frozenset} else hint


def unusable(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where a value, at any depth, cannot be used, and what was expected there."""
    match value:
        case str() if "\0" in value:
            yield path, "text without NUL characters"
        case bool() | str() | NoneType():
            return
        case int() if abs(value) > LARGEST_NUMBER:
            yield path, f"a number between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"
        case date() if value.year not in YEARS:
            yield path, f"a day from {YEARS.start} to {YEARS.stop - 1}"
        case _:
            for name, part in _parts(value):
                yield from unusable(part, (*path, name))


def _parts(value: Any) -> Iterable[tuple[str | int, object]]:
    if is_dataclass(value):
        return [(each.name, getattr(value, each.name)) for each in fields(value)]
    return enumerate(value) if isinstance(value, tuple | frozenset) else ()


def check(title: str, *values: object) -> None:
    """Raise pydantic's `ValidationError` if something cannot be used."""
    errors = [
        InitErrorDetails(
            type=PydanticCustomError("unusable", "Input should be {what}", {"what": what}), loc=path, input=None
        )
        for value in values
        for path, what in unusable(value)
    ]
    if errors:
        raise ValidationError.from_exception_data(title, errors)


def _written(given: object) -> object:
    """Seconds since 1970 are no way to write a time, though pydantic reads them in an address."""
    if isinstance(given, str) and not re.match(r"\d{4}-\d\d-\d\d[Tt ]", given):
        raise PydanticCustomError("unusable", "Input should be a time, as 2026-03-01T10:00:00+01:00")
    return given


#: The same in an address.
InstantInAddress = Annotated[Instant, BeforeValidator(_written)]
