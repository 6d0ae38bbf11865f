"""Commands over HTTP, from the token to the disk, next to an endpoint that checks the token and the body and stops.

Both are FastAPI on the same number of uvicorn workers, sent the same requests by one client, by turns. A command is
authenticated, validated, authorised and decided on the whole dossier, sealed, appended with `fsync`, and answered.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict
from uuid_utils.compat import uuid7

from api.auth import require
from api.serving import application
from api.settings import Settings
from api.wiring import Core, identity, prepare
from application.desk import Request
from domain.candidate.commands import Register
from domain.job_application.commands import Submit
from domain.organisation.commands import AddMember, Create
from domain.organisation.kinds import Kind
from domain.vocabulary import Actor, OrganisationId, Role, Subject
from infrastructure.clock import SystemClock
from infrastructure.embedded import EmbeddedServer
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from infrastructure.identity.principal import Principal, Scope
from infrastructure.identity.verifier import Verifier
from infrastructure.keyring import Keyring
from tests.benchmarks.http_load import Load, Scripts, measured, post
from tests.benchmarks.measure import Measure, fresh_database

GOAL: Final = 0.30
WORKERS: Final = 2
CONNECTIONS: Final = 16
#: Dossiers of each connection: their number keeps them short, like real ones.
DOSSIERS: Final = 25
ROUNDS: Final = 5
SECONDS: Final = 3.0
BODY: Final = '{"answer":"Nous gardons votre candidature, écrivez-nous au printemps."}'.encode()
STAFF: Final = Actor(subject=Subject("staff"), client="back-office", role=Role.STAFF)
MEMBER: Final = Actor(subject=Subject("nadia"), client="les-emplois", role=Role.MEMBER)


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [http]


def http(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "http")
    prepare(access)
    with TemporaryDirectory() as folder, ExitStack() as running:
        keys = Path(folder) / "keys.json"
        Keyring.create(keys)
        environment = {"PARCOURS_DATA": folder, "DATABASE_URL": access.owner, "DATABASE_SERVICE_URL": access.service}
        settings = Settings.from_environment(environment)
        scripts = _scripts(settings)
        ways = [Load(running.enter_context(served(way, environment)), scripts) for way in ("commands", "empty")]
        for way in ways:
            measured(way, 1.0)
        rates = [[measured(way, SECONDS) for way in ways] for _ in range(ROUNDS)]
    values, baselines = zip(*rates, strict=True)
    return Measure(
        name="http",
        ratio=round(median(value / baseline for value, baseline in rates), 3),
        goal=GOAL,
        value=round(median(values), 1),
        baseline=round(median(baselines), 1),
    )


def commands() -> FastAPI:
    """The service, in each of its worker processes."""
    return application(replace(Settings.from_environment(), demo=True))


def empty() -> FastAPI:
    """The baseline: the same route, token and body, and nothing behind."""

    class Answer(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        answer: str | None = None

    clock, settings = SystemClock(), replace(Settings.from_environment(), demo=True)
    app = FastAPI()
    app.state.verifier = Verifier(identity(settings, clock), clock, httpx.Client())

    @app.post("/v1/candidates/{root}/job-applications/{n}/{command}")
    async def nothing(
        root: str, n: Annotated[int, InPath(ge=1)], command: str, body: Answer, who: Annotated[Principal, _COMMANDS]
    ) -> dict[str, Any]:
        return {}

    return app


_COMMANDS: Final = require(Scope.COMMAND)


def _scripts(settings: Settings) -> Scripts:
    """Applications put on hold and kept in the pool by turns, each connection with dossiers of its own."""
    with Core.opened(settings) as core:
        agency, company = _organisation(core, Kind.FT), _organisation(core, Kind.ACI)
        token = DevelopmentIssuer(settings.data, core.clock).issue("nadia", "les-emplois", DEMO_CLIENTS["les-emplois"])
        acting = f"Acting-Organisation: {company}\r\n"

        def turn() -> Sequence[bytes]:
            address = f"/v1/candidates/{_applicant(core, agency, company)}/job-applications/1"
            return [post(f"{address}/{command}", token, acting, BODY) for command in ("postpone", "add-to-pool")]

        return [[turn() for _ in range(DOSSIERS)] for _ in range(CONNECTIONS)]


def _organisation(core: Core, kind: Kind) -> OrganisationId:
    name = OrganisationId(str(uuid7()))
    root = f"organisation/{name}"
    add = AddMember(subject=MEMBER.subject, role=Role.MEMBER)
    for command in (Create(name=kind, kinds=(kind,), departments=("35",)), add):
        opens = isinstance(command, Create)
        core.desk.submit(Request(root=root, command=command, actor=STAFF, correlation_id="bench", opens_root=opens))
    return name


def _applicant(core: Core, agency: OrganisationId, company: OrganisationId) -> str:
    identifier = str(uuid7())
    register = Register(first_name="Awa", last_name="Diallo", email=f"{identifier}@example.org")
    for command in (register, Submit(company=company, message="Je peux commencer lundi.")):
        core.desk.submit(
            Request(
                root=f"candidate/{identifier}",
                command=command,
                actor=MEMBER,
                acting=agency,
                correlation_id="bench",
                opens_root=command is register,
            )
        )
    return identifier


@contextmanager
def served(way: str, environment: Mapping[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    line = [sys.executable, "-m", "tests.benchmarks.http", way, str(port)]
    process = subprocess.Popen(line, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


if __name__ == "__main__":
    uvicorn.run(
        f"tests.benchmarks.http:{sys.argv[1]}",
        factory=True,
        port=int(sys.argv[2]),
        workers=WORKERS,
        log_config=None,
        access_log=False,
        timeout_worker_healthcheck=60,  # a machine busy with other work starts slowly
    )
