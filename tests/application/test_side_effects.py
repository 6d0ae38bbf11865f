"""What one action changes in other journeys: les-emplois, appendix A, row by row, before the real desk."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from application.ports import Recorded
from domain.candidate.commands import SetIdentifiers
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import DiagnoseForGeiq, DiagnoseForIae
from domain.hiring import Hiring
from domain.hiring.codes import RecordStatus, Stage, UpdateStatus
from domain.hiring.commands import (
    CompleteEmployeeRecord,
    CreateEmployeeRecord,
    ProcessEmployeeRecord,
    SendEmployeeRecord,
)
from domain.iae.right import SuspensionReason
from domain.job_application import JobApplication
from domain.job_application import codes as application
from domain.job_application.commands import Accept, CancelHire, ChangeHiringDates, RefuseDelivery, Transfer
from domain.job_application.refusals import DeliveryAlreadyRefused, DiagnosisNeeded, EmployeeRecordExchanged
from domain.organisation.kinds import Kind
from domain.pass_iae import PassIae
from domain.pass_iae.codes import ProlongationReason
from domain.pass_iae.commands import Cancel, DeliverByHand, Prolong, Suspend, Terminate
from domain.vocabulary import OrganisationId
from tests.application.conftest import Scene
from tests.application.town import NOON, STAFF, professional, told

CAMILLE, SACHA, ROBIN = professional("camille"), professional("sacha"), professional("robin")
TODAY = NOON.date()
NEXT_WEEK, IN_TWO_WEEKS, IN_A_MONTH = (TODAY + timedelta(days=days) for days in (7, 14, 30))
SIRET = "13000548100010"


@pytest.fixture
def eligible(scene: Scene) -> Scene:
    """Nour is known to the State, and Camille has found that she qualifies for the IAE."""
    scene.town.ask(scene.nour, SetIdentifiers(france_travail_id="1234567A"), CAMILLE, scene.prescriber)
    scene.town.diagnosed(scene.nour, "camille", scene.prescriber)
    return scene


def applied(scene: Scene, company: OrganisationId) -> str:
    return scene.town.applied(scene.nour, "camille", scene.prescriber, company)


def hired(scene: Scene, starts_on: date = NEXT_WEEK) -> Sequence[Recorded]:
    """By Sacha's ACI."""
    application = applied(scene, scene.company)
    return scene.town.ask(scene.nour, Accept(starts_on=starts_on), SACHA, scene.company, journey=application).recorded


def hired_again(scene: Scene, starts_on: date) -> Sequence[Recorded]:
    """By Robin's EI."""
    name = applied(scene, scene.other_company)
    return scene.town.ask(scene.nour, Accept(starts_on=starts_on), ROBIN, scene.other_company, journey=name).recorded


def at(scene: Scene, day: date) -> None:
    scene.town.at(datetime(day.year, day.month, day.day, 11, tzinfo=UTC))


def application_of(scene: Scene, name: str = "job-application-1") -> JobApplication:
    return scene.town.standing(scene.nour).dossier().of(JobApplication)[name]


def hire_of(scene: Scene, name: str = "hiring-1") -> Hiring:
    return scene.town.standing(scene.nour).dossier().of(Hiring)[name]


def pass_of(scene: Scene) -> PassIae:
    return scene.town.standing(scene.nour).dossier().of(PassIae)["pass-iae-1"]


def days(scene: Scene) -> tuple[date, date]:
    return pass_of(scene).starts_on, pass_of(scene).ends_on


def declared_to_asp(scene: Scene, *, sent: bool = True) -> None:
    """The ACI declares its hire; the file goes to the ASP, which takes it in."""
    town, journey = scene.town, "hiring-1"
    for command in (CreateEmployeeRecord(siret=SIRET), CompleteEmployeeRecord()):
        town.ask(scene.nour, command, SACHA, scene.company, journey=journey)
    if sent:
        for exchanged in (
            SendEmployeeRecord(file="RIAE_FS_20260302110000.json", line=1),
            ProcessEmployeeRecord(code="0000"),
        ):
            town.ask(scene.nour, exchanged, STAFF, journey=journey)


def update_of(scene: Scene) -> UpdateStatus | None:
    record = hire_of(scene).record
    assert record is not None
    return record.update


# --- accept (SIAE) -----------------------------------------------------------


