from datetime import date, timedelta

import pytest

from application.desk import InTheFuture, TooLongAgo, UnknownJourney, VersionMismatch
from application.directory import NotAMember, OrganisationClosed, UnknownOrganisation
from application.permissions.check import NotInItsName, NotYourDossier, OrganisationNotAuthorised
from domain.candidate.codes import ClosingReason
from domain.candidate.commands import ChangeContactData, ClosePath, JoinOrganisation, LinkAccount
from domain.candidate.refusals import WrongStage
from domain.job_application.commands import StartProcessing
from domain.job_application.refusals import AppliedRecently
from domain.organisation.commands import (
    AddMember,
    ChangeMemberRole,
    Close,
    GrantAuthorisation,
    RemoveMember,
    WithdrawalReason,
    WithdrawAuthorisation,
)
from domain.organisation.kinds import Kind
from domain.orientation.codes import Stage
from domain.vocabulary import Actor, Family, OrganisationId, Role, Subject
from tests.application.conftest import Scene
from tests.application.town import NOON, STAFF, apply, new_root, professional, request, send, told

CAMILLE = professional("camille")
SACHA = professional("sacha")
A_SECOND = timedelta(seconds=1)


def test_a_command_is_recorded_with_who_asked_for_whom_and_why(scene: Scene) -> None:
    asked = {"correlation_id": "r-1", "causation_id": "click", "idempotency_key": "k", "source": "form"}
    outcome = scene.town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, **asked)
    (recorded,) = outcome.recorded
    metadata, acting = recorded.metadata, recorded.metadata.organisation
    assert metadata.actor == Actor(subject=Subject("camille"), client="les-emplois", role=Role.ADMINISTRATOR)
    assert acting is not None
    assert (acting.id, acting.kinds, acting.families) == (scene.prescriber, ("ml",), (Family.PRESCRIBER,))
    assert (acting.authorised, acting.departments, acting.active) == (True, ("35",), True)
    assert (metadata.correlation_id, metadata.causation_id) == ("r-1", "click")
    assert (metadata.idempotency_key, metadata.origin, metadata.source) == ("k", "command", "form")
    assert scene.town.journal.load(scene.nour)[-1:] == [recorded]


def test_what_nothing_else_caused_was_caused_by_the_request(scene: Scene) -> None:
    (recorded,) = scene.town.ask(
        scene.nour, apply(scene.company), CAMILLE, scene.prescriber, correlation_id="r-2"
    ).recorded
    assert recorded.metadata.causation_id == "r-2"


def test_the_outcome_says_where_the_journey_stands(scene: Scene) -> None:
    outcome = scene.town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber)
    again = scene.town.standing(scene.nour)
    assert (outcome.root, outcome.journey, outcome.version) == (scene.nour, "job-application-1", 1)
    assert (outcome.state, outcome.standing, outcome.repeated) == (again.cases["job-application-1"], again, False)


def test_what_is_so_already_is_answered_without_an_event(scene: Scene) -> None:
    join = JoinOrganisation(organisation=scene.prescriber)
    outcome = scene.town.ask(scene.nour, join, CAMILLE, scene.prescriber)
    assert (outcome.recorded, outcome.version, outcome.repeated) == ((), 1, False)
    assert outcome.standing == scene.town.standing(scene.nour)


def test_journeys_are_numbered_as_they_open_and_each_kind_by_itself(scene: Scene) -> None:
    opened = [
        scene.town.ask(scene.nour, command, CAMILLE, scene.prescriber).journey
        for command in (apply(scene.company), send(scene.company), apply(scene.other_company))
    ]
    assert opened == ["job-application-1", "orientation-1", "job-application-2"]


def test_a_role_is_what_the_organisation_says_at_that_moment(scene: Scene) -> None:
    town, staff_of = scene.town, f"organisation/{scene.prescriber}"
    town.ask(staff_of, AddMember(subject=Subject("lou")), STAFF)
    first = town.ask(scene.nour, apply(scene.company), professional("lou"), scene.prescriber)
    town.ask(staff_of, ChangeMemberRole(subject=Subject("lou"), role=Role.ADMINISTRATOR), CAMILLE, scene.prescriber)
    second = town.ask(scene.nour, apply(scene.other_company), professional("lou"), scene.prescriber)
    roles = [outcome.recorded[0].metadata.actor.role for outcome in (first, second)]
    assert roles == [Role.MEMBER, Role.ADMINISTRATOR]


def test_a_role_that_the_caller_says_counts_for_nothing(scene: Scene) -> None:
    staff = Actor(subject=Subject("camille"), client="les-emplois", role=Role.STAFF)
    outcome = scene.town.ask(scene.nour, apply(scene.company), staff, scene.prescriber)
    assert outcome.recorded[0].metadata.actor.role is Role.ADMINISTRATOR


