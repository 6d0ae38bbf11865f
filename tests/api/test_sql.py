"""What analysts read in SQL: the numbers of the service, described, and nothing else."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from rich.progress import Progress
from uuid_utils.compat import uuid7

from api.demo.showing import SHOWN
from api.dictionary import comments
from api.indicators import knowledge
from api.keeping import retry
from api.rebuilding import rebuild
from api.releasing import MONTHS, Interrupted, questions, release_figures
from api.wiring import Core, prepare, reading
from api.words import words
from domain.calendar import add_months, paris_day
from infrastructure.migrations import migrate
from infrastructure.postgres import Access, connect
from projections.indicators.definition import DEFINITIONS, Measure
from projections.indicators.dimension import Dimension
from projections.milestones.kinds import Kind
from tests.api.conftest import House
from tests.api.test_operations import another_house
from tests.api.test_reading import analyst
from tests.conftest import TestServer
from tests.projections.indicators.facts import Fact, noon, store

NAME: Final = "Zanzibarine"
TODAY: Final = paris_day(datetime.now(UTC))
#: A month whose entries have all been followed for any window there is.
MONTH: Final = add_months(TODAY.replace(day=1), -14)


#: One of each shape, and of a month's facts a count and a share.
SAMPLE: Final = [
    DEFINITIONS[name, version]
    for name, version in (
        ("without-solution-30-days", 2),
        ("application-acceptance", 1),
        ("applications-waiting-30-days", 1),
        ("hires-accepted", 1),
        ("positive-exits", 1),
    )
]


def never() -> bool:
    return False


def release(core: Core) -> int:
    return release_figures(core, never, SAMPLE)


def crowd(number: int, solved: int, month: date = MONTH, **traits: Any) -> Iterator[Fact]:
    """People who applied on the tenth of a month; the first ones were accepted ten days later."""
    for person in range(number):
        root, day = f"candidate/{uuid7()}", month.replace(day=10)
        known: dict[str, Any] = {"root": root, "journey": "job-application-1", "title": "madame", **traits}
        yield Fact(root_version=1, kind=Kind.ORIENTED, occurred_on=day, recorded_at=noon(day), **known)
        yield Fact(root_version=2, kind=Kind.APPLICATION_SUBMITTED, occurred_on=day, recorded_at=noon(day), **known)
        later = day + timedelta(days=10)
        decided = Kind.HIRE_ACCEPTED if person < solved else Kind.APPLICATION_REFUSED
        yield Fact(root_version=3, kind=decided, occurred_on=later, recorded_at=noon(later), **known)


@pytest.fixture(scope="module")
def house(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service with crowds and a few people in its milestones, somebody by name in its record, and a release."""
    name = server.make(server.migrated(8))
    with another_house(server.access(name), tmp_path_factory.mktemp("sql")) as made:
        made.core = replace(made.core, access=server.access(name))
        with psycopg.connect(reading(made.core.access.owner), autocommit=True) as owner:
            store(owner, crowd(40, 15, department="59", organisation=str(uuid7()), birth_year=1990))
            store(owner, crowd(30, 12, department="44", organisation=str(uuid7()), title="monsieur", birth_year=2003))
            store(owner, crowd(30, 12, department="62", organisation=str(uuid7()), birth_year=2003))
            store(owner, crowd(3, 1, department="53", organisation=str(uuid7()), title="monsieur", birth_year=1960))
            store(owner, crowd(25, 10, add_months(MONTH, 1), department="974"))
            owner.execute("analyze milestone, journey_part")
        ml = made.organisation("ml", "leila")
        made.candidate("leila", ml, first_name=NAME, last_name=NAME)
        made.catch_up()
        assert release(made.core) > 0
        yield made
    server.drop(name)


@contextmanager
def as_analyst(house: House) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(house.core.access.analyst, autocommit=True) as connection:
        yield connection


def asked(house: House, query: str) -> list[tuple[Any, ...]]:
    with as_analyst(house) as connection:
        return connection.execute(query.encode()).fetchall()


# --- The same number -----------------------------------------------------------

