"""`parcours demo`: a database, its years of stories, the service, and what to try."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from fcntl import LOCK_EX, flock
from typing import Final

from pydantic import ValidationError
from rich.progress import Progress

from api.agenda import Agenda, SimulatedClock
from api.demo.calendar import Calendar
from api.demo.mark import Mark
from api.demo.showing import invitations
from api.jobs import working
from api.serving import application, must_be_free, serve_here, until_stopped
from api.settings import NotConfigured, Settings
from api.simulation.telling import Numbers
from api.wiring import Core, keyring, prepare, reached, worker
from application.ports import Claim
from infrastructure.bulk import Bulk
from infrastructure.clock import SystemClock
from infrastructure.event_store import EventStore
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from infrastructure.identity.principal import Scope
from infrastructure.keyring import Keyring
from infrastructure.memory import MemoryJournal
from infrastructure.postgres import Access, connect, open_pool

HOST: Final = "127.0.0.1"


def run(settings: Settings, port: int, progress: Progress) -> None:
    """Start everything, print what to try, serve until stopped, stop everything."""
    must_be_free(HOST, port)
    with until_stopped(), reached(settings) as where:
        demo = settings.in_demo_mode()
        set_up(demo, where, progress)
        demo = demo.reaching(where)
        with Core.opened(demo) as core, working(core):
            with worker(core) as runner:
                runner.catch_up()
            with connect(where.owner) as owner:
                # Before PostgreSQL does so by itself, a minute later, it plans figures as if nobody had come yet.
                owner.execute(b"analyze")
            # Made before anything is said: what is pasted at once finds somebody at the door.
            app = application(demo)
            for line in invitations(core, DevelopmentIssuer(demo.data, core.clock), f"http://{HOST}:{port}"):
                print(line, flush=True)  # noqa: T201 - what the verb answers
            serve_here(app, HOST, port)


def issue(settings: Settings, subject: str, client: str, scopes: list[str]) -> str:
    """Sign a token for an hour. Raises `NotConfigured` for what the demonstration would refuse."""
    try:
        wanted = frozenset(map(Scope, scopes)) or DEMO_CLIENTS[client]
        return DevelopmentIssuer(settings.data, SystemClock()).issue(subject, client, wanted)
    except ValidationError:
        raise NotConfigured("a subject is an opaque name of somebody, such as `camille`: no e-mail, no space") from None
    except (ValueError, KeyError):
        known = "; ".join(f"{name}: {', '.join(sorted(scopes))}" for name, scopes in DEMO_CLIENTS.items())
        raise NotConfigured(f"no such application or scope for it: {known}") from None


def set_up(settings: Settings, where: Access, progress: Progress) -> None:
    """Keys, schema and stories, once, whatever was interrupted before and whoever else starts meanwhile.

    What was simulated is served as it is. Raises `NotConfigured` where there are other dossiers: nothing is ever told
    among them, or in their place.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    with _alone(settings):
        if settings.keys is None and not settings.keys_file.exists():
            Keyring.create(settings.keys_file)
        prepare(where)
        mark = Mark.of(settings, where)
        if mark.is_told:
            return
        empty = _is_empty(where)
        if not empty and not mark.is_begun:
            raise NotConfigured("this database holds dossiers already: a demonstration starts on an empty one")
        if empty:
            mark.begin()
            tell(settings.reaching(where), progress)
        mark.tell()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with (settings.data / "demonstration.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _is_empty(where: Access) -> bool:
    with open_pool(where.owner, size=2) as pool:
        return not any(EventStore(pool).heads().values())


def tell(settings: Settings, progress: Progress) -> None:
    """Tell the stories, in a database without any dossier: decided in memory, then written at once by the owner."""
    now = SystemClock().now() - timedelta(minutes=1)
    clock = SimulatedClock(now)
    journal, numbers = MemoryJournal(clock), Numbers(partitions=1)
    with reached(settings) as where, Core.opened(settings, clock=clock) as core:
        with progress:
            task = progress.add_task("years of stories", total=None)
            agenda = Agenda(replace(core.desk, journal=journal, numbers=numbers), clock)
            Calendar(agenda, now, lambda done, of: progress.update(task, completed=done, total=of)).tell()
        roots, held, keys = (
            defaultdict[int, list[str]](list),
            defaultdict[int, dict[Claim, str]](dict),
            keyring(settings),
        )
        for root in journal.roots():
            roots[core.store.partition_of(root)].append(root)
        for claim, root in journal.held.items():
            held[core.store.partition_of(root)][claim] = root
        with connect(where.owner) as owner, owner.transaction():
            for partition in roots:
                bulk = Bulk(partition, core.codec, keys)
                for root in roots[partition]:
                    bulk.add(root, journal.load(root))
                bulk.write(owner, held[partition], numbers.last)
