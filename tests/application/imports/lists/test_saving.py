"""Rows of a list, through the real desk (rdv-insertion §2.4, §2.5, scenarios 12.E)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from application.imports.lists.columns import Column
from application.imports.lists.refusals import ArchivedHere
from application.imports.lists.rows import Row
from application.imports.lists.saving import Came, Saving, Told
from domain.candidate import Candidate
from domain.candidate.commands import Archive, AssignReferent
from domain.candidate.refusals import InvalidPhone, NirMismatch, NoIdentifier
from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId, Subject
from tests.application.town import Town, at_once, professional

NIR, OTHER_NIR = "185027800608443", "119050235559522"


@dataclass
class Office:
    """The département's office: odile uploads lists for it."""

    town: Town
    council: OrganisationId

    def saving(self, **said: Any) -> Saving:
        usual: dict[str, Any] = {
            "desk": self.town.desk,
            "agent": professional("odile", "rdv-insertion"),
            "organisation": self.council,
            "kinds": ("conseil_departemental",),
            "department": "35",
            "correlation_id": "list",
            "new_id": lambda: str(uuid7()),
        }
        return Saving(**{**usual, **said})

    def save(self, *rows: Row, **said: Any) -> Sequence[Told]:
        saving = self.saving(**said)
        return [saving.save(row) for row in rows]

    def person(self, told: Told) -> Candidate:
        found = self.town.standing(f"candidate/{told.candidate}").cases["candidate"]
        assert isinstance(found, Candidate)
        return found


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town, town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile"))


def row(number: int = 2, **values: str) -> Row:
    return Row(number=number, values={Column(name): value for name, value in values.items()})


def paul(number: int = 2, **values: str) -> Row:
    return row(number, **{"first_name": "Paul", "last_name": "Durand", "email": "paul@example.com", **values})


def came(told: Sequence[Told]) -> Sequence[Came]:
    return [each.came for each in told]


def test_somebody_new_is_created_and_followed(office: Office) -> None:
    (told,) = office.save(paul(phone="06 63 60 35 10", caf_number="00012345670000", birth_date="16/02/1952"))
    person = office.person(told)
    assert (told.came, told.refusal) == (Came.CREATED, None)
    assert (person.phone, person.caf_number, person.birth_date) == ("+33663603510", "1234567", "1952-02-16")
    assert (list(person.followers), person.origin.value) == ([office.council], "list_upload")


def test_a_list_that_is_sent_again_changes_nothing(office: Office) -> None:
    rows = [paul(), row(3, first_name="Inès", last_name="Dupont", department_internal_id="IODAS1")]
    first, again = office.save(*rows), office.save(*rows)
    assert came(first) == [Came.CREATED] * 2
    assert again == [replace(each, came=Came.UP_TO_DATE) for each in first]


def test_an_interrupted_list_goes_on_where_it_was(office: Office) -> None:
    rows = [paul(), row(3, first_name="Inès", last_name="Dupont", email="ines@example.com")]
    office.save(rows[0])
    assert came(office.save(*rows)) == [Came.UP_TO_DATE, Came.CREATED]


@pytest.mark.parametrize("criteria", [
    {"nir": NIR}, {"department_internal_id": "IODAS7"}, {"email": "paul@example.com"}, {"phone": "0663603510"},
], ids=lambda criteria: next(iter(criteria)))  # fmt: skip
def test_e02_each_criterion_finds_the_person(office: Office, criteria: dict[str, str]) -> None:
    known = {"nir": NIR, "department_internal_id": "IODAS7", "email": "paul@example.com", "phone": "06 63 60 35 10"}
    (first,) = office.save(row(2, first_name="Paul Marie", last_name="Durand", **known))
    (told,) = office.save(row(2, first_name="PAUL", last_name="Durand", **criteria))
    assert (told.came, told.candidate) == (Came.UPDATED, first.candidate)


def test_e04_another_nir_is_somebody_else(office: Office) -> None:
    office.save(paul(nir=NIR))
    (refused,) = office.save(paul(nir=OTHER_NIR))
    assert (refused.came, type(refused.refusal)) == (Came.REFUSED, NirMismatch)
    assert came(office.save(paul())) == [Came.UP_TO_DATE]


def test_blank_cells_never_erase_and_others_complete(office: Office) -> None:
    (first,) = office.save(paul(phone="0663603510"))
    (second,) = office.save(paul(phone="", birth_date="16/02/1952", nir=""))
    person = office.person(second)
    assert (second.came, second.candidate) == (Came.UPDATED, first.candidate)
    assert (person.phone, person.birth_date) == ("+33663603510", "1952-02-16")


