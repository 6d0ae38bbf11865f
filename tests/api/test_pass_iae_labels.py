import inspect
import string
import tomllib
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import api
from domain.iae.right import SuspensionReason
from domain.journey import Refusal
from domain.pass_iae import codes, pass_iae_journey, refusals
from domain.pass_iae.codes import Stage
from domain.vocabulary import Personal
from tests.api.test_job_application_labels import leaves

LABELS: dict[str, Any] = tomllib.loads((Path(api.__path__[0]) / "labels" / "pass_iae.toml").read_text(encoding="utf-8"))
REFUSALS = [
    kind
    for _, kind in inspect.getmembers(refusals, inspect.isclass)
    if issubclass(kind, Refusal) and kind is not Refusal
]
CODES: list[type[StrEnum]] = [
    SuspensionReason,
    *(
        kind
        for _, kind in inspect.getmembers(codes, inspect.isclass)
        if issubclass(kind, StrEnum) and kind not in {StrEnum, Stage}
    ),
]


def test_every_label_is_in_french_and_in_english_and_says_something() -> None:
    found = list(leaves(LABELS))
    assert all(label.keys() == {"fr", "en"} and all(text.strip() for text in label.values()) for label in found)


def test_everything_that_people_read_has_a_label_and_nothing_else_has() -> None:
    assert {name: set(table) for name, table in LABELS.items() if name != "codes"} == {
        "stages": {stage.value for stage in Stage},
        "commands": {kind.__name__ for kind in pass_iae_journey.commands},
        "events": {kind.__name__ for kind in pass_iae_journey.events},
        "refusals": {kind.__name__ for kind in REFUSALS},
    }
    assert {name: set(table) for name, table in LABELS["codes"].items()} == {
        kind.__name__: {code.value for code in kind} for kind in CODES
    }


@pytest.mark.parametrize("kind", pass_iae_journey.events)
def test_a_sentence_of_the_timeline_uses_facts_of_the_event_that_are_not_personal(kind: type[Any]) -> None:
    hints = get_type_hints(kind, include_extras=True)
    public = {field.name for field in fields(kind) if Personal not in getattr(hints[field.name], "__metadata__", ())}
    for text in LABELS["events"][kind.__name__].values():
        assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= public


@pytest.mark.parametrize("kind", REFUSALS)
def test_the_english_of_a_refusal_is_its_own_sentence(kind: type[Refusal]) -> None:
    assert LABELS["refusals"][kind.__name__]["en"] == kind.sentence()
