"""The documentation is true: a valid document, examples that are accepted, problems that resolve, doors with locks.

A change of the API shows in `openapi.golden.json`: write it anew with `python -m tests.api.test_openapi`.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import jsonschema_rs
import orjson
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.addresses import Addresses
from api.auth import BearerToken
from api.bodies import Body
from api.commands import doors
from api.documentation import catalogue
from api.main import create_app
from api.observe import Metrics
from api.openapi import SAMPLES
from api.service import Service
from application.permissions import PERMISSIONS
from application.permissions.readers import READERS
from domain.catalogue import CATALOGUE

GOLDEN = Path(__file__).with_name("openapi.golden.json")
BODIES = [Body(door.journey, door.command) for door in doors(CATALOGUE, PERMISSIONS)]
#: Whoever asks: but for invitations, nothing here is about anybody.
PUBLIC = {
    "/health/live", "/health/ready", "/metrics",
    # Whoever holds the code of an invitation: it stands in the place of a token.
    "/v1/invitation", "/v1/invitation/follow", "/v1/invitation/appointments/{n}/excuse",
    "/docs", "/docs/{asset}", "/problems", "/problems/{name:path}", "/dictionary", "/indicators", "/openapi.json",
    # Pages ask by themselves, and answer in pages.
    "/", "/dashboard", "/dashboard/flows", "/dashboard/slide", "/dashboard/indicators/{name}",
    "/dashboard/indicators/{name}/{file}", "/pages/{digest}/{name}", "/sign-in", "/sign-out",
}  # fmt: skip

#: Whoever asks is known by a signature, not by a token.
SIGNED = {"/v1/hooks/rdv-solidarites", "/v1/hooks/immersion-facilitee"}


def made() -> FastAPI:
    """The application without anything behind it: enough to describe itself."""
    nothing = SimpleNamespace(
        catalogue=CATALOGUE, permissions=PERMISSIONS, readers=READERS, metrics=Metrics(), verifier=None
    )
    return create_app(cast("Service", nothing))


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return made()


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return dict(orjson.loads(orjson.dumps(app.openapi())))


def written(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def schema_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def test_the_document_is_the_one_that_was_reviewed(document: dict[str, Any]) -> None:
    assert written(document) == GOLDEN.read_text(encoding="utf-8"), "python -m tests.api.test_openapi writes it anew"


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

    assert [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []


def test_every_schema_is_a_schema_and_every_reference_resolves(document: dict[str, Any]) -> None:
    for name in document["components"]["schemas"]:
        jsonschema_rs.Draft202012Validator(schema_of(document, name))


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
def test_every_example_is_accepted(document: dict[str, Any], body: Body) -> None:
    example = body.example(SAMPLES)
    command, _ = body.read(orjson.dumps(example))
    assert type(command) is body.command
    assert jsonschema_rs.is_valid(schema_of(document, body.name), example)


def test_every_sample_is_of_a_body() -> None:
    assert set(SAMPLES) - {"fields"} <= {body.name for body in BODIES}


def test_every_status_of_a_failure_is_documented_as_a_problem(document: dict[str, Any]) -> None:
    reading = {"401", "403", "404", "422", "503"}
    replacing = reading | {"413", "415"}
    writing = replacing | {"409", "412"}
    expected = {"GET": reading, "PUT": replacing, "POST": writing, "DELETE": writing}
    for name, operation in operations(document):
        if operation.get("security"):
            failures = {status: response for status, response in operation["responses"].items() if status >= "4"}
            assert failures.keys() == expected[name.partition(" ")[0]], name
            for response in failures.values():
                told = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
                assert list(told["content"]) == ["application/problem+json"], name


def test_every_type_of_problem_is_documented_where_it_may_occur(document: dict[str, Any]) -> None:
    told = {
        problem
        for response in document["components"]["responses"].values()
        for problem in response["content"]["application/problem+json"]["examples"]
    }
    # These belong to every address alike, and not to an operation.
    everywhere = {"method-not-allowed", "unexpected"}
    # No door lets these out: a merger is carried on by Parcours, and so is what time asks.
    assert catalogue().keys() - told == everywhere


def guarded(dependant: Dependant) -> bool:
    return any(isinstance(each.call, BearerToken) or guarded(each) for each in dependant.dependencies)


def every(routes: Iterable[Any]) -> Iterator[Any]:
    """The routes, those that are found by the shape of their addresses too."""
    for route in routes:
        yield from every(route.routes) if isinstance(route, Addresses) else [route]


def test_every_route_asks_for_a_token_or_is_public_on_purpose(app: FastAPI) -> None:
    unguarded = {
        route.path for route in every(app.routes) if not (isinstance(route, APIRoute) and guarded(route.dependant))
    }
    assert unguarded == PUBLIC | SIGNED
    assert len(list(every(app.routes))) > len(BODIES) + len(PUBLIC)


def test_the_document_says_which_scope_each_operation_needs(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        scopes = [scope for each in operation.get("security", ()) for scope in each["bearer"]]
        public = name.partition(" ")[2] in PUBLIC | SIGNED
        assert (scopes == []) is public, name


def test_what_may_be_withheld_is_said(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for kind, field in (("JobApplication", "comments"), ("Sent", "france_travail_number"), ("Candidate", "nir")):
        told = schemas[kind]["properties"][field]["anyOf"]
        assert {"const": "[withheld]", "description": "It is not for you."} in told


def test_no_module_of_ours_is_named_in_the_document(document: dict[str, Any]) -> None:
    assert "domain__" not in json.dumps(document)


if __name__ == "__main__":
    GOLDEN.write_text(written(orjson.loads(orjson.dumps(made().openapi()))), encoding="utf-8")
