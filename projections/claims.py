"""Which positions a batch may move, and how it moves them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import psycopg

from application.ports import Recorded
from projections.dossiers import Dossiers
from projections.ports import Log
from projections.projection import Connection, Projection, sql

#: Partitions taken at once: enough to tell a quiet log in one go, few enough to leave work to others.
PARTITIONS: Final = 8
#: The server is away, or asks for another attempt. Nobody's event is at fault.
LOST: Final = (psycopg.OperationalError, psycopg.InterfaceError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What a worker tells batches with."""

    #: In autocommit, with the `search_path` of the tables to write.
    connection: Connection
    log: Log
    dossiers: Dossiers
    #: The tables being rebuilt, or those that people read.
    building: bool = False
    at_once: int = PARTITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A position that a batch moves: where a projection is in a partition, and where it can go."""

    projection: Projection
    partition: int
    after: int
    end: int


def claim(bench: Workbench, projections: Sequence[Projection], start: int) -> Sequence[Claim]:
    """Take positions that nobody else is moving, until the transaction ends, from the partition `start` on."""
    known = {projection.name: projection for projection in projections}
    heads = {} if bench.building else bench.log.heads()
    parameters = {
        "partitions": list(heads),
        "heads": list(heads.values()),
        "projections": list(known),
        "versions": [projection.version for projection in projections],
        "start": start,
        "most": bench.at_once * len(known),
    }
    statement = sql("positions/claim_building" if bench.building else "positions/claim")
    return [
        Claim(projection=known[name], partition=partition, after=after, end=end)
        for name, partition, after, end in bench.connection.execute(statement, parameters)
    ]


def move(bench: Workbench, reached: Iterable[tuple[Claim, int]]) -> None:
    """Record how far the projections have come."""
    moves = list(reached)
    parameters = {
        "building": bench.building,
        "projections": [claim.projection.name for claim, _ in moves],
        "partitions": [claim.partition for claim, _ in moves],
        "offsets": [offset for _, offset in moves],
    }
    if moves:
        bench.connection.execute(sql("positions/move"), parameters)


def parked_roots(bench: Workbench, claims: Sequence[Claim]) -> Mapping[str, set[str]]:
    """The dossiers to leave alone, by projection."""
    partitions = {claim.partition for claim in claims}
    parked: dict[str, set[str]] = {claim.projection.name: set() for claim in claims}
    parameters = {"building": bench.building, "projections": list(parked), "partitions": list(partitions)}
    for name, root in bench.connection.execute(sql("parked/roots"), parameters):
        parked[name].add(root)
    return parked


def without(parked: set[str], events: Sequence[Recorded]) -> Sequence[Recorded]:
    """The events of the other dossiers."""
    return [recorded for recorded in events if recorded.root not in parked] if parked else events
