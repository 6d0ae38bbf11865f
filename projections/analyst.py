"""What analysts read in SQL: views in a schema of their own, over figures that secrecy has let through.

The role of analysts reads these views and nothing else. They hold what the doors answer to an analyst, so no crossing
that is not published can be made of them (open-data §4.3: a fixed list of tables). They do not look at the tables of
projections: a rebuild leaves them as they are, and the next release is made of what it has built.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from psycopg.sql import SQL, Identifier, Literal

from projections.milestones.projection import MILESTONES
from projections.projection import Connection, sql

#: Where the views are, and the tables that they show.
VIEWS: Final = "analyst"
TABLES: Final = "released"
#: The views, by the name of their file.
NAMES: Final = ("indicator", "figure", "line")

Row = Mapping[str, Any]
#: What each view holds, and each of its columns.
Comments = Mapping[str, tuple[str, Mapping[str, str]]]


def lay_out(owner: Connection, comments: Comments) -> None:
    """Make the role and the views as this version has them, as the owner; nothing to do where they are so already.

    What was released goes with the views it was released for, and comes back with the next release.
    """
    with owner.transaction():
        owner.execute(sql("positions/lock_installation"))
        owner.execute(sql("analyst/role"))
        laid_out = owner.execute(sql("analyst/laid_out")).fetchall()
        if laid_out != [(_layout(comments),)]:
            _make(owner)
            _comment(owner, comments)
        owner.execute(sql("analyst/grants"))


def _make(owner: Connection) -> None:
    names = {"views": Identifier(VIEWS), "tables": Identifier(TABLES)}
    for each in ("drop schema if exists {views}, {tables} cascade", "create schema {views}", "create schema {tables}"):
        owner.execute(SQL(each).format(**names))
    owner.execute(SQL("set local search_path = {tables}").format(**names))
    owner.execute(sql("analyst/tables"))
    owner.execute("set local search_path = public")
    for name in NAMES:
        owner.execute(sql(f"analyst/{name}"))


def _comment(owner: Connection, comments: Comments) -> None:
    said = [SQL("comment on schema {} is {}").format(Identifier(VIEWS), Literal(_layout(comments)))]
    for view, (text, columns) in comments.items():
        said.append(SQL("comment on view {} is {}").format(Identifier(VIEWS, view), Literal(text)))
        for column, each in columns.items():
            said.append(SQL("comment on column {} is {}").format(Identifier(VIEWS, view, column), Literal(each)))
    owner.execute(SQL(";").join(said))


def _layout(comments: Comments) -> str:
    """Another text wherever the tables, the views or what is said of them change."""
    texts = [sql(f"analyst/{name}") for name in ("tables", *NAMES)]
    return hashlib.sha256(b"\0".join([*texts, orjson.dumps(comments)])).hexdigest()


class Release:
    """The figures that analysts see, as they were known at an instant, in a transaction of the caller's."""

    def __init__(self, connection: Connection, as_of: datetime, definitions: str) -> None:
        """`definitions`: what the figures follow; another text wherever any of it changes."""
        self._connection = connection
        self._known: Mapping[str, object] = {"as_of": as_of, "version": MILESTONES.version}
        made_of = " ".join((self._value("source"), definitions, self._value("waiting")))
        self._known = {**self._known, "made_of": made_of}

    def is_there(self) -> bool:
        """Whether what analysts see is this one."""
        return bool(self._value("current"))

    def is_due(self) -> bool:
        """Whether everything recorded by then has been told, as this version tells it, and nobody else is at it."""
        return bool(self._value("told")) and bool(self._value("alone"))

    def make(self, indicators: Sequence[Row], figures: Iterable[Sequence[Row]]) -> int:
        """Put it in the place of the one before; answers how many figures it has."""
        self._connection.execute(sql("analyst/forget"))
        self._connection.execute(sql("analyst/add_release"), self._known)
        self._connection.execute(sql("analyst/add_indicators"), {"rows": orjson.dumps(indicators).decode()})
        made = 0
        for rows in figures:
            self._connection.execute(sql("analyst/add_figures"), {"rows": orjson.dumps(rows).decode()})
            made += len(rows)
        return made

    def _value(self, statement: str) -> Any:
        row = self._connection.execute(sql(f"analyst/{statement}"), self._known).fetchone()
        return None if row is None else row[0]
