"""What can have happened to a dossier, in normalised values; where one of a group changes, the whole group is told."""

from datetime import date
from typing import Annotated

from domain.candidate.codes import ClosingReason, EmploymentKind, HouseholdRole, Title
from domain.candidate.commands import Person
from domain.candidate.situation import SocialSituation
from domain.iae.certification import Certifier
from domain.iae.person import LackOfFranceTravailId, LackOfNir
from domain.journey import message
from domain.references import System
from domain.vocabulary import CandidateId, OrganisationId, Personal, Subject


@message
class Registered(Person):
    """The dossier was opened."""

    entered_on: date
    #: Outlives the birth date. None if unknown.
    birth_year: int | None
    #: Of the address, else the only one of the organisation. None if unknown.
    department: str | None
    #: None if the person registered alone, or staff registered them.
    organisation: OrganisationId | None
    organisation_departments: tuple[str, ...]
    #: The person's own, if they registered alone.
    account: Subject | None


@message
class IdentityCorrected:
    """The person is somebody slightly different."""

    first_name: Annotated[str, Personal]
    last_name: Annotated[str, Personal]
    birth_name: Annotated[str | None, Personal]
    birth_date: Annotated[str | None, Personal]
    birth_year: int | None
    title: Title | None
    household_role: HouseholdRole | None
    birth_country: Annotated[str | None, Personal] = None
    birth_place: Annotated[str | None, Personal] = None


@message
class IdentityCertified:
    """A service of the State found the person by their identity: what it was found by stays as it is."""

    by: Certifier


@message
class IdentityCertificationLost:
    """Staff corrected what the person had been found by."""

    by: tuple[Certifier, ...]


@message
class ContactDataChanged:
    """The person is reached otherwise."""

    email: Annotated[str | None, Personal]
    phone: Annotated[str | None, Personal]
    address: Annotated[str | None, Personal]
    department: str | None
    homonym_of: CandidateId | None


@message
class IdentifiersSet:
    """The person is known by these numbers."""

    nir: Annotated[str | None, Personal]
    lack_of_nir: LackOfNir | None
    france_travail_id: Annotated[str | None, Personal]
    lack_of_france_travail_id: LackOfFranceTravailId | None
    caf_number: Annotated[str | None, Personal]
    department_internal_id: Annotated[str | None, Personal]
    internal_id_department: str | None


@message
class NirCorrected:
    """The NIR was wrong."""

    nir: Annotated[str | None, Personal]
    lack_of_nir: LackOfNir | None
    reason: Annotated[str, Personal]


@message
class SocialSituationDescribed(SocialSituation):
    """The social situation was described."""


@message
class ReferentAssigned:
    """A professional became a referent."""

    referent: Subject
    organisation: OrganisationId


@message
class ReferentRemoved:
    """A professional is a referent no longer."""

    referent: Subject
    organisation: OrganisationId


@message
class OrganisationJoined:
    """An organisation follows the person."""

    organisation: OrganisationId
    #: Where it acted on that day.
    departments: tuple[str, ...]


@message
class OrganisationLeft:
    """An organisation follows the person no longer; its referents and its archiving go with it."""

    organisation: OrganisationId


@message
class Archived:
    """The dossier was set aside in one organisation."""

    organisation: OrganisationId
    reason: Annotated[str | None, Personal]


@message
class Unarchived:
    """The dossier was taken up again in one organisation."""

    organisation: OrganisationId


@message
class TagAssigned:
    """An organisation put a tag on the person."""

    organisation: OrganisationId
    tag: Annotated[str, Personal]


@message
class TagRemoved:
    """An organisation took a tag off the person."""

    organisation: OrganisationId
    tag: Annotated[str, Personal]


@message
class ReferenceLinked:
    """Another system calls the person so."""

    system: System
    key: Annotated[str, Personal]


@message
class ReferenceUnlinked:
    """The other system calls the person so no longer."""

    system: System
    key: Annotated[str, Personal]


@message
class AccountLinked:
    """The person can act on their own dossier."""

    account: Subject


@message
class EmploymentFound:
    """An exit to employment was declared: the job began on that day."""

    on: date
    kind: EmploymentKind


@message
class EmploymentRetracted:
    """The exit to employment of that day never was."""

    on: date


@message
class PathClosed:
    """The path ended for a reason that is neither a success nor a failure."""

    reason: ClosingReason
    on: date


@message
class PathReopened:
    """The path was taken up again."""

    on: date


@message
class DuplicateAbsorbed:
    """Another dossier of the same person was merged into this one; the earlier entry counts."""

    source: CandidateId
    entered_on: date


@message
class MergedInto:
    """The dossier was a duplicate of the other one."""

    target: CandidateId


CandidateEvent = (
    Registered
    | IdentityCorrected
    | IdentityCertified
    | IdentityCertificationLost
    | ContactDataChanged
    | IdentifiersSet
    | NirCorrected
    | SocialSituationDescribed
    | ReferentAssigned
    | ReferentRemoved
    | OrganisationJoined
    | OrganisationLeft
    | Archived
    | Unarchived
    | TagAssigned
    | TagRemoved
    | ReferenceLinked
    | ReferenceUnlinked
    | AccountLinked
    | EmploymentFound
    | EmploymentRetracted
    | PathClosed
    | PathReopened
    | DuplicateAbsorbed
    | MergedInto
)
