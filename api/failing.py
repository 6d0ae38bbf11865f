"""What a person who runs a verb can mend, told in a sentence: never a traceback, never what is personal."""

from typing import Final

import psycopg

from api.publishing import NotInTheLog
from api.settings import NotConfigured
from application.retention import NotErasable
from domain.journey import Refusal
from infrastructure.embedded import ServerFailed
from infrastructure.keyring import KeysRefused
from infrastructure.migrations import SchemaRefused
from infrastructure.publishing.package import NotAManifest
from infrastructure.publishing.releases import NotOurs
from projections.publishing.making import UnknownDefinition
from projections.rebuild import AlreadyRebuilding, RebuildFailed

MENDABLE: Final = (
    NotConfigured,
    KeysRefused,
    SchemaRefused,
    ServerFailed,
    AlreadyRebuilding,
    RebuildFailed,
    NotErasable,
    NotInTheLog,
    NotOurs,
    NotAManifest,
    UnknownDefinition,
    Refusal,
    psycopg.Error,
    OSError,
)
#: What a query meets in a database that an older version prepared, or none.
NOT_UP_TO_DATE: Final = (
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.InvalidSchemaName,
)


def sentence(error: BaseException) -> str:
    """What is wrong, and what to do about it where that is known."""
    match error:
        case psycopg.Error():
            return _of_the_database(error)
        case Refusal():
            said = ", ".join(f"{name}: {value}" for name, value in error.details.items())
            return error.sentence() + (f" ({said})" if said else "")
        case AlreadyRebuilding():
            return f"{error} is being rebuilt by another process"
        case RebuildFailed():
            return f"the rebuild of {error} no longer advances: the log says why; run it again to go on from there"
        case OSError():
            return f"{error.filename or 'a file or an address'}: {error.strerror or type(error).__name__}"
        case _:
            return str(error)


def _of_the_database(error: psycopg.Error) -> str:
    if isinstance(error, NOT_UP_TO_DATE):
        return "this database is not up to date: run `parcours db migrate`"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"the database cannot be reached: {str(error).strip().splitlines()[0]}"
    if error.sqlstate is None:
        return "DATABASE_URL is not the address of a PostgreSQL database"
    return f"the database refuses: {error.diag.message_primary or type(error).__name__}"
