"""Webhooks: the doors at which the administrators of an organisation ask to be told, and look at what was not taken."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.bodies import JsonRoute
from api.problems import general
from api.service import Service
from api.values import LARGEST_NUMBER
from application.desk import UnknownJourney
from application.directory import Directory
from application.permissions.check import NotYourRole
from application.webhooks.subscription import MOST, Subscription, TooManyWebhooks, known_wishes
from domain.calendar import paris_day
from domain.vocabulary import OrganisationId, Role
from infrastructure.identity.principal import Principal, Scope
from infrastructure.posting import is_acceptable

Caller = Annotated[Principal, require(Scope.COMMAND)]
WRITES: Final = {"x-parcours-writes": "Webhooks"}
_PLACE: Final = r"^[0-9]{1,6}\.[0-9]{1,15}$"


class Body(BaseModel):
    """What every body is: nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WebhookWish(Body):
    """What is asked for."""

    url: Annotated[str, Field(max_length=500, description="HTTPS, on the public Internet.")]
    events: Annotated[
        tuple[str, ...],
        Field(min_length=1, max_length=100, description="`job-application.Accepted`, `job-application.*` or `*`."),
    ]


class WebhookLetters(Body):
    """One letter, by its place in the log; all of them if it is left out."""

    position: Annotated[str, Field(pattern=_PLACE)] | None = None


class WebhookLetter(Body):
    """One letter, by its place in the log."""

    position: Annotated[str, Field(pattern=_PLACE)]


class WebhookReplay(Body):
    """From when on."""

    since: Annotated[AwareDatetime, Field(description="Recorded at this instant or later.")]


def webhooks_router(service: Service) -> APIRouter:
    """The routes of webhooks."""
    router = APIRouter(prefix="/v1/organisations/{root}/webhooks", tags=["webhooks"], route_class=JsonRoute)
    _subscribing(router, service)
    _ending(router, service)
    _looking_after(router, service)
    return router


def _subscribing(router: APIRouter, service: Service) -> None:
    wishes = known_wishes(
        f"{name}.{event.__name__}" for name, kind in service.catalogue.items() for event in kind.events
    )

    @router.post(
        "", openapi_extra=WRITES, status_code=201, summary="Be told of what happens in the dossiers of an organisation"
    )
    def subscribe(request: Request, principal: Caller, root: UUID, wish: WebhookWish) -> Response:
        organisation = _administered(service, principal, root)
        if errors := _unusable(service, wish, wishes):
            return general("malformed", request, errors=errors)
        if len(service.hooks.of(organisation)) >= MOST:
            raise TooManyWebhooks(most=MOST)
        made = Subscription(
            id=str(service.new_id()),
            organisation=organisation,
            client=principal.client_id,
            url=wish.url,
            events=wish.events,
            generation=1,
            created_at=service.clock.now(),
        )
        service.hooks.subscribe(made)
        return json_answer({**_body(made), "secret": service.signing.secret(made)}, 201)

    @router.get("", summary="The webhooks of an organisation")
    def subscriptions(principal: Caller, root: UUID) -> Response:
        found = service.hooks.of(_administered(service, principal, root))
        return json_answer({"items": [_body(each) for each in found]})


def _ending(router: APIRouter, service: Service) -> None:
    @router.delete("/{webhook}", openapi_extra=WRITES, status_code=204, summary="Be told no longer")
    def unsubscribe(principal: Caller, root: UUID, webhook: UUID) -> Response:
        if not service.hooks.unsubscribe(str(webhook), _administered(service, principal, root)):
            raise UnknownJourney(str(webhook))
        return Response(status_code=204)

    @router.post("/{webhook}/renew-secret", openapi_extra=WRITES, summary="Sign with another secret from now on")
    def renew(principal: Caller, root: UUID, webhook: UUID) -> Response:
        if service.hooks.renew(str(webhook), _administered(service, principal, root)) is None:
            raise UnknownJourney(str(webhook))
        renewed = _own(service, principal, root, webhook)
        return json_answer({**_body(renewed), "secret": service.signing.secret(renewed)})


