"""What figures cost: next to SQL by hand over the same table, through the API on prepared rows, and after an append."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any, Final
from uuid import uuid4

import httpx

from api.indicators import knowledge
from api.settings import Settings
from domain.calendar import paris_time
from infrastructure.clock import SystemClock
from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.identity.principal import Scope
from infrastructure.postgres import Connection, open_pool
from projections.indicators.asking import Knowledge, Months, Question, cells
from projections.indicators.definition import DEFINITIONS, Definition, newest
from projections.indicators.definition import Measure as Measured
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Count
from projections.indicators.measuring import measured
from projections.indicators.preparing import prepare, prepare_due
from tests.benchmarks.http import served
from tests.benchmarks.measure import Measure
from tests.benchmarks.simulated import COUNTRIES, UNTIL, access_of, following, reading
from tests.domain.job_application import samples
from tests.projections.world import event_row, new_root

SQL: Final = Path(__file__).parent / "sql"
NOW: Final = paris_time(UNTIL, datetime.min.time().replace(hour=9))
YEAR: Final = Months(date(2025, 10, 1), date(2026, 9, 30))
ROUNDS: Final = 5
#: By hand and by the definitions, as much as this.
BY_HAND: Final = 0.8
#: Seconds: 95 answers in 100 of the API, and 99 appends in 100 until they count.
ANSWERED: Final = 1.0
VISIBLE: Final = 2.0
ASKED: Final = 200
APPENDS: Final = 100


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [figures_cohort, figures_count, figures_stock, figures_as_of, figures_api, figures_visible]


def figures_cohort(server: EmbeddedServer) -> Measure:
    """What became of applications within 60 days."""
    return _by_hand(server, "figures-cohort", "application-acceptance")


def figures_count(server: EmbeddedServer) -> Measure:
    """Hires accepted."""
    return _by_hand(server, "figures-count", "hires-accepted")


def figures_stock(server: EmbeddedServer) -> Measure:
    """Applications that wait."""
    return _by_hand(server, "figures-stock", "applications-waiting-30-days")


def figures_as_of(server: EmbeddedServer) -> Measure:
    """What became of applications within 60 days, as known when nothing was prepared: all of it from the milestones."""
    return _by_hand(server, "figures-as-of", "application-acceptance", prepared=False)


def _by_hand(server: EmbeddedServer, name: str, indicator: str, *, prepared: bool = True) -> Measure:
    """Twelve months by département, and the same rows by hand; they must be the same."""
    definition = DEFINITIONS[indicator, 1]
    months = None if definition.measures[0] is Measured.STOCK else YEAR
    asked = Question(definition=definition, known=Knowledge(NOW), by=Dimension.DEPARTMENT, months=months)
    first, last = YEAR.days()
    given = {"at": NOW, "day": asked.known.day, "first": first, "last": last}
    text = (SQL / f"{asked.source}.sql").read_bytes()
    with reading(COUNTRIES.of(server, COUNTRIES.dossiers)) as connection:
        connection.execute("truncate prepared, prepared_row, prepared_cell")
        if prepared:
            prepare(connection, definition, knowledge(NOW, exact=False))
            connection.execute("vacuum (analyze) prepared_row, prepared_cell")
        # How many of them tell of each company is for secrecy, which nobody has by hand.
        found = {
            tuple(value for name, value in row.items() if name != "company")
            for row in cells(connection, asked)
            if row["company"] is None
        }
        assert found == set(_rows(connection, text, given))
        seconds = [
            (_timed(lambda: measured(connection, asked)), _timed(lambda: _rows(connection, text, given)))
            for _ in range(ROUNDS)
        ]
    ours, theirs = zip(*seconds, strict=True)
    return Measure(
        name=name,
        ratio=round(median(hand / mine for mine, hand in seconds), 3),
        goal=BY_HAND,
        value=round(1 / median(ours), 2),
        baseline=round(1 / median(theirs), 2),
    )


def _rows(connection: Connection, text: bytes, given: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("select set_config('work_mem', '64MB', true)")
        return cursor.execute(text, given, prepare=False).fetchall()


def _timed(action: Callable[[], Any]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def figures_api(server: EmbeddedServer) -> Measure:
    """Any indicator by département and month, one after the other: the 95th percentile against a second."""
    settings = COUNTRIES.of(server, COUNTRIES.dossiers)
    with reading(settings) as connection:
        prepare_due(connection, SystemClock().now())
        connection.execute("vacuum (analyze) prepared_row, prepared_cell")
    with _asking(settings) as ask:
        seconds = [_timed(lambda definition=definition: ask(definition)) for definition in _turns()]  # type: ignore[misc]
    return _against("figures-api", ANSWERED, quantiles(seconds, n=100)[94])


@contextmanager
def _asking(settings: Settings) -> Iterator[Callable[[Definition], None]]:
    access = access_of(settings)
    token = DevelopmentIssuer(settings.data, SystemClock()).issue("sacha", "demo", {Scope.INDICATORS, Scope.STAFF})
    environment = {
        "PARCOURS_DATA": str(settings.data),
        "DATABASE_URL": access.owner,
        "DATABASE_SERVICE_URL": access.service,
    }
    with served("commands", environment) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:

        def ask(definition: Definition) -> None:
            months = {"from": f"{YEAR.first:%Y-%m}", "to": f"{YEAR.last:%Y-%m}"}
            answer = http.get(
                f"/v1/indicators/{definition.id}",
                params={"by": "department", **({} if definition.measures[0] is Measured.STOCK else months)},
                headers={"Authorization": f"Bearer {token}"},
            )
            assert answer.status_code == 200, answer.text

        yield ask


def _turns() -> Iterator[Definition]:
    known = [definition for definition in DEFINITIONS.values() if definition == newest(definition.id)]
    for number in range(ASKED):
        yield known[number % len(known)]


def figures_visible(server: EmbeddedServer) -> Measure:
    """From an append until the indicator counts it, on prepared rows: the 99th percentile against two seconds."""
    settings = COUNTRIES.of(server, COUNTRIES.dossiers)
    stop = Event()
    with following(settings) as runner, open_pool(access_of(settings).service) as pool, reading(settings) as connection:
        prepare_due(connection, SystemClock().now())
        thread = Thread(target=runner.run, args=(stop,), daemon=True)
        thread.start()
        try:
            delays = [_until_counted(EventStore(pool), connection) for _ in range(APPENDS)]
        finally:
            stop.set()
            thread.join()
    return _against("figures-visible", VISIBLE, quantiles(delays, n=100)[98])


def _until_counted(store: EventStore, connection: Connection) -> float:
    """One hire more."""
    now, root = datetime.now(UTC), new_root()
    before = _hires(connection, now)
    rows = [event_row(root, "job-application-1", n, event, now) for n, event in enumerate(_hired(now), start=1)]
    store.append(root, 0, str(uuid4()), rows)
    began = time.perf_counter()
    while _hires(connection, datetime.now(UTC)) == before:
        pass
    return time.perf_counter() - began


def _hired(now: datetime) -> Sequence[object]:
    return [samples.sent(at=now), samples.hired(at=now, starts_on=now.date())]


def _hires(connection: Connection, now: datetime) -> int:
    month = Months(now.date(), now.date())
    asked = Question(definition=DEFINITIONS["hires-accepted", 1], known=Knowledge(now), months=month)
    (figure,) = measured(connection, asked)
    assert isinstance(figure.result, Count)
    return figure.result.number


def _against(name: str, goal: float, reached: float) -> Measure:
    """Seconds, both as what would be done per second one after the other."""
    return Measure(
        name=name, ratio=round(goal / reached, 3), goal=1.0, value=round(1 / reached, 2), baseline=round(1 / goal, 2)
    )
