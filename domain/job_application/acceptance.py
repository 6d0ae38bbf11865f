"""Which hires may be agreed on (les-emplois §4.7), moved and cancelled (§4.8)."""

from collections.abc import Callable, Sequence
from typing import Final, assert_never

from domain.calendar import add_days, add_months
from domain.iae.hire import Hire, hire_of
from domain.iae.right import Right
from domain.job_application.codes import ContractType, Origin, QualificationLevel, QualificationType
from domain.job_application.commands import Accept, CancelHire, ChangeHiringDates, DeclareHire, HiringCommand
from domain.job_application.events import Accepted, HireCancelled, HiringDatesChanged, JobApplicationEvent
from domain.job_application.grounds import before_the_pass_ends, grounds
from domain.job_application.proposal import Proposal
from domain.job_application.refusals import (
    ContractIncoherent,
    EmployeeRecordExchanged,
    EndsBeforeItStarts,
    HiredJobNeeded,
    HireHasStarted,
    HireNotCancellable,
    HoursOutOfBounds,
    InvertedVaeMisplaced,
    LevelNeeded,
    OnlyForGeiq,
    StartsInThePast,
    StartsTooLate,
)
from domain.job_application.state import JobApplication
from domain.job_application.terms import terms_of
from domain.journey import Context, Refusal

#: A hire is agreed on at most so many calendar months ahead, and moved at most so many days ahead.
MONTHS_AHEAD: Final = 6
DAYS_AHEAD: Final = 30
LONGEST_WEEK: Final = 48


AcceptanceRule = Callable[[Proposal], Refusal | None]


def starts_today_or_later(hire: Proposal) -> Refusal | None:
    """A hire starts today at the earliest; only a GEIQ may record a past one."""
    return None if hire.by_geiq or hire.terms.starts_on >= hire.today else StartsInThePast(earliest=hire.today)


def starts_within_six_months(hire: Proposal) -> Refusal | None:
    """Six calendar months from today, that day included."""
    latest = add_months(hire.today, MONTHS_AHEAD)
    return StartsTooLate(latest=latest) if hire.terms.starts_on > latest else None


def ends_after_it_starts(hire: Proposal) -> Refusal | None:
    """A hire of one day is one."""
    return (
        EndsBeforeItStarts() if hire.terms.ends_on is not None and hire.terms.ends_on < hire.terms.starts_on else None
    )


def geiq_names_the_job(hire: Proposal) -> Refusal | None:
    """Elsewhere the job hired for is optional."""
    return HiredJobNeeded() if hire.by_geiq and not hire.terms.hired_job else None


def qualifying_contract_of_a_geiq(hire: Proposal) -> Refusal | None:
    """The contract is described for a GEIQ only (les-emplois §4.1, invariant 10)."""
    described = (
        hire.terms.contract_type,
        hire.terms.contract_details,
        hire.terms.weekly_hours,
        hire.terms.training_hours,
        hire.terms.qualification_type,
        hire.terms.qualification_level,
    )
    if hire.by_geiq or not (hire.terms.inverted_vae or any(value is not None for value in described)):
        return None
    return OnlyForGeiq()


def contract_is_coherent(hire: Proposal) -> Refusal | None:
    """Invariant 8: hours with any type of contract, details with the type "other", neither without."""
    hours_fit = (hire.terms.weekly_hours is not None) == (hire.terms.contract_type is not None)
    details_fit = bool(hire.terms.contract_details) == (hire.terms.contract_type is ContractType.OTHER)
    return None if hours_fit and details_fit else ContractIncoherent()


def hours_are_possible(hire: Proposal) -> Refusal | None:
    """From 1 to 48 hours a week."""
    possible = hire.terms.weekly_hours is None or 1 <= hire.terms.weekly_hours <= LONGEST_WEEK
    return None if possible and (hire.terms.training_hours or 0) >= 0 else HoursOutOfBounds(longest=LONGEST_WEEK)


def vae_is_professional_training(hire: Proposal) -> Refusal | None:
    """Invariant 10: an inverted VAE is a professional training contract."""
    misplaced = hire.terms.inverted_vae and hire.terms.contract_type is not ContractType.PROFESSIONAL_TRAINING
    return InvertedVaeMisplaced() if misplaced else None


def diploma_has_a_level(hire: Proposal) -> Refusal | None:
    """Invariant 9: no state diploma whose level is "not relevant"."""
    diploma = hire.terms.qualification_type is QualificationType.STATE_DIPLOMA
    return LevelNeeded() if diploma and hire.terms.qualification_level is QualificationLevel.NOT_RELEVANT else None


#: Of the terms alone; on what grounds the company hires is looked at afterwards.
ACCEPTANCE_RULES: Final[tuple[AcceptanceRule, ...]] = (
    starts_today_or_later,
    starts_within_six_months,
    ends_after_it_starts,
    geiq_names_the_job,
    qualifying_contract_of_a_geiq,
    contract_is_coherent,
    hours_are_possible,
    vae_is_professional_training,
    diploma_has_a_level,
)


def check_terms(proposal: Proposal, context: Context) -> None:
    """Refuse terms that break a rule of acceptance."""
    for rule in ACCEPTANCE_RULES:
        context.insist(rule(proposal))


def accepted(command: Accept | DeclareHire, hire: Proposal, context: Context) -> Accepted:
    """What a hire records; refuses one whose terms or grounds break a rule."""
    check_terms(hire, context)
    found = grounds(hire, context)
    return Accepted(
        at=context.at,
        answer=command.answer if isinstance(command, Accept) else None,
        advisor=command.advisor,
        diagnosis=found.diagnosis,
        pass_iae=found.pass_iae,
        delivery=found.delivery,
        **terms_of(command),
    )


def hired(command: HiringCommand, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    """What agreeing on a hire, moving it or giving it up records."""
    match command:
        case Accept():
            return [accepted(command, _proposed(command, case, context), context)]
        case ChangeHiringDates():
            return [_new_dates(command, case, context)]
        case CancelHire():
            return [_cancelled(case, context)]
        case _:
            assert_never(command)


def _proposed(command: Accept, case: JobApplication, context: Context) -> Proposal:
    """What was true of the sender on the day of sending counts, whatever has become of it (quirk 17)."""
    return Proposal(
        terms=command,
        company=case.company,
        company_kinds=case.company_kinds,
        sent_by_authorised_prescriber=case.sender_authorised,
        today=context.today,
    )


def _new_dates(command: ChangeHiringDates, case: JobApplication, context: Context) -> HiringDatesChanged:
    latest = add_days(context.today, DAYS_AHEAD)
    if case.hire is None or case.hire.starts_on <= context.today:
        raise HireHasStarted
    if command.starts_on < context.today:
        raise StartsInThePast(earliest=context.today)
    if command.starts_on > latest:
        raise StartsTooLate(latest=latest)
    if command.ends_on is not None and command.ends_on < command.starts_on:
        raise EndsBeforeItStarts
    right = context.dossier.of(Right).get(case.pass_iae or "")
    context.insist(before_the_pass_ends(right, command.starts_on, context.today))
    return HiringDatesChanged(at=context.at, starts_on=command.starts_on, ends_on=command.ends_on)


def _cancelled(case: JobApplication, context: Context) -> HireCancelled:
    if case.origin is Origin.AI_STOCK:
        raise HireNotCancellable
    hire = hire_of(context.dossier, context.journey)
    if hire is not None and context.dossier.of(Hire)[hire].exchanged:
        raise EmployeeRecordExchanged(hiring=hire)
    return HireCancelled(at=context.at)
