"""Importing the dump of another service: reads its files, tells them through the desk, and reports."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from api.settings import Settings
from api.wiring import Core, prepare, worker
from application.imports.carrying import Carrier
from application.imports.findings import Findings
from application.imports.les_emplois.dump import Dump
from application.imports.les_emplois.translation import translate
from application.imports.report import Summary, summarise
from application.ports import Clock

ORIGIN: Final = "import:les-emplois"
#: Of a printed table, in characters.
WIDEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an import, for people and for scripts."""

    summary: Summary

    def as_json(self) -> dict[str, Any]:
        """Everything, in codes and keys."""
        return {**self.summary.as_json(), "reconciled": self.summary.reconciled}

    def print(self, console: Console) -> None:
        """The tables, then every record about which there is something to say."""
        # Lines are never folded: keys are searched for, and the report is often kept in a file.
        console.width = WIDEST
        for table in (
            self._files(),
            self._states(),
            self._differences(),
            self._findings(),
            self._reasons(),
            self._left_unread(),
        ):
            if table.row_count:
                console.print(table, crop=False)
        console.print("Every record is accounted for." if self.summary.reconciled else "Records are missing.")

    def _files(self) -> Table:
        columns = ("read", "imported", "already_there", "not_imported", "told_with_others", "later")
        table = _table("What was read", ("file", "kind of record"), columns)
        for line in self.summary.files:
            table.add_row(line.file, line.model, *(str(getattr(line, column)) for column in columns))
        return table

    def _states(self) -> Table:
        columns = ("in_dump", "in_record", "explained", "from_elsewhere", "difference")
        table = _table("Where it stands", ("kind of record", "state"), columns)
        for line in self.summary.states:
            table.add_row(line.model, line.state, *(str(getattr(line, column)) for column in columns))
        return table

    def _differences(self) -> Table:
        table = _table("Not as the dump says", ("file", "key", "in dump", "in record", "why"))
        for each in self.summary.differences:
            table.add_row(each.file, each.key, each.in_dump, each.in_record, ", ".join(each.reasons))
        return table

    def _findings(self) -> Table:
        table = _table("What there is to say", ("what", "file", "kind of record", "key", "field", "reason"))
        for each in self.summary.findings:
            source = each.source
            table.add_row(each.nature, source.file, source.model, source.key, each.field, each.reason)
        return table

    def _reasons(self) -> Table:
        table = _table("The reasons", ("reason", "in words"), ("records",))
        counted = Counter((each.reason, each.sentence) for each in self.summary.findings)
        for (reason, sentence), records in sorted(counted.items()):
            table.add_row(reason, sentence, str(records))
        return table

    def _left_unread(self) -> Table:
        table = _table("Fields without a place in Parcours", ("kind of record", "field"), ("records",))
        for model, fields in self.summary.left_unread.items():
            for field, records in fields.items():
                table.add_row(model, field, str(records))
        return table


def _table(title: str, words: tuple[str, ...], numbers: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in words:
        table.add_column(column, no_wrap=True)
    for column in numbers:
        table.add_column(column.replace("_", " "), justify="right", no_wrap=True)
    return table


def import_dump(settings: Settings, folder: Path, progress: Progress, clock: Clock | None = None) -> Report:
    """Import a folder of JSON files and bring the projections up to date.

    What was imported before is found again, so it may be run twice, or again after it was killed. The embedded
    database is made ready first; any other is expected to be (`parcours db migrate`).
    """
    findings = Findings()
    dump = Dump(findings)
    for path in progress.track(sorted(folder.glob("*.json")), description="files"):
        _read(dump, path)
    dump.check_complete()
    plan = translate(dump, findings)
    with Core.opened(settings, clock=clock) as core:
        if settings.database is None:
            prepare(core.access)
        carrier = Carrier(desk=core.desk, origin=ORIGIN, findings=findings)
        for step in progress.track(plan.steps, description="commands"):
            carrier.carry(step)
        found = list(carrier.found(plan.expected))
        bring_up_to_date(core, progress)
    return Report(summarise(dump, carrier, found))


def bring_up_to_date(core: Core, progress: Progress) -> None:
    """Let the projections tell what was imported."""
    task = progress.add_task("projections", total=None)
    with worker(core) as runner:
        while told := runner.step():
            progress.advance(task, told)


def _read(dump: Dump, path: Path) -> None:
    try:
        records = json.loads(path.read_bytes())
    except ValueError:
        dump.unreadable(path.name)
        return
    if isinstance(records, list):
        dump.add(path.name, records)
    else:
        dump.unreadable(path.name)
