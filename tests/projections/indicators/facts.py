"""Milestones as tests write them: told in one line, stored as the projection stores them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from psycopg import Connection

from domain.calendar import paris_time
from projections.milestones.kinds import Kind

NOON: Final = time(12)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row of `milestone`."""

    root: str
    root_version: int
    journey: str
    kind: Kind
    occurred_on: date
    recorded_at: datetime
    voided_at: datetime | None = None
    into_root: str | None = None
    department: str = "unknown"
    birth_year: int | None = None
    title: str = "unknown"
    detail: str = "unknown"
    receiver: str = "unknown"
    receiver_kinds: str = "unknown"
    criteria: str = "unknown"
    organisation: str = "unknown"
    organisation_kinds: str = "unknown"
    organisation_families: str = "unknown"
    authorised: bool | None = None
    origin: str = "command"
    company: str | None = None
    #: The journey that this fact's journey is part of: the application of a hire.
    whole: str | None = None


COLUMNS: Final = tuple(field.name for field in fields(Fact) if field.name != "whole")
INSERT: Final = f"insert into milestone ({', '.join(COLUMNS)}) values ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608 - our own names


JOIN: Final = "insert into journey_part values (%s, %s, %s) on conflict do nothing"


def store(connection: Connection[Any], facts: Iterable[Fact]) -> None:
    told = list(facts)
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [tuple(getattr(fact, name) for name in COLUMNS) for fact in told])
        cursor.executemany(JOIN, [(fact.root, fact.journey, fact.whole) for fact in told if fact.whole])


def noon(day: date) -> datetime:
    return paris_time(day, NOON)


def on(start: date, days: int) -> date:
    return start + timedelta(days=days)
