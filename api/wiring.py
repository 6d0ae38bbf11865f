"""Where everything is put together: the only place that knows who implements what."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from functools import partial
from typing import IO, Final, Self

import httpx
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import ValidationError
from uuid_utils.compat import uuid7

from api.dictionary import comments
from api.observe import Metrics, ObservedJournal
from api.service import Service
from api.settings import NotConfigured, Settings
from api.telling import Teller
from application.desk import Desk
from application.permissions import PERMISSIONS
from application.permissions.readers import READERS
from application.ports import Clock, CriteriaCertifier, Journal
from domain.catalogue import CATALOGUE
from infrastructure.api_particulier import api_particulier
from infrastructure.clock import SystemClock
from infrastructure.codec import Codec
from infrastructure.digests import KeyedDigests
from infrastructure.embedded import EmbeddedServer
from infrastructure.erasure import Eraser
from infrastructure.event_store import PATIENCE, EventStore
from infrastructure.follower import Doorbell
from infrastructure.hooks import Hooks
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.identity.settings import IdentitySettings
from infrastructure.identity.verifier import Verifier
from infrastructure.inbox import PostgresInbox
from infrastructure.journal import LogReader, SealingJournal
from infrastructure.keyring import Keyring, KeysRefused, Secrets
from infrastructure.migrations import migrate
from infrastructure.numbers import NumberSeries
from infrastructure.postgres import Access, Pool, connect, open_pool, sql
from infrastructure.posting import Post, Signing
from infrastructure.vault import Vault
from projections.activity import ACTIVITY
from projections.analyst import lay_out
from projections.caseload import CASELOAD
from projections.certifications import CERTIFICATIONS
from projections.deadlines import DEADLINES
from projections.mergers import MERGERS
from projections.milestones.projection import MILESTONES
from projections.notifications.projection import NOTIFICATIONS
from projections.positions import install, search_path
from projections.projection import Projection
from projections.runner import Runner
from projections.timeline import TIMELINE

#: How long a request waits for a database that restarts, in seconds: its caller does not wait for ever.
WAITING: Final = 10.0
#: How long being ready may take to find out, in seconds and per check.
AT_ONCE: Final = 2.0

PROJECTIONS: Final[Sequence[Projection]] = (
    TIMELINE,
    CASELOAD,
    DEADLINES,
    MILESTONES,
    MERGERS,
    CERTIFICATIONS,
    NOTIFICATIONS,
    ACTIVITY,
)


@contextmanager
def reached(settings: Settings) -> Iterator[Access]:
    """How to connect. The embedded server, if that is the one to use, runs as long as any process needs it."""
    if settings.database is not None:
        by_owner = Access.by_url(settings.database)
        yield replace(by_owner, service=settings.database_service or by_owner.service)
        return
    server = EmbeddedServer(settings.data / "postgres")
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "postgres.users").open("w") as users:
        flock(users, LOCK_SH)
        try:
            server.start()
            yield Access.embedded(server)
        finally:
            _stop_if_last(server, users)


def _stop_if_last(server: EmbeddedServer, users: IO[str]) -> None:
    try:
        flock(users, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return
    server.stop()


def prepare(where: Access) -> Sequence[str]:
    """Bring the schema and the projections' tables up to date, as the owner; safe from several processes at once.

    Answers the names of the migrations that were applied.
    """
    applied = migrate(where.owner)
    with connect(where.owner) as owner:
        install(owner, PROJECTIONS)
        lay_out(owner, comments())
    return [migration.name for migration in applied]


def keyring(settings: Settings) -> Keyring:
    """The keys of the installation. Raises `KeysRefused` if there are none, or if others can read them."""
    if settings.keys is not None:
        return Keyring(Secrets.parse(settings.keys))
    if not settings.keys_file.exists():
        raise KeysRefused(f"there is no {settings.keys_file}: make one with `parcours keys create`, and keep a copy")
    return Keyring(settings.keys_file)


def reading(conninfo: str) -> str:
    """The same connection, finding the projections' tables by their own names."""
    options = conninfo_to_dict(conninfo).get("options") or ""
    path = search_path(PROJECTIONS).replace(" ", "")
    return make_conninfo(conninfo, options=f"{options} -c search_path={path}".strip())


def ringing(pool: Pool, doorbell: Doorbell, patience: float = PATIENCE) -> EventStore:
    """The log, which wakes those who follow it."""
    return EventStore(pool, ring=doorbell.ring, patience=patience)


def briefly(pool: Pool, doorbell: Doorbell) -> EventStore:
    """The log of a process whose callers do not wait for ever."""
    return ringing(pool, doorbell, WAITING)


