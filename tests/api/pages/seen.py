"""What a person sees of a page: words and numbers as they are shown, and how long the marks are drawn."""

from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Locator, Page

from api.sentences import MONTHS


def read(text: str) -> str:
    """What is written, with ordinary spaces."""
    return " ".join(text.split())


def months_table(page: Page) -> Mapping[date, list[str]]:
    """The cells of each month of the table, which is opened first."""
    if not page.locator("#months-table").is_visible():
        page.get_by_text("Les mêmes chiffres en tableau").click()
    rows = page.locator("#months-table tbody tr").all()
    return {month_of(row.locator("th").inner_text()): cells_of(row, "td") for row in rows}


def month_of(text: str) -> date:
    """`octobre 2026`, at the end of a text."""
    name, year = read(text).split()[-2:]
    return date(int(year), 1 + MONTHS["fr"].index(name), 1)


def cells_of(row: Locator, which: str) -> list[str]:
    return [read(cell) for cell in row.locator(which).all_inner_texts()]


def share_and_numbers(cells: list[str]) -> str:
    """`52 % 55 sur 105`, or why there is none."""
    return " ".join(cells[:2]).strip()


def bars(page: Page, table: str) -> Mapping[str, tuple[str, float]]:
    """Each row of a table of bars: what it says, and how much of its rail the bar covers as it is drawn."""
    found = {}
    for row in page.locator(f"#{table} tbody tr").all():
        drawn = row.locator(".bar")
        covered = box(drawn)["width"] / box(row.locator(".rail"))["width"] if drawn.count() else 0
        found[read(row.locator("th").inner_text())] = (" ".join(cells_of(row, "td.n")).strip(), covered)
    return found


def box(mark: Locator) -> Mapping[str, float]:
    """Where a mark is drawn."""
    found: Mapping[str, float] = mark.evaluate("mark => mark.getBoundingClientRect().toJSON()")
    return found


def heights(page: Page, marks: str) -> Mapping[str, float]:
    """Each mark of a curve by what it says, and what the scale beside it says of its height."""
    chart = page.locator("figure .chart")
    ticks = [int(read(text).removesuffix(" %")) for text in chart.locator(".tick").all_text_contents()]
    lines = [box(line)["top"] for line in chart.locator("line.scale").all()]
    scale = dict(zip(ticks, lines, strict=True))
    one = (scale[0] - scale[max(ticks)]) / max(ticks)
    found = {}
    for mark in chart.locator(marks).all():
        drawn = box(mark)
        middle = drawn["top"] + drawn["height"] / 2
        found[read(mark.locator("title").text_content() or "")] = (scale[0] - middle) / one
    return found
