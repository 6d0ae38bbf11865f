from dataclasses import replace

from domain.candidate import Candidate, IdentifierKind, first_match, identifiers, refusal_of
from domain.candidate.events import IdentifiersSet, MergedInto, OrganisationLeft
from domain.candidate.matching import first_token
from domain.candidate.refusals import AlreadyRegistered, NirMismatch
from domain.identifiers import Identifier
from domain.vocabulary import ERASED, SEALED, CandidateId
from tests.domain.candidate.cases import BOTH, DROME, ISERE, NIR, OTHER_NIR, joined, registered, standing

PHONE = "+33612345678|nour"


def values(candidate: Candidate) -> set[tuple[str, str, str]]:
    return {(each.scope, each.kind, each.value) for each in identifiers(candidate)}


def named(kind: IdentifierKind, department: str = "26") -> Identifier:
    return Identifier(scope=f"candidate:{department}", kind=kind, value="value")


def test_everything_that_identifies_somebody_is_held_where_they_are_followed() -> None:
    everything = registered(
        nir=NIR,
        email="Nour@Example.org",
        france_travail_id="12345678901",
        department_internal_id="I-77",
        internal_id_department="38",
    )
    assert values(standing(everything)) == {
        ("candidate:26", "nir", NIR),
        ("candidate:26", "email_and_first_name", "nour@example.org|nour"),
        ("candidate:26", "phone_and_first_name", PHONE),
        ("candidate:26", "france_travail_id", "12345678901"),
        ("candidate:38", "department_internal_id", "I-77"),
    }


def test_the_scopes_are_the_departements_of_all_followers() -> None:
    followed = standing(registered(), joined(BOTH))
    assert values(followed) == {(f"candidate:{where}", "phone_and_first_name", PHONE) for where in ("26", "38")}
    left = standing(registered(), joined(ISERE), OrganisationLeft(organisation=DROME.id))
    assert values(left) == {("candidate:38", "phone_and_first_name", PHONE)}


def test_somebody_whom_nobody_follows_is_held_where_they_live_or_nowhere() -> None:
    alone = registered(organisation=None, organisation_departments=())
    assert values(standing(alone)) == {("candidate:26", "phone_and_first_name", PHONE)}
    nowhere = registered(organisation=None, organisation_departments=(), department=None)
    assert values(standing(nowhere)) == {("candidate:unknown", "phone_and_first_name", PHONE)}


def test_case_accents_and_second_names_do_not_tell_people_apart() -> None:
    assert first_token("Inès Marie") == first_token("INES") == "ines"
    assert first_token("Inès Marie Lou") == "ines"
    assert first_token("Jean-Pierre") == "jean-pierre"


def test_a_family_shares_a_telephone() -> None:
    mother, daughter = standing(registered()), standing(registered(first_name="Lina"))
    assert identifiers(mother).isdisjoint(identifiers(daughter))


def test_father_and_son_of_the_same_first_name_are_told_apart_by_the_nir() -> None:
    father = standing(registered(nir=NIR))
    son = standing(registered(nir=OTHER_NIR, homonym_of=CandidateId("father")))
    twice = standing(registered(nir=OTHER_NIR, homonym_of=CandidateId("father"), first_name="NOUR"))
    assert identifiers(father).isdisjoint(identifiers(son))
    assert identifiers(son) == identifiers(twice)


def test_e02_the_first_criterion_that_is_found_wins() -> None:
    holders = {named(kind): CandidateId(kind) for kind in reversed(IdentifierKind)}
    found = []
    while holders:
        match = first_match(holders)
        found.append(match)
        holders = {name: who for name, who in holders.items() if who != match}
    assert found == [CandidateId(kind) for kind in IdentifierKind]
    assert first_match({}) is None


def test_among_departements_the_first_one_wins() -> None:
    holders = {
        named(IdentifierKind.NIR, "38"): CandidateId("isere"),
        named(IdentifierKind.NIR, "26"): CandidateId("drome"),
    }
    assert first_match(holders) == "drome"


def test_e04_a_match_with_another_nir_is_no_match() -> None:
    holder = CandidateId("holder")
    cases = [(NIR, NIR, False), (NIR, None, False), (None, NIR, False), (None, None, False), (NIR, OTHER_NIR, True)]
    for newcomers, holders, mismatch in cases:
        refusal = refusal_of(standing(registered(nir=newcomers)), standing(registered(nir=holders)), holder)
        assert type(refusal) is (NirMismatch if mismatch else AlreadyRegistered)
        assert refusal.details == {"candidate_id": "holder"}


def test_e06_the_same_nir_in_another_departement_is_another_claim() -> None:
    here = standing(registered(nir=NIR))
    there = standing(registered(nir=NIR, organisation=ISERE.id, organisation_departments=("38",)))
    assert identifiers(here).isdisjoint(identifiers(there))


def test_a_duplicate_that_was_merged_leaves_its_place() -> None:
    assert identifiers(standing(registered(nir=NIR), MergedInto(target=CandidateId("kept")))) == frozenset()
    assert identifiers(Candidate()) == frozenset()


def test_what_nobody_can_read_identifies_nobody() -> None:
    for text in (ERASED, SEALED):
        unreadable = registered(first_name=text, last_name=text, phone=text, nir=text, birth_date=text)
        numbers = IdentifiersSet(
            nir=text,
            lack_of_nir=None,
            france_travail_id=text,
            lack_of_france_travail_id=None,
            caf_number=text,
            department_internal_id=text,
            internal_id_department=None,
        )
        assert identifiers(standing(unreadable, numbers)) == frozenset()


def test_an_identifier_is_never_printed() -> None:
    assert NIR not in repr(identifiers(replace(standing(registered()), nir=NIR)))
