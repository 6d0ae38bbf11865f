from datetime import timedelta
from typing import Any

import pytest

from application.desk import Outcome
from application.directory import NotAMember
from application.ports import Change, Claim, Claims, Conflict, Metadata
from application.receipts import KeyReused
from domain.candidate.commands import ChangeContactData
from domain.job_application.commands import Accept, StartProcessing
from domain.organisation.commands import AddMember, Create, RemoveMember, Rename
from domain.organisation.kinds import Kind
from domain.vocabulary import Subject
from tests.application.conftest import Scene
from tests.application.town import NOON, STAFF, apply, at_once, new_root, professional, told

CAMILLE = professional("camille")
SACHA = professional("sacha")
ON_MONDAY = NOON.date() + timedelta(days=7)


def test_the_same_request_is_answered_with_the_first_result(scene: Scene) -> None:
    town = scene.town
    first = town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    again = town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    assert (again.recorded, again.journey, again.version, again.state) == (
        first.recorded,
        first.journey,
        first.version,
        first.state,
    )
    assert (first.repeated, again.repeated) == (False, True)
    assert town.told(scene.nour) == [("candidate", "Registered"), ("job-application-1", "Submitted")]


def test_the_first_result_is_answered_whatever_has_happened_since(scene: Scene) -> None:
    town = scene.town
    first = town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    town.ask(scene.nour, StartProcessing(), SACHA, scene.company, journey=first.journey)
    town.at(NOON + timedelta(days=90))
    again = town.ask(
        scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k", expected_version=0
    )
    assert (again.version, again.state, again.recorded) == (first.version, first.state, first.recorded)
    assert again.standing == town.standing(scene.nour)


def test_whoever_has_left_is_told_no_result(scene: Scene) -> None:
    town, staff_of = scene.town, f"organisation/{scene.prescriber}"
    town.ask(staff_of, AddMember(subject=Subject("lou")), STAFF)
    lou = professional("lou")
    town.ask(scene.nour, apply(scene.company), lou, scene.prescriber, idempotency_key="k")
    town.ask(staff_of, RemoveMember(subject=Subject("lou")), STAFF)
    with pytest.raises(NotAMember):
        town.ask(scene.nour, apply(scene.company), lou, scene.prescriber, idempotency_key="k")


def test_consequences_are_part_of_the_first_result(scene: Scene) -> None:
    town = scene.town
    accepted = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    town.applied(scene.nour, "camille", scene.prescriber, scene.other_company)
    hire = {"journey": accepted, "idempotency_key": "k"}
    first = town.ask(scene.nour, Accept(starts_on=ON_MONDAY), SACHA, scene.company, **hire)
    town.ask(scene.nour, ChangeContactData(phone="0612345678"), CAMILLE, scene.prescriber)
    again = town.ask(scene.nour, Accept(starts_on=ON_MONDAY), SACHA, scene.company, **hire)
    assert told(again.recorded) == [
        (accepted, "Accepted"),
        ("hiring-1", "Declared"),
        ("job-application-2", "RenderedObsolete"),
    ]
    assert again.recorded == first.recorded


def test_a_key_says_one_thing(scene: Scene) -> None:
    town = scene.town
    town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    others: list[dict[str, Any]] = [
        {"command": apply(scene.company, message="Autre chose")},
        {"command": apply(scene.other_company)},
        {"command": ChangeContactData(phone="0612345678")},
        {"command": apply(scene.company), "occurred_at": NOON},
    ]
    for other in others:
        with pytest.raises(KeyReused):
            town.ask(scene.nour, other.pop("command"), CAMILLE, scene.prescriber, idempotency_key="k", **other)
    with pytest.raises(KeyReused):
        town.ask(scene.nour, apply(scene.company), professional("robin"), scene.other_company, idempotency_key="k")
    assert len(town.told(scene.nour)) == 2


def test_the_same_key_of_another_application_is_another_key(scene: Scene) -> None:
    town = scene.town
    there = professional("camille", "dora")
    town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    other = town.ask(scene.nour, apply(scene.other_company), there, scene.prescriber, idempotency_key="k")
    assert (other.repeated, other.journey) == (False, "job-application-2")


