from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from application.decision import PARCOURS
from application.ports import Recorded
from domain.job_application import JobApplicationCommand, job_application_journey
from domain.job_application.codes import RefusalReason, Stage
from domain.job_application.commands import (
    Accept,
    CancelHire,
    DeclareHire,
    Postpone,
    RecordExternalTransfer,
    Refuse,
    RenderObsolete,
    TransferExternally,
)
from domain.job_application.events import RenderedObsolete, Submitted, TransferredExternally
from domain.journey import Refusal
from domain.organisation.kinds import Kind
from tests.application.conftest import Scene
from tests.application.town import NOON, Town, professional, told

CAMILLE, SACHA, ROBIN = professional("camille"), professional("sacha"), professional("robin")
HIRE = Accept(starts_on=NOON.date() + timedelta(days=7))
REFUSE = Refuse(
    reason=RefusalReason.NO_POSITION, shared=True, answer="Pas de poste.", answer_to_prescriber="Pas de poste."
)


def candidacies(scene: Scene, number: int) -> Sequence[str]:
    """One application to Sacha's company, then so many to others."""
    town = scene.town
    first = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    others = [town.organisation(Kind.EI, "robin") for _ in range(number)]
    return [first, *(town.applied(scene.nour, "camille", scene.prescriber, each) for each in others)]


def stages(town: Town, root: str) -> Mapping[str, Stage]:
    return {name: case.stage for name, case in town.standing(root).cases.items() if name.startswith("job-application")}


def test_a_hire_makes_the_other_pending_applications_obsolete(scene: Scene) -> None:
    town, (hired, second, third) = scene.town, candidacies(scene, 2)
    outcome = town.ask(scene.nour, HIRE, SACHA, scene.company, journey=hired)
    assert told(outcome.recorded) == [
        (hired, "Accepted"),
        ("hiring-1", "Declared"),
        (second, "RenderedObsolete"),
        (third, "RenderedObsolete"),
    ]
    assert [each.event for each in outcome.recorded[2:]] == [RenderedObsolete(at=NOON, because_of=hired)] * 2
    assert stages(town, scene.nour) == {hired: Stage.ACCEPTED, second: Stage.OBSOLETE, third: Stage.OBSOLETE}


def test_they_are_recorded_in_one_piece(scene: Scene) -> None:
    outcome = scene.town.ask(scene.nour, HIRE, SACHA, scene.company, journey=candidacies(scene, 2)[0])
    first = outcome.recorded[0]
    assert [each.root_version for each in outcome.recorded] == [5, 6, 7, 8]
    assert [each.offset - first.offset for each in outcome.recorded] == [0, 1, 2, 3]
    assert {(each.recorded_at, each.occurred_at) for each in outcome.recorded} == {(first.recorded_at, NOON)}
    assert list(scene.town.journal.load(scene.nour)[-4:]) == list(outcome.recorded)


def test_an_application_answered_already_stays_as_it_is(scene: Scene) -> None:
    town, (hired, refused, postponed) = scene.town, candidacies(scene, 2)
    receivers = {name: case.company for name, case in town.standing(scene.nour).cases.items() if name != "candidate"}
    town.ask(scene.nour, REFUSE, ROBIN, receivers[refused], journey=refused)
    town.ask(scene.nour, Postpone(), ROBIN, receivers[postponed], journey=postponed)
    outcome = town.ask(scene.nour, HIRE, SACHA, scene.company, journey=hired)
    assert told(outcome.recorded) == [
        (hired, "Accepted"),
        ("hiring-1", "Declared"),
        (postponed, "RenderedObsolete"),
    ]


def test_parcours_records_what_follows_and_says_what_caused_it(scene: Scene) -> None:
    hired = candidacies(scene, 1)[0]
    request = {"journey": hired, "correlation_id": "r-9", "idempotency_key": "k", "causation_id": "click"}
    cause, _, consequence = scene.town.ask(scene.nour, HIRE, SACHA, scene.company, **request).recorded
    assert (consequence.metadata.actor, consequence.metadata.organisation) == (PARCOURS, None)
    assert consequence.metadata.causation_id == f"{scene.nour}#{cause.root_version}"
    assert (consequence.metadata.correlation_id, consequence.metadata.origin) == ("r-9", "policy")


