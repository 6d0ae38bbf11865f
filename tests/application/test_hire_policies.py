"""Where nothing follows: a hire, a diagnosis or a PASS IAE that is not there is asked for nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

from application import hires
from application.consequence import Consequence
from domain.eligibility_check import commands as diagnosis
from domain.hiring import Hiring
from domain.hiring import commands as hiring
from domain.hiring.events import Cancelled, DatesChanged
from domain.iae.right import Right
from domain.job_application import JobApplication
from domain.job_application import commands as application
from domain.job_application.codes import Delivery, Stage
from domain.job_application.events import Accepted, HireCancelled, HiringDatesChanged
from domain.journey import Dossier
from domain.pass_iae import commands as pass_iae
from domain.pass_iae.codes import Origin
from domain.pass_iae.events import Cancelled as PassCancelled
from domain.pass_iae.events import Issued
from domain.vocabulary import OrganisationId

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
START, LATER = date(2026, 3, 9), date(2026, 3, 16)
ACI = OrganisationId("aci")
ACCEPTED = Accepted(at=NOW, starts_on=START)
CASE = JobApplication(stage=Stage.ACCEPTED, company=ACI, company_kinds=("aci",))
HIRE = Hiring(application="job-application-1", company=ACI, company_kinds=("aci",), starts_on=START)
MOVED = HiringDatesChanged(at=NOW, starts_on=LATER, ends_on=None)
RIGHT = Right(starts_on=START, ends_on=date(2028, 3, 7))


def dossier(case: JobApplication = CASE, **cases: object) -> Dossier:
    named = {name.replace("_", "-"): each for name, each in cases.items()}
    return Dossier({"job-application-1": case, **named})


def test_a_hire_without_a_company_is_neither_declared_nor_given_a_pass() -> None:
    nobody = dossier(replace(CASE, company=None))
    automatic = replace(ACCEPTED, delivery=Delivery.AUTOMATIC)
    assert list(hires.a_hire_is_declared("job-application-1", ACCEPTED, nobody)) == []
    assert list(hires.the_hire_gets_its_pass("job-application-1", automatic, nobody)) == []


def test_only_an_automatic_delivery_issues_a_pass() -> None:
    for delivery in (None, Delivery.MANUAL):
        event = replace(ACCEPTED, delivery=delivery)
        assert list(hires.the_hire_gets_its_pass("job-application-1", event, dossier())) == []
    automatic = replace(ACCEPTED, delivery=Delivery.AUTOMATIC)
    (asked,) = hires.the_hire_gets_its_pass("job-application-1", automatic, dossier())
    assert (asked.journey, type(asked.command)) == ("pass-iae", pass_iae.Issue)


def test_without_a_diagnosis_nothing_is_certified_or_released() -> None:
    assert list(hires.the_diagnosis_knows_the_hire("job-application-1", ACCEPTED, dossier())) == []
    assert list(hires.the_diagnosis_follows_the_hire("job-application-1", MOVED, dossier())) == []
    for known in (dossier(), dossier(hiring_1=HIRE)):
        assert list(hires.the_diagnosis_is_released("job-application-1", HireCancelled(at=NOW), known)) == []


def test_without_a_hire_nothing_moves_and_nothing_is_cancelled() -> None:
    former = dossier(hiring_1=replace(HIRE, cancelled=True))
    for known in (dossier(), former):
        assert list(hires.the_hire_moves("job-application-1", MOVED, known)) == []
        assert list(hires.the_hire_is_cancelled("job-application-1", HireCancelled(at=NOW), known)) == []
    assert list(hires.the_hire_moves("job-application-1", MOVED, dossier(hiring_1=HIRE))) == [
        Consequence(journey="hiring-1", command=hiring.ChangeDates(starts_on=LATER, ends_on=None))
    ]


def test_a_hire_without_a_pass_moves_and_cancels_none() -> None:
    known = dossier(hiring_1=HIRE)
    changed = DatesChanged(at=NOW, starts_on=LATER, ends_on=None)
    assert list(hires.the_pass_moves_with_its_first_hire("hiring-1", changed, known)) == []
    assert list(hires.the_pass_goes_with_its_only_hire("hiring-1", Cancelled(at=NOW), known)) == []


def test_a_pass_moves_to_the_first_of_the_hires_that_stand_under_it() -> None:
    under = replace(HIRE, pass_iae="pass-iae-1")
    known = dossier(
        hiring_1=replace(under, starts_on=date(2026, 4, 1)),
        hiring_2=replace(under, starts_on=LATER),
        hiring_3=replace(under, starts_on=START, cancelled=True),
    )
    changed = DatesChanged(at=NOW, starts_on=date(2026, 4, 1), ends_on=None)
    assert list(hires.the_pass_moves_with_its_first_hire("hiring-1", changed, known)) == [
        Consequence(journey="pass-iae-1", command=pass_iae.MoveStart(starts_on=LATER))
    ]


ISSUED = Issued(number="999990000001", starts_on=START, ends_on=RIGHT.ends_on, origin=Origin.PE_APPROVAL)


def test_a_pass_that_was_issued_elsewhere_is_told_to_whom_it_names_and_to_nobody_else() -> None:
    known = dossier(hiring_1=HIRE, pass_iae_1=RIGHT)
    assert list(hires.the_hire_stands_under_its_pass("pass-iae-1", ISSUED, known)) == []
    unknown = replace(ISSUED, application="job-application-7")
    assert list(hires.the_hire_stands_under_its_pass("pass-iae-1", unknown, known)) == []
    named = replace(ISSUED, application="job-application-1", diagnosis="eligibility-check-1")
    assert list(hires.the_hire_stands_under_its_pass("pass-iae-1", named, known)) == [
        Consequence(journey="job-application-1", command=application.RecordPass(pass_iae="pass-iae-1")),
        Consequence(journey="hiring-1", command=hiring.RecordPass(pass_iae="pass-iae-1")),
        Consequence(journey="eligibility-check-1", command=diagnosis.RecordPass(pass_iae="pass-iae-1")),
    ]


def test_hires_under_another_pass_neither_follow_nor_lose_this_one() -> None:
    other = replace(HIRE, pass_iae="pass-iae-2", pass_starts_on=LATER, pass_ends_on=LATER)
    known = dossier(replace(CASE, pass_iae="pass-iae-2"), hiring_1=other, pass_iae_1=RIGHT)
    assert list(hires.hires_follow_their_pass("pass-iae-1", ISSUED, known)) == []
    assert list(hires.hires_lose_their_pass("pass-iae-1", PassCancelled(), known)) == []


def test_a_hire_that_knows_the_days_of_its_pass_is_told_nothing() -> None:
    informed = replace(HIRE, pass_iae="pass-iae-1", pass_starts_on=RIGHT.starts_on, pass_ends_on=RIGHT.ends_on)
    late = replace(informed, pass_ends_on=LATER)
    known = dossier(hiring_1=informed, hiring_2=late, pass_iae_1=RIGHT)
    assert list(hires.hires_follow_their_pass("pass-iae-1", ISSUED, known)) == [
        Consequence(journey="hiring-2", command=hiring.FollowPass())
    ]
