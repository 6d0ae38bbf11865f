"""What is checked of the labels of any journey."""

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any, get_args, get_type_hints

from domain.journey import Journey, Refusal
from domain.vocabulary import Personal

LABELS = Path(__file__).parents[2] / "api/labels"


def labels_of(journey: Journey[Any, Any, Any]) -> Mapping[str, Any]:
    return tomllib.loads((LABELS / f"{journey.name.replace('-', '_')}.toml").read_text(encoding="utf-8"))


def refusals_in(module: ModuleType) -> Mapping[str, type[Refusal]]:
    found = getmembers(module, lambda each: isclass(each) and issubclass(each, Refusal) and each is not Refusal)
    return dict(found)


def codes_of(kinds: Iterable[type[Any]]) -> Mapping[str, list[str]]:
    """The closed lists that the fields of messages or states are made of."""
    hints = [hint for kind in kinds for hint in get_type_hints(kind).values()]
    return {kind.__name__: sorted(kind) for hint in hints for kind in _codes_in(hint)}


def _codes_in(hint: Any) -> Iterable[type[StrEnum]]:
    if isclass(hint) and issubclass(hint, StrEnum):
        return [hint]
    return [kind for part in get_args(hint) for kind in _codes_in(part)]


def open_fields(event: type[Any]) -> set[str]:
    hints = get_type_hints(event, include_extras=True)
    return {name for name, hint in hints.items() if Personal not in get_args(hint)}


def fields_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