def test_a_hire_that_nobody_applied_for_ends_the_other_applications_too(scene: Scene) -> None:
    town, (pending, other) = scene.town, candidacies(scene, 1)
    declared = town.ask(scene.nour, DeclareHire(starts_on=HIRE.starts_on), SACHA, scene.company)
    assert told(declared.recorded) == [
        ("job-application-3", "Submitted"),
        ("job-application-3", "ProcessingStarted"),
        ("job-application-3", "Accepted"),
        ("hiring-1", "Declared"),
        (pending, "RenderedObsolete"),
        (other, "RenderedObsolete"),
    ]


def test_a_hire_given_up_leaves_the_others_obsolete(scene: Scene) -> None:
    town, (hired, other) = scene.town, candidacies(scene, 1)
    town.ask(scene.nour, HIRE, SACHA, scene.company, journey=hired)
    outcome = town.ask(scene.nour, CancelHire(), SACHA, scene.company, journey=hired)
    assert told(outcome.recorded) == [(hired, "HireCancelled"), ("hiring-1", "Cancelled")]
    assert stages(town, scene.nour)[other] is Stage.OBSOLETE


def test_an_application_sent_on_is_noted_on_the_refused_one(scene: Scene) -> None:
    town = scene.town
    refused = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    town.ask(scene.nour, REFUSE, SACHA, scene.company, journey=refused)
    on = TransferExternally(application=refused, company=scene.other_company)
    outcome = town.ask(scene.nour, on, SACHA, scene.company)
    opened, noted = (each.event for each in outcome.recorded)
    assert told(outcome.recorded) == [("job-application-2", "Submitted"), (refused, "TransferredExternally")]
    assert isinstance(opened, Submitted)
    assert (opened.company, opened.transferred_from) == (scene.other_company, refused)
    assert noted == TransferredExternally(at=NOON, application="job-application-2", to=scene.other_company)
    assert (outcome.journey, outcome.version) == ("job-application-2", 1)


def test_what_follows_follows_once(scene: Scene) -> None:
    town, (hired, _) = scene.town, candidacies(scene, 1)
    history: list[Sequence[Recorded]] = []
    for _ in range(3):
        town.ask(scene.nour, HIRE, SACHA, scene.company, journey=hired, idempotency_key="k")
        history.append(town.journal.load(scene.nour))
    assert history[0] == history[1] == history[2]


@pytest.mark.parametrize("kind", [RenderObsolete, RecordExternalTransfer])
def test_a_consequence_that_is_refused_lets_nothing_happen(scene: Scene, kind: type[JobApplicationCommand]) -> None:
    """All or nothing. The rules never refuse these, so one that does stands in for a mistake."""

    class Broken(Refusal):
        """A rule that is at odds with the policy."""

    rules = job_application_journey.decider

    def decide(command: JobApplicationCommand, *others: object) -> object:
        if isinstance(command, kind):
            raise Broken
        return rules.decide(command, *others)  # type: ignore[arg-type]  # passed on as they came

    broken = replace(job_application_journey, decider=replace(rules, decide=decide))  # type: ignore[arg-type]  # same
    town = scene.town
    refused = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    town.ask(scene.nour, REFUSE, SACHA, scene.company, journey=refused)
    hired = town.applied(scene.nour, "camille", scene.prescriber, scene.other_company)
    other = town.organisation(Kind.EI, "alix")
    town.applied(scene.nour, "camille", scene.prescriber, other)
    before = town.told(scene.nour)
    catalogue = {**town.desk.catalogue, "job-application": broken}
    mistaken = replace(town, desk=replace(town.desk, catalogue=catalogue))
    asked = {
        RenderObsolete: lambda: mistaken.ask(scene.nour, HIRE, ROBIN, scene.other_company, journey=hired),
        RecordExternalTransfer: lambda: mistaken.ask(
            scene.nour,
            TransferExternally(application=refused, company=town.organisation(Kind.EI, "x")),
            SACHA,
            scene.company,
        ),
    }
    with pytest.raises(Broken):
        asked[kind]()
    assert town.told(scene.nour) == before
