"""Organisations are remembered and never believed: each time, the record is asked for what is newer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from application.organisations import Organisations
from application.ports import Change, Claims, Journal, Recorded
from domain.catalogue import CATALOGUE
from domain.organisation import Organisation, members
from domain.organisation.commands import AddMember, ChangeMemberRole, RemoveMember
from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId, Role, Subject
from infrastructure.event_store import NO_CLAIMS
from tests.application.conftest import Scene
from tests.application.town import STAFF, Town, at_once

LOU = Subject("lou")
NOWHERE = OrganisationId("nowhere")


@dataclass
class Read:
    """A journal that counts how many events it was asked to read, of which roots."""

    behind: Journal
    events: list[str] = field(default_factory=list)
    #: What is read instead: a record that somebody has put back.
    instead: dict[str, Sequence[Recorded]] = field(default_factory=dict)

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        if root in self.instead:
            return [each for each in self.instead[root] if each.root_version > after]
        found = self.behind.load(root, after=after, up_to=up_to)
        self.events += [each.root for each in found]
        return found

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        return self.load(root), self.load(other, after=after)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        return self.behind.append(root, expected_version, changes, claims)

    def holders(self, claims: Any) -> Any:
        return self.behind.holders(claims)


@pytest.fixture
def read(scene: Scene) -> Read:
    return Read(scene.town.journal)


@pytest.fixture
def organisations(read: Read) -> Organisations:
    return Organisations(read, CATALOGUE)


def told(town: Town, organisation: OrganisationId, command: Any) -> None:
    town.ask(root(organisation), command, STAFF)


def root(organisation: OrganisationId) -> str:
    return f"organisation/{organisation}"


def found(organisations: Organisations, organisation: OrganisationId) -> Organisation:
    state = organisations.find(organisation)
    assert state is not None
    return state


def standing(town: Town, organisation: OrganisationId) -> Organisation:
    state: Organisation = town.standing(root(organisation)).cases["organisation"]
    return state


def test_an_organisation_that_does_not_exist_is_not_found_until_it_does(scene: Scene, read: Read) -> None:
    organisations = Organisations(read, CATALOGUE)
    assert organisations.find(NOWHERE) is None
    assert organisations.find_beside(scene.nour, NOWHERE)[1] is None
    created = scene.town.organisation(Kind.ML, "lou")
    assert organisations.find(created) == standing(scene.town, created)


def test_whatever_happened_a_moment_ago_is_known(scene: Scene, organisations: Organisations) -> None:
    here = scene.prescriber
    promote = ChangeMemberRole(subject=LOU, role=Role.ADMINISTRATOR)
    seen = []
    for command in (AddMember(subject=LOU), promote, RemoveMember(subject=LOU)):
        told(scene.town, here, command)
        history, beside = organisations.find_beside(scene.nour, here)
        assert found(organisations, here) == beside == standing(scene.town, here)
        assert list(history) == list(scene.town.journal.load(scene.nour))
        seen.append(members(found(organisations, here)).get(LOU))
    assert seen == [Role.MEMBER, Role.ADMINISTRATOR, None]


def test_only_the_last_event_that_is_known_is_read_again(
    scene: Scene, organisations: Organisations, read: Read
) -> None:
    organisations.find(scene.prescriber)
    told(scene.town, scene.prescriber, AddMember(subject=LOU))
    read.events.clear()
    organisations.find(scene.prescriber)
    organisations.find(scene.prescriber)
    assert read.events == [root(scene.prescriber)] * 3


def test_whoever_removes_somebody_never_sees_them_again_though_others_look_at_the_same_time(
    scene: Scene, organisations: Organisations
) -> None:
    here, crowd = scene.prescriber, [Subject(f"member-{number}") for number in range(4)]
    for subject in crowd:
        told(scene.town, here, AddMember(subject=subject))

    def removed(number: int) -> bool:
        organisations.find(here)
        told(scene.town, here, RemoveMember(subject=crowd[number]))
        return crowd[number] not in members(found(organisations, here))

    assert at_once(removed, len(crowd)) == [True] * len(crowd)
    assert organisations.find(here) == standing(scene.town, here)


def test_a_record_that_was_put_back_is_read_again_from_the_start(
    scene: Scene, organisations: Organisations, read: Read
) -> None:
    here = scene.prescriber
    told(scene.town, here, AddMember(subject=LOU))
    assert LOU in members(found(organisations, here))
    read.instead[root(here)] = scene.town.journal.load(root(here))[:-1]
    assert LOU not in members(found(organisations, here))


def test_another_event_in_the_place_of_the_last_one_is_not_missed(
    scene: Scene, organisations: Organisations, read: Read
) -> None:
    here = scene.prescriber
    told(scene.town, here, AddMember(subject=LOU))
    assert LOU in members(found(organisations, here))
    [*before, last] = scene.town.journal.load(root(here))
    somebody_else = Recorded(
        partition=last.partition,
        offset=last.offset,
        root=last.root,
        root_version=last.root_version,
        journey=last.journey,
        journey_version=last.journey_version,
        event=replace(last.event, subject=Subject("sam")),
        occurred_at=last.occurred_at,
        recorded_at=last.recorded_at + timedelta(seconds=1),
        metadata=last.metadata,
    )
    read.instead[root(here)] = [*before, somebody_else]
    assert members(found(organisations, here)).keys() == {"camille", "sam"}


def test_no_more_are_remembered_than_there_is_room_for(scene: Scene, read: Read) -> None:
    organisations = Organisations(read, CATALOGUE, limit=2)
    first, second, third = (scene.town.organisation(Kind.ML, "lou") for _ in range(3))
    for each in (first, second, first, third):
        organisations.find(each)
    read.events.clear()
    organisations.find(first)
    assert read.events == [root(first)]
    organisations.find(second)
    assert len(read.events) > 2
