import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from infrastructure.embedded import BINARIES, FORGETFUL, EmbeddedServer, ServerFailed


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path / "data", settings={**FORGETFUL, "work_mem": "7MB"})
    yield server
    server.stop("immediate")


def ask(server: EmbeddedServer, question: str) -> object:
    with psycopg.connect(server.conninfo()) as connection:
        return connection.execute(question.encode()).fetchall()[0][0]


def test_a_server_starts_once_however_often_it_is_asked(embedded: EmbeddedServer) -> None:
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: embedded.start(), range(3)))
    assert ask(embedded, "show work_mem") == "7MB"
    assert str(ask(embedded, "show server_version")).startswith("18")
    first = embedded.pid
    embedded.start()
    assert embedded.pid == first


def test_a_stopped_or_killed_server_starts_again_on_the_same_data(embedded: EmbeddedServer) -> None:
    embedded.start()
    with psycopg.connect(embedded.conninfo(), autocommit=True) as connection:
        connection.execute("create table kept as select 42 as answer")
    embedded.stop()
    assert (embedded.is_running(), embedded.pid) == (False, None)
    embedded.stop()
    embedded.start()
    assert embedded.pid is not None
    os.kill(embedded.pid, signal.SIGKILL)
    embedded.start()
    assert ask(embedded, "select answer from kept") == 42


def test_no_port_is_open(embedded: EmbeddedServer) -> None:
    embedded.start()
    assert ask(embedded, "show listen_addresses") == ""


def test_a_long_path_still_has_a_socket(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / ("deep" * 30), settings=FORGETFUL)
    assert len(str(server.sockets)) < 80
    server.start()
    try:
        assert ask(server, "select 1") == 1
    finally:
        server.stop("immediate")
        server.sockets.rmdir()


def test_what_initdb_says_is_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "something").touch()
    with pytest.raises(ServerFailed, match="not empty"):
        EmbeddedServer(tmp_path / "data", settings=FORGETFUL).start()


def test_its_programs_are_at_hand() -> None:
    assert {"postgres", "pg_ctl", "psql", "pg_dump", "pgbench"} <= {path.name for path in BINARIES.iterdir()}
