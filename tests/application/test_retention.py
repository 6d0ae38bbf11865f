"""Whom organisations let go of, and who is then erased (rdv-insertion §11.1, §12.G)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from application.ports import RootErased
from application.retention import Inactive, NotErasable, Retained, erase, preview, retain
from domain.accompaniment.commands import Begin
from domain.candidate import Candidate
from domain.candidate.commands import (
    AbsorbDuplicate,
    AssignReferent,
    ChangeContactData,
    JoinOrganisation,
    LeaveOrganisation,
    LinkAccount,
    LinkReference,
    MergeInto,
)
from domain.catalogue import CATALOGUE
from domain.organisation.commands import SetRetention
from domain.organisation.kinds import Kind
from domain.references import REFERENCE, Named, System
from domain.rsa.types import Casf
from domain.vocabulary import ERASED, Actor, CandidateId, OrganisationId, Role, RootKind, Subject
from infrastructure.codec import Codec
from infrastructure.erasure import Eraser
from infrastructure.event_store import EventStore
from infrastructure.journal import LogReader
from infrastructure.postgres import Access, connect, open_pool
from projections.activity import ACTIVITY, followed_by_nobody, inactive
from projections.positions import install, search_path
from projections.runner import Runner
from tests.application.town import STAFF, Town, opened, professional

TWO_YEARS_AGO: Final = datetime(2023, 5, 16, 9, tzinfo=UTC)
TODAY: Final = date(2025, 5, 17)
PARCOURS: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)


@dataclass(frozen=True)
class Place:
    """Odile of the council O1 and Karim of its delegate O2."""

    town: Town
    access: Access
    eraser: Eraser
    o1: OrganisationId
    o2: OrganisationId

    def person(self, **said: Any) -> str:
        return self.town.candidate("odile", self.o1, **said)

    def joined(self, root: str) -> None:
        self.town.ask(root, JoinOrganisation(organisation=self.o2), professional("karim"), self.o2)

    def found(self, today: date = TODAY) -> list[Inactive]:
        """Whom the list names, once it knows everything."""
        self.catch_up()
        with connect(self.access.service) as connection:
            connection.execute("select set_config('search_path', %s, false)", [search_path([ACTIVITY])])
            return list(inactive(connection, today))

    def unfollowed(self) -> list[str]:
        self.catch_up()
        with connect(self.access.service) as connection:
            connection.execute("select set_config('search_path', %s, false)", [search_path([ACTIVITY])])
            return list(followed_by_nobody(connection))

    def catch_up(self) -> None:
        with open_pool(self.access.service) as pool:
            log = LogReader(EventStore(pool), Codec(CATALOGUE.values()))
            runner = Runner(
                connect=partial(connect, self.access.service), log=log, catalogue=CATALOGUE, projections=[ACTIVITY]
            )
            runner.catch_up()
            runner.close()

    def retain(self, today: date = TODAY) -> Retained:
        self.town.at(datetime(today.year, today.month, today.day, 1, tzinfo=UTC))
        return retain(self.town.desk, self.eraser, self.found(today), self.unfollowed())

    def candidate(self, root: str) -> Candidate:
        person = self.town.standing(root).cases[RootKind.CANDIDATE]
        assert isinstance(person, Candidate)
        return person


@pytest.fixture
def place(database: Access, tmp_path: Path) -> Any:
    with connect(database.owner) as owner:
        install(owner, [ACTIVITY])
    with opened(database, tmp_path) as town, open_pool(database.service) as pool:
        town.at(TWO_YEARS_AGO)
        o1 = town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile", departments=("26",))
        o2 = town.organisation(Kind.DELEGATAIRE_RSA, "karim", departments=("26",))
        yield Place(town, database, Eraser(pool, town.vault), o1, o2)


def of(root: str, organisation: OrganisationId, limit: date = date(2023, 5, 17)) -> Inactive:
    return Inactive(root=root, organisation=organisation, limit=limit)


@pytest.mark.parametrize(
    ("today", "listed"), [(date(2025, 5, 15), False), (date(2025, 5, 16), False), (date(2025, 5, 17), True)]
)
def test_somebody_is_let_go_of_the_day_after_the_limit(place: Place, today: date, listed: bool) -> None:
    """The 16th of May, two years later, is not *before* the 16th: what happened on the limit still counts."""
    root = place.person()
    assert place.found(today) == ([of(root, place.o1, date(2023, today.month, today.day))] if listed else [])


def test_months_end_on_their_last_day(place: Place) -> None:
    place.town.at(datetime(2024, 2, 29, 9, tzinfo=UTC))
    root = place.person()
    assert place.found(date(2026, 2, 28)) == []
    assert place.found(date(2026, 3, 1)) == [of(root, place.o1, date(2024, 3, 1))]


Acts = Callable[[Place, str], object]


def _contact(place: Place, root: str) -> object:
    return place.town.ask(root, ChangeContactData(phone="0612345678"), professional("karim"), place.o2)


def _referent(place: Place, root: str) -> object:
    assign = AssignReferent(referent=Subject("odile"), organisation=place.o1)
    return place.town.ask(root, assign, professional("odile"), place.o1)


def _accompanied(place: Place, root: str) -> object:
    begin = Begin(type=Casf.SOCIAL.value, organisation=place.o1, starts_on=date(2024, 2, 1))
    return place.town.ask(root, begin, professional("odile"), place.o1)


@pytest.mark.parametrize("act", [_contact, _referent, _accompanied])
def test_what_happens_keeps_the_person(place: Place, act: Acts) -> None:
    """An accompaniment too: RDV-insertion would erase somebody who is accompanied (§11.1, a surprise)."""
    root = place.person()
    place.joined(root)
    place.town.at(datetime(2024, 2, 1, 9, tzinfo=UTC))
    act(place, root)
    assert place.o1 not in {each.organisation for each in place.found()}


def test_what_happens_elsewhere_keeps_nobody_here(place: Place) -> None:
    root = place.person()
    place.joined(root)
    place.town.at(datetime(2024, 2, 1, 9, tzinfo=UTC))
    assign = AssignReferent(referent=Subject("karim"), organisation=place.o2)
    place.town.ask(root, assign, professional("karim"), place.o2)
    assert place.found() == [of(root, place.o1)]


def test_an_organisation_says_for_how_long(place: Place) -> None:
    root = place.person()
    place.town.ask(f"organisation/{place.o1}", SetRetention(months=12), professional("odile"), place.o1)
    assert place.found(date(2024, 5, 16)) == []
    assert place.found(date(2024, 5, 17)) == [of(root, place.o1, date(2023, 5, 17))]


def test_a_company_follows_as_long_as_it_likes_unless_it_says_otherwise(place: Place) -> None:
    company = place.town.organisation(Kind.ACI, "sacha")
    root = place.town.candidate("sacha", company)
    assert place.found(date(2033, 1, 1)) == []
    place.town.ask(f"organisation/{company}", SetRetention(months=36), professional("sacha"), company)
    assert place.found(date(2033, 1, 1)) == [of(root, company, date(2030, 1, 1))]


def test_g10_who_is_followed_elsewhere_too_is_removed_here_only(place: Place) -> None:
    root = place.person()
    place.town.at(datetime(2024, 9, 1, 9, tzinfo=UTC))
    place.joined(root)
    assert place.retain() == Retained(let_go={place.o1: 1}, erased=0)
    person = place.candidate(root)
    assert (list(person.followers), person.first_name) == ([place.o2], "Nour")


def test_who_is_followed_nowhere_else_is_erased_and_can_come_back(place: Place) -> None:
    root = place.person(email="nour@example.org", nir="290027800608439")
    assert place.retain() == Retained(let_go={place.o1: 1}, erased=1)
    person = place.candidate(root)
    assert (person.followers, person.first_name, person.nir) == ({}, ERASED, ERASED)
    again = place.person(email="nour@example.org", nir="290027800608439")
    assert (again != root, place.candidate(again).first_name) == (True, "Nour")


def test_g12_a_preview_says_what_would_be_done_and_does_nothing(place: Place) -> None:
    """Appointments are seats in dossiers: none is left without anybody, so there is none to delete."""
    alone, both = place.person(), place.person()
    place.town.at(datetime(2024, 9, 1, 9, tzinfo=UTC))
    place.joined(both)
    found = place.found()
    assert preview(place.town.desk, found) == Retained(let_go={place.o1: 2}, erased=1)
    assert [place.candidate(root).first_name for root in (alone, both)] == ["Nour", "Nour"]
    assert place.found() == found


def test_twice_is_once(place: Place) -> None:
    place.person()
    assert place.retain() == Retained(let_go={place.o1: 1}, erased=1)
    assert place.retain() == Retained(let_go={}, erased=0)


def test_who_was_let_go_of_and_not_erased_is_erased_by_the_next_run(place: Place) -> None:
    root = place.person()
    place.town.at(datetime(2025, 5, 17, 1, tzinfo=UTC))

    class Killed(Eraser):
        def erase(self, root: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retain(place.town.desk, Killed(place.eraser.pool, place.eraser.vault), place.found(), [])
    assert place.candidate(root).first_name == "Nour"
    assert place.retain() == Retained(let_go={}, erased=1)


def test_who_came_back_meanwhile_is_not_let_go_of(place: Place) -> None:
    """The list is of this morning; what is known now decides."""
    root = place.person()
    found = place.found()
    place.town.at(datetime(2025, 5, 17, 8, tzinfo=UTC))
    _contact_of_odile = ChangeContactData(phone="0612345678")
    place.town.ask(root, _contact_of_odile, professional("odile"), place.o1)
    assert retain(place.town.desk, place.eraser, found, []) == Retained(let_go={}, erased=0)


@pytest.mark.parametrize("kind", ["account", "application"])
def test_who_has_more_than_follow_ups_is_let_go_of_and_kept(place: Place, kind: str) -> None:
    root = place.person()
    if kind == "account":
        place.town.ask(root, LinkAccount(account=Subject("nour")), STAFF)
    else:
        prescriber, company = place.town.organisation(Kind.ML, "camille"), place.town.organisation(Kind.ACI, "sacha")
        place.town.ask(root, JoinOrganisation(organisation=prescriber), professional("camille"), prescriber)
        place.town.applied(root, "camille", prescriber, company)
        leave = LeaveOrganisation(organisation=prescriber)
        place.town.ask(root, leave, professional("camille"), prescriber)
    assert place.retain() == Retained(let_go={place.o1: 1}, erased=0)
    assert place.candidate(root).first_name == "Nour"


def merged(place: Place) -> tuple[str, str]:
    kept, duplicate = place.person(), place.person()
    kept_id, duplicate_id = (CandidateId(root.partition("/")[2]) for root in (kept, duplicate))
    place.town.ask(duplicate, MergeInto(target=kept_id), STAFF)
    entered = place.candidate(duplicate).entered_on
    assert entered is not None
    absorb = AbsorbDuplicate(source=duplicate_id, source_entered_on=entered, followers=(place.o1,))
    place.town.ask(kept, absorb, PARCOURS)
    return kept, duplicate


def test_a_person_is_erased_with_their_duplicates(place: Place) -> None:
    kept, duplicate = merged(place)
    kept_id = CandidateId(kept.partition("/")[2])
    assert erase(place.town.desk, place.eraser, kept_id) == 2
    assert {place.candidate(root).first_name for root in (kept, duplicate)} == {ERASED}
    assert erase(place.town.desk, place.eraser, kept_id) == 0


def test_what_was_claimed_while_somebody_was_being_erased_is_given_back_the_next_time(place: Place) -> None:
    """Another process may use a key for a minute after it was destroyed."""
    root = place.person(email="nour@example.org")
    with connect(place.access.owner) as owner:
        held = owner.execute("select scope, kind, digest from claim where root = %s and scope <> ''", [root]).fetchall()
        erase(place.town.desk, place.eraser, CandidateId(root.partition("/")[2]))
        for claim in held:
            owner.execute("insert into claim values (%s, %s, %s, %s)", [*claim, root])
    erase(place.town.desk, place.eraser, CandidateId(root.partition("/")[2]))
    assert place.person(email="nour@example.org") != root


def test_a_duplicate_is_not_erased_alone(place: Place) -> None:
    kept, duplicate = merged(place)
    with pytest.raises(NotErasable, match=kept.partition("/")[2]):
        erase(place.town.desk, place.eraser, CandidateId(duplicate.partition("/")[2]))
    with pytest.raises(NotErasable, match="no such dossier"):
        erase(place.town.desk, place.eraser, CandidateId("nobody"))


def test_nothing_more_is_told_of_who_was_erased(place: Place) -> None:
    root = place.person()
    erase(place.town.desk, place.eraser, CandidateId(root.partition("/")[2]))
    with pytest.raises(RootErased):
        _referent(place, root)


def test_what_other_systems_call_a_person_is_not_given_back(place: Place) -> None:
    """A message about somebody who was erased does not make them anew."""
    root = place.person()
    place.town.ask(root, LinkReference(system=System.RDV_SOLIDARITES, key="4711"), STAFF)
    erase(place.town.desk, place.eraser, CandidateId(root.partition("/")[2]))
    with connect(place.access.owner) as owner:
        left = owner.execute("select kind from claim where root = %s and scope <> ''", [root]).fetchall()
    assert left == [(f"{REFERENCE}_of_{Named.PERSON}",)]
