"""What everybody is told along a whole life, through the real desk, deadlines and post (les-emplois §4.7, §5.5)."""

from datetime import date, timedelta
from typing import Final

import pytest

from api.jobs import pass_due
from application.notifications.notice import State
from domain.eligibility_check.commands import DiagnoseForIae
from domain.job_application.commands import Accept
from domain.organisation.commands import AddMember
from domain.pass_iae.codes import ProlongationReason
from domain.pass_iae.commands import GrantProlongation, RequestProlongation
from domain.vocabulary import Subject
from tests.application.notifications.office import AWA, Street
from tests.application.town import NOON, STAFF, professional

CAMILLE, SACHA = professional("camille"), professional("sacha")
PASS: Final = "pass-iae-1"


def test_somebody_is_hired_and_everybody_is_told_once(scene: Street) -> None:
    office, town = scene.office, scene.office.town
    awa = town.candidate("camille", scene.prescriber, email="awa@example.org", france_travail_id="1234567A")
    town.ask(awa, DiagnoseForIae(), CAMILLE, scene.prescriber)
    application = town.applied(awa, "camille", scene.prescriber, scene.company)
    office.forget()
    town.ask(awa, Accept(starts_on=date(2026, 3, 2)), SACHA, scene.company, journey=application)
    office.deliver()
    assert office.pigeon.carried() == [
        ("awa@example.org", "job-application-accepted-for-candidate"),
        ("camille@work.example", "job-application-accepted-for-proxy"),
        ("sacha@work.example", "pass-accepted"),
    ]


def test_somebody_nobody_can_identify_is_hired_and_staff_is_told(scene: Street) -> None:
    office, town = scene.office, scene.office.town
    town.ask(scene.awa, DiagnoseForIae(), CAMILLE, scene.prescriber)
    application = scene.apply()
    office.forget()
    town.ask(scene.awa, Accept(starts_on=date(2026, 3, 2)), SACHA, scene.company, journey=application)
    office.deliver()
    assert office.pigeon.carried() == [
        (AWA, "job-application-accepted-for-candidate"),
        ("camille@work.example", "job-application-accepted-for-proxy"),
        ("support@parcours.example", "manual-pass-requested"),
    ]


@pytest.fixture
def asked(scene: Street) -> tuple[Street, str]:
    """A company asks Camille to prolong a PASS; what was told until then has been forgotten."""
    office, town = scene.office, scene.office.town
    awa = town.candidate("camille", scene.prescriber, email="awa@example.org", france_travail_id="1234567A")
    town.ask(awa, DiagnoseForIae(), CAMILLE, scene.prescriber)
    application = town.applied(awa, "camille", scene.prescriber, scene.company)
    town.ask(awa, Accept(starts_on=date(2026, 3, 2)), SACHA, scene.company, journey=application)
    town.at(NOON + timedelta(days=500))
    for colleague in ("ben", "zoe"):
        town.ask(f"organisation/{scene.prescriber}", AddMember(subject=Subject(colleague)), STAFF)
        office.book.known[colleague] = f"{colleague}@work.example"
    office.tell()
    pass_due(office.core)
    office.forget()
    request = RequestProlongation(
        reason=ProlongationReason.RQTH,
        ends_on=date(2028, 12, 1),
        organisation=scene.prescriber,
        prescriber=CAMILLE.subject,
    )
    town.ask(awa, request, SACHA, scene.company, journey=PASS)
    return scene, awa


def test_a_prescriber_is_asked_and_reminded_with_colleagues_after_ten_twenty_and_thirty_days(
    asked: tuple[Street, str],
) -> None:
    office = asked[0].office
    assert office.deliver() == {State.SENT: 1}
    assert office.pigeon.carried() == [("camille@work.example", "prolongation-request-created")]
    reminded = []
    for day in range(1, 41):
        office.clock.at = NOON + timedelta(days=500 + day)
        office.tell()
        pass_due(office.core)
        office.pigeon.taken.clear()
        if office.deliver():
            reminded.append(day)
            assert office.pigeon.carried() == [
                ("ben@work.example", "prolongation-request-reminder"),
                ("camille@work.example", "prolongation-request-reminder"),
                ("zoe@work.example", "prolongation-request-reminder"),
            ]
    assert reminded == [10, 20, 30]


def test_what_the_prescriber_says_is_told_to_whoever_asked_and_to_the_person(asked: tuple[Street, str]) -> None:
    scene, awa = asked
    scene.office.deliver()
    scene.office.pigeon.taken.clear()
    scene.office.town.ask(awa, GrantProlongation(number=1), CAMILLE, scene.prescriber, journey=PASS)
    scene.office.deliver()
    assert scene.office.pigeon.carried() == [
        ("awa@example.org", "prolongation-request-granted-for-candidate"),
        ("sacha@work.example", "prolongation-request-granted-for-employer"),
    ]
