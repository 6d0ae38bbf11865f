"""JSON as a signed document must be read: no member twice, no number that is none."""

import json
from typing import Any, NoReturn


def read_object(text: bytes) -> dict[str, Any]:
    """Read a JSON object. Raises `ValueError` for anything else, and for a member given twice at any depth."""
    try:
        value = json.loads(text, object_pairs_hook=_each_once, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - a malformed document, not a mistake of ours
    return value


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member is given twice")
    return members


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a number")
