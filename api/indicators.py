"""Reading indicators: their catalogue, their figures, and the dossiers behind a figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.figures import Answer, figures_csv, figures_json, written
from api.problems import general
from api.queries import AsOf
from api.service import Service
from api.values import LARGEST_NUMBER
from application.desk import UnknownJourney
from application.publication import MOST_MONTHS
from domain.calendar import add_months
from infrastructure.identity.principal import Principal, Scope
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import DEFINITIONS, Definition, Measure, newest
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import Lines
from projections.indicators.measuring import awaited, measured
from projections.indicators.publication import as_it_is, settled, shown
from projections.indicators.why import TOLD_BY, as_counted, why
from projections.indicators.without_solution import Slice

Analyst = Annotated[Principal, require(Scope.INDICATORS)]
Month = Annotated[
    str | None, Query(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", description="A month, as 2026-01.")
]
DefinitionVersion = Annotated[
    int | None, Query(ge=1, le=LARGEST_NUMBER, description="Of the definition; the newest one if not given.")
]
Measured = Annotated[Measure | None, Query(description="What is measured; the first of the definition if not given.")]
Causes = Annotated[
    bool,
    Query(
        description="With `as_of`, of one month, of all of France, by region or by department: beside each figure as it"
        " is known now, how many entries changed it since, by cause (`outcome_learned`, `entry_withdrawn`, `merged`…)."
        " An analyst sees numbers from eleven on; `null` where the figure is not shown both times."
    ),
]
#: Who may see persons sees figures as they are; an analyst sees what statistical secrecy lets through.
SEES_PERSONS: Final = frozenset({Scope.STAFF, Scope.AUDIT})
#: After midnight, what was being recorded then has been.
GRACE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Malformed(Exception):
    """The question makes no sense."""

    field: str
    expected: str


def indicators_router(service: Service) -> APIRouter:
    """The catalogue, and the figures of each indicator."""
    router = APIRouter(tags=["indicators"])

    @router.get("/v1/indicators", summary="The definitions of the indicators, every version")
    def definitions(_: Analyst) -> Response:
        return json_answer({"items": [catalogued(definition) for definition in DEFINITIONS.values()]})

    @router.get("/v1/indicators/{name}", summary="The figures of an indicator, as known now or at an instant")
    def read_figures(
        request: Request,
        analyst: Analyst,
        name: str,
        first: Annotated[Month, Query(alias="from")] = None,
        last: Annotated[Month, Query(alias="to")] = None,
        measure: Measured = None,
        by: Dimension = Dimension.NONE,
        as_of: AsOf = None,
        version: DefinitionVersion = None,
        causes: Causes = False,
        format: Annotated[str, Query(pattern="^(json|csv)$")] = "json",  # noqa: A002 - its name in the address
    ) -> Response:
        exact, now = bool(analyst.scopes & SEES_PERSONS), service.clock.now()
        try:
            asked = question(definition_of(name, version), measure, by, (first, last))
            if causes:
                _are_told(asked(knowledge(now, exact=exact)), as_of)
        except Malformed as wrong:
            return general("malformed", request, errors=[{"field": wrong.field, "expected": wrong.expected}])
        then = asked(knowledge(now, as_of, exact=exact))
        later = None if as_of is None else asked(replace(knowledge(now, exact=exact), on=then.known.day))
        answer = answered(service, then, later, exact=exact)
        if causes and later is not None:
            answer = replace(answer, causes=_causes(service, then, later, exact=exact))
        return figures_csv(answer) if format == "csv" else figures_json(answer)

    return router


def definition_of(name: str, version: int | None) -> Definition:
    """A version of an indicator, or its newest one. Raises `UnknownJourney`."""
    definition = newest(name) if version is None else DEFINITIONS.get((name, version))
    if definition is None:
        raise UnknownJourney(name)
    return definition


def catalogued(definition: Definition) -> Mapping[str, Any]:
    """A definition as it is published, with what may be asked of it and what it waits for."""
    return {
        **definition.model_dump(mode="json"),
        "measures": definition.measures,
        "awaits": awaited(definition),
        "newest": definition == newest(definition.id),
    }


def question(
    definition: Definition, measure: Measure | None, by: Dimension, period: tuple[str | None, str | None]
) -> Callable[[Knowledge], Question]:
    """What is asked, once it is said as known when. Raises `Malformed`."""
    if measure is not None and measure not in definition.measures:
        raise Malformed("query.measure", " or ".join(definition.measures))
    if by not in {Dimension.NONE, *definition.dimensions}:
        raise Malformed("query.by", "a dimension of the definition")
    months = None if (measure or definition.measures[0]) is Measure.STOCK else _months(*period)
    return lambda known: Question(definition=definition, known=known, by=by, months=months)


def _months(first: str | None, last: str | None) -> Months:
    if first is None or last is None:
        raise Malformed("query.from" if first is None else "query.to", "a month")
    months = Months(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"))
    if not months.first <= months.last < add_months(months.first, MOST_MONTHS):
        raise Malformed("query.to", f"a month from `from` on, at most {MOST_MONTHS} months in all")
    return months


def knowledge(now: datetime, as_of: datetime | None = None, *, exact: bool) -> Knowledge:
    """What is known now, or was known at an instant; for analysts, at the end of the day before.

    However analysts read figures, a day is theirs from a minute after midnight on, so that it does not change any more.
    """
    return Knowledge(min(as_of or now, now)) if exact else settled(min(as_of or now, now - GRACE))


def answered(service: Service, then: Question, later: Question | None, *, exact: bool) -> Answer:
    """The figures that somebody may see, and beside them what they are known as later."""
    return Answer(
        asked=then,
        exact=exact,
        figures=_figures(service, then, exact=exact),
        known_now=None if later is None else _figures(service, later, exact=exact),
    )


def _are_told(asked: Question, as_of: datetime | None) -> None:
    """Causes need an instant to compare with, and are those of one month of a territory. Raises `Malformed`."""
    if as_of is None:
        raise Malformed("query.as_of", "an instant, for causes")
    if asked.by not in TOLD_BY:
        raise Malformed("query.by", " or ".join(TOLD_BY))
    if asked.months is None or len(list(asked.months)) > 1:
        raise Malformed("query.causes", "one month, of a measure that has months")


def _causes(service: Service, then: Question, later: Question, *, exact: bool) -> Mapping[Slice, Lines]:
    with service.pool.connection() as connection:
        return (as_counted if exact else why)(connection, then, later)


def _figures(service: Service, asked: Question, *, exact: bool) -> Sequence[Mapping[str, Any]]:
    with service.pool.connection() as connection:
        told = [as_it_is(figure) for figure in measured(connection, asked)] if exact else shown(connection, asked)
    return [written(published) for published in told]
