"""What a diagnosis asks of the others, at the desk (les-emplois §3)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from application.desk import Outcome
from application.permissions.check import NotYourDossier, OnlyTheSystem, OrganisationNotAuthorised
from domain.calendar import paris_time
from domain.candidate.commands import JoinOrganisation
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.codes import Criterion, Stage
from domain.eligibility_check.commands import DiagnoseForGeiq, DiagnoseForIae, RecordHire, ReleaseFromHire, RenewForIae
from domain.eligibility_check.refusals import NotRenewable, Sanctioned
from domain.job_application.commands import Accept, CancelHire
from domain.organisation.commands import SuspendSelfPrescription
from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId
from tests.application.conftest import Scene
from tests.application.town import NOON, STAFF, Town, professional, told
from tests.domain.eligibility_check.samples import NOON as MIDDAY

C = Criterion
CAMILLE, SACHA, ROBIN, LEILA = (professional(name) for name in ("camille", "sacha", "robin", "leila"))
FLE = DiagnoseForGeiq(criteria=(C.FLE,))


def checks(town: Town, root: str) -> dict[str, EligibilityCheck]:
    cases = town.standing(root).cases
    return {name: case for name, case in cases.items() if isinstance(case, EligibilityCheck)}


def geiq(scene: Scene, member: str) -> OrganisationId:
    """A GEIQ that has an application of Nour's."""
    made = scene.town.organisation(Kind.GEIQ, member)
    scene.town.applied(scene.nour, "camille", scene.prescriber, made)
    return made


def test_a_renewed_diagnosis_takes_the_place_of_the_former_one(scene: Scene) -> None:
    town = scene.town
    town.ask(scene.nour, DiagnoseForIae(), CAMILLE, scene.prescriber)
    town.at(NOON + timedelta(days=10))
    renew = RenewForIae(diagnosis="eligibility-check-1", criteria=(C.QPV,))
    outcome = town.ask(scene.nour, renew, CAMILLE, scene.prescriber)
    assert told(outcome.recorded) == [
        ("eligibility-check-2", "Diagnosed"),
        ("eligibility-check-1", "Superseded"),
    ]
    former, new = checks(town, scene.nour).values()
    assert (former.stage, former.superseded_by) == (Stage.SUPERSEDED, "eligibility-check-2")
    assert (former.expires_on, new.expires_on) == (date(2026, 3, 12), date(2026, 9, 12))
    with pytest.raises(NotRenewable):
        town.ask(scene.nour, renew, CAMILLE, scene.prescriber)


def test_e15_a_prescribers_diagnosis_takes_the_place_of_those_of_geiq_that_nobody_was_hired_on(scene: Scene) -> None:
    town = scene.town
    town.at(paris_time(date(2025, 4, 1), MIDDAY))
    first, second = geiq(scene, "sacha"), geiq(scene, "robin")
    town.ask(scene.nour, FLE, SACHA, first)
    town.ask(scene.nour, FLE, ROBIN, second)
    town.at(paris_time(date(2025, 5, 5), MIDDAY))
    outcome = town.ask(scene.nour, DiagnoseForGeiq(), CAMILLE, scene.prescriber)
    assert told(outcome.recorded) == [
        ("eligibility-check-3", "Diagnosed"),
        ("eligibility-check-1", "Superseded"),
        ("eligibility-check-2", "Superseded"),
    ]
    assert [check.expires_on for check in checks(town, scene.nour).values()] == [
        date(2025, 5, 5),
        date(2025, 5, 5),
        date(2025, 11, 5),
    ]


def test_neither_those_of_the_iae_nor_those_that_have_expired_are_touched(scene: Scene) -> None:
    town = scene.town
    town.at(paris_time(date(2025, 4, 1), MIDDAY))
    first, company = geiq(scene, "robin"), scene.company
    town.applied(scene.nour, "camille", scene.prescriber, company)
    town.ask(scene.nour, FLE, ROBIN, first)
    town.ask(scene.nour, DiagnoseForIae(criteria=(C.ASS,)), SACHA, company)
    town.at(paris_time(date(2025, 10, 1), MIDDAY))
    outcome = town.ask(scene.nour, DiagnoseForGeiq(), CAMILLE, scene.prescriber)
    assert told(outcome.recorded) == [("eligibility-check-3", "Diagnosed")]


def test_a_geiqs_own_diagnosis_touches_no_other(scene: Scene) -> None:
    first, second = geiq(scene, "sacha"), geiq(scene, "robin")
    scene.town.ask(scene.nour, FLE, SACHA, first)
    outcome = scene.town.ask(scene.nour, FLE, ROBIN, second)
    assert told(outcome.recorded) == [("eligibility-check-2", "Diagnosed")]


def test_diagnosing_is_no_way_into_a_dossier_and_an_authorised_prescriber_may_join_any(scene: Scene) -> None:
    town = scene.town
    mission = town.organisation(Kind.ML, "leila")
    with pytest.raises(NotYourDossier):
        town.ask(scene.nour, DiagnoseForIae(), LEILA, mission)
    town.ask(scene.nour, JoinOrganisation(organisation=mission), LEILA, mission)
    assert town.ask(scene.nour, DiagnoseForIae(), LEILA, mission).journey == "eligibility-check-1"


