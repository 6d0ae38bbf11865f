"""Reading journeys and dossiers from the record: as they stand, as they stood, and event by event."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from api.answers import etag, journey_body, json_answer
from api.auth import require
from api.commands import Number
from api.history import history_csv, history_lines
from api.perimeter import Opened, Reader, open_dossier
from api.service import Service
from api.values import LARGEST_NUMBER, Instant, InstantInAddress
from application.desk import UnknownJourney
from application.dossiers import stand
from application.replay import as_of as known_at
from application.replay import at_version
from domain.journey import Journey
from domain.vocabulary import OrganisationId
from infrastructure.identity.principal import Principal, Scope


def reader(
    principal: Annotated[Principal, require(Scope.COMMAND)],
    acting: Annotated[
        UUID | None, Header(alias="Acting-Organisation", description="The organisation that you act for.")
    ] = None,
) -> Reader:
    """Who reads: somebody of an organisation that takes part, or the person themself."""
    return Reader(principal=principal, acting=OrganisationId(str(acting)) if acting else None)


Reads = Annotated[Reader, Depends(reader)]
Audits = Annotated[Principal, require(Scope.AUDIT)]
Version = Annotated[
    int | None, Query(ge=1, le=LARGEST_NUMBER, description="The journey as it stood after this event of its own.")
]
AsOf = Annotated[InstantInAddress | None, Query(description="As it was known at this instant.")]


def query_routers(service: Service) -> Sequence[APIRouter]:
    """A route to read every kind of journey, and the dossier's history."""
    router = APIRouter()
    for journey in service.catalogue.values():
        path = f"/v1/{journey.root}s/{{root}}" + (f"/{journey.plural}/{{n}}" if journey.numbered else "")
        router.add_api_route(
            path,
            _numbered(service, journey) if journey.numbered else _own(service, journey),
            methods=["GET"],
            name=f"{journey.name}:read",
            tags=[journey.plural],
            summary=f"Where the {journey.name.replace('-', ' ')} stands, or stood",
            openapi_extra={"x-parcours-state": journey.name},
        )
    return router, _history(service)


def _own(service: Service, journey: Journey[Any, Any, Any]) -> Any:
    def read(who: Reads, root: UUID, version: Version = None, as_of: AsOf = None) -> Response:
        opened = open_dossier(service, who, f"{journey.root}/{root}")
        return _answer(service, opened, journey.name, version, as_of)

    return read


def _numbered(service: Service, journey: Journey[Any, Any, Any]) -> Any:
    def read(who: Reads, root: UUID, n: Number, version: Version = None, as_of: AsOf = None) -> Response:
        opened = open_dossier(service, who, f"{journey.root}/{root}")
        return _answer(service, opened, f"{journey.name}-{n}", version, as_of)

    return read


def _answer(service: Service, opened: Opened, journey: str, version: int | None, as_of: Instant | None) -> Response:
    known = opened.history if as_of is None else known_at(opened.history, as_of)
    own = known if version is None else at_version(known, journey, version)
    standing = stand(service.catalogue, own)
    reached = standing.versions.get(journey, 0)
    if not reached or (version or reached) > reached or not opened.view.reads(journey):
        raise UnknownJourney(journey)
    then = as_of or (own[-1].recorded_at if version else None)
    body = journey_body(service, opened.view, journey, reached, standing.cases[journey], then)
    return json_answer(body, headers={"ETag": etag(reached)})


def _history(service: Service) -> APIRouter:
    router = APIRouter(tags=["audit"])

    @router.get("/v1/candidates/{root}/history", summary="Replay a dossier, event by event")
    def replay_history(
        _: Audits,
        root: UUID,
        as_of: AsOf = None,
        up_to: Annotated[
            int | None, Query(ge=1, le=LARGEST_NUMBER, description="The last version of the dossier to show.")
        ] = None,
        after: Annotated[int, Query(ge=0, le=LARGEST_NUMBER, description="The `next` of the page before.")] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
        format: Annotated[str, Query(pattern="^(json|csv)$")] = "json",  # noqa: A002 - its name in the address
    ) -> Response:
        history = service.journal.load(f"candidate/{root}", up_to=up_to)
        if not history:
            raise UnknownJourney(str(root))
        known = history if as_of is None else known_at(history, as_of)
        lines = history_lines(service.catalogue, known)
        page = [line for line in lines if line["root_version"] > after][:limit]
        if format == "csv":
            return history_csv(page)
        more = bool(page) and page[-1]["root_version"] < lines[-1]["root_version"]
        return json_answer({"items": page, "next": page[-1]["root_version"] if more else None})

    return router
