"""What can be asked of a convention, and of its assessment.

`person` says for whom a witness speaks; the candidate speaks for nobody else, agencies and staff in their own name.
"""

from datetime import date
from typing import Annotated

from domain.immersion.codes import Attendance, Channel, ContractKind, Person, Reminder
from domain.immersion.terms import ConventionTerms, WorkDay
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal


@message
class Submit(ConventionTerms):
    """Ask an agency for a convention."""

    agency: OrganisationId
    #: The discussion that led to it, as `discussion-1`.
    discussion: str | None = None
    #: What Immersion facilitée calls it.
    reference: Annotated[str | None, Personal] = None


@message
class Renew:
    """Go on with a validated immersion on other days: a new convention, to be signed anew."""

    #: The validated convention, as `immersion-1`.
    convention: str
    starts_on: date
    ends_on: date
    schedule: tuple[WorkDay, ...]
    justification: Annotated[str, Personal]
    #: What Immersion facilitée calls the new convention.
    reference: Annotated[str | None, Personal] = None


@message
class Sign:
    """Say that one of the signatories has signed."""

    person: Person


@message
class Modify(ConventionTerms):
    """Replace the terms; every signature is asked for anew, but for that of the signatory who modifies."""

    person: Person | None = None
    justification: Annotated[str | None, Personal] = None


@message
class FindEligible:
    """Say that the person may do this immersion: the first step of two."""

    counsellor_last_name: Annotated[str | None, Personal] = None
    counsellor_first_name: Annotated[str | None, Personal] = None


@message
class Validate:
    """Let the immersion take place."""

    validator_last_name: Annotated[str | None, Personal] = None
    validator_first_name: Annotated[str | None, Personal] = None


@message
class Reject:
    """Refuse the convention, and say why."""

    justification: Annotated[str, Personal]


@message
class Cancel:
    """Undo a validated convention, and say why."""

    justification: Annotated[str, Personal]


@message
class Deprecate:
    """Put away a convention that nobody will validate, and say why."""

    justification: Annotated[str, Personal]


@message
class DeprecateAutomatically:
    """A month after its end nobody has validated the convention."""


@message
class TransferToAgency:
    """Hand the convention over to another agency; to the same one, take up its present validation steps."""

    to: OrganisationId
    justification: Annotated[str, Personal]


@message
class NameReferent:
    """Say who accompanies the person in the agency."""

    last_name: Annotated[str | None, Personal] = None
    first_name: Annotated[str | None, Personal] = None


@message
class CorrectTutor:
    """Correct what is said of the tutor once the convention is decided; what is not given stays."""

    person: Person | None = None
    last_name: Annotated[str | None, Personal] = None
    first_name: Annotated[str | None, Personal] = None
    email: Annotated[str | None, Personal] = None
    phone: Annotated[str | None, Personal] = None
    job: Annotated[str | None, Personal] = None


@message
class CorrectBeneficiary:
    """Correct who the beneficiary is once the convention is decided; what is not given stays."""

    last_name: Annotated[str | None, Personal] = None
    first_name: Annotated[str | None, Personal] = None
    birth_date: Annotated[str | None, Personal] = None


@message
class RecordSignatureLink:
    """Tell that a signatory was sent a link to sign."""

    recipient: Person
    channel: Channel
    person: Person | None = None


@message
class RecordAssessmentLink:
    """Tell that the tutor was sent a link to the assessment."""

    channel: Channel
    person: Person | None = None


@message
class RecordAssessmentSignatureLink:
    """Tell that the beneficiary was sent a link to sign the assessment."""

    channel: Channel
    person: Person | None = None


@message
class CreateAssessment:
    """Say how the immersion went (bilan)."""

    attendance: Attendance
    feedback: Annotated[str, Personal]
    advice: Annotated[str, Personal]
    ended_with_a_job: bool
    contract: ContractKind | None = None
    contract_starts_on: date | None = None
    #: For a partial presence; the end of the convention if it is not given.
    last_day: date | None = None
    missed_minutes: int = 0
    person: Person | None = None


@message
class SignAssessment:
    """Say whether the beneficiary agrees with the assessment; a disagreement says why."""

    agrees: bool
    feedback: Annotated[str | None, Personal] = None
    person: Person | None = None


@message
class DeleteAssessment:
    """Take back an assessment that was wrong, and say why."""

    justification: Annotated[str, Personal]


@message
class Remind:
    """The day of a reminder has come."""

    of: Reminder


@message
class RequestAssessment:
    """The immersion ends tomorrow, or was validated after its end."""


OpeningCommand = Submit | Renew
SigningCommand = Sign | Modify
DecidingCommand = FindEligible | Validate | Reject | Cancel | Deprecate | DeprecateAutomatically
MovingCommand = TransferToAgency | NameReferent
CorrectingCommand = CorrectTutor | CorrectBeneficiary
LinkCommand = RecordSignatureLink | RecordAssessmentLink | RecordAssessmentSignatureLink
AssessingCommand = CreateAssessment | SignAssessment | DeleteAssessment
TimeCommand = Remind | RequestAssessment

ImmersionCommand = (
    OpeningCommand
    | SigningCommand
    | DecidingCommand
    | MovingCommand
    | CorrectingCommand
    | LinkCommand
    | AssessingCommand
    | TimeCommand
)
