"""What each event makes of an organisation."""

from datetime import date
from typing import assert_never

from domain.calendar import add_days, paris_day
from domain.evolving import replace
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
from domain.organisation.kinds import Kind
from domain.organisation.state import Authorisation, Organisation, Period, Sanction, Stage, initial_status
from domain.references import Reference
from domain.rsa.types import OrientationType


def evolve(organisation: Organisation, event: OrganisationEvent) -> Organisation:
    """The organisation after an event."""
    match event:
        case Created() | Renamed() | KindsChanged() | SiretChanged() | TerritoryChanged() | ValidationStepsSet():
            return _described(organisation, event)
        case (
            AuthorisationGranted() | AuthorisationWithdrawn() | SelfPrescriptionSuspended() | SelfPrescriptionRestored()
        ):
            return _allowed(organisation, event)
        case MemberAdded() | MemberRoleChanged() | MemberRemoved():
            return _manned(organisation, event)
        case Closed() | Reopened():
            return replace(organisation, stage=Stage.CLOSED if isinstance(event, Closed) else Stage.ACTIVE)
        case (
            ApplicationsOpened()
            | ApplicationsBlocked()
            | SpontaneousOpened()
            | SpontaneousClosed()
            | SpontaneousExpired()
        ):
            return _receiving(organisation, event)
        case _:
            return _configured(organisation, event)


def _allowed(
    organisation: Organisation,
    event: AuthorisationGranted | AuthorisationWithdrawn | SelfPrescriptionSuspended | SelfPrescriptionRestored,
) -> Organisation:
    match event:
        case AuthorisationGranted():
            return _decided(organisation, event.from_day, Authorisation.VALIDATED)
        case AuthorisationWithdrawn():
            return _decided(organisation, event.from_day, Authorisation.REFUSED)
        case SelfPrescriptionSuspended() | SelfPrescriptionRestored():
            return replace(organisation, sanctions=_sanctions(organisation.sanctions, event))
        case _:
            assert_never(event)


def _described(
    organisation: Organisation,
    event: Created | Renamed | KindsChanged | SiretChanged | TerritoryChanged | ValidationStepsSet,
) -> Organisation:
    match event:
        case Created():
            return _created(event)
        case Renamed():
            return replace(organisation, name=event.name)
        case KindsChanged():
            return _kinds_changed(organisation, event)
        case SiretChanged():
            return replace(organisation, siret=event.siret)
        case TerritoryChanged():
            return replace(organisation, departments=event.departments)
        case ValidationStepsSet():
            return replace(organisation, two_steps=event.two_steps, refers_to=event.refers_to)
        case _:
            assert_never(event)


def _manned(organisation: Organisation, event: MemberAdded | MemberRoleChanged | MemberRemoved) -> Organisation:
    others = {who: role for who, role in organisation.roles.items() if who != event.subject}
    if isinstance(event, MemberRemoved):
        return replace(organisation, roles=others)
    return replace(organisation, roles={**others, event.subject: event.role})


def _receiving(
    organisation: Organisation,
    event: ApplicationsOpened | ApplicationsBlocked | SpontaneousOpened | SpontaneousClosed | SpontaneousExpired,
) -> Organisation:
    match event:
        case ApplicationsOpened() | ApplicationsBlocked():
            return replace(organisation, blocks_applications=isinstance(event, ApplicationsBlocked))
        case SpontaneousOpened():
            return replace(organisation, spontaneous_since=event.at)
        case SpontaneousClosed() | SpontaneousExpired():
            return replace(organisation, spontaneous_since=None)
        case _:
            assert_never(event)


