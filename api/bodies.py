"""What a command looks like in JSON: read strictly, and described for the documentation."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Final, get_type_hints

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as Described
from pydantic_core import InitErrorDetails, PydanticCustomError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.values import Instant, at_the_door, check
from domain.journey import Journey
from infrastructure.identity.strict_json import read_object

#: More than any command needs; an attachment is a reference, never its contents.
LARGEST_BODY: Final = 64 * 1024

#: The member that every body has beside the fields of its command.
OCCURRED_AT: Final = "occurred_at"
OccurredAt = Annotated[
    Instant | None,
    Described(description="When it happened, if not now: with its offset from UTC, not in the future."),
]


def camel(journey: str) -> str:
    """`job-application` → `JobApplication`."""
    return "".join(part.capitalize() for part in journey.split("-"))


def media_type(http: Request) -> str:
    """What a request says that its body is, without parameters and in lower case; empty if it says nothing."""
    return http.headers.get("content-type", "").partition(";")[0].strip().lower()


async def json_body(http: Request, largest: int = LARGEST_BODY) -> bytes:
    """The body of a request, if it is JSON and not too large. Raises HTTPException 413 or 415."""
    raw = b""
    async for chunk in http.stream():
        raw += chunk
        if len(raw) > largest:
            raise HTTPException(413)
    if raw and media_type(http) != "application/json":
        raise HTTPException(415)
    return raw


class JsonRoute(APIRoute):
    """A route whose body FastAPI reads: it too is JSON, and not too large."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """As FastAPI says."""
        handle = super().get_route_handler()

        async def limited(http: Request) -> Response:
            if self.body_field:
                # Where Starlette keeps a body that has been read: FastAPI asks for it there.
                http._body = await json_body(http)  # noqa: SLF001
            return await handle(http)

        return limited


@dataclass(frozen=True)
class Body:
    """The JSON of one command of one journey: its fields, and `occurred_at`."""

    journey: Journey[Any, Any, Any]
    command: type[Any]

    @property
    def name(self) -> str:
        """The name of its schema, unique in the documentation."""
        return f"{camel(self.journey.name)}{self.command.__name__}"

    @cached_property
    def model(self) -> type[BaseModel]:
        """The model that validates it and describes it."""
        hints = get_type_hints(self.command, include_extras=True)
        members: dict[str, Any] = {
            each.name: (at_the_door(hints[each.name]), _default(each)) for each in fields(self.command)
        }
        members[OCCURRED_AT] = (OccurredAt, None)
        made: type[BaseModel] = create_model(self.name, __config__=ConfigDict(extra="forbid", strict=True), **members)
        return made

    def read(self, raw: bytes) -> tuple[Any, datetime | None]:
        """Make the command. Raises pydantic's `ValidationError`, which says which field and what was expected."""
        body = self.model.model_validate_json(raw or b"{}", strict=True, extra="forbid")
        self._check_members(raw or b"{}")
        values = {each.name: getattr(body, each.name) for each in fields(self.command)}
        command = self.command(**values)
        check(self.name, command)
        return command, getattr(body, OCCURRED_AT)

    def _check_members(self, raw: bytes) -> None:
        """A member given twice is refused: which of the two counts is a matter of taste among readers of JSON."""
        try:
            read_object(raw)
        except ValueError:
            twice = PydanticCustomError("twice", "Input should be an object in which no member is given twice")
            raise ValidationError.from_exception_data(
                self.name, [InitErrorDetails(type=twice, loc=(), input=None)]
            ) from None

    def example(self, samples: Mapping[str, Any]) -> Mapping[str, Any]:
        """A body that is accepted: the fields it needs, each with its sample."""
        needed = [each.name for each in fields(self.command) if _default(each) is ...]
        specific = samples.get(self.name, {})
        return {**{name: samples["fields"][name] for name in needed if name not in specific}, **specific}


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return ... if field.default_factory is MISSING else Described(default_factory=field.default_factory)
