"""The documentation of the API: bodies, states, examples and problems, from the journeys themselves."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, get_type_hints

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from api.answers import adapter
from api.bodies import Body, camel
from api.commands import doors
from api.problems import GENERAL, refusals, sentence, slug, status_of
from api.service import Service
from api.values import LARGEST_NUMBER, OUR_CENTURIES
from api.words import source_of, words
from application.directory import NotAMember, OrganisationClosed
from application.imports import lists
from application.invitations import LinkUnknown
from application.permissions.check import NotAllowed, NotYourRole
from application.permissions.reading import WITHHELD, Reading
from application.webhooks.subscription import TooManyWebhooks
from domain.journey import Journey, Refusal
from domain.rsa_appointment import rsa_appointment_journey

REF: Final = "#/components/schemas/{model}"
SAMPLES: Final = tomllib.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))
#: Which of the general problems a route may answer, and which more if it takes a body, or a command.
OF_READING: Final = ("unauthenticated", "step-up-needed", "scope-missing", "unknown", "malformed", "unavailable")
OF_BODIES: Final = ("too-large", "not-json")
OF_HOOKS: Final = ("signature-refused", "unknown", "malformed", *OF_BODIES, "unavailable")
OF_COMMANDS: Final = (*OF_READING, "version-mismatch", "someone-was-faster", *OF_BODIES)

#: What the responses of reading are named after.
READING: Final = "Reading"
HOOKS: Final = "Hooks"

PROBLEM: Final = {
    "type": "object",
    "description": "RFC 9457. `type` is stable and documented at its address; programs should look at nothing else.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The sentence for the person, in French, or English if asked for."},
        "status": {"type": "integer"},
        "details": {"type": "object", "description": "Facts that help to mend the request."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "expected"],
                "properties": {"field": {"type": "string"}, "expected": {"type": "string"}},
            },
        },
        "current": {"type": "integer", "description": "The version that the journey has now."},
    },
}


RECORDED: Final = {
    "type": "object",
    "required": ["journey", "version", "name", "position"],
    "properties": {
        "journey": {"type": "string"},
        "version": {"type": "integer", "minimum": 1},
        "name": {"type": "string", "description": "As in the record.", "examples": ["job-application.Submitted"]},
        "position": {"type": "string", "description": "Partition and offset in the feed.", "examples": ["17.42"]},
    },
}


def install(app: FastAPI, service: Service, routes: Sequence[APIRoute]) -> None:
    """Make the application describe these routes, once."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, service, routes)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's own way to replace it


def _document(app: FastAPI, service: Service, routes: Sequence[APIRoute]) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    own = {"Problem": PROBLEM, **_schemas(service)}
    if clash := {name for name in schemas.keys() & own.keys() if schemas[name] != own[name]}:
        raise ValueError(f"two schemas of one name: {sorted(clash)}")
    schemas |= own
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    document["components"]["responses"] = _failures(service)
    journeys = {body.name: body for body in _bodies(service)}
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation, journeys)
    # Pydantic tells two enumerations of the same name apart by their modules: here, by their journeys.
    named = re.sub(rb"domain__(\w+?)__(?:\w+?__)?([A-Z])", _of_journey, orjson.dumps(document))
    return dict(orjson.loads(named))


def _of_journey(found: re.Match[bytes]) -> bytes:
    return camel(found[1].decode().replace("_", "-")).encode() + found[2]


def _bodies(service: Service) -> Iterator[Body]:
    for door in doors(service.catalogue, service.permissions):
        yield Body(door.journey, door.command)


def _schemas(service: Service) -> Mapping[str, Any]:
    bodies: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (body.name, "validation", TypeAdapter(body.model)) for body in _bodies(service)
    ]
    kinds: Mapping[str, Any] = {name: type(journey.decider.initial) for name, journey in service.catalogue.items()}
    states: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (name, "serialization", adapter(state)) for name, state in kinds.items()
    ]
    shown: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (f"{name} shown", "serialization", adapter(get_type_hints(journey.shown)["return"]))
        for name, journey in service.catalogue.items()
        if journey.shown is not None
    ]
    made, common = TypeAdapter.json_schemas(bodies + states + shown, ref_template=REF)
    schemas = dict(common.get("$defs", {}))
    for body, mode, _ in bodies:
        schemas.setdefault(body, made[body, mode])
    for name in referred(schemas, {body for body, _, _ in bodies}):
        usable(schemas[name])
    for journey in service.catalogue.values():
        state = made[journey.name, "serialization"]
        for path in service.readers.get(journey.name, Reading()).fields:
            may_be_withheld(schemas, state, path.split("."))
        schemas[outcome_name(journey.name)] = _outcome(
            journey, state, made.get((f"{journey.name} shown", "serialization"))
        )
    return schemas


