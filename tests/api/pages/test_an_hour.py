"""An analyst's hour with the dashboard, from the first look to the same number in the file and at the doors."""

import csv
import io
import re
from datetime import date
from typing import Any

import httpx

from domain.calendar import add_days
from infrastructure.clock import SystemClock
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from tests.api.pages.conftest import Dashboard, Look
from tests.api.pages.seen import months_table, read, share_and_numbers


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
