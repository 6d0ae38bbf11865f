"""`parcours import les-emplois`: the whole way from files to what people read."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any, Final

import pytest
from rich.console import Console
from rich.progress import Progress

from api.importing import Report, import_dump
from api.settings import Settings
from api.wiring import Core, prepare
from application.decision import PARCOURS
from application.desk import Request
from application.dossiers import stand
from application.imports.les_emplois.codes import APPLICATION_STATES
from application.imports.records import derived
from application.ports import Recorded
from domain.catalogue import CATALOGUE
from domain.job_application.commands import Accept, RefuseAutomatically
from domain.job_application.refusals import StartsInThePast
from domain.organisation import Organisation
from domain.vocabulary import Actor, OrganisationId, Role, Subject
from infrastructure.postgres import Access, connect
from projections.caseload import caseload
from projections.indicators.asking import Knowledge, Months
from projections.indicators.definition import DEFINITIONS
from projections.timeline import timeline
from tests.api.conftest import settings_for
from tests.application.imports.dumps import (
    HOUSES,
    application,
    approval,
    assignment,
    company,
    contract,
    diagnosis,
    job_seeker,
    member,
    orientation,
    people,
    profile,
    uid,
    write,
)
from tests.projections.indicators.ask import cohort

ROOT: Final = Path(__file__).parents[2]
REAL: Final = ROOT.parent / "shared/data/les-emplois"
NOW: Final = datetime(2026, 12, 31, 11, tzinfo=UTC)
STATES: Final = tuple(APPLICATION_STATES)
HIRED: Final = {"processed_at": "2024-05-20T08:00:00Z", "hiring_start_at": "2024-05-02"}


@dataclass(frozen=True)
class FixedClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def settings(database: Access, tmp_path: Path) -> Settings:
    prepare(database)
    return settings_for(database, tmp_path)


def run(settings: Settings, folder: Path) -> Report:
    with Progress(disable=True) as progress:
        return import_dump(settings, folder, progress, FixedClock())


def events(settings: Settings) -> int:
    with Core.opened(settings) as core:
        return sum(core.store.heads().values())


def history(settings: Settings, root: str) -> Sequence[Recorded]:
    with Core.opened(settings) as core:
        return core.journal.load(root)


def organisation(settings: Settings, model: str, key: str) -> Organisation:
    root = f"organisation/{derived(model, key)}"
    found: Organisation = stand(CATALOGUE, history(settings, root)).cases["organisation"]
    return found


def environment(settings: Settings) -> Mapping[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": settings.database or "",
        "DATABASE_SERVICE_URL": settings.database_service or "",
        "PARCOURS_KEYS_FILE": str(settings.keys_file),
        "PARCOURS_DATA": str(settings.data),
    }


def stages(settings: Settings, root: str) -> Mapping[str, str]:
    cases = stand(CATALOGUE, history(settings, root)).cases
    return {name: str(case.stage) for name, case in cases.items()}


def printed(report: Report) -> str:
    out = StringIO()
    report.print(Console(file=out, width=80))
    return out.getvalue()


def imported(report: Report) -> Mapping[str, int]:
    return {line.model: line.imported for line in report.summary.files if line.imported}


def said(report: Report, *natures: str) -> list[tuple[str, str, str]]:
    return [(each.source.key, each.field, each.reason) for each in report.summary.findings if each.nature in natures]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A person hired once, whose other application became obsolete, and who was oriented."""
    return write(
        tmp_path / "dump",
        [
            *HOUSES,
            job_seeker(100, created_by=3),
            profile(100, created_by_prescriber_organization=115),
            assignment(1, 100, 3, prescriber_organization=115),
            application("hire", 100, 7, "accepted", **HIRED),
            application("other", 100, 2653, "obsolete", processed_at="2024-05-20T08:00:00Z"),
            application("later", 100, 7, created_at="2024-06-20T08:00:00Z"),
            orientation("o", 100, 1, "REFUSÉE", processing_date="2024-05-22T08:00:00Z"),
        ],
    )


