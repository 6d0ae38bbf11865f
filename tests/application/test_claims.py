from dataclasses import replace
from typing import Any

import pytest

from application.desk import Outcome
from domain.candidate.codes import ContactField, NumberField
from domain.candidate.commands import (
    ChangeContactData,
    CorrectIdentity,
    CorrectNir,
    JoinOrganisation,
    LeaveOrganisation,
    LinkReference,
    SetIdentifiers,
    UnlinkReference,
)
from domain.candidate.refusals import AlreadyRegistered, NirMismatch
from domain.journey import Refusal
from domain.organisation import commands as organisation
from domain.organisation.commands import (
    ChangeKinds,
    ChangeSiret,
    Close,
    Create,
    DescribeService,
    Reopen,
    WithdrawService,
)
from domain.organisation.kinds import Kind
from domain.organisation.refusals import AlreadyExists, ServiceTaken
from domain.references import ReferenceTaken, System
from domain.vocabulary import CandidateId, OrganisationId
from tests.application.test_immersion import AGREED, SERVICE
from tests.application.town import STAFF, Town, at_once, new_root, professional
from tests.domain.immersion.cases import submit

LOU = professional("lou", "rdv-insertion")
NIR = "285027800608490"
OTHER_NIR = "285037800608409"
SIRET = "12345678200002"
OTHER_SIRET = "12345678200010"

#: The same person, by each thing that tells people apart; nothing else is the same.
SAME: dict[str, dict[str, Any]] = {
    "nir": {"nir": NIR},
    "e-mail and first name": {"email": "nour@example.org"},
    "phone and first name": {"phone": "06 12 34 56 78", "email": None},
    "internal id": {"department_internal_id": "I-77", "internal_id_department": "26"},
    "France Travail id": {"france_travail_id": "1234567U"},
}


@pytest.fixture
def drome(town: Town) -> OrganisationId:
    return town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "lou", departments=("26",))


@pytest.fixture
def isere(town: Town) -> OrganisationId:
    return town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "lou", departments=("38",))


def registers(town: Town, acting: OrganisationId, **said: Any) -> CandidateId:
    root = new_root()
    town.ask(root, town.register(**said), LOU, acting, opens_root=True)
    return CandidateId(root.partition("/")[2])


def refused(kind: type[Refusal], town: Town, acting: OrganisationId, **said: Any) -> object:
    with pytest.raises(kind) as caught:
        registers(town, acting, **said)
    return caught.value.details.get("candidate_id")


def changes(town: Town, person: CandidateId, command: Any, acting: OrganisationId) -> Outcome:
    return town.ask(f"candidate/{person}", command, LOU, acting)


@pytest.mark.parametrize("by", SAME)
def test_of_eight_simultaneous_registrations_of_one_person_one_wins(town: Town, drome: OrganisationId, by: str) -> None:
    answers = at_once(lambda _: registers(town, drome, **SAME[by]))
    (person,) = [answer for answer in answers if not isinstance(answer, Exception)]
    refusals = [answer for answer in answers if isinstance(answer, AlreadyRegistered)]
    assert [refusal.details for refusal in refusals] == [{"candidate_id": person}] * 7


@pytest.mark.parametrize("by", ["nir", "e-mail and first name", "phone and first name", "France Travail id"])
def test_in_another_departement_nobody_is_recognised(
    town: Town, drome: OrganisationId, isere: OrganisationId, by: str
) -> None:
    assert registers(town, drome, **SAME[by]) != registers(town, isere, **SAME[by])


def test_an_internal_id_counts_in_its_own_departement_whoever_registers(
    town: Town, drome: OrganisationId, isere: OrganisationId
) -> None:
    person = registers(town, drome, **SAME["internal id"])
    assert refused(AlreadyRegistered, town, isere, **SAME["internal id"]) == person


def test_another_first_name_at_the_same_address_is_somebody_else(town: Town, drome: OrganisationId) -> None:
    registers(town, drome, email="famille@example.org")
    registers(town, drome, email="famille@example.org", first_name="Sami")


def test_the_same_contact_with_another_nir_is_told_apart(town: Town, drome: OrganisationId) -> None:
    person = registers(town, drome, email="nour@example.org", nir=NIR)
    assert refused(NirMismatch, town, drome, email="nour@example.org", nir=OTHER_NIR) == person


def test_a_homonym_is_registered_beside_by_their_nir(town: Town, drome: OrganisationId) -> None:
    parent = registers(town, drome, email="nour@example.org", nir=NIR)
    child = registers(town, drome, email="nour@example.org", nir=OTHER_NIR, homonym_of=parent)
    assert refused(AlreadyRegistered, town, drome, nir=OTHER_NIR) == child


