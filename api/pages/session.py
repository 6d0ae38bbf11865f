"""Who may read the pages: everybody where figures are open, otherwise whoever has shown an access token."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.auth import token_of
from application.ports import Digests
from infrastructure.identity.principal import Principal, Scope
from infrastructure.identity.refusals import AccessDenied
from infrastructure.identity.verifier import Verifier

#: `__Host-`: of this host alone, over HTTPS alone, at every address.
COOKIE: Final = "__Host-parcours-figures"
_PURPOSE: Final = "session-of-figures"


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Sessions say until when figures may be read, and nothing else: not by whom, and no token can be made of one."""

    verifier: Verifier
    digests: Digests
    #: Whether the installation shows its figures to everybody.
    is_open: bool

    def lets_in(self, request: Request, now: datetime) -> bool:
        """Whether the request is open to everybody, of a session, or of somebody with a token."""
        return self.is_open or self._until(request) > now.timestamp() or self._by_token(request)

    def is_session(self, request: Request) -> bool:
        """Whether there is something to sign out of."""
        return not self.is_open and self._until(request) > 0

    def reader(self, token: str) -> Principal | None:
        """Who a token speaks for, if they may read figures."""
        try:
            principal = self.verifier.verify(token)
        except AccessDenied:
            return None
        return principal if Scope.INDICATORS in principal.scopes else None

    def open_session(self, answer: Response, principal: Principal, now: datetime) -> None:
        """Let the browser read until the token ends."""
        until = int(principal.expires_at.timestamp())
        answer.set_cookie(
            COOKIE,
            f"{until}.{self._sealed(until)}",
            max_age=max(0, until - int(now.timestamp())),
            secure=True,
            httponly=True,
            samesite="lax",
        )

    def close_session(self, answer: Response) -> None:
        """Forget it."""
        answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")

    def _by_token(self, request: Request) -> bool:
        try:
            token = token_of(request)
        except AccessDenied:
            return False
        return self.reader(token) is not None

    def _until(self, request: Request) -> int:
        """When the session of a request ends; 0 if it has none that is ours."""
        said, _, seal = request.cookies.get(COOKIE, "").partition(".")
        until = int(said) if said.isascii() and said.isdecimal() and len(said) < len("99999999999") else 0
        return until if hmac.compare_digest(seal.encode(), self._sealed(until).encode()) else 0

    def _sealed(self, until: int) -> str:
        return self.digests.digest(_PURPOSE, datetime.fromtimestamp(until, UTC).isoformat())
