"""No two PASS IAE have the same number, and nobody has two valid ones, whoever is how fast (les-emplois §5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest

from application.decision import PARCOURS
from application.ports import Change, Claims, Journal, Recorded
from domain.candidate.commands import ChangeContactData
from domain.eligibility_check.commands import DiagnoseForIae
from domain.job_application.commands import Accept
from domain.pass_iae import PassIae
from domain.pass_iae.codes import Origin
from domain.pass_iae.commands import Cancel, Issue, RecordRight
from domain.pass_iae.refusals import NumbersExhausted, NumberTaken, ValidPassExists
from domain.vocabulary import Actor, OrganisationId
from infrastructure.event_store import NO_CLAIMS
from tests.application.conftest import Scene
from tests.application.test_conflicts import interrupted
from tests.application.town import STAFF, THREADS, Town, at_once, professional

CAMILLE, SACHA, ROBIN = (professional(name) for name in ("camille", "sacha", "robin"))
NUMBERS = count(1)


def elsewhere(number: str, ends_on: date = date(2025, 6, 10)) -> RecordRight:
    """A PASS that was issued elsewhere and has ended."""
    return RecordRight(number=number, starts_on=date(2023, 6, 11), ends_on=ends_on, origin=Origin.DEFAULT)


def applied(scene: Scene, root: str, company: OrganisationId | None = None) -> str:
    """An application of somebody whom the mission locale finds eligible."""
    return scene.town.applied(root, "camille", scene.prescriber, company or scene.company)


def eligible(scene: Scene) -> str:
    """The dossier of somebody who may be hired by any SIAE."""
    root = scene.town.candidate("camille", scene.prescriber, france_travail_id=f"{next(NUMBERS):07}A")
    scene.town.ask(root, DiagnoseForIae(), CAMILLE, scene.prescriber)
    return root


def hired(town: Town, scene: Scene, root: str) -> str:
    """The number of the PASS of somebody whom the company hires."""
    return accepted(town, root, applied(scene, root), SACHA, scene.company)


def accepted(town: Town, root: str, application: str, by: Actor, company: OrganisationId) -> str:
    outcome = town.ask(root, Accept(starts_on=date(2026, 3, 2)), by, company, journey=application)
    rights = outcome.standing.dossier().of(PassIae)
    return rights[list(rights)[-1]].number


def passes(town: Town, root: str) -> Sequence[tuple[str, str]]:
    """What happened to the PASS of a dossier."""
    return [(journey, event) for journey, event in town.told(root) if journey.startswith("pass-iae")]


def people(scene: Scene, many: int) -> Sequence[str]:
    return [eligible(scene) for _ in range(many)]


def test_two_acceptances_at_once_in_one_dossier_lead_to_one_pass(scene: Scene) -> None:
    root = eligible(scene)
    ways = [
        (applied(scene, root), SACHA, scene.company),
        (applied(scene, root, scene.other_company), ROBIN, scene.other_company),
    ]
    answers = at_once(lambda place: accepted(scene.town, root, *ways[place]), 2)
    assert list(answers) == ["999990000001"] * 2 or list(answers) == ["999990000002"] * 2
    assert passes(scene.town, root) == [("pass-iae-1", "Issued"), ("pass-iae-1", "HireServed")]


def test_eight_people_hired_at_once_have_eight_numbers(scene: Scene) -> None:
    roots = people(scene, THREADS)
    applications = [applied(scene, root) for root in roots]
    answers = at_once(lambda place: accepted(scene.town, roots[place], applications[place], SACHA, scene.company))
    assert sorted(str(answer) for answer in answers) == [f"99999000000{place}" for place in range(1, THREADS + 1)]


def test_p2_the_next_number_follows_every_one_that_was_given_also_by_others_and_also_cancelled(scene: Scene) -> None:
    town, roots = scene.town, people(scene, 4)
    town.ask(roots[0], elsewhere("999990000040"), STAFF)
    assert hired(town, scene, roots[1]) == "999990000041"
    cancelled = town.ask(roots[2], elsewhere("999990000050"), STAFF)
    town.ask(roots[2], Cancel(), STAFF, journey=cancelled.journey)
    assert hired(town, scene, roots[2]) == "999990000051"
    town.ask(roots[0], elsewhere("625741810182"), STAFF)
    town.ask(roots[0], elsewhere("XXXXX0000099"), STAFF)
    assert hired(town, scene, roots[3]) == "999990000052"


def test_p2_after_the_last_number_no_pass_is_issued(scene: Scene) -> None:
    root = eligible(scene)
    scene.town.ask(scene.nour, elsewhere("999999999999"), STAFF)
    application = applied(scene, root)
    with pytest.raises(NumbersExhausted):
        accepted(scene.town, root, application, SACHA, scene.company)
    assert (application, "Accepted") not in scene.town.told(root)


def test_a_number_that_came_to_nothing_is_never_given(scene: Scene) -> None:
    first, second = people(scene, 2)
    assert hired(scene.town, scene, first) == "999990000001"
    refused = Issue(
        application="job-application-1",
        starts_on=date(2026, 3, 2),
        diagnosis="eligibility-check-1",
        company=scene.company,
        company_kinds=("aci",),
        sender_kind="prescriber",
        sender_kinds=("ml",),
    )
    with pytest.raises(ValidPassExists):
        scene.town.ask(first, refused, PARCOURS)
    assert hired(scene.town, scene, second) == "999990000003"


@dataclass
class Failing:
    """A journal that loses its connection before it appends, once."""

    behind: Journal
    failed: bool = False

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        return self.behind.load(root, after=after, up_to=up_to)

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        return self.behind.load_beside(root, other, after)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        if not self.failed:
            self.failed = True
            raise ConnectionError
        return self.behind.append(root, expected_version, changes, claims)

    def holders(self, claims: Any) -> Any:
        return self.behind.holders(claims)


def test_neither_is_one_that_was_drawn_before_a_crash(scene: Scene) -> None:
    root = eligible(scene)
    application = applied(scene, root)
    broken = scene.town.over(Failing(scene.town.journal))
    with pytest.raises(ConnectionError):
        accepted(broken, root, application, SACHA, scene.company)
    assert passes(scene.town, root) == []
    assert accepted(broken, root, application, SACHA, scene.company) == "999990000002"


def test_whoever_is_overtaken_decides_again_with_the_same_number(scene: Scene) -> None:
    root = eligible(scene)
    application = applied(scene, root)

    def meanwhile() -> object:
        return scene.town.ask(root, ChangeContactData(phone="0612345678"), CAMILLE, scene.prescriber)

    slow, journal = interrupted(scene.town, 1, meanwhile)
    assert accepted(slow, root, application, SACHA, scene.company) == "999990000001"
    assert len(journal.appends) == 2


@pytest.mark.parametrize("number", ["999990000040", "625741810182", "XXXXX0000001"])
def test_a_number_is_of_one_pass_whoever_gave_it(scene: Scene, number: str) -> None:
    first, second = people(scene, 2)
    scene.town.ask(first, elsewhere(number), STAFF)
    for root in (first, second):
        with pytest.raises(NumberTaken):
            scene.town.ask(root, elsewhere(number), STAFF)
    assert passes(scene.town, second) == []


def test_and_stays_so_once_that_pass_was_cancelled_or_the_person_erased(scene: Scene) -> None:
    first, second, third = people(scene, 3)
    right = scene.town.ask(first, elsewhere("625741810182"), STAFF)
    scene.town.ask(first, Cancel(), STAFF, journey=right.journey)
    scene.town.ask(second, elsewhere("625741810183"), STAFF)
    scene.town.vault.destroy(second)
    for number in ("625741810182", "625741810183"):
        with pytest.raises(NumberTaken):
            scene.town.ask(third, elsewhere(number), STAFF)


def test_of_eight_people_given_the_same_number_at_once_one_has_it(scene: Scene) -> None:
    roots = people(scene, THREADS)
    answers = at_once(lambda place: scene.town.ask(roots[place], elsewhere("625741810182"), STAFF).version)
    assert sorted(type(answer).__name__ for answer in answers) == [*["NumberTaken"] * (THREADS - 1), "int"]


def test_a_number_that_somebody_else_gives_between_drawing_and_recording_is_not_given_twice(scene: Scene) -> None:
    first, second = people(scene, 2)
    application = applied(scene, first)
    slow, _ = interrupted(scene.town, 1, lambda: scene.town.ask(second, elsewhere("999990000001"), STAFF))
    with pytest.raises(NumberTaken) as caught:
        accepted(slow, first, application, SACHA, scene.company)
    assert caught.value.details == {}
    assert accepted(scene.town, first, application, SACHA, scene.company) == "999990000002"