CANDIDATE: Final = f"candidate/{uid(100)}"


def test_every_record_ends_where_the_dump_says(settings: Settings, small: Path) -> None:
    report = run(settings, small)
    assert report.summary.reconciled
    assert report.summary.differences == ()
    assert stages(settings, CANDIDATE) == {
        "candidate": "open",
        "hiring-1": "started",
        "job-application-1": "accepted",
        "job-application-2": "obsolete",
        "job-application-3": "new",
        "orientation-1": "refused",
    }


def test_each_event_says_where_it_comes_from_when_it_happened_and_when_it_was_told(
    settings: Settings, small: Path
) -> None:
    run(settings, small)
    told = {type(each.event).__name__: each for each in history(settings, CANDIDATE) if each.journey.endswith("n-1")}
    accepted = told["Accepted"]
    assert accepted.occurred_at == datetime.fromisoformat(HIRED["processed_at"])
    assert accepted.recorded_at > datetime.now(UTC).replace(hour=0, minute=0)
    assert accepted.metadata.origin == "import:les-emplois"
    assert accepted.metadata.source == f"jobapplication/{uid('hire')}!StartsInThePast"
    assert told["Submitted"].metadata.actor.subject == uid(3)
    assert told["Submitted"].metadata.organisation is not None
    assert told["Submitted"].metadata.organisation.id == uid("prescriber 115")


def test_a_rule_that_did_not_keep_it_from_happening_is_named(settings: Settings, small: Path) -> None:
    assert said(run(settings, small), "against_a_rule") == [
        (uid("o"), "", "FieldMissing"),
        (uid("o"), "", "NoRefusalReason"),
        ("1", "", "TypologyOnlyForStructures"),
        (uid("other"), "", "NobodyToAnswer"),
        (uid("hire"), "", "StartsInThePast"),
    ]


def test_nobody_but_an_import_is_let_off_a_rule(settings: Settings, small: Path) -> None:
    run(settings, small)
    asked = Request(
        root=CANDIDATE,
        journey="job-application-3",
        command=Accept(starts_on=date(2024, 5, 2)),
        actor=Actor(subject=Subject(uid(4)), client="les-emplois", role=Role.MEMBER),
        acting=OrganisationId(derived("companies.company", "7")),
        correlation_id="request",
        waived=frozenset({StartsInThePast}),
    )
    with Core.opened(settings, clock=FixedClock()) as core, pytest.raises(StartsInThePast):
        core.desk.submit(asked)


def test_what_became_obsolete_became_so_through_the_hire(settings: Settings, small: Path) -> None:
    run(settings, small)
    obsolete = [each for each in history(settings, CANDIDATE) if type(each.event).__name__ == "RenderedObsolete"]
    assert [(each.event.because_of, each.metadata.origin) for each in obsolete] == [("job-application-1", "policy")]


def test_twice_changes_nothing(settings: Settings, small: Path) -> None:
    first, before = run(settings, small), events(settings)
    again = run(settings, small)
    assert events(settings) == before
    assert imported(again) == {}
    assert {line.model: line.already_there for line in again.summary.files if line.already_there} == imported(first)
    assert (again.summary.states, again.summary.findings) == (first.summary.states, first.summary.findings)


def test_what_happens_after_the_import_is_no_difference(settings: Settings, small: Path) -> None:
    first = run(settings, small)
    with Core.opened(settings, clock=FixedClock()) as core:
        command = RefuseAutomatically()
        journey = "job-application-3"
        core.desk.submit(
            Request(root=CANDIDATE, journey=journey, command=command, actor=PARCOURS, correlation_id="time")
        )
    assert run(settings, small).summary.states == first.summary.states


