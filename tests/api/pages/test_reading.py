"""Everybody can read the pages: with a keyboard, with a screen reader, on a phone, in French and in English."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from domain.calendar import add_days
from tests.api.pages.conftest import Dashboard, Look

ADDRESSES = (
    "/dashboard?",
    "/dashboard?territory=region-53&by=department&period=36",
    "/dashboard?as_of=PAST&by=age_band",
    "/dashboard/flows?",
    "/dashboard/indicators/hires-accepted?",
    "/dashboard/indicators/applications-waiting-30-days?",
    "/indicators?",
    "/dashboard?territory=nowhere",
    "/dashboard/indicators/nothing?",
)
each_address = pytest.mark.parametrize("address", ADDRESSES)
each_language = pytest.mark.parametrize("lang", ["fr", "en"])
each_width = pytest.mark.parametrize("width", [360, 1280], ids=["phone", "desktop"])


def address_of(dashboard: Dashboard, address: str, lang: str) -> str:
    return f"{address.replace('PAST', str(add_days(dashboard.yesterday, -150)))}&lang={lang}"


@each_language
@each_width
@each_address
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    look: Look, dashboard: Dashboard, address: str, width: int, lang: str
) -> None:
    page = look(
        address_of(dashboard, address, lang), width=width, complains="nowhere" in address or "nothing" in address
    )
    for details in page.locator("details summary").all():
        details.click()
    found = Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == lang


def focused(page: Page) -> str:
    """What the keyboard is on: the name that a screen reader says."""
    said: str = page.evaluate(
        "() => { const at = document.activeElement; return at.labels?.[0]?.innerText ?? at.innerText; }"
    )
    return " ".join(said.split())


def test_the_keyboard_alone_filters_and_opens_the_table(look: Look, dashboard: Dashboard) -> None:
    page = look("/dashboard?lang=fr")
    page.keyboard.press("Tab")
    assert focused(page) == "Aller au contenu"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Définition")
    page.keyboard.press("Tab")
    assert focused(page) == "Territoire"
    page.keyboard.type("Nord")
    while focused(page) != "Afficher":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**territory=department-59**")
    for _ in range(40):
        if focused(page) == "Les mêmes chiffres en tableau":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#months-table").is_visible()


def test_the_chart_says_in_words_what_it_draws(look: Look) -> None:
    page = look("/dashboard?lang=fr")
    image = page.get_by_role("img", name="Sans solution 30 jours après l'orientation")
    assert image.count() == 1
    described = image.locator("desc").text_content() or ""
    assert described.startswith("Part de chaque mois, en pourcentage. De ")


@each_language
def test_the_language_of_the_browser_is_spoken_until_another_one_is_chosen(look: Look, lang: str) -> None:
    page = look("/dashboard", language={"fr": "fr-FR", "en": "en-GB"}[lang])
    assert page.evaluate("document.documentElement.lang") == lang
    page.get_by_role("link", name={"fr": "Read in English", "en": "Lire en français"}[lang]).click()
    page.wait_for_url("**lang=**")
    assert page.evaluate("document.documentElement.lang") != lang


def test_without_scripts_everything_works(look: Look, dashboard: Dashboard) -> None:
    page = look("/dashboard?lang=fr", scripts=False)
    page.get_by_label("Remonter le temps").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Y aller").click()
    page.wait_for_url("**as_of=**")
    assert page.get_by_role("link", name="Revenir à aujourd’hui").is_visible()