@dataclass(frozen=True, kw_only=True)
class Core:
    """What every process needs to issue commands and to read the record."""

    access: Access
    #: Rings after every append; whoever follows the log waits for it, in one thread.
    doorbell: Doorbell
    pool: Pool
    store: EventStore
    codec: Codec
    vault: Vault
    eraser: Eraser
    journal: Journal
    log: LogReader
    clock: Clock
    desk: Desk
    #: None where nothing is certified. France Travail's service, for the criterion TH, is not wired.
    certifier: CriteriaCertifier | None
    hooks: Hooks
    inbox: PostgresInbox
    teller: Teller
    post: Post

    @classmethod
    @contextmanager
    def opened(
        cls,
        settings: Settings,
        *,
        clock: Clock | None = None,
        store: Callable[[Pool, Doorbell], EventStore] = ringing,
        observed: Callable[[Journal], Journal] = lambda journal: journal,
    ) -> Iterator[Self]:
        """Open it, on a database that is up to date; closed at the end."""
        keys = keyring(settings)
        with (
            reached(settings) as where,
            Doorbell(where.service) as doorbell,
            open_pool(reading(where.service), size=settings.connections) as pool,
            api_particulier(settings.api_particulier, told := clock or SystemClock()) as certifier,
            httpx.Client() as posting,
        ):
            kept = store(pool, doorbell)
            codec, vault = Codec(CATALOGUE.values()), Vault(pool, keys)
            journal = observed(SealingJournal(kept, codec, vault))
            digests = KeyedDigests(keys.digest_secret)
            teller = Teller(journal=journal, catalogue=CATALOGUE, readers=READERS, clock=told)
            log = LogReader(kept, codec)
            signing = Signing(digests)
            yield cls(
                access=where,
                doorbell=doorbell,
                pool=pool,
                store=kept,
                codec=codec,
                vault=vault,
                eraser=Eraser(pool, vault),
                journal=journal,
                log=log,
                clock=told,
                desk=Desk(
                    journal=journal,
                    clock=told,
                    digests=digests,
                    numbers=NumberSeries(pool),
                    catalogue=CATALOGUE,
                    permissions=PERMISSIONS,
                ),
                certifier=certifier,
                hooks=Hooks(pool, log, teller.concerned),
                inbox=PostgresInbox(pool, vault, digests),
                teller=teller,
                post=Post(signing=signing, client=posting, now=told.now, private=settings.private_webhooks),
            )


@contextmanager
def open_service(
    settings: Settings,
    *,
    clock: Clock | None = None,
    store: Callable[[Pool, Doorbell], EventStore] = briefly,
) -> Iterator[Service]:
    """Everything that the HTTP service needs."""
    metrics = Metrics()
    with ExitStack() as stack:
        observed = partial(ObservedJournal, metrics=metrics)
        core = stack.enter_context(Core.opened(settings, clock=clock, store=store, observed=observed))
        client = stack.enter_context(httpx.Client(timeout=2.0, follow_redirects=False))
        verifier = Verifier(identity(settings, core.clock), core.clock, client)
        yield Service(
            desk=core.desk,
            journal=core.journal,
            log=core.log,
            clock=core.clock,
            catalogue=CATALOGUE,
            permissions=PERMISSIONS,
            readers=READERS,
            verifier=verifier,
            pool=core.pool,
            metrics=metrics,
            partitions=core.store.partitions,
            new_id=uuid7,
            hooks=core.hooks,
            inbox=core.inbox,
            hook_secrets=settings.hook_secrets,
            signing=core.post.signing,
            invitation_link=settings.invitation_link,
            booking_link=settings.booking_link,
            digests=core.post.signing.digests,
            open_figures=settings.open_figures or settings.demo,
            private_webhooks=settings.private_webhooks,
            ready={
                "database": partial(_answers, core.pool),
                "keys": partial(core.vault.uses, "", within=AT_ONCE),
                "identity": partial(_must, verifier.ready),
            },
        )


def identity(settings: Settings, clock: Clock) -> IdentitySettings:
    """The trusted issuers: those of the configuration, or in demo mode the development issuer alone."""
    if settings.demo:
        return DevelopmentIssuer(settings.data, clock).settings()
    if settings.issuers_file is None:
        raise NotConfigured("set PARCOURS_ISSUERS_FILE to the file that names the trusted issuers")
    try:
        return IdentitySettings.read(settings.issuers_file)
    except OSError as error:
        raise NotConfigured(f"PARCOURS_ISSUERS_FILE cannot be read: {error.strerror}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise NotConfigured(f"{settings.issuers_file} cannot be used: {wrong}") from None
    except ValueError as error:
        raise NotConfigured(f"{settings.issuers_file} cannot be used: {error}") from None


def worker(core: Core) -> Runner:
    """One worker of the projections; the only one of `core` that waits for its doorbell."""
    return Runner(
        connect=partial(connect, core.access.service),
        log=core.log,
        catalogue=CATALOGUE,
        projections=PROJECTIONS,
        doorbell=core.doorbell,
    )


def _answers(pool: Pool) -> None:
    """Ask for the log without the patience that appends have: whoever watches wants to know at once."""
    with pool.connection(timeout=AT_ONCE) as connection:
        connection.execute(sql("heads"))


def _must(check: Callable[[], bool]) -> None:
    if not check():
        raise RuntimeError
