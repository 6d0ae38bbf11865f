"""A route for every command of every journey, made from the catalogue: a new command adds no line here."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.answers import journey_answer
from api.auth import require
from api.bodies import Body, json_body
from api.perimeter import answered_to
from api.service import Service
from api.words import kebab
from application.decision import PARCOURS
from application.desk import Request
from application.permissions.grant import Permissions
from domain.journey import Journey
from domain.vocabulary import OrganisationId
from infrastructure.identity.principal import Principal, Scope

Catalogue = Mapping[str, Journey[Any, Any, Any]]


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where a command is issued."""

    journey: Journey[Any, Any, Any]
    command: type[Any]

    @property
    def opens(self) -> bool:
        """Whether the command opens a journey."""
        return self.command in self.journey.opening

    @property
    def opens_root(self) -> bool:
        """Whether the command opens a dossier."""
        return self.opens and not self.journey.numbered

    @property
    def path(self) -> str:
        """The address, with `{root}` and `{n}` where the identifiers go."""
        plural, verb = f"/v1/{self.journey.root}s", kebab(self.command.__name__)
        if self.opens_root:
            return plural
        if not self.journey.numbered:
            return f"{plural}/{{root}}/{verb}"
        if not self.opens:
            return f"{plural}/{{root}}/{self.journey.plural}/{{n}}/{verb}"
        first = self.command is self.journey.opening[0]
        return f"{plural}/{{root}}/{self.journey.plural}" + ("" if first else f"/{verb}")


def doors(catalogue: Catalogue, permissions: Permissions) -> Iterator[Door]:
    """Every command that somebody outside may issue: not those of the system alone."""
    for journey in catalogue.values():
        for command in journey.commands:
            if any(grant.roles != {PARCOURS.role} for grant in permissions[command]):
                yield Door(journey=journey, command=command)


def command_router(service: Service) -> APIRouter:
    """The routes of all commands."""
    router = APIRouter()
    for door in doors(service.catalogue, service.permissions):
        router.add_api_route(
            door.path,
            _endpoint(service, door),
            methods=["POST"],
            status_code=201 if door.opens else 200,
            name=f"{door.journey.name}:{kebab(door.command.__name__)}",
            tags=[door.journey.plural],
            openapi_extra={"x-parcours-body": Body(door.journey, door.command).name},
        )
    return router


@dataclass(frozen=True, slots=True)
class Terms:
    """What the headers of a command say."""

    acting: OrganisationId | None
    expected_version: int | None
    idempotency_key: str | None


def terms(
    acting: Annotated[
        UUID | None,
        Header(alias="Acting-Organisation", description="The organisation that you act for; you must be a member."),
    ] = None,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
            description="Send the same key with the same request to get the first answer again, never a second event.",
        ),
    ] = None,
    if_match: Annotated[
        str | None,
        Header(
            pattern=r'^"\d{1,9}"$', description="The ETag of the journey as you have seen it; 412 if it has changed."
        ),
    ] = None,
) -> Terms:
    """Read the headers of a command."""
    return Terms(
        acting=OrganisationId(str(acting)) if acting else None,
        expected_version=int(if_match.strip('"')) if if_match else None,
        idempotency_key=idempotency_key,
    )


Caller = Annotated[Principal, require(Scope.COMMAND)]
WithTerms = Annotated[Terms, Depends(terms)]
Number = Annotated[int, Path(ge=1, le=1_000_000)]


def _endpoint(service: Service, door: Door) -> Callable[..., Awaitable[Response]]:
    issue = _issuer(service, door)

    async def open_root(http: HttpRequest, principal: Caller, terms: WithTerms) -> Response:
        return await issue(http, principal, terms, service.new_id(), None)

    async def in_root(http: HttpRequest, principal: Caller, terms: WithTerms, root: UUID) -> Response:
        return await issue(http, principal, terms, root, None)

    async def in_journey(http: HttpRequest, principal: Caller, terms: WithTerms, root: UUID, n: Number) -> Response:
        return await issue(http, principal, terms, root, f"{door.journey.name}-{n}")

    if door.opens_root:
        return open_root
    return in_journey if "{n}" in door.path else in_root


def _issuer(service: Service, door: Door) -> Callable[..., Awaitable[Response]]:
    body = Body(door.journey, door.command)

    def submit(request: Request, principal: Principal) -> Response:
        outcome = service.desk.submit(request)
        return journey_answer(service, outcome, answered_to(service, principal, outcome), opened=door.opens)

    async def issue(http: HttpRequest, principal: Principal, terms: Terms, root: UUID, journey: str | None) -> Response:
        command, occurred_at = body.read(await json_body(http))
        request = Request(
            root=f"{door.journey.root}/{root}",
            command=command,
            actor=principal.actor,
            correlation_id=http.state.request_id,
            journey=journey,
            opens_root=door.opens_root,
            acting=terms.acting,
            occurred_at=occurred_at,
            expected_version=terms.expected_version,
            idempotency_key=terms.idempotency_key,
        )
        return await run_in_threadpool(submit, request, principal)

    return issue