def test_a_later_dump_adds_what_has_happened_since(settings: Settings, tmp_path: Path) -> None:
    before = [*HOUSES, *people(1), application("a", 100, 7)]
    run(settings, write(tmp_path / "may", before))
    later = application("a", 100, 7, "accepted", **HIRED)
    report = run(settings, write(tmp_path / "june", [*before[:-1], later, *people(1, first=200)]))
    assert imported(report) == {
        "job_applications.jobapplication": 1,
        "users.jobseekerprofile": 1,
        "users.user": 1,
    }
    assert stages(settings, CANDIDATE)["job-application-1"] == "accepted"


def test_what_was_known_by_reference_only_is_completed_by_a_later_dump(settings: Settings, tmp_path: Path) -> None:
    before = [*HOUSES, *people(1), application("a", 100, 2653)]
    run(settings, write(tmp_path / "may", before))
    fuller = write(tmp_path / "june", [*before, company(2653, "ETTI", siret="26300199200019")])
    run(settings, fuller)
    completed, told = organisation(settings, "companies.company", "2653"), events(settings)
    assert (completed.name, completed.kinds, completed.siret) == ("Atelier 2653", ("etti",), "26300199200019")
    run(settings, fuller)
    assert events(settings) == told


def test_people_find_every_key_in_the_printed_report(settings: Settings, small: Path) -> None:
    report = run(settings, small)
    text = printed(report)
    assert [each for each in report.summary.findings if each.source.key not in text] == []
    assert text.splitlines()[-1] == "Every record is accounted for."


