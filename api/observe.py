"""What the service says of itself: a request id, one log line a request, metrics. Never personal data."""

import logging
import sys
from collections import Counter as Counted
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import Final
from uuid import UUID

import orjson
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils.compat import uuid7

from api.problems import general
from application.ports import Change, Claim, Claims, Conflict, Journal, Recorded
from projections.positions import Lag

log = structlog.get_logger("parcours")

NO_CLAIMS: Final = Claims()
REQUEST_ID: Final = b"x-request-id"
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters and histograms of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "parcours_http_request_seconds",
            "Time to answer, by route and status.",
            ("route", "method", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.append = Histogram(
            "parcours_append_seconds", "Time of an append to the log.", buckets=BUCKETS, registry=self.registry
        )
        self.conflicts = Counter(
            "parcours_append_conflicts", "Appends refused because somebody was faster.", registry=self.registry
        )
        self.events = Counter("parcours_events_appended", "Events appended.", registry=self.registry)
        self.behind = Gauge(
            "parcours_projection_behind", "Events not yet told.", ("projection",), registry=self.registry
        )
        self.age = Gauge(
            "parcours_projection_lag_seconds",
            "How long ago the oldest event not yet told was recorded.",
            ("projection",),
            registry=self.registry,
        )

    def lag(self, known: Iterable[Lag]) -> None:
        """Take note of how late projections are; of one that is not known nothing is said, rather than 0."""
        behind: Counted[str] = Counted()
        age: dict[str, float] = {}
        for each in known:
            behind[each.projection] += each.behind
            age[each.projection] = max(age.get(each.projection, 0.0), each.age.total_seconds())
        self.behind.clear()
        self.age.clear()
        for name, seconds in age.items():
            self.behind.labels(name).set(behind[name])
            self.age.labels(name).set(seconds)


def configure_logs(*, json: bool) -> None:
    """Log structured lines to standard error: JSON for machines, or readable for people."""
    renderer = structlog.processors.JSONRenderer(_written) if json else _short
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # A traceback's last line may quote what was being read, and what is read may be personal.
            _only_where_it_failed,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _written(event: object, default: Callable[[object], object]) -> str:
    return orjson.dumps(event, default).decode()


def _short(_: object, __: str, event: structlog.typing.EventDict) -> str:
    """One short line for a person who watches; a request's says what was asked and how it went."""
    at, what = str(event.pop("timestamp", ""))[11:19], event.pop("event")
    if what == "request":
        return f"{at} {event['method']} {event['route']} {event['status']} in {event['milliseconds']:.0f} ms"
    return " ".join([at, str(event.pop("level", "")), str(what), *(f"{name}={event[name]}" for name in sorted(event))])


def _only_where_it_failed(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    error = event.pop("error", None)
    if isinstance(error, BaseException):
        frames = []
        trace = error.__traceback__
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["error"], event["where"] = type(error).__name__, frames[-6:]
    return event


class Observed:
    """ASGI middleware: gives every request an id, times it, logs a line, and hides from the caller what went wrong."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics
        # As logs are configured by now: the module's own finds it out anew for every line.
        self.log = log.bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started = perf_counter()
        status, answered = 500, False

        async def answer(message: Message) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status, answered = message["status"], True
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer that says nothing of it
            self.log.error("failed", request_id=request_id, error=error)  # noqa: TRY400 - a traceback may quote what is personal
            if not answered:
                await general("unexpected", Request(scope))(scope, receive, answer)
        finally:
            self._tell(scope, status, perf_counter() - started, request_id)

    def _tell(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "(none)")
        self.metrics.requests.labels(route, scope["method"], str(status)).observe(seconds)
        self.log.info(
            "request",
            request_id=request_id,
            method=scope["method"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
        )


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == REQUEST_ID), b"")
    try:
        return str(UUID(given.decode("ascii")))
    except ValueError:
        return str(uuid7())


class ObservedJournal:
    """`application.ports.Journal` that counts and times what another one does."""

    def __init__(self, journal: Journal, metrics: Metrics) -> None:
        self.journal = journal
        self.metrics = metrics

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        """As the port says."""
        return self.journal.load(root, after=after, up_to=up_to)

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        """As the port says."""
        return self.journal.load_beside(root, other, after)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        """As the port says; times the append, counts conflicts and events."""
        try:
            with self.metrics.append.time():
                recorded = self.journal.append(root, expected_version, changes, claims)
        except Conflict:
            self.metrics.conflicts.inc()
            raise
        self.metrics.events.inc(len(recorded))
        return recorded

    def holders(self, claims: Sequence[Claim]) -> Mapping[Claim, str]:
        """As the port says."""
        return self.journal.holders(claims)
