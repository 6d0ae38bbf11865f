"""Why something asked of a hire is refused: each sentence is what the person reads."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The hire is not at a stage where this can be asked."""


class NotDue(Refusal):
    """The time for this has not come."""


class EndsBeforeItStarts(Refusal):
    """The contract would end before it starts."""


class EndsInThePast(Refusal):
    """The planned end would be in the past: say that the contract ended, and why."""


class EndsInTheFuture(Refusal):
    """A contract that has not ended yet cannot be said to have ended."""


class AfterThePlannedEnd(Refusal):
    """The contract was planned to end earlier: renew it first."""


class NothingToRenew(Refusal):
    """Only a contract that has a planned end, and did not end before it, is renewed."""


class NotLonger(Refusal):
    """A renewed contract ends later than it was to."""


class CategoryImpossible(Refusal):
    """What ended the contract does not lead to this kind of exit."""


class EndedByItself(Refusal):
    """The contract ended on the day on which it was planned to: renew it if it goes on."""


class PassAlreadyRecorded(Refusal):
    """The hire already stands under a PASS IAE."""


class NotASiae(Refusal):
    """Only a SIAE hires under a PASS IAE and declares it to the ASP."""


class PassNeeded(Refusal):
    """An employee record declares a hire under a PASS IAE: this one has none."""


class TooOldForRecords(Refusal):
    """Hires as old as this one are not declared by an employee record."""


class NirOfAnother(Refusal):
    """The person's NIR is known as somebody else's: that must be settled before the hire is declared."""


class InvalidSiret(Refusal):
    """This is not a SIRET."""


class RecordExists(Refusal):
    """This establishment has already declared a hire under the same PASS IAE."""


class WrongRecordStatus(Refusal):
    """The employee record is not in a status where this can be asked."""


class WrongAspCode(Refusal):
    """The ASP does not answer this with such a code."""


class PassNotOver(Refusal):
    """The PASS IAE is valid, or can still be prolonged: its employee record is not archived."""
