"""Where somebody was born, and an identity that a service of the State has certified (les-emplois §2.1, §2.4)."""

from dataclasses import replace
from typing import Any

import pytest

from domain.candidate.codes import ClosingReason, Stage, Title
from domain.candidate.commands import CertifyIdentity, CorrectIdentity, SetIdentifiers
from domain.candidate.events import (
    IdentifiersSet,
    IdentityCertificationLost,
    IdentityCertified,
    IdentityCorrected,
    MergedInto,
    PathClosed,
)
from domain.candidate.refusals import (
    BirthPlaceMismatch,
    IdentityFrozen,
    InvalidBirthCountry,
    InvalidBirthPlace,
    WrongStage,
)
from domain.candidate.rules import decide
from domain.iae.certification import Certifier
from domain.vocabulary import CandidateId, Role
from tests.domain.candidate.cases import IN_DROME, TODAY, given, registered, standing

API, FT = Certifier.API_PARTICULIER, Certifier.API_RECHERCHE_INDIVIDU_CERTIFIE
CERTIFIED = IdentityCertified(by=API)
STAFF = replace(IN_DROME, actor=replace(IN_DROME.actor, role=Role.STAFF))

KNOWN: dict[str, Any] = {
    "first_name": "Nour",
    "last_name": "Haddad",
    "birth_date": "1990-02-14",
    "birth_country": "99100",
    "birth_place": "26362",
    "title": Title.MADAME,
}
SAME = CorrectIdentity(**KNOWN)
BORN = registered(**KNOWN, birth_year=1990)


def corrected(**said: Any) -> IdentityCorrected:
    return IdentityCorrected(**{**KNOWN, "birth_name": None, "birth_year": 1990, "household_role": None, **said})


@pytest.mark.parametrize("place", ["26363", " 2A004 ", "97411"])
def test_whoever_was_born_in_france_was_born_in_a_commune(place: str) -> None:
    given(BORN).when(replace(SAME, birth_place=place)).then(corrected(birth_place=place.strip()))


def test_whoever_was_born_elsewhere_was_not() -> None:
    given(BORN).when(replace(SAME, birth_country="99109", birth_place=None)).then(
        corrected(birth_country="99109", birth_place=None)
    )
    given(BORN).when(replace(SAME, birth_country="99109")).refused(BirthPlaceMismatch)
    given(BORN).when(replace(SAME, birth_place=None)).refused(BirthPlaceMismatch)
    given(BORN).when(replace(SAME, birth_country=None)).refused(BirthPlaceMismatch)


@pytest.mark.parametrize("country", ["100", "FR", "991000", "98100"])
def test_a_country_is_a_code(country: str) -> None:
    given(BORN).when(replace(SAME, birth_country=country)).refused(InvalidBirthCountry)


@pytest.mark.parametrize("place", ["Valence", "2C004", "263620", "2636"])
def test_a_commune_is_a_code(place: str) -> None:
    given(BORN).when(replace(SAME, birth_place=place)).refused(InvalidBirthPlace)


def test_an_identity_is_certified_once_by_each_service() -> None:
    given(BORN).when(CertifyIdentity(by=API)).then(CERTIFIED)
    given(BORN, CERTIFIED).when(CertifyIdentity(by=API)).then()
    given(BORN, CERTIFIED).when(CertifyIdentity(by=FT)).then(IdentityCertified(by=FT))
    assert standing(BORN, CERTIFIED, IdentityCertified(by=FT)).certified_by == (API, FT)


def test_a_duplicate_is_certified_no_more_and_a_closed_path_still_is() -> None:
    merged = MergedInto(target=CandidateId("kept"))
    given(BORN, merged).when(CertifyIdentity(by=API)).refused(WrongStage)
    assert standing(BORN, merged).stage is Stage.MERGED
    closed = PathClosed(reason=ClosingReason.MOVED_AWAY, on=TODAY)
    given(BORN, closed).when(CertifyIdentity(by=API)).then(CERTIFIED)


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("first_name", "Noura"),
        ("last_name", "Haddad-Le Goff"),
        ("birth_date", "1990-02-15"),
        ("title", Title.MONSIEUR),
        ("birth_place", "26363"),
    ],
)
def test_what_is_certified_does_not_change(field: str, other: str) -> None:
    changed = CorrectIdentity(**{**KNOWN, field: other})
    with pytest.raises(IdentityFrozen) as caught:
        decide(changed, standing(BORN, CERTIFIED), IN_DROME)
    assert caught.value.details == {"fields": [field]}


def test_nor_does_the_country() -> None:
    elsewhere = replace(SAME, birth_country="99109", birth_place=None)
    given(BORN, CERTIFIED).when(elsewhere).refused(IdentityFrozen)


def test_the_rest_does() -> None:
    given(BORN, CERTIFIED).when(SAME).then()
    given(BORN, CERTIFIED).when(replace(SAME, birth_name="Le Goff")).then(corrected(birth_name="Le Goff"))
    given(BORN).when(replace(SAME, first_name="Noura")).then(corrected(first_name="Noura"))


def test_what_is_empty_may_still_be_filled_in() -> None:
    unknown_place = registered(**{**KNOWN, "birth_country": None, "birth_place": None}, birth_year=1990)
    given(unknown_place, CERTIFIED).when(SAME).then(corrected())


def test_staff_corrects_it_and_it_is_certified_no_longer() -> None:
    noura = replace(SAME, first_name="Noura")
    lost = IdentityCertificationLost(by=(API,))
    given(BORN, IdentityCertified(by=FT), CERTIFIED).within(STAFF).when(noura).then(corrected(first_name="Noura"), lost)
    assert standing(BORN, IdentityCertified(by=FT), CERTIFIED, lost).certified_by == (FT,)
    given(BORN, CERTIFIED).within(STAFF).when(replace(SAME, birth_name="Le Goff")).then(corrected(birth_name="Le Goff"))


def identifiers_set(france_travail_id: str) -> IdentifiersSet:
    return IdentifiersSet(
        nir=None,
        lack_of_nir=None,
        france_travail_id=france_travail_id,
        lack_of_france_travail_id=None,
        caf_number=None,
        department_internal_id=None,
        internal_id_department=None,
    )


def test_france_travail_freezes_its_own_identifier_once_it_is_known() -> None:
    by_ft = IdentityCertified(by=FT)
    given(BORN, by_ft).when(SetIdentifiers(france_travail_id="1234567A")).then(identifiers_set("1234567A"))
    known = (BORN, identifiers_set("1234567A"), by_ft)
    given(*known).when(SetIdentifiers(france_travail_id="7654321A")).refused(IdentityFrozen)
    given(*known).when(replace(SAME, first_name="Noura")).then(corrected(first_name="Noura"))
