"""An analyst's hour with the dashboard, from the first look to the same number in the file and at the doors."""

import csv
import io
import os
import re
import sys
from datetime import date
from pathlib import Path
from subprocess import run
from typing import Any, Final

import httpx

from api.releasing import release_figures
from api.wiring import Core
from domain.calendar import add_days
from infrastructure.clock import SystemClock
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from projections.indicators.definition import DEFINITIONS
from tests.api.pages.conftest import Dashboard, Look
from tests.api.pages.seen import months_table, read, share_and_numbers

PROJECT: Final = Path(__file__).parents[3]
FIRST: Final = "without-solution-30-days"


def test_an_analyst_filters_goes_back_reads_why_opens_the_definition_and_downloads(
    look: Look, dashboard: Dashboard
) -> None:
    page = look("/?lang=fr")
    page.wait_for_url("**/dashboard**")
    page.get_by_label("Territoire").select_option(label="Nord (59)")
    page.get_by_label("Connu à la fin du").fill(str(add_days(dashboard.yesterday, -120)))
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**as_of=**")
    seen = months_table(page)
    shared = page.url

    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger ces chiffres (CSV)").first.click()
    lines = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8"))))
    month, line = next((month, line) for month, line in zip(seen, lines, strict=True) if line["status"] == "published")
    assert share_and_numbers(seen[month]).endswith(f"{line['numerator']} sur {line['denominator']}")

    told = at_the_door(dashboard, month, line["as_of"])
    assert (str(told["numerator"]), str(told["denominator"])) == (line["numerator"], line["denominator"])

    page.get_by_role("link", name=re.compile("Définition .version")).click()
    page.wait_for_url("**/indicators**")
    assert "without-solution-30-days" in page.url
    definition = page.locator(":target")
    assert read(definition.get_by_role("heading").inner_text()) == "Sans solution 30 jours après l'orientation"
    assert definition.is_visible()

    again = look(shared)
    assert months_table(again) == seen


def at_the_door(dashboard: Dashboard, month: date, as_of: str) -> dict[str, Any]:
    """The figure of the Nord that the API answers to an analyst."""
    issuer = DevelopmentIssuer(dashboard.settings.data, SystemClock())
    token = issuer.issue("analyst", "pilotage", DEMO_CLIENTS["pilotage"])
    answer = httpx.get(
        f"{dashboard.base}/v1/indicators/without-solution-30-days",
        params={"from": f"{month:%Y-%m}", "to": f"{month:%Y-%m}", "by": "department", "as_of": as_of},
        headers={"Authorization": f"Bearer {token}"},
    )
    return next(figure for figure in answer.json()["figures"] if figure["modality"] == "59")


#: The line that an analyst asks for, as the page names what it shows.
THE_SAME: Final = """
    select numerator, denominator from figure natural join indicator where newest and indicator = '{indicator}'
    and measure = '{measure}' and month = '{month}' and dimension = '{dimension}' and modality = '{modality}'
    and data_date = '{data_date}'
"""


def test_the_number_of_the_page_is_that_of_the_file_and_of_psql(look: Look, dashboard: Dashboard) -> None:
    """Of the day that the pages and SQL both show unless another one is asked for: the last one that is over."""
    with Core.opened(dashboard.settings) as core:
        newest_one = max((each for each in DEFINITIONS.values() if each.id == FIRST), key=lambda each: each.version)
        assert release_figures(core, definitions=[newest_one]) > 0
    page = look("/dashboard/indicators/without-solution-30-days?lang=fr&territory=department-59")
    seen = months_table(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger ces chiffres (CSV)").first.click()
    lines = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8"))))
    shown = {month: line for month, line in zip(seen, lines, strict=True) if line["status"] == "published"}
    assert shown
    for month, line in shown.items():
        numbers = [line["numerator"], line["denominator"]]
        assert share_and_numbers(seen[month]).endswith(" sur ".join(numbers))
        assert by_psql(dashboard, THE_SAME.format(**line)) == [["numerator", "denominator"], numbers]


def test_psql_does_not_answer_for_a_day_that_it_does_not_show(look: Look, dashboard: Dashboard) -> None:
    """Views show the last day alone, and say which: an earlier one is read from the file of the page."""
    earlier = add_days(dashboard.yesterday, -120)
    line = {"indicator": FIRST, "measure": "cohort", "month": earlier.replace(day=1), "dimension": "department"}
    asked = THE_SAME.format(**line, modality="59", data_date=earlier)
    assert by_psql(dashboard, asked) == [["numerator", "denominator"]]


def by_psql(dashboard: Dashboard, query: str) -> list[list[str]]:
    """What `parcours psql` prints, with the psql of the packages."""
    settings = dashboard.settings
    outside = {
        **os.environ,
        "DATABASE_URL": str(settings.database),
        "DATABASE_SERVICE_URL": str(settings.database_service),
        "PARCOURS_DATA": str(settings.data),
    }
    line = [sys.executable, "-m", "api.cli", "psql", "--csv", "-c", query]
    done = run(line, env=outside, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout)))


def test_the_slider_goes_back_and_the_figures_with_it(look: Look) -> None:
    page = look("/dashboard?lang=fr")
    today = months_table(page)
    slider = page.get_by_label("Remonter le temps")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    assert page.locator("output").inner_text() == "\u22125"
    page.get_by_role("button", name="Y aller").click()
    page.wait_for_url("**as_of=**")
    then = months_table(page)
    assert min(then) < min(today)
    assert page.get_by_label("Remonter le temps").input_value() == "-5"
    page.get_by_role("link", name="Revenir à aujourd’hui").click()
    page.wait_for_url(lambda url: "as_of" not in url)
    assert months_table(page) == today
