"""Who is told what of an organisation (les-emplois §1.3, §1.5, §9.2)."""

from collections.abc import Sequence
from typing import assert_never

from application.notifications.notice import Told
from application.notifications.templates import Template
from domain.organisation.events import (
    ApplicationsBlocked,
    ApplicationsOpened,
    AuthorisationGranted,
    AuthorisationWithdrawn,
    CategoryConfigured,
    CategoryRemoved,
    Closed,
    Created,
    KindsChanged,
    MemberAdded,
    MemberRemoved,
    MemberRoleChanged,
    OrganisationEvent,
    OrientationTypeAdded,
    OrientationTypeDeleted,
    PhoneChanged,
    ReferenceLinked,
    ReferenceUnlinked,
    Renamed,
    Reopened,
    RetentionSet,
    SelfPrescriptionRestored,
    SelfPrescriptionSuspended,
    ServiceDescribed,
    ServiceWithdrawn,
    SiretChanged,
    SpontaneousClosed,
    SpontaneousExpired,
    SpontaneousOpened,
    TagAdded,
    TagDeleted,
    TerritoryChanged,
    ValidationStepsSet,
)
from domain.organisation.kinds import NEEDING_AUTHORISATION
from domain.vocabulary import OrganisationId
from projections.notifications.tellings import to_members, to_professional, to_support

_Decided = AuthorisationGranted | AuthorisationWithdrawn | SpontaneousExpired
_OfAMember = MemberRoleChanged | MemberRemoved


def organisation(event: OrganisationEvent, itself: OrganisationId) -> Sequence[Told]:
    """What the organisation is told, or its members one by one."""
    match event:
        case Created():
            waits = not NEEDING_AUTHORISATION.isdisjoint(event.kinds)
            return [to_support(Template.ORGANISATION_TO_VALIDATE, itself)] if waits else []
        case AuthorisationGranted() | AuthorisationWithdrawn() | SpontaneousExpired():
            return [_to_all(event, itself)]
        case MemberRoleChanged() | MemberRemoved():
            return [_to_one(event, itself)]
        case (
            Renamed()
            | KindsChanged()
            | SiretChanged()
            | TerritoryChanged()
            | ApplicationsOpened()
            | ApplicationsBlocked()
            | SpontaneousOpened()
            | SpontaneousClosed()
            | MemberAdded()
            | Closed()
            | Reopened()
            | SelfPrescriptionSuspended()
            | SelfPrescriptionRestored()
            | ValidationStepsSet()
            | PhoneChanged()
            | RetentionSet()
            | CategoryConfigured()
            | CategoryRemoved()
            | TagAdded()
            | TagDeleted()
            | ServiceDescribed()
            | ServiceWithdrawn()
            | ReferenceLinked()
            | ReferenceUnlinked()
            | OrientationTypeAdded()
            | OrientationTypeDeleted()
        ):
            return []
        case _:
            assert_never(event)


def _to_all(event: _Decided, itself: OrganisationId) -> Told:
    match event:
        case AuthorisationGranted():
            return to_members(Template.ORGANISATION_AUTHORISED, itself, itself)
        case AuthorisationWithdrawn():
            return to_members(Template.ORGANISATION_NOT_AUTHORISED, itself, itself)
        case SpontaneousExpired():
            return to_members(Template.SPONTANEOUS_APPLICATIONS_CLOSED, itself, itself)
        case _:
            assert_never(event)


def _to_one(event: _OfAMember, itself: OrganisationId) -> Told:
    """Whoever has left is told all the same, and nobody in their place."""
    match event:
        case MemberRoleChanged():
            return to_professional(Template.MEMBERSHIP_CHANGED, event.subject, itself, itself)
        case MemberRemoved():
            return to_professional(Template.MEMBERSHIP_ENDED, event.subject, None, itself)
        case _:
            assert_never(event)