def test_accept_by_a_siae_creates_the_pass_and_tells_everybody_concerned(eligible: Scene) -> None:
    other = applied(eligible, eligible.other_company)
    name = applied(eligible, eligible.company)
    accepted = eligible.town.ask(eligible.nour, Accept(starts_on=NEXT_WEEK), SACHA, eligible.company, journey=name)
    assert told(accepted.recorded) == [
        (name, "Accepted"),
        ("hiring-1", "Declared"),
        ("pass-iae-1", "Issued"),
        ("eligibility-check-1", "HireRecorded"),
        (other, "RenderedObsolete"),
        (name, "PassRecorded"),
        ("hiring-1", "PassRecorded"),
        ("eligibility-check-1", "PassRecorded"),
    ]


def test_accept_by_a_siae_links_diagnosis_pass_and_mode(eligible: Scene) -> None:
    hired(eligible)
    case, hire, right = application_of(eligible), hire_of(eligible), pass_of(eligible)
    assert (case.diagnosis, case.pass_iae, case.delivery) == (
        "eligibility-check-1",
        "pass-iae-1",
        application.Delivery.AUTOMATIC,
    )
    assert (hire.application, hire.company, hire.diagnosis, hire.pass_iae, hire.agreed_at) == (
        "job-application-1",
        eligible.company,
        "eligibility-check-1",
        "pass-iae-1",
        NOON,
    )
    assert (right.starts_on, right.ends_on) == (NEXT_WEEK, NEXT_WEEK + timedelta(days=729))
    assert (right.issued_for, right.diagnosis, right.sender_kinds) == (
        "job-application-1",
        "eligibility-check-1",
        ("ml",),
    )
    assert (right.company, right.company_kinds, right.sender_kind) == (eligible.company, ("aci",), "prescriber")


def test_accept_by_a_siae_schedules_the_certification_of_the_criteria(scene: Scene) -> None:
    town = scene.town
    town.ask(scene.nour, SetIdentifiers(france_travail_id="1234567A"), CAMILLE, scene.prescriber)
    town.ask(scene.nour, DiagnoseForIae(criteria=(Criterion.RSA,)), CAMILLE, scene.prescriber)
    assert ("eligibility-check-1", "CertificationRequested") in told(hired(scene))


def test_accept_by_a_siae_makes_the_employee_record_creatable(eligible: Scene) -> None:
    hired(eligible)
    declared_to_asp(eligible, sent=False)
    record = hire_of(eligible).record
    assert record is not None
    assert (record.status, record.siret) == (RecordStatus.READY, SIRET)


def test_accept_under_a_valid_pass_uses_it_again_and_pulls_its_start(eligible: Scene) -> None:
    """A10, both ways: an earlier hire pulls the PASS, a later one leaves it."""
    hired(eligible, IN_TWO_WEEKS)
    assert told(hired_again(eligible, NEXT_WEEK)) == [
        ("job-application-2", "Accepted"),
        ("hiring-2", "Declared"),
        ("hiring-2", "PassRecorded"),
        ("pass-iae-1", "HireServed"),
        ("pass-iae-1", "StartMoved"),
        ("eligibility-check-1", "HireRecorded"),
        ("hiring-1", "PassFollowed"),
        ("hiring-2", "PassFollowed"),
    ]
    assert days(eligible) == (NEXT_WEEK, NEXT_WEEK + timedelta(days=729))


def test_accept_under_a_valid_pass_leaves_it_where_the_hire_is_later(eligible: Scene) -> None:
    hired(eligible, NEXT_WEEK)
    hired_again(eligible, IN_TWO_WEEKS)
    assert days(eligible) == (NEXT_WEEK, NEXT_WEEK + timedelta(days=729))
    assert application_of(eligible, "job-application-2").pass_iae == "pass-iae-1"


@pytest.mark.parametrize(("start", "left"), [(0, 0), (1, 1)])
def test_accept_cuts_or_deletes_a_suspension(eligible: Scene, start: int, left: int) -> None:
    hired(eligible, TODAY)
    ends_on = days(eligible)[1]
    at(eligible, NEXT_WEEK)
    pause = Suspend(reason=SuspensionReason.CONTRACT_BROKEN, starts_on=NEXT_WEEK, ends_on=IN_A_MONTH)
    eligible.town.ask(eligible.nour, pause, SACHA, eligible.company, journey="pass-iae-1")
    assert days(eligible)[1] > ends_on
    hired_again(eligible, NEXT_WEEK + timedelta(days=start))
    suspensions = pass_of(eligible).suspensions
    assert [each.ends_on for each in suspensions] == [NEXT_WEEK] * left
    assert hire_of(eligible).pass_ends_on == hire_of(eligible, "hiring-2").pass_ends_on == days(eligible)[1]


