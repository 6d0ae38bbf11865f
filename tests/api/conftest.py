"""A running service: a real server on a port, a real database, a worker beside it, tokens of the development issuer."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from uuid_utils.compat import uuid7

from api.serving import application
from api.settings import DEMONSTRATION_SECRET, Settings
from api.wiring import Core, prepare, worker
from domain.references import System
from infrastructure.clock import SystemClock
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from infrastructure.identity.principal import Scope
from infrastructure.keyring import Keyring
from infrastructure.postgres import Access
from tests.conftest import TestServer

Json = dict[str, Any]
#: By which other services are known: that of before, and that of today.
HOOK_SECRETS = ("the-secret-of-before", DEMONSTRATION_SECRET)


@dataclass
class House:
    """The service as its users see it, and a few people who use it."""

    base: str
    settings: Settings
    issuer: DevelopmentIssuer
    core: Core
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.base, timeout=30)

    def token(self, subject: str, client: str = "demo", *scopes: Scope) -> str:
        return self.issuer.issue(subject, client, scopes or DEMO_CLIENTS[client])

    def headers(self, subject: str, acting: str | None = None, **more: str) -> dict[str, str]:
        """Of somebody who acts for an organisation, or of staff who act for none."""
        client = "les-emplois" if acting else "back-office"
        organisation = {"Acting-Organisation": acting} if acting else {}
        return {"Authorization": f"Bearer {self.token(subject, client)}", **organisation, **more}

    def post(self, path: str, body: Json, subject: str, acting: str | None = None, **more: str) -> httpx.Response:
        return self.http.post(path, json=body, headers=self.headers(subject, acting, **more))

    def get(self, path: str, subject: str, acting: str | None = None, **more: str) -> httpx.Response:
        return self.http.get(path, headers=self.headers(subject, acting, **more))

    def organisation(self, kind: str, *members: str, authorised: bool = True, **more: Any) -> str:
        """An organisation with its members, the first one being its administrator; answers its identifier."""
        body = {"name": f"Maison {uuid7()}", "kinds": [kind], "departments": ["35"], **more}
        made = self.post("/v1/organisations", body, "staff")
        assert made.status_code == 201, made.text
        address = f"/v1/organisations/{made.json()['id']}"
        if authorised and "grant-authorisation" in made.json()["next"]:
            self.post(f"{address}/grant-authorisation", {"from_day": "2020-01-01"}, "staff")
        for member in members:
            role = "administrator" if member == members[0] else "member"
            added = self.post(f"{address}/add-member", {"subject": member, "role": role}, "staff")
            assert added.status_code == 200, added.text
        return str(made.json()["id"])

    def candidate(self, subject: str, acting: str, **more: str) -> str:
        """A newly registered person; answers their identifier."""
        mail = f"{uuid7().hex}@example.org"
        body = {"first_name": "Awa", "last_name": "Diallo", "email": mail, "birth_date": "1990-02-14", **more}
        made = self.post("/v1/candidates", body, subject, acting)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    def catch_up(self) -> None:
        """Wait until the projections know everything."""
        runner = worker(self.core)
        runner.catch_up()
        runner.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def running(settings: Settings) -> AbstractContextManager[str]:
    """The HTTP service on a free port; answers its address."""
    return serving(application(settings))


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """An application on a free port; answers its address."""
    port = free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
    served = uvicorn.Server(config)
    thread = Thread(target=served.run)
    thread.start()
    until = monotonic() + 20
    while not served.started and monotonic() < until:
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        served.should_exit = True
        thread.join()


def settings_for(access: Access, folder: Path) -> Settings:
    """A service in demo mode on a database, with keys of its own."""
    keys = folder / "keys.json"
    Keyring.create(keys)
    return Settings(
        data=folder,
        database=access.owner,
        database_service=access.service,
        keys_file=keys,
        connections=8,
        demo=True,
        private_webhooks=True,
        hook_secrets=dict.fromkeys(System, HOOK_SECRETS),
        invitation_link="https://parcours.example/rendez-vous#{code}",
        booking_link="https://rdv.example/prendre?motif={category}&chez={organisations}&invitation={code}",
    )


HouseFactory = Callable[[Access, Path], House]


@pytest.fixture(scope="session")
def house(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    name = server.make(server.migrated(8))
    access = server.access(name)
    prepare(access)
    settings = settings_for(access, tmp_path_factory.mktemp("house"))
    with running(settings) as base, Core.opened(settings) as core:
        made = House(base, settings, DevelopmentIssuer(settings.data, SystemClock()), core)
        with made.http:
            yield made
    server.drop(name)


@dataclass(frozen=True)
class Cast:
    """Organisations that every test may use; people make their own dossiers."""

    #: Authorised prescribers: that of camille, and that of leila.
    agency: str
    mission: str
    #: A prescriber that nobody has authorised, of pierre.
    orienter: str
    #: Companies: of nadia, and of paul.
    company: str
    rival: str
    #: Services: of ines; and of tom, who is not authorised.
    service: str
    newcomer: str
    #: Follow people who receive the RSA: of odile, and of karim.
    council: str
    delegate: str


@pytest.fixture(scope="session")
def cast(house: House) -> Cast:
    return Cast(
        agency=house.organisation("ft", "camille"),
        mission=house.organisation("ml", "leila"),
        orienter=house.organisation("ccas", "pierre", authorised=False),
        company=house.organisation("aci", "nadia", "luc"),
        rival=house.organisation("ei", "paul"),
        service=house.organisation("service_structure", "ines", typology="asso"),
        newcomer=house.organisation("service_structure", "tom", authorised=False, typology="asso"),
        council=house.organisation("conseil_departemental", "odile"),
        delegate=house.organisation("delegataire_rsa", "karim"),
    )


@pytest.fixture
def installed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verbs of the command line find the house."""
    monkeypatch.setenv("DATABASE_URL", house.settings.database or "")
    monkeypatch.setenv("DATABASE_SERVICE_URL", house.settings.database_service or "")
    monkeypatch.setenv("PARCOURS_KEYS_FILE", str(house.settings.keys_file))
