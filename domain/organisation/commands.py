"""What can be asked of an organisation. Nothing here is personal."""

from datetime import date
from enum import StrEnum

from domain.journey import message
from domain.organisation.kinds import Kind
from domain.organisation.services import Service
from domain.references import System
from domain.rsa.categories import CategoryConfiguration
from domain.rsa.types import Casf
from domain.vocabulary import OrganisationId, Role, Subject


class WithdrawalReason(StrEnum):
    """Why an authorisation is refused or withdrawn."""

    NOT_ELIGIBLE = "not_eligible"
    AGREEMENT_ENDED = "agreement_ended"
    INACTIVE = "inactive"
    ABUSE = "abuse"
    OTHER = "other"


@message
class Description:
    """What an organisation is."""

    name: str
    kinds: tuple[Kind, ...]
    #: Where it acts; none only for institutions, which are national then, and where nobody knows.
    departments: tuple[str, ...] = ()
    #: None if unknown, or if it has none of its own.
    siret: str | None = None
    #: The five digits of a France Travail agency.
    safir: str | None = None
    #: Of a structure that offers services (dora §3.2).
    typology: str | None = None


@message
class Create(Description):
    """Record an organisation."""


@message
class Rename:
    """Give the organisation another name."""

    name: str


@message
class ChangeKinds:
    """Say what the organisation is now."""

    kinds: tuple[Kind, ...]
    typology: str | None = None


@message
class ChangeSiret:
    """Say which establishment the organisation is."""

    siret: str


@message
class ChangeTerritory:
    """Say where the organisation acts now."""

    departments: tuple[str, ...]


@message
class SetValidationSteps:
    """Say how an immersion agency validates: in one step or two, and the second by which other agency, if any."""

    two_steps: bool
    refers_to: OrganisationId | None = None


@message
class GrantAuthorisation:
    """Authorise the organisation, from a day on (inclusive)."""

    from_day: date


@message
class WithdrawAuthorisation:
    """Refuse the authorisation, or withdraw it, from a day on (inclusive)."""

    from_day: date
    reason: WithdrawalReason


@message
class SuspendSelfPrescription:
    """Sanction a SIAE after a control: it neither diagnoses nor applies for itself on these days (inclusive)."""

    from_day: date
    #: None if it is definitive.
    until_day: date | None = None


@message
class RestoreSelfPrescription:
    """Let a sanctioned SIAE diagnose and apply for itself again, from a day on (inclusive)."""

    from_day: date


@message
class OpenApplications:
    """Accept job applications again."""


@message
class BlockApplications:
    """Accept no job application but those of the company's own members."""


@message
class OpenSpontaneous:
    """Accept applications that name no job, for 90 days from now."""


@message
class CloseSpontaneous:
    """Accept no more applications that name no job."""


@message
class ExpireSpontaneous:
    """Close spontaneous applications that nobody has opened again for 90 days."""


@message
class AddMember:
    """Let a professional act for the organisation."""

    subject: Subject
    role: Role = Role.MEMBER


@message
class ChangeMemberRole:
    """Make a member an administrator, or an administrator a member."""

    subject: Subject
    role: Role


@message
class RemoveMember:
    """Let a professional act for the organisation no longer."""

    subject: Subject


@message
class ChangePhone:
    """Say at which number the organisation is called: a French one or a short one of four digits; None for none."""

    phone: str | None


@message
class SetRetention:
    """Say for how many months without activity the organisation goes on following a person: 1 to 36."""

    months: int


@message
class ConfigureCategory(CategoryConfiguration):
    """Say how the organisation handles a category of appointments: what is left out has its default."""


@message
class RemoveCategory:
    """The organisation handles a category of appointments no longer. What was begun in it stays."""

    category: str


@message
class AddTag:
    """Offer a tag, to be put on the people whom the organisation follows."""

    tag: str


@message
class DeleteTag:
    """Offer a tag no longer."""

    tag: str


@message
class DescribeService(Service):
    """Say what a service is that the structure offers, to everybody: what was said of it before is replaced."""


@message
class WithdrawService:
    """The structure offers the service no longer."""

    service_id: str


@message
class LinkReference:
    """Say what another system calls the organisation, so that what it tells of it is found."""

    system: System
    key: str


@message
class UnlinkReference:
    """The other system calls the organisation so no longer."""

    system: System
    key: str


@message
class AddOrientationType:
    """Add a type to the accompaniment orientations of the département."""

    code: str
    casf: Casf
    name: str


@message
class DeleteOrientationType:
    """Delete a type that the département had added: what was oriented so reads as the default type."""

    code: str


@message
class Close:
    """The organisation no longer exists or no longer takes part."""


@message
class Reopen:
    """The organisation takes part again."""


OrganisationCommand = (
    Create
    | Rename
    | ChangeKinds
    | ChangeSiret
    | ChangeTerritory
    | SetValidationSteps
    | GrantAuthorisation
    | WithdrawAuthorisation
    | SuspendSelfPrescription
    | RestoreSelfPrescription
    | OpenApplications
    | BlockApplications
    | OpenSpontaneous
    | CloseSpontaneous
    | ExpireSpontaneous
    | AddMember
    | ChangeMemberRole
    | RemoveMember
    | ChangePhone
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
    | Close
    | Reopen
)