def test_scripts_read_the_report_as_json(settings: Settings, small: Path) -> None:
    command = [sys.executable, "-m", "api.cli", "import", "les-emplois", str(small), "--json"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment(settings), check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    report = json.loads(answer.stdout)
    assert report["reconciled"] is True
    assert {line["difference"] for line in report["states"]} == {0}


def test_what_an_earlier_import_told_otherwise_stays_and_is_listed(settings: Settings, tmp_path: Path) -> None:
    run(settings, write(tmp_path / "may", [*HOUSES, *people(1), application("a", 100, 7)]))
    edited = application("a", 100, 7, "processing", message="Autre message")
    report = run(settings, write(tmp_path / "june", [*HOUSES, *people(1), edited]))
    assert said(report, "state_not_reached") == [(uid("a"), "submit", "KeyReused")]
    assert stages(settings, CANDIDATE)["job-application-1"] == "processing"


def test_the_timeline_the_caseload_and_the_indicator_answer(settings: Settings, small: Path) -> None:
    run(settings, small)
    with Core.opened(settings) as core, core.pool.connection() as connection:
        names = Counter(line.name for line in timeline(connection, CANDIDATE))
        assert names["job-application.Submitted"] == 3
        page = caseload(connection, OrganisationId(uid("prescriber 115")), now=NOW)
        assert "job-application-3" in {case.journey for case in page.cases}
        definition = DEFINITIONS["without-solution-30-days", 2]
        (figure,) = cohort(
            connection, definition, Months(date(2024, 5, 1), date(2024, 5, 31)), Knowledge(datetime.now(UTC))
        )
    assert (figure.result.numerator, figure.result.denominator) == (0, 1)  # type: ignore[union-attr]  # else it is red


def test_what_is_wrong_is_listed_and_the_rest_is_imported(settings: Settings, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "dump",
        [
            *HOUSES,
            *people(2),
            "not a record",
            application("good", 100, 7),
            application("state", 100, 7, "shipped"),
            application("type", 101, 7, created_at=12),
            application("good", 101, 7),
            job_seeker(300, first_name=""),
            application("lost", 300, 7),
        ],
    )
    (folder / "broken.json").write_text('[{"model": "companies.company", "pk":')
    (folder / "insertion__service.json").unlink()
    report = run(settings, folder)
    assert said(report, "not_imported") == [
        *[("", "", "no_file")] * 9,
        ("", "", "unreadable_file"),
        *sorted(
            [
                (uid("state"), "state", "unknown_code"),
                (uid("type"), "created_at", "wrong_type"),
                (f"{uid('good')}#4", "", "duplicate_key"),
                (uid("lost"), "", "dossier_not_imported"),
            ]
        ),
        ("#1", "", "not_a_record"),
        ("300", "first_name", "missing"),
    ]
    assert stages(settings, CANDIDATE) == {"candidate": "open", "job-application-1": "new"}
    assert all(
        line.read == line.imported + line.not_imported + line.told_with_others
        for line in report.summary.files
        if line.model
    )


def test_two_profiles_of_one_person_are_not_registered_twice(settings: Settings, tmp_path: Path) -> None:
    twins = [job_seeker(key, first_name="Awa", email="awa@exemple.fr") for key in (100, 101)]
    records = [*HOUSES, *twins, profile(100), profile(101), application("a", 101, 7)]
    report = run(settings, write(tmp_path / "dump", records))
    assert said(report, "not_imported")[-3:] == [
        (uid("a"), "submit", "dossier_not_imported"),
        ("101", "describe", "dossier_not_imported"),
        ("101", "register", "AlreadyRegistered"),
    ]


def test_who_has_left_since_still_acted_then(settings: Settings, tmp_path: Path) -> None:
    gone = member(9, 5, 115, of="organization", is_active=False, is_admin=False, updated_at="2024-12-01T08:00:00Z")
    report = run(settings, write(tmp_path / "dump", [*HOUSES, gone, *people(1), application("a", 100, 7, sender=5)]))
    assert said(report, "not_imported") == [("", "", "no_file")] * 8
    sent = next(each for each in history(settings, CANDIDATE) if type(each.event).__name__ == "Submitted")
    assert (sent.event.sender, sent.event.sender_organisation) == ("les-emplois/user/5", uid("prescriber 115"))


def test_killed_half_way_and_run_again_completes(settings: Settings, make_database: Any, tmp_path: Path) -> None:
    records = [*HOUSES, *people(60)]
    records += [application(f"a{key}", key, 7, "accepted", **HIRED) for key in range(100, 160)]
    folder = write(tmp_path / "dump", records)
    _kill_half_way(settings, folder, after=60)
    killed = events(settings)
    report = run(settings, folder)
    assert report.summary.reconciled
    assert events(settings) > killed
    whole = make_database(8)
    prepare(whole)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    uninterrupted = settings_for(whole, elsewhere)
    assert run(uninterrupted, folder).summary.states == report.summary.states
    assert events(uninterrupted) == events(settings)


def test_whatever_happened_to_a_persons_applications_they_all_end_where_the_dump_says(
    settings: Settings, tmp_path: Path
) -> None:
    draw = Random(20)
    records = [*HOUSES, company(8), member(8, 4, 8), *people(40)]
    for person in range(100, 140):
        for number in range(draw.randint(1, 5)):
            state = draw.choice(STATES)
            records.append(application(f"{person}-{number}", person, draw.choice((7, 8)), state, **_dates(draw, state)))
    report = run(settings, write(tmp_path / "dump", records))
    reached = {line.state: line for line in report.summary.states if line.model == "job_applications.jobapplication"}
    assert sorted(reached) == sorted(STATES)
    differences = {(each.in_dump, each.in_record, each.reasons) for each in report.summary.differences}
    assert differences == {("prior_to_hire", "new", ("no_prior_action",))}
    assert report.summary.reconciled


def test_a_hire_stands_under_the_pass_of_the_dump_with_its_number_and_its_days(
    settings: Settings, tmp_path: Path
) -> None:
    folder = write(
        tmp_path / "dump",
        [
            *HOUSES,
            *people(1),
            diagnosis(5, 100),
            application("hire", 100, 7, "accepted", **HIRED, approval=1, eligibility_diagnosis=5),
            approval(1, 100, eligibility_diagnosis=5, start_at="2024-09-01", end_at="2025-12-31"),
            contract(2, 100),
        ],
    )
    report = run(settings, folder)
    assert (report.summary.reconciled, report.summary.differences) == (True, ())
    cases = stand(CATALOGUE, history(settings, CANDIDATE)).cases
    right, hire = cases["pass-iae-1"], cases["hiring-2"]
    assert (right.number, right.starts_on, right.ends_on) == ("999990000001", date(2024, 9, 1), date(2025, 12, 31))
    assert (right.issued_for, hire.pass_iae, hire.diagnosis) == (
        "job-application-1",
        "pass-iae-1",
        "eligibility-check-1",
    )
    assert (cases["job-application-1"].pass_iae, str(cases["hiring-1"].stage)) == ("pass-iae-1", "ended")
    before = events(settings)
    assert imported(run(settings, folder)) == {}
    assert events(settings) == before


def test_a_number_that_was_imported_is_never_drawn_again(settings: Settings, tmp_path: Path) -> None:
    run(settings, write(tmp_path / "dump", [*HOUSES, *people(1), approval(41, 100)]))
    with Core.opened(settings) as core:
        assert core.desk.numbers.draw("pass-iae") == 42


def test_a_number_that_two_persons_have_is_recorded_once(settings: Settings, tmp_path: Path) -> None:
    records = [*HOUSES, *people(2), approval(1, 100), approval(2, 101, number="999990000001")]
    report = run(settings, write(tmp_path / "dump", records))
    assert said(report, "not_imported")[-1] == ("2", "issue", "NumberTaken")
    assert report.summary.reconciled


def _dates(draw: Random, state: str) -> dict[str, Any]:
    created, processed = sorted(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=draw.randint(0, 99)) for _ in "12")
    fields: dict[str, Any] = {"created_at": created.isoformat()}
    if state in {"accepted", "cancelled", "refused", "obsolete"}:
        fields["processed_at"] = processed.isoformat()
    if state in {"accepted", "cancelled"}:
        fields["hiring_start_at"] = "2024-02-01"
    if state == "refused":
        fields["refusal_reason"] = draw.choice(("auto", "training", "poorly_informed"))
    return fields


