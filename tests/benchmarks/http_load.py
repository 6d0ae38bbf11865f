"""A lean HTTP client for measures: connections kept open, requests prepared as bytes, answers read to their end."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, cycle
from multiprocessing import get_context

#: Each connection sends its own turns, over and over. A turn is a few requests, sent one after the other to its end.
Scripts = Sequence[Sequence[Sequence[bytes]]]


@dataclass(frozen=True)
class Load:
    """Connections that send at once, from one process."""

    port: int
    scripts: Scripts

    async def rate(self, seconds: float) -> float:
        """Good answers per second; another answer than 2xx ends the measure with an error."""
        until = time.perf_counter() + seconds
        done = await asyncio.gather(*(self._send(script, until) for script in self.scripts))
        return sum(done) / seconds

    async def _send(self, script: Sequence[Sequence[bytes]], until: float) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        done = 0
        for request in chain.from_iterable(_while(cycle(script), until)):
            writer.write(request)
            await _answered(reader)
            done += 1
        writer.close()
        await writer.wait_closed()
        return done


def post(path: str, token: str, headers: str = "", body: bytes = b"{}") -> bytes:
    """A request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n{headers}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def measured(load: Load, seconds: float) -> float:
    """The rate of a load, sent from a process of its own, so that a server never waits for what measures it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(partial(_run, load, seconds)).result()


def _run(load: Load, seconds: float) -> float:
    return asyncio.run(load.rate(seconds))


def _while(turns: Iterator[Sequence[bytes]], until: float) -> Iterator[Sequence[bytes]]:
    while time.perf_counter() < until:
        yield next(turns)


async def _answered(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 2"):
        raise AssertionError(head[:20] + body)
