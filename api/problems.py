"""Every answer that is not the one hoped for: problem+json (RFC 9457), one stable type per reason."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.words import kebab, language, source_of, words
from application.desk import UnknownJourney, VersionMismatch
from application.imports.lists.columns import ListRefused
from application.invitations import LinkUnknown
from application.permissions.check import NotAllowed
from application.ports import Conflict
from application.receipts import KeyReused
from domain.journey import Refusal
from infrastructure.identity.refusals import AccessDenied, AssuranceMissing, KeysUnavailable, ScopeMissing, TokenError

#: Refused by a rule, not allowed, and the refusals that are about the request itself.
STATUS: Final[Mapping[type[Refusal], int]] = {
    KeyReused: 422,
    ListRefused: 422,
    NotAllowed: 403,
    LinkUnknown: 404,
    Refusal: 409,
}

#: What is neither a rule nor a permission, by its name in `type`.
GENERAL: Final[Mapping[str, int]] = {
    "malformed": 422,
    "signature-refused": 400,
    "unauthenticated": 401,
    "step-up-needed": 401,
    "scope-missing": 403,
    "unknown": 404,
    "method-not-allowed": 405,
    "version-mismatch": 412,
    "someone-was-faster": 412,
    "too-large": 413,
    "not-json": 415,
    "unexpected": 500,
    "unavailable": 503,
}


#: What FastAPI raises for a body whose bytes are no text.
UNREADABLE: Final = 400

#: What a member, a header or a position in a list is called.
NAME: Final = re.compile(r"[A-Za-z0-9_\[\]-]{1,40}", re.ASCII)

#: Why somebody is not let in, by its name in `type`.
DENIED: Final[Mapping[type[AccessDenied], str]] = {
    TokenError: "unauthenticated",
    AssuranceMissing: "step-up-needed",
    ScopeMissing: "scope-missing",
    KeysUnavailable: "unavailable",
}


def slug(refusal: type[Refusal]) -> str:
    """The stable name of a refusal: `job-application/wrong-stage`, or `not-a-member` where no journey owns it."""
    source = source_of(refusal)
    return kebab(refusal.__name__) if source == "common" else f"{source}/{kebab(refusal.__name__)}"


def refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal of ours that has been defined."""
    for refusal in root.__subclasses__():
        if refusal.__module__.partition(".")[0] in {"domain", "application"}:
            yield refusal
            yield from refusals(refusal)


def status_of(refusal: type[Refusal]) -> int:
    """The HTTP status of a refusal: that of the nearest of its bases in the table."""
    return next(STATUS[base] for base in refusal.__mro__ if base in STATUS)


def sentence(refusal: type[Refusal], lang: str) -> str:
    """What a refusal tells the person."""
    return words(source_of(refusal)).of("refusals", refusal.__name__, lang)


def problem(
    name: str, status: int, said: str, *, headers: Mapping[str, str] | None = None, **members: object
) -> Response:
    """Answer a problem; `members` are extension members."""
    body = {"type": f"/problems/{name}", "title": said, "status": status, **members}
    return Response(
        orjson.dumps(body, default=str),
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/problem+json",
    )


def general(name: str, request: Request, headers: Mapping[str, str] | None = None, **members: object) -> Response:
    """Answer one of the general problems in the language of the request."""
    said = words("common").of("problems", name, language(request.headers.get("accept-language")))
    return problem(name, GENERAL[name], said, headers=headers, **members)


def refused(refusal: Refusal, lang: str) -> Response:
    """Answer a refusal: its sentence, its type, and the facts it carries."""
    kind = type(refusal)
    said = sentence(kind, lang)
    details = {name: plain(value) for name, value in refusal.details.items()}
    if details:
        return problem(slug(kind), status_of(kind), said, details=details)
    return problem(slug(kind), status_of(kind), said)


def plain(value: object) -> object:
    """A fact of a refusal, as JSON has it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def malformed_fields(error: ValidationError | RequestValidationError) -> Sequence[Mapping[str, str]]:
    """Say which field, and what was expected; never what was given, which may be personal."""
    return [{"field": _field(each), "expected": _expected(each)} for each in error.errors()]


def _field(error: Mapping[str, Any]) -> str:
    """Where it is. What is no name of a member is not repeated: a caller may have put a person's name there."""
    return ".".join(part if NAME.fullmatch(part) else "(unnamed)" for part in map(str, error["loc"])) or "(body)"


def _expected(error: Mapping[str, Any]) -> str:
    return "a JSON document" if error["type"] == "json_invalid" else str(error["msg"])


def install(app: FastAPI) -> None:
    """Make the application answer every failure as a problem; what nobody expected, `observe.Observed` answers."""

    def on(error: type[Exception] | int, answer: Callable[[Request, Any], Response]) -> None:
        app.add_exception_handler(error, answer)

    on(Refusal, lambda request, error: refused(error, language(request.headers.get("accept-language"))))
    on(UnknownJourney, lambda request, _: general("unknown", request))
    on(VersionMismatch, lambda request, error: general("version-mismatch", request, current=error.current))
    on(Conflict, lambda request, _: general("someone-was-faster", request))
    on(ValidationError, lambda request, error: general("malformed", request, errors=malformed_fields(error)))
    on(RequestValidationError, lambda request, error: general("malformed", request, errors=malformed_fields(error)))
    on(AccessDenied, _denied)
    on(OperationalError, lambda request, _: general("unavailable", request))
    on(PoolTimeout, lambda request, _: general("unavailable", request))
    on(HTTPException, _http)


def _denied(request: Request, error: AccessDenied) -> Response:
    headers = {"WWW-Authenticate": error.challenge} if error.challenge else {}
    return general(DENIED[type(error)], request, headers=headers)


def _http(request: Request, error: HTTPException) -> Response:
    if error.status_code == UNREADABLE:
        return general("malformed", request, errors=[{"field": "(body)", "expected": "a JSON document"}])
    name = next((name for name, status in GENERAL.items() if status == error.status_code), "unexpected")
    return general(name, request, headers=error.headers)