def test_the_same_key_in_another_dossier_is_another_key(scene: Scene) -> None:
    town = scene.town
    somebody = town.candidate("camille", scene.prescriber)
    town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    other = town.ask(somebody, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    assert (other.root, other.repeated) == (somebody, False)


def test_nobody_takes_the_keys_of_parcours_by_way_of_a_consequence(scene: Scene) -> None:
    """A consequence is recorded by Parcours: were it to carry the key, that key would be used up for Parcours."""
    town = scene.town
    accepted = town.applied(scene.nour, "camille", scene.prescriber, scene.company)
    town.applied(scene.nour, "camille", scene.prescriber, scene.other_company)
    outcome = town.ask(
        scene.nour, Accept(starts_on=ON_MONDAY), SACHA, scene.company, journey=accepted, idempotency_key="k"
    )
    keys = [
        (each.metadata.actor.client, each.metadata.idempotency_key, bool(each.metadata.request_digest))
        for each in outcome.recorded
    ]
    assert keys == [("les-emplois", "k", True), *[("parcours", None, False)] * 2]


def test_what_was_refused_leaves_no_receipt(scene: Scene) -> None:
    town = scene.town
    with pytest.raises(Exception, match="message"):
        town.ask(scene.nour, apply(scene.company, message=""), CAMILLE, scene.prescriber, idempotency_key="k")
    mended = town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    assert mended.repeated is False


def test_eight_at_once_record_one_event_and_all_get_the_first_result(scene: Scene) -> None:
    town = scene.town
    answers = at_once(
        lambda _: town.ask(scene.nour, apply(scene.company), CAMILLE, scene.prescriber, idempotency_key="k")
    )
    outcomes = [answer for answer in answers if isinstance(answer, Outcome)]
    assert len(outcomes) == len(answers)
    assert sorted(outcome.repeated for outcome in outcomes) == [False, *[True] * 7]
    assert len({outcome.recorded[0].root_version for outcome in outcomes}) == 1
    assert town.told(scene.nour)[1:] == [("job-application-1", "Submitted")]


def test_a_dossier_is_opened_once_by_its_key(scene: Scene) -> None:
    town, register = scene.town, scene.town.register()
    opens = {"opens_root": True, "idempotency_key": "k"}
    first = town.ask(new_root(), register, CAMILLE, scene.prescriber, **opens)
    again = town.ask(new_root(), register, CAMILLE, scene.prescriber, **opens)
    assert (again.root, again.recorded, again.repeated) == (first.root, first.recorded, True)
    with pytest.raises(KeyReused):
        town.ask(new_root(), town.register(), CAMILLE, scene.prescriber, **opens)
    with pytest.raises(KeyReused):
        town.ask(new_root("organisation"), Create(name="X", kinds=(Kind.ACI,)), CAMILLE, scene.prescriber, **opens)


def test_eight_at_once_open_one_dossier(scene: Scene) -> None:
    town, register = scene.town, scene.town.register()
    roots = [new_root() for _ in range(8)]
    answers = at_once(
        lambda number: (
            town.ask(roots[number], register, CAMILLE, scene.prescriber, opens_root=True, idempotency_key="k").root
        )
    )
    assert len(set(answers)) == 1
    assert [root for root in roots if town.told(root)] == [answers[0]]


def test_a_key_is_taken_in_the_transaction_of_what_it_opens(scene: Scene) -> None:
    """An append that fails takes nothing with it: there is no moment in between."""
    town = scene.town
    event = town.journal.load(scene.nour)[0].event
    metadata = Metadata(actor=CAMILLE, correlation_id="r", causation_id="r")
    change = Change(journey="candidate", journey_version=1, event=event, occurred_at=NOON, metadata=metadata)
    claim = Claim(scope="", kind="request", digest="0" * 64)
    nobody = new_root()
    with pytest.raises(Conflict):
        town.journal.append(nobody, 5, [change], claims=Claims(take=frozenset({claim})))
    assert town.journal.holders([claim]) == {}
    town.journal.append(nobody, 0, [change], claims=Claims(take=frozenset({claim})))
    assert town.journal.holders([claim]) == {claim: nobody}


def test_an_organisation_is_named_once_by_its_key(scene: Scene) -> None:
    town = scene.town
    place = f"organisation/{scene.company}"
    first = town.ask(place, Rename(name="Atelier"), STAFF, idempotency_key="k")
    town.ask(place, Rename(name="Fabrique"), STAFF)
    again = town.ask(place, Rename(name="Atelier"), STAFF, idempotency_key="k")
    assert again.recorded == first.recorded
    assert town.standing(place).cases["organisation"].name == "Fabrique"
