"""Reading projections: the timeline of a dossier, the caseload of an organisation, the indicators."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request
from psycopg import DataError
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.indicators import indicators_router
from api.perimeter import open_dossier
from api.problems import general
from api.queries import Reads
from api.sentences import line_sentence
from api.service import Service
from api.values import LARGEST_NUMBER
from api.words import kebab, language, words
from api.worklist import work_list_router
from application.desk import UnknownJourney
from application.directory import Directory, NotAMember
from application.permissions.reading import WITHHELD, View
from domain.calendar import paris_day
from domain.vocabulary import OrganisationId
from infrastructure.identity.principal import Principal, Scope
from projections.caseload import OpenCase, UnknownCursor, caseload
from projections.timeline import Line, timeline

AcceptLanguage = Annotated[str | None, Header(alias="Accept-Language", description="`fr` (if not given) or `en`.")]


def reading_router(service: Service) -> APIRouter:
    """The routes of the projections."""
    router = APIRouter()
    router.include_router(_timeline(service))
    router.include_router(_caseload(service))
    router.include_router(indicators_router(service))
    router.include_router(work_list_router(service))
    return router


def _timeline(service: Service) -> APIRouter:
    router = APIRouter(tags=["candidates"])

    @router.get("/v1/candidates/{root}/timeline", summary="One line per event, for people")
    def read_timeline(
        who: Reads,
        root: UUID,
        after: Annotated[int, Query(ge=0, le=LARGEST_NUMBER, description="The `next` of the page before.")] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        accept_language: AcceptLanguage = None,
    ) -> Response:
        name = f"candidate/{root}"
        lang = language(accept_language)
        # Lines first: what is recorded in between is then known to the view that says who reads it.
        with service.pool.connection() as connection:
            lines = timeline(connection, name, after=after, limit=limit + 1)
        view = open_dossier(service, who, name).view
        items = [_line(view, line, lang) for line in lines[:limit] if _told(view, line)]
        following = lines[limit - 1].root_version if len(lines) > limit else None
        return json_answer({"items": items, "next": following}, headers={"Content-Language": lang})

    return router


def _told(view: View, line: Line) -> bool:
    return view.reads(line.journey) and view.tells(line.journey, line.name.partition(".")[2])


def _line(view: View, line: Line, lang: str) -> Mapping[str, Any]:
    event = line.name.partition(".")[2]
    parameters = {
        name: value if view.tells(line.journey, f"{event}.{name}") else WITHHELD
        for name, value in line.parameters.items()
    }
    return {
        "root_version": line.root_version,
        "journey": line.journey,
        "event": line.name,
        "occurred_at": line.occurred_at,
        "recorded_at": line.recorded_at,
        "organisation": line.organisation if view.tells(line.journey, "organisation") else WITHHELD,
        "role": line.role,
        "sentence": line_sentence(line.name, parameters, lang),
    }


def _caseload(service: Service) -> APIRouter:
    router = APIRouter(tags=["organisations"])

    @router.get("/v1/organisations/{root}/caseload", summary="Open journeys, what is due next, what is overdue")
    def read_caseload(
        request: Request,
        principal: Annotated[Principal, require(Scope.COMMAND)],
        root: UUID,
        after: Annotated[str | None, Query(max_length=400, description="The `next` of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
        overdue: Annotated[bool, Query(description="Only what is overdue.")] = False,
        accept_language: AcceptLanguage = None,
    ) -> Response:
        organisation = OrganisationId(str(root))
        now = service.clock.now()
        _must_be_member(service, principal, organisation, paris_day(now))
        try:
            with service.pool.connection() as connection:
                page = caseload(connection, organisation, now=now, after=after, limit=limit, only_overdue=overdue)
        except (UnknownCursor, DataError):
            return general("malformed", request, errors=[{"field": "query.after", "expected": "a `next` of this list"}])
        lang = language(accept_language)
        return json_answer({"items": [_case(service, case, lang) for case in page.cases], "next": page.following})

    return router


def _must_be_member(service: Service, principal: Principal, organisation: OrganisationId, today: date) -> None:
    directory = Directory(journal=service.journal, catalogue=service.catalogue, on=today)
    try:
        directory.role(organisation, principal.subject)
    except NotAMember:
        raise UnknownJourney(organisation) from None


def _case(service: Service, case: OpenCase, lang: str) -> Mapping[str, Any]:
    own = words(case.kind)
    offered = [name for name in case.next_steps if _from_outside(service, case.kind, name)]
    return {
        "candidate": case.candidate,
        "journey": case.journey,
        "sides": case.sides,
        "stage": case.stage,
        "stage_label": own.of("stages", case.stage, lang),
        "since": case.since,
        "version": case.version,
        "next": [{"command": kebab(name), "label": own.of("commands", name, lang)} for name in offered],
        "due": case.due,
        "due_label": own.of("commands", case.due_command, lang) if case.due_command else None,
        "overdue": case.overdue,
    }


def _from_outside(service: Service, kind: str, name: str) -> bool:
    command = next(each for each in service.catalogue[kind].commands if each.__name__ == name)
    return any(grant.roles != {"system"} for grant in service.permissions[command])