def test_whoever_was_removed_a_second_before_is_refused(scene: Scene) -> None:
    town, staff_of = scene.town, f"organisation/{scene.prescriber}"
    town.ask(staff_of, AddMember(subject=Subject("lou")), STAFF)
    town.ask(staff_of, RemoveMember(subject=Subject("lou")), CAMILLE, scene.prescriber)
    for when in (None, NOON - timedelta(days=3)):
        with pytest.raises(NotAMember):
            town.ask(scene.nour, apply(scene.company), professional("lou"), scene.prescriber, occurred_at=when)


def test_nobody_acts_for_an_organisation_that_does_not_exist(scene: Scene) -> None:
    with pytest.raises(NotAMember):
        scene.town.ask(scene.nour, apply(scene.company), CAMILLE, OrganisationId("nowhere"))


def test_a_command_that_names_an_unknown_organisation_is_refused(scene: Scene) -> None:
    with pytest.raises(UnknownOrganisation) as caught:
        scene.town.ask(scene.nour, apply(OrganisationId("nowhere")), CAMILLE, scene.prescriber)
    assert caught.value.details == {"organisation": "nowhere"}


@pytest.mark.parametrize("told_of", [NOON, NOON - timedelta(days=20)])
def test_an_authorisation_lost_yesterday_lets_nobody_in_however_early_it_is_said_to_have_been(
    scene: Scene, told_of: object
) -> None:
    town = scene.town
    joining = town.organisation(Kind.CAP_EMPLOI, "lou")
    withdraw = WithdrawAuthorisation(from_day=date(2026, 3, 1), reason=WithdrawalReason.AGREEMENT_ENDED)
    town.ask(f"organisation/{joining}", withdraw, STAFF)
    with pytest.raises(OrganisationNotAuthorised):
        town.ask(scene.nour, JoinOrganisation(organisation=joining), professional("lou"), joining, occurred_at=told_of)


def test_an_authorisation_of_today_does_not_count_for_yesterday(scene: Scene) -> None:
    town = scene.town
    joining = town.organisation(Kind.CAP_EMPLOI, "lou", authorised=False)
    town.ask(f"organisation/{joining}", GrantAuthorisation(from_day=date(2026, 3, 2)), STAFF)
    join = JoinOrganisation(organisation=joining)
    with pytest.raises(OrganisationNotAuthorised):
        town.ask(scene.nour, join, professional("lou"), joining, occurred_at=NOON - timedelta(days=1))
    assert told(town.ask(scene.nour, join, professional("lou"), joining).recorded) == [
        ("candidate", "OrganisationJoined")
    ]


def test_what_a_structure_sent_before_it_was_refused_is_held_if_it_is_told_afterwards(scene: Scene) -> None:
    town, place = scene.town, f"organisation/{scene.prescriber}"
    withdraw = WithdrawAuthorisation(from_day=date(2026, 3, 1), reason=WithdrawalReason.ABUSE)
    town.ask(place, withdraw, STAFF)
    early = NOON - timedelta(days=10)
    outcome = town.ask(scene.nour, send(scene.company), CAMILLE, scene.prescriber, occurred_at=early)
    assert outcome.state.stage is Stage.HELD


def test_an_authorised_house_brings_no_other_one_in(scene: Scene) -> None:
    """Lou is a member of both, but the one that may get to know Nour is not the one she names."""
    town = scene.town
    welcome = town.organisation(Kind.CAP_EMPLOI, "lou")
    unknown = town.organisation(Kind.CCAS, "lou", authorised=False)
    with pytest.raises(NotInItsName):
        town.ask(scene.nour, JoinOrganisation(organisation=unknown), professional("lou"), welcome)


def test_a_closed_organisation_acts_on_no_dossier_but_lets_its_members_go(scene: Scene) -> None:
    town, place = scene.town, f"organisation/{scene.prescriber}"
    town.ask(place, Close(), STAFF)
    with pytest.raises(OrganisationClosed):
        town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber)
    removed = town.ask(place, RemoveMember(subject=Subject("camille")), CAMILLE, scene.prescriber)
    assert told(removed.recorded) == [("organisation", "MemberRemoved")]


def test_a_permission_is_asked_of_the_dossier_as_it_stands(scene: Scene) -> None:
    town = scene.town
    application = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    with pytest.raises(NotYourDossier):
        town.ask(scene.nour, StartProcessing(), professional("robin"), scene.other_company, journey=application)
    started = town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application)
    assert told(started.recorded) == [(application, "ProcessingStarted")]


def test_a_person_acts_on_their_own_dossier_alone(scene: Scene) -> None:
    town = scene.town
    herself = Actor(subject=Subject("nour"), client="les-emplois", role=Role.CANDIDATE)
    town.ask(scene.nour, LinkAccount(account=Subject("nour")), STAFF)
    somebody = town.candidate("camille", scene.prescriber)
    assert town.ask(scene.nour, apply(scene.company), herself).journey == "job-application-1"
    with pytest.raises(NotYourDossier):
        town.ask(somebody, apply(scene.company), herself)


