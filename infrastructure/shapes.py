"""What an event class looks like in the record: every place in it, its type, and whether it is personal."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, NewType, Union, get_args, get_origin, get_type_hints

from domain.vocabulary import Personal

#: No times of day: orjson 3.13 drops a zero of their fractions (`00:00:00.010000` becomes `00:00:00.10000`).
PLAIN: Final = (bool, int, float, str, date, datetime)
#: Every element of a list or mapping, in a path.
EACH: Final = "*"


class Unrecordable(TypeError):
    """An event class has a field that the record could not give back as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place in an event: `("people", "*", "name")` is the name of each of its people."""

    path: tuple[str, ...]
    type: str
    #: For closed lists: what may stand there.
    codes: tuple[str, ...] = ()
    personal: bool = False
    #: False if a default stands for it where it is not recorded.
    required: bool = True


def places(cls: type[Any]) -> tuple[Place, ...]:
    """Every place of an event class. Raises `Unrecordable`, in particular if something personal is not text."""
    return tuple(_members(cls, ()))


def _members(cls: type[Any], at: tuple[str, ...]) -> Iterator[Place]:
    hints = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        yield from _places(hints[field.name], (*at, field.name), required=_is_required(field))


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _places(hint: Any, path: tuple[str, ...], *, required: bool) -> Iterator[Place]:
    """The place itself, then the ones inside it."""
    bare, personal, optional = _bare(hint, path)
    name, inside = _named(bare, path)
    yield Place(
        path=path,
        type=f"{name} | None" if optional else name,
        codes=tuple(bare) if isinstance(bare, type) and issubclass(bare, StrEnum) else (),
        personal=personal,
        required=required,
    )
    if inside is not None:
        yield from _places(inside, (*path, EACH), required=True)
    elif is_dataclass(bare) and isinstance(bare, type):
        yield from _members(bare, path)


def _bare(hint: Any, path: tuple[str, ...]) -> tuple[Any, bool, bool]:
    """The type itself, whether it is marked as personal, and whether None may stand for it."""
    personal = optional = False
    while (inner := _unwrapped(hint)) is not None:
        personal |= get_origin(hint) is Annotated and any(mark is Personal for mark in hint.__metadata__)
        optional |= get_origin(hint) in (Union, UnionType)
        hint = inner
    if personal and hint is not str:
        raise Unrecordable(f"{'.'.join(path)}: only text may be personal")
    return hint, personal, optional


def _unwrapped(hint: Any) -> Any:
    """What a hint says one thing more about; None if it is a type by itself."""
    if isinstance(hint, NewType):
        return hint.__supertype__
    if get_origin(hint) is Annotated:
        return get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        others = [arm for arm in get_args(hint) if arm is not NoneType]
        return others[0] if len(others) == 1 else None
    return None


def _named(bare: Any, path: tuple[str, ...]) -> tuple[str, Any]:
    """What the record calls a type, and the type of its elements if it has any."""
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return "list", arguments[0]
    if origin is frozenset and isinstance(_bare(arguments[0], path)[0], type):
        return "set", arguments[0]
    if origin is Mapping and issubclass(_bare(arguments[0], path)[0], str):
        return "mapping", arguments[1]
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return "code", None
    if is_dataclass(bare):
        return "message", None
    if bare in PLAIN:
        return str(bare.__name__), None
    raise Unrecordable(f"{'.'.join(path)}: the record does not know how to hold {bare!r}")
