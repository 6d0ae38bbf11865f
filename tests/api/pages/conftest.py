"""A running service on invented lives, and a real browser that looks at its pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from os import environ
from shutil import which

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from api.settings import Settings
from api.wiring import prepare
from domain.calendar import add_days, paris_day
from infrastructure.clock import SystemClock
from projections.milestones.projection import MILESTONES
from projections.positions import search_path
from tests.api.conftest import running, settings_for
from tests.api.pages.lives import lives, told_by
from tests.conftest import TestServer
from tests.projections.indicators.facts import Fact, store

#: A profile of its own, nothing on the network but our pages.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(frozen=True)
class Dashboard:
    """Where pages are, and the lives that they show."""

    base: str
    settings: Settings
    facts: Sequence[Fact]

    @property
    def yesterday(self) -> date:
        return add_days(paris_day(SystemClock().now()), -1)


@pytest.fixture(scope="session")
def dashboard(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    name = server.make(server.migrated(8))
    access = server.access(name)
    prepare(access)
    today = paris_day(SystemClock().now())
    facts = told_by(lives(today), today)
    with psycopg.connect(access.owner) as owner:
        owner.execute(f"set search_path = {search_path([MILESTONES])}")
        store(owner, facts)
        owner.execute("analyze")
    settings = settings_for(access, tmp_path_factory.mktemp("dashboard"))
    with running(settings) as base:
        yield Dashboard(base, settings, facts)
    server.drop(name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one module: while it runs no test of the same process has a loop of its own.

    Without it there is nothing to look with, which only a developer's machine may say.
    """
    chromium = which("chromium")
    if chromium is None:
        assert "PARCOURS_TEST_CHROMIUM" not in environ, "Chromium is to be installed here: apt-get install chromium"
        pytest.skip("pages are looked at with Chromium, which is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


#: A page of the service, `width` pixels wide.
Look = Callable[..., Page]


@pytest.fixture
def look(browser: Browser, dashboard: Dashboard) -> Iterator[Look]:
    """Opens addresses; whatever the browser complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        address: str, width: int = 1280, language: str = "fr-FR", *, scripts: bool = True, complains: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=dashboard.base,
            viewport={"width": width, "height": 900},
            locale=language,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        if not complains:
            page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
