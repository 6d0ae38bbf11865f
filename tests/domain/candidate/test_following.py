from dataclasses import replace

from domain.candidate import archived, parties
from domain.candidate.commands import (
    Archive,
    AssignReferent,
    AssignTags,
    JoinOrganisation,
    LeaveOrganisation,
    RemoveReferent,
    RemoveTag,
    Unarchive,
)
from domain.candidate.events import (
    Archived,
    OrganisationLeft,
    ReferentAssigned,
    ReferentRemoved,
    TagAssigned,
    TagRemoved,
    Unarchived,
)
from domain.candidate.refusals import (
    AlreadyArchived,
    AlreadyReferent,
    InvalidNir,
    NirMismatch,
    NotArchived,
    NotFollowing,
    NotReferent,
    NotTagged,
    UnknownTag,
)
from domain.vocabulary import Party, Subject
from tests.domain.candidate.cases import DROME, ISERE, NIR, OTHER_NIR, given, joined, registered, standing

CAMILLE = Subject("camille")
ASSIGNED = ReferentAssigned(referent=CAMILLE, organisation=DROME.id)
ARCHIVED = Archived(organisation=DROME.id, reason="Ne répond plus")


def test_another_organisation_joins_and_joining_twice_is_joining_once() -> None:
    given(registered()).when(JoinOrganisation(organisation=ISERE.id)).then(joined(ISERE))
    given(registered()).when(JoinOrganisation(organisation=DROME.id)).then()


def test_e04_whoever_knows_another_nir_means_somebody_else() -> None:
    asked = JoinOrganisation(organisation=ISERE.id, nir=OTHER_NIR)
    given(registered(nir=NIR)).when(asked).refused(NirMismatch)
    given(registered()).when(asked).then(joined(ISERE))
    given(registered(nir=NIR)).when(JoinOrganisation(organisation=ISERE.id)).then(joined(ISERE))
    given(registered(nir=NIR)).when(JoinOrganisation(organisation=ISERE.id, nir=NIR[:13])).then(joined(ISERE))
    given(registered(nir=NIR)).when(JoinOrganisation(organisation=ISERE.id, nir="1")).refused(InvalidNir)


def test_whoever_leaves_takes_referents_and_archive_along() -> None:
    given(registered()).when(LeaveOrganisation(organisation=DROME.id)).then(OrganisationLeft(organisation=DROME.id))
    left = standing(registered(), joined(ISERE), ASSIGNED, ARCHIVED, OrganisationLeft(organisation=DROME.id))
    assert left == standing(registered(organisation=ISERE.id, organisation_departments=("38",)))


def test_only_an_organisation_that_follows_the_person_does_the_rest() -> None:
    for command in (
        LeaveOrganisation(organisation=ISERE.id),
        AssignReferent(referent=CAMILLE, organisation=ISERE.id),
        RemoveReferent(referent=CAMILLE, organisation=ISERE.id),
        Archive(organisation=ISERE.id),
        Unarchive(organisation=ISERE.id),
    ):
        given(registered()).when(command).refused(NotFollowing)


def test_a_professional_is_a_referent_once() -> None:
    assign = AssignReferent(referent=CAMILLE, organisation=DROME.id)
    given(registered()).when(assign).then(ASSIGNED)
    given(registered(), ASSIGNED).when(assign).refused(AlreadyReferent)
    there = AssignReferent(referent=CAMILLE, organisation=ISERE.id)
    given(registered(), joined(ISERE), ASSIGNED).when(there).then(
        ReferentAssigned(referent=CAMILLE, organisation=ISERE.id)
    )


def test_a_referent_is_removed_once() -> None:
    remove = RemoveReferent(referent=CAMILLE, organisation=DROME.id)
    removed = ReferentRemoved(referent=CAMILLE, organisation=DROME.id)
    given(registered(), ASSIGNED).when(remove).then(removed)
    given(registered(), ASSIGNED, removed).when(remove).refused(NotReferent)


def test_e14_a_dossier_is_archived_once_and_where_the_person_is_followed() -> None:
    given(registered()).when(Archive(organisation=DROME.id, reason=" Ne répond\nplus ")).then(ARCHIVED)
    given(registered(), ARCHIVED).when(Archive(organisation=DROME.id)).refused(AlreadyArchived)
    given(registered()).when(Archive(organisation=ISERE.id)).refused(NotFollowing)


def test_a_dossier_is_unarchived_where_it_is_archived() -> None:
    unarchived = Unarchived(organisation=DROME.id)
    given(registered(), ARCHIVED).when(Unarchive(organisation=DROME.id)).then(unarchived)
    assert standing(registered(), ARCHIVED, unarchived).archived_by == ()
    given(registered()).when(Unarchive(organisation=DROME.id)).refused(NotArchived)


def test_e16_archived_at_a_level_is_archived_in_all_its_organisations_that_follow() -> None:
    level = (DROME.id, ISERE.id)
    once = standing(registered(), joined(ISERE), ARCHIVED)
    assert not archived(once, level)
    assert archived(once, [DROME.id])
    twice = standing(registered(), joined(ISERE), ARCHIVED, Archived(organisation=ISERE.id, reason=None))
    assert archived(twice, level)
    assert archived(standing(registered(), ARCHIVED), level)
    assert not archived(standing(registered()), [ISERE.id])


def test_whoever_follows_the_person_takes_part() -> None:
    assert parties(standing(registered(), joined(ISERE))) == {Party.FOLLOWER: {DROME.id, ISERE.id}}


def tagged(tag: str) -> TagAssigned:
    return TagAssigned(organisation=DROME.id, tag=tag)


def test_tags_that_the_organisation_offers_are_put_on_the_person_each_once() -> None:
    asked = AssignTags(organisation=DROME.id, tags=("RQTH", " Permis  B", "RQTH"))
    given(registered()).when(asked).then(tagged("RQTH"), tagged("Permis B"))
    given(registered(), tagged("RQTH")).when(asked).then(tagged("Permis B"))
    given(registered()).when(replace(asked, tags=("RQTH", "Autre"))).refused(UnknownTag)
    given(registered()).when(replace(asked, organisation=ISERE.id)).refused(NotFollowing)


def test_a_tag_is_taken_off_by_whoever_follows_the_person() -> None:
    driver = TagAssigned(organisation=DROME.id, tag="Permis B")
    given(registered(), driver).when(RemoveTag(organisation=DROME.id, tag="Permis  B")).then(
        TagRemoved(organisation=DROME.id, tag="Permis B")
    )
    taken = RemoveTag(organisation=DROME.id, tag=" RQTH ")
    given(registered(), tagged("RQTH")).when(taken).then(TagRemoved(organisation=DROME.id, tag="RQTH"))
    given(registered()).when(taken).refused(NotTagged)
    assert standing(registered(), tagged("RQTH"), TagRemoved(organisation=DROME.id, tag="RQTH")).tags == ()
