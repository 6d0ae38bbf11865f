"""A network that loses an answer: everything passes, until one is cut off after the database has given it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo

CHUNK = 1 << 16


class CuttingProxy:
    """In front of the database of `conninfo`; `cut` loses the answer to the next message, and that connection."""

    def __init__(self, conninfo: str, folder: Path) -> None:
        self.conninfo = make_conninfo(conninfo, host=str(folder), port="5432", gssencmode="disable", sslmode="disable")
        self.cut = Event()
        self._target = conninfo_to_dict(conninfo)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen()
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                database = self._dial()
                for job, sides in ((self._ask, (client, database)), (self._answer, (database, client))):
                    Thread(target=job, args=sides, daemon=True).start()

    def _dial(self) -> socket.socket:
        host, port = str(self._target.get("host") or "localhost"), str(self._target.get("port") or "5432")
        if not host.startswith("/"):
            return socket.create_connection((host, int(port)))
        database = socket.socket(socket.AF_UNIX)
        database.connect(f"{host}/.s.PGSQL.{port}")
        return database

    def _ask(self, client: socket.socket, database: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(CHUNK):
                database.sendall(data)
            database.shutdown(socket.SHUT_RDWR)

    def _answer(self, database: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := database.recv(CHUNK):
                if self.cut.is_set():
                    self.cut.clear()
                    break
                client.sendall(data)
        for side in (client, database):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()


@contextmanager
def cutting(conninfo: str) -> Iterator[CuttingProxy]:
    with TemporaryDirectory() as folder:
        proxy = CuttingProxy(conninfo, Path(folder))
        try:
            yield proxy
        finally:
            proxy.close()
