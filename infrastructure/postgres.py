"""Connections: who connects as what, pools, and the statements kept in `.sql` files."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Format
from psycopg_pool import ConnectionPool

from infrastructure.embedded import EmbeddedServer

SQL: Final = Path(__file__).parent / "sql"
#: What the service runs as: it reads, appends, and writes the tables that are not the record.
SERVICE: Final = "parcours_service"
OWNER: Final = "parcours"
#: Who reads the views of published figures, and nothing else.
ANALYST: Final = "parcours_analyst"
#: Indexes are assumed to be in memory: else a small table is read whole to find one row, as when offsets are taken.
SETTINGS: Final = "-c timezone=UTC -c jit=off -c random_page_cost=1.1"

#: What the role of analysts is given when it logs in by itself.
AS_ANALYST: Final = (
    f"-c role={ANALYST} -c search_path=analyst -c default_transaction_read_only=on -c statement_timeout=1min"
)

Connection = psycopg.Connection[tuple[Any, ...]]
Pool = ConnectionPool[Connection]


@cache
def sql(name: str) -> bytes:
    """The statement kept in `sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_bytes()


@dataclass(frozen=True, slots=True)
class Access:
    """How to connect to one database, as its owner (migrations, maintenance), as the service, and as an analyst."""

    owner: str
    service: str
    analyst: str

    @classmethod
    def by_url(cls, url: str) -> Self:
        """With one login only, that of the owner: the other connections take on the role that they are for."""
        options = str(conninfo_to_dict(url).get("options") or "")
        service, analyst = (
            make_conninfo(url, options=f"{options} {more}".strip()) for more in (f"-c role={SERVICE}", AS_ANALYST)
        )
        return cls(owner=url, service=service, analyst=analyst)

    @classmethod
    def embedded(cls, server: EmbeddedServer, database: str = "parcours") -> Self:
        """On our own server: its logins, and a database that belongs to the owner; made if they do not exist."""
        with psycopg.connect(server.conninfo(), autocommit=True) as connection:
            connection.execute(sql("create_login_roles"))
            if connection.execute(sql("database_exists"), [database]).fetchone() is None:
                names = psycopg.sql.Identifier(database), psycopg.sql.Identifier(OWNER)
                connection.execute(psycopg.sql.SQL("create database {} owner {}").format(*names))
        owner, service, analyst = (server.conninfo(database, user) for user in (OWNER, SERVICE, ANALYST))
        return cls(owner=owner, service=service, analyst=analyst)


class RawJson(Loader):
    """jsonb as the bytes that PostgreSQL sends, without parsing."""

    format = Format.TEXT

    def load(self, data: Buffer) -> bytes:
        """The JSON text."""
        return bytes(data)


class RawBinaryJson(Loader):
    """The same from the binary form, which starts with a version byte."""

    format = Format.BINARY

    def load(self, data: Buffer) -> bytes:
        """The JSON text."""
        return bytes(data[1:])


def connect(conninfo: str) -> Connection:
    """One connection of its own, in autocommit, with jsonb as raw bytes; the caller closes it."""
    connection = psycopg.connect(_with_settings(conninfo), autocommit=True)
    _configure(connection)
    return connection


def open_pool(conninfo: str, *, size: int = 8) -> Pool:
    """A pool of at most `size` connections in autocommit, with jsonb as raw bytes; the caller closes it."""
    return ConnectionPool(
        _with_settings(conninfo),
        kwargs={"autocommit": True},
        configure=_configure,
        min_size=1,
        max_size=size,
        timeout=10,
        reconnect_timeout=5,  # pauses between attempts double until then: longer ones would outlast a restart
        open=True,
    )


def _with_settings(conninfo: str) -> str:
    options = str(conninfo_to_dict(conninfo).get("options") or "")
    return make_conninfo(conninfo, options=f"{SETTINGS} {options}".strip())


def _configure(connection: Connection) -> None:
    connection.adapters.register_loader("jsonb", RawJson)
    connection.adapters.register_loader("jsonb", RawBinaryJson)
