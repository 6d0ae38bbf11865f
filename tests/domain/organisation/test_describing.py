import pytest

from domain.organisation import Kind, Stage, identifiers, profile
from domain.organisation.commands import ChangeKinds, ChangeSiret, ChangeTerritory, Close, Create, Rename, Reopen
from domain.organisation.events import (
    ApplicationsBlocked,
    Closed,
    Created,
    KindsChanged,
    Renamed,
    Reopened,
    SiretChanged,
    SpontaneousClosed,
    TerritoryChanged,
)
from domain.organisation.refusals import (
    InvalidSafir,
    InvalidSiret,
    KindMissing,
    NameMissing,
    SafirOnlyForFranceTravail,
    TerritoryMissing,
    TypologyOnlyForStructures,
    UnknownDepartment,
    UnknownTypology,
    WrongStage,
)
from domain.vocabulary import Family, OrganisationId, OrganisationProfile
from tests.domain.organisation.cases import ADA, NOW, SIRET, TODAY, added, create, created, given, standing


def test_what_is_said_is_stored_in_one_way() -> None:
    said = Create(
        name="  Mission\tlocale ",
        kinds=(Kind.SERVICE_STRUCTURE, Kind.ML, Kind.ML),
        departments=("38", "26", "26"),
        siret="732 829 320 00074",
        typology="ml",
    )
    given().when(said).then(
        Created(
            name="Mission locale",
            kinds=(Kind.ML, Kind.SERVICE_STRUCTURE),
            departments=("26", "38"),
            siret=SIRET,
            typology="ml",
            at=NOW,
        )
    )


def test_an_organisation_is_created_once() -> None:
    given(created()).when(create()).refused(WrongStage)


def test_an_organisation_has_a_name_a_kind_and_a_territory() -> None:
    given().when(create(name=" ")).refused(NameMissing)
    given().when(create(kinds=())).refused(KindMissing)
    given().when(create(departments=())).refused(TerritoryMissing)
    given().when(create(departments=("26", "20"))).refused(UnknownDepartment)
    given().when(create(departments=("1",))).refused(UnknownDepartment)


def test_only_an_institution_is_national() -> None:
    given().when(create(Kind.DGEFP_IAE, departments=())).then(created(Kind.DGEFP_IAE, departments=()))
    given().when(create(Kind.DGEFP_IAE, Kind.ML, departments=())).refused(TerritoryMissing)
    given(created()).when(ChangeTerritory(departments=())).refused(TerritoryMissing)
    given(created(Kind.DGEFP_IAE, departments=())).when(ChangeKinds(kinds=(Kind.ML,))).refused(TerritoryMissing)


def test_a_siret_is_checked_where_it_is_known() -> None:
    given().when(create(siret="73282932000079")).refused(InvalidSiret)
    given(created()).when(ChangeSiret(siret="1")).refused(InvalidSiret)
    given(created()).when(ChangeSiret(siret="356 000 000 49837")).then(SiretChanged(siret="35600000049837"))


def test_only_france_travail_has_a_safir_code_of_five_digits() -> None:
    given().when(create(Kind.FT, safir="26001")).then(created(Kind.FT, safir="26001"))
    given().when(create(Kind.FT, safir="2600")).refused(InvalidSafir)
    given().when(create(Kind.FT, safir="2600A")).refused(InvalidSafir)
    given().when(create(Kind.ML, safir="26001")).refused(SafirOnlyForFranceTravail)


def test_structures_that_offer_services_have_a_typology_and_others_have_none() -> None:
    structure = Kind.SERVICE_STRUCTURE
    given().when(create(structure, typology="asso")).then(created(structure, typology="asso"))
    given().when(create(structure)).refused(TypologyOnlyForStructures)
    given().when(create(Kind.ML, typology="ml")).refused(TypologyOnlyForStructures)
    given().when(create(structure, typology="ASSO")).refused(UnknownTypology)
    becomes = KindsChanged(kinds=(structure,), typology="asso", on=TODAY, status_reset=True)
    given(created(Kind.EI)).when(ChangeKinds(kinds=(structure,), typology="asso")).then(becomes)
    given(created(Kind.EI)).when(ChangeKinds(kinds=(structure,))).refused(TypologyOnlyForStructures)


