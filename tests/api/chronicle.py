"""A record whose past is written at chosen instants: people who register, apply, and are hired or refused."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from api.settings import Settings
from api.wiring import Core
from application.ports import Change, Metadata
from domain.candidate.codes import Title
from domain.candidate.events import Registered
from domain.job_application.codes import SenderKind
from domain.organisation.events import AuthorisationGranted, Created, ServiceDescribed
from domain.organisation.kinds import Kind
from domain.organisation.services import Fee, Public, ServiceContact, ServicePlace
from domain.vocabulary import OrganisationProfile
from infrastructure.event_store import BackdatedEventStore
from infrastructure.journal import SealingJournal
from infrastructure.postgres import open_pool
from tests.domain.job_application import samples
from tests.spec import CAMILLE

#: When the chronicle begins: the first of June in Paris, at noon.
BEGUN: Final = datetime(2026, 6, 1, 10, tzinfo=UTC)
#: What no publication may ever say.
FIRST_NAME: Final = "Canarissime"
LAST_NAME: Final = "Duserin-Volière"
DEPARTMENTS: Final = ("35", "35", "35", "35", "44", "44", "971", None)


@dataclass
class Chronicle:
    """Writes what happened as if it had been recorded then."""

    settings: Settings
    journal: SealingJournal
    #: The instant at which the next append is recorded.
    recorded_at: list[datetime]
    versions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tell(
        self, root: str, journey: str, *events: Any, at: datetime, acting: OrganisationProfile = samples.PRESCRIBER
    ) -> None:
        """Append events to a journey of a root, as they happened and were recorded at an instant."""
        metadata = Metadata(actor=CAMILLE, organisation=acting, correlation_id="r", causation_id="r")
        before = self.versions[root, journey]
        changes = [
            Change(journey=journey, journey_version=before + place, event=event, occurred_at=at, metadata=metadata)
            for place, event in enumerate(events, start=1)
        ]
        self.recorded_at[0] = at
        self.journal.append(root, self._version(root), changes)
        self.versions[root, journey] += len(events)

    def tell_lives(self, number: int, draw: Random, *, first: datetime = BEGUN, days: int = 120) -> list[str]:
        """So many people who each enter on some day, apply, and wait, are hired or are refused; answers their roots."""
        return [self._tell_life(draw, first + timedelta(days=draw.randrange(days))) for _ in range(number)]

    def tell_houses(self) -> None:
        """A few organisations."""
        for name, kind in (("ml", Kind.ML), ("aci", Kind.ACI), ("ei", Kind.EI), ("zz", Kind.EI)):
            root = f"organisation/{name}"
            told = Created(name=f"Maison {name}", kinds=(kind,), departments=("35",), at=BEGUN)
            self.tell(root, "organisation", told, at=BEGUN)
            if kind is Kind.ML:
                granted = AuthorisationGranted(from_day=date(2026, 6, 1))
                self.tell(root, "organisation", granted, at=BEGUN)

    def tell_services(self) -> None:
        """A structure that offers something."""
        told = (
            Created(
                name="Roues libres", kinds=(Kind.SERVICE_STRUCTURE,), departments=("35",), typology="asso", at=BEGUN
            ),
            AuthorisationGranted(from_day=date(2026, 6, 1)),
            ServiceDescribed(
                service_id="dora--permis",
                name="Permis « B », etc.",
                description="Passer le permis,\nà son rythme.",
                themes=("mobilite--preparer-un-permis", "numerique--acquerir-un-equipement"),
                publics=(Public.JOBSEEKERS, Public.WOMEN),
                fee=Fee.PAYING,
                fee_details="10 € par leçon",
                place=ServicePlace(postal_code="01000", town_code="01001"),
                contact=ServiceContact(phone="+33261910035"),
                zone=("2A004", "35"),
                weekly_hours=2,
                weeks=6,
            ),
            ServiceDescribed(service_id="dora--velo", name="Vélos", description="Un vélo pour un mois."),
        )
        self.tell("organisation/roues", "organisation", *told, at=BEGUN)

    def _tell_life(self, draw: Random, at: datetime) -> str:
        root = f"candidate/{draw.getrandbits(128):032x}"
        self.tell(root, "candidate", registered(draw, at), at=at)
        company = draw.choice([samples.ACI, samples.EI])
        sent = samples.sent(company, at, draw.choice([SenderKind.PRESCRIBER, SenderKind.CANDIDATE]))
        self.tell(root, "job-application-1", sent, at=at)
        later = at + timedelta(days=draw.randrange(40))
        answer = draw.choice([samples.hired(later), samples.hired(later), samples.refused(later), None])
        if answer is not None:
            self.tell(root, "job-application-1", answer, at=later, acting=company)
        return root

    def _version(self, root: str) -> int:
        return sum(count for (known, _), count in list(self.versions.items()) if known == root)


def registered(draw: Random, at: datetime) -> Registered:
    """Somebody, whose name is found again wherever it is written."""
    return Registered(
        first_name=FIRST_NAME,
        last_name=LAST_NAME,
        entered_on=at.date(),
        birth_year=draw.choice([1960, 1985, 1986, 2004]),
        department=draw.choice(DEPARTMENTS),
        organisation=samples.PRESCRIBER.id,
        organisation_departments=("35",),
        account=None,
        title=draw.choice([Title.MADAME, Title.MONSIEUR]),
    )


@contextmanager
def chronicle(core: Core, settings: Settings) -> Iterator[Chronicle]:
    """On a database of its own."""
    recorded_at = [BEGUN]
    with open_pool(core.access.owner, size=4) as owner:
        store = BackdatedEventStore(owner, clock=lambda: recorded_at[0])
        yield Chronicle(settings, SealingJournal(store, core.codec, core.vault), recorded_at)
