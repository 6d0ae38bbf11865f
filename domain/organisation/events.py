"""What can have happened to an organisation. Nothing here is personal."""

from datetime import date, datetime

from domain.journey import message
from domain.organisation.commands import Description, WithdrawalReason
from domain.organisation.kinds import Kind
from domain.organisation.services import Service
from domain.references import System
from domain.rsa.categories import CategoryConfiguration
from domain.rsa.types import Casf
from domain.vocabulary import OrganisationId, Role, Subject


@message
class Created(Description):
    """The organisation was recorded. A company accepts spontaneous applications from that moment."""

    at: datetime


@message
class Renamed:
    """The organisation has another name."""

    name: str


@message
class KindsChanged:
    """The organisation is something else. Its authorisation has to be decided anew where `status_reset`."""

    kinds: tuple[Kind, ...]
    typology: str | None
    on: date
    status_reset: bool


@message
class SiretChanged:
    """The organisation is another establishment."""

    siret: str


@message
class TerritoryChanged:
    """The organisation acts elsewhere."""

    departments: tuple[str, ...]


@message
class ValidationStepsSet:
    """The immersion agency validates in one step or two, the second by another agency if it is named."""

    two_steps: bool
    refers_to: OrganisationId | None


@message
class AuthorisationGranted:
    """The organisation is authorised from that day on."""

    from_day: date


@message
class AuthorisationWithdrawn:
    """The organisation is not authorised from that day on."""

    from_day: date
    reason: WithdrawalReason


@message
class SelfPrescriptionSuspended:
    """The SIAE neither diagnoses nor applies for itself on these days (inclusive); None is definitive."""

    from_day: date
    until_day: date | None


@message
class SelfPrescriptionRestored:
    """The SIAE diagnoses and applies for itself again from that day on."""

    from_day: date


@message
class ApplicationsOpened:
    """The company accepts job applications."""


@message
class ApplicationsBlocked:
    """The company accepts no job application but its members'."""


@message
class SpontaneousOpened:
    """The company accepts applications that name no job."""

    at: datetime


@message
class SpontaneousClosed:
    """The company accepts no application that names no job."""


@message
class SpontaneousExpired:
    """Nobody opened spontaneous applications again for 90 days."""


@message
class MemberAdded:
    """A professional acts for the organisation."""

    subject: Subject
    role: Role


@message
class MemberRoleChanged:
    """A member has another role."""

    subject: Subject
    role: Role


@message
class MemberRemoved:
    """A professional acts for the organisation no longer."""

    subject: Subject


@message
class PhoneChanged:
    """The organisation is called at another number, or at none."""

    phone: str | None


@message
class RetentionSet:
    """The organisation follows people for as many months without activity."""

    months: int


@message
class CategoryConfigured(CategoryConfiguration):
    """The organisation handles a category of appointments in this way."""


@message
class CategoryRemoved:
    """The organisation handles a category of appointments no longer."""

    category: str


@message
class TagAdded:
    """The organisation offers a tag."""

    tag: str


@message
class TagDeleted:
    """The organisation offers a tag no longer."""

    tag: str


@message
class ServiceDescribed(Service):
    """The structure offers a service, which is this."""


@message
class ServiceWithdrawn:
    """The structure offers the service no longer."""

    service_id: str


@message
class ReferenceLinked:
    """Another system calls the organisation so."""

    system: System
    key: str


@message
class ReferenceUnlinked:
    """The other system calls the organisation so no longer."""

    system: System
    key: str


@message
class OrientationTypeAdded:
    """The département has a type of its own."""

    code: str
    casf: Casf
    name: str


@message
class OrientationTypeDeleted:
    """The département has this type no longer."""

    code: str


@message
class Closed:
    """The organisation takes part no longer."""


@message
class Reopened:
    """The organisation takes part again."""


OrganisationEvent = (
    Created
    | Renamed
    | KindsChanged
    | SiretChanged
    | TerritoryChanged
    | ValidationStepsSet
    | AuthorisationGranted
    | AuthorisationWithdrawn
    | SelfPrescriptionSuspended
    | SelfPrescriptionRestored
    | ApplicationsOpened
    | ApplicationsBlocked
    | SpontaneousOpened
    | SpontaneousClosed
    | SpontaneousExpired
    | MemberAdded
    | MemberRoleChanged
    | MemberRemoved
    | PhoneChanged
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
    | OrientationTypeDeleted
    | Closed
    | Reopened
)
