"""Counts what the kit did and found, over the whole run, and how far a long run is; says so at the end."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

import pytest

PROPERTY: Final = "kit"
DEFAULT_CRASHES: Final = 3


class Count(Protocol):
    """Adds to the totals of the run: `count(crashes=3, lost=0)`."""

    def __call__(self, **counts: int) -> None: ...


#: Says how far a long test is.
Progress = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crashes", type=int, default=DEFAULT_CRASHES, help="how many times the kit kills the server")


@pytest.fixture
def crashes(request: pytest.FixtureRequest) -> int:
    wanted: int = request.config.getoption("crashes")
    return wanted


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Count:
    def add(**counts: int) -> None:
        request.node.user_properties.append((PROPERTY, counts))

    return add


@pytest.fixture
def progress(request: pytest.FixtureRequest) -> Progress:
    """Writes past the capture of output, unless the test runs in one of several processes."""
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    if terminal is None or capture is None or hasattr(request.config, "workerinput"):
        return lambda _: None

    def tell(line: str) -> None:
        with capture.global_and_fixture_disabled():
            terminal.write_line(line, flush=True)

    return tell


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [report for some in terminalreporter.stats.values() for report in some]
    totals = _totals(reports)
    if totals:
        terminalreporter.section("what the kit did to the log")
        terminalreporter.write_line(", ".join(f"{name.replace('_', ' ')} {number}" for name, number in totals.items()))


def _totals(reports: Iterable[Any]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for report in reports:
        if getattr(report, "when", None) == "call":
            for name, counts in report.user_properties:
                if name == PROPERTY:
                    totals.update(counts)
    return totals