def outcome_name(journey: str) -> str:
    """The name of the schema in which a journey is answered; that of its state is the name of the journey."""
    return f"{camel(journey)}Journey"


def referred(schemas: Mapping[str, Any], names: set[str]) -> set[str]:
    """These schemas, and all that they refer to, at any depth."""
    known: set[str] = set()
    while names - known:
        known |= names
        told = orjson.dumps([schemas[name] for name in sorted(names)]).decode()
        names = set(re.findall(r'"#/components/schemas/([^"]+)"', told))
    return known


def usable(schema: Any) -> None:
    """Say in a schema, at any depth, which text and which numbers are never accepted (`api.values`)."""
    if isinstance(schema, list):
        for each in schema:
            usable(each)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "string" and not schema.keys() & {"format", "pattern", "enum", "const"}:
        schema["pattern"] = r"^[^\u0000]*$"
    if schema.get("format") in {"date", "date-time"}:
        schema["pattern"] = OUR_CENTURIES
    if schema.get("type") == "integer":
        schema |= {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
    for each in schema.values():
        usable(each)


def may_be_withheld(schemas: Mapping[str, Any], schema: Any, path: Sequence[str]) -> None:
    """Say of a member of a state, found by its path, that it reads as `WITHHELD` for some."""
    if "$ref" in schema:
        may_be_withheld(schemas, schemas[schema["$ref"].rpartition("/")[2]], path)
        return
    for each in schema.get("anyOf", ()):
        may_be_withheld(schemas, each, path)
    members = schema.get("properties", {})
    if path[0] not in members:
        return
    if path[1:]:
        may_be_withheld(schemas, members[path[0]], path[1:])
        return
    told = {"const": WITHHELD, "description": "It is not for you."}
    members[path[0]] = {"anyOf": [members[path[0]], told]}


def _outcome(
    journey: Journey[Any, Any, Any], state: Mapping[str, Any], shown: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    depends = "What depends on the day: as of now, or of the instant asked for. Null if it is not for you."
    beside = {} if shown is None else {"shown": {"anyOf": [shown, {"type": "null"}], "description": depends}}
    told = "Where it stands at the instant that is asked about: it changes with time alone."
    status = {} if journey.status is None else {"status": {"type": "string", "description": told}}
    return {
        "type": "object",
        "required": ["id", "journey", "version", "stage", *status, "state", *beside, "next"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "journey": {"type": "string", "examples": [journey.name + ("-1" if journey.numbered else "")]},
            "version": {"type": "integer", "minimum": 1},
            "stage": {"type": "string", "description": "Where it stands."},
            **status,
            "state": {"anyOf": [state, {"type": "null"}], "description": "Null if it is not, or no longer, for you."},
            **beside,
            "next": {"type": "array", "items": {"type": "string"}, "description": "The commands accepted from here."},
            "repeated": {"type": "boolean", "description": "The same request had been answered before."},
            "events": {"type": "array", "items": RECORDED, "description": "What the command led to, in order."},
        },
    }


def _complete(operation: dict[str, Any], bodies: Mapping[str, Body]) -> None:
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _sendable(parameter["schema"])
    responses = operation["responses"]
    responses.pop("422", None)
    journey = operation.pop("x-parcours-state", None)
    if name := operation.pop("x-parcours-body", None):
        body = bodies[name]
        journey = body.journey.name
        operation["summary"] = words(journey).of("commands", body.command.__name__, "en")
        operation["description"] = words(journey).of("commands", body.command.__name__, "fr")
        operation["requestBody"] = request_body(body)
        responses |= _named(camel(journey), OF_COMMANDS, _refusals_of(body.journey))
    elif operation.pop("x-parcours-hook", None):
        responses |= _named(HOOKS, OF_HOOKS, ())
    elif writes := operation.pop("x-parcours-writes", None):
        responses |= _named(writes, OF_COMMANDS, WITHOUT_COMMANDS[writes]())
    elif operation.get("security"):
        names = (*OF_READING, *OF_BODIES) if "requestBody" in operation else OF_READING
        responses |= _named(READING, names, (NotAMember,))
    if journey:
        good = next(status for status in responses if status.startswith("2"))
        responses[good] = _answered(journey, located=good == "201")


def _sendable(schema: dict[str, Any]) -> dict[str, Any]:
    """What a header or an address can say: it is there or not, but never null."""
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(kinds) == 1:
        schema = {name: told for name, told in schema.items() if name != "anyOf"} | kinds[0]
    if schema.get("format") == "date-time":
        schema["pattern"] = OUR_CENTURIES
    return schema


def _answered(journey: str, *, located: bool) -> Mapping[str, Any]:
    headers = {"ETag": {"schema": {"type": "string"}, "description": "The version: send it back as If-Match."}}
    if located:
        headers["Location"] = {"schema": {"type": "string"}, "description": "Where the new journey is read."}
    content = {"application/json": {"schema": {"$ref": REF.format(model=outcome_name(journey))}}}
    return {"description": "The journey as it stands.", "content": content, "headers": headers}


def request_body(body: Body) -> Mapping[str, Any]:
    """How the body of a command is documented."""
    schema = {"$ref": REF.format(model=body.name)}
    content = {"schema": schema, "example": body.example(SAMPLES)}
    needed = any(field.is_required() for field in body.model.model_fields.values())
    return {"required": needed, "content": {"application/json": content}}


def _failures(service: Service) -> dict[str, Any]:
    """Every response that tells a problem: those of reading, and those of each journey's commands."""
    made = {f"{READING}{status}": told for status, told in _problems((*OF_READING, *OF_BODIES), (NotAMember,)).items()}
    made |= {f"{HOOKS}{status}": told for status, told in _problems(OF_HOOKS, ()).items()}
    for writes, kinds in WITHOUT_COMMANDS.items():
        made |= {f"{writes}{status}": told for status, told in _problems(OF_COMMANDS, kinds()).items()}
    for journey in service.catalogue.values():
        own = _problems(OF_COMMANDS, _refusals_of(journey))
        made |= {f"{camel(journey.name)}{status}": told for status, told in own.items()}
    return made


def _named(owner: str, names: Iterable[str], kinds: Iterable[type[Refusal]]) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{owner}{status}"} for status in _problems(names, kinds)}


def _refusals_of(journey: Journey[Any, Any, Any]) -> Iterator[type[Refusal]]:
    """What the desk and the permissions say everywhere, and what the journey's own rules say."""
    for kind in refusals():
        elsewhere = _is_of_lists(kind) or kind is LinkUnknown
        if kind is not NotAllowed and source_of(kind) in {journey.name, "common"} and not elsewhere:
            yield kind


def _refusals_of_webhooks() -> Iterator[type[Refusal]]:
    yield from (NotAMember, NotYourRole, TooManyWebhooks)


def _refusals_of_invitations() -> Iterator[type[Refusal]]:
    yield LinkUnknown
    yield from _refusals_of(rsa_appointment_journey)


def _refusals_of_lists() -> Iterator[type[Refusal]]:
    """What is said of a whole list, and in its lines of a row."""
    yield from (NotAMember, OrganisationClosed)
    yield from (kind for kind in refusals() if _is_of_lists(kind))


def _is_of_lists(kind: type[Refusal]) -> bool:
    return kind.__module__.startswith(lists.__name__)


def _problems(names: Iterable[str], kinds: Iterable[type[Refusal]]) -> dict[str, Any]:
    """A response for every status, with the types of problem that it may tell."""
    by_status: dict[str, dict[str, str]] = {}
    for name in names:
        by_status.setdefault(str(GENERAL[name]), {})[name] = words("common").of("problems", name, "en")
    for kind in kinds:
        by_status.setdefault(str(status_of(kind)), {})[slug(kind)] = sentence(kind, "en")
    return {status: _response(int(status), known) for status, known in sorted(by_status.items())}


def _response(status: int, known: Mapping[str, str]) -> Mapping[str, Any]:
    examples = {
        name: {"summary": said, "value": {"type": f"/problems/{name}", "title": said, "status": status}}
        for name, said in sorted(known.items())
    }
    schema = {"$ref": REF.format(model="Problem")}
    content = {"application/problem+json": {"schema": schema, "examples": examples}}
    headers = {"WWW-Authenticate": {"schema": {"type": "string"}}} if status == HTTPStatus.UNAUTHORIZED else {}
    return {"description": HTTPStatus(status).phrase, "content": content, "headers": headers}


#: What writes without a command of a journey, by what its responses are named after, and what it refuses.
WITHOUT_COMMANDS: Final[Mapping[str, Callable[[], Iterator[type[Refusal]]]]] = {
    "Invitations": _refusals_of_invitations,
    "Lists": _refusals_of_lists,
    "Webhooks": _refusals_of_webhooks,
}
