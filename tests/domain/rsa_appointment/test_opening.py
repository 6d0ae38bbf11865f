"""When a follow-up begins, and when it goes (rdv-insertion §2.6, §4.1, §8.3)."""

from dataclasses import replace

import pytest

from application.policies import consequences
from domain.candidate.events import Archived, OrganisationLeft
from domain.followed import Followed
from domain.journey import Dossier, Refusal
from domain.rsa.categories import CategoryType
from domain.rsa_appointment import rsa_appointment_journey
from domain.rsa_appointment.codes import ExpiryCause
from domain.rsa_appointment.commands import Close, ExpireWhereArchived, Open, Reopen, WithdrawUnused
from domain.rsa_appointment.events import Closed, InvitationsExpired, Opened, Withdrawn
from domain.rsa_appointment.refusals import (
    AlreadyFollowedUp,
    CategoryNotHandled,
    InvalidCategory,
    NotFollowing,
    NotYourCategory,
    WrongStage,
)
from tests.domain.rsa_appointment.cases import (
    CATEGORY,
    NOW,
    O1_ID,
    O2,
    O2_ID,
    O3,
    O3_ID,
    OPENED,
    U,
    added,
    around,
    followed_by,
    given,
    invited,
    standing,
)
from tests.spec import given as given_by

UNOPENED = given_by(rsa_appointment_journey.decider).within(around())
OPEN = Open(category=CATEGORY)


def test_a_follow_up_takes_the_type_that_its_organisation_configured() -> None:
    UNOPENED.when(OPEN).then(replace(OPENED, at=NOW))


def test_one_follow_up_for_each_person_and_category() -> None:
    there = around(rsa_appointment_2=standing())
    UNOPENED.within(there).when(OPEN).refused(AlreadyFollowedUp)
    withdrawn = around(rsa_appointment_2=standing(Withdrawn(at=NOW)))
    UNOPENED.within(withdrawn).when(OPEN).then(replace(OPENED, at=NOW))


def test_another_category_may_be_followed_up_beside() -> None:
    other = rsa_appointment_journey.decider.fold([replace(OPENED, category="rsa_accompagnement")])
    UNOPENED.within(around(rsa_appointment_2=other)).when(OPEN).then(replace(OPENED, at=NOW))


def test_an_organisation_of_the_person_handles_the_category_archived_or_not() -> None:
    UNOPENED.within(around(NOW, followed_by(O3_ID), acting=O3)).when(OPEN).refused(CategoryNotHandled)
    set_aside = followed_by(O1_ID, archived=(O1_ID,))
    UNOPENED.within(around(NOW, set_aside)).when(OPEN).then(replace(OPENED, at=NOW))
    UNOPENED.when(Open(category="")).refused(InvalidCategory)


@pytest.mark.parametrize(
    ("person", "acting", "refusal"),
    [(U, O2, NotFollowing), (followed_by(O1_ID, O3_ID), O3, NotYourCategory)],
)
@pytest.mark.parametrize("command", [Close(), OPEN, Reopen()])
def test_whoever_opens_closes_or_reopens_follows_the_person_for_an_organisation_that_handles_the_category(
    command: Close | Open | Reopen, person: Followed, acting: object, refusal: type[Refusal]
) -> None:
    there = around(NOW, person, acting=acting)  # type: ignore[arg-type]
    scenario = {Open: UNOPENED, Close: given(), Reopen: given(Closed(at=NOW))}[type(command)]
    scenario.within(there).when(command).refused(refusal)


def test_what_is_withdrawn_accepts_nothing_any_more() -> None:
    given(Withdrawn(at=NOW)).when(Close()).refused(WrongStage)


def test_a23_what_nobody_began_and_nobody_handles_any_more_is_withdrawn_the_rest_is_kept() -> None:
    left = around(NOW, followed_by(O3_ID), acting=None)
    given().within(left).when(WithdrawUnused()).then(Withdrawn(at=NOW))
    given(invited(1, "06-10 09:00", "06-20 09:00")).within(left).when(WithdrawUnused()).then()
    given(added(1, "06-10 09:00", "06-20 09:00")).within(left).when(WithdrawUnused()).then()
    given().within(around(NOW, followed_by(O2_ID), acting=None)).when(WithdrawUnused()).then()


def test_a23_leaving_asks_it_of_every_follow_up_that_is_not_withdrawn() -> None:
    dossier = Dossier({"rsa-appointment-1": standing(), "rsa-appointment-2": standing(Withdrawn(at=NOW))})
    asked = consequences("candidate", OrganisationLeft(organisation=O3_ID), dossier)
    assert [(each.journey, each.command) for each in asked] == [("rsa-appointment-1", WithdrawUnused())]


def test_e12_archiving_ends_invitations_once_all_their_organisations_have_set_the_person_aside() -> None:
    sent = invited(1, "06-10 09:00", "06-20 09:00", organisations=(O1_ID, O2_ID))
    in_one = around(NOW, followed_by(O1_ID, O2_ID, archived=(O1_ID,)), acting=None)
    given(sent).within(in_one).when(ExpireWhereArchived()).then()
    in_both = around(NOW, followed_by(O1_ID, O2_ID, archived=(O1_ID, O2_ID)), acting=None)
    ended = InvitationsExpired(invitations=(1,), cause=ExpiryCause.ARCHIVED, at=NOW)
    given(sent).within(in_both).when(ExpireWhereArchived()).then(ended)


def test_organisations_that_the_person_is_not_in_do_not_hold_an_invitation_back() -> None:
    sent = invited(1, "06-10 09:00", None, organisations=(O1_ID, O2_ID))
    only_one = around(NOW, followed_by(O1_ID, archived=(O1_ID,)), acting=None)
    ended = InvitationsExpired(invitations=(1,), cause=ExpiryCause.ARCHIVED, at=NOW)
    given(sent).within(only_one).when(ExpireWhereArchived()).then(ended)


def test_archiving_asks_it_of_every_follow_up() -> None:
    dossier = Dossier({"rsa-appointment-1": standing(), "rsa-appointment-2": standing()})
    asked = consequences("candidate", Archived(organisation=O1_ID, reason=None), dossier)
    assert [each.command for each in asked] == [ExpireWhereArchived(), ExpireWhereArchived()]


def test_the_type_is_the_first_that_is_configured() -> None:
    other = replace(O2, categories={CATEGORY: replace(O2.categories[CATEGORY], type=CategoryType.RSA_ACCOMPAGNEMENT)})
    there = around(NOW, followed_by(O2_ID, O1_ID), other)
    UNOPENED.within(there).when(OPEN).then(replace(OPENED, at=NOW, type=CategoryType.RSA_ACCOMPAGNEMENT))


def test_nobody_acts_for_an_import() -> None:
    opened = Opened(category=CATEGORY, type=CategoryType.RSA_ORIENTATION, organisation=None, at=NOW)
    UNOPENED.within(around(acting=None)).when(OPEN).then(opened)


def test_an_invitation_to_organisations_that_the_person_is_not_in_is_left_alone() -> None:
    elsewhere = invited(1, "06-10 09:00", None, organisations=(O2_ID,))
    only_one = around(NOW, followed_by(O1_ID, archived=(O1_ID,)), acting=None)
    given(elsewhere).within(only_one).when(ExpireWhereArchived()).then()
