"""What an agency decides, in one step or in two, and what time decides (immersion §2.4)."""

from typing import Final, assert_never

from domain.immersion.codes import Stage
from domain.immersion.commands import (
    Cancel,
    DecidingCommand,
    Deprecate,
    DeprecateAutomatically,
    FindEligible,
    Reject,
    Validate,
)
from domain.immersion.events import Cancelled, Deprecated, FoundEligible, ImmersionEvent, Rejected, Validated
from domain.immersion.refusals import EligibilityFirst, HasAnAssessment, NotDue, OneStepOnly, TwoPeople, WrongStage
from domain.immersion.reminding import is_due
from domain.immersion.state import Immersion
from domain.immersion.wording import said
from domain.journey import Context

LONGEST_JUSTIFICATION: Final = 6000


def decided(command: DecidingCommand, case: Immersion, context: Context) -> ImmersionEvent:
    """What a decision records."""
    match command:
        case FindEligible():
            return _eligible(command, case, context)
        case Validate():
            return _validated(command, case, context)
        case Reject() | Cancel() | Deprecate():
            return _undone(command, case, context)
        case DeprecateAutomatically():
            if not is_due(command, case, context.at):
                context.insist(NotDue())
            return Deprecated(at=context.at, justification=None, was=case.stage)
        case _:
            assert_never(command)


def _eligible(command: FindEligible, case: Immersion, context: Context) -> FoundEligible:
    if not case.two_steps:
        raise OneStepOnly
    return FoundEligible(
        at=context.at,
        by=context.actor.subject,
        counsellor_last_name=command.counsellor_last_name,
        counsellor_first_name=command.counsellor_first_name,
    )


def _validated(command: Validate, case: Immersion, context: Context) -> Validated:
    if case.terms is None:
        raise WrongStage(stage=case.stage)
    if case.two_steps and case.stage is not Stage.ELIGIBLE:
        raise EligibilityFirst
    if context.actor.subject == case.eligible_by:
        context.insist(TwoPeople())
    return Validated(
        at=context.at,
        starts_on=case.terms.starts_on,
        ends_on=case.terms.ends_on,
        validator_last_name=command.validator_last_name,
        validator_first_name=command.validator_first_name,
    )


def _undone(command: Reject | Cancel | Deprecate, case: Immersion, context: Context) -> ImmersionEvent:
    if isinstance(command, Cancel) and case.assessment is not None:
        raise HasAnAssessment
    why = said(command.justification, LONGEST_JUSTIFICATION, "justification")
    match command:
        case Reject():
            return Rejected(at=context.at, justification=why)
        case Cancel():
            return Cancelled(at=context.at, justification=why)
        case Deprecate():
            return Deprecated(at=context.at, justification=why, was=case.stage)
        case _:
            assert_never(command)