def test_accept_without_a_diagnosis_records_nothing(scene: Scene) -> None:
    scene.town.ask(scene.nour, SetIdentifiers(france_travail_id="1234567A"), CAMILLE, scene.prescriber)
    name = applied(scene, scene.company)
    before = scene.town.told(scene.nour)
    with pytest.raises(DiagnosisNeeded):
        scene.town.ask(scene.nour, Accept(starts_on=TODAY), SACHA, scene.company, journey=name)
    assert scene.town.told(scene.nour) == before


# --- accept (GEIQ / OPCS) ----------------------------------------------------


def test_accept_by_a_geiq_links_its_diagnosis_and_creates_no_pass(eligible: Scene) -> None:
    town = eligible.town
    geiq = town.organisation(Kind.GEIQ, "alix")
    other, name = applied(eligible, eligible.company), applied(eligible, geiq)
    town.ask(eligible.nour, DiagnoseForGeiq(criteria=(Criterion.RSA,)), professional("alix"), geiq)
    accept = Accept(starts_on=TODAY, hired_job="job-1")
    recorded = town.ask(eligible.nour, accept, professional("alix"), geiq, journey=name).recorded
    assert [line for line in told(recorded) if line[1] != "CertificationRequested"] == [
        (name, "Accepted"),
        ("hiring-1", "Declared"),
        ("hiring-1", "Started"),
        ("eligibility-check-2", "HireRecorded"),
        (other, "RenderedObsolete"),
    ]
    assert (application_of(eligible, name).diagnosis, application_of(eligible, name).delivery) == (
        "eligibility-check-2",
        None,
    )


def test_accept_by_an_opcs_creates_no_pass(eligible: Scene) -> None:
    town = eligible.town
    opcs = town.organisation(Kind.OPCS, "alix")
    other, name = applied(eligible, eligible.company), applied(eligible, opcs)
    recorded = town.ask(eligible.nour, Accept(starts_on=NEXT_WEEK), professional("alix"), opcs, journey=name).recorded
    assert told(recorded) == [(name, "Accepted"), ("hiring-1", "Declared"), (other, "RenderedObsolete")]


# --- accept without identifiers ----------------------------------------------


def by_hand(scene: Scene, journey: str = "job-application-1") -> DeliverByHand:
    return DeliverByHand(
        application=journey,
        starts_on=NEXT_WEEK,
        diagnosis="eligibility-check-1",
        company=scene.company,
        company_kinds=("aci",),
        sender_kind="prescriber",
        sender_kinds=("ml",),
    )


def test_a4_accept_without_identifiers_leaves_the_pass_to_staff(scene: Scene) -> None:
    town = scene.town
    town.diagnosed(scene.nour, "camille", scene.prescriber)
    assert told(hired(scene)) == [
        ("job-application-1", "Accepted"),
        ("hiring-1", "Declared"),
        ("eligibility-check-1", "HireRecorded"),
    ]
    assert application_of(scene).delivery is application.Delivery.MANUAL
    delivered = town.ask(scene.nour, by_hand(scene), STAFF).recorded
    assert told(delivered) == [
        ("pass-iae-1", "Issued"),
        ("job-application-1", "PassRecorded"),
        ("hiring-1", "PassRecorded"),
        ("eligibility-check-1", "PassRecorded"),
    ]
    assert (application_of(scene).pass_iae, application_of(scene).delivery) == (
        "pass-iae-1",
        application.Delivery.MANUAL,
    )
    assert hire_of(scene).pass_ends_on == days(scene)[1]


def test_what_staff_refused_to_deliver_is_not_delivered(scene: Scene) -> None:
    town = scene.town
    town.diagnosed(scene.nour, "camille", scene.prescriber)
    hired(scene)
    refused = town.ask(scene.nour, RefuseDelivery(), STAFF, journey="job-application-1")
    assert told(refused.recorded) == [("job-application-1", "DeliveryRefused")]
    with pytest.raises(DeliveryAlreadyRefused):
        town.ask(scene.nour, by_hand(scene), STAFF)
    assert "pass-iae-1" not in town.standing(scene.nour).cases


# --- cancel ------------------------------------------------------------------


def cancelled(scene: Scene, journey: str = "job-application-1") -> Sequence[Recorded]:
    return scene.town.ask(scene.nour, CancelHire(), SACHA, scene.company, journey=journey).recorded


