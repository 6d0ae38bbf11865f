"""What can be asked of a hire."""

from datetime import date, datetime

from domain.hiring.codes import EndReason, ExitCategory
from domain.journey import message
from domain.vocabulary import OrganisationId


@message
class Declare:
    """Open the hire that an accepted application led to. Days are inclusive; no end means an open-ended contract."""

    application: str
    company: OrganisationId
    #: Codes of the company's kinds on that day.
    company_kinds: tuple[str, ...]
    agreed_at: datetime
    starts_on: date
    ends_on: date | None = None
    diagnosis: str | None = None
    #: The PASS IAE that is used again; a new one is recorded once it is issued.
    pass_iae: str | None = None


@message
class ChangeDates:
    """Move a hire, because its application was told to."""

    starts_on: date
    ends_on: date | None = None


@message
class Cancel:
    """Say that the hire does not take place, because its application was told so."""


@message
class RecordPass:
    """Say under which PASS IAE the hire stands; None once that PASS is cancelled."""

    pass_iae: str | None


@message
class FollowPass:
    """Take note of the days that the PASS IAE has now."""


@message
class StartContract:
    """Say that the first day has come."""


@message
class ChangeEnd:
    """Correct the planned end; None makes the contract open-ended. What goes on after that end is renewed instead."""

    ends_on: date | None = None


@message
class Renew:
    """Let the contract go on after its planned end; None makes it open-ended."""

    ends_on: date | None = None


@message
class EndContract:
    """Say on which day the contract ended, what ended it and what it led to."""

    on: date
    reason: EndReason
    category: ExitCategory


@message
class EndAsPlanned:
    """Say that the planned last day has passed."""


@message
class CorrectEnd:
    """Correct what was said of the end, or complete what time alone has said."""

    on: date
    reason: EndReason
    category: ExitCategory


@message
class RetractEnd:
    """Say that the contract has not ended, where somebody said so by mistake."""


@message
class CreateEmployeeRecord:
    """Begin the employee record that declares the hire to the ASP."""

    #: The establishment that the ASP knows: the one that the agreement was made with, even for an antenna.
    siret: str


@message
class CompleteEmployeeRecord:
    """Say that the employee record is complete and may be sent."""


@message
class SendEmployeeRecord:
    """Say in which file the employee record was sent to the ASP, and on which line."""

    file: str
    line: int


@message
class RejectEmployeeRecord:
    """Record the error that the ASP found."""

    #: Four digits.
    code: str


@message
class ProcessEmployeeRecord:
    """Record that the ASP took the employee record in; 3436 says that it had it already."""

    code: str


@message
class DisableEmployeeRecord:
    """Say that the employee record is not to be used."""


@message
class EnableEmployeeRecord:
    """Begin the employee record anew."""


@message
class ArchiveEmployeeRecord:
    """Put the employee record away, its PASS IAE being over for good."""


@message
class UnarchiveEmployeeRecord:
    """Take the employee record out of the archive, to where the last answer of the ASP had left it."""


@message
class SendUpdateNotification:
    """Say that the new dates were sent to the ASP."""


@message
class AnswerUpdateNotification:
    """Record what the ASP answered to the new dates."""

    accepted: bool


#: What an application says of the hire that it led to.
AgreementCommand = Declare | ChangeDates | Cancel
ContractCommand = StartContract | ChangeEnd | Renew | EndContract | EndAsPlanned | CorrectEnd | RetractEnd
PassCommand = RecordPass | FollowPass
ExchangeCommand = SendEmployeeRecord | RejectEmployeeRecord | ProcessEmployeeRecord
KeepingCommand = (
    CompleteEmployeeRecord
    | DisableEmployeeRecord
    | EnableEmployeeRecord
    | ArchiveEmployeeRecord
    | UnarchiveEmployeeRecord
)
RecordCommand = CreateEmployeeRecord | ExchangeCommand | KeepingCommand
UpdateCommand = SendUpdateNotification | AnswerUpdateNotification

HiringCommand = AgreementCommand | ContractCommand | PassCommand | RecordCommand | UpdateCommand
