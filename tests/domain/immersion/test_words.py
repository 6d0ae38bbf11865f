"""Every word of conventions and discussions has a French and an English label."""

from enum import StrEnum
from inspect import getmembers, isclass
from types import ModuleType
from typing import Any

import pytest

from domain.discussion import codes as discussion_codes
from domain.discussion import discussion_journey
from domain.discussion import refusals as discussion_refusals
from domain.immersion import codes as immersion_codes
from domain.immersion import immersion_journey
from domain.immersion import refusals as immersion_refusals
from domain.journey import Journey
from tests.domain.words import codes_of, fields_in, labels_of, open_fields, refusals_in

AnyJourney = Journey[Any, Any, Any]
JOURNEYS = pytest.mark.parametrize(
    ("journey", "codes", "refusals"),
    [
        (immersion_journey, immersion_codes, immersion_refusals),
        (discussion_journey, discussion_codes, discussion_refusals),
    ],
    ids=["immersion", "discussion"],
)


def names(kinds: Any) -> list[str]:
    return sorted(kind.__name__ for kind in kinds)


@JOURNEYS
def test_every_word_has_its_label_and_no_label_is_left_over(
    journey: AnyJourney, codes: ModuleType, refusals: ModuleType
) -> None:
    labels = labels_of(journey)
    lists = {
        name: sorted(kind)
        for name, kind in getmembers(codes, lambda each: isclass(each) and issubclass(each, StrEnum))
        if kind is not StrEnum
    }
    assert sorted(labels) == ["codes", "commands", "events", "refusals", "stages"]
    assert sorted(labels["stages"]) == sorted(lists["Stage"])
    assert sorted(labels["commands"]) == names(journey.commands)
    assert sorted(labels["events"]) == names(journey.events)
    assert sorted(labels["refusals"]) == sorted(refusals_in(refusals))
    written = {kind: sorted(values) for kind, values in labels["codes"].items()}
    assert {name: values for name, values in written.items() if name != "Stage"} == {
        name: values for name, values in lists.items() if name != "Stage"
    }
    # A stage that an event names is said in its sentence.
    assert codes_of(journey.events).items() <= written.items()


@JOURNEYS
def test_every_label_is_in_french_and_in_english(journey: AnyJourney, codes: ModuleType, refusals: ModuleType) -> None:
    labels = labels_of(journey)
    plain = [label for table in ("stages", "commands", "events", "refusals") for label in labels[table].values()]
    coded = [label for values in labels["codes"].values() for label in values.values()]
    assert all(sorted(label) == ["en", "fr"] and all(label.values()) for label in (*plain, *coded))


@JOURNEYS
def test_the_english_of_a_refusal_is_its_own_sentence(
    journey: AnyJourney, codes: ModuleType, refusals: ModuleType
) -> None:
    written = {name: label["en"] for name, label in labels_of(journey)["refusals"].items()}
    assert written == {name: kind.sentence() for name, kind in refusals_in(refusals).items()}


@JOURNEYS
def test_a_sentence_names_only_fields_that_are_not_personal(
    journey: AnyJourney, codes: ModuleType, refusals: ModuleType
) -> None:
    for event in journey.events:
        for sentence in labels_of(journey)["events"][event.__name__].values():
            assert fields_in(sentence) <= open_fields(event)
