"""A convention from the discussion to the assessment, before the desk and a real database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from application.permissions.check import NotYourDossier, NotYourRole
from domain.candidate.commands import LinkAccount
from domain.discussion.codes import RejectionKind
from domain.discussion.commands import Reject
from domain.immersion.codes import Person, Stage
from domain.immersion.commands import FindEligible, Sign, SignAssessment, TransferToAgency, Validate
from domain.immersion.refusals import NoSuchDiscussion, SameAgency
from domain.organisation.commands import SetValidationSteps
from domain.organisation.kinds import Kind
from domain.organisation.refusals import RefersToItself, RefersTwice
from domain.vocabulary import Actor, OrganisationId, Role, Subject
from tests.application.conftest import Scene
from tests.application.town import STAFF, professional
from tests.domain.discussion.cases import ask
from tests.domain.immersion.cases import TERMS, assess, days, submit

STARTS, ENDS = date(2026, 3, 9), date(2026, 3, 13)
AGREED = replace(TERMS, starts_on=STARTS, ends_on=ENDS, schedule=days(STARTS, 5))
SERVICE = Actor(subject=Subject("signatures"), client="immersion-facilitee", role=Role.WITNESS)
NOUR = Actor(subject=Subject("nour"), client="immersion-facilitee", role=Role.CANDIDATE)
COUNSELLOR, VALIDATOR = professional("counsellor"), professional("validator")
BENEFICIARY, REPRESENTS = Person.BENEFICIARY, Person.ESTABLISHMENT_REPRESENTATIVE


@pytest.fixture
def agencies(scene: Scene) -> tuple[OrganisationId, OrganisationId]:
    """An agency, and the one that it refers to."""
    first = scene.town.organisation(Kind.AGENCY_STRUCTURE_IAE, "counsellor")
    second = scene.town.organisation(Kind.AGENCY_FRANCE_TRAVAIL, "validator")
    steps = SetValidationSteps(two_steps=True, refers_to=second)
    scene.town.ask(f"organisation/{first}", steps, COUNSELLOR, first)
    scene.town.ask(scene.nour, LinkAccount(account=Subject("nour")), STAFF)
    return first, second


def submission(agency: OrganisationId, led_to_by: str | None = None) -> object:
    return replace(submit(AGREED, discussion=led_to_by), agency=agency)


def signed(scene: Scene, agency: OrganisationId) -> str:
    journey = scene.town.ask(scene.nour, submission(agency), NOUR).journey
    for person, actor in ((BENEFICIARY, NOUR), (REPRESENTS, SERVICE)):
        scene.town.ask(scene.nour, Sign(person=person), actor, journey=journey)
    return journey


def told(scene: Scene) -> Sequence[tuple[str, str]]:
    return [line for line in scene.town.told(scene.nour) if line[0] != "candidate"]


def test_a_convention_goes_through_two_agencies_and_is_assessed(
    scene: Scene, agencies: tuple[OrganisationId, OrganisationId]
) -> None:
    town, (first, second) = scene.town, agencies
    journey = signed(scene, first)
    with pytest.raises(NotYourDossier):
        town.ask(scene.nour, FindEligible(), VALIDATOR, second, journey=journey)
    town.ask(scene.nour, FindEligible(), COUNSELLOR, first, journey=journey)
    with pytest.raises(NotYourDossier):
        town.ask(scene.nour, Validate(), COUNSELLOR, first, journey=journey)
    town.ask(scene.nour, Validate(), VALIDATOR, second, journey=journey)
    town.at(datetime(2026, 3, 16, 10, tzinfo=UTC))
    town.ask(scene.nour, assess(), SERVICE, journey=journey)
    outcome = town.ask(scene.nour, SignAssessment(agrees=True), NOUR, journey=journey)
    assert outcome.state.stage is Stage.VALIDATED
    assert told(scene) == [
        (journey, name)
        for name in (
            "Submitted",
            "Signed",
            "Signed",
            "FoundEligible",
            "Validated",
            "AssessmentCreated",
            "AssessmentSigned",
        )
    ]
    # The record says in which steps the agency validated on that day.
    validated = town.journal.load(scene.nour)[-3].metadata.organisation
    assert validated is not None
    assert validated.id == second


def test_neither_agencies_nor_staff_sign(scene: Scene, agencies: tuple[OrganisationId, OrganisationId]) -> None:
    journey = scene.town.ask(scene.nour, submission(agencies[0]), NOUR).journey
    for actor, acting in ((COUNSELLOR, agencies[0]), (STAFF, None)):
        with pytest.raises(NotYourRole):
            scene.town.ask(scene.nour, Sign(person=REPRESENTS), actor, acting, journey=journey)


def test_a_convention_answers_the_discussion_that_it_came_of_in_one_piece(
    scene: Scene, agencies: tuple[OrganisationId, OrganisationId]
) -> None:
    town = scene.town
    opened = town.ask(scene.nour, ask(), NOUR).journey
    town.ask(scene.nour, Reject(kind=RejectionKind.NO_TIME), SERVICE, journey=opened)
    outcome = town.ask(scene.nour, submission(agencies[0], opened), NOUR)
    assert [(each.journey, type(each.event).__name__) for each in outcome.recorded] == [
        ("immersion-1", "Submitted"),
        ("discussion-1", "ConventionLinked"),
    ]
    case = town.standing(scene.nour).cases["discussion-1"]
    assert (case.stage, case.convention) == ("accepted", "immersion-1")
    with pytest.raises(NoSuchDiscussion):
        town.ask(scene.nour, submission(agencies[0], "discussion-2"), NOUR)


def test_an_agency_takes_up_its_present_steps_when_it_says_so(
    scene: Scene, agencies: tuple[OrganisationId, OrganisationId]
) -> None:
    town, (first, second) = scene.town, agencies
    journey = signed(scene, first)
    again = TransferToAgency(to=first, justification="Étapes.")
    with pytest.raises(SameAgency):
        town.ask(scene.nour, again, COUNSELLOR, first, journey=journey)
    town.ask(f"organisation/{first}", SetValidationSteps(two_steps=False), COUNSELLOR, first)
    assert town.standing(scene.nour).cases[journey].validator == second
    moved = town.ask(scene.nour, again, COUNSELLOR, first, journey=journey).state
    assert (moved.two_steps, moved.validator) == (False, first)
    validated = town.ask(scene.nour, Validate(), COUNSELLOR, first, journey=journey)
    assert validated.state.stage is Stage.VALIDATED


def test_agencies_refer_neither_to_themselves_nor_in_a_chain(
    scene: Scene, agencies: tuple[OrganisationId, OrganisationId]
) -> None:
    first, _ = agencies
    third = scene.town.organisation(Kind.AGENCY_CMA, "robin")
    for other, actor, acting, reason in (
        (first, COUNSELLOR, first, RefersToItself),
        (first, professional("robin"), third, RefersTwice),
    ):
        steps = SetValidationSteps(two_steps=True, refers_to=other)
        with pytest.raises(reason):
            scene.town.ask(f"organisation/{acting}", steps, actor, acting)


@pytest.mark.parametrize(("origin", "follows"), [("hook:immersion-facilitee", None), ("import:immersion", "m1")])
def test_what_follows_from_an_import_says_so_and_what_follows_from_a_message_does_not(
    scene: Scene, agencies: tuple[OrganisationId, OrganisationId], origin: str, follows: str | None
) -> None:
    town = scene.town
    town.ask(scene.nour, ask(), NOUR)
    town.ask(scene.nour, submission(agencies[0], "discussion-1"), SERVICE, origin=origin, source="m1")
    last = town.journal.load(scene.nour)[-2:]
    assert [(type(each.event).__name__, each.metadata.source) for each in last] == [
        ("Submitted", "m1"),
        ("ConventionLinked", follows),
    ]