FIGURE: Final = """
    select indicator, version::text, measure, coalesce(month::text, ''), dimension, modality, status, coalesce(why, ''),
        coalesce(numerator::text, ''), coalesce(denominator::text, ''), coalesce(share::text, ''),
        coalesce(count::text, ''), complete::text, coalesce(median_days::text, median_why, ''),
        coalesce(p80_days::text, p80_why, ''), data_date::text, to_char(as_of, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
    from figure
"""
COLUMNS: Final = (
    "indicator", "version", "measure", "month", "dimension", "modality", "status", "why", "numerator", "denominator",
    "share", "count", "complete", "median_days", "p80_days", "data_date", "as_of",
)  # fmt: skip


def downloaded(house: House, name: str, **parameters: str) -> list[Mapping[str, str]]:
    address = f"/v1/indicators/{name}"
    answer = house.http.get(address, params={**parameters, "format": "csv"}, headers=analyst(house))
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_every_line_of_every_csv_is_a_row_and_there_are_no_others(house: House) -> None:
    """Of indicators of every shape, by every dimension; at least one of each status."""
    lines = set()
    for question in questions(knowledge(datetime.now(UTC), exact=False), SAMPLE):
        definition, months = question.definition, question.months
        period = {} if months is None else {"from": f"{months.first:%Y-%m}", "to": f"{months.last:%Y-%m}"}
        measure = definition.measures[-1 if months is None else 0]
        wanted = {"measure": measure.value, "by": question.by.value, "version": str(definition.version)}
        found = downloaded(house, definition.id, **wanted, **period)
        lines |= {
            tuple(line[column].replace("True", "true").replace("False", "false") for column in COLUMNS)
            for line in found
        }
    rows = set(asked(house, FIGURE))
    assert rows == lines
    assert {row[COLUMNS.index("status")] for row in rows} == {"published", "secret", "not_available"}
    assert len({row[0] for row in rows if row[COLUMNS.index("status")] == "published"}) == 3


def test_what_a_figure_is_made_of_is_that_of_the_csv(house: House) -> None:
    month = f"{MONTH:%Y-%m}"
    (line,) = downloaded(house, "application-acceptance", **{"from": month, "to": month})
    where = f"where indicator = 'application-acceptance' and month = '{MONTH}'"
    rows = asked(house, f"select part, line, status, count from line {where}")  # noqa: S608 - our own words
    for part, column in (("inside", "lines"), ("excluded", "excluded")):
        told = json.loads(line[column])
        assert {name: count for p, name, _, count in rows if p == part} == {
            name: number if isinstance(number, int) else None for name, number in told.items()
        }
    assert ("inside", "hire_accepted", "published", 40) in rows
    assert {status for *_, status, _ in rows} == {"published", "secret"}


def test_an_indicator_is_described_as_its_catalogue_does(house: House) -> None:
    rows = asked(house, "select indicator, version, newest, title_fr, denominator_en, measures from indicator")
    assert sorted(rows) == sorted(
        (
            each.id,
            each.version,
            each.version == max(version for name, version in DEFINITIONS if name == each.id),
            each.title["fr"],
            None if each.denominator is None else each.denominator["en"],
            list(each.measures),
        )
        for each in SAMPLE
    )


def test_everything_that_is_published_is_released() -> None:
    known = knowledge(datetime.now(UTC), exact=False)
    asked_for = {
        (each.definition.id, each.definition.version, each.months is None, each.by)
        for each in questions(known, DEFINITIONS.values())
    }
    assert asked_for == {
        (each.id, each.version, measure is Measure.STOCK, by)
        for each in DEFINITIONS.values()
        for measure in each.measures
        for by in (Dimension.NONE, *each.dimensions)
    }


# --- Secrecy on this way too -----------------------------------------------------


def test_few_people_are_as_secret_in_sql_as_at_the_door(house: House) -> None:
    """Three people in the Mayenne: not their number, and not the difference to the others either."""
    query = "select modality, status, numerator, denominator from figure where indicator = 'application-acceptance'"
    rows = asked(house, f"{query} and month = '{MONTH}' and dimension = 'department'")
    shown = {
        modality: (numerator, denominator) for modality, status, numerator, denominator in rows if status != "secret"
    }
    assert len(rows) == 110
    assert shown == {"59": (15, 40)}  # the others protect 53, and those in which there is nobody
    whole = asked(house, f"{query} and month = '{MONTH}' and dimension = 'none'")
    assert whole == [("all", "published", 40, 105)]


