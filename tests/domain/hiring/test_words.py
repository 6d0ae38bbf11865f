"""Every word of a hire has a French and an English label."""

from domain.hiring import hiring_journey, refusals
from domain.hiring.codes import Stage
from tests.domain.words import codes_of, fields_in, labels_of, open_fields, refusals_in

LABELS = labels_of(hiring_journey)


def test_everything_that_people_read_has_a_label_and_nothing_else_has() -> None:
    journey = hiring_journey
    assert {name: sorted(table) for name, table in LABELS.items() if name != "codes"} == {
        "stages": sorted(Stage),
        "commands": sorted(kind.__name__ for kind in journey.commands),
        "events": sorted(kind.__name__ for kind in journey.events),
        "refusals": sorted(refusals_in(refusals)),
    }
    used = codes_of([*journey.commands, *journey.events])
    written = {name: sorted(table) for name, table in LABELS["codes"].items() if name != "UpdateStatus"}
    assert written == {name: codes for name, codes in used.items() if name != "Stage"}
    assert sorted(LABELS["codes"]["UpdateStatus"]) == ["new", "processed", "rejected", "sent"]


def test_every_label_is_in_french_and_in_english() -> None:
    plain = [label for table in ("stages", "commands", "events", "refusals") for label in LABELS[table].values()]
    coded = [label for values in LABELS["codes"].values() for label in values.values()]
    assert all(sorted(label) == ["en", "fr"] and all(label.values()) for label in (*plain, *coded))


def test_the_english_of_a_refusal_is_its_own_sentence() -> None:
    written = {name: label["en"] for name, label in LABELS["refusals"].items()}
    assert written == {name: kind.sentence() for name, kind in refusals_in(refusals).items()}


def test_a_sentence_of_the_timeline_names_facts_of_its_event() -> None:
    for event in hiring_journey.events:
        for sentence in LABELS["events"][event.__name__].values():
            assert fields_in(sentence) <= open_fields(event)
