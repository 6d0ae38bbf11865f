"""When a PASS IAE is prolonged, and what that does to its last day (les-emplois §5.5)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, Self, assert_never

from domain.iae.right import latest_right, prolongable_until, suspension_on
from domain.journey import Context, Refusal
from domain.pass_iae.codes import ProlongationReason
from domain.pass_iae.commands import (
    ChangeProlongation,
    DeleteProlongation,
    Prolong,
    ProlongationCommand,
    RequestProlongation,
)
from domain.pass_iae.events import ProlongationChanged, ProlongationDeleted, ProlongationEvent, Prolonged
from domain.pass_iae.reckoning import prolongable_from
from domain.pass_iae.refusals import (
    AlreadySuspended,
    NoSuchProlongation,
    NotTheLatestPass,
    OpinionNeeded,
    OutsideTheWindow,
    ProlongationsOverlap,
    ProlongationTooLong,
    ProlongationTooShort,
    ReasonExhausted,
    ReasonNotSelectable,
    RequestWaits,
)
from domain.pass_iae.standing import by_staff, check_hired, kinds_asking
from domain.pass_iae.state import PassIae, Prolongation
from domain.pass_iae.suspending import check_none_left_out
from domain.pass_iae.terms import TERMS, longest_prolongation


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Days about to be added to a PASS, or asked for. The first day is imposed: the last one of the PASS."""

    reason: ProlongationReason
    starts_on: date
    ends_on: date
    case: PassIae
    others: tuple[Prolongation, ...]
    context: Context
    #: Of the company that declares or asks; whoever corrects or grants has none to give a reason by.
    kinds: Collection[str] = ()

    @classmethod
    def next_to(cls, case: PassIae, asked: Prolong | RequestProlongation, context: Context) -> Self:
        """What a company declares or asks for, beside all that the PASS was prolonged by before."""
        return cls(
            reason=asked.reason,
            starts_on=case.ends_on,
            ends_on=asked.ends_on,
            case=case,
            others=case.prolongations,
            context=context,
            kinds=kinds_asking(case, context),
        )

    @property
    def used(self) -> int:
        """The days that the PASS has been prolonged by before, whatever the reasons."""
        return sum(each.days for each in self.others)


ExtensionRule = Callable[[Extension], Refusal | None]


def of_the_latest_pass(extension: Extension) -> Refusal | None:
    """A PASS whose waiting period is over, or that another one follows, is not prolonged."""
    context = extension.context
    latest = latest_right(context.dossier, context.today) == context.journey
    return None if latest else NotTheLatestPass()


def within_the_window(extension: Extension) -> Refusal | None:
    """From twelve months before the last day to six months after it, both days included."""
    earliest, latest = prolongable_from(extension.case), prolongable_until(extension.case.ends_on)
    within = earliest <= extension.context.today <= latest
    return None if within else OutsideTheWindow(earliest=earliest, latest=latest)


def of_a_pass_that_is_not_paused(extension: Extension) -> Refusal | None:
    """Not while it is suspended."""
    paused = suspension_on(extension.case, extension.context.today) is not None
    return AlreadySuspended() if paused else None


def while_no_request_waits(extension: Extension) -> Refusal | None:
    """One request at a time, and nothing that would overtake it."""
    return RequestWaits(number=extension.case.pending.number) if extension.case.pending else None


def for_a_reason_of_theirs(extension: Extension) -> Refusal | None:
    """Historic reasons are no longer given, particular difficulties are for AI and ACI."""
    given = not TERMS[extension.reason].kinds.isdisjoint(extension.kinds)
    return None if given else ReasonNotSelectable(reason=extension.reason)


def for_a_reason_not_exhausted(extension: Extension) -> Refusal | None:
    """All days that were added count against the limit of the reason chosen, whatever they were added for."""
    cumulative = TERMS[extension.reason].cumulative
    exhausted = cumulative is not None and extension.used >= cumulative
    return ReasonExhausted(reason=extension.reason, used=extension.used) if exhausted else None


def adds_a_day(extension: Extension) -> Refusal | None:
    """Its first day is shared with the PASS."""
    return ProlongationTooShort() if extension.ends_on <= extension.starts_on else None


def adds_no_more_than_allowed(extension: Extension) -> Refusal | None:
    """Both by itself and with all the others: the existing system checks the first of these in its form only."""
    latest = longest_prolongation(extension.reason, extension.starts_on, extension.used)
    return ProlongationTooLong(latest=latest) if extension.ends_on > latest else None


def follows_the_others(extension: Extension) -> Refusal | None:
    """No overlap, but one may start on the day that another ends."""
    overlap = any(
        each.starts_on < extension.ends_on and extension.starts_on < each.ends_on for each in extension.others
    )
    return ProlongationsOverlap() if overlap else None


#: What is checked when days are corrected, and again when a request is granted.
_LIMITS: Final[tuple[ExtensionRule, ...]] = (
    for_a_reason_not_exhausted,
    adds_a_day,
    adds_no_more_than_allowed,
    follows_the_others,
)
GRANTING_RULES: Final[tuple[ExtensionRule, ...]] = (of_the_latest_pass, within_the_window, *_LIMITS)
EXTENSION_RULES: Final[tuple[ExtensionRule, ...]] = (
    of_the_latest_pass,
    within_the_window,
    of_a_pass_that_is_not_paused,
    while_no_request_waits,
    for_a_reason_of_theirs,
    *_LIMITS,
)


def insist(rules: tuple[ExtensionRule, ...], extension: Extension) -> None:
    """Refuse days that break one of the rules."""
    for rule in rules:
        extension.context.insist(rule(extension))


def prolonged(command: ProlongationCommand, case: PassIae, context: Context) -> ProlongationEvent:
    """What prolonging the PASS records, or going back on it."""
    match command:
        case Prolong():
            return _declared(command, case, context)
        case ChangeProlongation():
            return _changed(command, case, context)
        case DeleteProlongation():
            former = _found(case, command.number)
            ends_on = case.ends_on - (former.ends_on - former.starts_on)
            check_none_left_out(case, ends_on)
            return ProlongationDeleted(number=former.number, declared_on=former.declared_on, pass_ends_on=ends_on)
        case _:
            assert_never(command)


def _declared(command: Prolong, case: PassIae, context: Context) -> Prolonged:
    check_hired(context)
    if TERMS[command.reason].needs_opinion and not by_staff(context):
        context.insist(OpinionNeeded())
    insist(EXTENSION_RULES, Extension.next_to(case, command, context))
    return Prolonged(
        number=case.last_prolongation + 1,
        declared_on=context.today,
        reason=command.reason,
        starts_on=case.ends_on,
        ends_on=command.ends_on,
        company=context.acting.id if context.acting else None,
        pass_ends_on=command.ends_on,
    )


def _changed(command: ChangeProlongation, case: PassIae, context: Context) -> ProlongationChanged:
    former = _found(case, command.number)
    others = tuple(each for each in case.prolongations if each != former)
    extension = Extension(
        reason=former.reason,
        starts_on=former.starts_on,
        ends_on=command.ends_on,
        case=case,
        others=others,
        context=context,
    )
    insist(_LIMITS, extension)
    ends_on = case.ends_on + (command.ends_on - former.ends_on)
    check_none_left_out(case, ends_on)
    return ProlongationChanged(number=former.number, ends_on=command.ends_on, pass_ends_on=ends_on)


def _found(case: PassIae, number: int) -> Prolongation:
    found = next((each for each in case.prolongations if each.number == number), None)
    if found is None:
        raise NoSuchProlongation(number=number)
    return found
