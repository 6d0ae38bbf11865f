"""Processes: the HTTP service, and the work beside it."""

import signal
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from threading import Event
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from api.jobs import working
from api.main import create_app
from api.notifying import notifying
from api.observe import configure_logs
from api.settings import NotConfigured, Settings
from api.wiring import Core, open_service, reached

#: Our own lines tell each request; uvicorn's would tell addresses, which may hold more than they should.
_QUIET: Final[Mapping[str, Any]] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 5,
}
_STOPS: Final = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """Somebody asked the process to end."""


@contextmanager
def until_stopped() -> Iterator[None]:
    """Ctrl-C and `kill` end the block wherever it is, once, and are no error: what it holds is given back first."""

    def stop(*_: object) -> None:
        for each in _STOPS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {each: signal.signal(each, stop) for each in _STOPS}
    try:
        yield
    except Stopped:
        pass
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve the API until stopped. Raises `NotConfigured` if the port is taken or something is not configured."""
    must_be_free(host, port)
    with until_stopped(), reached(settings):
        with open_service(settings) as service:
            service.ready["database"]()  # what is missing is said here, in a sentence, rather than by every process
        uvicorn.run("api.serving:application", factory=True, host=host, port=port, workers=workers, **_QUIET)


def application(settings: Settings | None = None) -> FastAPI:
    """The application of one process, which opens and closes what it needs."""
    found = settings or Settings.from_environment()
    configure_logs(json=found.json_logs)
    opened = ExitStack()
    app = create_app(opened.enter_context(open_service(found)))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with opened:
            yield

    app.router.lifespan_context = lifespan
    return app


def serve_here(app: FastAPI, host: str, port: int) -> None:
    """Serve an application in this process until stopped."""
    uvicorn.run(app, host=host, port=port, **_QUIET)


def work(settings: Settings) -> None:
    """Follow the log and the calendar, and send mail where there is a relay, until stopped by a signal."""
    configure_logs(json=settings.json_logs)
    more = [notifying(settings)] if settings.relay else []
    with until_stopped(), Core.opened(settings) as core:
        core.store.heads()
        with working(core, *more):
            Event().wait()


def must_be_free(host: str, port: int) -> None:
    """Raises `NotConfigured` in a sentence if something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotConfigured(
                f"port {port} of {host} cannot be used ({error.strerror}): is another copy running? Choose another port"
            ) from None