def test_nothing_in_sql_is_smaller_or_finer_than_what_secrecy_lets_through(house: House) -> None:
    counts = (
        "numerator is not null and (numerator % 5 <> 0 or denominator % 5 <> 0 or denominator < 10 or numerator < 5)"
    )
    assert asked(house, f"select * from figure where {counts} or count % 5 <> 0 or count < 10") == []  # noqa: S608
    assert asked(house, "select * from line where count % 5 <> 0 or count < 5") == []
    told = "coalesce(numerator, denominator, share, count, median_days, p80_days) is not null"
    assert asked(house, f"select * from figure where status <> 'published' and {told}") == []  # noqa: S608


def test_no_row_tells_by_being_there(house: House) -> None:
    """The months are those of the calendar, and a closed list has all its modalities in each of them."""
    query = "select month, count(*) from figure where indicator = 'application-acceptance' and dimension = 'region'"
    rows = asked(house, f"{query} group by month order by month")
    first = add_months(knowledge(datetime.now(UTC), exact=False).day.replace(day=1), -MONTHS)
    assert [month for month, _ in rows] == [add_months(first, each) for each in range(MONTHS + 1)]
    assert len({number for _, number in rows}) == 1


# --- Nothing else ------------------------------------------------------------------

OURS: Final = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"
RELATIONS: Final = f"""
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v', 'm', 'p', 'f', 'S') and {OURS}
"""  # noqa: S608
FUNCTIONS: Final = f"""
    select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {OURS}
"""  # noqa: S608


def everything(house: House, query: str) -> list[tuple[Any, ...]]:
    with connect(house.core.access.owner) as owner:
        return owner.execute(query.encode()).fetchall()


def test_the_role_reads_the_views_and_no_other_table_of_ours(house: House) -> None:
    relations = everything(house, RELATIONS)
    readable = []
    with as_analyst(house) as connection:
        for schema, name in relations:
            try:
                connection.execute(SQL("select * from {} limit 1").format(Identifier(schema, name)))
            except psycopg.errors.InsufficientPrivilege:
                continue
            readable.append(f"{schema}.{name}")
    assert sorted(readable) == ["analyst.figure", "analyst.indicator", "analyst.line"]
    assert {("public", "event"), ("milestones", "milestone"), ("released", "figure"), ("keys", "data_key")} <= set(
        relations
    )


def test_the_role_calls_no_function_of_ours(house: House) -> None:
    functions = everything(house, FUNCTIONS)
    query = "select has_function_privilege('parcours_analyst', %s, 'execute')"
    with connect(house.core.access.owner) as owner:
        callable_ = [name for (name,) in functions if owner.execute(query.encode(), [name]).fetchone() == (True,)]
    assert len(functions) > 10
    assert callable_ == []


def test_nobody_is_found_in_what_the_role_can_read_of_the_server_itself(
    house: House,
) -> None:
    """Every catalogue, statistics and activity included, searched for a name and for what people are known by."""
    catalogues = everything(
        house, RELATIONS.replace(OURS, "n.nspname in ('pg_catalog', 'information_schema')").replace(", 'S'", "")
    )
    roots = [
        root
        for (root,) in everything(
            house, "select root from event where root like 'candidate/%' union select root from milestones.milestone"
        )
    ]
    with connect(house.core.access.owner) as owner:
        owner.execute(b"analyze")
    with as_analyst(house) as connection:
        read = []
        for schema, name in catalogues:
            try:
                rows = connection.execute(SQL("select t::text from {} t").format(Identifier(schema, name))).fetchall()
            except psycopg.DatabaseError:
                continue
            text = "\n".join(str(row) for (row,) in rows)
            assert NAME not in text
            assert not [root for root in roots if root.partition("/")[2] in text], name
            read.append(name)
    assert {"pg_stats", "pg_stat_activity", "pg_proc"} <= set(read)
    with connect(house.core.access.owner) as owner:
        stats = owner.execute(b"select t::text from pg_stats t where tablename = 'milestone'").fetchall()
    assert any(root in row for root in roots for (row,) in stats)  # the owner does find them there


WRITING: Final = (
    "insert into figure (indicator) values ('mine')",
    "update figure set numerator = 1",
    "delete from line",
    "truncate released.figure",
    "create table mine (a int)",
    "create table analyst.mine (a int)",
    "create temporary table mine (a int)",
    "create view analyst.mine as select 1",
    "create schema mine",
    "create function mine() returns int language sql as 'select 1'",
    "comment on view figure is 'mine'",
    "alter role parcours_analyst superuser",
    "set role parcours_service",
    "set role parcours",
    "copy (select 1) to program 'cat'",
    "copy (select 1) to '/tmp/mine'",
    "select pg_read_file('/etc/passwd')",
    "select pg_ls_dir('.')",
)  # fmt: skip


