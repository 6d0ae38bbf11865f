"""Why something cannot be asked of a PASS IAE."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The PASS is not at a stage where this can be asked."""


class NotDue(Refusal):
    """The time for this has not come, or has gone."""


class ValidPassExists(Refusal):
    """The person has a valid PASS already."""


class DiagnosisNeeded(Refusal):
    """A PASS needs an eligibility diagnosis."""


class NoSuchHire(Refusal):
    """No hire that stands goes back to this application."""


class AlreadyUnderPass(Refusal):
    """This hire has its PASS already."""


class NumbersExhausted(Refusal):
    """There is no number left for another PASS."""


class NumberTaken(Refusal):
    """Another PASS has this number."""


class NumberMalformed(Refusal):
    """The number of a PASS is made of twelve digits or capital letters."""


class PlatformNumber(Refusal):
    """Numbers that begin like this are drawn, never chosen."""


class EndsBeforeItStarts(Refusal):
    """It would end before it starts, or on that very day."""


class NotInProgress(Refusal):
    """Today is none of its days."""


class StartsAfterWhatFollows(Refusal):
    """The PASS would start after a suspension or a prolongation of it."""


class SuspensionLeftOut(Refusal):
    """The PASS would end before one of its suspensions does."""


class RecordExchanged(Refusal):
    """An employee record of this PASS is known to the ASP: its start no longer changes."""


class NotInYourCare(Refusal):
    """Only the SIAE that hired the person last may do this."""


class NoHireUnderPass(Refusal):
    """Only a SIAE that hired under this PASS may do this."""


class ReasonNotSelectable(Refusal):
    """You may not give this reason."""


class ExplanationNeeded(Refusal):
    """This reason needs an explanation."""


class AlreadySuspended(Refusal):
    """The PASS is suspended already."""


class SuspensionInTheFuture(Refusal):
    """A suspension does not start in the future."""


class SuspensionOutside(Refusal):
    """A suspension starts on one of the days of the PASS."""


class SuspensionTooEarly(Refusal):
    """The suspension would start too long ago, or before what it follows has ended."""


class SuspensionTooLong(Refusal):
    """A suspension lasts thirty-six months at most."""


class SuspensionEndsBeforeItStarts(Refusal):
    """The suspension would end before it starts."""


class SuspensionsOverlap(Refusal):
    """Two suspensions would share a day."""


class NoSuchSuspension(Refusal):
    """This PASS has no suspension by this number."""


class ReturnOutside(Refusal):
    """The first day back is after the first day of the suspension and before its last one."""


class NoLongSuspension(Refusal):
    """Only a PASS that was suspended for more than 365 days, lately, can be withdrawn on request."""


class NotTheLatestPass(Refusal):
    """Only the person's latest PASS is prolonged."""


class OutsideTheWindow(Refusal):
    """A PASS is prolonged from twelve months before its end to six months after it."""


class RequestWaits(Refusal):
    """A request for a prolongation waits for its answer."""


class ReasonExhausted(Refusal):
    """The PASS has been prolonged for as long as this reason allows."""


class ProlongationTooLong(Refusal):
    """This reason does not allow so long a prolongation."""


class ProlongationTooShort(Refusal):
    """A prolongation adds a day at least."""


class ProlongationsOverlap(Refusal):
    """Two prolongations would share a day."""


class NoSuchProlongation(Refusal):
    """This PASS has no prolongation by this number."""


class OpinionNeeded(Refusal):
    """This reason needs the opinion of an authorised prescriber: send a request."""


class NoOpinionNeeded(Refusal):
    """This reason needs nobody's opinion: prolong the PASS yourself."""


class CannotBeAsked(Refusal):
    """Only an active and authorised prescriber organisation can be asked for an opinion."""


class PrescriberNotThere(Refusal):
    """This person is no member of the organisation that is asked."""


class ReportNotAllowed(Refusal):
    """Only an association intermédiaire joins a report."""


class ContactNeeded(Refusal):
    """An interview by telephone needs an e-mail address and a telephone number."""


class NoSuchRequest(Refusal):
    """This PASS has no request by this number."""


class AlreadyAnswered(Refusal):
    """This request has its answer already, and an answer is final."""


class NotAsked(Refusal):
    """Only the organisation that was asked answers the request."""


class ActionsNeeded(Refusal):
    """If the IAE no longer suits the person, say what you propose instead."""


class ActionsMisplaced(Refusal):
    """Other actions are proposed only if the IAE no longer suits the person."""