def test_cancel_of_the_only_hire_cancels_the_pass_and_keeps_the_diagnosis(eligible: Scene) -> None:
    hired(eligible)
    declared_to_asp(eligible, sent=False)
    assert told(cancelled(eligible)) == [
        ("job-application-1", "HireCancelled"),
        ("eligibility-check-1", "HireReleased"),
        ("hiring-1", "Cancelled"),
        ("hiring-1", "EmployeeRecordDeleted"),
        ("pass-iae-1", "Cancelled"),
    ]
    case = application_of(eligible)
    assert (case.stage, case.diagnosis, case.pass_iae, case.delivery) == (
        application.Stage.CANCELLED,
        None,
        None,
        None,
    )
    assert case.hire is not None
    assert (pass_of(eligible).cancelled, hire_of(eligible).record) == (True, None)
    checks = eligible.town.standing(eligible.nour).dossier().of(EligibilityCheck)
    assert [check.hires for check in checks.values()] == [{}]


def test_a14_cancel_of_one_of_two_hires_keeps_the_pass_and_unlinks_it(eligible: Scene) -> None:
    hired(eligible)
    hired_again(eligible, IN_TWO_WEEKS)
    assert told(cancelled(eligible)) == [
        ("job-application-1", "HireCancelled"),
        ("eligibility-check-1", "HireReleased"),
        ("hiring-1", "Cancelled"),
    ]
    assert not pass_of(eligible).cancelled
    assert application_of(eligible).pass_iae is None
    assert application_of(eligible, "job-application-2").pass_iae == "pass-iae-1"
    last = eligible.town.ask(
        eligible.nour, CancelHire(), ROBIN, eligible.other_company, journey="job-application-2"
    ).recorded
    assert ("pass-iae-1", "Cancelled") in told(last)


def test_cancel_leaves_other_applications_obsolete(eligible: Scene) -> None:
    other = applied(eligible, eligible.other_company)
    name = applied(eligible, eligible.company)
    eligible.town.ask(eligible.nour, Accept(starts_on=NEXT_WEEK), SACHA, eligible.company, journey=name)
    cancelled(eligible, name)
    assert application_of(eligible, other).stage is application.Stage.OBSOLETE


def test_cancel_of_a_hire_that_the_asp_knows_is_refused(eligible: Scene) -> None:
    hired(eligible)
    declared_to_asp(eligible)
    before = eligible.town.told(eligible.nour)
    with pytest.raises(EmployeeRecordExchanged):
        cancelled(eligible)
    assert eligible.town.told(eligible.nour) == before


def test_after_a_cancelled_hire_another_one_gets_another_pass(eligible: Scene) -> None:
    hired(eligible)
    cancelled(eligible)
    assert ("pass-iae-2", "Issued") in told(hired_again(eligible, NEXT_WEEK))
    rights = eligible.town.standing(eligible.nour).dossier().of(PassIae)
    assert len({right.number for right in rights.values()}) == 2


# --- transfer ----------------------------------------------------------------


def test_transfer_clears_the_links_of_a_cancelled_hire(eligible: Scene) -> None:
    town = eligible.town
    hired(eligible)
    cancelled(eligible)
    both = town.organisation(Kind.EI, "sacha")
    town.ask(eligible.nour, Transfer(to=both), SACHA, eligible.company, journey="job-application-1")
    case = application_of(eligible)
    assert (case.stage, case.company, case.diagnosis, case.pass_iae, case.hire) == (
        application.Stage.NEW,
        both,
        None,
        None,
        None,
    )
    again = town.ask(eligible.nour, Accept(starts_on=NEXT_WEEK), SACHA, both, journey="job-application-1").recorded
    assert told(again)[:3] == [("job-application-1", "Accepted"), ("hiring-2", "Declared"), ("pass-iae-2", "Issued")]


# --- edit dates --------------------------------------------------------------


def moved(scene: Scene, start: date) -> Sequence[Recorded]:
    return scene.town.ask(
        scene.nour, ChangeHiringDates(starts_on=start), SACHA, scene.company, journey="job-application-1"
    ).recorded


def test_a28_edit_dates_moves_the_pass_that_has_not_started(eligible: Scene) -> None:
    hired(eligible, NEXT_WEEK)
    assert told(moved(eligible, IN_TWO_WEEKS)) == [
        ("job-application-1", "HiringDatesChanged"),
        ("hiring-1", "DatesChanged"),
        ("eligibility-check-1", "HireRecorded"),
        ("pass-iae-1", "StartMoved"),
        ("hiring-1", "PassFollowed"),
    ]
    assert days(eligible) == (IN_TWO_WEEKS, IN_TWO_WEEKS + timedelta(days=729))
    assert hire_of(eligible).starts_on == IN_TWO_WEEKS


