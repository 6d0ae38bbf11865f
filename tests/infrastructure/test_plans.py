"""At a million events, every statement of the hot path goes by an index and touches few pages, however planned."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import pytest
from psycopg.sql import SQL, Literal

from application.ports import Claim, Claims
from infrastructure.event_store import Order
from infrastructure.postgres import Access, Connection, connect, sql
from projections.projection import sql as projection_sql
from tests.conftest import TestServer
from tests.infrastructure.events import rows
from tests.infrastructure.million import EVENTS_PER_ROOT, PARTITIONS, fill, partition_of, root
from tests.projections.world import PROJECTIONS

pytestmark = pytest.mark.slow

ROOT: Final = root(4711)
PARTITION: Final = partition_of(ROOT)
OTHER: Final = root(1147)
NAMES: Final = [projection.name for projection in PROJECTIONS]
SOME: Final = [3, 4, 5]
#: One row per partition, for ever: a statement that asks about all partitions reads them whole.
SMALL: Final = {"head", "projection_position"}
BY_PARTITION: Final = {"event_pkey", "event_partition_offset_key", "head_pkey"}
EXPLAIN_TEXT: Final = "explain (analyze, buffers, format json) "
EXPLAIN: Final = EXPLAIN_TEXT.encode()
PLACEHOLDER: Final = re.compile(rb"%(?:\((\w+)\))?[bs]")


@dataclass(frozen=True)
class Case:
    """A statement as it is asked on the hot path, and how many pages it may touch."""

    text: bytes
    given: Sequence[Any] | Mapping[str, Any]
    pages: int
    #: It asks about every partition at once.
    of_all_partitions: bool = False


CASES: Final = {
    "dossier": Case(sql("dossier"), [PARTITION, ROOT, 0, 2**31 - 1], EVENTS_PER_ROOT + 5),
    "dossier_beside": Case(
        sql("dossier_beside"), [PARTITION, ROOT, partition_of(OTHER), OTHER, EVENTS_PER_ROOT - 1], EVENTS_PER_ROOT + 10
    ),
    "log": Case(sql("log"), [PARTITION, 1_000, 500], 500 + 20),
    "own_append": Case(sql("own_append"), [PARTITION, ROOT, 7, str(uuid4())], 6),
    "heads": Case(sql("heads"), [], PARTITIONS, of_all_partitions=True),
    "holders": Case(sql("holders"), [[f"departement-{PARTITION}"], ["nir"], [ROOT]], 6),
    "positions/claim": Case(
        projection_sql("positions/claim"),
        {
            "partitions": list(range(PARTITIONS)),
            "heads": [10**6] * PARTITIONS,
            "projections": NAMES,
            "versions": [1] * len(NAMES),
            "start": 4,
            "most": 24,
        },
        5 * PARTITIONS * len(NAMES),
        of_all_partitions=True,
    ),
    "positions/claim_building": Case(
        projection_sql("positions/claim_building"),
        {"projections": NAMES, "versions": [1] * len(NAMES), "start": 4, "most": 24},
        5 * PARTITIONS * len(NAMES),
        of_all_partitions=True,
    ),
    "positions/move": Case(
        projection_sql("positions/move"),
        {"projections": NAMES, "partitions": SOME, "offsets": [10**6] * 3, "building": False},
        60,
    ),
    "parked/roots": Case(
        projection_sql("parked/roots"), {"building": False, "projections": NAMES, "partitions": SOME}, 10
    ),
}


@dataclass(frozen=True)
class Scan:
    """How a plan reaches a table."""

    kind: str
    table: str
    index: str
    condition: str


@pytest.fixture(scope="module")
def million(server: TestServer) -> Iterator[Access]:
    name = server.make(server.migrated(PARTITIONS))
    fill(server.access(name))
    yield server.access(name)
    server.drop(name)


@pytest.fixture(params=["force_custom_plan", "force_generic_plan"])
def connection(million: Access, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """The service's, with a way of planning; nothing that it does is kept."""
    with closing(connect(million.service)) as connection:
        connection.execute("select set_config('plan_cache_mode', %s, false)", [request.param])
        connection.execute("begin")
        yield connection


@pytest.mark.parametrize("name", CASES)
def test_a_statement_goes_by_an_index_and_touches_few_pages(connection: Connection, name: str) -> None:
    case = CASES[name]
    plan = explain(connection, case)
    found = list(scans(plan))
    assert found, "the plan reads no table"
    assert [scan for scan in found if scan.kind == "Seq Scan" and not allowed(scan, case)] == []
    assert [scan for scan in found if scan.index in BY_PARTITION and "partition" not in scan.condition] == []
    assert pages(plan) <= case.pages


@pytest.mark.parametrize("claiming", [False, True])
@pytest.mark.parametrize("size", [1, 10])
@pytest.mark.parametrize("after", [0, EVENTS_PER_ROOT])
def test_an_append_reads_no_table_as_a_whole_and_touches_few_pages(
    connection: Connection, claiming: bool, size: int, after: int
) -> None:
    name = ROOT if after else f"candidate/{uuid4()}"
    claim = Claim(scope="departement-93", kind="nir", digest=name)
    claims = Claims(take=frozenset({claim} if claiming else ()))
    statement, given = Order(partition_of(name), name, after, str(uuid4()), rows(size), claims).call
    before = whole_reads(connection)
    plan = explain_append(connection, statement, given)
    assert whole_reads(connection) == before
    assert pages(plan) <= 40 + 15 * size


def explain_append(connection: Connection, statement: str, given: Sequence[Any]) -> Any:
    """The plan once the connection knows the function; each try starts from the same record."""
    tries = []
    for _ in range(2):
        connection.execute("savepoint append")
        tries += connection.execute(EXPLAIN + sql(statement), given).fetchall()
        connection.execute("rollback to savepoint append")
    return tries[-1][0][0]["Plan"]


def whole_reads(connection: Connection) -> int:
    """How many times this connection read a whole table of the record."""
    query = "select sum(seq_scan) from pg_stat_xact_user_tables where relname in ('event', 'head', 'claim')"
    [(number,)] = connection.execute(query)
    return int(number)


def explain(connection: Connection, case: Case) -> Any:
    """The plan of a prepared statement, run once before so that only its own pages are counted."""
    names: dict[bytes, int] = {}

    def numbered(placeholder: re.Match[bytes]) -> bytes:
        return b"$%d" % names.setdefault(placeholder[1] or b"%d" % len(names), len(names) + 1)

    text = PLACEHOLDER.sub(numbered, case.text)
    given = [case.given[name.decode()] for name in names] if isinstance(case.given, Mapping) else case.given
    connection.execute(b"prepare asked as " + text)
    call = SQL("asked ({})").format(SQL(", ").join(map(Literal, given))) if given else SQL("asked")
    tries = [connection.execute(SQL(EXPLAIN_TEXT + "execute {}").format(call)).fetchall() for _ in range(2)]
    return tries[-1][0][0][0]["Plan"]


def nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def scans(plan: Any) -> Iterator[Scan]:
    """Every access to a table or to an index."""
    for node in nodes(plan):
        if "Relation Name" in node or "Index Name" in node:
            index, condition = node.get("Index Name", ""), node.get("Index Cond", "")
            yield Scan(node["Node Type"], node.get("Relation Name", ""), index, condition)


def allowed(scan: Scan, case: Case) -> bool:
    return case.of_all_partitions and scan.table in SMALL


def pages(plan: Any) -> int:
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
