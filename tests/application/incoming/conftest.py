"""A town whose council has its agenda at RDV-Solidarités, and the inbox in which that tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from application.incoming.inbox import Waiting
from application.incoming.receiving import Receiving, Source
from application.matching import claim_of
from application.retention import erase
from domain.candidate import Candidate
from domain.immersion import Immersion
from domain.organisation import commands as organisation
from domain.organisation.kinds import Kind
from domain.references import Named, Reference, System, identifier
from domain.rsa.categories import CategoryType
from domain.rsa_appointment import RsaAppointment
from domain.vocabulary import CandidateId, OrganisationId, RootKind, Subject
from infrastructure.erasure import Eraser
from infrastructure.inbox import PostgresInbox
from infrastructure.incoming import immersion_facilitee, rdv_solidarites
from infrastructure.postgres import Access, open_pool
from tests.application.incoming.agenda import CATEGORY, COUNCIL
from tests.application.incoming.immersions import AGENCY, KEY
from tests.application.town import STAFF, Town

AGENDA = Subject("rdv-solidarites")


@dataclass(frozen=True, repr=False)
class Office:
    """What stands behind the door of one service."""

    town: Town
    inbox: PostgresInbox
    source: Source
    envelope: Any

    def keep(self, *messages: bytes) -> None:
        """As the door does."""
        for each in messages:
            envelope = self.envelope(each)
            if envelope is not None:
                self.inbox.keep(self.source.system, envelope, each, self.town.clock.now())

    def work(self, most: int = 1000) -> int:
        receiving = Receiving(desk=self.town.desk, inbox=self.inbox, source=self.source)
        return receiving.work_off(self.town.clock.now, most)

    def told(self, *messages: bytes) -> Sequence[str]:
        """Each message arrives and is worked off before the next one; answers why what waits, waits."""
        for each in messages:
            self.keep(each)
            self.work()
        return self.reasons()

    def waiting(self) -> Sequence[Waiting]:
        return self.inbox.waiting(1000)

    def reasons(self) -> Sequence[str]:
        return [each.reason for each in self.waiting()]

    def root(self, key: int | str, of: Named = Named.PERSON) -> str | None:
        claim = claim_of(identifier(of, Reference(system=self.source.system, key=str(key))), self.town.desk.digests)
        return self.town.journal.holders([claim]).get(claim)

    def erase(self, key: int | str, of: Named = Named.PERSON) -> str:
        """Erase whoever is called so, as staff and retention do; answers the root."""
        root = self.root(key, of)
        assert root is not None
        eraser = Eraser(self.inbox.pool, self.town.vault)
        assert erase(self.town.desk, eraser, CandidateId(root.partition("/")[2])) == 1
        return root

    def person(self, key: int) -> Candidate:
        root = self.root(key)
        assert root is not None
        case = self.town.standing(root).cases[RootKind.CANDIDATE]
        assert isinstance(case, Candidate)
        return case

    def convention(self, key: str = KEY) -> Immersion:
        """The convention of that name, wherever it is."""
        root = self.root(key, Named.CONVENTION)
        assert root is not None
        found = self.town.standing(root).dossier().of(Immersion).values()
        return next(each for each in found if each.reference == key)

    def follow_up(self, root: str) -> RsaAppointment:
        case = self.town.standing(root).cases["rsa-appointment-1"]
        assert isinstance(case, RsaAppointment)
        return case


@pytest.fixture
def agenda(town: Town, database: Access) -> Iterator[Office]:
    with open_pool(database.service, size=4) as pool:
        inbox = PostgresInbox(pool, town.vault, town.desk.digests)
        yield Office(town, inbox, rdv_solidarites.SOURCE, rdv_solidarites.envelope)


@pytest.fixture
def council(town: Town) -> OrganisationId:
    """Handles a category, has its agenda there, and lets the agenda act for it."""
    return council_of(town)


def council_of(town: Town, key: int = COUNCIL, **said: Any) -> OrganisationId:
    made = town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile", departments=("35",))
    configure(town, made, **said)
    town.ask(f"organisation/{made}", organisation.AddMember(subject=AGENDA), STAFF)
    link = organisation.LinkReference(system=System.RDV_SOLIDARITES, key=str(key))
    town.ask(f"organisation/{made}", link, STAFF)
    return made


def configure(town: Town, council: OrganisationId, **said: Any) -> None:
    category = {"category": CATEGORY, "type": CategoryType.RSA_ORIENTATION, "phone": "0299000000", **said}
    town.ask(f"organisation/{council}", organisation.ConfigureCategory(**category), STAFF)


@pytest.fixture
def immersions(town: Town, database: Access) -> Iterator[Office]:
    town.at(datetime(2026, 4, 20, 10, tzinfo=UTC))
    with open_pool(database.service, size=4) as pool:
        inbox = PostgresInbox(pool, town.vault, town.desk.digests)
        yield Office(town, inbox, immersion_facilitee.SOURCE, immersion_facilitee.envelope)


def agency_of(town: Town, key: str = AGENCY, kind: Kind = Kind.AGENCY_MISSION_LOCALE) -> OrganisationId:
    """An agency that lets Immersion facilitée act for it."""
    made = town.organisation(kind, "camille", departments=("35",))
    town.ask(f"organisation/{made}", organisation.AddMember(subject=Subject("immersion-facilitee")), STAFF)
    link = organisation.LinkReference(system=System.IMMERSION_FACILITEE, key=key)
    town.ask(f"organisation/{made}", link, STAFF)
    return made
