"""Who acts for an organisation, and what a company receives."""

from datetime import timedelta

import pytest

from domain.journey import Deadline
from domain.organisation import Kind, deadlines, members
from domain.organisation.commands import (
    AddMember,
    BlockApplications,
    ChangeMemberRole,
    CloseSpontaneous,
    ExpireSpontaneous,
    OpenApplications,
    OpenSpontaneous,
    RemoveMember,
)
from domain.organisation.events import (
    ApplicationsBlocked,
    ApplicationsOpened,
    Closed,
    MemberRemoved,
    MemberRoleChanged,
    SpontaneousClosed,
    SpontaneousExpired,
    SpontaneousOpened,
)
from domain.organisation.refusals import (
    AlreadyMember,
    LastAdministrator,
    NotACompany,
    NotDue,
    NotMember,
    RoleNotForMembers,
    WrongStage,
)
from domain.vocabulary import Role
from tests.domain.organisation.cases import ADA, BEN, CLEO, NOW, added, created, given, later, standing

ADMIN = Role.ADMINISTRATOR
COMPANY = created(Kind.EI)
INSTANT = timedelta(microseconds=1)


def test_the_first_member_administers_and_the_next_ones_as_asked() -> None:
    given(created()).when(AddMember(subject=ADA)).then(added(ADA, ADMIN))
    given(created(), added(ADA, ADMIN)).when(AddMember(subject=BEN)).then(added(BEN))
    given(created(), added(ADA, ADMIN)).when(AddMember(subject=BEN, role=ADMIN)).then(added(BEN, ADMIN))
    given(created(), added(ADA, ADMIN)).when(AddMember(subject=ADA)).refused(AlreadyMember)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.STAFF, Role.SYSTEM])
def test_no_other_role_is_given_in_an_organisation(role: Role) -> None:
    two = (created(), added(ADA, ADMIN), added(BEN))
    given(*two).when(AddMember(subject=CLEO, role=role)).refused(RoleNotForMembers)
    given(*two).when(ChangeMemberRole(subject=BEN, role=role)).refused(RoleNotForMembers)


def test_the_last_administrator_stays_one() -> None:
    demote = ChangeMemberRole(subject=ADA, role=Role.MEMBER)
    given(created(), added(ADA, ADMIN)).when(demote).refused(LastAdministrator)
    given(created(), added(ADA, ADMIN), added(BEN)).when(demote).refused(LastAdministrator)
    given(created(), added(ADA, ADMIN), added(BEN, ADMIN)).when(demote).then(
        MemberRoleChanged(subject=ADA, role=Role.MEMBER)
    )
    given(created(), added(ADA, ADMIN)).when(ChangeMemberRole(subject=ADA, role=ADMIN)).then()
    given(created()).when(demote).refused(NotMember)


def test_the_last_administrator_leaves_last() -> None:
    leave = RemoveMember(subject=ADA)
    given(created(), added(ADA, ADMIN), added(BEN)).when(leave).refused(LastAdministrator)
    given(created(), added(ADA, ADMIN), added(BEN, ADMIN)).when(leave).then(MemberRemoved(subject=ADA))
    given(created(), added(ADA, ADMIN)).when(leave).then(MemberRemoved(subject=ADA))
    given(created(), added(ADA, ADMIN)).when(RemoveMember(subject=BEN)).refused(NotMember)


def test_a_closed_organisation_lets_people_out_and_nobody_in() -> None:
    closed = (created(), added(ADA, ADMIN), Closed())
    given(*closed).when(AddMember(subject=BEN)).refused(WrongStage)
    given(*closed).when(RemoveMember(subject=ADA)).then(MemberRemoved(subject=ADA))


def test_members_are_those_added_and_not_removed() -> None:
    organisation = standing(created(), added(ADA, ADMIN), added(BEN), added(CLEO), MemberRemoved(subject=BEN))
    assert members(organisation) == {ADA: ADMIN, CLEO: Role.MEMBER}


def test_applications_are_blocked_and_opened_once() -> None:
    given(COMPANY).when(BlockApplications()).then(ApplicationsBlocked())
    given(COMPANY).when(OpenApplications()).then()
    given(COMPANY, ApplicationsBlocked()).when(BlockApplications()).then()
    given(COMPANY, ApplicationsBlocked()).when(OpenApplications()).then(ApplicationsOpened())


@pytest.mark.parametrize(
    "command", [OpenApplications(), BlockApplications(), OpenSpontaneous(), CloseSpontaneous(), ExpireSpontaneous()]
)
def test_only_companies_receive_applications(command: OpenApplications) -> None:
    given(created(Kind.ML)).when(command).refused(NotACompany)
    assert deadlines(standing(created(Kind.ML))) == ()


def test_spontaneous_applications_close_after_90_days() -> None:
    assert deadlines(standing(COMPANY)) == (Deadline(due=NOW + timedelta(days=90), command=ExpireSpontaneous()),)
    given(COMPANY).within(later(90, but=INSTANT)).when(ExpireSpontaneous()).refused(NotDue)
    given(COMPANY).within(later(90)).when(ExpireSpontaneous()).then(SpontaneousExpired())
    given(COMPANY, SpontaneousExpired()).within(later(91)).when(ExpireSpontaneous()).refused(NotDue)
    assert deadlines(standing(COMPANY, SpontaneousExpired())) == ()
    assert deadlines(standing(COMPANY, Closed())) == ()


def test_opening_again_counts_90_days_from_then() -> None:
    again = SpontaneousOpened(at=later(60).at)
    given(COMPANY).within(later(60)).when(OpenSpontaneous()).then(again)
    given(COMPANY, again).within(later(90)).when(ExpireSpontaneous()).refused(NotDue)
    given(COMPANY, again).within(later(150)).when(ExpireSpontaneous()).then(SpontaneousExpired())


def test_spontaneous_applications_are_closed_by_hand_too() -> None:
    given(COMPANY).when(CloseSpontaneous()).then(SpontaneousClosed())
    given(COMPANY, SpontaneousClosed()).when(CloseSpontaneous()).then()
