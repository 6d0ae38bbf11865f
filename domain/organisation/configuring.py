"""How an organisation receives people: its telephone, its categories, the types it adds, the services it offers."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final, assert_never

from domain.formats import phone as telephone
from domain.organisation.commands import (
    AddOrientationType,
    AddTag,
    ChangePhone,
    ConfigureCategory,
    DeleteOrientationType,
    DeleteTag,
    DescribeService,
    LinkReference,
    RemoveCategory,
    SetRetention,
    UnlinkReference,
    WithdrawService,
)
from domain.organisation.events import (
    CategoryConfigured,
    CategoryRemoved,
    OrganisationEvent,
    OrientationTypeAdded,
    OrientationTypeDeleted,
    PhoneChanged,
    ReferenceLinked,
    ReferenceUnlinked,
    RetentionSet,
    TagAdded,
    TagDeleted,
)
from domain.organisation.kinds import Kind, families
from domain.organisation.offering import offer
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
from domain.organisation.state import Organisation
from domain.references import NoSuchReference, Reference, key_of
from domain.rsa.categories import CategoryConfiguration, types_of
from domain.rsa.types import Casf

Configuring = (
    ChangePhone
    | SetRetention
    | ConfigureCategory
    | RemoveCategory
    | AddTag
    | DeleteTag
    | DescribeService
    | WithdrawService
    | LinkReference
    | UnlinkReference
    | AddOrientationType
    | DeleteOrientationType
)

#: The shortest validity of an invitation, in days (rdv-insertion §3.3: more than three).
SHORTEST_VALIDITY: Final = 4
#: Ten years: so that no expiry leaves the calendar.
LONGEST_VALIDITY: Final = 3650
#: For how many months without activity people may be followed, both bounds included (rdv-insertion §11.1).
SHORTEST_RETENTION: Final = 1
LONGEST_RETENTION: Final = 36
#: Codes of categories and types: what they are called in addresses and files.
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")


def configure(command: Configuring, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """Record how the organisation receives people; what is so already stays so without an event."""
    match command:
        case ChangePhone():
            number = _phone(command.phone)
            return [] if number == organisation.phone else [PhoneChanged(phone=number)]
        case SetRetention():
            return _retain(command, organisation)
        case ConfigureCategory() | RemoveCategory():
            return _categorise(command, organisation)
        case AddTag() | DeleteTag() | DescribeService() | WithdrawService():
            return _offer(command, organisation)
        case LinkReference() | UnlinkReference():
            return _call(command, organisation)
        case AddOrientationType() | DeleteOrientationType():
            return [_types(command, organisation)]
        case _:
            assert_never(command)


def _retain(command: SetRetention, organisation: Organisation) -> Sequence[OrganisationEvent]:
    if not SHORTEST_RETENTION <= command.months <= LONGEST_RETENTION:
        raise RetentionOutOfBounds(shortest=SHORTEST_RETENTION, longest=LONGEST_RETENTION)
    return [] if command.months == organisation.retention_months else [RetentionSet(months=command.months)]


def _categorise(command: ConfigureCategory | RemoveCategory, organisation: Organisation) -> Sequence[OrganisationEvent]:
    if isinstance(command, ConfigureCategory):
        return _configure(command, organisation)
    if command.category not in organisation.categories:
        raise UnknownCategory(category=command.category)
    return [CategoryRemoved(category=command.category)]


def _configure(command: ConfigureCategory, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """The type of a category follows from the kind of organisation (rdv-insertion §1.1, §3.3)."""
    if not CODE.fullmatch(command.category):
        raise InvalidCode
    if command.type not in types_of(families(organisation.kinds)):
        raise CategoryNotForYourKind(type=command.type.value)
    days = command.days_before_invitations_expire
    if days is not None and not SHORTEST_VALIDITY <= days <= LONGEST_VALIDITY:
        raise ValidityOutOfBounds(shortest=SHORTEST_VALIDITY, longest=LONGEST_VALIDITY)
    asked = CategoryConfigured(**{each.name: getattr(command, each.name) for each in fields(CategoryConfiguration)})
    configured = replace(
        asked,
        invitation_channels=tuple(dict.fromkeys(command.invitation_channels)),
        phone=_phone(command.phone),
    )
    return [] if organisation.categories.get(command.category) == configured else [configured]


def _phone(text: str | None) -> str | None:
    number = None if text is None else telephone.called(text)
    if text is not None and number is None:
        raise InvalidPhone
    return number


def _offer(
    command: AddTag | DeleteTag | DescribeService | WithdrawService, organisation: Organisation
) -> Sequence[OrganisationEvent]:
    if isinstance(command, DescribeService | WithdrawService):
        return offer(command, organisation)
    return _tags(command, organisation)


def _tags(command: AddTag | DeleteTag, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """A tag is its text: two organisations that offer the same text share the tag (rdv-insertion §8.2)."""
    tag = " ".join(command.tag.split())
    if not tag:
        raise TagMissing
    offered = tag in organisation.tags
    if isinstance(command, AddTag):
        return [] if offered else [TagAdded(tag=tag)]
    if not offered:
        raise UnknownTag
    return [TagDeleted(tag=tag)]


def _call(command: LinkReference | UnlinkReference, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """A system may call one organisation by several names. Linking twice is linking once."""
    key = key_of(command.key)
    known = Reference(system=command.system, key=key) in organisation.references
    if isinstance(command, LinkReference):
        return [] if known else [ReferenceLinked(system=command.system, key=key)]
    if not known:
        raise NoSuchReference
    return [ReferenceUnlinked(system=command.system, key=key)]


def _types(command: AddOrientationType | DeleteOrientationType, organisation: Organisation) -> OrganisationEvent:
    """The types of the law are everybody's; those of a département are its council's (rdv-insertion §7.1)."""
    if Kind.CONSEIL_DEPARTEMENTAL not in organisation.kinds:
        raise OnlyDepartments
    known = {each.code for each in organisation.orientation_types}
    if isinstance(command, AddOrientationType):
        name = " ".join(command.name.split())
        if not CODE.fullmatch(command.code):
            raise InvalidCode
        if command.code in known | set(Casf):
            raise TypeAlreadyThere(code=command.code)
        if not name:
            raise NameMissing
        return OrientationTypeAdded(code=command.code, casf=command.casf, name=name)
    if command.code in set(Casf):
        raise DefaultTypeStays(code=command.code)
    if command.code not in known:
        raise UnknownType(code=command.code)
    return OrientationTypeDeleted(code=command.code)
