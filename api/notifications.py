"""Notifications at the doors: what is to be told to whom, for services that tell it themselves; what one does without.

A notification names people by opaque references and says nothing of what is in the dossier: whoever may read that
reads it there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, WithJsonSchema
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.bodies import json_body
from api.feed import wait_for
from api.letters import label
from api.perimeter import Reader, viewer
from api.problems import general
from api.queries import Reads
from api.reading import AcceptLanguage
from api.service import Service
from api.values import LARGEST_NUMBER
from api.words import language
from application.notifications.notice import Recipient
from application.notifications.templates import DISABLEABLE, Template
from infrastructure.identity.principal import Principal, Scope
from infrastructure.preferences import PostgresPreferences
from projections.notifications.feed import Line, notices

Consumer = Annotated[Principal, require(Scope.FEED)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER, description="The `next` of the page before; 0 for the first.")]


class Whom(BaseModel):
    """Who is told. References only."""

    kind: str = Field(examples=[each.value for each in Recipient])
    organisation: str | None = Field(description="Whose members; or in which organisation the professional is told.")
    subject: str | None = Field(description="The professional, as the identity provider knows them.")
    named: str | None = Field(
        description="The field of the journey's state that holds the address of somebody else, or a mailbox's category."
    )


class Notice(BaseModel):
    """That somebody is to be told something of an event."""

    id: str = Field(description="The same for ever: remember it to tell nobody twice.")
    offset: int = Field(description="Of the event, as in the feed of events of the same partition.")
    root: str
    root_version: int
    journey: str
    journey_version: int
    event: str = Field(examples=["job-application.Submitted"])
    template: str = Field(description="What is told.", examples=[each.value for each in Template])
    channel: str = Field(examples=["email", "sms", "postal"])
    recipient: Whom
    about: str | None = Field(description="The organisation that the text may name.")
    can_be_disabled: bool
    occurred_at: datetime
    recorded_at: datetime


class Notifications(BaseModel):
    """A page of them."""

    items: list[Notice]
    next: int = Field(description="The cursor of the next page: send it back as `after`.")


class Preference(BaseModel):
    """One kind of message."""

    template: str
    label: str
    can_be_disabled: bool
    disabled: bool


class Preferences(BaseModel):
    """Every kind of message."""

    items: list[Preference]


def _must_be_disableable(template: Template) -> Template:
    if template not in DISABLEABLE:
        raise ValueError("this message is always sent")
    return template


Disableable = Annotated[
    Template,
    AfterValidator(_must_be_disableable),
    WithJsonSchema({"type": "string", "enum": sorted(DISABLEABLE)}),
]


class Choice(BaseModel):
    """What one does without from now on: these and no others."""

    model_config = ConfigDict(extra="forbid")

    disabled: list[Disableable] = Field(max_length=len(Template))


_CHOICE: Final = TypeAdapter(Choice)
_ASKED: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": Choice.model_json_schema()}}}
}


def notification_routers(service: Service) -> Sequence[APIRouter]:
    """The feed of notifications, and what one does without."""
    return _feed(service), _preferences(service)


def _feed(service: Service) -> APIRouter:
    router = APIRouter(tags=["notifications"])

    @router.get(
        "/v1/notifications",
        summary="Who is to be told what of the events of one partition, in order, after a cursor",
        response_model=Notifications,
    )
    async def feed(
        request: Request,
        _: Consumer,
        partition: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)],
        after: After = 0,
        limit: Annotated[
            int, Query(ge=1, le=1000, description="The notifications left of the last event come with it.")
        ] = 200,
        wait: Annotated[int, Query(ge=0, le=30, description="Seconds to wait if there is none.")] = 0,
    ) -> Response:
        if partition >= service.partitions:
            return general("unknown", request)

        def look() -> Sequence[Line]:
            with service.pool.connection() as connection:
                return notices(connection, partition, after, limit)

        lines = await wait_for(look, wait)
        following = lines[-1].offset if lines else after
        return json_answer({"items": [_body(line) for line in lines], "next": following})

    return router


def _body(line: Line) -> Mapping[str, Any]:
    told = asdict(line)
    whom = {"kind": told.pop("recipient"), **{name: told.pop(name) for name in ("organisation", "subject", "named")}}
    return {
        "id": f"{line.root}#{line.root_version}:{told.pop('key')}",
        **told,
        "recipient": whom,
        "can_be_disabled": line.template in DISABLEABLE,
        "occurred_at": line.occurred_at.isoformat(),
        "recorded_at": line.recorded_at.isoformat(),
    }


def _preferences(service: Service) -> APIRouter:
    router = APIRouter(tags=["notifications"])

    def answer(who: Reader, accept_language: str | None) -> Response:
        viewer(service, who)
        disabled = PostgresPreferences(service.pool).disabled(who.principal.subject, who.acting)
        lang = language(accept_language)
        items = [
            {
                "template": template.value,
                "label": label(template, lang),
                "can_be_disabled": template in DISABLEABLE,
                "disabled": template in disabled,
            }
            for template in Template
        ]
        return json_answer({"items": items}, headers={"Content-Language": lang})

    def choose(who: Reader, choice: Choice, accept_language: str | None) -> Response:
        viewer(service, who)
        PostgresPreferences(service.pool).replace(who.principal.subject, who.acting, choice.disabled)
        return answer(who, accept_language)

    @router.get(
        "/v1/notifications/preferences",
        summary="What you are told as a member of the acting organisation, or for yourself, and what you do without",
        response_model=Preferences,
    )
    def read(who: Reads, accept_language: AcceptLanguage = None) -> Response:
        return answer(who, accept_language)

    @router.put(
        "/v1/notifications/preferences",
        summary="Do without some messages, as a member of the acting organisation or for yourself",
        response_model=Preferences,
        openapi_extra=_ASKED,
    )
    async def change(http: Request, who: Reads, accept_language: AcceptLanguage = None) -> Response:
        choice = _CHOICE.validate_json(await json_body(http) or b"{}")
        return await run_in_threadpool(choose, who, choice, accept_language)

    return router
