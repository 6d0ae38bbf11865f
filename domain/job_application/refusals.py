"""Why something asked of an application is refused: each sentence is what the person reads."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The application is not at a stage where this can be asked."""


class NotDue(Refusal):
    """The time for this has not come."""


class MayNotSend(Refusal):
    """Only candidates, prescribers and companies send applications."""


class UnknownCompany(Refusal):
    """No organisation is known by this identifier."""


class NotACompany(Refusal):
    """This organisation does not hire: applications go to companies."""


class CompanyClosed(Refusal):
    """This company is no longer active."""


class NobodyToAnswer(Refusal):
    """Nobody in this company could answer the application."""


class ApplicationsBlocked(Refusal):
    """This company receives no applications but those of its own members."""


class SpontaneousClosed(Refusal):
    """This company receives no spontaneous applications: choose one of its jobs."""


class MessageNeeded(Refusal):
    """The application needs a message to the company."""


class AppliedRecently(Refusal):
    """This company received an application of this person less than 24 hours ago."""


class ConfirmationNeeded(Refusal):
    """This company already received an application of this person: confirm to send another one."""


class NotTheReceiver(Refusal):
    """Only the company that refused the application may send it on."""


class OwnCompany(Refusal):
    """You are a member of that company: transfer the application instead of sending a new one."""


class SameCompany(Refusal):
    """The application is already in this company."""


class NoSuchApplication(Refusal):
    """This dossier has no application by this name."""


class NotRefused(Refusal):
    """Only a refused application is sent on to another company."""


class ReasonNotSelectable(Refusal):
    """This company may not give this reason."""


class AnswerNeeded(Refusal):
    """The person needs an answer."""


class AnswerToPrescriberNeeded(Refusal):
    """The prescriber who sent the person needs an answer."""


class StartsInThePast(Refusal):
    """The hire would start in the past."""


class StartsTooLate(Refusal):
    """The hire would start too far in the future."""


class EndsBeforeItStarts(Refusal):
    """It would end before it starts."""


class HireHasStarted(Refusal):
    """The hire has started: its dates no longer change."""


class HireNotCancellable(Refusal):
    """This hire comes from the stock of associations intermédiaires of 2021 and cannot be cancelled."""


class EmployeeRecordExchanged(Refusal):
    """The employee record of this hire was sent to the ASP: the hire can no longer be cancelled."""


class Sanctioned(Refusal):
    """After a control, this company may not vouch for the eligibility of the people it hires."""


class InWaitingPeriod(Refusal):
    """The person's last PASS IAE ended less than two years ago: an authorised prescriber has to send them."""


class SuspendedForGood(Refusal):
    """The person's PASS IAE is suspended for a reason that a hire does not put an end to."""


class DiagnosisNeeded(Refusal):
    """Without a valid PASS IAE, a hire needs a valid eligibility diagnosis."""


class StartsAfterThePass(Refusal):
    """The hire would start too late for the person's PASS IAE."""


class NotASiae(Refusal):
    """Only a hire by a SIAE stands under a PASS IAE."""


class PassAlreadyRecorded(Refusal):
    """The hire already stands under a PASS IAE."""


class DeliveryAlreadyRefused(Refusal):
    """It was decided that no PASS IAE is delivered for this hire."""


class NothingToDeliver(Refusal):
    """No PASS IAE waits to be delivered by hand for this hire."""


class HiredJobNeeded(Refusal):
    """A GEIQ says which job it hires for."""


class OnlyForGeiq(Refusal):
    """Only a GEIQ has prior actions, qualifying contracts and their details."""


class ContractIncoherent(Refusal):
    """Weekly hours go with a type of contract, and details with the type "other", both always and only."""


class HoursOutOfBounds(Refusal):
    """A contract is of 1 to 48 hours a week, and its training takes no negative time."""


class InvertedVaeMisplaced(Refusal):
    """Only a professional training contract can be an inverted VAE."""


class LevelNeeded(Refusal):
    """A state diploma has a level."""


class NoSuchPriorAction(Refusal):
    """This application has no prior action by this number."""


class AlreadyArchived(Refusal):
    """The application is already archived."""


class NotArchived(Refusal):
    """The application is not archived."""


class CommentEmpty(Refusal):
    """The comment is empty."""


class CommentTooLong(Refusal):
    """The comment is too long."""


class NoSuchComment(Refusal):
    """This application has no comment by this number."""


class NotYourComment(Refusal):
    """Only its author withdraws a comment."""