def _looking_after(router: APIRouter, service: Service) -> None:
    @router.get("/{webhook}/given-up", summary="The letters that were not taken, and how many wait behind each")
    def given_up(
        principal: Caller,
        root: UUID,
        webhook: UUID,
        after: Annotated[str, Query(pattern=_PLACE, description="The `next` of the page before.")] = "0.0",
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> Response:
        own = _own(service, principal, root, webhook)
        found = service.hooks.given_up(own.id, _place(after), limit + 1)
        items = [
            {
                "position": f"{each.partition}.{each.offset}",
                "root": each.root,
                "root_version": each.root_version,
                "attempts": each.attempts,
                "reason": each.reason,
                "behind": each.behind,
            }
            for each in found[:limit]
        ]
        return json_answer({"items": items, "next": items[-1]["position"] if len(found) > limit else None})

    @router.post(
        "/{webhook}/send-again", openapi_extra=WRITES, summary="Send again what was given up: all of it, or one letter"
    )
    def send_again(principal: Caller, root: UUID, webhook: UUID, which: WebhookLetters) -> Response:
        own = _own(service, principal, root, webhook)
        place = _place(which.position) if which.position else None
        return json_answer({"letters": service.hooks.send_again(own.id, place, service.clock.now())})

    @router.post(
        "/{webhook}/leave-out",
        openapi_extra=WRITES,
        summary="Leave out a letter that was given up, so that the others go on",
    )
    def leave_out(principal: Caller, root: UUID, webhook: UUID, which: WebhookLetter) -> Response:
        own = _own(service, principal, root, webhook)
        if not service.hooks.leave_out(own.id, _place(which.position)):
            raise UnknownJourney(which.position)
        return json_answer({"letters": 1})

    @router.post(
        "/{webhook}/replay", openapi_extra=WRITES, summary="Be told again of everything recorded from an instant on"
    )
    def replay(principal: Caller, root: UUID, webhook: UUID, since: WebhookReplay) -> Response:
        own = _own(service, principal, root, webhook)
        return json_answer({"letters": service.hooks.replay(own, since.since, service.clock.now())})


def _administered(service: Service, principal: Principal, root: UUID) -> OrganisationId:
    """The organisation, if the caller is one of its administrators. Raises `NotAMember`, `NotYourRole`."""
    organisation = OrganisationId(str(root))
    directory = Directory(organisations=service.desk.organisations, on=paris_day(service.clock.now()))
    if directory.role(organisation, principal.subject) is not Role.ADMINISTRATOR:
        raise NotYourRole
    return organisation


def _own(service: Service, principal: Principal, root: UUID, webhook: UUID) -> Subscription:
    found = service.hooks.of(_administered(service, principal, root))
    own = next((each for each in found if each.id == str(webhook)), None)
    if own is None:
        raise UnknownJourney(str(webhook))
    return own


def _unusable(service: Service, wish: WebhookWish, wishes: frozenset[str]) -> list[Mapping[str, str]]:
    errors: list[Mapping[str, str]] = []
    if not is_acceptable(wish.url, private=service.private_webhooks):
        errors.append({"field": "body.url", "expected": "an https address without user, password or fragment"})
    if not wishes.issuperset(wish.events):
        errors.append({"field": "body.events", "expected": "names of the record, `journey.*` or `*`"})
    return errors


def _body(subscription: Subscription) -> Mapping[str, Any]:
    return {
        "id": subscription.id,
        "url": subscription.url,
        "events": subscription.events,
        "client": subscription.client,
        "created_at": _text(subscription.created_at),
        "active": subscription.active,
    }


def _text(at: datetime) -> str:
    return at.isoformat()


def _place(position: str) -> tuple[int, int]:
    partition, _, offset = position.partition(".")
    return min(int(partition), LARGEST_NUMBER), int(offset)
