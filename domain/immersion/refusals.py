"""Why something asked of a convention is refused: each sentence is what the person reads."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The convention is not at a stage where this can be asked."""


class NotDue(Refusal):
    """The time for this has not come."""


class BeforeItWasSubmitted(Refusal):
    """This cannot have happened before the convention was submitted."""


class SayForWhom(Refusal):
    """Say for whom you speak."""


class SpeaksForAnother(Refusal):
    """You speak for yourself only."""


class NotForThisPerson(Refusal):
    """This person has no say in this."""


class NotInTheConvention(Refusal):
    """Nobody takes part in the convention in this place."""


class NotAnAgency(Refusal):
    """Conventions go to immersion agencies."""


class AgencyClosed(Refusal):
    """This agency is no longer active."""


class AgencyNotActivated(Refusal):
    """This agency has not been activated, or no longer is: ask the platform to activate it, or choose another one."""


class SameAgency(Refusal):
    """The convention is already in this agency, in its present validation steps."""


class NoSuchConvention(Refusal):
    """This dossier has no convention by this name."""


class NoSuchDiscussion(Refusal):
    """This dossier has no discussion by this name."""


class NotYourConvention(Refusal):
    """Only the agency of the convention, or the one that validates it, renews it."""


class NotValidated(Refusal):
    """Only a validated convention is renewed."""


class RenewalTooEarly(Refusal):
    """A renewal starts after the convention that it goes on with ends."""


class RenewalIsNotModified(Refusal):
    """A renewal keeps the terms of the convention that it goes on with."""


class OnlyTheAgencyModifies(Refusal):
    """Once a convention is found eligible, the agency that only validates it no longer modifies it."""


class FieldMissing(Refusal):
    """A required text is empty."""


class TextTooLong(Refusal):
    """A text is longer than allowed."""


class MarkupNotAllowed(Refusal):
    """Texts hold no HTML."""


class InvalidEmail(Refusal):
    """This is not a valid e-mail address."""


class InvalidPhone(Refusal):
    """This is not a valid telephone number."""


class InvalidSiret(Refusal):
    """This is not a valid SIRET."""


class InvalidBirthDate(Refusal):
    """This is not a date of birth."""


class PostcodeMissing(Refusal):
    """The address needs a postcode."""


class SchoolingIncoherent(Refusal):
    """A mini-stage says where the person learns and lives, and nothing else does."""


class EndsBeforeItStarts(Refusal):
    """It would end before it starts."""


class DaysOutOfBounds(Refusal):
    """These days are too far away."""


class LastsTooLong(Refusal):
    """It would last longer than allowed."""


class TooManyDaysWorked(Refusal):
    """It would be of more days of presence than allowed."""


class WeekTooLong(Refusal):
    """More hours than one week allows."""


class DayTooLong(Refusal):
    """More hours than one day allows."""


class SlotOutOfBounds(Refusal):
    """A time at work ends after it starts, within the same day."""


class SlotsOverlap(Refusal):
    """Two times at work of a day overlap."""


class NothingScheduled(Refusal):
    """The schedule holds no time at work."""


class ScheduledOutside(Refusal):
    """The schedule holds a day that is not within the convention."""


class NoSundays(Refusal):
    """A mini-stage holds no Sunday."""


class TooYoung(Refusal):
    """The person would be too young on the first day."""


class TooOld(Refusal):
    """The person would be too old on the first day."""


class LegalRepresentativeNeeded(Refusal):
    """A minor has a legal representative who signs."""


class SameEmail(Refusal):
    """Signatories have e-mail addresses of their own, and the tutor none of the beneficiary's side."""


class SamePhone(Refusal):
    """Signatories have telephone numbers of their own."""


class AlreadySigned(Refusal):
    """This person has already signed."""


class OneStepOnly(Refusal):
    """This agency validates in one step."""


class EligibilityFirst(Refusal):
    """This agency finds a convention eligible before it is validated."""


class TwoPeople(Refusal):
    """Two steps are taken by two people: somebody else of the agency validates."""


class HasAnAssessment(Refusal):
    """An immersion that has an assessment is not cancelled."""


class OnlyTheBirthDate(Refusal):
    """An agency corrects the date of birth; the rest is corrected by the platform."""


class SentRecently(Refusal):
    """The same link was sent less than 24 hours ago."""


class NotAMobile(Refusal):
    """A text message goes to a mobile number."""


class AssessmentTooEarly(Refusal):
    """The assessment is asked for from the day before the end."""


class AlreadyAssessed(Refusal):
    """This immersion already has an assessment."""


class NoAssessment(Refusal):
    """This immersion has no assessment."""


class HistoricAttendance(Refusal):
    """This attendance is no longer given."""


class OutsideTheImmersion(Refusal):
    """The last day of presence is within the convention."""


class OnlyForPartialPresence(Refusal):
    """Only a partial presence has a last day and missed hours, and it has one of them."""


class MissedTooMuch(Refusal):
    """More hours are missed than were planned while the person was present."""


class ContractIncoherent(Refusal):
    """Give the kind of contract and its first day if a job came of it, and only then."""


class ContractTooEarly(Refusal):
    """The contract does not start before the immersion."""


class SignatureNotNeeded(Refusal):
    """This assessment is not signed by the beneficiary."""
