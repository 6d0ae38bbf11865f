"""Published definitions: they say what they compute, and never change."""

from hashlib import sha256

import pytest
from pydantic import ValidationError

from projections.indicators.definition import DEFINITIONS, Definition, newest
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases, WithoutSolution, written
from projections.milestones.kinds import Kind
from projections.milestones.projection import RECORDED_KINDS
from tests.projections.indicators.ask import waiting

#: One line per published version, never edited: another set of terms is another version, in another file.
PUBLISHED = {
    ("application-acceptance", 1): "adea15eaed3885a5",
    ("application-opened-30-days", 1): "d9b37cab609ca40d",
    ("application-refusal", 1): "b52f51c24311a62c",
    ("application-unanswered-30-days", 1): "ae5de7ce84206d34",
    ("application-unanswered-60-days", 1): "29d0a76fc98aef02",
    ("applications-before-hire", 1): "a954997f77a14f1d",
    ("applications-waiting-30-days", 1): "b5a9da19199c210c",
    ("appointment-no-show", 1): "25bc16e187d91810",
    ("appointment-untold", 1): "fdc0f974e00ecfca",
    ("autonomy", 1): "f789aa635bc17cfa",
    ("contract-end-untold", 1): "311ce4ac755c3adb",
    ("hire-after-contract-365-days", 1): "5dab86505bba7756",
    ("hire-after-contract-365-days", 2): "885a8276c21caa9d",
    ("hires-accepted", 1): "afa13a5fbf0e4c89",
    ("immersion-assessed", 1): "a93e50c3ccf32ade",
    ("immersion-completion", 1): "df8683a02ef8eded",
    ("immersion-show", 1): "8cfe53eb912b8a80",
    ("immersion-to-hire", 1): "f5e7b47fb4e0324d",
    ("invitation-to-appointment", 1): "516c9a6677077b1d",
    ("invitation-to-booking", 1): "1ce949d810771765",
    ("pass-iae-issued", 1): "c0b48ab4bd481a36",
    ("pass-iae-prolongations", 1): "720ed0b9f7819828",
    ("pass-iae-suspended", 1): "92f68b42a7f8138f",
    ("pass-iae-suspension-365-days", 1): "105baa2e2998a6fe",
    ("pass-iae-valid", 1): "6073cce24b7d1b9f",
    ("pass-iae-without-contract", 1): "9a465d62800a0803",
    ("positive-exits", 1): "baec8c718bd298b2",
    ("prescriber-transformation", 1): "e509cc6af809d4be",
    ("recorded-late-7-days", 1): "fd67428a48c43a7c",
    ("recruitment-30-days", 1): "74ea71cc9a655e02",
    ("rsa-accompanied-30-days", 1): "54d1ddc367c1ba7f",
    ("rsa-oriented-45-days", 1): "35d6ecf8119cf00f",
    ("self-prescription", 1): "8b6d84c25255faba",
    ("service-orientation-acceptance", 1): "1ae8b22151820cec",
    ("service-orientation-answered-30-days", 1): "4d3cac1bdb949d5b",
    ("service-orientation-honoured", 1): "6fb17dd72d42239f",
    ("without-solution-30-days", 1): "53b946d851fba40e",
    ("without-solution-30-days", 2): "3e2c7afa24decb96",
    ("without-solution-again-183-days", 1): "ce8b797f89f76daa",
}


def fingerprint(definition: Definition) -> str:
    return sha256(written(definition.terms).encode()).hexdigest()[:16]


def test_a_published_version_never_changes() -> None:
    assert {key: fingerprint(definition) for key, definition in DEFINITIONS.items()} == PUBLISHED


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda definition: definition.id)
def test_a_definition_speaks_french_and_english(definition: Definition) -> None:
    words = [definition.title, definition.unit, definition.numerator, definition.text]
    for said in [*words, *([definition.denominator] if definition.denominator else [])]:
        assert set(said) == {"fr", "en"}
        assert all(text.strip() for text in said.values())


def test_the_newest_version_counts_every_solution_that_a_journey_tells() -> None:
    definition = newest("without-solution-30-days")
    assert definition is not None
    assert definition.version == 2
    assert not set(waiting(definition).awaited_solutions) & RECORDED_KINDS


def test_the_newest_version_of_no_indicator_is_none() -> None:
    assert newest("no-such-thing") is None


def test_thirty_days_are_thirty_days() -> None:
    for version in (1, 2):
        terms = waiting(DEFINITIONS["without-solution-30-days", version])
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
        WithoutSolution.model_validate({**DEFINITIONS["without-solution-30-days", 1].terms.model_dump(), **change})


COHORT = {
    "unit": "case",
    "window_days": 30,
    "entries": ["application_submitted"],
    "outcomes": ["hire_accepted", "application_refused:auto"],
    "numerator": ["hire_accepted"],
    "denominator": ["hire_accepted", "none"],
    "reached_by": ["hire_accepted"],
}
STOCK = {"starts": ["application_submitted"], "ends": ["hire_accepted"], "longer_than_days": 30}


@pytest.mark.parametrize(
    "change",
    [
        {"numerator": ["application_refused"]},
        {"numerator": ["hire_accepted", "none"]},
        {"denominator": ["hire_accepted", "application_refused"]},
        {"reached_by": ["application_refused"]},
        {"excluded_by": ["hire_accepted"]},
        {"counted_from": ["application_submitted"]},
        {"counted_from": ["hire_accepted"]},
        {"entries": ["a_kind_nobody_tells:auto"]},
        {"objections": ["deceased"]},
    ],
)
def test_a_cohort_that_does_not_add_up_is_refused(change: dict[str, object]) -> None:
    assert CohortOfCases.model_validate(COHORT).outcomes == ("hire_accepted", "application_refused:auto")
    with pytest.raises(ValidationError):
        CohortOfCases.model_validate({**COHORT, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"longer_than_days": None},
        {"ending_within_days": 90},
        {"without": ["contract_started"], "without_ends": ["contract_ended"]},
        {"longer_than_days": None, "without": ["contract_started"]},
        {"without_ends": ["contract_ended"]},
    ],
)
def test_a_stock_counts_one_thing(change: dict[str, object]) -> None:
    assert StockOfCases.model_validate(STOCK).longer_than_days == 30
    with pytest.raises(ValidationError):
        StockOfCases.model_validate({**STOCK, **change})


@pytest.mark.parametrize(
    "terms",
    [
        {"numerator": ["application_refused"]},
        {"numerator": ["hire_accepted"], "late_after_days": 7},
        {"beside": ["application_refused"], "late_after_days": 7},
    ],
)
def test_the_share_of_a_count_is_part_of_it(terms: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        MonthlyCount.model_validate({"counted": ["hire_accepted"], **terms})


@pytest.mark.parametrize("change", [{"bounds": [2, 2, 6]}, {"bands": ["1", "2_and_more"]}])
def test_bands_of_attempts_follow_their_bounds(change: dict[str, object]) -> None:
    terms: dict[str, object] = {"tried": ["application_submitted"], "until": ["hire_accepted"]}
    assert Attempts.model_validate(terms).part == ("at_most_1",)
    with pytest.raises(ValidationError):
        Attempts.model_validate({**terms, **change})
