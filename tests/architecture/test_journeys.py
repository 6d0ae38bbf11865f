"""What every journey owes to the rest, so that a forgotten line is a red test."""

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from api.words import LANGUAGES, source_of, words
from application.permissions import PERMISSIONS
from domain.catalogue import CATALOGUE
from domain.journey import Journey, Refusal

JOURNEYS = pytest.mark.parametrize("journey", CATALOGUE.values(), ids=CATALOGUE)


@JOURNEYS
def test_the_transition_table_names_every_command(journey: Journey[Any, Any, Any]) -> None:
    assert set(journey.accepted_from) == set(journey.commands)


@JOURNEYS
def test_every_command_has_its_permissions(journey: Journey[Any, Any, Any]) -> None:
    assert [command.__name__ for command in journey.commands if not PERMISSIONS.get(command)] == []


@JOURNEYS
def test_every_command_and_event_has_its_words_in_every_language(journey: Journey[Any, Any, Any]) -> None:
    tables = {"commands": journey.commands, "events": journey.events}
    missing = [
        (table, kind.__name__, lang)
        for table, kinds in tables.items()
        for kind in kinds
        for lang in LANGUAGES
        if not words(journey.name).tables.get(table, {}).get(kind.__name__, {}).get(lang)
    ]
    assert missing == []


@JOURNEYS
def test_what_consults_organisations_is_a_command_of_the_journey(journey: Journey[Any, Any, Any]) -> None:
    assert set(journey.consults) <= set(journey.commands)


@JOURNEYS
def test_every_status_has_its_words_in_every_language(journey: Journey[Any, Any, Any]) -> None:
    at = datetime(2026, 1, 5, 11, tzinfo=UTC)
    statuses = type(journey.status(journey.decider.initial, at)) if journey.status else ()
    labels = words(journey.name).tables.get("statuses", {})
    assert [status.value for status in statuses if not all(labels[status].get(lang) for lang in LANGUAGES)] == []


@JOURNEYS
def test_a_state_is_replaced_the_quick_way(journey: Journey[Any, Any, Any]) -> None:
    assert hasattr(journey.decider.initial, "__dict__"), "a state with slots makes every replay several times slower"


def test_every_refusal_has_its_words_in_every_language() -> None:
    wrong = [
        refusal.__name__
        for refusal in _refusals(Refusal)
        for lang in LANGUAGES
        if not words(source_of(refusal)).tables.get("refusals", {}).get(refusal.__name__, {}).get(lang)
    ]
    assert wrong == []


def test_every_refusal_is_a_sentence() -> None:
    assert [kind.__name__ for kind in _refusals(Refusal) if not kind.sentence().endswith((".", "?"))] == []


def test_commands_events_and_refusals_of_all_journeys_are_told_apart_by_their_modules() -> None:
    commands = [command for journey in CATALOGUE.values() for command in journey.commands]
    assert len(commands) == len(set(commands)) == len(PERMISSIONS)


def _refusals(root: type[Refusal]) -> list[type[Refusal]]:
    below = [kind for child in root.__subclasses__() for kind in (child, *_refusals(child))]
    return [kind for kind in below if not kind.__module__.startswith("tests") and not inspect.isabstract(kind)]
