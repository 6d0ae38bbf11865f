"""Figures as they are answered: JSON and CSV, with what they are made of and how sure they are."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from starlette.responses import Response

from api.answers import json_answer
from api.history import cell
from projections.indicators.asking import Question
from projections.indicators.discretion import Lines, Secret
from projections.indicators.figures import Count, NotAvailable, Share, Times
from projections.indicators.publication import Published, is_complete, matures_on
from projections.indicators.without_solution import Slice

Written = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Figures as they were known, and beside them as they are known now if another instant was asked for."""

    asked: Question
    exact: bool
    figures: Sequence[Written]
    known_now: Sequence[Written] | None
    #: What changed each of them, by month and modality, if that was asked for.
    causes: Mapping[Slice, Lines] | None = None


def written(published: Published) -> Written:
    """A figure as JSON members: there is a number, or there is a reason why not, and never 0 in its place."""
    return {
        "month": published.month,
        "modality": published.modality,
        **_result(published.result),
        "lines": {name: _number(value) for name, value in published.lines.items()},
        "waiting": published.waiting,
        "excluded": {name: _number(value) for name, value in published.exclusions.items()},
        "delay_days": _delays(published.times),
    }


def _result(result: Share | Count | NotAvailable | Secret) -> Written:
    match result:
        case Share(numerator=numerator, denominator=denominator):
            share = round(numerator / denominator, 6)
            return {"status": "published", "numerator": numerator, "denominator": denominator, "share": share}
        case Count(number=number):
            return {"status": "published", "count": number}
        case NotAvailable(why):
            return {"status": "not_available", "why": why}
        case Secret():
            return {"status": "secret"}
        case _:
            assert_never(result)


def _number(value: int | NotAvailable | Secret) -> object:
    match value:
        case int():
            return value
        case NotAvailable(why):
            return {"status": "not_available", "why": why}
        case Secret():
            return {"status": "secret"}
        case _:
            assert_never(value)


def _delays(times: Times | NotAvailable | Secret | None) -> object:
    return {"median": times.median, "p80": times.p80} if isinstance(times, Times) else None


def figures_json(answer: Answer) -> Response:
    """The figures, with the definition that they follow and the day that they are of."""
    asked, definition = answer.asked, answer.asked.definition
    return json_answer(
        {
            "indicator": {
                "id": definition.id,
                "version": definition.version,
                "title": definition.title,
                "text": definition.text,
                "unit": definition.unit,
            },
            "measure": asked.measure,
            "by": asked.by,
            "as_of": asked.known.at,
            "data_date": asked.known.day,
            "secrecy": "none" if answer.exact else "statistical",
            "figures": [{**figure, **_maturity(asked, figure["month"])} for figure in answer.figures],
            "known_now": None if answer.known_now is None else _known_now(answer, answer.known_now),
        }
    )


def _maturity(asked: Question, month: date | None) -> Written:
    if month is None:
        return {"complete": True, "matures_on": None}
    return {"complete": is_complete(month, asked), "matures_on": matures_on(month, asked)}


def _known_now(answer: Answer, now: Sequence[Written]) -> Sequence[Written]:
    revised, told = revisions(answer.figures, now), answer.causes
    if told is None:
        return revised
    return [{**figure, "causes": _cause_numbers(told.get((figure["month"], figure["modality"])))} for figure in revised]


def _cause_numbers(causes: Lines | None) -> Written | None:
    return None if causes is None else {name: _number(number) for name, number in causes.items()}


def revisions(before: Sequence[Written], after: Sequence[Written]) -> Sequence[Written]:
    """What a figure has become since, in percentage points of the share; None where there is no share to compare."""
    then = {(figure["month"], figure["modality"]): figure for figure in before}
    return [{**now, "revision_points": _points(then.get((now["month"], now["modality"]), {}), now)} for now in after]


def _points(then: Written, now: Written) -> float | None:
    if "share" not in then or "share" not in now:
        return None
    points: float = round(100 * (now["share"] - then["share"]), 4)
    return points


#: One line a figure. What is hidden or not available is an empty cell, and `status` says which.
COLUMNS: Final = (
    "indicator", "version", "measure", "month", "dimension", "modality", "status", "why", "numerator", "denominator",
    "share", "count", "waiting", "complete", "median_days", "p80_days", "excluded", "lines", "data_date", "as_of",
    "status_now", "numerator_now", "denominator_now", "share_now", "count_now", "revision_points",
)  # fmt: skip
_NOW: Final = ("status", "numerator", "denominator", "share", "count")


def figures_csv(answer: Answer) -> Response:
    """The same as CSV (RFC 4180, UTF-8)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for line in figure_lines(answer):
        writer.writerow({column: cell(line.get(column)) for column in COLUMNS})
    return Response(out.getvalue(), headers={"Cache-Control": "no-store"}, media_type="text/csv; charset=utf-8")


def figure_lines(answer: Answer) -> Sequence[Written]:
    """The lines of the CSV, by column: one a figure."""
    asked = answer.asked
    common = {
        "indicator": asked.definition.id,
        "version": asked.definition.version,
        "measure": asked.measure,
        "dimension": asked.by.value,
        "data_date": asked.known.day,
        "as_of": asked.known.at.isoformat(),
    }
    revised = revisions(answer.figures, answer.known_now or ())
    later = {(figure["month"], figure["modality"]): figure for figure in revised}
    return [{**common, **_line(asked, figure, later.get((figure["month"], figure["modality"]), {}))}
            for figure in answer.figures]  # fmt: skip


def _line(asked: Question, figure: Written, now: Written) -> Written:
    delays = figure["delay_days"] or {}
    return {
        **figure,
        **_maturity(asked, figure["month"]),
        "median_days": delays.get("median"),
        "p80_days": delays.get("p80"),
        "revision_points": now.get("revision_points"),
        **{f"{name}_now": now.get(name) for name in _NOW},
    }
