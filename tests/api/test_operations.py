"""What whoever runs the service sees: health, metrics, logs. And what nobody sees there: anything about a person."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import fields
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, get_args, get_type_hints

import httpx
import psycopg
import pytest
import structlog
from uuid_utils.compat import uuid7

from api.wiring import Core, prepare
from domain.candidate.commands import Register
from domain.vocabulary import Personal
from infrastructure.clock import SystemClock
from infrastructure.embedded import FORGETFUL, EmbeddedServer
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.postgres import Access
from tests.api.conftest import Cast, House, running, settings_for
from tests.api.test_commands import applied
from tests.api.test_refusals import told
from tests.conftest import DatabaseFactory


@contextmanager
def another_house(access: Access, folder: Path) -> Iterator[House]:
    """A service of its own, on a database of its own."""
    prepare(access)
    settings, configured = settings_for(access, folder), structlog.get_config()
    try:
        with running(settings) as base, Core.opened(settings) as core:
            made = House(base, settings, DevelopmentIssuer(settings.data, SystemClock()), core)
            with made.http:
                yield made
    finally:
        structlog.configure(**configured)


@pytest.fixture
def house_on_a_server_to_stop(tmp_path: Path) -> Iterator[tuple[House, EmbeddedServer]]:
    folder = Path(mkdtemp(prefix="parcours-test-"))
    server = EmbeddedServer(folder / "data", settings=FORGETFUL)
    server.start()
    try:
        with another_house(Access.embedded(server), tmp_path) as made:
            yield made, server
    finally:
        server.stop("immediate")
        rmtree(folder)


def metric(house: House, name: str) -> float:
    """The value of a metric, by its name with its labels."""
    lines = house.http.get("/metrics").text.splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.rpartition(" ")[0] == name), 0.0)


def test_a_service_that_can_serve_says_so(house: House) -> None:
    assert house.http.get("/health/live").json() == {"status": "live"}
    answer = house.http.get("/health/ready")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ready", "checks": {"database": True, "keys": True, "identity": True}},
    )


def test_a_service_without_its_database_lives_but_is_not_ready(
    house_on_a_server_to_stop: tuple[House, EmbeddedServer],
) -> None:
    house, server = house_on_a_server_to_stop
    person = {"first_name": "Awa", "last_name": "Diallo"}
    assert house.http.get("/health/ready").status_code == 200
    assert "parcours_projection_behind" in house.http.get("/metrics").text
    server.stop("immediate")
    assert house.http.get("/health/live").status_code == 200
    answer = house.http.get("/health/ready", timeout=10)
    assert (answer.status_code, answer.json()["status"], answer.json()["checks"]["database"]) == (
        503,
        "not ready",
        False,
    )
    assert told(house.post("/v1/candidates", person, "staff")) == (503, "unavailable")
    assert told(house.get(f"/v1/candidates/{uuid7()}", "staff")) == (503, "unavailable")
    metrics = house.http.get("/metrics")
    assert metrics.status_code == 200
    assert 'parcours_projection_behind{projection="timeline"}' not in metrics.text


def test_appends_and_requests_are_counted_and_timed(house: House, cast: Cast) -> None:
    route = 'parcours_http_request_seconds_count{method="POST",route="/v1/candidates",status="201"}'
    names = ("parcours_events_appended_total", "parcours_append_seconds_count", route)
    before = [metric(house, name) for name in names]
    house.candidate("camille", cast.agency)
    assert [metric(house, name) for name in names] == [value + 1 for value in before]


def test_conflicts_are_counted(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    root = f"candidate/{candidate}"
    history = house.core.journal.load(root)
    before = metric(house, "parcours_append_conflicts_total")
    body = {"company": cast.company, "message": "Motivée"}
    path = f"/v1/candidates/{candidate}/job-applications"
    stale = house.post(path, body, "camille", cast.agency, **{"If-Match": '"5"'})
    assert (told(stale), len(history)) == ((412, "version-mismatch"), 1)
    # A version that was never right is no race for the record.
    assert metric(house, "parcours_append_conflicts_total") == before


def test_how_late_projections_are_is_a_metric(house: House, cast: Cast) -> None:
    name = 'parcours_projection_behind{projection="timeline"}'
    house.catch_up()
    assert (metric(house, name), metric(house, 'parcours_projection_lag_seconds{projection="timeline"}')) == (0, 0)
    house.candidate("camille", cast.agency)
    assert metric(house, name) == 1
    assert metric(house, 'parcours_projection_lag_seconds{projection="timeline"}') > 0
    house.catch_up()
    assert metric(house, name) == 0


def test_a_request_keeps_its_identifier_if_it_is_one(house: House, cast: Cast) -> None:
    given = str(uuid7())
    assert house.http.get("/health/live", headers={"X-Request-Id": given}).headers["x-request-id"] == given
    for other in ("Awa Diallo", "1", f"{given}{given}", ""):
        made = house.http.get("/health/live", headers={"X-Request-Id": other}).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made)
        assert made != given
    assert house.http.get("/nothing", headers={"X-Request-Id": given}).headers["x-request-id"] == given


def test_the_identifier_of_a_request_is_the_correlation_of_its_events(house: House, cast: Cast) -> None:
    given = str(uuid7())
    address = applied(house, cast, **{"X-Request-Id": given})
    headers = {"Authorization": f"Bearer {house.token('auditor', 'audit')}"}
    items = house.http.get(f"/v1/candidates/{address.split('/')[3]}/history", headers=headers).json()["items"]
    assert items[-1]["correlation_id"] == given


def test_no_caller_adds_names_to_the_metrics(house: House) -> None:
    house.http.request("ZANZIBAR", "/health/live")
    house.http.get("/zanzibar")
    assert "zanzibar" not in house.http.get("/metrics").text.lower()


#: Unmistakable, in every personal field of a registration; some are valid, so that the person is recorded.
PLANTED = {
    "first_name": "Zanzibarine", "last_name": "Quetzalcoatl", "birth_name": "Popocatepetl", "birth_date": "1987-06-05",
    "email": "zanzibarine.quetzalcoatl@example.org", "phone": "+33698765432", "address": "99 rue du Kilimandjaro",
    "nir": "287069912345607", "france_travail_id": "98765432109", "caf_number": "7654321",
    "department_internal_id": "Titicaca-42", "birth_country": "99100", "birth_place": "2A987",
}  # fmt: skip
TRACES = re.compile(
    r"zanzibar|quetzal|popocat|1987-06-05|98765432|kilimandjaro|2870699|7654321|titicaca"
    r"|(?<![.\w])(99100|2A987)(?!\w)",
    re.IGNORECASE,
)


def test_every_personal_field_of_a_registration_is_planted() -> None:
    hints = get_type_hints(Register, include_extras=True)

    def personal(hint: Any) -> bool:
        return hint is Personal or any(personal(part) for part in get_args(hint))

    assert PLANTED.keys() == {each.name for each in fields(Register) if personal(hints[each.name])}
    assert all(TRACES.search(value) for value in PLANTED.values())


def misplaced(house: House, agency: str, person: str, name: str, value: str) -> Iterator[httpx.Response]:
    """A planted value, wherever a caller may put it by mistake."""
    yield house.post("/v1/candidates", {**PLANTED, name: [value]}, "camille", agency)
    yield house.post("/v1/candidates", {**PLANTED, name: f"{value}\0"}, "camille", agency)
    yield house.post("/v1/candidates", {**PLANTED, name: f"{value}{value}!"}, "camille", agency)
    yield house.post("/v1/candidates", {**PLANTED, f"{value} ": value}, "camille", agency)
    yield house.post(f"{person}/rename-{value}", {}, "camille", agency)
    yield house.get(f"{person}?as_of={value}", "camille", agency)
    yield house.get(f"/v1/candidates/{value}", "camille", agency)
    yield house.get(f"/v1/organisations/{agency}/caseload?after={value}", "camille", agency)
    yield house.get("/health/nothing", "camille", agency, **{"X-Request-Id": value, "If-Match": value})
    yield house.post("/v1/candidates", {}, "camille", agency, **{"Idempotency-Key": f"{value} x"})
    yield house.post("/v1/candidates", {}, "camille", value)
    yield house.http.post("/v1/candidates", headers={"Authorization": f"Bearer {value}"})


def breaks(house: House) -> Iterator[httpx.Response]:
    """Everything that can go wrong with what is planted, in turn."""
    agency, council = house.organisation("ft", "camille"), house.organisation("conseil_departemental", "odile")
    good = {**PLANTED, "internal_id_department": "35"}
    good.pop("nir")
    registered = house.post("/v1/candidates", good, "odile", council)
    assert registered.status_code == 201, registered.text
    person = f"/v1/candidates/{registered.json()['id']}"
    for name, value in PLANTED.items():
        yield from misplaced(house, agency, person, name, value)
    yield house.post("/v1/candidates", good, "odile", council)
    yield house.post("/v1/candidates", PLANTED, "odile", council)
    yield house.post("/v1/candidates", good, "staff", council)
    yield house.post(f"{person}/change-contact-data", {"email": PLANTED["email"]}, "camille", agency)
    yield house.http.post("/v1/candidates", content=json.dumps(good).encode()[:-1], headers=house.headers("staff"))
    for statement in ("alter table keys.data_key rename to lost", "alter table event rename to gone"):
        with psycopg.connect(house.core.access.owner, autocommit=True) as owner:
            owner.execute(statement)
        yield house.post("/v1/candidates", {**good, "email": f"a{PLANTED['email']}"}, "staff")
    yield house.get(person, "odile", council)


def test_nothing_about_a_person_is_in_a_log_an_error_a_header_or_a_metric(
    make_database: DatabaseFactory, tmp_path: Path
) -> None:
    with redirect_stderr(io.StringIO()) as logs, another_house(make_database(1), tmp_path) as house:
        answers = list(breaks(house))
        metrics = house.http.get("/metrics").text
    statuses = {answer.status_code for answer in answers}
    assert statuses == {401, 403, 404, 409, 415, 422, 500}
    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        assert not TRACES.search(answer.text), answer.json()["type"]
        assert not TRACES.search(str(answer.headers)), answer.headers
        assert answer.headers["x-request-id"]
    assert not TRACES.search(metrics)
    assert [line for line in logs.getvalue().splitlines() if TRACES.search(line)] == []
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    failed = [line for line in lines if line["event"] == "failed"]
    assert len(failed) == sum(answer.status_code == 500 for answer in answers) > 0
    assert all(line["where"] and line["error"] for line in failed)
