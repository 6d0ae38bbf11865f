from datetime import date

import pytest

from domain.candidate import candidate_journey
from domain.candidate.codes import ClosingReason, HouseholdRole, Origin, Title
from domain.candidate.commands import (
    AssignReferent,
    AssignTags,
    ClosePath,
    DeclareEmploymentFound,
    DescribeSocialSituation,
    LinkAccount,
    Register,
    ReopenPath,
)
from domain.candidate.events import MergedInto, PathClosed
from domain.candidate.refusals import (
    BirthInTheFuture,
    BirthPlaceMismatch,
    BornTooLongAgo,
    EmailOfFranceTravail,
    HomonymNeedsNir,
    InternalIdNeedsDepartment,
    InvalidBirthDate,
    InvalidEmail,
    InvalidFranceTravailId,
    InvalidNir,
    InvalidPhone,
    LackOfNirWithNir,
    NameMissing,
    NirContradictsBirthDate,
    NirContradictsTitle,
    NoIdentifier,
    NotForYourKind,
    UnknownDepartment,
    WrongStage,
)
from domain.candidate.values import caf_number_of
from domain.iae.person import LackOfFranceTravailId, LackOfNir
from domain.vocabulary import CandidateId
from tests.domain.candidate.cases import (
    BOTH,
    IN_DROME,
    NATIONAL,
    NIR,
    NOUR,
    acting_for,
    given,
    on,
    organisation,
    register,
    registered,
    standing,
)


def test_the_acting_organisation_follows_the_person_from_the_first_day() -> None:
    given().when(register()).then(registered())


def test_everything_said_is_stored_in_one_way() -> None:
    given().when(
        register(
            first_name="  Nour\tAmal ",
            last_name="Haddad  Ben",
            birth_name=" Le  Goff ",
            birth_date="1985-02-28",
            birth_country=" 99100 ",
            birth_place=" 26362 ",
            title=Title.MADAME,
            household_role=HouseholdRole.DEMANDEUR,
            email=" Nour@Example.org ",
            phone="06 12 34 56 78",
            address=" 1 rue\nHaute 38000  Grenoble",
            nir="2 85 02 78 006 084",
            france_travail_id="1234567u",
            caf_number="0001 2345670000",
            department_internal_id=" I-77 ",
            internal_id_department="26",
            origin=Origin.LIST_UPLOAD,
        )
    ).then(
        registered(
            first_name="Nour Amal",
            last_name="Haddad Ben",
            birth_name="Le Goff",
            birth_date="1985-02-28",
            birth_year=1985,
            birth_country="99100",
            birth_place="26362",
            title=Title.MADAME,
            household_role=HouseholdRole.DEMANDEUR,
            email="Nour@Example.org",
            address="1 rue Haute 38000 Grenoble",
            department="38",
            nir=NIR,
            france_travail_id="1234567U",
            caf_number="1234567",
            department_internal_id="I-77",
            internal_id_department="26",
            origin=Origin.LIST_UPLOAD,
        )
    )


def test_what_is_blank_is_not_said() -> None:
    given().when(register(birth_name=" ", birth_country="", birth_place=" ")).then(registered())


def test_whoever_is_registered_was_born_in_a_commune_of_france_or_in_another_country() -> None:
    elsewhere = registered(birth_country="99109")
    given().when(register(birth_country="99109")).then(elsewhere)
    given().when(register(birth_country="99109", birth_place="26362")).refused(BirthPlaceMismatch)
    given().when(register(birth_country="99100")).refused(BirthPlaceMismatch)


def test_somebody_is_registered_once() -> None:
    with pytest.raises(WrongStage) as caught:
        candidate_journey.decider.decide(register(), standing(registered()), IN_DROME)
    assert caught.value.details == {"stage": "open"}


