"""The link of an invitation: whoever holds its code sees what it offers, goes and books, or says they cannot come.

Slots are in the agendas of the booking service: the link leads there, and the service tells what was taken. The code
stands in a header of its own, never in an address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.bodies import Body, json_body
from api.commands import Number
from api.offers import offer
from api.openapi import request_body
from api.perimeter import open_dossier
from api.queries import Reads
from api.reading import AcceptLanguage
from api.service import Service
from api.words import language
from application.codes import code_of, shown
from application.desk import Request, UnknownJourney
from application.invitations import HOLDER, Found, Invitations
from domain.rsa_appointment import RsaAppointment, rsa_appointment_journey
from domain.rsa_appointment.codes import BookedBy
from domain.rsa_appointment.commands import Excuse, RecordAppointment, RecordClick
from infrastructure.identity.principal import Principal, Scope

#: As it was sent, or as people copy it: small letters, spaces, and what looks like another letter or digit.
WRITTEN: Final = r"^[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){15}$"
Code = Annotated[str, Header(alias="Invitation-Code", pattern=WRITTEN, description="The code of the invitation.")]
Witness = Annotated[Principal, require(Scope.COMMAND, Scope.WITNESS)]
WRITES: Final = {"x-parcours-writes": "Invitations"}
BOOKED: Final = Body(rsa_appointment_journey, RecordAppointment)


def invited_routers(service: Service) -> Sequence[APIRouter]:
    """The doors of the person who was invited, of the service where they book, and of whoever sends the link."""
    return _of_the_person(service), _of_the_booking_service(service), _of_the_sender(service)


def _of_the_person(service: Service) -> APIRouter:
    router = APIRouter(prefix="/v1/invitation", tags=["invitation"])

    @router.get("", openapi_extra=WRITES, summary="What an invitation offers, and whether it still does")
    def read_invitation(code: Code, accept_language: AcceptLanguage = None) -> Response:
        return _answer(service, _find(service, code), accept_language)

    @router.post("/follow", openapi_extra=WRITES, summary="Follow the link: answers where to book")
    def follow(http: HttpRequest, code: Code, accept_language: AcceptLanguage = None) -> Response:
        found = _find(service, code)
        _submit(service, http, found, RecordClick(invitation=found.invitation.number))
        return _answer(service, found, accept_language, to=_booking(service, found, code))

    @router.post("/appointments/{n}/excuse", openapi_extra=WRITES, summary="Say that one cannot come to an appointment")
    def excuse(http: HttpRequest, code: Code, n: Number, accept_language: AcceptLanguage = None) -> Response:
        _submit(service, http, _find(service, code), Excuse(participation=n))
        return _answer(service, _find(service, code), accept_language)

    return router


def _of_the_booking_service(service: Service) -> APIRouter:
    router = APIRouter(prefix="/v1/invitation", tags=["invitation"])

    @router.post(
        "/book",
        openapi_extra={**WRITES, "requestBody": request_body(BOOKED)},
        summary="Tell which appointment the person took",
    )
    async def book(
        http: HttpRequest, principal: Witness, code: Code, accept_language: AcceptLanguage = None
    ) -> Response:
        command, occurred_at = BOOKED.read(await json_body(http))
        taken = replace(command, booked_by=command.booked_by or BookedBy.USER)

        def record() -> Response:
            _submit(service, http, _find(service, code), taken, actor=principal.actor, occurred_at=occurred_at)
            return _answer(service, _find(service, code), accept_language)

        return await run_in_threadpool(record)

    return router


def _of_the_sender(service: Service) -> APIRouter:
    router = APIRouter(tags=[rsa_appointment_journey.plural])

    @router.get(
        "/v1/candidates/{root}/rsa-appointments/{n}/invitations/{invitation}/link",
        summary="The code of an invitation, for whoever sends it",
    )
    def read_link(who: Reads, root: UUID, n: Number, invitation: Number) -> Response:
        name, journey = f"candidate/{root}", f"{rsa_appointment_journey.name}-{n}"
        view = open_dossier(service, who, name).view
        case = view.standing.cases.get(journey) if view.reads(journey) else None
        found = case.invitation(invitation) if isinstance(case, RsaAppointment) else None
        if found is None:
            raise UnknownJourney(journey)
        code = shown(code_of(service.desk.digests, name, journey, invitation))
        link = service.invitation_link and service.invitation_link.format(code=code)
        return json_answer({"code": code, "link": link, "expires_at": found.expires_at})

    return router


def _find(service: Service, code: str) -> Found:
    """Raises `LinkUnknown`."""
    return Invitations(journal=service.journal, digests=service.desk.digests, catalogue=service.catalogue).find(code)


def _submit(service: Service, http: HttpRequest, found: Found, command: Any, **said: Any) -> None:
    """In the name of the holder, unless somebody else is said to tell it."""
    request = Request(
        root=found.root,
        journey=found.journey,
        command=command,
        correlation_id=http.state.request_id,
        **{"actor": HOLDER, **said},
    )
    service.desk.submit(request)


def _booking(service: Service, found: Found, code: str) -> str | None:
    """Where the person books; None if the installation knows no booking service."""
    if service.booking_link is None:
        return None
    invitation = found.invitation
    told: Mapping[str, str] = {
        "code": code,
        "category": found.follow_up.category,
        "organisations": ",".join(invitation.organisations),
        "place": invitation.place or "",
        "referents": ",".join(invitation.referents),
    }
    return service.booking_link.format(**{name: quote(value, safe=",") for name, value in told.items()})


def _answer(service: Service, found: Found, accept_language: str | None, **more: str | None) -> Response:
    lang = language(accept_language)
    return json_answer({**more, **offer(service, found, lang)}, headers={"Content-Language": lang})