def _kill_half_way(settings: Settings, folder: Path, *, after: int) -> None:
    command = [sys.executable, "-m", "api.cli", "import", "les-emplois", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(settings), stderr=subprocess.DEVNULL) as process:
        until = monotonic() + 60
        with connect(settings.database or "") as connection:
            while monotonic() < until and process.poll() is None:
                row = connection.execute("select count(*) from event").fetchone()
                if row is not None and row[0] >= after:
                    break
                sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the dump of Les emplois is not beside the project")
def test_the_dump_of_les_emplois_reconciles_to_the_last_record(settings: Settings) -> None:
    report, before = run(settings, REAL), events(settings)
    records = [record for path in sorted(REAL.glob("*.json")) for record in json.loads(path.read_bytes())]
    assert sum(line.read for line in report.summary.files) == len(records)
    assert all(
        line.read == line.imported + line.not_imported + line.told_with_others + line.later
        for line in report.summary.files
    )
    assert report.summary.reconciled
    rights = {line.state: line.in_record for line in report.summary.states if line.model == "approvals.approval"}
    assert rights == {"expired": 2, "future": 5, "valid": 9}
    for model, field in (("job_applications.jobapplication", "state"), ("insertion.orientation", "status")):
        in_dump = Counter(record["fields"][field] for record in records if record["model"] == model)
        lines = [line for line in report.summary.states if line.model == model]
        assert sum(in_dump.values()) == sum(line.in_dump for line in lines) == sum(line.in_record for line in lines)
        assert sorted(in_dump.values()) == sorted(line.in_record for line in lines)
    assert imported(run(settings, REAL)) == {}
    assert events(settings) == before
    _holds_nothing_personal(report, records)


def _holds_nothing_personal(report: Report, records: Sequence[Mapping[str, Any]]) -> None:
    written = printed(report) + json.dumps(report.as_json(), ensure_ascii=False)
    fields = ("email", "nir", "phone", "first_name", "last_name", "message", "referent_email")
    told = {str(record["fields"].get(field) or "") for record in records for field in fields}
    # Shorter texts occur by chance in keys and in words.
    assert [text for text in told if len(text) > 6 and text in written] == []
