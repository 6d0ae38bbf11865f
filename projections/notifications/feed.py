"""The notices of one partition in order, for services that tell people themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from projections.projection import Connection, sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A notice as it stands in the table, in the codes of whichever version of the code told it."""

    offset: int
    root: str
    root_version: int
    key: str
    journey: str
    journey_version: int
    #: As recorded: `job-application.Accepted`.
    event: str
    template: str
    channel: str
    recipient: str
    organisation: str | None
    subject: str | None
    named: str | None
    about: str | None
    occurred_at: datetime
    recorded_at: datetime


_FIELDS: Final = tuple(Line.__dataclass_fields__)


def notices(connection: Connection, partition: int, after: int, limit: int) -> Sequence[Line]:
    """What is told of the events of a partition after an offset, in order.

    At most `limit` notices, and those left of the last event among them. Nothing appears later behind what was
    answered: a dossier that waits to be told holds its partition back.
    """
    parameters = {"partition": partition, "after": after, "limit": limit}
    rows = connection.execute(sql("notifications/page"), parameters)
    return [Line(**dict(zip(_FIELDS, row, strict=True))) for row in rows]
