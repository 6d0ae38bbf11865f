"""Published definitions: they say what they compute, and never change."""

from hashlib import sha256

import pytest
from pydantic import ValidationError

from projections.indicators.definition import DEFINITIONS, WITHOUT_SOLUTION_30_DAYS, Definition, Terms
from projections.milestones.kinds import Kind
from projections.milestones.projection import RECORDED_KINDS

#: One line per published version, never edited: another set of terms is another version, in another file.
PUBLISHED = {
    ("without-solution-30-days", 1): "53b946d851fba40e",
    ("without-solution-30-days", 2): "65cf158837567922",
}


def fingerprint(definition: Definition) -> str:
    return sha256(definition.terms.model_dump_json().encode()).hexdigest()[:16]


def test_a_published_version_never_changes() -> None:
    assert {key: fingerprint(definition) for key, definition in DEFINITIONS.items()} == PUBLISHED


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda definition: definition.id)
def test_a_definition_speaks_french_and_english(definition: Definition) -> None:
    assert set(definition.text) == {"fr", "en"}
    assert all(text.strip() for text in definition.text.values())


#: The last version of each: an earlier one awaits what no journey told when it was published.
LATEST = {name: definition for (name, _), definition in sorted(DEFINITIONS.items())}


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda definition: definition.id)
def test_a_solution_is_counted_only_if_a_journey_tells_it(definition: Definition) -> None:
    assert set(definition.terms.solutions) <= RECORDED_KINDS


@pytest.mark.parametrize("definition", LATEST.values(), ids=LATEST)
def test_the_last_version_awaits_nothing_that_a_journey_tells(definition: Definition) -> None:
    assert not set(definition.terms.awaited_solutions) & RECORDED_KINDS


def test_thirty_days_are_thirty_days() -> None:
    assert WITHOUT_SOLUTION_30_DAYS.terms.window_days == 30
    assert WITHOUT_SOLUTION_30_DAYS.terms.entries == (Kind.ORIENTED, Kind.REGISTERED, Kind.PATH_REOPENED)


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
        Terms.model_validate({**WITHOUT_SOLUTION_30_DAYS.terms.model_dump(), **change})
