"""What a person sees on the pages is what the oracle says: in words, in tables, and as long as marks are drawn."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import httpx
import pytest

from domain.calendar import add_days, add_months
from infrastructure.clock import SystemClock
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from projections.indicators.asking import Months, Question
from projections.indicators.causes import Cause, Stood, cause_of, parts_of
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Share
from projections.indicators.secrecy import Cell
from projections.indicators.why import TOLD_BY, Table, discreetly
from tests.api.pages.conftest import Dashboard, Look
from tests.api.pages.lives import IN, WAITING, figures, known, shown, standings
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


#: What may change a figure of persons who wait.
CAUSES = {
    Cause.OUTCOME_LEARNED: "une solution, dite en retard ou apportée par un doublon fusionné",
    Cause.OUTCOME_UNDONE: "une solution annulée, ou dite par erreur",
    Cause.ENTRY_LEARNED: "une entrée dite en retard",
    Cause.ENTRY_WITHDRAWN: "une entrée annulée, ou dite par erreur",
    Cause.MOVED_IN: "une entrée comptée auparavant dans un autre mois ou sur un autre territoire",
    Cause.MOVED_OUT: "une entrée comptée désormais dans un autre mois ou sur un autre territoire",
    Cause.MERGED: "un doublon fusionné : la personne n’est plus comptée deux fois",
    Cause.LEFT_OUT: "une entrée désormais comptée à part : décès, déménagement, clôture, opposition, caducité",
    Cause.TAKEN_IN: "une entrée qui était comptée à part et ne l’est plus",
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


def test_what_looks_a_year_ahead_is_shown_over_two_years(look: Look) -> None:
    """In twelve months none would be known as a whole."""
    page = look("/dashboard/indicators/hire-after-contract-365-days?lang=fr")
    assert len(months_table(page)) == 24
    assert page.get_by_label("Période").input_value() == "24"
    assert len(months_table(look("/dashboard/indicators/hire-after-contract-365-days?lang=fr&period=12"))) == 12


def test_the_page_of_flows_says_how_much_is_secret_and_what_shows_more(look: Look) -> None:
    page = look("/dashboard/flows?lang=fr&territory=department-59")
    hidden = sum(read(text) == SECRET for text in page.locator("article.card .figure").all_inner_texts())
    assert page.get_by_text(f"Indicateurs au secret statistique ici : {hidden}.").is_visible()
    page.get_by_role("link", name="France entière").click()
    page.wait_for_url(lambda url: "territory" not in url)


@pytest.mark.parametrize("territory", ["all", "region-53", "region-32", "department-35", "department-59"])
def test_why_a_figure_changed_says_what_the_oracle_finds(look: Look, dashboard: Dashboard, territory: str) -> None:
    """Entries of the month that stand elsewhere now than they did, by the oracle."""
    day = add_days(dashboard.yesterday, -150)
    page = look(f"/dashboard?lang=fr&territory={territory}&as_of={day}")
    month = month_of(page.locator("#causes-heading").inner_text())
    tables = {by: causes_table(dashboard, month, day, by) for by in TOLD_BY}
    by = Dimension.NONE if territory == "all" else Dimension(territory.partition("-")[0])
    told = discreetly(tables[by], list(CAUSES), tables[Dimension.REGION] if by is Dimension.DEPARTMENT else None)
    place = territory.partition("-")[2] or "all"
    rows = page.locator(".causes div")
    seen = {read(row.locator("dt").inner_text()): read(row.locator("dd").inner_text()) for row in rows.all()}
    lines = told.get(place, {})
    assert seen == {CAUSES[Cause(cause)]: str(number) for cause, number in lines.items() if isinstance(number, int)}
    assert (territory == "all") <= (CAUSES[Cause.OUTCOME_LEARNED] in seen)
    if not seen:
        said = "moins de onze entrées" if lines else "montré aux deux dates"
        assert page.locator("section", has=page.locator("#causes-heading")).get_by_text(said).count() == 1


def causes_table(dashboard: Dashboard, month: date, day: date, by: Dimension) -> Table:
    """What changed the month in each territory, counted person by person, and where it is shown."""
    knowledge = known(day), replace(known(dashboard.yesterday), on=day)
    of_month = [
        {
            each.root: (place, Stood(standing=each.standing, here=True))
            for each, place in standings(dashboard.facts, at, stock=False)
            if each.since.replace(day=1) == month
        }
        for at in knowledge
    ]
    found: dict[str, Counter[Cause]] = defaultdict(Counter)
    for root in of_month[0].keys() | of_month[1].keys():
        (place, was), (_, stands) = (each.get(root, ("", None)) for each in of_month)
        place = place or of_month[1][root][0]
        if cause := cause_of(was, stands, parts_of(WAITING.terms)):
            found[IN[by](place)][cause] += 1
    asked = [Question(definition=WAITING, known=at, by=by, months=Months(month, month)) for at in knowledge]
    words = [{place: told for (_, place), told in shown(dashboard.facts, each).items()} for each in asked]
    return Table(
        counted={name: {cause: Cell(total=number) for cause, number in own.items()} for name, own in found.items()},
        then={name for name, said in words[0].items() if "%" in said},
        now={name for name, said in words[1].items() if "%" in said},
        names=words[0].keys() | words[1].keys(),
    )


def test_what_is_not_told_of_persons_who_wait_is_listed(look: Look, dashboard: Dashboard) -> None:
    page = look(f"/dashboard?lang=fr&as_of={add_days(dashboard.yesterday, -150)}")
    section = page.locator("section", has=page.locator("#causes-heading"))
    section.locator("summary").click()
    names = [read(each) for each in section.locator("dt, li").all_inner_texts()]
    assert sorted(names) == sorted(CAUSES.values())