def test_a_prescriber_that_is_not_authorised_diagnoses_nobody(scene: Scene) -> None:
    town = scene.town
    orienter = town.organisation(Kind.CCAS, "leila", authorised=False)
    root = town.candidate("leila", orienter)
    with pytest.raises(OrganisationNotAuthorised):
        town.ask(root, DiagnoseForIae(), LEILA, orienter)


def made_by_the_company(scene: Scene, when: datetime | None = None) -> Outcome:
    criteria = DiagnoseForIae(criteria=(C.ASS,))
    return scene.town.ask(scene.nour, criteria, SACHA, scene.company, occurred_at=when)


@pytest.mark.parametrize("when", [None, NOON - timedelta(days=5)])
def test_e11_a_company_that_is_sanctioned_today_does_not_say_that_it_diagnosed_before(
    scene: Scene, when: datetime | None
) -> None:
    town = scene.town
    town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    suspend = SuspendSelfPrescription(from_day=NOON.date(), until_day=NOON.date())
    town.ask(f"organisation/{scene.company}", suspend, STAFF)
    with pytest.raises(Sanctioned):
        made_by_the_company(scene, when)
    town.at(NOON + timedelta(days=1))
    assert made_by_the_company(scene).journey == "eligibility-check-1"


def test_e11_nor_does_one_that_was_sanctioned_then(scene: Scene) -> None:
    town = scene.town
    town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    suspend = SuspendSelfPrescription(from_day=NOON.date() - timedelta(days=5), until_day=NOON.date())
    town.ask(f"organisation/{scene.company}", suspend, STAFF)
    town.at(NOON + timedelta(days=1))
    with pytest.raises(Sanctioned):
        made_by_the_company(scene, NOON)


def test_the_day_of_a_diagnosis_is_that_of_paris(scene: Scene) -> None:
    town = scene.town
    town.at(datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    town.ask(scene.nour, DiagnoseForIae(), CAMILLE, scene.prescriber)
    (check,) = checks(town, scene.nour).values()
    assert (check.made_on, check.expires_on) == (date(2026, 4, 1), date(2026, 10, 1))


def test_parcours_alone_says_who_was_hired_on_it(scene: Scene) -> None:
    town = scene.town
    town.ask(scene.nour, DiagnoseForIae(), CAMILLE, scene.prescriber)
    for command in (
        RecordHire(application="job-application-1", starts_on=NOON.date()),
        ReleaseFromHire(application="job-application-1"),
    ):
        with pytest.raises(OnlyTheSystem):
            town.ask(scene.nour, command, CAMILLE, scene.prescriber, journey="eligibility-check-1")


def hired_by_the_geiq(scene: Scene) -> tuple[OrganisationId, str]:
    """Sacha's GEIQ diagnosed and hired Nour; answers its name and that of the application."""
    company = scene.town.organisation(Kind.GEIQ, "sacha")
    application = scene.town.applied(scene.nour, "camille", scene.prescriber, company)
    scene.town.ask(scene.nour, FLE, SACHA, company)
    hire = Accept(starts_on=NOON.date() + timedelta(days=7), hired_job="job-1")
    scene.town.ask(scene.nour, hire, SACHA, company, journey=application)
    return company, application


def test_e15_the_diagnosis_on_which_somebody_was_hired_stays(scene: Scene) -> None:
    hired_by_the_geiq(scene)
    outcome = scene.town.ask(scene.nour, DiagnoseForGeiq(), CAMILLE, scene.prescriber)
    assert told(outcome.recorded) == [("eligibility-check-2", "Diagnosed")]
    assert checks(scene.town, scene.nour)["eligibility-check-1"].hires.keys() == {"job-application-1"}


def test_e15_unless_the_hire_was_cancelled(scene: Scene) -> None:
    company, application = hired_by_the_geiq(scene)
    scene.town.ask(scene.nour, CancelHire(), SACHA, company, journey=application)
    outcome = scene.town.ask(scene.nour, DiagnoseForGeiq(), CAMILLE, scene.prescriber)
    assert told(outcome.recorded) == [
        ("eligibility-check-2", "Diagnosed"),
        ("eligibility-check-1", "Superseded"),
    ]


def test_a_hire_asks_the_certifying_services_again_and_the_pass_is_known_to_the_diagnosis(scene: Scene) -> None:
    town = scene.town
    root = town.candidate("camille", scene.prescriber, nir="285027800608490")
    application = town.applied(root, "camille", scene.prescriber, scene.company)
    town.ask(root, DiagnoseForIae(criteria=(C.RSA,)), SACHA, scene.company)
    hire = Accept(starts_on=NOON.date() + timedelta(days=7))
    outcome = town.ask(root, hire, SACHA, scene.company, journey=application)
    asked = [name for journey, name in told(outcome.recorded) if journey == "eligibility-check-1"]
    assert sorted(asked) == ["CertificationRequested", "HireRecorded", "PassRecorded"]
    (check,) = checks(town, root).values()
    assert (check.hires, check.pass_iae) == ({application: hire.starts_on}, "pass-iae-1")
