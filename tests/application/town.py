"""A town: organisations with their members, people, and one desk before which they all come."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, Final, TypeVar

from uuid_utils.compat import uuid7

from application.desk import Desk, Outcome, Request
from application.dossiers import Standing, stand
from application.permissions import PERMISSIONS
from application.ports import Journal, Recorded
from domain.candidate.commands import Register
from domain.catalogue import CATALOGUE
from domain.eligibility_check.commands import DiagnoseForIae
from domain.job_application.commands import Submit
from domain.organisation.commands import AddMember, Create, GrantAuthorisation, OpenSpontaneous
from domain.organisation.kinds import COMPANIES, NEEDING_AUTHORISATION, Kind
from domain.orientation import Send
from domain.vocabulary import Actor, OrganisationId, Role, Subject
from infrastructure.codec import Codec
from infrastructure.digests import KeyedDigests
from infrastructure.event_store import EventStore
from infrastructure.journal import SealingJournal
from infrastructure.keyring import Keyring
from infrastructure.numbers import NumberSeries
from infrastructure.postgres import Access, open_pool
from infrastructure.vault import Vault
from tests.domain.orientation.cases import sending

T = TypeVar("T")

NOON: Final = datetime(2026, 3, 2, 11, tzinfo=UTC)
LONG_AGO: Final = date(2020, 1, 1)
STAFF: Final = Actor(subject=Subject("staff"), client="back-office", role=Role.STAFF)
THREADS: Final = 8


def professional(name: str, client: str = "les-emplois") -> Actor:
    return Actor(subject=Subject(name), client=client, role=Role.MEMBER)


@dataclass
class Hands:
    """A clock that the test sets."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@dataclass
class Town:
    desk: Desk
    clock: Hands
    vault: Vault
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def journal(self) -> Journal:
        return self.desk.journal

    def organisation(
        self, kind: Kind, *members: str, authorised: bool = True, departments: tuple[str, ...] = ("35",), **said: Any
    ) -> OrganisationId:
        """An organisation; the first of its members is its administrator."""
        name = OrganisationId(str(uuid7()))
        create = Create(name="Maison", kinds=(kind,), departments=departments, **said)
        self.ask(f"organisation/{name}", create, STAFF, opens_root=True)
        if authorised and kind in NEEDING_AUTHORISATION:
            self.ask(f"organisation/{name}", GrantAuthorisation(from_day=LONG_AGO), STAFF)
        if kind in COMPANIES:
            self.ask(f"organisation/{name}", OpenSpontaneous(), STAFF)
        for member in members:
            self.ask(f"organisation/{name}", AddMember(subject=Subject(member)), STAFF)
        return name

    def candidate(self, by: str, acting: OrganisationId, **said: Any) -> str:
        """The dossier of a person whom nobody else resembles."""
        return self.ask(new_root(), self.register(**said), professional(by), acting, opens_root=True).root

    def register(self, **said: Any) -> Register:
        usual: dict[str, Any] = {"first_name": "Nour", "last_name": "Haddad"}
        return Register(**{**usual, "email": f"nour{next(self.numbers)}@example.org", **said})

    def applied(self, root: str, by: str, acting: OrganisationId, company: OrganisationId) -> str:
        """A new application; answers its name in the dossier."""
        return self.ask(root, apply(company), professional(by), acting).journey

    def diagnosed(self, root: str, by: str, acting: OrganisationId) -> str:
        """The person qualifies for the IAE; answers the name of the diagnosis."""
        return self.ask(root, DiagnoseForIae(), professional(by), acting).journey

    def ask(self, root: str, command: Any, by: Actor, acting: OrganisationId | None = None, **more: Any) -> Outcome:
        return self.desk.submit(request(root, command, by, acting, **more))

    def at(self, instant: datetime) -> None:
        self.clock.at = instant

    def standing(self, root: str) -> Standing:
        return stand(CATALOGUE, self.journal.load(root))

    def told(self, root: str) -> Sequence[tuple[str, str]]:
        """What happened to a root, in order: in which journey, and what."""
        return told(self.journal.load(root))

    def over(self, journal: Journal) -> "Town":
        """The same town, where the desk reads and writes through another journal."""
        return replace(self, desk=replace(self.desk, journal=journal))


def told(history: Sequence[Recorded]) -> Sequence[tuple[str, str]]:
    return [(each.journey, type(each.event).__name__) for each in history]


def new_root(kind: str = "candidate") -> str:
    return f"{kind}/{uuid7()}"


def request(root: str, command: Any, by: Actor, acting: OrganisationId | None = None, **more: Any) -> Request:
    named = {"journey": root.partition("/")[0]} if not more.get("opens_root") and _about_the_root(command) else {}
    return Request(root=root, command=command, actor=by, acting=acting, **{"correlation_id": "r", **named, **more})


def _about_the_root(command: Any) -> bool:
    return any(type(command) in kind.commands for kind in CATALOGUE.values() if not kind.numbered)


def apply(company: OrganisationId, **said: Any) -> Submit:
    return Submit(company=company, **{"message": "Bonjour", **said})


def send(receiver: OrganisationId, **said: Any) -> Send:
    return sending(receiver=receiver, **said)


def at_once(action: Callable[[int], T], threads: int = THREADS) -> Sequence[T | Exception]:
    """What each of so many threads got that all did the same at the same moment: an answer, or what was raised."""
    barrier = Barrier(threads)

    def run(number: int) -> T | Exception:
        barrier.wait()
        try:
            return action(number)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            return error

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


@contextmanager
def opened(access: Access, folder: Path) -> Iterator[Town]:
    keys = Keyring.create(folder / "keys.json")
    with open_pool(access.service, size=THREADS) as pool:
        vault, clock = Vault(pool, keys), Hands()
        journal = SealingJournal(EventStore(pool), Codec(CATALOGUE.values()), vault)
        digests = KeyedDigests(keys.digest_secret)
        desk = Desk(
            journal=journal,
            clock=clock,
            digests=digests,
            numbers=NumberSeries(pool),
            catalogue=CATALOGUE,
            permissions=PERMISSIONS,
        )
        yield Town(desk, clock, vault)
