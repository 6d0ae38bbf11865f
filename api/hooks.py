"""What other services tell: a door for each of those that the installation has a secret for."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.bodies import json_body
from api.problems import general
from api.service import Service
from application.incoming.inbox import Malformed
from domain.references import System
from infrastructure.incoming.services import SERVICES
from infrastructure.incoming.services import Service as Teller

#: Of a message, in bytes: a group appointment tells of all who come.
LARGEST_MESSAGE: Final = 1024 * 1024
_TOLD: Final[Mapping[str, Any]] = {
    "x-parcours-hook": True,
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
}
SUMMARIES: Final[Mapping[System, str]] = {
    System.RDV_SOLIDARITES: "RDV-Solidarités tells of appointments, persons and organisations",
    System.IMMERSION_FACILITEE: "Immersion facilitée tells of a convention",
}


def hooks_router(service: Service) -> APIRouter:
    """The doors. Each answers once the message outlives every crash, and never what comes of it."""
    router = APIRouter(prefix="/v1/hooks", tags=["hooks"])
    for system, teller in SERVICES.items():
        router.add_api_route(
            f"/{system.replace('_', '-')}",
            _endpoint(service, teller),
            methods=["POST"],
            status_code=202,
            name=f"hooks:{system}",
            summary=SUMMARIES[system],
            openapi_extra=dict(_TOLD),
        )
    return router


def _endpoint(service: Service, teller: Teller) -> Callable[[Request], Awaitable[Response]]:
    async def tell(request: Request) -> Response:
        secrets = service.hook_secrets.get(teller.source.system, ())
        if not secrets:
            return general("unknown", request)
        if not teller.check(request.headers, None, secrets):
            return general("signature-refused", request)
        raw = await json_body(request, LARGEST_MESSAGE)
        if not teller.check(request.headers, raw, secrets):
            return general("signature-refused", request)
        return await run_in_threadpool(keep, request, raw)

    def keep(request: Request, raw: bytes) -> Response:
        try:
            envelope = teller.envelope(raw)
        except Malformed as error:
            return general("malformed", request, errors=[{"field": error.field, "expected": "as it is documented"}])
        if envelope is not None:
            service.inbox.keep(teller.source.system, envelope, raw, service.clock.now())
        return json_answer({"kept": envelope is not None}, 202)

    return tell
