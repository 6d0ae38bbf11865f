"""What is published is what analysts are answered, holds no person, and can be made again bit for bit."""

import csv
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copytree, ignore_patterns
from subprocess import run
from threading import Event, Thread
from typing import Any, Final

import httpx
import pyarrow.parquet as pq
import pytest
from data_inclusion.schema import v1
from frictionless import validate
from rich.progress import Progress
from typer.testing import CliRunner

from api.cli import app
from api.failing import sentence
from api.indicators import GRACE
from api.publishing import NotInTheLog, add_release, publish, recompute
from api.rebuilding import rebuild
from api.settings import Settings
from api.wiring import Core, prepare, worker
from api.words import words
from domain.job_application.events import HireCancelled
from domain.organisation.events import ServiceWithdrawn
from infrastructure.clock import SystemClock
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from infrastructure.publishing.changes import Changed
from infrastructure.publishing.checking import Came, Check
from infrastructure.publishing.package import MANIFEST, NotAManifest
from projections.indicators.definition import DEFINITIONS
from projections.publishing.making import UnknownDefinition
from tests.api.chronicle import BEGUN, FIRST_NAME, LAST_NAME, Chronicle, chronicle
from tests.api.conftest import running, settings_for
from tests.conftest import DatabaseFactory, TestServer

#: Noon of a day in October: the first four months are over, and followed to the end.
OCTOBER: Final = datetime(2026, 10, 20, 10, tzinfo=UTC)
MONTHS: Final = 4
#: Enough of the indicators where it does not matter which: one of each shape.
FEW: Final = (
    ("without-solution-30-days", 2),
    ("application-acceptance", 1),
    ("hires-accepted", 1),
    ("applications-waiting-30-days", 1),
)


@contextmanager
def installed(settings: Settings) -> Iterator[tuple[Core, Chronicle]]:
    with Core.opened(settings) as core, chronicle(core, settings) as written:
        yield core, written