@pytest.mark.parametrize("statement", WRITING)
def test_the_role_writes_nothing_not_even_where_it_asks_to(house: House, statement: str) -> None:
    with as_analyst(house) as connection:
        connection.execute("set default_transaction_read_only = off")
        with pytest.raises(psycopg.DatabaseError) as refused:
            connection.execute(statement.encode())
    kinds = (
        psycopg.errors.InsufficientPrivilege,
        psycopg.errors.ObjectNotInPrerequisiteState,
        psycopg.errors.FeatureNotSupported,
    )
    assert isinstance(refused.value, kinds), refused.value


def test_whoever_logs_in_reads_only_and_is_stopped_after_a_minute(house: House) -> None:
    with as_analyst(house) as connection:
        settings = [
            connection.execute(f"show {name}".encode()).fetchone()
            for name in ("statement_timeout", "transaction_read_only", "search_path")
        ]
        assert settings == [("1min",), ("on",), ("analyst",)]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("select lo_create(0)")


# --- The dictionary -----------------------------------------------------------------

DESCRIBED: Final = """
    select c.relname, obj_description(c.oid, 'pg_class'), a.attname, format_type(a.atttypid, a.atttypmod),
        col_description(c.oid, a.attnum)
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'analyst'::regnamespace and a.attnum > 0 order by c.relname, a.attnum
"""


def test_every_view_and_column_is_described_by_the_dictionary_in_its_order(house: House) -> None:
    assert asked(house, DESCRIBED) == [
        (view, comments()[view][0], name, column["type"], comments()[view][1][name])
        for view, said in sorted(words("dictionary").tables.items())
        for name, column in said["columns"].items()
    ]


def test_the_dictionary_is_a_page_in_both_languages(house: House) -> None:
    page = house.http.get("/dictionary").text
    assert all(
        f'<th scope="row">{name}</th>' in page
        for said in words("dictionary").tables.values()
        for name in said["columns"]
    )
    assert "nombre, arrondi au multiple de 5" in page
    assert "number, rounded to the nearest multiple of 5" in page
    assert 'href="/dictionary"' in house.http.get("/indicators").text


# --- A release, and the next one ------------------------------------------------------


def test_a_release_is_made_once_and_anew_after_a_rebuild(house: House) -> None:
    before = asked(house, "select * from figure order by 1, 2, 3, 4, 5, 6")
    assert release(house.core) == 0
    with psycopg.connect(reading(house.core.access.owner), autocommit=True) as owner:
        kept = owner.execute("create table kept as select * from milestones.milestone").rowcount
        rebuild(house.settings, "milestones", 1, Progress(disable=True))
        assert asked(house, "select * from figure order by 1, 2, 3, 4, 5, 6") == before
        owner.execute("insert into milestones.milestone select * from kept on conflict do nothing; drop table kept")
    assert kept > 100
    assert release(house.core) == len(before)
    assert asked(house, "select * from figure order by 1, 2, 3, 4, 5, 6") == before


def test_a_release_waits_for_what_was_recorded_before_it(house: House) -> None:
    """An event of yesterday that the milestones have not been told."""
    yesterday = replace(house.core, clock=Standing(datetime.now(UTC) + timedelta(days=1, hours=1)))
    house.candidate("leila", house.organisation("ml", "leila"))
    assert release(yesterday) == 0
    house.catch_up()
    assert release(yesterday) > 0
    assert release(house.core) > 0


def test_a_release_is_made_again_once_a_dossier_that_waited_has_been_told(house: House) -> None:
    """The milestones cannot be told somebody's application; the next release is of the day on which it was sent."""
    next_day = replace(house.core, clock=Standing(datetime.now(UTC) + timedelta(days=1, hours=1)))
    ml, company = house.organisation("ml", "leila"), house.organisation("aci", "nadia")
    root = house.candidate("leila", ml)
    house.catch_up()
    release(house.core)
    with connect(house.core.access.owner) as owner:
        owner.execute(b"alter table milestones.milestone add constraint broken check (false) not valid")
        try:
            body = {"company": company, "message": "Bonjour"}
            assert house.post(f"/v1/candidates/{root}/job-applications", body, "leila", ml).status_code == 201
            house.catch_up()
            assert release(house.core) == 0  # nothing of the days before it is missing
            assert (release(next_day) > 0, release(next_day)) == (True, 0)
        finally:
            owner.execute(b"alter table milestones.milestone drop constraint broken")
    assert retry(house.settings) == (1, 0)
    assert (release(next_day) > 0, release(next_day)) == (True, 0)
    assert release(house.core) > 0


