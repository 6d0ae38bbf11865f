"""How a diagnosis goes on or ends (les-emplois §3.1, §3.2), and what stands on it."""

from collections.abc import Sequence
from typing import assert_never

from domain.eligibility_check.allowance import allowance
from domain.eligibility_check.certifying import requested
from domain.eligibility_check.commands import (
    Expire,
    LastingCommand,
    RecordHire,
    RecordPass,
    ReleaseFromHire,
    Supersede,
    UpdateForGeiq,
    UsingCommand,
)
from domain.eligibility_check.criteria import selected
from domain.eligibility_check.events import (
    EligibilityCheckEvent,
    Expired,
    HireRecorded,
    HireReleased,
    PassRecorded,
    Superseded,
    Updated,
    UsingEvent,
)
from domain.eligibility_check.making import CRITERIA_RULES, Making, author_kind, check, expiry
from domain.eligibility_check.refusals import MayNotDiagnose, NoLongerCounts, NotDue, NotForGeiq, OfAnotherGeiq
from domain.eligibility_check.state import EligibilityCheck
from domain.iae.diagnosis import AuthorKind, Scheme, counts_for, is_current
from domain.journey import Context


def lasted(command: LastingCommand, case: EligibilityCheck, context: Context) -> Sequence[EligibilityCheckEvent]:
    """What updating a diagnosis or ending it records."""
    match command:
        case UpdateForGeiq():
            return _updated(command, case, context)
        case Supersede():
            return [Superseded(by=command.by, on=context.today)]
        case Expire():
            if is_current(case, context.today):
                context.insist(NotDue())
            return [Expired(on=case.expires_on)]
        case _:
            assert_never(command)


def _updated(command: UpdateForGeiq, case: EligibilityCheck, context: Context) -> Sequence[EligibilityCheckEvent]:
    """By a GEIQ, of a prescriber's diagnosis or its own. Whether it grants an allowance is not asked."""
    acting = context.acting
    if case.scheme is not Scheme.GEIQ:
        raise NotForGeiq
    if acting is None or author_kind(Scheme.GEIQ, context) is not AuthorKind.GEIQ:
        raise MayNotDiagnose
    if not counts_for(case, acting.id):
        raise OfAnotherGeiq
    if not is_current(case, context.today):
        raise NoLongerCounts(expired_on=case.expires_on)
    criteria = selected(Scheme.GEIQ, command.criteria)
    making = Making(scheme=Scheme.GEIQ, author_kind=AuthorKind.GEIQ, author=acting, criteria=criteria, context=context)
    check(making, CRITERIA_RULES)
    updated = Updated(
        author_kind=AuthorKind.GEIQ,
        author=context.actor.subject,
        organisation=acting.id,
        organisation_kinds=acting.kinds,
        criteria=criteria,
        on=context.today,
        expires_on=expiry(AuthorKind.GEIQ, context.today),
        allowance=allowance(AuthorKind.GEIQ, criteria),
    )
    return [updated, *requested(criteria, context.at)]


def used(command: UsingCommand, case: EligibilityCheck) -> Sequence[UsingEvent]:
    """What a hire or a PASS that stands on the diagnosis records; nothing if it is known already."""
    match command:
        case RecordHire():
            known = case.hires.get(command.application) == command.starts_on
            return [] if known else [HireRecorded(application=command.application, starts_on=command.starts_on)]
        case ReleaseFromHire():
            known = command.application in case.hires
            return [HireReleased(application=command.application)] if known else []
        case RecordPass():
            return [] if case.pass_iae == command.pass_iae else [PassRecorded(pass_iae=command.pass_iae)]
        case _:
            assert_never(command)
