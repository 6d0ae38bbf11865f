"""Published definitions: they say what they compute, and never change."""

from hashlib import sha256

import pytest
from pydantic import ValidationError

from projections.indicators.definition import DEFINITIONS, Definition, Terms, newest
from projections.milestones.kinds import Kind
from projections.milestones.projection import RECORDED_KINDS

#: One line per published version, never edited: another set of terms is another version, in another file.
PUBLISHED = {
    ("without-solution-30-days", 1): "53b946d851fba40e",
    ("without-solution-30-days", 2): "3e2c7afa24decb96",
}


def fingerprint(definition: Definition) -> str:
    return sha256(definition.terms.model_dump_json().encode()).hexdigest()[:16]


def test_a_published_version_never_changes() -> None:
    assert {key: fingerprint(definition) for key, definition in DEFINITIONS.items()} == PUBLISHED


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda definition: definition.id)
def test_a_definition_speaks_french_and_english(definition: Definition) -> None:
    assert set(definition.text) == {"fr", "en"}
    assert all(text.strip() for text in definition.text.values())


def test_the_newest_version_counts_every_solution_that_a_journey_tells() -> None:
    definition = newest("without-solution-30-days")
    assert definition is not None
    assert definition.version == 2
    assert not set(definition.terms.awaited_solutions) & RECORDED_KINDS


def test_the_newest_version_of_no_indicator_is_none() -> None:
    assert newest("no-such-thing") is None


def test_thirty_days_are_thirty_days() -> None:
    for version in (1, 2):
        terms = DEFINITIONS["without-solution-30-days", version].terms
        assert terms.window_days == 30
        assert terms.entries == (Kind.ORIENTED, Kind.REGISTERED, Kind.PATH_REOPENED)


@pytest.mark.parametrize(
    "change",
    [
        {"age_bounds": [55, 26]},
        {"age_bands": ["under_26"]},
        {"awaited_solutions": ["hire_accepted"]},
        {"solutions": ["a_kind_nobody_tells"]},
        {"window_days": 0},
        {"window_weeks": 4},
    ],
)
def test_terms_that_make_no_sense_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Terms.model_validate({**DEFINITIONS["without-solution-30-days", 1].terms.model_dump(), **change})