@pytest.fixture(scope="module")
def settings(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation with three hundred people and a few organisations, from June to October."""
    name = server.make(server.migrated(8))
    prepare(server.access(name))
    made = settings_for(server.access(name), tmp_path_factory.mktemp("chronicle"))
    with installed(made) as (core, written):
        written.tell_houses()
        written.tell_services()
        written.tell_lives(300, Random(1))
        with worker(core) as runner:
            runner.catch_up()
    yield made
    server.drop(name)


@pytest.fixture
def own(make_database: DatabaseFactory, tmp_path: Path) -> Settings:
    """An installation of the test's own, without anybody."""
    access = make_database(8)
    prepare(access)
    (tmp_path / "own").mkdir()
    return settings_for(access, tmp_path / "own")


@pytest.fixture(scope="module")
def release(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(settings, tmp_path_factory.mktemp("open") / "data", OCTOBER, MONTHS).path


def read(path: Path, table: str) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = pq.read_table(path / f"{table}.parquet").to_pylist()
    return rows


Key = tuple[Any, ...]


def key(row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in ("indicator", "version", "measure", "dimension", "modality", "period_start"))


def figures_published(path: Path) -> Mapping[Key, Mapping[str, Any]]:
    """Every figure of a release, in the form in which it is answered."""
    delays = {key(row): row for row in read(path, "indicator_delays")}
    lines: dict[Key, dict[str, dict[str, Any]]] = {}
    for row in read(path, "indicator_lines"):
        lines.setdefault(key(row), {"part": {}, "excluded": {}})[row["part"]][row["code"]] = number(row)
    found = {}
    for row in read(path, "indicators"):
        told = {name: row[name] for name in ("status", "why", "numerator", "denominator", "share", "count")}
        own = lines.get(key(row), {"part": {}, "excluded": {}})
        found[key(row)] = {
            **{name: value for name, value in told.items() if value is not None},
            "lines": own["part"],
            "excluded": own["excluded"],
            "delay_days": delay(delays.get(key(row))),
        }
    return found


def number(row: Mapping[str, Any]) -> object:
    if row["status"] == "published":
        return row["number"]
    return {name: row[name] for name in ("status", "why") if row[name] is not None}


def delay(row: Mapping[str, Any] | None) -> object:
    if row is None or row["status"] != "published":
        return None
    days = {name: row[f"{name}_days"] for name in ("median", "p80")}
    return {name: row[name] if many is None else many for name, many in days.items()}


def figures_answered(settings: Settings) -> Mapping[Key, Mapping[str, Any]]:
    """Every figure that an analyst is answered."""
    token = DevelopmentIssuer(settings.data, SystemClock()).issue("analyst", "pilotage", DEMO_CLIENTS["pilotage"])
    found = {}
    with running(settings) as base, httpx.Client(base_url=base, timeout=60) as http:
        http.headers["Authorization"] = f"Bearer {token}"
        for definition in DEFINITIONS.values():
            for measure in definition.measures:
                for by in ("none", *definition.dimensions):
                    params: dict[str, Any] = {"version": definition.version, "measure": measure, "by": by}
                    params |= {"from": "2026-06", "to": "2026-09", "as_of": OCTOBER.isoformat()}
                    told = http.get(f"/v1/indicators/{definition.id}", params=params).json()
                    for figure in told["figures"]:
                        first = figure.pop("month") or told["data_date"]
                        place = (definition.id, definition.version, measure, by, figure.pop("modality"))
                        found[*place, date.fromisoformat(first)] = {
                            name: figure[name] for name in figure.keys() - {"complete", "matures_on", "waiting"}
                        }
    return found


@pytest.mark.slow
def test_the_series_are_what_an_analyst_is_answered(settings: Settings, release: Path) -> None:
    answered, published = figures_answered(settings), figures_published(release)
    assert published == answered
    statuses = [figure["status"] for figure in published.values()]
    assert min(statuses.count(status) for status in ("published", "secret", "not_available")) > 20
    assert any(figure["lines"] for figure in published.values())
    assert any(figure["delay_days"] for figure in published.values())


def text(cell: object) -> str:
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else "" if cell is None else str(cell)


def test_csv_and_parquet_say_the_same(release: Path) -> None:
    for name in ("indicators", "structures", "services", "vocabulary"):
        with (release / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            by_csv = list(csv.DictReader(file))
        written = [{column: text(cell) for column, cell in row.items()} for row in read(release, name)]
        assert by_csv == written


def test_frictionless_accepts_everything(release: Path) -> None:
    report = validate(str(release / "datapackage.json"))
    assert [(task.name, error.type) for task in report.tasks for error in task.errors] == []
    assert len(report.tasks) == 14


def test_data_inclusion_takes_every_structure_and_service(release: Path) -> None:
    structures = [{name: cell for name, cell in row.items() if cell is not None} for row in read(release, "structures")]
    assert [v1.Structure.model_validate(row, context={"ignore_warnings": False}).nom for row in structures] == [
        "Maison aci", "Maison ei", "Maison ml", "Roues libres", "Maison zz",
    ]  # fmt: skip
    services = [{name: cell for name, cell in row.items() if cell is not None} for row in read(release, "services")]
    assert [v1.Service.model_validate(row, context={"ignore_warnings": False}).nom for row in services] == [
        "Permis « B », etc.", "Vélos",
    ]  # fmt: skip
    assert {row["structure_id"] for row in services} <= {row["id"] for row in structures}


def test_a_service_is_written_so_that_machines_read_it_back(release: Path) -> None:
    with (release / "services.csv").open(newline="", encoding="utf-8") as file:
        first, _ = csv.DictReader(file)
    assert {name: cell for name, cell in first.items() if cell} == {
        "source": "parcours",
        "structure_id": "parcours--roues",
        "id": "parcours--dora--permis",
        "nom": "Permis « B », etc.",
        "description": "Passer le permis,\nà son rythme.",
        "date_maj": "2026-06-01",
        "thematiques": '["mobilite--preparer-un-permis", "numerique--acquerir-un-equipement"]',
        "frais": "payant",
        "frais_precisions": "10 € par leçon",
        "publics": '["demandeurs-emploi", "femmes"]',
        "code_postal": "01000",
        "code_insee": "01001",
        "telephone": "+33261910035",
        "zone_eligibilite": '["2A004", "35"]',
        "volume_horaire_hebdomadaire": "2.0",
        "nombre_semaines": "6",
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_change_has_its_words(lang: str) -> None:
    said = {changed: words("publication").of("changes", changed, lang) for changed in Changed}
    assert len(set(said.values())) == len(Changed)


def test_a_withdrawn_service_is_not_in_the_next_release_and_stays_in_the_last(own: Settings, tmp_path: Path) -> None:
    with installed(own) as (_, written):
        written.tell_services()
        first = publish(own, tmp_path / "open", OCTOBER, 1, FEW).path
        gone = ServiceWithdrawn(service_id="dora--velo")
        written.tell("organisation/roues", "organisation", gone, at=OCTOBER + timedelta(days=1))
    second = publish(own, tmp_path / "open", OCTOBER + timedelta(days=3), 1, FEW).path
    told = [[row["nom"] for row in read(path, "services")] for path in (first, second)]
    assert told == [["Permis « B », etc.", "Vélos"], ["Permis « B », etc."]]
    changed = (tmp_path / "open" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changed.split("\n---\n")[1] == (
        "\n# Parcours: what changes from one release to the next\n"
        f"\n## {second.name}\n\n- data of: 2026-10-19 → 2026-10-22\n- rows: services 2 → 1\n"
        f"\n## {first.name}\n\n- the first release, data of 2026-10-19\n"
    )
    assert same(recompute(own, first))


def test_where_the_quality_of_the_data_is_read_is_said_and_is_there(release: Path) -> None:
    readme = (release / "README.md").read_text(encoding="utf-8")
    quality = {each.id for each in DEFINITIONS.values() if "33" in each.numbers}
    assert {name for name in quality if readme.count(f"`{name}`") == 2} == quality
    by = {(row["indicator"], row["dimension"]) for row in read(release, "indicators")}
    assert {(name, each) for name in quality for each in ("organisation_kinds", "organisation_families")} <= by


def test_no_person_is_in_any_file(settings: Settings, release: Path) -> None:
    with Core.opened(settings) as core:
        roots = {each.root for place in range(8) for each in core.log.read(place, 0, 10_000)}
    people = [root.partition("/")[2] for root in roots if root.startswith("candidate/")]
    assert len(people) == 300
    written = {path: path.read_bytes().decode() for path in release.rglob("*") if path.suffix not in {"", ".parquet"}}
    written |= {path: repr(read(release, path.stem)) for path in release.glob("*.parquet")}
    for path, text in written.items():
        assert [word for word in (FIRST_NAME, LAST_NAME, "Bonjour", *people) if word in text] == [], path.name


def contents(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_log_gives_the_same_bytes(settings: Settings, release: Path, tmp_path: Path) -> None:
    again = publish(settings, tmp_path / "elsewhere", OCTOBER + timedelta(hours=3), MONTHS)
    files = {path.relative_to(release): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    assert {
        path.relative_to(again.path): path.read_bytes() for path in again.path.rglob("*") if path.is_file()
    } == files
    assert publish(settings, release.parent, OCTOBER, MONTHS) == replace(again, path=release, new=False)


def test_the_last_day_of_a_month_makes_it_whole(settings: Settings, tmp_path: Path) -> None:
    months = {}
    for instant in ("2026-09-30T21:59:59+00:00", "2026-09-30T22:00:00+00:00"):
        path = publish(settings, tmp_path / "data", datetime.fromisoformat(instant), 1, FEW).path
        months[path.name] = {str(row["period_end"]) for row in read(path, "indicators") if row["measure"] == "count"}
    assert months == {"2026-09-29": {"2026-08-31"}, "2026-09-30": {"2026-09-30"}}


@dataclass(frozen=True)
class Standing:
    """A clock that stands."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def test_a_day_is_published_a_minute_after_it_ended(settings: Settings, tmp_path: Path) -> None:
    """What was being recorded at midnight is then in the log, and in every release of that day."""
    midnight, found = datetime(2026, 10, 19, 22, tzinfo=UTC), []
    with Core.opened(settings) as core:
        for now in (midnight + GRACE - timedelta(microseconds=1), midnight + GRACE):
            there = replace(core, clock=Standing(now))
            found.append(add_release(there, tmp_path / "open", midnight + timedelta(seconds=1), 1, FEW).path.name)
    assert found == ["2026-10-18", "2026-10-19"]


def same(check: Check) -> bool:
    return (check.made_by, set(check.files.values())) == ({}, {Came.SAME})


def test_a_release_is_made_again_after_everything_that_came_later(own: Settings, tmp_path: Path) -> None:
    with installed(own) as (core, written):
        people = written.tell_lives(80, Random(2))
        first = publish(own, tmp_path / "open", OCTOBER, 2, FEW).path
        assert recompute(own, first).files.keys() == contents(first).keys() - {"checksums.sha256"}
        # Told late, about the months that are published; corrected; new; erased; and built anew.
        written.tell_lives(60, Random(3), first=BEGUN + timedelta(days=50), days=30)
        hired = [root for root in people if written.versions[root, "job-application-1"] == 2]
        for root in hired[:30]:
            cancelled = HireCancelled(at=OCTOBER + timedelta(days=2))
            written.tell(root, "job-application-1", cancelled, at=OCTOBER + timedelta(days=2))
        for root in people[:40]:
            core.vault.destroy(root)
        with worker(core) as runner:
            runner.catch_up()
    rebuild(own, "milestones", 1, Progress(disable=True))
    assert same(recompute(own, first))
    assert same(recompute(own, first / MANIFEST))
    second = publish(own, tmp_path / "open", OCTOBER, 2, FEW)
    assert second.new
    assert figures_published(second.path) != figures_published(first)


def test_nobody_changes_a_figure_by_being_erased(own: Settings, tmp_path: Path) -> None:
    with installed(own) as (core, written):
        people = written.tell_lives(60, Random(4))
        first = publish(own, tmp_path / "open", OCTOBER, 3, FEW)
        for root in people:
            core.vault.destroy(root)
    again = publish(own, tmp_path / "open", OCTOBER, 3, FEW)
    assert (again.path, again.new) == (first.path, False)


def test_a_release_made_while_others_record_is_made_again(own: Settings, tmp_path: Path) -> None:
    """Also what they record within the very instants that are published."""
    with installed(own) as (_, written):
        written.tell_lives(40, Random(5))
        stop = Event()

        def record(draw: Random) -> None:
            with installed(own) as (_, beside):
                while not stop.is_set():
                    beside.tell_lives(1, draw)

        threads = [Thread(target=record, args=(Random(seed),)) for seed in (6, 7)]
        for thread in threads:
            thread.start()
        try:
            releases = [publish(own, tmp_path / "open", OCTOBER, 1, FEW).path for _ in range(3)]
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert len(set(releases)) == 3
    assert [same(recompute(own, path)) for path in releases] == [True] * 3


def test_a_release_is_not_made_again_from_another_log(release: Path, own: Settings) -> None:
    with pytest.raises(NotInTheLog):
        recompute(own, release)


def test_there_is_nothing_to_publish_of_an_empty_log_or_of_the_future(own: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotInTheLog):
        publish(own, tmp_path / "open", None, 1)
    with pytest.raises(NotInTheLog):
        publish(own, tmp_path / "open", datetime(2199, 1, 1, tzinfo=UTC), 1)
    assert not (tmp_path / "open").exists()


def environment(settings: Settings) -> dict[str, str]:
    return {
        "PARCOURS_DATA": str(settings.data),
        "DATABASE_URL": settings.database or "",
        "DATABASE_SERVICE_URL": settings.database_service or "",
        "PARCOURS_KEYS_FILE": str(settings.keys_file),
    }


def test_the_command_line_publishes_and_says_what_it_made_again(settings: Settings, tmp_path: Path) -> None:
    def told_to(*words: str) -> Any:
        return CliRunner().invoke(app, [*words, "--json"], env=environment(settings))

    folder = tmp_path / "open"
    published = told_to("publish", str(folder), "--months", "1", "--as-of", "2026-10-20")
    assert json.loads(published.stdout) == {"release": str(folder / "2026-10-19"), "new": True}
    (folder / "2026-10-19" / "structures.csv").write_text("forged")
    again = told_to("recompute", str(folder / "latest"))
    assert again.exit_code == 1
    told = json.loads(again.stdout)
    assert told["made_by"] == {}
    assert {name: came for name, came in told["files"].items() if came != "same"} == {"structures.csv": "altered"}


PROJECT: Final = Path(__file__).parents[2]


def another_version(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """The service as a later version may have it: in some of its files, a text instead of another one."""
    for part in ("api", "application", "domain", "infrastructure", "projections"):
        copytree(PROJECT / part, folder / part, ignore=ignore_patterns("__pycache__"))
    for name, before, after in changes:
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text, name
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    return folder


def recomputed_by(version: Path, settings: Settings, release: Path) -> tuple[int, Any, str]:
    """How it ends, what it answers to a machine, and what it says to people."""
    line = [sys.executable, "-m", "api.cli", "recompute", str(release)]
    outside = {**os.environ, **environment(settings), "PYTHONPATH": str(version)}
    for_people, for_machines = (
        run([*line, *words], env=outside, cwd=version, capture_output=True, text=True, check=False, timeout=300)
        for words in ([], ["--json"])
    )
    assert for_people.returncode == for_machines.returncode, for_people.stderr
    return for_machines.returncode, json.loads(for_machines.stdout), for_people.stderr


NEXT_VERSION: Final = ("api/__init__.py", 'VERSION = "0.1.0"', 'VERSION = "0.2.0"')
OF_TITLES: Final = ("api/labels/publication.toml", "Séries des indicateurs", "Chiffres")
OF_A_CODE: Final = ("api/labels/candidate.toml", 'fr = "Madame"', 'fr = "Mme"')
DEFINITION: Final = "projections/indicators/definitions/hires-accepted.1.toml"
OF_A_DEFINITION: Final = (DEFINITION, "Embauches acceptées", "Embauches décidées")


@pytest.mark.slow
def test_a_later_version_with_better_words_says_that_the_figures_are_the_same(
    settings: Settings, tmp_path: Path
) -> None:
    release = publish(settings, tmp_path / "open", OCTOBER, 1, FEW).path
    later = another_version(tmp_path / "later", NEXT_VERSION, OF_TITLES, OF_A_CODE, OF_A_DEFINITION)
    code, told, said = recomputed_by(later, settings, release)
    assert (code, told["made_by"].keys()) == (0, {"parcours", "words"})
    assert told["made_by"]["parcours"] == ["0.1.0", "0.2.0"]
    others = {name: came for name, came in told["files"].items() if came != "same"}
    assert set(others.values()) == {"other words"}
    assert {"vocabulary.csv", "method.csv", "README.md", "datapackage.json", MANIFEST} <= others.keys()
    assert told["files"]["indicators.csv"] == "same"
    assert said.splitlines()[:2] == [
        'made by other parcours: "0.1.0", now "0.2.0"',
        "made by other words: " + ", now ".join(json.dumps(each) for each in told["made_by"]["words"]),
    ]


@pytest.mark.slow
def test_a_later_version_with_another_policy_says_so_before_it_compares(settings: Settings, tmp_path: Path) -> None:
    release = publish(settings, tmp_path / "open", OCTOBER, 2, FEW).path
    step = ("projections/indicators/secrecy.py", "step: int = 5", "step: int = 3")
    code, told, said = recomputed_by(another_version(tmp_path / "later", step), settings, release)
    (then, now) = told["made_by"].pop("policy")
    assert (code, told["made_by"], then["step"], now["step"]) == (1, {}, 5, 3)
    assert (told["files"]["indicators.csv"], told["files"]["structures.csv"]) == ("differs", "same")
    assert said.startswith("made by other policy: ")


def test_the_command_line_says_what_it_cannot_make_again(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    shown = CliRunner().invoke(app, ["recompute", str(tmp_path)], env=environment(settings))
    assert isinstance(shown.exception, NotAManifest)
    assert "not the manifest of a publication" in sentence(shown.exception)


def test_an_indicator_that_is_not_known_is_named(release: Path, settings: Settings, tmp_path: Path) -> None:
    told = (release / MANIFEST).read_text().replace('"hires-accepted"', '"hires-dreamt-of"')
    (tmp_path / MANIFEST).write_text(told)
    with pytest.raises(UnknownDefinition, match="version 1 of the indicator hires-dreamt-of"):
        recompute(settings, tmp_path)
