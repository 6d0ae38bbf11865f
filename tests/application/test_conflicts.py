from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from application.desk import TRIES, VersionMismatch
from application.ports import Change, Claims, Conflict, Journal, Recorded
from domain.candidate.commands import ChangeContactData
from domain.job_application.commands import StartProcessing
from domain.job_application.refusals import WrongStage
from infrastructure.event_store import NO_CLAIMS
from tests.application.conftest import Scene
from tests.application.town import Town, at_once, professional

CAMILLE = professional("camille")
SACHA = professional("sacha")


@dataclass
class Interrupted:
    """A journal where somebody else writes between a reading and the appending that follows, so many times."""

    behind: Journal
    times: int
    meanwhile: Callable[[], object]
    appends: list[str] = field(default_factory=list)

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        return self.behind.load(root, after=after, up_to=up_to)

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        return self.behind.load_beside(root, other, after)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        self.appends.append(root)
        if len(self.appends) <= self.times:
            self.meanwhile()
        return self.behind.append(root, expected_version, changes, claims)

    def holders(self, claims: Any) -> Any:
        return self.behind.holders(claims)


def interrupted(town: Town, times: int, meanwhile: Callable[[], object]) -> tuple[Town, Interrupted]:
    journal = Interrupted(town.journal, times, meanwhile)
    return town.over(journal), journal


def reachable_again(scene: Scene) -> Callable[[], object]:
    """Something that changes the dossier, and nothing for the applications in it."""
    numbers = iter(range(10))

    def change() -> object:
        command = ChangeContactData(phone=f"06123456{next(numbers):02}")
        return scene.town.ask(scene.nour, command, CAMILLE, scene.prescriber)

    return change


@pytest.mark.parametrize("times", range(TRIES))
def test_whoever_is_overtaken_up_to_three_times_decides_again(scene: Scene, times: int) -> None:
    application = scene.town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    slow, journal = interrupted(scene.town, times, reachable_again(scene))
    slow.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application)
    assert len(journal.appends) == times + 1
    assert scene.town.told(scene.nour) == [
        ("candidate", "Registered"),
        (application, "Submitted"),
        *[("candidate", "ContactDataChanged")] * times,
        (application, "ProcessingStarted"),
    ]


def test_whoever_is_overtaken_four_times_is_told_so(scene: Scene) -> None:
    application = scene.town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    slow, journal = interrupted(scene.town, TRIES, reachable_again(scene))
    with pytest.raises(Conflict):
        slow.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application)
    assert len(journal.appends) == TRIES
    assert (application, "ProcessingStarted") not in scene.town.told(scene.nour)


def test_a_decision_taken_again_may_be_another_one(scene: Scene) -> None:
    town = scene.town
    application = town.applied(scene.nour, "camille", scene.prescriber, scene.company)

    def colleague_was_faster() -> object:
        return town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application)

    slow, journal = interrupted(town, 1, colleague_was_faster)
    with pytest.raises(WrongStage):
        slow.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application)
    assert len(journal.appends) == 1


def test_an_expected_version_is_never_tried_again(scene: Scene) -> None:
    town = scene.town
    application = town.applied(scene.nour, "camille", scene.prescriber, scene.company)

    def colleague_was_faster() -> object:
        return town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application)

    slow, journal = interrupted(town, 1, colleague_was_faster)
    with pytest.raises(VersionMismatch) as caught:
        slow.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application, expected_version=1)
    assert (caught.value.current, len(journal.appends)) == (2, 1)


def test_another_journey_that_grew_is_no_mismatch(scene: Scene) -> None:
    application = scene.town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    slow, _ = interrupted(scene.town, 1, reachable_again(scene))
    outcome = slow.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application, expected_version=1)
    assert outcome.version == 2


def test_of_eight_people_who_decide_the_same_thing_at_once_one_does(scene: Scene) -> None:
    town = scene.town
    application = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    answers = at_once(
        lambda _: town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=application).version
    )
    assert [answer for answer in answers if not isinstance(answer, Exception)] == [2]
    assert {type(answer) for answer in answers if isinstance(answer, Exception)} == {WrongStage}
    assert town.told(scene.nour)[2:] == [(application, "ProcessingStarted")]
