"""What a message says that is not personal, as JSON."""

from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import orjson

from domain.vocabulary import Personal


def public_json(message: object) -> str:
    """The fields of a message but the personal ones, at any depth: codes, days, identifiers, numbers."""
    return orjson.dumps(_public(message), _plain, orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS).decode()


def _public(message: object) -> dict[str, Any]:
    cls: Any = type(message)
    return {name: getattr(message, name) for name in public_fields(cls)}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _public(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__qualname__} cannot be a parameter")


@cache
def public_fields(message: Any) -> tuple[str, ...]:
    """The names of the fields that hold no personal text themselves."""
    hints = get_type_hints(message, include_extras=True)
    return tuple(name for name, hint in hints.items() if not _holds_personal(hint))


def _holds_personal(hint: Any) -> bool:
    return hint is Personal or any(_holds_personal(part) for part in get_args(hint))
