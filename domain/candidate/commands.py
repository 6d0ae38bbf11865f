"""What can be asked of a dossier. Text may come as people write it: it is stored in one way."""

from datetime import date
from typing import Annotated

from domain.candidate.codes import (
    ClosingReason,
    ContactField,
    EmploymentKind,
    HouseholdRole,
    NumberField,
    Origin,
    Title,
)
from domain.candidate.situation import SocialSituation
from domain.iae.certification import Certifier
from domain.iae.person import LackOfFranceTravailId, LackOfNir
from domain.journey import message
from domain.references import System
from domain.vocabulary import CandidateId, OrganisationId, Personal, Subject


@message
class Person:
    """Who somebody is, how to reach them, and by which numbers they are known."""

    first_name: Annotated[str, Personal]
    last_name: Annotated[str, Personal]
    birth_name: Annotated[str | None, Personal] = None
    #: An ISO day.
    birth_date: Annotated[str | None, Personal] = None
    #: The official geographic codes (COG) of the country, and of the commune if it is France.
    birth_country: Annotated[str | None, Personal] = None
    birth_place: Annotated[str | None, Personal] = None
    title: Title | None = None
    household_role: HouseholdRole | None = None
    email: Annotated[str | None, Personal] = None
    phone: Annotated[str | None, Personal] = None
    address: Annotated[str | None, Personal] = None
    nir: Annotated[str | None, Personal] = None
    lack_of_nir: LackOfNir | None = None
    france_travail_id: Annotated[str | None, Personal] = None
    lack_of_france_travail_id: LackOfFranceTravailId | None = None
    caf_number: Annotated[str | None, Personal] = None
    department_internal_id: Annotated[str | None, Personal] = None
    #: The département whose internal identifier it is.
    internal_id_department: str | None = None
    #: Somebody else with the same first name and the same e-mail or telephone: father and son. Needs a NIR.
    homonym_of: CandidateId | None = None
    origin: Origin = Origin.API


@message
class Register(Person):
    """Open the dossier of a person whom the acting organisation will follow."""


@message
class CorrectIdentity:
    """Say who the person is: what is left out becomes unknown."""

    first_name: Annotated[str, Personal]
    last_name: Annotated[str, Personal]
    birth_name: Annotated[str | None, Personal] = None
    birth_date: Annotated[str | None, Personal] = None
    birth_country: Annotated[str | None, Personal] = None
    birth_place: Annotated[str | None, Personal] = None
    title: Title | None = None
    household_role: HouseholdRole | None = None


@message
class CertifyIdentity:
    """A service of the State has found the person by their identity."""

    by: Certifier


@message
class ChangeContactData:
    """Say how to reach the person: what is left out stays, only what is named in `remove` goes."""

    email: Annotated[str | None, Personal] = None
    phone: Annotated[str | None, Personal] = None
    address: Annotated[str | None, Personal] = None
    remove: tuple[ContactField, ...] = ()
    homonym_of: CandidateId | None = None


@message
class SetIdentifiers:
    """Say by which numbers the person is known: what is left out stays, only what is named in `remove` goes."""

    nir: Annotated[str | None, Personal] = None
    lack_of_nir: LackOfNir | None = None
    france_travail_id: Annotated[str | None, Personal] = None
    lack_of_france_travail_id: LackOfFranceTravailId | None = None
    caf_number: Annotated[str | None, Personal] = None
    department_internal_id: Annotated[str | None, Personal] = None
    internal_id_department: str | None = None
    remove: tuple[NumberField, ...] = ()


@message
class CorrectNir:
    """Replace or remove a NIR that is wrong."""

    #: None to remove it.
    nir: Annotated[str | None, Personal] = None
    lack_of_nir: LackOfNir | None = None
    #: 10 to 2000 characters.
    reason: Annotated[str, Personal]


@message
class DescribeSocialSituation(SocialSituation):
    """Record the answers about the social situation."""


@message
class AssignReferent:
    """Name a professional of an organisation that follows the person as their referent."""

    referent: Subject
    organisation: OrganisationId


@message
class RemoveReferent:
    """A professional is the person's referent no longer."""

    referent: Subject
    organisation: OrganisationId


@message
class JoinOrganisation:
    """An organisation starts to follow the person. Where the registration of somebody already known ends."""

    organisation: OrganisationId
    #: The NIR that the organisation knows, to be sure that this is the same person.
    nir: Annotated[str | None, Personal] = None


@message
class LeaveOrganisation:
    """An organisation stops following the person."""

    organisation: OrganisationId


@message
class Archive:
    """Set the dossier aside in one organisation. Nothing else changes."""

    organisation: OrganisationId
    reason: Annotated[str | None, Personal] = None


@message
class Unarchive:
    """Take the dossier up again in one organisation."""

    organisation: OrganisationId


@message
class AssignTags:
    """Put tags that an organisation offers on the person. Those that are there already stay."""

    organisation: OrganisationId
    tags: tuple[Annotated[str, Personal], ...]


@message
class RemoveTag:
    """Take a tag off the person."""

    organisation: OrganisationId
    tag: Annotated[str, Personal]


@message
class LinkReference:
    """Say what another system calls the person, so that what it tells of them is found."""

    system: System
    key: Annotated[str, Personal]


@message
class UnlinkReference:
    """The other system calls the person so no longer."""

    system: System
    key: Annotated[str, Personal]


@message
class LinkAccount:
    """Let the person act on their own dossier."""

    account: Subject


@message
class DeclareEmploymentFound:
    """The person found a job outside the platform, which began on that day."""

    on: date
    kind: EmploymentKind


@message
class RetractEmploymentFound:
    """The employment declared to have begun on that day was declared by mistake."""

    on: date


@message
class ClosePath:
    """End the path for a reason that is neither a success nor a failure."""

    reason: ClosingReason


@message
class ReopenPath:
    """Take the path up again."""


@message
class AbsorbDuplicate:
    """Take over what another dossier of the same person is worth. That one is merged into this one first."""

    source: CandidateId
    source_entered_on: date
    #: Who followed the duplicate follows this dossier now.
    followers: tuple[OrganisationId, ...] = ()


@message
class MergeInto:
    """This dossier is a duplicate: everything goes on in the other one."""

    target: CandidateId


CandidateCommand = (
    Register
    | CorrectIdentity
    | CertifyIdentity
    | ChangeContactData
    | SetIdentifiers
    | CorrectNir
    | DescribeSocialSituation
    | AssignReferent
    | RemoveReferent
    | JoinOrganisation
    | LeaveOrganisation
    | Archive
    | Unarchive
    | AssignTags
    | RemoveTag
    | LinkReference
    | UnlinkReference
    | LinkAccount
    | DeclareEmploymentFound
    | RetractEmploymentFound
    | ClosePath
    | ReopenPath
    | AbsorbDuplicate
    | MergeInto
)
