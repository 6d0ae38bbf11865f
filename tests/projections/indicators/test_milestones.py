"""From events to milestones: what counts, on which day, known since when, and what corrections leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

import pytest
from psycopg import Connection

from application.ports import Metadata, Recorded
from domain.candidate.codes import ClosingReason, EmploymentKind, Title
from domain.candidate.events import (
    ContactDataChanged,
    EmploymentFound,
    EmploymentRetracted,
    IdentityCorrected,
    MergedInto,
    PathClosed,
    PathReopened,
    Registered,
)
from domain.catalogue import CATALOGUE
from domain.hiring import events as hiring
from domain.hiring.codes import EndReason, ExitCategory, RecordStatus
from domain.immersion.codes import Attendance
from domain.immersion.events import AssessmentDeleted, Cancelled
from domain.job_application.events import HireCancelled
from domain.orientation.events import (
    HeldForModeration,
    RejectedByModeration,
    ReleasedFromModeration,
    StartCancelled,
    StartConfirmed,
    StartCorrected,
)
from domain.vocabulary import ERASED, SEALED, CandidateId
from projections.indicators.asking import Knowledge, Months
from projections.indicators.definition import DEFINITIONS
from projections.indicators.figures import Share
from projections.milestones.candidate import CLOSINGS
from projections.milestones.projection import MILESTONES, TELLS
from projections.projection import Connection as Writer
from tests.domain.hiring import samples as hirings
from tests.domain.immersion import cases as immersions
from tests.domain.job_application import samples
from tests.domain.orientation import cases
from tests.projections.indicators.ask import cohort
from tests.projections.world import World, random_life
from tests.spec import CAMILLE

MARCH_1: Final = date(2026, 3, 1)
NOON: Final = datetime(2026, 3, 1, 11, tzinfo=UTC)
ROOT: Final = "candidate/a"
NO_DOSSIERS: Any = None


def registered(**told: Any) -> Registered:
    known: dict[str, Any] = {
        "first_name": SEALED,
        "last_name": ERASED,
        "entered_on": MARCH_1,
        "birth_year": 1990,
        "department": "01",
        "organisation": cases.A.id,
        "organisation_departments": ("01",),
        "account": None,
        "title": Title.MADAME,
    }
    return Registered(**(known | told))


def moved(department: str | None) -> ContactDataChanged:
    return ContactDataChanged(email=None, phone=None, address=None, department=department, homonym_of=None)


def told(*happenings: tuple[str, Any, int], root: str = ROOT, **metadata: Any) -> Sequence[Recorded]:
    """Events of journeys, each so many days after the first of March at noon, recorded at once."""
    known: dict[str, Any] = {"organisation": cases.A, "correlation_id": "r", "causation_id": "r"} | metadata
    return [
        Recorded(
            partition=0,
            offset=version,
            root=root,
            root_version=version,
            journey=journey,
            journey_version=version,
            event=event,
            occurred_at=NOON + timedelta(days=days),
            recorded_at=NOON + timedelta(days=days),
            metadata=Metadata(actor=CAMILLE, **known),
        )
        for version, (journey, event, days) in enumerate(happenings, 1)
    ]


def project(connection: Writer, events: Sequence[Recorded]) -> None:
    MILESTONES.collect(events, NO_DOSSIERS).write(connection)


def rows(connection: Writer) -> list[tuple[str, int, int, int | None]]:
    """Kind, then in days after the first of March: when it occurred, was recorded, was voided."""
    found = connection.execute(
        "select kind, occurred_on, recorded_at, voided_at from milestone order by root, root_version, kind"
    ).fetchall()
    return [
        (kind, (occurred - MARCH_1).days, (recorded - NOON).days, None if voided is None else (voided - NOON).days)
        for kind, occurred, recorded, voided in found
    ]


def test_every_journey_tells_its_milestones() -> None:
    assert TELLS.keys() == CATALOGUE.keys()
    assert CLOSINGS.keys() == set(ClosingReason)


def test_an_orientation_held_for_moderation_counts_once_released_and_from_the_day_it_was_sent(
    milestones: Writer,
) -> None:
    sent, held = ("orientation-1", cases.sent(), 0), ("orientation-1", HeldForModeration(), 0)
    project(milestones, told(sent, held, ("orientation-1", ReleasedFromModeration(on=date(2026, 3, 8)), 7)))
    assert rows(milestones) == [("oriented", 0, 0, 0), ("oriented", 0, 7, None)]


def test_an_orientation_rejected_by_moderation_never_counts(milestones: Writer) -> None:
    sent, held = ("orientation-1", cases.sent(), 0), ("orientation-1", HeldForModeration(), 0)
    project(milestones, told(sent, held, ("orientation-1", RejectedByModeration(on=date(2026, 3, 8)), 7)))
    assert rows(milestones) == [("oriented", 0, 0, 0)]


def test_the_start_of_a_service_is_corrected_then_cancelled(milestones: Writer) -> None:
    events = told(
        ("orientation-1", StartConfirmed(on=date(2026, 3, 5)), 10),
        ("orientation-1", StartCorrected(on=date(2026, 3, 7)), 11),
        ("orientation-1", StartCancelled(), 12),
    )
    project(milestones, events)
    assert rows(milestones) == [("service_started", 4, 10, 11), ("service_started", 6, 11, 12)]


def test_a_cancelled_hire_is_voided_in_its_own_application_only(milestones: Writer) -> None:
    events = told(
        ("job-application-1", samples.hired(NOON), 0),
        ("job-application-2", samples.hired(NOON + timedelta(days=1)), 1),
        ("job-application-1", HireCancelled(at=NOON + timedelta(days=2)), 2),
    )
    project(milestones, events)
    assert rows(milestones) == [("hire_accepted", 0, 0, 2), ("hire_accepted", 1, 1, None)]


#: Two days of a contract, told on days of their own.
STARTED: Final = ("hiring-1", hiring.Started(at=NOON, on=date(2026, 3, 4)), 3)
LEFT: Final[dict[str, Any]] = {"at": NOON, "reason": EndReason.RESIGNATION, "category": ExitCategory.TRANSITION_JOB}
ENDED: Final = ("hiring-1", hiring.Ended(on=date(2026, 3, 20), **LEFT), 25)


def test_a_contract_counts_on_its_first_and_on_its_last_day(milestones: Writer) -> None:
    declared = ("hiring-1", hirings.DECLARED, 0)
    project(milestones, told(declared, STARTED, ENDED))
    assert rows(milestones) == [("contract_started", 3, 3, None), ("contract_ended", 19, 25, None)]


def test_a_corrected_end_takes_the_place_of_the_first_one(milestones: Writer) -> None:
    corrected = ("hiring-1", hiring.EndCorrected(on=date(2026, 3, 22), **LEFT), 26)
    project(milestones, told(STARTED, ENDED, corrected))
    assert rows(milestones) == [
        ("contract_started", 3, 3, None),
        ("contract_ended", 19, 25, 26),
        ("contract_ended", 21, 26, None),
    ]


@pytest.mark.parametrize(
    "event",
    [hiring.EndRetracted(at=NOON), hiring.Renewed(at=NOON, ends_on=date(2026, 9, 1))],
    ids=["retracted", "renewed"],
)
def test_a_contract_that_goes_on_has_not_ended(milestones: Writer, event: Any) -> None:
    project(milestones, told(STARTED, ENDED, ("hiring-1", event, 26)))
    assert rows(milestones) == [("contract_started", 3, 3, None), ("contract_ended", 19, 25, 26)]


def test_a_hire_that_moved_starts_again_and_one_that_was_cancelled_never_did(milestones: Writer) -> None:
    moved = ("hiring-1", hiring.DatesChanged(at=NOON, starts_on=date(2026, 3, 9), ends_on=None), 5)
    again = ("hiring-1", hiring.Started(at=NOON, on=date(2026, 3, 9)), 8)
    cancelled = ("hiring-1", hiring.Cancelled(at=NOON), 30)
    project(milestones, told(STARTED, moved, again, ENDED, cancelled))
    assert rows(milestones) == [
        ("contract_started", 3, 3, 5),
        ("contract_started", 8, 8, 30),
        ("contract_ended", 19, 25, 30),
    ]


def test_what_is_told_of_passes_and_employee_records_is_nobody_s_milestone(milestones: Writer) -> None:
    silent = [*hirings.recorded(RecordStatus.REJECTED)[3:], hirings.UNDER_PASS, hiring.PassLost(at=NOON)]
    project(milestones, told(*(("hiring-1", event, 1) for event in silent)))
    assert rows(milestones) == []


#: From 4 to 8 May, agreed on on 1 April: 64, 68 and 31 days after the first of March.
AGREED_ON: Final = ("immersion-1", immersions.VALIDATED, 31)


def test_both_days_of_an_immersion_are_told_with_its_validation(milestones: Writer) -> None:
    project(milestones, told(AGREED_ON))
    assert rows(milestones) == [
        ("immersion_agreed", 31, 31, None),
        ("immersion_ended", 68, 31, None),
        ("immersion_started", 64, 31, None),
    ]


def test_a_cancelled_immersion_never_was_agreed_on(milestones: Writer) -> None:
    project(milestones, told(AGREED_ON, ("immersion-1", Cancelled(at=NOON, justification=SEALED), 40)))
    assert {voided for _, _, _, voided in rows(milestones)} == {40}


def test_nobody_who_never_came_has_started_until_that_was_wrong(milestones: Writer) -> None:
    absent = immersions.assessed(attendance=Attendance.DID_NOT_SHOW, at=NOON + timedelta(days=70))
    wrong = AssessmentDeleted(at=NOON, justification=SEALED, starts_on=immersions.STARTS, ends_on=immersions.ENDS)
    project(milestones, told(AGREED_ON, ("immersion-1", absent, 70), ("immersion-1", wrong, 72)))
    assert rows(milestones) == [
        ("immersion_agreed", 31, 31, None),
        ("immersion_ended", 68, 31, 70),
        ("immersion_started", 64, 31, 70),
        ("immersion_assessed", 70, 70, 72),
        ("immersion_ended", 68, 72, None),
        ("immersion_started", 64, 72, None),
    ]


def test_who_left_early_has_ended_on_that_day(milestones: Writer) -> None:
    partial = immersions.assessed(
        attendance=Attendance.PARTIALLY_COMPLETED, ends_on=date(2026, 5, 6), at=NOON + timedelta(days=70)
    )
    project(milestones, told(AGREED_ON, ("immersion-1", partial, 70)))
    assert rows(milestones) == [
        ("immersion_agreed", 31, 31, None),
        ("immersion_ended", 68, 31, 70),
        ("immersion_started", 64, 31, None),
        ("immersion_assessed", 70, 70, None),
        ("immersion_ended", 66, 70, None),
    ]


def test_a_retracted_job_is_the_one_of_that_day(milestones: Writer) -> None:
    events = told(
        ("candidate", EmploymentFound(on=date(2026, 3, 2), kind=EmploymentKind.PERMANENT), 5),
        ("candidate", EmploymentFound(on=date(2026, 3, 4), kind=EmploymentKind.UNKNOWN), 6),
        ("candidate", EmploymentRetracted(on=date(2026, 3, 2)), 7),
    )
    project(milestones, events)
    assert rows(milestones) == [("employment_declared", 1, 5, 7), ("employment_declared", 3, 6, None)]


@pytest.mark.parametrize("reason", sorted(set(ClosingReason) - {ClosingReason.OPPOSITION_TO_PROCESSING}))
@pytest.mark.parametrize(("day", "voided"), [(0, 0), (1, None)])
def test_a_path_taken_up_again_on_another_day_is_another_path(
    milestones: Writer, reason: ClosingReason, day: int, voided: int | None
) -> None:
    reopened = PathReopened(on=MARCH_1 + timedelta(days=day))
    project(milestones, told(("candidate", PathClosed(reason=reason, on=MARCH_1), 0), ("candidate", reopened, day)))
    assert rows(milestones) == [(CLOSINGS[reason].value, 0, 0, voided), ("path_reopened", day, day, None)]


def test_whoever_takes_the_path_up_again_opposes_no_longer(milestones: Writer) -> None:
    opposed = PathClosed(reason=ClosingReason.OPPOSITION_TO_PROCESSING, on=MARCH_1)
    reopened = PathReopened(on=date(2026, 3, 9))
    project(milestones, told(("candidate", opposed, 0), ("candidate", reopened, 8)))
    assert rows(milestones) == [("opposed", 0, 0, 8), ("path_reopened", 8, 8, None)]


def test_a_merge_says_which_dossier_is_kept(milestones: Writer) -> None:
    project(milestones, told(("candidate", MergedInto(target=CandidateId("kept")), 3)))
    assert rows(milestones) == [("merged", 3, 3, None)]
    assert milestones.execute("select into_root from milestone").fetchall() == [("candidate/kept",)]


def test_dimensions_are_those_of_the_day_even_for_what_is_told_late(milestones: Writer) -> None:
    events = told(
        ("candidate", registered(), 0),
        ("candidate", moved("2A"), 10),
        ("candidate", EmploymentFound(on=date(2026, 3, 5), kind=EmploymentKind.UNKNOWN), 20),
        ("candidate", EmploymentFound(on=date(2026, 3, 11), kind=EmploymentKind.UNKNOWN), 20),
        ("candidate", moved(None), 30),
        ("orientation-1", cases.sent(date(2026, 3, 31)), 30),
    )
    project(milestones, events)
    found = milestones.execute("select kind, occurred_on, department, birth_year, title from milestone order by 2")
    assert found.fetchall() == [
        ("registered", MARCH_1, "01", 1990, "madame"),
        ("employment_declared", date(2026, 3, 5), "01", 1990, "madame"),
        ("employment_declared", date(2026, 3, 11), "2A", 1990, "madame"),
        ("oriented", date(2026, 3, 31), "unknown", 1990, "madame"),
    ]


def test_a_corrected_identity_was_always_so_but_rewrites_no_milestone(milestones: Writer) -> None:
    identity: dict[str, Any] = {"first_name": SEALED, "last_name": SEALED, "birth_name": None, "birth_date": None}
    corrected = IdentityCorrected(**identity, birth_year=1989, title=None, household_role=None)
    late = EmploymentFound(on=date(2026, 3, 2), kind=EmploymentKind.UNKNOWN)
    project(milestones, told(("candidate", registered(), 0), ("candidate", corrected, 10), ("candidate", late, 20)))
    found = milestones.execute("select birth_year, title from milestone order by root_version").fetchall()
    assert found == [(1990, "madame"), (1989, "unknown")]


def test_the_organisation_is_the_one_that_acted_as_it_was_then(milestones: Writer) -> None:
    acting = replace(cases.A, kinds=("ml", "cd"), authorised=False)
    project(milestones, told(("candidate", registered(), 0), organisation=acting, origin="import:les-emplois"))
    project(milestones, told(("candidate", registered(), 0), organisation=None, root="candidate/b"))
    found = milestones.execute(
        "select organisation, organisation_kinds, organisation_families, authorised, origin from milestone order by 5"
    )
    assert found.fetchall() == [
        ("unknown", "unknown", "unknown", None, "command"),
        ("a", "cd+ml", "prescriber", False, "import:les-emplois"),
    ]


@pytest.mark.parametrize("seed", range(15))
def test_batches_of_any_size_write_the_same_rows(milestones: Connection[Any], seed: int) -> None:
    draw = Random(seed)
    life = [("candidate", registered()), *random_life(draw), ("candidate", moved("2B")), *cases_of_moderation()]
    events = told(*((journey, event, day) for day, (journey, event) in enumerate(life)))
    with milestones.transaction(force_rollback=True):
        project(milestones, events)
        at_once = everything(milestones)
    while events:
        size = draw.randint(1, 5)
        project(milestones, events[:size])
        events = events[size:]
    assert everything(milestones) == at_once
    assert len(at_once) > 2


def cases_of_moderation() -> list[tuple[str, Any]]:
    story = [cases.sent(), HeldForModeration(), ReleasedFromModeration(on=date(2026, 3, 8))]
    return [("orientation-9", event) for event in [*story, StartConfirmed(on=MARCH_1), StartCorrected(on=MARCH_1)]]


def everything(connection: Writer) -> Sequence[tuple[Any, ...]]:
    return connection.execute("select * from milestone order by root, root_version, kind").fetchall()


def test_a_rebuild_from_the_record_makes_figures(bare_world: World) -> None:
    bare_world.install(MILESTONES)
    for number in range(3):
        root = f"candidate/{number}"
        bare_world.tell(root, "candidate", registered(), at=NOON)
        bare_world.tell(root, "orientation-1", cases.sent(), at=NOON)
    bare_world.tell("candidate/0", "orientation-1", StartConfirmed(on=date(2026, 3, 31)), at=NOON)
    bare_world.runner(MILESTONES).catch_up()
    asked = Knowledge(datetime(2100, 1, 1, tzinfo=UTC))
    with bare_world.reader(MILESTONES) as connection:
        (figure,) = cohort(connection, DEFINITIONS["without-solution-30-days", 1], Months(MARCH_1, MARCH_1), asked)
    assert isinstance(figure.result, Share)
    assert (figure.result.numerator, figure.result.denominator) == (2, 3)
