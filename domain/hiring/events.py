"""What can have happened to a hire."""

from datetime import date, datetime

from domain.hiring.codes import EndReason, ExitCategory, RecordStatus
from domain.journey import message
from domain.vocabulary import OrganisationId


@message
class Dated:
    """When it happened or was said."""

    at: datetime


@message
class Declared(Dated):
    """A company and the person agreed on a hire."""

    application: str
    company: OrganisationId
    #: Codes of the company's kinds on that day.
    company_kinds: tuple[str, ...]
    agreed_at: datetime
    starts_on: date
    ends_on: date | None = None
    diagnosis: str | None = None


@message
class DatesChanged(Dated):
    """The hire moved: it starts, or starts again, on another day."""

    starts_on: date
    ends_on: date | None


@message
class Cancelled(Dated):
    """The hire does not take place."""


@message
class Started(Dated):
    """The first day came."""

    on: date


@message
class PlannedEndChanged(Dated):
    """The planned end was corrected."""

    ends_on: date | None


@message
class Renewed(Dated):
    """The contract goes on after its planned end."""

    ends_on: date | None


@message
class Ended(Dated):
    """The contract ended; `on` is its last day."""

    on: date
    reason: EndReason
    category: ExitCategory


@message
class EndCorrected(Dated):
    """What was said of the end was corrected."""

    on: date
    reason: EndReason
    category: ExitCategory


@message
class EndRetracted(Dated):
    """The contract has not ended."""


@message
class PassRecorded(Dated):
    """The hire stands under a PASS IAE. Its days are those it had then."""

    pass_iae: str
    starts_on: date | None = None
    ends_on: date | None = None


@message
class PassLost(Dated):
    """The PASS IAE of the hire was cancelled."""


@message
class PassFollowed(Dated):
    """The days of the PASS IAE changed."""

    starts_on: date
    ends_on: date


@message
class EmployeeRecordCreated(Dated):
    """The employee record was begun."""

    siret: str


@message
class EmployeeRecordCompleted(Dated):
    """The employee record is complete."""


@message
class EmployeeRecordSent(Dated):
    """The employee record was sent to the ASP."""

    file: str
    line: int


@message
class EmployeeRecordRejected(Dated):
    """The ASP found an error."""

    code: str


@message
class EmployeeRecordProcessed(Dated):
    """The ASP took the employee record in."""

    code: str


@message
class EmployeeRecordDisabled(Dated):
    """The employee record is not to be used."""


@message
class EmployeeRecordEnabled(Dated):
    """The employee record begins anew."""


@message
class EmployeeRecordArchived(Dated):
    """The employee record was put away."""


@message
class EmployeeRecordUnarchived(Dated):
    """The employee record was taken out of the archive."""

    status: RecordStatus


@message
class EmployeeRecordDeleted(Dated):
    """The employee record has nothing left to declare."""


@message
class UpdateNotificationOpened(Dated):
    """The ASP is to be told of new dates."""


@message
class UpdateNotificationSent(Dated):
    """The new dates were sent to the ASP."""


@message
class UpdateNotificationAnswered(Dated):
    """The ASP answered to the new dates."""

    accepted: bool


#: What an application says of the hire that it led to.
AgreementEvent = Declared | DatesChanged | Cancelled
ContractEvent = Started | PlannedEndChanged | Renewed | Ended | EndCorrected | EndRetracted
PassEvent = PassRecorded | PassLost | PassFollowed
#: What moves an employee record from one status to another (les-emplois §6).
RecordEvent = (
    EmployeeRecordCreated
    | EmployeeRecordCompleted
    | EmployeeRecordSent
    | EmployeeRecordRejected
    | EmployeeRecordProcessed
    | EmployeeRecordDisabled
    | EmployeeRecordEnabled
    | EmployeeRecordArchived
    | EmployeeRecordUnarchived
    | EmployeeRecordDeleted
)
UpdateEvent = UpdateNotificationOpened | UpdateNotificationSent | UpdateNotificationAnswered

HiringEvent = AgreementEvent | ContractEvent | PassEvent | RecordEvent | UpdateEvent
