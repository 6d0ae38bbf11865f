"""Replaying a dossier from the command line."""

from datetime import UTC, datetime

import orjson
from rich.console import Console
from rich.table import Table

from api.history import csv_text, history_lines
from api.settings import Settings
from api.wiring import Core
from application.replay import as_of as known_at
from domain.catalogue import CATALOGUE


def print_history(settings: Settings, candidate: str, until: tuple[datetime | None, int | None], form: str) -> bool:
    """Print the history of a dossier as `text`, `csv` or `json`; answers whether there is one.

    `until`: the instant at which it was known, and the last version of the dossier; None for no bound.
    """
    instant, version = until
    with Core.opened(settings) as core:
        history = core.journal.load(f"candidate/{candidate}", up_to=version)
    if instant is not None:
        at = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        history = known_at(history, at)
    lines = history_lines(CATALOGUE, history)
    if form == "csv":
        print(csv_text(lines), end="")  # noqa: T201 - its answer
    elif form == "json":
        print(orjson.dumps(lines, default=str).decode())  # noqa: T201 - its answer
    else:
        Console().print(_table(lines))
    return bool(lines)


def _table(lines: object) -> Table:
    table = Table("", "occurred", "recorded", "journey", "event", "stage", "by", box=None)
    for line in lines:  # type: ignore[attr-defined]
        by = f"{line['role']} {line['actor']} ({line['client']})"
        stages = f"{line['stage_before']} → {line['stage_after']}"
        moment = (line["occurred_at"][:16], line["recorded_at"][:16])
        table.add_row(str(line["root_version"]), *moment, line["journey"], line["event"], stages, by)
    return table