def test_edit_dates_tells_the_asp_where_the_pass_moved(eligible: Scene) -> None:
    hired(eligible, NEXT_WEEK)
    declared_to_asp(eligible)
    assert ("hiring-1", "UpdateNotificationOpened") in told(moved(eligible, IN_TWO_WEEKS))
    assert update_of(eligible) is UpdateStatus.NEW
    assert ("hiring-1", "UpdateNotificationOpened") not in told(moved(eligible, IN_A_MONTH))


def test_edit_dates_does_not_move_the_pass_later_than_another_hire_starts(eligible: Scene) -> None:
    """Quirk 20, mended."""
    hired(eligible, NEXT_WEEK)
    hired_again(eligible, IN_TWO_WEEKS)
    moved(eligible, IN_A_MONTH)
    assert days(eligible)[0] == IN_TWO_WEEKS
    moved(eligible, NEXT_WEEK)
    assert days(eligible)[0] == NEXT_WEEK


def test_edit_dates_leaves_a_pass_that_has_started(eligible: Scene) -> None:
    hired_again(eligible, TODAY)
    name = applied(eligible, eligible.company)
    eligible.town.ask(eligible.nour, Accept(starts_on=NEXT_WEEK), SACHA, eligible.company, journey=name)
    before = days(eligible)
    recorded = eligible.town.ask(
        eligible.nour, ChangeHiringDates(starts_on=IN_TWO_WEEKS), SACHA, eligible.company, journey=name
    ).recorded
    assert told(recorded) == [
        (name, "HiringDatesChanged"),
        ("hiring-2", "DatesChanged"),
        ("eligibility-check-1", "HireRecorded"),
    ]
    assert days(eligible) == before


# --- suspend, prolong, any other date ----------------------------------------


def test_suspend_tells_the_asp_that_the_end_of_the_pass_moved(eligible: Scene) -> None:
    hired(eligible, TODAY)
    declared_to_asp(eligible)
    pause = Suspend(reason=SuspensionReason.CONTRACT_BROKEN, starts_on=TODAY, ends_on=IN_A_MONTH)
    recorded = eligible.town.ask(eligible.nour, pause, SACHA, eligible.company, journey="pass-iae-1").recorded
    assert told(recorded)[1:] == [("hiring-1", "PassFollowed"), ("hiring-1", "UpdateNotificationOpened")]
    assert hire_of(eligible).pass_ends_on == days(eligible)[1]


def test_prolong_tells_the_asp_that_the_end_of_the_pass_moved(eligible: Scene) -> None:
    hired(eligible, TODAY)
    declared_to_asp(eligible)
    at(eligible, days(eligible)[1])
    longer = Prolong(reason=ProlongationReason.COMPLETE_TRAINING, ends_on=days(eligible)[1] + timedelta(days=30))
    recorded = eligible.town.ask(eligible.nour, longer, SACHA, eligible.company, journey="pass-iae-1").recorded
    assert told(recorded)[1:] == [("hiring-1", "PassFollowed"), ("hiring-1", "UpdateNotificationOpened")]


def test_a_pass_date_change_opens_one_notification_per_record_that_the_asp_may_know(eligible: Scene) -> None:
    hired(eligible, TODAY)
    declared_to_asp(eligible)
    hired_again(eligible, TODAY)
    at(eligible, NEXT_WEEK)
    ended = eligible.town.ask(eligible.nour, Terminate(), STAFF, journey="pass-iae-1").recorded
    assert told(ended) == [
        ("pass-iae-1", "Terminated"),
        ("hiring-1", "PassFollowed"),
        ("hiring-1", "UpdateNotificationOpened"),
        ("hiring-2", "PassFollowed"),
    ]


def test_p8_a_pass_that_staff_withdraws_is_unlinked_from_hires_that_stay(eligible: Scene) -> None:
    hired(eligible, NEXT_WEEK)
    declared_to_asp(eligible, sent=False)
    withdrawn = eligible.town.ask(eligible.nour, Cancel(), STAFF, journey="pass-iae-1").recorded
    assert told(withdrawn) == [
        ("pass-iae-1", "Cancelled"),
        ("job-application-1", "PassLost"),
        ("hiring-1", "PassLost"),
        ("hiring-1", "EmployeeRecordDeleted"),
    ]
    assert (application_of(eligible).stage, hire_of(eligible).stage) == (application.Stage.ACCEPTED, Stage.DECLARED)
