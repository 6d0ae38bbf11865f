"""A replayed dossier as lines: for auditors, in JSON and CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from starlette.responses import Response

from api.answers import plain
from application.dossiers import Catalogue, kind_of
from application.ports import Recorded
from application.replay import Step, replay

COLUMNS: Final = (
    "root_version",
    "journey",
    "journey_version",
    "event",
    "occurred_at",
    "recorded_at",
    "actor",
    "role",
    "client",
    "organisation",
    "origin",
    "correlation_id",
    "causation_id",
    "stage_before",
    "stage_after",
    "data",
    "before",
    "after",
)
#: What a spreadsheet would take for a formula.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def history_lines(catalogue: Catalogue, history: Sequence[Recorded]) -> Sequence[Mapping[str, Any]]:
    """Every event in the order of the record, with author, both times, and its journey before and after it."""
    return [_line(catalogue, step) for step in replay(catalogue, history)]


def _line(catalogue: Catalogue, step: Step) -> Mapping[str, Any]:
    recorded = step.recorded
    metadata = recorded.metadata
    journey = catalogue[kind_of(recorded.journey)]
    return {
        "root_version": recorded.root_version,
        "journey": recorded.journey,
        "journey_version": recorded.journey_version,
        "event": f"{journey.name}.{type(recorded.event).__name__}",
        "occurred_at": recorded.occurred_at.isoformat(),
        "recorded_at": recorded.recorded_at.isoformat(),
        "actor": metadata.actor.subject,
        "role": metadata.actor.role.value,
        "client": metadata.actor.client,
        "organisation": plain(metadata.organisation),
        "origin": metadata.origin,
        "correlation_id": metadata.correlation_id,
        "causation_id": metadata.causation_id,
        "stage_before": journey.stage(step.before).value,
        "stage_after": journey.stage(step.after).value,
        "data": plain(recorded.event),
        "before": plain(step.before),
        "after": plain(step.after),
    }


def history_csv(lines: Sequence[Mapping[str, Any]]) -> Response:
    """The same as CSV (RFC 4180, UTF-8), one line an event; what is not plain text is JSON in its cell."""
    return Response(csv_text(lines), headers={"Cache-Control": "no-store"}, media_type="text/csv; charset=utf-8")


def csv_text(lines: Sequence[Mapping[str, Any]]) -> str:
    """The text of the CSV, header first. Cells that a spreadsheet would run as a formula are quoted with `'`."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for line in lines:
        writer.writerow({column: cell(line[column]) for column in COLUMNS})
    return out.getvalue()


def cell(value: object) -> object:
    """A value as a cell that no spreadsheet runs."""
    text = orjson.dumps(value).decode() if isinstance(value, dict | list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_STARTS) else text
