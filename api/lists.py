"""Lists of beneficiaries: uploaded, previewed or saved, with an answer that grows as the work goes on."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, BinaryIO, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Header, Query
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from api.auth import require
from api.bodies import media_type
from api.lines import answers
from api.service import Service
from api.words import language
from application.desk import Desk
from application.directory import Directory, OrganisationClosed
from application.imports.lists.columns import Column, HeadingNotFound
from application.imports.lists.following import Following
from application.imports.lists.list import BeneficiaryList, opened
from application.imports.lists.saving import Saving
from application.imports.lists.ways import Way
from domain.calendar import paris_day
from domain.rsa_appointment.refusals import InvalidCategory
from domain.vocabulary import Actor, OrganisationId
from infrastructure.identity.principal import Principal, Scope
from infrastructure.spreadsheets import read_list

#: Of an upload, in bytes: a list of 100,000 rows has about 15 million.
LARGEST_LIST: Final = 64 * 1024 * 1024
#: A column of ours and its heading in the file.
COLUMN: Final = rf"^({'|'.join(Column)})=[^\s].{{0,200}}$"
LINES: Final = "application/x-ndjson"
_KINDS: Final = frozenset({"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})

Caller = Annotated[Principal, require(Scope.COMMAND)]
ActingOrganisation = Annotated[
    UUID, Header(alias="Acting-Organisation", description="The organisation that the list is for; you are a member.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a list is read, whoever reads it."""

    #: The organisation that will follow everybody in the list.
    organisation: OrganisationId
    #: Headings of the file, for columns whose heading is not a usual one.
    columns: Mapping[Column, str]
    #: Whose internal identifiers the list holds; the organisation's own if it has one only.
    department: str | None = None
    preview: bool = False
    #: What is asked for everybody beside being saved.
    following: Following | None = None


def columns_of(written: Sequence[str]) -> Mapping[Column, str]:
    """Read `first_name=Prénom usuel`. Raises `HeadingNotFound` for what is not of that form or no column of ours."""
    pairs = [each.partition("=") for each in written]
    if any(name not in set(Column) or not heading.strip() for name, _, heading in pairs):
        raise HeadingNotFound(columns=[column.value for column in Column])
    return {Column(name): heading for name, _, heading in pairs}


def saving(desk: Desk, agent: Actor, terms: Terms, correlation_id: str, new_id: Any) -> Saving:
    """The work of an agent on a list.

    Raises `NotAMember`, `OrganisationClosed` and what would be refused to everybody, before any row is looked at.
    """
    today = paris_day(desk.clock.now())
    directory = Directory(organisations=desk.organisations, on=today)
    role = directory.role(terms.organisation, agent.subject)
    profile = directory.acting(terms.organisation, today)
    if not profile.active:
        raise OrganisationClosed(organisation=terms.organisation)
    if terms.following is not None:
        terms.following.check(directory.receptions([terms.organisation])[terms.organisation])
    only = profile.departments[0] if len(profile.departments) == 1 else None
    return Saving(
        desk=desk,
        agent=replace(agent, role=role),
        organisation=terms.organisation,
        kinds=profile.kinds,
        department=terms.department or only,
        correlation_id=correlation_id,
        new_id=lambda: str(new_id()),
        preview=terms.preview,
        following=terms.following,
    )


def following_of(
    category: str | None, ways: Sequence[Way], *, slots_available: bool | None, with_referents: bool
) -> Following | None:
    """What is asked for everybody in a list. Raises `InvalidCategory` where people are invited to nothing."""
    if category is None and ways:
        raise InvalidCategory
    if category is None:
        return None
    return Following(
        category=category,
        ways=tuple(ways),
        slots_available=slots_available,
        bookable_with_referents=with_referents,
    )


def lists_router(service: Service) -> APIRouter:
    """The door of lists."""
    router = APIRouter(tags=["imports"])

    @router.post(
        "/v1/imports",
        summary="Save a list of beneficiaries, then follow them up and invite them if asked; or preview all that",
        response_class=StreamingResponse,
        openapi_extra={
            "x-parcours-writes": "Lists",
            "requestBody": {
                "required": True,
                "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in sorted(_KINDS)},
            }
        },
        responses={200: {"description": "A line of JSON for the columns, one for each row, one for the totals.",
                         "content": {LINES: {"schema": {"type": "string"}}}}},
    )  # fmt: skip
    async def save_list(
        http: HttpRequest,
        principal: Caller,
        acting: ActingOrganisation,
        preview: Annotated[bool, Query(description="Say what would come of each row, and record nothing.")] = False,
        column: Annotated[
            list[Annotated[str, StringConstraints(pattern=COLUMN)]] | None,
            Query(description="`first_name=Prénom usuel`: a heading that is not a usual one."),
        ] = None,
        department: Annotated[
            str | None, Query(pattern=r"^[0-9AB]{2,3}$", description="Whose internal identifiers these are.")
        ] = None,
        category: Annotated[
            str | None, Query(min_length=1, max_length=100, description="Open everybody's follow-up in this category.")
        ] = None,
        invite: Annotated[
            list[Way] | None,
            Query(max_length=2, description="Invite everybody by these ways to take an appointment of the category."),
        ] = None,
        slots_available: Annotated[
            bool | None, Query(description="You looked whether the agendas have a free slot: needed to invite.")
        ] = None,
        bookable_with_referents: Annotated[
            bool, Query(description="The agendas have a reason for appointments with a referent.")
        ] = False,
    ) -> Response:
        terms = Terms(
            organisation=OrganisationId(str(acting)),
            columns=columns_of(column or ()),
            department=department,
            preview=preview,
            following=following_of(
                category, invite or (), slots_available=slots_available, with_referents=bookable_with_referents
            ),
        )
        file = await _uploaded(http)

        def begin() -> tuple[Saving, BeneficiaryList]:
            work = saving(service.desk, principal.actor, terms, http.state.request_id, service.new_id)
            return work, opened(read_list(file), terms.columns)

        work, beneficiaries = await run_in_threadpool(begin)
        lang = language(http.headers.get("accept-language"))
        lines = (orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in answers(work, beneficiaries, lang))
        return StreamingResponse(lines, media_type=LINES)

    return router


async def _uploaded(http: HttpRequest) -> BinaryIO:
    """The list, in memory: what is personal is written nowhere. Raises HTTPException 413 or 415."""
    if media_type(http) not in _KINDS:
        raise HTTPException(415)
    file = io.BytesIO()
    async for chunk in http.stream():
        file.write(chunk)
        if file.tell() > LARGEST_LIST:
            raise HTTPException(413)
    file.seek(0)
    return file
