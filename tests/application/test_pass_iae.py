"""A PASS IAE at the desk: who was asked to prolong it, and what time asks of it (les-emplois §5.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from application.deadlines import Due, pass_deadlines
from application.errands import Came
from application.permissions.check import NotYourDossier, OrganisationNotAuthorised
from domain.eligibility_check.commands import DiagnoseForIae
from domain.job_application.commands import Accept
from domain.organisation.commands import GrantAuthorisation, WithdrawalReason, WithdrawAuthorisation
from domain.organisation.kinds import Kind
from domain.pass_iae import PassIae, pass_iae_journey
from domain.pass_iae.codes import ProlongationReason, RequestStage
from domain.pass_iae.commands import GrantProlongation, RequestProlongation
from domain.pass_iae.events import PrescriberReminded
from domain.pass_iae.refusals import AlreadyAnswered, PrescriberNotThere
from domain.vocabulary import OrganisationId
from tests.application.conftest import Scene
from tests.application.town import STAFF, professional

CAMILLE, SACHA, LEILA, ALIX = (professional(name) for name in ("camille", "sacha", "leila", "alix"))
HIRED = date(2026, 3, 2)
ENDS = date(2028, 2, 29)
ASKED = date(2027, 6, 1)
PASS = "pass-iae-1"


@dataclass(frozen=True)
class Asked:
    """Nour was hired; a year later the company asks leila's mission locale, where alix works too, for a year more."""

    scene: Scene
    mission: OrganisationId

    @property
    def case(self) -> PassIae:
        state = self.scene.town.standing(self.scene.nour).cases[PASS]
        assert isinstance(state, PassIae)
        return state

    def reminders(self) -> Sequence[datetime]:
        """When the prescriber was reminded."""
        history = self.scene.town.journal.load(self.scene.nour)
        return [each.occurred_at for each in history if isinstance(each.event, PrescriberReminded)]

    def time_passes(self, now: datetime) -> int:
        """What is due is done, however often and however late somebody looks; answers how much changed."""
        self.scene.town.at(now)
        done = 0
        while True:
            due = [
                Due(root=self.scene.nour, journey=PASS, due=each.due, command=each.command)
                for each in pass_iae_journey.deadlines(self.case)
                if each.due <= now
            ]
            came = pass_deadlines(self.scene.town.desk, sorted(due, key=lambda each: each.due))
            if not came[Came.RECORDED]:
                return done
            done += came[Came.RECORDED]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def request(mission: OrganisationId) -> RequestProlongation:
    return RequestProlongation(
        reason=ProlongationReason.RQTH,
        ends_on=date(2029, 2, 28),
        organisation=mission,
        prescriber=LEILA.subject,
    )


@pytest.fixture
def asked(scene: Scene) -> Asked:
    town = scene.town
    mission = town.organisation(Kind.ML, "leila", "alix")
    root = town.candidate("camille", scene.prescriber, france_travail_id="1234567A")
    town.ask(root, DiagnoseForIae(), CAMILLE, scene.prescriber)
    application = town.applied(root, "camille", scene.prescriber, scene.company)
    town.ask(root, Accept(starts_on=HIRED), SACHA, scene.company, journey=application)
    town.at(noon(ASKED))
    town.ask(root, request(mission), SACHA, scene.company, journey=PASS)
    return Asked(Scene(town, scene.prescriber, scene.company, scene.other_company, root), mission)


def test_a_member_of_the_organisation_asked_grants_whom_nobody_knew_in_this_dossier(asked: Asked) -> None:
    town, root = asked.scene.town, asked.scene.nour
    town.ask(root, GrantProlongation(number=1), ALIX, asked.mission, journey=PASS)
    assert (asked.case.ends_on, asked.case.prolongations[0].validated_by) == (date(2029, 2, 28), "alix")
    with pytest.raises(AlreadyAnswered):
        town.ask(root, GrantProlongation(number=1), LEILA, asked.mission, journey=PASS)


def test_another_prescriber_of_the_dossier_does_not_answer(asked: Asked) -> None:
    with pytest.raises(NotYourDossier):
        asked.scene.town.ask(
            asked.scene.nour, GrantProlongation(number=1), CAMILLE, asked.scene.prescriber, journey=PASS
        )


def test_an_organisation_that_has_lost_its_authorisation_answers_no_more(asked: Asked) -> None:
    town, root, organisation = asked.scene.town, asked.scene.nour, f"organisation/{asked.mission}"
    withdrawn = WithdrawAuthorisation(from_day=ASKED, reason=WithdrawalReason.AGREEMENT_ENDED)
    town.ask(organisation, withdrawn, STAFF)
    with pytest.raises(OrganisationNotAuthorised):
        town.ask(root, GrantProlongation(number=1), LEILA, asked.mission, journey=PASS)
    town.at(noon(date(2027, 6, 2)))
    town.ask(organisation, GrantAuthorisation(from_day=date(2027, 6, 2)), STAFF)
    town.ask(root, GrantProlongation(number=1), LEILA, asked.mission, journey=PASS)
    assert asked.case.requests[0].stage is RequestStage.GRANTED


def test_the_person_who_is_asked_is_a_member_on_that_day(asked: Asked) -> None:
    town, root = asked.scene.town, asked.scene.nour
    town.ask(root, GrantProlongation(number=1), LEILA, asked.mission, journey=PASS)
    town.at(noon(date(2028, 6, 1)))
    again = replace(request(asked.mission), ends_on=date(2029, 6, 1))
    with pytest.raises(PrescriberNotThere):
        town.ask(root, replace(again, prescriber=CAMILLE.subject), SACHA, asked.scene.company, journey=PASS)
    town.ask(root, replace(again, prescriber=ALIX.subject), SACHA, asked.scene.company, journey=PASS)


@pytest.mark.parametrize(
    ("day", "sent"),
    [(date(2027, 6, 10), 0), (date(2027, 6, 11), 1), (date(2027, 6, 20), 1), (date(2027, 6, 21), 2),
     (date(2027, 6, 30), 2), (date(2027, 7, 1), 3), (date(2027, 7, 2), 3), (date(2027, 7, 11), 3)],
)  # fmt: skip
def test_p24_reminders_go_out_on_their_days_even_if_the_scheduler_slept(asked: Asked, day: date, sent: int) -> None:
    assert asked.time_passes(noon(day)) == sent
    assert [paris.isoformat() for paris in asked.reminders()] == [
        "2027-06-10T22:00:00+00:00",
        "2027-06-20T22:00:00+00:00",
        "2027-06-30T22:00:00+00:00",
    ][:sent]


def test_the_end_of_the_pass_is_told_once_and_again_if_it_moves(asked: Asked) -> None:
    town, root = asked.scene.town, asked.scene.nour
    asked.time_passes(noon(ENDS))
    assert (PASS, "Ended") not in town.told(root)
    asked.time_passes(noon(date(2028, 3, 1)))
    asked.time_passes(noon(date(2028, 3, 1)))
    assert town.told(root).count((PASS, "Ended")) == 1
    assert asked.case.stage == "ended"
    town.ask(root, GrantProlongation(number=1), LEILA, asked.mission, journey=PASS)
    assert asked.case.stage == "issued"
    asked.time_passes(noon(date(2029, 3, 1)))
    assert town.told(root).count((PASS, "Ended")) == 2
