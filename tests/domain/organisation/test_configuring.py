"""How an organisation receives people: telephone, categories, tags and types (rdv-insertion §1.1, §3.3, §7.1, §8.2)."""

from typing import Any

import pytest

from domain.identifiers import Identifier
from domain.journey import Refusal
from domain.organisation import Kind, identifiers, profile, reception
from domain.organisation.commands import (
    AddOrientationType,
    AddTag,
    ChangePhone,
    ConfigureCategory,
    DeleteOrientationType,
    DeleteTag,
    LinkReference,
    OrganisationCommand,
    RemoveCategory,
    SetRetention,
    UnlinkReference,
)
from domain.organisation.events import (
    CategoryConfigured,
    CategoryRemoved,
    OrientationTypeAdded,
    OrientationTypeDeleted,
    PhoneChanged,
    ReferenceLinked,
    ReferenceUnlinked,
    RetentionSet,
    TagAdded,
    TagDeleted,
)
from domain.organisation.refusals import (
    CategoryNotForYourKind,
    DefaultTypeStays,
    InvalidCode,
    InvalidPhone,
    NameMissing,
    OnlyDepartments,
    RetentionOutOfBounds,
    TagMissing,
    TypeAlreadyThere,
    UnknownCategory,
    UnknownTag,
    UnknownType,
    ValidityOutOfBounds,
)
from domain.references import InvalidReference, NoSuchReference, System
from domain.rsa.categories import CategoryType, Channel
from domain.rsa.reception import Reception, types_offered_by
from domain.rsa.types import Casf, OrientationType, offered
from domain.vocabulary import OrganisationId, Subject
from tests.domain.organisation.cases import ADA, TODAY, added, created, given, standing

COUNCIL = created(Kind.CONSEIL_DEPARTEMENTAL)
RSA_ORIENTATION = CategoryType.RSA_ORIENTATION


def configure(**said: Any) -> ConfigureCategory:
    return ConfigureCategory(**{"category": "rsa_orientation", "type": RSA_ORIENTATION, **said})


def configured(**said: Any) -> CategoryConfigured:
    return CategoryConfigured(**{"category": "rsa_orientation", "type": RSA_ORIENTATION, **said})


def test_every_setting_has_its_default() -> None:
    assert configured() == CategoryConfigured(
        category="rsa_orientation",
        type=RSA_ORIENTATION,
        invitation_channels=(Channel.SMS, Channel.EMAIL, Channel.POSTAL),
        convene_user=True,
        days_before_invitations_expire=10,
        invite_to_user_organisations_only=True,
        rdv_with_referents=False,
        phone=None,
        tell_changes=False,
        tell_no_slot=False,
        position=0,
        department_position=0,
        rdv_title=None,
        rdv_title_by_phone=None,
        user_designation=None,
        rdv_purpose=None,
    )
    given(COUNCIL).when(configure()).then(configured())


@pytest.mark.parametrize(
    ("days", "accepted"), [(2, False), (3, False), (4, True), (None, True), (3650, True), (3651, False)]
)
def test_b03_invitations_are_valid_for_more_than_three_days_or_for_ever(days: int | None, accepted: bool) -> None:
    scenario = given(COUNCIL).when(configure(days_before_invitations_expire=days))
    if accepted:
        scenario.then(configured(days_before_invitations_expire=days))
    else:
        scenario.refused(ValidityOutOfBounds)


ACCEPTED = {
    Kind.CONSEIL_DEPARTEMENTAL: {CategoryType.RSA_ORIENTATION, CategoryType.RSA_ACCOMPAGNEMENT},
    Kind.DELEGATAIRE_RSA: {CategoryType.RSA_ORIENTATION, CategoryType.RSA_ACCOMPAGNEMENT},
    Kind.FRANCE_TRAVAIL: {CategoryType.RSA_ORIENTATION, CategoryType.RSA_ACCOMPAGNEMENT},
    Kind.SIAE: {CategoryType.SIAE},
    Kind.AUTRE: {CategoryType.AUTRE},
    Kind.ML: set(),
}


