"""What a person sees on the pages is what the oracle says: in words, in tables, and as long as marks are drawn."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import httpx
import pytest

from domain.calendar import add_days, add_months
from infrastructure.clock import SystemClock
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from projections.indicators.asking import Months, Question
from projections.indicators.causes import Cause, cause_of
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Share
from tests.api.pages.conftest import Dashboard, Look
from tests.api.pages.lives import WAITING, figures, known, shown, standings
from tests.api.pages.seen import bars, heights, month_of, months_table, read, share_and_numbers

NAMES = {"35": "Ille-et-Vilaine", "56": "Morbihan", "33": "Gironde", "59": "Nord", "62": "Pas-de-Calais"}
SECRET = "secret statistique"
LINES = {
    "hire_accepted": "embauche acceptée",
    "contract_started": "contrat commencé",
    "immersion_started": "immersion commencée",
    "service_started": "service commencé",
    "employment_declared": "emploi déclaré",
}


def question(day: date, by: Dimension = Dimension.NONE, *, stock: bool = False) -> Question:
    """The twelve months up to a day, or the day."""
    months = None if stock else Months(add_months(day.replace(day=1), -11), day.replace(day=1))
    return Question(definition=WAITING, known=known(day), by=by, months=months)


def of_place(told: Mapping[tuple[date | None, str], str], place: str) -> dict[date | None, str]:
    return {month: words for (month, each), words in told.items() if each == place}


@pytest.mark.parametrize("ago", [0, 100, 200])
def test_every_month_says_what_the_oracle_says(look: Look, dashboard: Dashboard, ago: int) -> None:
    day = add_days(dashboard.yesterday, -ago)
    seen = months_table(look(f"/dashboard?lang=fr&as_of={day}"))
    told = of_place(shown(dashboard.facts, question(day)), "all")
    assert {month: share_and_numbers(cells) for month, cells in seen.items()} == told
    assert {"%" in words for words in told.values()} == {True, False}


def test_a_departement_says_what_the_oracle_says(look: Look, dashboard: Dashboard) -> None:
    page = look("/dashboard?lang=fr")
    page.get_by_label("Territoire").select_option(label="Nord (59)")
    page.get_by_role("button", name="Afficher").click()
    told = shown(dashboard.facts, question(dashboard.yesterday, Dimension.DEPARTMENT))
    seen = {month: share_and_numbers(cells) for month, cells in months_table(page).items()}
    assert seen == of_place(told, "59")
    assert page.get_by_role("heading", name="Nord", exact=True).is_visible()


@pytest.mark.parametrize("by", [Dimension.DEPARTMENT, Dimension.REGION])
def test_the_stock_of_the_day_is_drawn_as_long_as_it_is(look: Look, dashboard: Dashboard, by: Dimension) -> None:
    names = NAMES if by is Dimension.DEPARTMENT else {"53": "Bretagne", "32": "Hauts-de-France"}
    told = shown(dashboard.facts, question(dashboard.yesterday, by, stock=True))
    seen = bars(look(f"/dashboard?lang=fr&by={by}"), "divided-table")
    words = {names[place]: words for (_, place), words in told.items() if words != SECRET}
    assert {name: words for name, (words, _) in seen.items()} == words
    assert len(words) > 1
    for said, covered in seen.values():
        part, whole = said.partition(" % ")[2].split(" sur ")
        assert covered == pytest.approx(int(part) / int(whole), abs=0.01)


def test_the_points_of_the_curve_stand_as_high_as_their_shares(look: Look, dashboard: Dashboard) -> None:
    day = add_days(dashboard.yesterday, -120)
    page = look(f"/dashboard?lang=fr&as_of={day}")
    then, now = question(day), replace(question(day), known=replace(known(dashboard.yesterday), on=day))
    for marks, asked in (("circle.then", then), ("path.now", now)):
        told = {month: words for (month, _), words in shown(dashboard.facts, asked).items() if "%" in words}
        seen = {month_of(said.partition(" : ")[0]): height for said, height in heights(page, marks).items()}
        assert seen.keys() == told.keys()
        for month, words in told.items():
            part, whole = words.partition(" % ")[2].split(" sur ")
            assert month is not None
            assert seen[month] == pytest.approx(100 * int(part) / int(whole), abs=0.5)


def test_what_solved_it_says_what_the_oracle_counts(look: Look, dashboard: Dashboard) -> None:
    """Rounded to five, and hidden where fewer than five are inside or outside of the line."""
    page = look("/dashboard?lang=fr")
    month = month_of(page.locator("#lines-heading").inner_text())
    of_months = {each.month: each.result for each in figures(dashboard.facts, question(dashboard.yesterday))}
    counted = of_months[month]
    assert isinstance(counted, Share)
    lines = {kind: number for kind, number in counted.lines.items() if isinstance(number, int)}
    told = {name: line(lines[kind], lines["any"]) for kind, name in LINES.items()}
    told |= {"au moins une solution": rounded(lines["any"]), "formation commencée": "non enregistré"}
    assert {name: words for name, (words, _) in bars(page, "lines-table").items()} == told


def line(number: int, solved: int) -> str:
    return rounded(number) if min(number, solved - number) >= 5 else SECRET


def rounded(number: int) -> str:
    return str(5 * ((number + 2) // 5))


def test_beside_what_was_known_then_stands_what_is_known_now(look: Look, dashboard: Dashboard) -> None:
    day = add_days(dashboard.yesterday, -150)
    seen = months_table(look(f"/dashboard?lang=fr&as_of={day}"))
    then, later = question(day), replace(question(day), known=replace(known(dashboard.yesterday), on=day))
    told = of_place(shown(dashboard.facts, later), "all")
    shares = {month: words[: words.index("%") + 1] if "%" in words else words for month, words in told.items()}
    assert {month: cells[4] for month, cells in seen.items()} == shares
    before = of_place(shown(dashboard.facts, then), "all")
    assert told != before


@pytest.mark.parametrize(
    "address", ["territory=all", "territory=department-59", "territory=region-53&by=department&period=24"]
)
def test_the_file_holds_what_the_table_shows(look: Look, dashboard: Dashboard, address: str) -> None:
    page = look(f"/dashboard?lang=fr&{address}&as_of={add_days(dashboard.yesterday, -90)}")
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger ces chiffres (CSV)").first.click()
    lines = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8"))))
    seen = {month: share_and_numbers(cells) for month, cells in months_table(page).items()}
    assert [date.fromisoformat(line["month"]) for line in lines] == list(seen)
    why = {"secret": SECRET, "not_available": "pas encore connu"}
    for line, words in zip(lines, seen.values(), strict=True):
        if line["status"] == "published":
            assert words.endswith(f"{line['numerator']} sur {line['denominator']}")
        else:
            assert words == why[line["status"]]


def test_delays_are_those_that_the_doors_answer_to_an_analyst(look: Look, dashboard: Dashboard) -> None:
    """The oracle of standings does not know them; the doors have one of their own."""
    issuer = DevelopmentIssuer(dashboard.settings.data, SystemClock())
    token = issuer.issue("analyst", "pilotage", DEMO_CLIENTS["pilotage"])
    last = dashboard.yesterday
    answer = httpx.get(
        f"{dashboard.base}/v1/indicators/without-solution-30-days",
        params={"from": f"{add_months(last.replace(day=1), -11):%Y-%m}", "to": f"{last:%Y-%m}"},
        headers={"Authorization": f"Bearer {token}"},
    ).json()
    delays = [figure["delay_days"] and figure["delay_days"]["median"] for figure in answer["figures"]]
    words = {None: "non disponible", "not_reached": "pas encore atteint"}
    seen = months_table(look("/dashboard?lang=fr"))
    assert [cells[2] for cells in seen.values()] == [words.get(each, f"{each} jours") for each in delays]


def test_a_card_says_the_last_month_that_is_known_as_a_whole(look: Look, dashboard: Dashboard) -> None:
    """Nobody applied in these lives: what is not there is said, and never 0."""
    page = look("/dashboard/flows?lang=fr")
    cards = page.locator("article.card")
    assert cards.count() > 30
    assert {read(text) for text in cards.locator(".figure").all_inner_texts()} >= {SECRET}
    assert not any(read(text) in {"0", "0 %"} for text in cards.locator(".figure").all_inner_texts())


def test_why_a_figure_changed_says_what_the_oracle_finds(look: Look, dashboard: Dashboard) -> None:
    """Entries of the month that stand elsewhere now than they did, by the oracle."""
    day = add_days(dashboard.yesterday, -150)
    page = look(f"/dashboard?lang=fr&as_of={day}")
    month = month_of(page.locator("#causes-heading").inner_text())
    before, after = (
        {
            stands.root: stands.standing
            for stands, _ in standings(dashboard.facts, each, stock=False)
            if stands.since.replace(day=1) == month
        }
        for each in (known(day), replace(known(dashboard.yesterday), on=day))
    )
    found = Counter(cause_of(before.get(root), after.get(root)) for root in before.keys() | after.keys())
    told = {cause: rounded(found[cause]) if found[cause] >= 11 else "moins de onze, ou aucune" for cause in Cause}
    seen = [read(number) for number in page.locator(".causes dd").all_inner_texts()]
    assert seen == list(told.values())
    assert found[Cause.SOLUTION_LEARNED] >= 11
    assert found[Cause.SOLUTION_UNDONE]