def test_what_matches_first_is_whom_one_is_told_of(town: Town, drome: OrganisationId) -> None:
    by_mail = registers(town, drome, email="nour@example.org")
    by_nir = registers(town, drome, nir=NIR)
    assert refused(AlreadyRegistered, town, drome, email="nour@example.org") == by_mail
    assert refused(AlreadyRegistered, town, drome, email="nour@example.org", nir=NIR) == by_nir


@pytest.mark.parametrize(
    ("known", "moves"),
    [
        ({"nir": NIR}, CorrectNir(nir=OTHER_NIR, reason="Carte Vitale vue en agence")),
        ({"email": "nour@example.org"}, ChangeContactData(email="haddad@example.org")),
        ({"email": "nour@example.org"}, CorrectIdentity(first_name="Inès", last_name="Haddad")),
        ({"phone": "0612345678"}, ChangeContactData(remove=(ContactField.PHONE,))),
        ({"france_travail_id": "1234567U"}, SetIdentifiers(remove=(NumberField.FRANCE_TRAVAIL_ID,))),
    ],
)
def test_what_a_person_had_by_mistake_another_may_have(
    town: Town, drome: OrganisationId, known: dict[str, Any], moves: Any
) -> None:
    wrong = registers(town, drome, **{"nir": None, **known, "email": known.get("email", "wrong@example.org")})
    assert refused(AlreadyRegistered, town, drome, **known) == wrong
    changes(town, wrong, moves, drome)
    registers(town, drome, **known)


def test_nobody_is_corrected_into_somebody_else(town: Town, drome: OrganisationId) -> None:
    somebody = registers(town, drome, nir=NIR)
    person = registers(town, drome)
    with pytest.raises(AlreadyRegistered) as caught:
        changes(town, person, SetIdentifiers(nir=NIR), drome)
    assert caught.value.details == {"candidate_id": somebody}
    assert town.told(f"candidate/{person}") == [("candidate", "Registered")]


def test_of_eight_people_corrected_into_the_same_one_is(town: Town, drome: OrganisationId) -> None:
    people = [registers(town, drome) for _ in range(8)]
    answers = at_once(lambda number: changes(town, people[number], SetIdentifiers(nir=NIR), drome).version)
    assert sorted(type(answer).__name__ for answer in answers) == [*["AlreadyRegistered"] * 7, "int"]


def test_two_who_exchange_what_they_are_known_by_never_wait_for_each_other(town: Town, drome: OrganisationId) -> None:
    people = [registers(town, drome, phone=phone) for phone in ("0611111111", "0622222222")]

    def exchange(number: int) -> int:
        other = ("0622222222", "0611111111")[number]
        return changes(town, people[number], ChangeContactData(phone=other), drome).version

    assert {type(answer) for answer in at_once(exchange, 2)} == {AlreadyRegistered}


def test_a_dossier_that_is_joined_is_recognised_where_it_is_followed_then(
    town: Town, drome: OrganisationId, isere: OrganisationId
) -> None:
    person = registers(town, drome, nir=NIR)
    changes(town, person, JoinOrganisation(organisation=isere), isere)
    assert refused(AlreadyRegistered, town, isere, nir=NIR) == person
    changes(town, person, LeaveOrganisation(organisation=isere), isere)
    registers(town, isere, nir=NIR)


def test_nobody_joins_where_somebody_else_is_known_as_the_same_person(
    town: Town, drome: OrganisationId, isere: OrganisationId
) -> None:
    person, other = registers(town, drome, nir=NIR), registers(town, isere, nir=NIR)
    with pytest.raises(AlreadyRegistered) as caught:
        changes(town, person, JoinOrganisation(organisation=isere), isere)
    assert caught.value.details == {"candidate_id": other}


def test_whoever_was_erased_claims_nothing_that_is_new(town: Town, drome: OrganisationId) -> None:
    person = registers(town, drome, nir=NIR)
    town.vault.destroy(f"candidate/{person}")
    with pytest.raises(Refusal) as caught:
        changes(town, person, ChangeContactData(phone="0612345678"), drome)
    assert caught.typename == "RootErased"
    registers(town, drome, phone="0612345678")


def test_one_organisation_of_a_kind_is_recorded_for_an_establishment(town: Town) -> None:
    create = Create(name="Atelier", kinds=(Kind.ACI,), departments=("26",), siret=SIRET)
    roots = [new_root("organisation") for _ in range(8)]
    answers = at_once(lambda number: town.ask(roots[number], create, STAFF, opens_root=True).root)
    (made,) = [answer for answer in answers if isinstance(answer, str)]
    refusals = [answer for answer in answers if isinstance(answer, AlreadyExists)]
    assert [refusal.details for refusal in refusals] == [{"organisation_id": made.partition("/")[2]}] * 7