@pytest.mark.parametrize("kind", ACCEPTED)
@pytest.mark.parametrize("type_", CategoryType)
def test_what_an_organisation_handles_follows_from_its_kind(kind: Kind, type_: CategoryType) -> None:
    scenario = given(created(kind)).when(configure(type=type_))
    if type_ in ACCEPTED[kind]:
        scenario.then(configured(type=type_))
    else:
        scenario.refused(CategoryNotForYourKind)


def test_a_category_is_configured_anew_and_what_is_left_out_has_its_default_again() -> None:
    once = configured(convene_user=False)
    given(COUNCIL, once).when(configure()).then(configured())
    given(COUNCIL, once).when(configure(convene_user=False)).then()
    assert standing(COUNCIL, once, configured()).categories == {"rsa_orientation": configured()}


def test_a_category_is_removed() -> None:
    removed = CategoryRemoved(category="rsa_orientation")
    given(COUNCIL, configured()).when(RemoveCategory(category="rsa_orientation")).then(removed)
    given(COUNCIL).when(RemoveCategory(category="rsa_orientation")).refused(UnknownCategory)
    assert standing(COUNCIL, configured(), removed).categories == {}


def test_channels_are_each_there_once_or_not_at_all() -> None:
    twice = configure(invitation_channels=(Channel.EMAIL, Channel.SMS, Channel.EMAIL))
    given(COUNCIL).when(twice).then(configured(invitation_channels=(Channel.EMAIL, Channel.SMS)))
    given(COUNCIL).when(configure(invitation_channels=())).then(configured(invitation_channels=()))


@pytest.mark.parametrize(
    ("written", "known"),
    [("04 75 00 00 00", "+33475000000"), (" 3949 ", "3949"), ("0692123456", "+262692123456")],
)
def test_an_organisation_and_a_category_have_a_french_or_a_short_number(written: str, known: str) -> None:
    given(COUNCIL).when(ChangePhone(phone=written)).then(PhoneChanged(phone=known))
    given(COUNCIL).when(configure(phone=written)).then(configured(phone=known))


@pytest.mark.parametrize("written", ["394", "39490", "+49 30 123456", ""])
def test_other_numbers_are_refused(written: str) -> None:
    given(COUNCIL).when(ChangePhone(phone=written)).refused(InvalidPhone)
    given(COUNCIL).when(configure(phone=written)).refused(InvalidPhone)


def test_a_number_is_taken_away() -> None:
    known = PhoneChanged(phone="3949")
    given(COUNCIL, known).when(ChangePhone(phone=None)).then(PhoneChanged(phone=None))
    given(COUNCIL, known).when(ChangePhone(phone="3949")).then()


@pytest.mark.parametrize("months", [1, 24, 36])
def test_people_without_activity_are_followed_for_one_to_thirty_six_months(months: int) -> None:
    given(COUNCIL).when(SetRetention(months=months)).then(RetentionSet(months=months))
    given(COUNCIL, RetentionSet(months=months)).when(SetRetention(months=months)).then()
    assert standing(COUNCIL, RetentionSet(months=months)).retention_months == months


@pytest.mark.parametrize("months", [-1, 0, 37])
def test_other_durations_are_refused(months: int) -> None:
    given(COUNCIL).when(SetRetention(months=months)).refused(RetentionOutOfBounds)


JOB = OrientationTypeAdded(code="parcours_emploi", casf=Casf.PRO, name="Parcours emploi")


def adding(code: str = "parcours_emploi", name: str = " Parcours  emploi ") -> AddOrientationType:
    return AddOrientationType(code=code, casf=Casf.PRO, name=name)


def test_a_council_adds_types_to_those_of_the_law() -> None:
    given(COUNCIL).when(adding()).then(JOB)
    assert standing(COUNCIL, JOB).orientation_types == (
        OrientationType(code="parcours_emploi", casf=Casf.PRO, name="Parcours emploi"),
    )


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (adding("pro"), TypeAlreadyThere),
        (adding(), TypeAlreadyThere),
        (adding("Emploi"), InvalidCode),
        (adding("autre", " "), NameMissing),
        (configure(category="RSA orientation"), InvalidCode),
        (DeleteOrientationType(code="autre"), UnknownType),
        (AddTag(tag="  "), TagMissing),
        (DeleteTag(tag="Permis B"), UnknownTag),
    ],
)
def test_what_is_wrong_is_refused(command: OrganisationCommand, refusal: type[Refusal]) -> None:
    given(COUNCIL, JOB).when(command).refused(refusal)


