"""Every word of the journey has a French and an English label, and every command its permission."""

import tomllib
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path
from string import Formatter
from typing import Any, get_args, get_type_hints

import pytest

from application.permissions.orientation import PERMISSIONS
from domain.catalogue import CATALOGUE
from domain.journey import Refusal
from domain.orientation import Stage, codes, orientation_journey, refusals
from domain.vocabulary import Personal, Role

LABELS = tomllib.loads((Path(__file__).parents[3] / "api/labels/orientation.toml").read_text(encoding="utf-8"))
REFUSALS = {
    name: kind for name, kind in getmembers(refusals, isclass) if issubclass(kind, Refusal) and kind is not Refusal
}
CODES = {
    name: [code.value for code in kind]
    for name, kind in getmembers(codes, isclass)
    if issubclass(kind, StrEnum) and kind not in {StrEnum, Stage}
}


def names(kinds: tuple[type[Any], ...]) -> list[str]:
    return sorted(kind.__name__ for kind in kinds)


def test_every_word_has_its_label_and_no_label_is_left_over() -> None:
    assert sorted(LABELS) == ["codes", "commands", "events", "refusals", "stages"]
    assert sorted(LABELS["stages"]) == sorted(Stage)
    assert sorted(LABELS["commands"]) == names(orientation_journey.commands)
    assert sorted(LABELS["events"]) == names(orientation_journey.events)
    assert sorted(LABELS["refusals"]) == sorted(REFUSALS)
    assert {kind: sorted(values) for kind, values in LABELS["codes"].items()} == {
        kind: sorted(values) for kind, values in CODES.items()
    }


def test_every_label_is_in_french_and_in_english() -> None:
    plain = [label for table in ("stages", "commands", "events", "refusals") for label in LABELS[table].values()]
    coded = [label for values in LABELS["codes"].values() for label in values.values()]
    assert all(sorted(label) == ["en", "fr"] and all(label.values()) for label in (*plain, *coded))


@pytest.mark.parametrize("name", REFUSALS)
def test_the_english_of_a_refusal_is_its_own_sentence(name: str) -> None:
    assert LABELS["refusals"][name]["en"] == REFUSALS[name].sentence()


@pytest.mark.parametrize("event", orientation_journey.events)
def test_a_sentence_names_only_fields_that_are_not_personal(event: type[Any]) -> None:
    hints = get_type_hints(event, include_extras=True)
    open_fields = {name for name, hint in hints.items() if Personal not in get_args(hint)}
    for sentence in LABELS["events"][event.__name__].values():
        assert {name for _, name, _, _ in Formatter().parse(sentence) if name is not None} <= open_fields


def test_stored_codes_are_lower_ascii() -> None:
    stored = [code for values in CODES.values() for code in values] + list(Stage)
    assert all(code.isascii() and code.replace("_", "").isalpha() and code.islower() for code in stored)


def test_permissions_cover_every_command() -> None:
    assert names(tuple(PERMISSIONS)) == names(orientation_journey.commands)
    assert all(PERMISSIONS.values())


def test_only_the_system_tells_that_time_has_come() -> None:
    alone = [
        kind.__name__
        for kind, grants in PERMISSIONS.items()
        if {role for grant in grants for role in grant.roles} == {Role.SYSTEM}
    ]
    assert sorted(alone) == ["Expire", "PurgeAttachments", "Remind"]


def test_the_journey_is_in_the_catalogue() -> None:
    assert CATALOGUE["orientation"] is orientation_journey
