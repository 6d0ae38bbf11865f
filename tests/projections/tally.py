"""A projection that counts: told twice, an event would show."""

from typing import Final

from application.ports import Recorded
from projections.projection import EventProjection, Rows, Statement

COUNT: Final = Statement(
    text=b"""
    insert into tally select root, version, 1 from unnest(%b::text[], %b::integer[]) as told (root, version)
    on conflict (root) do update set events = tally.events + 1, version = excluded.version
    """,
    many=False,
)


def count_event(recorded: Recorded, rows: Rows) -> None:
    rows.add(COUNT, recorded.root_version)


TALLY: Final = EventProjection(
    name="tallies",
    tables=b"create table tally (root text primary key, version integer not null, events integer not null)",
    statements=(COUNT,),
    project=count_event,
)