def test_only_councils_add_types() -> None:
    for command in (adding(), DeleteOrientationType(code="parcours_emploi")):
        given(created(Kind.FRANCE_TRAVAIL)).when(command).refused(OnlyDepartments)


def test_d14_a_type_is_deleted_and_one_of_the_law_never() -> None:
    deleted = OrientationTypeDeleted(code="parcours_emploi")
    given(COUNCIL, JOB).when(DeleteOrientationType(code="parcours_emploi")).then(deleted)
    given(COUNCIL, JOB).when(DeleteOrientationType(code="pro")).refused(DefaultTypeStays)
    assert standing(COUNCIL, JOB, deleted).orientation_types == ()


def test_the_default_type_is_offered_only_where_there_is_no_other() -> None:
    job = OrientationType(code="parcours_emploi", casf=Casf.PRO, name="Parcours emploi")
    assert offered([]) == {"social": Casf.SOCIAL, "pro": Casf.PRO, "socio_pro": Casf.SOCIO_PRO}
    assert offered([job]) == {"social": Casf.SOCIAL, "socio_pro": Casf.SOCIO_PRO, "parcours_emploi": Casf.PRO}


def test_tags_are_offered_once() -> None:
    tag = TagAdded(tag="Permis B")
    given(COUNCIL).when(AddTag(tag=" Permis  B ")).then(tag)
    given(COUNCIL, tag).when(AddTag(tag="Permis B")).then()
    given(COUNCIL, tag).when(DeleteTag(tag=" Permis B")).then(TagDeleted(tag="Permis B"))
    assert standing(COUNCIL, tag, TagDeleted(tag="Permis B")).tags == ()


def test_others_know_how_it_receives_people() -> None:
    organisation = standing(COUNCIL, added(ADA), PhoneChanged(phone="3949"), configured(), JOB, TagAdded(tag="RQTH"))
    known = reception(organisation, OrganisationId("drome"), TODAY)
    assert known == Reception(
        profile=profile(organisation, OrganisationId("drome"), TODAY),
        phone="3949",
        categories={"rsa_orientation": configured()},
        orientation_types=organisation.orientation_types,
        members=frozenset({Subject("ada")}),
        tags=frozenset({"RQTH"}),
    )
    assert types_offered_by(OrganisationId("drome"), {OrganisationId("drome"): known})["parcours_emploi"] is Casf.PRO
    assert "parcours_emploi" not in types_offered_by(OrganisationId("other"), {OrganisationId("drome"): known})


def test_what_another_system_calls_it_is_claimed_and_given_up() -> None:
    linked = ReferenceLinked(system=System.RDV_SOLIDARITES, key="52")
    gone = ReferenceUnlinked(system=System.RDV_SOLIDARITES, key="52")
    given(COUNCIL).when(LinkReference(system=System.RDV_SOLIDARITES, key=" 52 ")).then(linked)
    given(COUNCIL, linked).when(LinkReference(system=System.RDV_SOLIDARITES, key="52")).then()
    given(COUNCIL, linked).when(UnlinkReference(system=System.RDV_SOLIDARITES, key="52")).then(gone)
    given(COUNCIL).when(UnlinkReference(system=System.RDV_SOLIDARITES, key="52")).refused(NoSuchReference)
    given(COUNCIL).when(LinkReference(system=System.RDV_SOLIDARITES, key="cinquante deux")).refused(InvalidReference)
    claimed = Identifier(scope="reference:rdv_solidarites", kind="reference_of_organisation", value="52")
    assert claimed in identifiers(standing(COUNCIL, linked))
    assert claimed not in identifiers(standing(COUNCIL, linked, gone))
