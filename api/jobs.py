"""What runs beside the doors: projections, deadlines, certification, releases… In any number of processes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import ERROR, getLogger
from threading import Event, Thread
from typing import Final

import psycopg
import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from psycopg_pool import PoolTimeout

from api.releasing import releasing
from api.wiring import Core, worker
from application.certifying import AT_MOST, ask_all
from application.deadlines import pass_deadlines
from application.errands import Came
from application.incoming.receiving import Receiving
from application.merging import finish
from application.moderation import moderate
from application.retention import Retained
from application.retention import retain as kept
from application.webhooks.letters import work_off
from domain.calendar import paris_day
from domain.catalogue import CATALOGUE
from infrastructure.incoming.services import SERVICES
from projections.activity import followed_by_nobody, inactive
from projections.certifications import Questions
from projections.deadlines import Deadlines
from projections.held import held_orientations
from projections.indicators.preparing import prepare_due
from projections.mergers import unfinished

#: How often time is looked at, in seconds.
EVERY: Final = 10

#: How many events are addressed, and how many letters sent, before the others have their turn.
AT_ONCE: Final = 1000

_log = structlog.get_logger(__name__)
# A job that takes longer than a turn is let finish, and that is no news.
getLogger("apscheduler").setLevel(ERROR)


@contextmanager
def working(core: Core, *more: Callable[[Core], int]) -> Iterator[None]:
    """Follow the log and the calendar until the block ends, and do what else this installation does."""
    stop = Event()
    thread = Thread(target=worker(core).run, args=(stop,), name="projections")
    scheduler = BackgroundScheduler(timezone="Europe/Paris")
    for job in (*JOBS, releasing(stop.is_set), *more):
        scheduler.add_job(_patiently, "interval", [job, core], seconds=EVERY, coalesce=True, max_instances=1)
    scheduler.add_job(_patiently, "cron", [retain, core], hour=0, coalesce=True, misfire_grace_time=None)
    thread.start()
    scheduler.start()
    try:
        yield
    finally:
        stop.set()
        scheduler.shutdown()
        thread.join()


def pass_due(core: Core) -> int:
    """Pass the deadlines that are due now; answers how many changed something."""
    with core.pool.connection() as connection:
        came = pass_deadlines(core.desk, Deadlines(connection, CATALOGUE).due(core.clock.now()))
    if came:
        _log.info("deadlines", **{name.value: count for name, count in came.items()})
    return came[Came.RECORDED]


def follow_moderation(core: Core) -> int:
    """Let go of the orientations that waited for a decision about their sender; answers how many moved."""
    with core.pool.connection() as connection:
        held = held_orientations(connection)
    return moderate(core.desk, held)


def finish_mergers(core: Core) -> int:
    """Let kept dossiers take over the duplicates merged into them; answers how many did."""
    with core.pool.connection() as connection:
        duplicates = unfinished(connection)
    return finish(core.desk, duplicates)


def certify_criteria(core: Core) -> int:
    """Ask the certifying service what it is to be asked now; answers how many answers were recorded."""
    certifier = core.certifier
    if certifier is None or certifier.rests():
        return 0
    with core.pool.connection() as connection:
        questions = Questions(connection)
        with questions.alone() as alone:
            due = questions.due(core.clock.now(), certifier.certifies(), AT_MOST) if alone else ()
            came = ask_all(core.desk, certifier, due)
    if came:
        _log.info("certifications", **{name.value: count for name, count in came.items()})
    return came[Came.RECORDED]


def tell_webhooks(core: Core) -> int:
    """Address and post the letters of webhooks; answers how many were sent, taken or not."""
    core.hooks.address(AT_ONCE)
    return work_off(core.hooks, core.clock.now, core.teller.sending(core.post.send), AT_ONCE)


def retain(core: Core) -> Retained:
    """Let organisations go of whom nothing has happened to, and erase whoever nobody follows."""
    with core.pool.connection() as connection:
        found = inactive(connection, paris_day(core.clock.now()))
        unfollowed = followed_by_nobody(connection)
    retained = kept(core.desk, core.eraser, found, unfollowed)
    _log.info("retention", let_go=sum(retained.let_go.values()), erased=retained.erased)
    return retained


def prepare_figures(core: Core) -> int:
    """Prepare the figures of the day, once a day; answers for how many definitions."""
    with core.pool.connection() as connection:
        prepared = prepare_due(connection, core.clock.now())
    if prepared:
        _log.info("figures prepared", definitions=prepared)
    return prepared


def take_in(core: Core) -> int:
    """Record what other services told; answers how many messages were taken, recorded or still waiting."""
    known = [Receiving(desk=core.desk, inbox=core.inbox, source=service.source) for service in SERVICES.values()]
    return sum(each.work_off(core.clock.now, AT_ONCE) for each in known)


JOBS: Final = (pass_due, follow_moderation, finish_mergers, certify_criteria, tell_webhooks, take_in, prepare_figures)


def _patiently(job: Callable[[Core], object], core: Core) -> None:
    """Whatever goes wrong is told, without what may be personal in it, and tried again at the next turn."""
    try:
        job(core)
    except (psycopg.OperationalError, PoolTimeout) as error:
        _log.warning("a job waits for the database", job=job.__name__, error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - the next turn may find it mended
        _log.error("a job failed", job=job.__name__, error=error)
