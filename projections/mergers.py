"""Duplicates that have been merged, and whether the dossier they were merged into has taken them over yet."""

from collections.abc import Sequence
from typing import Final

from application.ports import Recorded
from domain.candidate.events import DuplicateAbsorbed, MergedInto
from domain.vocabulary import CandidateId
from projections.projection import Connection, EventProjection, Rows, sql, statement

MERGED: Final = statement("mergers/merged", many=True)
ABSORBED: Final = statement("mergers/absorbed", many=True)


def project(recorded: Recorded, rows: Rows) -> None:
    """Both halves of a merger: every other event says nothing of it."""
    match recorded.event:
        case MergedInto(target=target):
            rows.add(MERGED, f"candidate/{target}")
        case DuplicateAbsorbed(source=source):
            rows.add(ABSORBED, f"candidate/{source}")
        case _:
            pass


MERGERS: Final = EventProjection(
    name="mergers", tables=sql("mergers/tables"), statements=(MERGED, ABSORBED), project=project
)


def unfinished(connection: Connection) -> Sequence[CandidateId]:
    """The duplicates that no dossier has taken over yet."""
    rows = connection.execute(sql("mergers/unfinished"))
    return [CandidateId(root.partition("/")[2]) for (root,) in rows]
