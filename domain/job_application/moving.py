"""How an application goes to another company (les-emplois §4.9), or is closed and reopened by other hands."""

from typing import assert_never

from domain.job_application.admission import EMPLOYERS, company_named
from domain.job_application.commands import MovingCommand, RecordExternalTransfer, RenderObsolete, Reset, Transfer
from domain.job_application.events import (
    JobApplicationEvent,
    RenderedObsolete,
    Reopened,
    Transferred,
    TransferredExternally,
)
from domain.job_application.refusals import CompanyClosed, NotACompany, SameCompany, WrongStage
from domain.job_application.state import JobApplication
from domain.journey import Context


def moved(command: MovingCommand, case: JobApplication, context: Context) -> JobApplicationEvent:
    """What a move records."""
    match command:
        case RenderObsolete():
            return RenderedObsolete(at=context.at, because_of=command.because_of)
        case Transfer():
            return _transferred(command, case, context)
        case RecordExternalTransfer():
            return TransferredExternally(at=context.at, application=command.application, to=command.to)
        case Reset():
            return Reopened(at=context.at)
        case _:
            assert_never(command)


def _transferred(command: Transfer, case: JobApplication, context: Context) -> Transferred:
    """Being a member of both companies is a matter of permissions."""
    if case.company is None:
        raise WrongStage(stage=case.stage)
    if command.to == case.company:
        raise SameCompany
    target = company_named(command.to, context)
    if not EMPLOYERS.intersection(target.families):
        raise NotACompany
    if not target.active:
        raise CompanyClosed
    return Transferred(
        at=context.at,
        from_company=case.company,
        to=command.to,
        to_kinds=target.kinds,
        by=context.actor.subject,
    )
