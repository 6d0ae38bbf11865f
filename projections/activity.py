"""When each organisation was last concerned with a person: what retention looks at."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from application.ports import Recorded
from application.retention import RETENTION, Inactive, concerned
from domain.candidate.events import MergedInto, OrganisationJoined, OrganisationLeft, Registered
from domain.organisation.events import Created, KindsChanged, RetentionSet
from domain.organisation.kinds import RETENTION_MONTHS, RSA_SERVICES
from domain.vocabulary import OrganisationId
from projections.projection import Connection, EventProjection, Rows, sql, statement

TOUCH: Final = statement("activity/touch", many=True)
FOLLOW: Final = statement("activity/follow")
FOLLOW_NONE: Final = statement("activity/follow_none")
KEEP: Final = statement("activity/keep")
KEEP_USUALLY: Final = statement("activity/keep_usually")


def project(recorded: Recorded, rows: Rows) -> None:
    """Whom the event concerns, and what it says of who follows the person and for how long."""
    for organisation, day in concerned(recorded):
        rows.add(TOUCH, organisation, day)
    match recorded.event:
        case Registered(organisation=str(organisation)) | OrganisationJoined(organisation=organisation):
            rows.add(FOLLOW, organisation, True, False)
        case OrganisationLeft(organisation=organisation):
            rows.add(FOLLOW, organisation, False, recorded.metadata.origin == RETENTION)
        case MergedInto():
            rows.add(FOLLOW_NONE)
        case RetentionSet(months=months):
            rows.add(KEEP, months)
        case Created(kinds=kinds) | KindsChanged(kinds=kinds) if RSA_SERVICES.intersection(kinds):
            rows.add(KEEP_USUALLY, RETENTION_MONTHS)
        case _:
            pass


ACTIVITY: Final = EventProjection(
    name="activity",
    tables=sql("activity/tables"),
    statements=(TOUCH, FOLLOW, FOLLOW_NONE, KEEP_USUALLY, KEEP),
    project=project,
)


def inactive(connection: Connection, today: date) -> Sequence[Inactive]:
    """Whom organisations have followed for too long without anything happening, by organisation."""
    rows = connection.execute(sql("activity/inactive"), {"today": today})
    return [
        Inactive(root=root, organisation=OrganisationId(organisation), limit=limit)
        for root, organisation, limit in rows
    ]


def followed_by_nobody(connection: Connection) -> Sequence[str]:
    """The dossiers that an organisation has let go of, and that none follows."""
    return [root for (root,) in connection.execute(sql("activity/let_go"))]