def test_an_establishment_may_be_organisations_of_several_kinds(town: Town) -> None:
    workshop = town.organisation(Kind.ACI, siret=SIRET)
    other = town.organisation(Kind.EI, siret=SIRET)
    with pytest.raises(AlreadyExists) as caught:
        town.ask(f"organisation/{other}", ChangeKinds(kinds=(Kind.ACI, Kind.EI)), STAFF)
    assert caught.value.details == {"organisation_id": workshop}


def test_an_organisation_that_closes_or_moves_leaves_its_establishment(town: Town) -> None:
    first = town.organisation(Kind.ACI, siret=SIRET)
    town.ask(f"organisation/{first}", ChangeSiret(siret=OTHER_SIRET), STAFF)
    second = town.organisation(Kind.ACI, siret=SIRET)
    town.ask(f"organisation/{second}", Close(), STAFF)
    third = town.organisation(Kind.ACI, siret=SIRET)
    with pytest.raises(AlreadyExists) as caught:
        town.ask(f"organisation/{second}", Reopen(), STAFF)
    assert caught.value.details == {"organisation_id": third}


def test_of_eight_structures_one_describes_a_service_until_it_withdraws_it(town: Town) -> None:
    structures = [town.organisation(Kind.SERVICE_STRUCTURE, "lou", typology="asso") for _ in range(8)]
    described = DescribeService(service_id="dora--1", name="Bilan mobilité", description="Le point sur vos trajets.")

    def say(structure: OrganisationId, command: DescribeService | WithdrawService = described) -> Outcome:
        return town.ask(f"organisation/{structure}", command, LOU, structure)

    answers = at_once(lambda number: say(structures[number]))
    (won,) = [number for number, answer in enumerate(answers) if isinstance(answer, Outcome)]
    assert [type(answer) for number, answer in enumerate(answers) if number != won] == [ServiceTaken] * 7
    say(structures[won], WithdrawService(service_id="dora--1"))
    say(structures[won - 1])


def test_a_structure_that_closed_comes_back_without_what_another_one_offers_now(town: Town) -> None:
    first, second = (town.organisation(Kind.SERVICE_STRUCTURE, "lou", typology="asso") for _ in range(2))
    described = DescribeService(service_id="dora--1", name="Bilan mobilité", description="Le point sur vos trajets.")
    for organisation_id, command in ((first, described), (first, Close()), (second, described)):
        town.ask(f"organisation/{organisation_id}", command, STAFF)
    with pytest.raises(ServiceTaken):
        town.ask(f"organisation/{first}", Reopen(), STAFF)
    town.ask(f"organisation/{first}", WithdrawService(service_id="dora--1"), STAFF)
    town.ask(f"organisation/{first}", Reopen(), STAFF)


def test_of_eight_dossiers_one_has_the_name_that_another_system_uses(town: Town, drome: OrganisationId) -> None:
    people = [registers(town, drome) for _ in range(8)]
    link = LinkReference(system=System.RDV_SOLIDARITES, key="82821")
    answers = at_once(lambda number: changes(town, people[number], link, drome))
    (linked,) = [answer for answer in answers if isinstance(answer, Outcome)]
    assert [type(answer) for answer in answers if answer is not linked] == [ReferenceTaken] * 7
    changes(town, CandidateId(linked.root.partition("/")[2]), UnlinkReference(system=link.system, key=link.key), drome)
    changes(town, people[0], link, drome)


def test_a_person_and_an_organisation_of_the_same_number_are_not_confused(town: Town, drome: OrganisationId) -> None:
    changes(town, registers(town, drome), LinkReference(system=System.RDV_SOLIDARITES, key="52"), drome)
    calls = organisation.LinkReference(system=System.RDV_SOLIDARITES, key="52")
    town.ask(f"organisation/{drome}", calls, STAFF)
    other = town.organisation(Kind.ML)
    with pytest.raises(ReferenceTaken):
        town.ask(f"organisation/{other}", calls, STAFF)


def test_a_convention_of_immersion_facilitee_is_in_one_dossier(town: Town, drome: OrganisationId) -> None:
    agency = town.organisation(Kind.AGENCY_MISSION_LOCALE, "lou")
    asked = replace(submit(AGREED), agency=agency, reference="aaaaac99-9c0b-1aaa-aa6d-6bb9bd38aaaa")
    for known in (False, True):
        root = f"candidate/{registers(town, drome)}"
        if known:
            with pytest.raises(ReferenceTaken):
                town.ask(root, asked, SERVICE)
        else:
            assert town.ask(root, asked, SERVICE).state.reference == asked.reference
