"""Nothing on the pages is without words, and no indicator without a place."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

import pytest

from api.pages.charts import Column, Value, chart, scale
from api.pages.choice import DIVIDED_BY, REGIONS
from api.pages.flows import FIRST, GROUPS
from api.pages.wording import Wording, percents
from api.words import LANGUAGES, words
from domain.candidate.codes import Title
from domain.formats.department import DEPARTMENTS
from domain.vocabulary import Family
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import reasons
from projections.indicators.figures import ANY
from projections.indicators.terms import (
    Attempts,
    CohortOfCases,
    MonthlyCount,
    StockOfCases,
    Terms,
    WithoutSolution,
)

each_language = pytest.mark.parametrize("lang", LANGUAGES)


def test_every_indicator_has_one_place() -> None:
    placed = [FIRST, *(name for names in GROUPS.values() for name in names)]
    assert sorted(placed) == sorted({name for name, _ in DEFINITIONS})


@each_language
def test_every_text_is_said_in_both_languages_with_the_same_values(lang: str) -> None:
    said = words("pages").tables
    assert set(said["groups"]) == set(GROUPS)
    assert [name for table in said.values() for name, text in table.items() if set(text) != set(LANGUAGES)] == []
    assert [name for name, text in said["said"].items() if fields(text["fr"]) != fields(text["en"])] == []


def fields(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


@each_language
def test_every_territory_and_every_modality_of_a_closed_list_has_a_name(lang: str) -> None:
    w = Wording(lang)
    assert all(w.territory(Dimension.DEPARTMENT, code) for code in DEPARTMENTS)
    assert all(w.territory(Dimension.REGION, code) for code in REGIONS)
    bands = {band for definition in DEFINITIONS.values() for band in definition.terms.age_bands}
    others = {
        *bands,
        *Title,
        *Family,
        "authorised",
        "not_authorised",
        "level_1",
        "level_2",
        "none",
        "others",
        "unknown",
    }
    assert all(w.modality(Dimension.TITLE, modality) for modality in others)
    assert w.modality(Dimension.ORGANISATION_FAMILIES, "geiq+siae") == "GEIQ + SIAE"
    assert all(w.dimension(by) for by in DIVIDED_BY)


@each_language
def test_every_line_of_every_figure_has_a_name(lang: str) -> None:
    w = Wording(lang)
    named = [
        w.code(code)
        for definition in DEFINITIONS.values()
        for code in (*lines(definition.terms), *reasons(definition.terms))
    ]
    assert all(named)


def lines(terms: Terms) -> Sequence[str]:
    match terms:
        case WithoutSolution():
            return (*terms.solutions, *terms.awaited_solutions, ANY)
        case CohortOfCases():
            return terms.denominator
        case StockOfCases():
            return ()
        case MonthlyCount():
            return terms.standings
        case Attempts():
            return terms.bands
        case _:
            assert_never(terms)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 200, 0), (1, 200, 1), (5, 8, 63), (55, 105, 52), (200, 200, 100), (0, 5, 0)],
)
def test_half_a_percent_is_one(part: int, whole: int, said: int) -> None:
    assert percents(part, whole) == said


def test_numbers_and_months_are_written_as_people_write_them() -> None:
    french, english = Wording("fr"), Wording("en")
    assert (french.number(1234), english.number(1234)) == ("1\u202f234", "1,234")
    assert (french.percent(1, 2), english.percent(1, 2)) == ("50\u202f%", "50%")
    assert (french.points(-2.6), english.points(0.4), french.points(3.0)) == ("\u22123", "0", "+3")
    assert (french.month(date(2026, 8, 1)), english.month(date(2026, 8, 1))) == ("août 2026", "August 2026")


def test_months_follow_a_preposition_as_people_say_it() -> None:
    french, english = Wording("fr"), Wording("en")
    assert [french.of_month(date(2026, month, 1)) for month in (4, 5, 8, 10)] == [
        "d’avril 2026", "de mai 2026", "d’août 2026", "d’octobre 2026",
    ]  # fmt: skip
    assert english.of_month(date(2026, 4, 1)) == "of April 2026"


def test_what_qualifies_a_fact_is_said_in_words() -> None:
    french, english = Wording("fr"), Wording("en")
    codes = [code for definition in DEFINITIONS.values() for code in qualified(definition.terms)]
    assert not [code for code in codes if french.code(code).endswith(f"({code.partition(':')[2]})")]
    assert french.code("application_refused:auto") == "candidature refusée (refus automatique, faute de réponse)"
    assert french.code("application_refused:others") == "candidature refusée (autres)"
    assert english.code("hire_accepted:employer") == "hire accepted (diagnosis: SIAE)"
    assert english.code("appointment_seen:a_category_of_a_council") == "appointment kept (a_category_of_a_council)"


def qualified(terms: Terms) -> Sequence[str]:
    return [
        code for told in terms.model_dump().values() if isinstance(told, tuple) for code in told if ":" in str(code)
    ]


@pytest.mark.parametrize(
    ("amount", "ends"),
    [
        (0, 10),
        (10, 10),
        (10.5, 20),
        (25, 30),
        (35, 40),
        (45, 50),
        (55, 60),
        (61, 80),
        (100, 100),
        (101, 200),
        (4500, 5000),
    ],
)
def test_a_scale_ends_a_little_above_the_highest_mark_in_whole_steps(amount: float, ends: int) -> None:
    end, steps = scale(amount)
    assert (end, end % steps) == (ends, 0)


def test_a_month_without_a_figure_breaks_the_line() -> None:
    told = [Value(amount=amount, said="", short="") for amount in (40, 60, 80)]
    columns = [Column(label="", then=value) for value in (told[0], told[1], None, told[2])]
    drawn = chart(columns, height=80)
    assert [(line.x1, line.y1, line.x2, line.y2) for line in drawn.then] == [(12.5, 40, 37.5, 20)]
    assert [place.then and (place.then.x, place.then.y, place.then.height) for place in drawn.places] == [
        (12.5, 40, 40), (37.5, 20, 60), None, (87.5, 0, 80),
    ]  # fmt: skip


def test_nothing_at_all_is_a_chart_without_marks() -> None:
    assert chart([]).places == []
    assert [place.then for place in chart([Column(label="", then=None, why="secret")]).places] == [None]
