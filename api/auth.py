"""Who is at the door: the bearer token of a request, and the scopes that a route asks for."""

import re
from typing import Annotated, Any, Final

import structlog
from fastapi import Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.models import HTTPBearer
from fastapi.security import SecurityScopes
from fastapi.security.base import SecurityBase

from infrastructure.identity.principal import Assurance, Principal, Scope
from infrastructure.identity.refusals import AssuranceMissing, Cause, ScopeMissing, TokenError
from infrastructure.identity.verifier import LONGEST_TOKEN, Verifier

#: The scheme in any case, one space, and a token (RFC 6750 §2.1).
CREDENTIALS: Final = re.compile(r"bearer ([A-Za-z0-9._~+/=-]+)", re.IGNORECASE)

log = structlog.get_logger()


class BearerToken(SecurityBase):
    """Takes the token of a request, from its one Authorization header and from nowhere else."""

    def __init__(self) -> None:
        """Say in OpenAPI what is expected."""
        self.model = HTTPBearer(bearerFormat="JWT", description="An access token (RFC 9068) of a trusted issuer.")
        self.scheme_name = "bearer"

    async def __call__(self, request: Request) -> str:
        """The token, unverified. Raises `TokenError`."""
        try:
            return token_of(request)
        except TokenError as refusal:
            log.info("token_refused", cause=refusal.cause)
            raise


async def current_principal(
    request: Request, needed: SecurityScopes, token: Annotated[str, Security(BearerToken())]
) -> Principal:
    """Who is calling, with every scope that the route asks for.

    Needs `app.state.verifier`. Raises `TokenError`, `ScopeMissing` or `KeysUnavailable`.
    """
    verifier: Verifier = request.app.state.verifier
    # Asking an issuer for its keys blocks; a token seen a moment ago needs neither that nor a thread.
    principal = verifier.remembered(token)
    if principal is None:
        principal = await run_in_threadpool(verifier.verify, token)
    missing = frozenset(map(Scope, needed.scopes)) - principal.scopes
    if missing:
        raise ScopeMissing(missing)
    return principal


def require(*scopes: Scope) -> Any:
    """Mark what a route needs: annotate its `Principal` with `require(Scope.COMMAND)`."""
    return Security(current_principal, scopes=[scope.value for scope in scopes])


def at_least(principal: Principal, needed: Assurance) -> Principal:
    """Ask for a stronger sign-in (RFC 9470): raises `AssuranceMissing` below the level needed."""
    if principal.acr < needed:
        raise AssuranceMissing(needed)
    return principal


def token_of(request: Request) -> str:
    """The token of the one Authorization header, unverified. Raises `TokenError`."""
    headers = request.headers.getlist("authorization")
    if "access_token" in request.query_params:
        raise TokenError(Cause.IN_QUERY)
    if len(headers) != 1:
        raise TokenError(Cause.SEVERAL_HEADERS if headers else Cause.NO_HEADER)
    if len(headers[0]) > len("bearer ") + LONGEST_TOKEN:
        raise TokenError(Cause.TOO_LONG)
    found = CREDENTIALS.fullmatch(headers[0])
    if found is None:
        raise TokenError(Cause.NOT_BEARER)
    return found[1]