def test_names_in_unaccented_capitals_do_not_replace_names_that_are_written_well(office: Office) -> None:
    office.save(row(first_name="Inès", last_name="Lefèvre", email="ines@example.com"))
    (told,) = office.save(row(first_name="INES", last_name="LEFEVRE", email="ines@example.com"))
    assert (told.came, office.person(told).last_name) == (Came.UP_TO_DATE, "Lefèvre")


def test_somebody_known_elsewhere_in_the_departement_is_joined(office: Office) -> None:
    mission = office.town.organisation(Kind.ML, "camille")
    known = office.town.candidate("camille", mission, first_name="Paul", email="paul@example.com")
    (told,) = office.save(paul())
    assert (told.came, f"candidate/{told.candidate}") == (Came.UPDATED, known)
    assert set(office.person(told).followers) == {mission, office.council}


def test_a_row_that_is_refused_changes_nothing(office: Office) -> None:
    (first,) = office.save(paul())
    before = office.town.journal.load(f"candidate/{first.candidate}")
    (refused,) = office.save(paul(birth_date="16/02/1952", phone="12"))
    assert (refused.came, type(refused.refusal)) == (Came.REFUSED, InvalidPhone)
    assert office.town.journal.load(f"candidate/{first.candidate}") == before


def test_a_row_without_anything_that_identifies_is_refused(office: Office) -> None:
    (refused,) = office.save(row(first_name="Paul", last_name="Durand", caf_number="1234567"))
    assert type(refused.refusal) is NoIdentifier


def test_a_dossier_archived_here_is_left_alone(office: Office) -> None:
    (first,) = office.save(paul())
    root = f"candidate/{first.candidate}"
    office.town.ask(root, Archive(organisation=office.council), professional("odile"), office.council)
    (refused,) = office.save(paul(phone="0663603510"))
    assert type(refused.refusal) is ArchivedHere


def test_referents_are_kept(office: Office) -> None:
    (first,) = office.save(paul())
    root = f"candidate/{first.candidate}"
    named = AssignReferent(referent=Subject("odile"), organisation=office.council)
    office.town.ask(root, named, professional("odile"), office.council)
    (told,) = office.save(paul(phone="0663603510"))
    assert [each.referent for each in office.person(told).referents] == ["odile"]


def test_what_an_organisation_does_not_see_is_left_out_and_said_to_be(office: Office) -> None:
    delegate = office.town.organisation(Kind.DELEGATAIRE_RSA, "karim")
    work = {"agent": professional("karim"), "organisation": delegate, "kinds": ("delegataire_rsa",)}
    (told,) = office.save(paul(nir=NIR, title="Dr"), **work)
    assert (told.came, told.hidden, told.unread) == (Came.CREATED, ["nir"], [Column.TITLE])
    assert office.person(told).nir is None


def test_a_preview_says_the_same_and_records_nothing(office: Office) -> None:
    (known,) = office.save(paul())
    rows = [
        paul(2),
        paul(3, phone="0663603510"),
        row(4, first_name="Inès", last_name="Dupont", email="ines@example.com"),
        row(5, first_name="Ines", last_name="Dupont", email="ines@example.com"),
        row(6, first_name="Manon", last_name="Richard", phone="12"),
    ]
    before = office.town.desk.journal.load(f"candidate/{known.candidate}")
    previewed = office.save(*rows, preview=True)
    assert came(previewed) == [Came.UP_TO_DATE, Came.UPDATED, Came.CREATED, Came.SAME_AS_BEFORE, Came.REFUSED]
    assert office.town.journal.load(f"candidate/{known.candidate}") == before
    saved = office.save(*rows)
    assert came(saved) == [Came.UP_TO_DATE, Came.UPDATED, Came.CREATED, Came.UP_TO_DATE, Came.REFUSED]


def test_two_agents_who_send_the_same_list_at_once_make_everybody_once(office: Office) -> None:
    rows = [row(n, first_name="Paul", last_name="Durand", email=f"paul{n}@example.com") for n in range(2, 8)]
    several = at_once(lambda _: office.save(*rows), threads=4)
    told = [each for one in several if isinstance(one, list) for each in one]
    assert len(told) == 4 * len(rows)
    assert sum(each.came is Came.CREATED for each in told) == len(rows)
    assert len({each.candidate for each in told if each.candidate}) == len(rows)
