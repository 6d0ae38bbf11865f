"""What it costs to know where a dossier stands, next to fetching the same rows: decode, open, fold."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Final

from application.dossiers import stand
from application.ports import Change
from domain.candidate.codes import Title
from domain.candidate.events import ContactDataChanged, IdentifiersSet, OrganisationJoined, ReferentAssigned, Registered
from domain.catalogue import CATALOGUE
from domain.job_application.codes import PriorActionKind, RefusalReason, SenderKind
from domain.job_application.events import (
    Commented,
    MovedToPriorToHire,
    PriorActionAdded,
    PriorActionChanged,
    ProcessingStarted,
    Refused,
    Submitted,
)
from domain.vocabulary import OrganisationId, Subject
from infrastructure.codec import Codec
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import LAST_VERSION, EventStore
from infrastructure.journal import SealingJournal
from infrastructure.keyring import Keyring, Secrets
from infrastructure.postgres import connect, open_pool, sql
from infrastructure.vault import Vault
from tests.benchmarks.measure import Measure, Race, fresh_database
from tests.infrastructure.samples import METADATA, NOON, PERSON

DAY: Final = date(2026, 1, 5)
COMPANY: Final = OrganisationId("01890a5d-ac96-774b-bcce-b302099a8059")
CAMILLE: Final = Subject("camille")
WORDS: Final = "Bonjour, je cherche un poste à temps plein près de chez moi. " * 3
SECRETS: Final = Secrets("k1", {"k1": b"k" * 32}, b"d" * 32)
EVENTS: Final = 100


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [replay]


def replay(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "replay")
    with journal(access.owner) as opened:
        opened.append(PERSON, 0, dossier())
    return Race(rounds=9).compare("replay", 0.35, (stands, fetched), access.owner)


def dossier() -> list[Change]:
    """A hundred events, each of a request of its own: 39 have personal texts."""
    events = [("candidate", event) for event in who()]
    for number in range(1, 12):
        events += [(f"job-application-{number}", event) for event in application(number)]
    versions: dict[str, int] = {}
    changes: list[Change] = []
    for place, (journey, event) in enumerate(events[:EVENTS]):
        versions[journey] = versions.get(journey, 0) + 1
        metadata = replace(METADATA, correlation_id=f"request-{place}", causation_id=f"request-{place}")
        changes.append(
            Change(
                journey=journey,
                journey_version=versions[journey],
                event=event,
                occurred_at=NOON,
                metadata=metadata,
            )
        )
    return changes


def who() -> list[Any]:
    registered = Registered(
        first_name="Zoé",
        last_name="Moreau",
        birth_date="1990-02-28",
        title=Title.MADAME,
        email="zoe@example.org",
        entered_on=DAY,
        birth_year=1990,
        department="75",
        organisation=COMPANY,
        organisation_departments=("75",),
        account=None,
    )
    reached = ContactDataChanged(email="zoe@example.org", phone=None, address=None, department="75", homonym_of=None)
    known = IdentifiersSet(
        nir="290027511111111",
        lack_of_nir=None,
        france_travail_id=None,
        lack_of_france_travail_id=None,
        caf_number=None,
        department_internal_id=None,
        internal_id_department=None,
    )
    joined = [OrganisationJoined(organisation=OrganisationId(f"{n}"), departments=("75",)) for n in range(5)]
    followed = [ReferentAssigned(referent=CAMILLE, organisation=OrganisationId(f"{n}")) for n in range(4)]
    return [registered, reached, known, *joined, *followed]


def application(number: int) -> list[Any]:
    submitted = Submitted(
        at=NOON,
        company=COMPANY,
        company_kinds=("ai",),
        sender=CAMILLE,
        sender_kind=SenderKind.PRESCRIBER,
        sender_organisation=COMPANY,
        message=WORDS,
        job_descriptions=("cook",),
    )
    trial = PriorActionAdded(at=NOON, number=1, kind=PriorActionKind.PMSMP, starts_on=DAY, ends_on=date(2026, 1, 9))
    return [
        submitted,
        ProcessingStarted(at=NOON),
        trial,
        MovedToPriorToHire(at=NOON),
        PriorActionChanged(at=NOON, number=1, kind=trial.kind, starts_on=DAY, ends_on=date(2026, 1, 16)),
        Commented(at=NOON, number=number, author=CAMILLE, text=WORDS),
        ProcessingStarted(at=NOON),
        Refused(at=NOON, reason=RefusalReason.DID_NOT_COME, shared=False, answer=WORDS),
    ]


@contextmanager
def journal(conninfo: str) -> Iterator[SealingJournal]:
    with open_pool(conninfo, size=1) as pool:
        yield SealingJournal(EventStore(pool), Codec(CATALOGUE.values()), Vault(pool, Keyring(SECRETS)))


@contextmanager
def stands(conninfo: str) -> Iterator[Callable[[], None]]:
    """Where every journey of the dossier stands, with its personal texts."""
    with journal(conninfo) as opened:

        def once() -> None:
            standing = stand(CATALOGUE, opened.load(PERSON))
            assert standing.version == EVENTS

        yield once


@contextmanager
def fetched(conninfo: str) -> Iterator[Callable[[], None]]:
    """The rows alone: the same statement, the same columns, the same protocol."""
    with journal(conninfo) as opened, connect(conninfo) as connection:
        given = [opened.store.partition_of(PERSON), PERSON, 0, LAST_VERSION]

        def once() -> None:
            rows = connection.execute(sql("dossier"), given, prepare=True, binary=True).fetchall()
            assert len(rows) == EVENTS

        yield once