def test_what_an_organisation_is_can_change() -> None:
    given(created()).when(Rename(name=" Autre  nom ")).then(Renamed(name="Autre nom"))
    given(created()).when(Rename(name="")).refused(NameMissing)
    given(created()).when(ChangeTerritory(departments=("974", "01"))).then(TerritoryChanged(departments=("01", "974")))
    given(created()).when(ChangeKinds(kinds=())).refused(KindMissing)


def test_what_an_organisation_is_said_to_be_is_known_and_then_what_it_is_said_to_be_now() -> None:
    structure = created(Kind.FT, Kind.SERVICE_STRUCTURE, siret=SIRET, safir="26001", typology="asso")
    first = standing(structure)
    assert (first.name, first.siret, first.safir, first.typology) == ("Mission locale", SIRET, "26001", "asso")
    other = "35600000049837"
    now = standing(
        structure, Renamed(name="Agence"), SiretChanged(siret=other), TerritoryChanged(departments=("01", "974"))
    )
    assert (now.name, now.siret, now.departments) == ("Agence", other, ("01", "974"))


def test_a_company_that_is_none_any_more_receives_nothing() -> None:
    changed = KindsChanged(kinds=(Kind.DGEFP_IAE,), typology=None, on=TODAY, status_reset=False)
    assert standing(created(Kind.EI)).spontaneous_since == NOW
    none_any_more = standing(created(Kind.EI), ApplicationsBlocked(), changed)
    assert (none_any_more.spontaneous_since, none_any_more.blocks_applications) == (None, False)


def test_a_typology_goes_with_the_kinds_that_it_was_said_with() -> None:
    structure = Kind.SERVICE_STRUCTURE
    other = KindsChanged(kinds=(structure,), typology="ml", on=TODAY, status_reset=False)
    assert standing(created(structure, typology="asso"), other).typology == "ml"


def test_a_closed_organisation_accepts_nothing_but_to_be_reopened_or_left() -> None:
    given(created()).when(Close()).then(Closed())
    given(created(), Closed()).when(Rename(name="Autre")).refused(WrongStage)
    given(created(), Closed()).when(Reopen()).then(Reopened())
    assert standing(created(), Closed(), Reopened()).stage is Stage.ACTIVE
    given(created()).when(Reopen()).refused(WrongStage)


def test_an_organisation_is_unique_by_siret_and_kind_as_long_as_it_is_open() -> None:
    both = standing(created(Kind.EI, Kind.ML, siret=SIRET))
    assert {(each.scope, each.kind, each.value) for each in identifiers(both)} == {
        ("organisation", "siret_of_ei", SIRET),
        ("organisation", "siret_of_ml", SIRET),
    }
    assert identifiers(standing(created())) == frozenset()
    assert identifiers(standing(created(siret=SIRET), Closed())) == frozenset()


@pytest.mark.parametrize(
    ("kinds", "families"),
    [
        ((Kind.ACI,), (Family.SIAE,)),
        ((Kind.GEIQ,), (Family.GEIQ,)),
        ((Kind.OPCS,), (Family.EMPLOYER,)),
        ((Kind.ML, Kind.AGENCY_MISSION_LOCALE), (Family.IMMERSION_AGENCY, Family.PRESCRIBER)),
        ((Kind.DELEGATAIRE_RSA, Kind.ODC), (Family.PRESCRIBER, Family.RSA)),
    ],
)
def test_families_follow_from_kinds(kinds: tuple[Kind, ...], families: tuple[Family, ...]) -> None:
    assert profile(standing(created(*kinds)), OrganisationId("one"), TODAY).families == families


def test_a_profile_says_what_others_need_to_know() -> None:
    one = OrganisationId("one")
    assert profile(standing(created(Kind.EI)), one, TODAY) == OrganisationProfile(
        id=one,
        kinds=("ei",),
        families=(Family.SIAE,),
        authorised=True,
        departments=("26",),
        active=True,
        has_members=False,
        blocks_applications=False,
        accepts_spontaneous=True,
    )
    assert profile(standing(created(Kind.EI), added(ADA)), one, TODAY).has_members
    full = profile(standing(created(Kind.EI), ApplicationsBlocked(), SpontaneousClosed()), one, TODAY)
    assert (full.blocks_applications, full.accepts_spontaneous) == (True, False)
    assert not profile(standing(created(), Closed()), one, TODAY).active