def _configured(
    organisation: Organisation,
    event: PhoneChanged
    | RetentionSet
    | CategoryConfigured
    | CategoryRemoved
    | TagAdded
    | TagDeleted
    | ServiceDescribed
    | ServiceWithdrawn
    | ReferenceLinked
    | ReferenceUnlinked
    | OrientationTypeAdded
    | OrientationTypeDeleted,
) -> Organisation:
    match event:
        case PhoneChanged():
            return replace(organisation, phone=event.phone)
        case RetentionSet():
            return replace(organisation, retention_months=event.months)
        case CategoryConfigured() | CategoryRemoved():
            others = {name: each for name, each in organisation.categories.items() if name != event.category}
            added = {event.category: event} if isinstance(event, CategoryConfigured) else {}
            return replace(organisation, categories={**others, **added})
        case TagAdded() | TagDeleted() | ServiceDescribed() | ServiceWithdrawn():
            return _offering(organisation, event)
        case ReferenceLinked() | ReferenceUnlinked():
            return _called(organisation, event)
        case OrientationTypeAdded() | OrientationTypeDeleted():
            return _typed(organisation, event)
        case _:
            assert_never(event)


def _offering(
    organisation: Organisation, event: TagAdded | TagDeleted | ServiceDescribed | ServiceWithdrawn
) -> Organisation:
    if isinstance(event, TagAdded | TagDeleted):
        kept = tuple(each for each in organisation.tags if each != event.tag)
        return replace(organisation, tags=(*kept, event.tag) if isinstance(event, TagAdded) else kept)
    others = {name: each for name, each in organisation.services.items() if name != event.service_id}
    added = {event.service_id: event} if isinstance(event, ServiceDescribed) else {}
    return replace(organisation, services={**others, **added})


def _typed(organisation: Organisation, event: OrientationTypeAdded | OrientationTypeDeleted) -> Organisation:
    others = tuple(each for each in organisation.orientation_types if each.code != event.code)
    if isinstance(event, OrientationTypeDeleted):
        return replace(organisation, orientation_types=others)
    added = OrientationType(code=event.code, casf=event.casf, name=event.name)
    return replace(organisation, orientation_types=(*others, added))


def _called(organisation: Organisation, event: ReferenceLinked | ReferenceUnlinked) -> Organisation:
    reference = Reference(system=event.system, key=event.key)
    others = tuple(each for each in organisation.references if each != reference)
    return replace(organisation, references=(*others, reference) if isinstance(event, ReferenceLinked) else others)


def _created(event: Created) -> Organisation:
    created = Organisation(
        stage=Stage.ACTIVE,
        name=event.name,
        kinds=event.kinds,
        departments=event.departments,
        siret=event.siret,
        safir=event.safir,
        typology=event.typology,
        authorisations=(Period(from_day=paris_day(event.at), status=initial_status(event.kinds)),),
    )
    return replace(created, spontaneous_since=event.at) if created.is_company else created


def _kinds_changed(organisation: Organisation, event: KindsChanged) -> Organisation:
    changed = replace(organisation, kinds=event.kinds, typology=event.typology)
    if not changed.is_company:
        changed = replace(changed, spontaneous_since=None, blocks_applications=False)
    if not changed.is_immersion_agency:
        changed = replace(changed, two_steps=False, refers_to=None)
    if Kind.SERVICE_STRUCTURE not in changed.kinds:
        changed = replace(changed, services={})
    return _decided(changed, event.on, initial_status(event.kinds)) if event.status_reset else changed


def _decided(organisation: Organisation, from_day: date, status: Authorisation) -> Organisation:
    earlier = tuple(period for period in organisation.authorisations if period.from_day <= from_day)
    return replace(organisation, authorisations=(*earlier, Period(from_day=from_day, status=status)))


def _sanctions(
    sanctions: tuple[Sanction, ...], event: SelfPrescriptionSuspended | SelfPrescriptionRestored
) -> tuple[Sanction, ...]:
    """What is restored from a day on was suspended until the day before; a sanction that had not begun is none."""
    if isinstance(event, SelfPrescriptionSuspended):
        return (*sanctions, Sanction(from_day=event.from_day, until_day=event.until_day))
    last = add_days(event.from_day, -1)
    begun = [each for each in sanctions if each.from_day <= last]
    return tuple(replace(each, until_day=min(each.until_day or last, last)) for each in begun)
