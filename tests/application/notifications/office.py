"""A town with a post office: what happens there is told, and carried by a carrier of the test's choice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from api.letters import Letters
from api.settings import Settings
from api.wiring import Core, prepare, worker
from application.notifications.notice import Channel, Letter, State
from application.notifications.post import Post
from application.notifications.reaching import Reach
from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId, Subject
from infrastructure.keyring import Keyring
from infrastructure.outbox import PostgresOutbox
from infrastructure.postgres import Access, connect
from infrastructure.preferences import PostgresPreferences
from projections.notifications.projection import NOTIFICATIONS
from projections.rebuild import Rebuild
from tests.application.town import Hands, Town


@dataclass
class Pigeon:
    """A carrier that keeps what it carries, unless it is told to do something else first."""

    channels: frozenset[Channel] = frozenset({Channel.EMAIL})
    needs_address: bool = True
    taken: list[Letter] = field(default_factory=list)
    #: What happens to the next letters, in order, before they are taken; or, by `afterwards`, once they are.
    before: list[Callable[[], object] | Exception | None] = field(default_factory=list)
    afterwards: list[Callable[[], object] | BaseException | None] = field(default_factory=list)

    def carry(self, letter: Letter) -> None:
        _happens(self.before)
        self.taken.append(letter)
        _happens(self.afterwards)

    def close(self) -> None:
        """Nothing is kept open."""

    def carried(self) -> Sequence[tuple[str | None, str]]:
        """To which addresses, and what, in any order."""
        return sorted((each.address or "", each.id.split(":")[1]) for each in self.taken)


def _happens(waiting: list[Any]) -> None:
    what = waiting.pop(0) if waiting else None
    if isinstance(what, BaseException):
        raise what
    if what is not None:
        what()


@dataclass
class Book:
    """Addresses that the test knows."""

    known: dict[str, str] = field(default_factory=dict)

    def of(self, subject: Subject) -> str | None:
        return self.known.get(subject)

    def mailbox(self, organisation: OrganisationId, category: str) -> str | None:
        return self.known.get(f"{organisation}/{category}")


@dataclass
class Office:
    core: Core
    town: Town
    clock: Hands
    book: Book
    pigeon: Pigeon = field(default_factory=Pigeon)
    #: Years may pass on the town's clock, none on that of the record.
    fresh: timedelta = timedelta(days=3650)

    def post(self, carrier: Any = None) -> Post:
        return Post(
            outbox=PostgresOutbox(self.core.pool),
            desk=self.core.desk,
            clock=self.clock,
            reach=Reach(
                addresses=self.book,
                preferences=self.preferences,
                support="support@parcours.example",
            ),
            writer=Letters(language="en"),
            carrier=carrier or self.pigeon,
            fresh=self.fresh,
        )

    @property
    def preferences(self) -> PostgresPreferences:
        return PostgresPreferences(self.core.pool)

    def tell(self) -> None:
        """Tell the projections everything."""
        with worker(self.core) as runner:
            runner.catch_up()

    def deliver(self, carrier: Any = None) -> dict[State, int]:
        self.tell()
        return dict(self.post(carrier).deliver())

    def forget(self) -> None:
        """Deliver what the preparations have to be told, and look at what comes next only."""
        self.deliver(Pigeon(needs_address=False))
        self.pigeon.taken.clear()

    def counts(self) -> dict[State, dict[str, int]]:
        return {state: dict(counts) for state, counts in PostgresOutbox(self.core.pool).counts().items()}

    def again(self) -> int:
        return PostgresOutbox(self.core.pool).again(self.clock.now())

    def rebuild(self) -> None:
        rebuilding = Rebuild(
            projection=NOTIFICATIONS,
            connect_owner=lambda: connect(self.core.access.owner),
            runner=worker(self.core),
        )
        assert rebuilding.run(fresh=True).switched

    def owner(self, statement: bytes, *parameters: Any) -> list[Any]:
        with connect(self.core.access.owner) as owner:
            owner.execute(b"set search_path = public, notifications")
            cursor = owner.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []


@dataclass
class Street:
    """Camille of a mission locale follows Awa; Sacha and Luc run the company that she applies to."""

    office: Office
    prescriber: OrganisationId
    company: OrganisationId
    awa: str

    def apply(self) -> str:
        return self.office.town.applied(self.awa, "camille", self.prescriber, self.company)


AWA = "awa.diallo@example.org"


@contextmanager
def opened(access: Access, folder: Path) -> Iterator[Office]:
    prepare(access)
    keys = folder / "keys.json"
    Keyring.create(keys)
    settings = Settings(data=folder, database=access.owner, database_service=access.service, keys_file=keys)
    clock = Hands()
    with Core.opened(settings, clock=clock) as core:
        town = Town(core.desk, clock, core.vault)
        known = {name: f"{name}@work.example" for name in ("camille", "sacha", "luc")}
        yield Office(core, town, clock, Book(known))


def street(office: Office) -> Street:
    town = office.town
    prescriber, company = town.organisation(Kind.ML, "camille"), town.organisation(Kind.ACI, "sacha", "luc")
    made = Street(office, prescriber, company, town.candidate("camille", prescriber, email=AWA))
    office.forget()
    return made
