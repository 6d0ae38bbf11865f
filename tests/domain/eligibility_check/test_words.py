"""Every word of a diagnosis has a French and an English label, and says nothing personal."""

import pytest

from domain.eligibility_check import eligibility_check_journey, refusals
from domain.eligibility_check.codes import Stage
from domain.eligibility_check.state import Certification
from domain.journey import Refusal
from tests.domain.words import codes_of, fields_in, labels_of, open_fields, refusals_in

LABELS = labels_of(eligibility_check_journey)
REFUSALS = refusals_in(refusals)
JOURNEY = eligibility_check_journey


def test_everything_that_people_read_has_a_label_and_nothing_else_has() -> None:
    assert {name: set(table) for name, table in LABELS.items() if name != "codes"} == {
        "stages": {stage.value for stage in Stage},
        "commands": {kind.__name__ for kind in JOURNEY.commands},
        "events": {kind.__name__ for kind in JOURNEY.events},
        "refusals": set(REFUSALS),
    }
    state = type(JOURNEY.decider.initial)
    codes = codes_of([*JOURNEY.commands, *JOURNEY.events, state, Certification])
    assert {name: sorted(table) for name, table in LABELS["codes"].items()} == {
        name: found for name, found in codes.items() if name != "Stage"
    }


def test_every_label_says_something_in_both_languages() -> None:
    tables = [LABELS[name] for name in ("stages", "commands", "events", "refusals")]
    labels = [label for table in (*tables, *LABELS["codes"].values()) for label in table.values()]
    assert all(label.keys() == {"fr", "en"} and all(text.strip() for text in label.values()) for label in labels)


@pytest.mark.parametrize("kind", JOURNEY.events)
def test_a_sentence_of_the_timeline_uses_facts_of_the_event_that_are_not_personal(kind: type[object]) -> None:
    for text in LABELS["events"][kind.__name__].values():
        assert fields_in(text) <= open_fields(kind)


@pytest.mark.parametrize("kind", REFUSALS.values())
def test_the_english_of_a_refusal_is_its_own_sentence(kind: type[Refusal]) -> None:
    assert LABELS["refusals"][kind.__name__]["en"] == kind.sentence()
