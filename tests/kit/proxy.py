"""A network that fails where it is told to: it cuts requests that name an append, or their answers."""

import socket
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

CHUNK: Final = 1 << 16
#: Of a message of the server, its kind and its length.
HEADER: Final = 5
READY: Final = b"Z"


@dataclass(frozen=True, slots=True)
class Cut:
    """How many bytes pass before the connection is cut: of a request, or (once it was obeyed) of its answer."""

    request: int | None = None
    answer: int = 0


@dataclass
class CuttingProxy:
    """In front of a database. Each of the `cuts` is for one more request that names the append `marker`."""

    conninfo: str
    folder: Path
    marker: bytes = b""
    cuts: deque[Cut] = field(default_factory=deque)
    #: The answers that were cut, whole.
    answers: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        """How to connect through it."""
        return make_conninfo(self.conninfo, host=str(self.folder), port="5432", sslmode="disable", gssencmode="disable")

    def cut(self, append_id: str, cuts: Iterable[Cut]) -> None:
        """Let the next requests that name this append fail, in this way and in this order."""
        self.marker, self.cuts, self.answers = append_id.encode(), deque(cuts), []

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with ExitStack() as stack, suppress(OSError):
            stack.enter_context(client)
            database = stack.enter_context(_dial(self.conninfo))
            while self._pass_on(client, database):
                pass

    def _pass_on(self, client: socket.socket, database: socket.socket) -> bool:
        for side in select([client, database], [], [])[0]:
            data = side.recv(CHUNK)
            if side is client and self.cuts and self.marker in data:
                self._fail(self.cuts.popleft(), data, client, database)
                return False
            (database if side is client else client).sendall(data)
            if not data:
                return False
        return True

    def _fail(self, cut: Cut, request: bytes, client: socket.socket, database: socket.socket) -> None:
        database.sendall(request[: cut.request])
        if cut.request is None:
            self.answers.append(_answer(database))
            client.sendall(self.answers[-1][: cut.answer])


def boundaries(answer: bytes) -> Iterator[int]:
    """Where each message of an answer starts, and where the last one ends."""
    start = 0
    while start < len(answer):
        yield start
        start += 1 + int.from_bytes(answer[start + 1 : start + HEADER])
    yield start


def _answer(database: socket.socket) -> bytes:
    """Everything up to the word that the database is ready, which it says after its commit."""
    answer = b""
    while not answer or answer[-6:-5] != READY or list(boundaries(answer))[-1] != len(answer):
        answer += database.recv(CHUNK)
    return answer


def _dial(conninfo: str) -> socket.socket:
    target = conninfo_to_dict(conninfo)
    host, port = str(target.get("host") or "localhost"), str(target.get("port") or "5432")
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)))
    database = socket.socket(socket.AF_UNIX)
    database.connect(f"{host}/.s.PGSQL.{port}")
    return database


@contextmanager
def cutting(conninfo: str) -> Iterator[CuttingProxy]:
    with TemporaryDirectory(prefix="parcours-") as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/.s.PGSQL.5432")
        listener.listen()
        proxy = CuttingProxy(conninfo, Path(folder))
        Thread(target=proxy.serve, args=(listener,), daemon=True).start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)
