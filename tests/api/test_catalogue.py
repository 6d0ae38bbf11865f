"""The catalogue of indicators: a page that is made of the definitions, in French and in English."""

import pytest

from api.catalogue import explained
from api.words import LANGUAGES, words
from projections.indicators.definition import DEFINITIONS, Definition
from projections.indicators.dimension import Dimension
from projections.milestones.kinds import Kind
from tests.api.conftest import House

each_definition = pytest.mark.parametrize(
    "definition", DEFINITIONS.values(), ids=lambda each: f"{each.id}.{each.version}"
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_fact_and_every_dimension_has_a_name(lang: str) -> None:
    names = words("indicators")
    assert all(names.of("kinds", kind, lang) for kind in Kind)
    assert all(names.of("dimensions", by, lang) for by in Dimension if by is not Dimension.NONE)


@each_definition
def test_a_definition_explains_itself_in_the_same_order_in_both_languages(definition: Definition) -> None:
    french, english = ([part for part, _ in explained(definition, lang)] for lang in LANGUAGES)
    assert french == english
    assert {"version", "unit", "numerator", "window", "excluded", "bands", "dimensions"} <= set(english)


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("without-solution-30-days", "30 calendar days, Paris time; the day of entry is day 0, day 30 is in time"),
        ("application-acceptance", "60 calendar days, Paris time; the day of entry is day 0, day 60 is in time"),
        ("applications-waiting-30-days", "open for more than 30 days; day 30 is not counted yet"),
        ("pass-iae-valid", "ends at most 91 days after the day asked for"),
        ("hires-accepted", "facts of the month, on the day they happened"),
    ],
)
def test_trap_17_the_documentation_says_the_bounds_that_are_computed(name: str, window: str) -> None:
    said = dict(explained(DEFINITIONS[name, 1], "en"))
    assert said["window"].startswith(window)


def test_what_is_counted_apart_is_named() -> None:
    said = dict(explained(DEFINITIONS["application-acceptance", 1], "fr"))
    assert said["excluded"] == (
        "candidature rendue caduque, candidature refusée (refus automatique, faute de réponse),"
        " sans issue dans la fenêtre, opposition au traitement"
    )


def test_anybody_reads_the_page_which_holds_every_version_once(house: House) -> None:
    answer = house.http.get("/indicators")
    assert answer.status_code == 200
    assert [answer.text.count(f'id="{name}.{version}"') for name, version in DEFINITIONS] == [1] * len(DEFINITIONS)
