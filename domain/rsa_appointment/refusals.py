"""Why something is refused to an RSA follow-up."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The follow-up is not at a stage where this can be asked."""


class FollowUpClosed(WrongStage):
    """This follow-up is closed: take it up again first."""


class InvalidCategory(Refusal):
    """A category is named by its code."""


class AlreadyFollowedUp(Refusal):
    """The person is already followed up in this category."""


class NotFollowing(Refusal):
    """Your organisation does not follow this person."""


class CategoryNotHandled(Refusal):
    """No organisation that follows the person handles this category."""


class NotYourCategory(Refusal):
    """Your organisation does not handle this category."""


class NotForReminders(Refusal):
    """Only Parcours itself sends reminders."""


class ChannelNotConfigured(Refusal):
    """The organisation does not invite in this way for this category."""


class InvitedRecently(Refusal):
    """The person was invited in the same way less than 24 hours ago."""


class NoHelpPhone(Refusal):
    """An invitation needs a telephone number where the person finds help."""


class ArchivedEverywhere(Refusal):
    """Every organisation of the person that handles this category has archived the dossier."""


class NobodyToInviteTo(Refusal):
    """No organisation is left to invite the person to."""


class SeveralDepartments(Refusal):
    """The organisations of an invitation are in one département."""


class AppointmentAhead(Refusal):
    """The person already has an appointment to come in this category."""


class ExpiresTooSoonForALetter(Refusal):
    """A letter needs an invitation that is valid for more than five days."""


class NothingToBook(Refusal):
    """No agenda of these organisations has a reason for appointments of this category."""


class NoReferent(Refusal):
    """The person has no referent, and only appointments with referents are offered."""


class NothingToBookWithReferents(Refusal):
    """No agenda of these organisations has a reason for appointments with a referent."""


class NoSlot(Refusal):
    """No slot is free for this invitation."""


class SlotsNotChecked(Refusal):
    """Look for a free slot before you invite, and say whether there is one."""


class NoMobilePhone(Refusal):
    """The person has no mobile telephone number."""


class NoEmail(Refusal):
    """The person has no valid e-mail address."""


class AddressIncomplete(Refusal):
    """A letter needs an address with a street, a postcode of five digits and a town."""


class UnknownInvitation(Refusal):
    """There is no such invitation in this follow-up."""


class UnknownNotification(Refusal):
    """There is no such notification in this follow-up."""


class InvitationExpired(Refusal):
    """This invitation is not valid any more: call its number to be invited again."""


class UnknownParticipation(Refusal):
    """There is no such participation in this follow-up."""


class NotDue(Refusal):
    """It is not the time for this."""


class AppointmentReferenceMissing(Refusal):
    """Say which appointment of the agenda this is."""


class DurationNotPositive(Refusal):
    """An appointment lasts at least one minute and at most a day."""


class UnknownTimeZone(Refusal):
    """The time zone is not one of the French Republic."""


class CategoryNotConfigured(Refusal):
    """The organisation of the appointment does not handle this category."""


class AlreadyTakesPart(Refusal):
    """The person already has a seat in this appointment."""


class CapacityNotUsable(Refusal):
    """A number of seats is for appointments of several people, and between 1 and 500."""


class NoSeatLeft(Refusal):
    """Every seat of this appointment is taken."""


class SeatTaken(Refusal):
    """The seat that the person had has been given to somebody else."""


class NotItsOrganisation(Refusal):
    """Only the organisation of the appointment may do this."""


class StatusNotPossible(Refusal):
    """This cannot be said of the appointment now."""


class TookPlace(Refusal):
    """The appointment has taken place: it cannot be moved."""


class NotToCome(Refusal):
    """This appointment is not to come any more: call the organisation that expected you."""


class NotBookedByThePerson(Refusal):
    """A service that speaks for people tells of the appointments that they took themselves."""


class NotOffered(Refusal):
    """No valid invitation offers an appointment with this organisation: call the number of the invitation."""


class NobodyToTell(Refusal):
    """The person is not summoned to this appointment, or it is not ahead any more."""


class NotAnOrientation(Refusal):
    """Only appointments of orientation lead to an orientation."""


class NotSeen(Refusal):
    """Only an appointment that was honoured leads to an orientation."""


class OutcomeAlreadyRecorded(Refusal):
    """An orientation is already recorded for this appointment."""


class TypeNotOffered(Refusal):
    """The département does not offer this type of orientation."""
