from dataclasses import replace
from typing import Any

import pytest

from domain.candidate.codes import (
    ContactField,
    HouseholdRole,
    NumberField,
    Title,
)
from domain.candidate.commands import ChangeContactData, CorrectIdentity, CorrectNir, LinkAccount, SetIdentifiers
from domain.candidate.events import (
    AccountLinked,
    ContactDataChanged,
    IdentifiersSet,
    IdentityCorrected,
    NirCorrected,
)
from domain.candidate.refusals import (
    AccountAlreadyLinked,
    HomonymNeedsNir,
    InternalIdNeedsDepartment,
    InvalidNir,
    LackOfNirWithNir,
    LastIdentifier,
    NirAlreadySet,
    NirContradictsBirthDate,
    NirContradictsTitle,
    NoNirToCorrect,
    NotForYourKind,
    ReasonLength,
    UnknownDepartment,
)
from domain.iae.person import LackOfFranceTravailId, LackOfNir
from domain.vocabulary import CandidateId, Subject
from tests.domain.candidate.cases import NIR, OTHER_NIR, acting_for, given, organisation, registered

REASON = "Document vu en agence"
DELEGATE = acting_for(organisation("drome", "26", kind="delegataire_rsa"))
SIAE = acting_for(organisation("drome", "26", kind="siae"))


def numbers(**known: Any) -> IdentifiersSet:
    unknown: dict[str, Any] = dict.fromkeys(IdentifiersSet.__dataclass_fields__)
    return IdentifiersSet(**{**unknown, **known})


def contact(**known: Any) -> ContactDataChanged:
    usual: dict[str, Any] = {
        "email": None,
        "phone": "+33612345678",
        "address": None,
        "department": "26",
        "homonym_of": None,
    }
    return ContactDataChanged(**{**usual, **known})


def test_an_identity_is_corrected_as_a_whole() -> None:
    given(registered(birth_name="Ben", title=Title.MADAME)).when(
        CorrectIdentity(
            first_name="Noor", last_name="Haddad", birth_date="1985-02-28", household_role=HouseholdRole.CONJOINT
        )
    ).then(
        IdentityCorrected(
            first_name="Noor",
            last_name="Haddad",
            birth_name=None,
            birth_date="1985-02-28",
            birth_year=1985,
            title=None,
            household_role=HouseholdRole.CONJOINT,
        )
    )


def test_a_change_of_civil_status_comes_before_that_of_the_nir() -> None:
    corrected = CorrectIdentity(first_name="Nour", last_name="Haddad", title=Title.MONSIEUR)
    given(registered(nir=NIR, title=Title.MADAME)).when(corrected).then(
        IdentityCorrected(
            first_name="Nour",
            last_name="Haddad",
            birth_name=None,
            birth_date=None,
            birth_year=None,
            title=Title.MONSIEUR,
            household_role=None,
        )
    )


def test_what_was_known_already_makes_nothing_happen() -> None:
    given(registered()).when(CorrectIdentity(first_name=" Nour", last_name="Haddad")).then()
    given(registered()).when(ChangeContactData(phone="06 12 34 56 78")).then()
    given(registered(nir=NIR)).when(SetIdentifiers(nir=NIR)).then()


def test_contact_data_left_out_stays() -> None:
    given(registered()).when(ChangeContactData(email="nour@example.org", address="38000 Grenoble")).then(
        contact(email="nour@example.org", address="38000 Grenoble", department="38")
    )


def test_a_new_telephone_takes_the_place_of_the_former() -> None:
    given(registered()).when(ChangeContactData(phone="07 12 34 56 78")).then(contact(phone="+33712345678"))


def test_a_blank_erases_nothing() -> None:
    given(registered()).when(ChangeContactData(phone=" ", email="")).then()


def test_contact_data_goes_when_it_is_named() -> None:
    given(registered(email="nour@example.org")).when(ChangeContactData(remove=(ContactField.PHONE,))).then(
        contact(email="nour@example.org", phone=None)
    )


def test_the_last_identifier_stays() -> None:
    phone = ChangeContactData(remove=(ContactField.PHONE,))
    given(registered()).when(phone).refused(LastIdentifier)
    given(registered(nir=NIR)).when(phone).then(contact(phone=None))
    internal = registered(phone=None, department_internal_id="I-77", internal_id_department="26")
    given(internal).when(SetIdentifiers(remove=(NumberField.DEPARTMENT_INTERNAL_ID,))).refused(LastIdentifier)
    given(registered(phone=None, nir=NIR)).when(CorrectNir(reason=REASON)).refused(LastIdentifier)


def test_somebody_announced_without_identifier_has_none_to_lose() -> None:
    given(registered(phone=None)).when(ChangeContactData(address="38000 Grenoble")).then(
        contact(phone=None, address="38000 Grenoble", department="38")
    )


def test_numbers_left_out_stay_and_those_named_go() -> None:
    known = registered(caf_number="1234567", department_internal_id="I-77", internal_id_department="26")
    given(known).when(SetIdentifiers(france_travail_id="12345678901", remove=(NumberField.CAF_NUMBER,))).then(
        numbers(france_travail_id="12345678901", department_internal_id="I-77", internal_id_department="26")
    )


def test_an_internal_identifier_and_its_departement_go_together() -> None:
    known = registered(department_internal_id="I-77", internal_id_department="26")
    given(known).when(SetIdentifiers(remove=(NumberField.DEPARTMENT_INTERNAL_ID,))).then(numbers())
    given(known).when(SetIdentifiers(department_internal_id="I-78")).refused(InternalIdNeedsDepartment)


