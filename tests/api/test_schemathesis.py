"""Requests that nobody thought of: what the documentation promises holds for them too.

Every check of schemathesis runs: no failure of ours, statuses, types of content, headers and bodies as documented, bad
data refused, good data accepted, tokens asked for, methods refused.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import orjson
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings, strategies
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from tests.api.conftest import Cast, House
from tests.api.test_openapi import made

#: JSON Schema has no bounds for days: the pattern that stands for them would filter nearly every generated one out.
OUR_DAYS: Final = strategies.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
schemathesis.openapi.format("date", OUR_DAYS)
schemathesis.openapi.format("date-time", OUR_DAYS.map("{}T10:00:00+01:00".format))

SCHEMA: Final = schemathesis.openapi.from_dict(orjson.loads(orjson.dumps(made().openapi())))
#: What a rule, a permission, or an `If-Match` of another version may say to a request that is well formed.
SCHEMA.config.checks.positive_data_acceptance.expected_statuses = ["2xx", "401", "403", "404", "409", "412"]
OPERATIONS: Final = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
#: Whoever tells is known by a signature, which a schema cannot make: `test_hooks.py` signs.
SIGNED: Final = frozenset({"POST /v1/hooks/rdv-solidarites", "POST /v1/hooks/immersion-facilitee"})
#: Nor can a schema say which bytes are a list: `test_lists.py` sends real ones.
NOT_BY_SCHEMA: Final = SIGNED | {"POST /v1/imports"}
#: Bad data too, wherever something is taken but the headers, in whose place stand those of the caller.
ASKED: Final = [
    (operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if (mode is GenerationMode.POSITIVE or operation.body or list(operation.path_parameters) + list(operation.query))
    and not (mode is GenerationMode.POSITIVE and operation.label in NOT_BY_SCHEMA)
]
BOUNDED: Final = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def dossier(house: House, cast: Cast) -> Mapping[str, str]:
    """Where the requests go: a dossier with an application and an orientation, which stand wherever they are moved."""
    candidate = house.candidate("camille", cast.agency)
    body = {"company": cast.company, "message": "Motivée"}
    house.post(f"/v1/candidates/{candidate}/job-applications", body, "camille", cast.agency)
    return {"candidates": candidate, "organisations": house.organisation("aci", "solene")}


@pytest.fixture(params=["staff", "member"])
def caller(request: pytest.FixtureRequest, house: House, cast: Cast) -> Mapping[str, str]:
    """Whoever may do everything for nobody, and somebody who acts for a prescriber."""
    if request.param == "staff":
        return {"Authorization": f"Bearer {house.token('staff', 'demo')}"}
    return house.headers("camille", cast.agency)


def about(case: Any, dossier: Mapping[str, str]) -> Any:
    """The case, about something that exists; without its key, which may have served for another case."""
    case.headers.pop("idempotency-key", None)
    kind = case.path.split("/")[2] if case.path.startswith("/v1/") else ""
    if kind in dossier and "root" in case.path_parameters:
        case.path_parameters["root"] = dossier[kind]
    return case


def writes_numbers_as_we_read_them(case: Any) -> bool:
    """1.0 is an integer to JSON Schema; here it is a mistake, and refused as one."""
    return not any(isinstance(value, float) for value in inside(case.body))


def inside(value: Any) -> Iterator[Any]:
    """A value, and everything in it."""
    yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from inside(part)


@pytest.mark.parametrize(("operation", "mode"), ASKED, ids=[f"{each.label} {mode.value}" for each, mode in ASKED])
def test_the_service_answers_as_documented(
    house: House, dossier: Mapping[str, str], caller: Mapping[str, str], operation: Any, mode: GenerationMode
) -> None:
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            assume(writes_numbers_as_we_read_them(case))
            about(case, dossier)
        case.call_and_validate(base_url=house.base, headers=caller)

    ask()


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.label not in SIGNED], ids=lambda operation: operation.label
)
def test_without_a_token_nothing_is_answered(house: House, dossier: Mapping[str, str], operation: Any) -> None:
    @BOUNDED
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        answer = about(case, dossier).call_and_validate(base_url=house.base)
        assert answer.status_code == 401 or not operation.definition.raw.get("security")

    ask()
