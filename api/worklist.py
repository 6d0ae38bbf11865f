"""The dossiers behind a figure, for whoever works with them: the number and the list are one definition."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.indicators import DefinitionVersion, Malformed, Measured, Month, definition_of, question
from api.perimeter import Reader, view_of, viewer
from api.problems import general
from api.service import Service
from application.desk import UnknownJourney
from application.directory import NotAMember
from application.dossiers import stand
from application.permissions.reading import Viewer
from domain.vocabulary import OrganisationId
from infrastructure.identity.principal import Principal, Scope
from projections.caseload import concerned
from projections.indicators.asking import Knowledge, Question
from projections.indicators.cases import Case
from projections.indicators.dimension import Dimension
from projections.indicators.measuring import behind, counted_standings


def work_list_router(service: Service) -> APIRouter:
    """The list of an indicator, as one organisation has it to work on."""
    router = APIRouter(tags=["organisations"])

    @router.get("/v1/organisations/{root}/work-list", summary="The dossiers that an indicator counts, of yours")
    def read_work_list(
        request: Request,
        principal: Annotated[Principal, require(Scope.COMMAND)],
        root: UUID,
        indicator: Annotated[str, Query(max_length=100)],
        measure: Measured = None,
        first: Annotated[Month, Query(alias="from")] = None,
        last: Annotated[Month, Query(alias="to")] = None,
        version: DefinitionVersion = None,
        after: Annotated[str | None, Query(max_length=200, description="The `next` of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> Response:
        organisation = OrganisationId(str(root))
        looking = _looking(service, principal, organisation)
        try:
            asked = question(definition_of(indicator, version), measure, Dimension.NONE, (first, last))
        except Malformed as wrong:
            return general("malformed", request, errors=[{"field": wrong.field, "expected": wrong.expected}])
        known = asked(Knowledge(service.clock.now()))
        cases = [case for case in _counted(service, known, organisation) if after is None or cursor(case) > after]
        page = list(_readable(service, looking, cases, limit + 1))
        return json_answer(
            {
                "indicator": {"id": known.definition.id, "version": known.definition.version},
                "data_date": known.known.day,
                "items": [_item(case) for case in page[:limit]],
                "next": cursor(page[limit - 1]) if len(page) > limit else None,
            }
        )

    return router


def cursor(case: Case) -> str:
    """Where a case stands in the list: who has waited longest comes first."""
    return f"{case.since}~{case.candidate}~{case.journey}"


def _looking(service: Service, principal: Principal, organisation: OrganisationId) -> Viewer:
    try:
        return viewer(service, Reader(principal=principal, acting=organisation))
    except NotAMember:
        raise UnknownJourney(organisation) from None


def _counted(service: Service, asked: Question, organisation: OrganisationId) -> Sequence[Case]:
    """What the figure counts, of the dossiers in which the organisation takes part."""
    counted = counted_standings(asked.definition)
    with service.pool.connection() as connection:
        own = concerned(connection, organisation)
        cases = behind(connection, asked)
    listed = [case for case in cases if case.standing in counted and f"candidate/{case.candidate}" in own]
    return sorted(listed, key=cursor)


def _readable(service: Service, looking: Viewer, cases: Sequence[Case], most: int) -> Iterator[Case]:
    """The first cases that the reader may read, each checked like the journey itself."""
    found = 0
    for case in cases:
        root = f"candidate/{case.candidate}"
        standing = stand(service.catalogue, service.journal.load(root))
        if view_of(service, looking, root, standing).reads(case.journey):
            yield case
            found += 1
        if found == most:
            return


def _item(case: Case) -> dict[str, Any]:
    return {
        "candidate": case.candidate,
        "journey": case.journey,
        "standing": case.standing,
        "detail": case.detail,
        "since": case.since,
    }