def test_an_internal_identifier_comes_with_a_departement_that_exists() -> None:
    asked = SetIdentifiers(department_internal_id="I-77", internal_id_department="26")
    given(registered()).when(asked).then(numbers(department_internal_id="I-77", internal_id_department="26"))
    given(registered()).when(replace(asked, internal_id_department="99")).refused(UnknownDepartment)


def test_why_there_is_no_nir_is_said_and_stays_until_there_is_one() -> None:
    of_another, none = LackOfNir.ASSOCIATED_TO_OTHER, LackOfNir.NO_NIR
    given(registered()).when(SetIdentifiers(lack_of_nir=none)).then(numbers(lack_of_nir=none))
    lacking = registered(lack_of_nir=of_another)
    given(lacking).when(SetIdentifiers(lack_of_nir=none)).then(numbers(lack_of_nir=none))
    given(lacking).when(SetIdentifiers(caf_number="1234567")).then(
        numbers(lack_of_nir=of_another, caf_number="1234567")
    )


def test_a_nir_that_is_known_is_not_compared_again() -> None:
    contradicted = registered(nir=NIR, title=Title.MONSIEUR)
    given(contradicted).when(SetIdentifiers(caf_number="1234567")).then(numbers(nir=NIR, caf_number="1234567"))


def test_a_nir_is_set_once() -> None:
    given(registered()).when(SetIdentifiers(nir=NIR)).then(numbers(nir=NIR))
    given(registered(nir=NIR)).when(SetIdentifiers(nir=OTHER_NIR)).refused(NirAlreadySet)


def test_a_nir_that_is_set_takes_the_reason_for_lacking_it_away() -> None:
    lacking = registered(lack_of_nir=LackOfNir.NO_NIR)
    given(lacking).when(SetIdentifiers(nir=NIR)).then(numbers(nir=NIR))
    given(lacking).when(SetIdentifiers(nir=NIR, lack_of_nir=LackOfNir.NO_NIR)).refused(LackOfNirWithNir)
    given(registered(nir=NIR)).when(SetIdentifiers(lack_of_nir=LackOfNir.NO_NIR)).refused(LackOfNirWithNir)


def test_a_nir_that_is_set_agrees_with_what_is_known() -> None:
    given(registered(title=Title.MONSIEUR)).when(SetIdentifiers(nir=NIR)).refused(NirContradictsTitle)
    born = registered(birth_date="1985-03-01", birth_year=1985)
    given(born).when(SetIdentifiers(nir=NIR)).refused(NirContradictsBirthDate)


def test_a_france_travail_identifier_takes_the_reason_for_lacking_it_away() -> None:
    lacking = registered(lack_of_france_travail_id=LackOfFranceTravailId.FORGOTTEN)
    given(lacking).when(SetIdentifiers(france_travail_id="12345678901")).then(numbers(france_travail_id="12345678901"))
    unregistered = LackOfFranceTravailId.NOT_REGISTERED
    given(lacking).when(SetIdentifiers(lack_of_france_travail_id=unregistered)).then(
        numbers(lack_of_france_travail_id=unregistered)
    )


def test_a_nir_is_corrected_with_a_reason() -> None:
    given(registered(nir=NIR)).when(CorrectNir(nir=OTHER_NIR, reason=f" {REASON} ")).then(
        NirCorrected(nir=OTHER_NIR, lack_of_nir=None, reason=REASON)
    )
    given(registered(nir=NIR)).when(CorrectNir(lack_of_nir=LackOfNir.ASSOCIATED_TO_OTHER, reason=REASON)).then(
        NirCorrected(nir=None, lack_of_nir=LackOfNir.ASSOCIATED_TO_OTHER, reason=REASON)
    )
    given(registered(nir=NIR)).when(CorrectNir(nir="1", reason=REASON)).refused(InvalidNir)
    given(registered()).when(CorrectNir(nir=NIR, reason=REASON)).refused(NoNirToCorrect)


@pytest.mark.parametrize(("length", "accepted"), [(9, False), (10, True), (2000, True), (2001, False)])
def test_the_reason_of_a_correction_has_10_to_2000_characters(
    length: int,
    accepted: bool,
) -> None:
    asked = given(registered(nir=NIR)).when(CorrectNir(nir=OTHER_NIR, reason="a" * length))
    if accepted:
        asked.then(NirCorrected(nir=OTHER_NIR, lack_of_nir=None, reason="a" * length))
    else:
        asked.refused(ReasonLength)


def test_whoever_does_not_see_a_number_does_not_remove_it_either() -> None:
    given(registered(nir=NIR)).within(DELEGATE).when(CorrectNir(reason=REASON)).refused(NotForYourKind)
    internal = registered(department_internal_id="I-77", internal_id_department="26")
    removal = SetIdentifiers(remove=(NumberField.DEPARTMENT_INTERNAL_ID,))
    given(internal).within(SIAE).when(removal).refused(NotForYourKind)
    given(internal).within(SIAE).when(SetIdentifiers(caf_number="1234567")).then(
        numbers(caf_number="1234567", department_internal_id="I-77", internal_id_department="26")
    )


def test_a_homonym_keeps_a_nir() -> None:
    father = CandidateId("father")
    given(registered()).when(ChangeContactData(email="nour@example.org", homonym_of=father)).refused(HomonymNeedsNir)
    given(registered(nir=NIR, homonym_of=father)).when(CorrectNir(reason=REASON)).refused(HomonymNeedsNir)


def test_an_account_is_linked_once() -> None:
    nour = Subject("nour")
    given(registered()).when(LinkAccount(account=nour)).then(AccountLinked(account=nour))
    given(registered(), AccountLinked(account=nour)).when(LinkAccount(account=nour)).then()
    given(registered(account=nour)).when(LinkAccount(account=Subject("other"))).refused(AccountAlreadyLinked)
