"""Who acts for an organisation: as long as anybody does, somebody administers it (les-emplois §1.5)."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.organisation.commands import AddMember, ChangeMemberRole, RemoveMember
from domain.organisation.events import MemberAdded, MemberRemoved, MemberRoleChanged, OrganisationEvent
from domain.organisation.refusals import AlreadyMember, LastAdministrator, NotMember, RoleNotForMembers
from domain.organisation.state import Organisation
from domain.vocabulary import Role

Membership = AddMember | ChangeMemberRole | RemoveMember

_ROLES: Final = frozenset({Role.MEMBER, Role.ADMINISTRATOR})


def manage_members(command: Membership, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """Let somebody in or out, or change what they may do."""
    match command:
        case AddMember():
            return [_add(command, organisation)]
        case ChangeMemberRole():
            return _change_role(command, organisation)
        case RemoveMember():
            return [_remove(command, organisation)]
        case _:
            assert_never(command)


def _add(command: AddMember, organisation: Organisation) -> MemberAdded:
    """The first member becomes an administrator, whatever was asked."""
    if command.subject in organisation.roles:
        raise AlreadyMember
    role = _role(command.role) if organisation.roles else Role.ADMINISTRATOR
    return MemberAdded(subject=command.subject, role=role)


def _change_role(command: ChangeMemberRole, organisation: Organisation) -> Sequence[MemberRoleChanged]:
    """The last administrator stays one."""
    role = _role(command.role)
    if command.subject not in organisation.roles:
        raise NotMember
    if organisation.roles[command.subject] is role:
        return []
    if organisation.administrators == {command.subject}:
        raise LastAdministrator
    return [MemberRoleChanged(subject=command.subject, role=role)]


def _remove(command: RemoveMember, organisation: Organisation) -> MemberRemoved:
    """The last administrator leaves last."""
    if command.subject not in organisation.roles:
        raise NotMember
    if organisation.administrators == {command.subject} and len(organisation.roles) > 1:
        raise LastAdministrator
    return MemberRemoved(subject=command.subject)


def _role(role: Role) -> Role:
    if role not in _ROLES:
        raise RoleNotForMembers(role=role)
    return role
