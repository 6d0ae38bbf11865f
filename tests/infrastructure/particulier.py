"""A server of ours that answers as API Particulier does, on its good days and on its bad ones."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from application.ports import Identity
from domain.candidate.codes import Title
from infrastructure.api_particulier import ApiParticulierAccess

NOUR: Final = Identity(
    first_name="Nour Amal",
    last_name="Haddad",
    title=Title.MADAME,
    birth_date=date(1990, 2, 14),
    birth_country="99100",
    birth_place="26362",
)
TOKEN: Final = "jeton-de-test"
RECIPIENT: Final = "13003013300016"

Reply = Callable[[BaseHTTPRequestHandler], None]


def replying(status: int, document: Any = None, **headers: str) -> Reply:
    """An answer in JSON, or these bytes as they are."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"content-type": "application/json", "content-length": str(len(body)), **named}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return reply


def errors(*codes: str) -> dict[str, Any]:
    return {"errors": [{"code": code, "title": "Erreur", "detail": "…", "source": None} for code in codes]}


def benefits(since: Any = "2024-08-01", *, beneficiary: Any = True) -> Reply:
    data = {"est_beneficiaire": beneficiary, "avec_majoration": None, "date_debut_droit": since}
    return replying(200, {"data": data, "links": {}, "meta": {}})


BENEFICIARY: Final = benefits()
NOT_BENEFICIARY: Final = replying(404, errors("37003"))
NOT_FOUND: Final = replying(422, errors("37001"))
BUSY: Final = replying(409, errors("00015"))
SENSELESS: Final = replying(502, errors("37999"))


def silent(request: BaseHTTPRequestHandler) -> None:
    """Says nothing for longer than anybody waits."""
    time.sleep(1)
    request.close_connection = True


def hanging_up(request: BaseHTTPRequestHandler) -> None:
    """Hangs up without a word."""
    request.close_connection = True


def breaking_off(request: BaseHTTPRequestHandler) -> None:
    """Promises more than it says."""
    request.send_response(200)
    request.send_header("content-length", "4096")
    request.end_headers()
    request.wfile.write(b'{"data": {"est_beneficiaire": true, ')
    request.close_connection = True


def dripping(request: BaseHTTPRequestHandler) -> None:
    """A good answer, a byte at a time, each soon enough to keep the connection alive."""
    request.send_response(200)
    request.end_headers()
    for _ in range(40):
        request.wfile.write(b" ")
        time.sleep(0.05)
    request.close_connection = True


def endless(request: BaseHTTPRequestHandler) -> None:
    """Fifty megabytes, for whoever reads them."""
    request.send_response(200)
    request.end_headers()
    for _ in range(800):
        request.wfile.write(b" " * 65_536)


@dataclass(frozen=True)
class Asked:
    """A question as it came."""

    address: str
    parameters: list[tuple[str, str]]
    authorization: str | None


@dataclass
class Particulier:
    """Gives its replies one after the other, the last one for ever; remembers what it was asked."""

    url: str = ""
    replies: list[Reply] = field(default_factory=lambda: [BENEFICIARY])
    asked: list[Asked] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def access(self) -> ApiParticulierAccess:
        return ApiParticulierAccess(url=f"{self.url}/", token=TOKEN, recipient=RECIPIENT)

    def reply(self, request: BaseHTTPRequestHandler) -> None:
        address = urlsplit(request.path)
        with self.lock:
            self.asked.append(
                Asked(address.path, parse_qsl(address.query, strict_parsing=True), request.headers["Authorization"])
            )
            reply = self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)
        reply(request)


@contextmanager
def particulier() -> Iterator[Particulier]:
    served = Particulier()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                served.reply(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
