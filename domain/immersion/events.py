"""What can have happened to a convention, and to its assessment."""

from datetime import date, datetime
from typing import Annotated

from domain.immersion.codes import Attendance, Channel, ContractKind, Person, Reminder, Stage
from domain.immersion.terms import ConventionTerms, Tutor
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Dated:
    """When it happened, because a convention's deadlines count from it."""

    at: datetime


@message
class Submitted(ConventionTerms):
    """The convention is ready to be signed."""

    at: datetime
    agency: OrganisationId
    #: How the agency validated on that day, and who has the last word.
    two_steps: bool
    validator: OrganisationId
    #: The organisation that prepared it; None for the person or a service that speaks for them.
    sender: OrganisationId | None = None
    discussion: str | None = None
    #: What Immersion facilitée calls it.
    reference: Annotated[str | None, Personal] = None
    #: The convention that this one goes on with, and why it does.
    renewed_from: str | None = None
    renewal_justification: Annotated[str | None, Personal] = None
    #: Who accompanied the person in the convention that this one goes on with.
    referent_last_name: Annotated[str | None, Personal] = None
    referent_first_name: Annotated[str | None, Personal] = None


@message
class Modified(ConventionTerms):
    """The terms are others: whoever had signed has to sign anew."""

    at: datetime
    #: None when the agency or staff did it.
    by: Person | None
    justification: Annotated[str | None, Personal] = None


@message
class Signed(Dated):
    """A signatory signed; with the last one the agency has its say."""

    person: Person


@message
class FoundEligible(Dated):
    """The first step of two was taken."""

    by: Subject
    counsellor_last_name: Annotated[str | None, Personal] = None
    counsellor_first_name: Annotated[str | None, Personal] = None


@message
class Validated(Dated):
    """The immersion may take place, on these days."""

    starts_on: date
    ends_on: date
    validator_last_name: Annotated[str | None, Personal] = None
    validator_first_name: Annotated[str | None, Personal] = None


@message
class Rejected(Dated):
    """The agency refused the convention."""

    justification: Annotated[str, Personal]


@message
class Cancelled(Dated):
    """The validated convention was undone."""

    justification: Annotated[str, Personal]


@message
class Deprecated(Dated):
    """The convention is obsolete."""

    #: None when time did it.
    justification: Annotated[str | None, Personal]
    #: Where it stood.
    was: Stage


@message
class TransferredToAgency(Dated):
    """Another agency, or the same in other steps, has its say."""

    from_agency: OrganisationId
    to: OrganisationId
    two_steps: bool
    validator: OrganisationId
    justification: Annotated[str, Personal]


@message
class ReferentNamed:
    """Somebody of the agency accompanies the person."""

    last_name: Annotated[str | None, Personal]
    first_name: Annotated[str | None, Personal]


@message
class TutorCorrected:
    """The tutor is this person."""

    tutor: Tutor


@message
class BeneficiaryCorrected:
    """The beneficiary is this person."""

    last_name: Annotated[str, Personal]
    first_name: Annotated[str, Personal]
    birth_date: Annotated[str, Personal]


@message
class SignatureLinkSent(Dated):
    """A signatory was sent a link to sign."""

    recipient: Person
    channel: Channel


@message
class AssessmentLinkSent(Dated):
    """The tutor was sent a link to the assessment."""

    channel: Channel


@message
class AssessmentSignatureLinkSent(Dated):
    """The beneficiary was sent a link to sign the assessment."""

    channel: Channel


@message
class Reminded(Dated):
    """People were reminded of what is awaited from them."""

    of: Reminder


@message
class AssessmentRequested(Dated):
    """The tutor was asked for the assessment, and the beneficiary was told so."""


@message
class AssessmentCreated(Dated):
    """How the immersion went; the days are those that it took."""

    attendance: Attendance
    #: None when somebody of the agency said it.
    by: Person | None
    #: Of the presence; the agreed days where it was not told.
    starts_on: date
    ends_on: date
    #: None for what is historic.
    minutes_made: int | None
    missed_minutes: int
    feedback: Annotated[str, Personal]
    advice: Annotated[str, Personal]
    ended_with_a_job: bool
    contract: ContractKind | None = None
    contract_starts_on: date | None = None


@message
class AssessmentSigned(Dated):
    """The beneficiary agreed with the assessment, or said why not."""

    agrees: bool
    feedback: Annotated[str | None, Personal]


@message
class AssessmentDeleted(Dated):
    """The assessment was wrong: the immersion counts as it was agreed on, on these days."""

    justification: Annotated[str, Personal]
    starts_on: date
    ends_on: date


TermsEvent = Submitted | Modified | TutorCorrected | BeneficiaryCorrected
DecisionEvent = FoundEligible | Validated | Rejected | Cancelled | Deprecated
LinkEvent = SignatureLinkSent | AssessmentLinkSent | AssessmentSignatureLinkSent
AssessmentEvent = AssessmentRequested | AssessmentCreated | AssessmentSigned | AssessmentDeleted

ImmersionEvent = (
    TermsEvent | Signed | DecisionEvent | TransferredToAgency | ReferentNamed | LinkEvent | Reminded | AssessmentEvent
)