def test_there_are_two_times(scene: Scene) -> None:
    early = NOON - timedelta(days=2)
    outcome = scene.town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, occurred_at=early)
    (recorded,) = outcome.recorded
    assert recorded.occurred_at == early
    assert recorded.recorded_at > early + timedelta(days=2)
    assert outcome.state.submitted_at == early


def test_the_past_is_told_for_31_days(scene: Scene) -> None:
    town, latest = scene.town, NOON - timedelta(days=31)
    with pytest.raises(TooLongAgo) as caught:
        town.ask(
            scene.nour, apply(scene.company), CAMILLE, scene.prescriber, occurred_at=latest - timedelta(microseconds=1)
        )
    assert caught.value.details == {"days": 31}
    outcome = town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, occurred_at=latest)
    assert [recorded.occurred_at for recorded in outcome.recorded] == [latest]


def test_time_is_not_too_long_ago_for_parcours_itself(scene: Scene) -> None:
    town = scene.town
    old = NOON - timedelta(days=400)
    opened = request(scene.nour, send(scene.company), CAMILLE, scene.prescriber, occurred_at=old, origin="import:x")
    assert [each.occurred_at for each in town.desk.submit(opened).recorded] == [old]


def test_a_clock_may_be_a_minute_ahead(scene: Scene) -> None:
    town, latest = scene.town, NOON + timedelta(minutes=1)
    with pytest.raises(InTheFuture):
        town.ask(
            scene.nour, apply(scene.company), CAMILLE, scene.prescriber, occurred_at=latest + timedelta(microseconds=1)
        )
    outcome = town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, occurred_at=latest)
    assert [recorded.occurred_at for recorded in outcome.recorded] == [latest]


def test_what_does_not_exist_is_unknown(scene: Scene) -> None:
    town, nobody = scene.town, new_root()
    unknown = [
        request(nobody, apply(scene.company), CAMILLE, scene.prescriber),
        request(nobody, apply(scene.company), CAMILLE, scene.prescriber, opens_root=True),
        request(nobody, ChangeContactData(phone="0612345678"), CAMILLE, scene.prescriber),
        request(nobody, town.register(), CAMILLE, scene.prescriber),
        request(scene.nour, StartProcessing(), SACHA, scene.company, journey="job-application-1"),
        request(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, journey="job-application-7"),
    ]
    for each in unknown:
        with pytest.raises(UnknownJourney):
            town.desk.submit(each)
    assert town.told(nobody) == []
    assert town.told(scene.nour) == [("candidate", "Registered")]


def test_a_dossier_is_opened_once(scene: Scene) -> None:
    with pytest.raises(WrongStage):
        scene.town.ask(scene.nour, scene.town.register(), CAMILLE, scene.prescriber, opens_root=True)


def test_a_version_that_was_seen_is_the_one_that_is_changed(scene: Scene) -> None:
    town = scene.town
    application = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application, expected_version=1)
    with pytest.raises(VersionMismatch) as caught:
        town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application, expected_version=1)
    assert caught.value.current == 2


def test_another_journey_of_the_dossier_changes_no_version(scene: Scene) -> None:
    town = scene.town
    application = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    town.applied(scene.nour, "camille", scene.prescriber, scene.other_company)
    started = town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application, expected_version=1)
    assert started.version == 2


def test_a_rule_sees_every_journey_of_the_dossier(scene: Scene) -> None:
    town = scene.town
    town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    with pytest.raises(AppliedRecently):
        town.ask(scene.nour, apply(scene.company, confirmed=True), CAMILLE, scene.prescriber)


def test_staff_acts_without_an_organisation(scene: Scene) -> None:
    closed = scene.town.ask(scene.nour, ClosePath(reason=ClosingReason.MOVED_AWAY), STAFF)
    (recorded,) = closed.recorded
    assert (recorded.metadata.actor, recorded.metadata.organisation) == (STAFF, None)


def test_an_import_tells_who_acted_then_whoever_has_left_since(scene: Scene) -> None:
    town = scene.town
    gone = Actor(subject=Subject("gone"), client="import", role=Role.ADMINISTRATOR)
    told_later = request(
        scene.nour,
        apply(scene.company),
        gone,
        scene.prescriber,
        occurred_at=NOON - timedelta(days=900),
        origin="import:les-emplois",
    )
    (recorded,) = town.desk.submit(told_later).recorded
    assert (recorded.metadata.actor, recorded.metadata.origin) == (gone, "import:les-emplois")


def test_rules_are_waived_for_imports_alone(scene: Scene) -> None:
    town = scene.town
    town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    again = request(
        scene.nour,
        apply(scene.company, confirmed=True),
        CAMILLE,
        scene.prescriber,
        waived=frozenset({AppliedRecently}),
    )
    with pytest.raises(AppliedRecently):
        town.desk.submit(again)


def test_personal_texts_are_in_no_metadata(scene: Scene) -> None:
    town = scene.town
    key = {"idempotency_key": "k"}
    outcome = town.ask(scene.nour, apply(scene.company, message="Je m'appelle Nour"), CAMILLE, scene.prescriber, **key)
    assert "Nour" not in repr(outcome.recorded[0].metadata)