def test_each_stage_offers_what_it_does_not_exclude() -> None:
    offers = candidate_journey.decider.offers
    assert offers(standing()) == [Register]
    every = set(candidate_journey.commands)
    assert set(offers(standing(registered()))) == every - {Register, ReopenPath}
    closed = standing(registered(), PathClosed(reason=ClosingReason.MOVED_AWAY, on=date(2026, 1, 5)))
    assert set(offers(closed)) == every - {
        Register,
        DescribeSocialSituation,
        AssignReferent,
        AssignTags,
        LinkAccount,
        DeclareEmploymentFound,
        ClosePath,
    }
    assert offers(standing(registered(), MergedInto(target=CandidateId("kept")))) == []


def test_a_person_who_registers_alone_has_an_account_and_no_follower() -> None:
    alone = on(date(2026, 1, 5))
    given().within(acting_for(None)).when(register()).then(
        registered(organisation=None, organisation_departments=(), department=None)
    )
    given().within(type(alone)(at=alone.at, actor=NOUR)).when(register()).then(
        registered(
            organisation=None,
            organisation_departments=(),
            department=None,
            origin=Origin.SELF,
            account=NOUR.subject,
        )
    )


def test_an_organisation_of_several_departements_does_not_tell_where_somebody_lives() -> None:
    given().within(acting_for(BOTH)).when(register()).then(
        registered(organisation=BOTH.id, organisation_departments=("26", "38"), department=None)
    )
    given().within(acting_for(NATIONAL)).when(register()).then(
        registered(organisation=NATIONAL.id, organisation_departments=(), department=None)
    )


@pytest.mark.parametrize("missing", [{"first_name": " "}, {"last_name": ""}])
def test_a_person_has_two_names(missing: dict[str, str]) -> None:
    given().when(register(**missing)).refused(NameMissing)


def test_somebody_is_born_today_at_the_latest_and_130_years_ago_at_the_earliest() -> None:
    given().when(register(birth_date="2026-01-05")).then(registered(birth_date="2026-01-05", birth_year=2026))
    given().when(register(birth_date="2026-01-06")).refused(BirthInTheFuture)
    given().when(register(birth_date="1896-01-05")).then(registered(birth_date="1896-01-05", birth_year=1896))
    given().when(register(birth_date="1896-01-04")).refused(BornTooLongAgo)


def test_somebody_born_on_a_leap_day_is_130_on_the_last_of_february() -> None:
    leap = registered(birth_date="1896-02-29", birth_year=1896, entered_on=date(2026, 2, 28))
    given().within(on(date(2026, 2, 28))).when(register(birth_date="1896-02-29")).then(leap)
    given().within(on(date(2026, 3, 1))).when(register(birth_date="1896-02-29")).refused(BornTooLongAgo)


@pytest.mark.parametrize("written", ["2026-02-30", "28/02/1985", "hier"])
def test_a_birth_date_is_an_iso_day(written: str) -> None:
    given().when(register(birth_date=written)).refused(InvalidBirthDate)


def test_what_cannot_be_read_is_refused_and_never_dropped() -> None:
    given().when(register(email="nour@")).refused(InvalidEmail)
    given().when(register(email="nour@francetravail.fr")).refused(EmailOfFranceTravail)
    given().when(register(phone="3949")).refused(InvalidPhone)
    given().when(register(nir="123456789012312")).refused(InvalidNir)
    given().when(register(nir="269054958815780")).refused(InvalidNir)


@pytest.mark.parametrize("known", [{"phone": "0612345678"}, {"email": "nour@example.org"}, {"nir": NIR}])
def test_one_identifier_is_enough(known: dict[str, str]) -> None:
    stored = {**known, "phone": "+33612345678"} if "phone" in known else {"phone": None, **known}
    given().when(register(**{"phone": None, **known})).then(registered(**stored))


def test_names_caf_number_and_france_travail_identifier_identify_nobody() -> None:
    given().when(register(phone=" ", caf_number="1234567", france_travail_id="12345678901")).refused(NoIdentifier)