def test_a_release_waits_for_the_rebuild_that_a_new_version_asks_for(house: House) -> None:
    later = replace(house.core, clock=Standing(datetime.now(UTC) + timedelta(days=4)))
    with connect(house.core.access.owner) as owner:
        owner.execute(b"update projection_position set version = version - 1 where projection = 'milestones'")
        try:
            assert release(later) == 0
        finally:
            owner.execute(b"update projection_position set version = version + 1 where projection = 'milestones'")
    assert release(later) > 0


class Standing:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def test_an_interrupted_release_leaves_what_was_shown(house: House) -> None:
    later = replace(house.core, clock=Standing(datetime.now(UTC) + timedelta(days=2)))
    shown, turns = asked(house, "select * from figure order by 1, 2, 3, 4, 5, 6"), iter([False, False, True])
    with pytest.raises(Interrupted):
        release_figures(later, lambda: next(turns), SAMPLE)
    assert asked(house, "select * from figure order by 1, 2, 3, 4, 5, 6") == shown


def test_two_processes_release_once(house: House) -> None:
    later = replace(house.core, clock=Standing(datetime.now(UTC) + timedelta(days=3)))
    with house.core.pool.connection() as connection, connection.transaction():
        connection.execute("select pg_advisory_xact_lock(7253, 5)")
        assert release(later) == 0


def test_the_views_are_laid_out_again_where_they_changed_and_left_alone_where_not(
    server: TestServer, empty_database: Access
) -> None:
    migrate(empty_database.owner)
    prepare(empty_database)
    with connect(empty_database.owner) as owner:
        owner.execute(b"insert into released.release values (true, now(), 'mark')")
        prepare(empty_database)
        assert owner.execute(b"select made_of from released.release").fetchall() == [("mark",)]
        owner.execute(b"comment on schema analyst is 'an older version'")
        prepare(empty_database)
        assert owner.execute(b"select made_of from released.release").fetchall() == []
    with psycopg.connect(empty_database.analyst) as reader:
        assert reader.execute("select count(*) from figure").fetchone() == (0,)


# --- By hand -----------------------------------------------------------------------------

README: Final = Path(__file__).parents[2] / "README.md"


def environment(house: House) -> Mapping[str, str]:
    settings = house.settings
    return {
        **os.environ,
        "DATABASE_URL": str(settings.database),
        "DATABASE_SERVICE_URL": str(settings.database_service),
        "PARCOURS_DATA": str(settings.data),
        "PYTHONPATH": str(README.parent),
    }


def run(house: House, script: str) -> str:
    """What a shell prints, the names of the commands being those of this machine."""
    names = f'parcours() {{ "{sys.executable}" -m api.cli "$@"; }}; python() {{ "{sys.executable}" "$@"; }}'
    script = f"{names}\n{script.replace('.venv/bin/', '')}"
    done = subprocess.run(
        ["bash", "-euc", script], env=environment(house), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_of_the_readme_gives_one_number_with_psql_and_with_duckdb(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = README.read_text(encoding="utf-8")
    tools = re.search(r"```sh\n(api=.*?)```", text, re.DOTALL)
    example = re.search(r"## In SQL\n.*?```sh\n(.*?)```", text, re.DOTALL)
    assert tools
    assert example
    said = run(house, f"{tools[1]}\n{example[1]}".replace("http://127.0.0.1:8000", house.base))
    numbers = [
        re.split(r"\s*[|│]\s*", line.strip("│ "))
        for line in said.splitlines()
        if re.search(r"madame .*published", line)
    ]
    by_psql, by_duckdb = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
    assert by_psql == by_duckdb
    assert [name for name, *_ in by_psql] == ["madame"]


def test_the_line_of_the_demonstration_works(house: House) -> None:
    assert run(house, f'.venv/bin/parcours psql --csv -c "{SHOWN}"').startswith("dimension,modality,numerator,")


def test_psql_says_how_it_ended(house: House) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "psql", "-c", "select nothing"],
        env=environment(house),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, "does not exist" in done.stderr) == (1, True)
