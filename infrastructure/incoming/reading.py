"""Reading what another service sends: its own shapes, of which only what is needed is looked at."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from html import unescape
from typing import Annotated, Any, Final, TypeVar

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from application.incoming.inbox import Malformed
from domain.calendar import paris_day
from domain.journey import Refusal

M = TypeVar("M", bound="Shape")
V = TypeVar("V")

#: No text that is needed here is longer.
LONGEST: Final = 6000
_INSTANT: Final = re.compile(r"((?:19|20|21)\d\d-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})? ?(Z|UTC|[+-]\d\d:?\d\d)")
_MICROSECONDS: Final = 7
_TAG: Final = re.compile(r"<[^<>]*>")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{1,100}", re.ASCII)


def instant(value: object) -> datetime:
    """An instant as Rails and JavaScript write it: `2021-05-30 14:44:22 +0200`, `2021-09-08T10:00:00.123Z`."""
    found = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("an instant with its offset from UTC")
    day, time, fraction, offset = found.groups()
    written = f"{day}T{time}{(fraction or '')[:_MICROSECONDS]}{'+00:00' if offset in {'Z', 'UTC'} else offset}"
    return datetime.fromisoformat(written).astimezone(UTC)


def day(value: object) -> date:
    """A day, also where its first instant is written, in UTC or in Paris."""
    if not isinstance(value, str):
        raise ValueError("a day")  # noqa: TRY004 - pydantic asks for it
    if "T" not in value:
        return date.fromisoformat(value)
    at = instant(value)
    return at.date() if at.time() == time(0) else paris_day(at)


def key(value: object) -> str:
    """What the other service calls a thing: a number or an opaque code."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _KEY.fullmatch(text):
        raise ValueError("an identifier")
    return text


def text(value: object) -> object:
    """A text without markup, without what cannot be printed, and without space around it."""
    if not isinstance(value, str):
        return value
    return _UNPRINTABLE.sub("", unescape(_TAG.sub("", value))).strip()[:LONGEST]


Instant = Annotated[datetime, BeforeValidator(instant)]
Day = Annotated[date, BeforeValidator(day)]
Key = Annotated[str, BeforeValidator(key)]
Text = Annotated[str, BeforeValidator(text)]
Needed = Annotated[Text, Field(min_length=1)]


class Shape(BaseModel):
    """What a message holds, among other things."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True)


class CamelShape(Shape):
    """The same, of whoever writes `dateStart`."""

    model_config = ConfigDict(alias_generator=to_camel)


def document(raw: bytes) -> Mapping[str, Any]:
    """A message as JSON. Raises `Malformed`."""
    try:
        read = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise Malformed("(body)") from None
    if not isinstance(read, dict):
        raise Malformed("(body)")
    return read


def shaped(shape: type[M], value: object) -> M:
    """What a message says, by its shape. Raises `Malformed` with the place, never with what stands there."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
        raise Malformed(".".join(map(str, place)) or "(body)") from None


def usable(of: Callable[[str | None], V], value: str | None) -> V | None:
    """A value that our rules accept, or None: what is no address is not known."""
    try:
        return of(value)
    except Refusal:
        return None