def test_the_appointment_service_may_announce_somebody_without_identifier() -> None:
    given().when(register(phone=None, origin=Origin.RDV_SOLIDARITES)).then(
        registered(phone=None, origin=Origin.RDV_SOLIDARITES)
    )


def test_a_nir_agrees_with_title_and_birth() -> None:
    given().when(register(nir=NIR, title=Title.MONSIEUR)).refused(NirContradictsTitle)
    given().when(register(nir="185027800608443", title=Title.MADAME)).refused(NirContradictsTitle)
    given().when(register(nir=NIR, birth_date="1984-02-28")).refused(NirContradictsBirthDate)
    given().when(register(nir=NIR, birth_date="1985-03-01")).refused(NirContradictsBirthDate)


def test_a_reason_for_lacking_a_nir_does_not_go_with_one() -> None:
    given().when(register(lack_of_nir=LackOfNir.NO_NIR)).then(registered(lack_of_nir=LackOfNir.NO_NIR))
    given().when(register(nir=NIR, lack_of_nir=LackOfNir.NO_NIR)).refused(LackOfNirWithNir)


def test_a_france_travail_identifier_wins_over_a_reason_for_lacking_it() -> None:
    forgotten = LackOfFranceTravailId.FORGOTTEN
    given().when(register(france_travail_id="1234 567 8901")).then(registered(france_travail_id="12345678901"))
    given().when(register(france_travail_id="12345678901", lack_of_france_travail_id=forgotten)).then(
        registered(france_travail_id="12345678901")
    )
    given().when(register(lack_of_france_travail_id=forgotten)).then(registered(lack_of_france_travail_id=forgotten))


@pytest.mark.parametrize("written", ["1234567", "123456789", "A2345678", "1234567é", "123456789012"])
def test_a_france_travail_identifier_has_two_shapes(written: str) -> None:
    given().when(register(france_travail_id=written)).refused(InvalidFranceTravailId)


def test_an_internal_identifier_belongs_to_a_departement() -> None:
    given().when(register(department_internal_id="I-77")).refused(InternalIdNeedsDepartment)
    given().when(register(internal_id_department="26")).refused(InternalIdNeedsDepartment)
    given().when(register(department_internal_id="I-77", internal_id_department="20")).refused(UnknownDepartment)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("1234567", "1234567"),
        ("12345670008", "12345670008"),
        ("00012345670000", "1234567"),
        ("12345670000", "1234567"),
        ("0001234567", "1234567"),
        ("0000000", "0000000"),
        ("1234567X", "1234567X"),
        ("X12345678", "X12345678"),
        ("", None),
    ],
)
def test_e10_a_caf_number_loses_its_padding(written: str, stored: str | None) -> None:
    assert caf_number_of(written) == stored


@pytest.mark.parametrize(
    ("kind", "nir", "internal_id"),
    [
        ("conseil_departemental", True, True),
        ("france_travail", True, True),
        ("delegataire_rsa", False, True),
        ("siae", False, False),
        ("autre", False, False),
        ("aci", True, False),
    ],
)
def test_some_kinds_of_organisation_do_not_set_what_they_do_not_see(
    kind: str,
    nir: bool,
    internal_id: bool,
) -> None:
    asked = given().within(acting_for(organisation("drome", "26", kind=kind)))
    with_nir = asked.when(register(nir=NIR))
    with_internal_id = asked.when(register(department_internal_id="I-77", internal_id_department="26"))
    if nir:
        with_nir.then(registered(nir=NIR))
    else:
        with_nir.refused(NotForYourKind)
    if internal_id:
        with_internal_id.then(registered(department_internal_id="I-77", internal_id_department="26"))
    else:
        with_internal_id.refused(NotForYourKind)


def test_a_homonym_is_told_apart_by_the_nir() -> None:
    father = CandidateId("father")
    given().when(register(homonym_of=father)).refused(HomonymNeedsNir)
    given().when(register(homonym_of=father, nir=NIR)).then(registered(homonym_of=father, nir=NIR))
