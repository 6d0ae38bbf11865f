"""A network that is further away: a TCP proxy to a Unix socket, which adds a delay to every round trip."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from threading import Thread

CHUNK = 1 << 16


@contextmanager
def far_away(socket_path: str, seconds: float) -> Iterator[int]:
    """Answers the local port that leads to the socket; the proxy has its own process, so as not to slow its clients."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(socket_path, seconds, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(socket_path: str, seconds: float, ready: Pipe) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    ready.send(listener.getsockname()[1])
    while True:
        client, _ = listener.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        database = socket.socket(socket.AF_UNIX)
        database.connect(socket_path)
        Thread(target=_forward, args=(client, database, 0.0), daemon=True).start()
        Thread(target=_forward, args=(database, client, seconds), daemon=True).start()


def _forward(source: socket.socket, target: socket.socket, seconds: float) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            if seconds:
                time.sleep(seconds)
            target.sendall(data)
    for side in (source, target):
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
