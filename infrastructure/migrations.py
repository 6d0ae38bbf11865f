"""The schema, brought up to date in order, once, whoever comes first."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from infrastructure.postgres import sql

SCHEMA: Final = Path(__file__).parent / "sql" / "schema"
PARTITIONS: Final = 64


class SchemaRefused(RuntimeError):
    """The database's schema cannot be brought to the one that this code knows."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: a file `0001_what_it_brings.sql`, never changed once released."""

    number: int
    name: str
    script: bytes

    @property
    def checksum(self) -> str:
        """What is compared with what was applied."""
        return hashlib.sha256(self.script).hexdigest()


def migrations(folder: Path = SCHEMA) -> Sequence[Migration]:
    """The steps that this code knows, in order."""
    files = sorted(folder.glob("[0-9]*.sql"))
    return [Migration(int(file.name.split("_")[0]), file.stem, file.read_bytes()) for file in files]


def migrate(
    owner: str, *, partitions: int = PARTITIONS, known: Sequence[Migration] | None = None
) -> Sequence[Migration]:
    """Apply what is missing, as the owner, and answer it; several processes may call it at once.

    `partitions` counts only where the log is created: it is then fixed for ever. Raises `SchemaRefused` if the database
    is newer than the code, or if a step that it went through has changed since.
    """
    steps = migrations() if known is None else known
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(sql("lock_schema"))
        connection.execute(sql("create_migration_table"))
        applied = _applied(connection, steps)
        missing = [step for step in steps if step.number not in applied]
        for step in missing:
            _apply(connection, step, partitions)
    return missing


def _applied(connection: psycopg.Connection, known: Sequence[Migration]) -> set[int]:
    steps = {step.number: step for step in known}
    applied = connection.execute(sql("applied_migrations")).fetchall()
    for number, name, checksum in applied:
        if number not in steps:
            raise SchemaRefused(f"the database is newer than this code: it has {name}; deploy a newer version")
        if steps[number].checksum != checksum:
            raise SchemaRefused(f"{name} has changed since it was applied; write a new migration instead")
    return {number for number, _, _ in applied}


def _apply(connection: psycopg.Connection, step: Migration, partitions: int) -> None:
    with connection.transaction():
        connection.execute(sql("set_partitions"), [str(partitions)])
        connection.execute(step.script)
        connection.execute(sql("record_migration"), [step.number, step.name, step.checksum])
