"""Which applications may be sent, and what sending one records (les-emplois §4.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, assert_never

from domain.iae.companies import is_siae
from domain.iae.right import LIFTED_BY_HIRE, Right, suspension_on, valid_right
from domain.job_application.acceptance import accepted
from domain.job_application.codes import SenderKind, Stage
from domain.job_application.commands import DeclareHire, OpeningCommand, Submit, TransferExternally
from domain.job_application.events import JobApplicationEvent, ProcessingStarted, Submitted
from domain.job_application.grounds import in_waiting_period, may_declare
from domain.job_application.proposal import Proposal
from domain.job_application.refusals import (
    ApplicationsBlocked,
    AppliedRecently,
    CompanyClosed,
    ConfirmationNeeded,
    MayNotSend,
    MessageNeeded,
    NobodyToAnswer,
    NoSuchApplication,
    NotACompany,
    NotRefused,
    NotTheReceiver,
    OwnCompany,
    Sanctioned,
    SpontaneousClosed,
    SuspendedForGood,
    UnknownCompany,
)
from domain.job_application.state import JobApplication
from domain.journey import Context, Refusal
from domain.vocabulary import Family, OrganisationId, OrganisationProfile, Role

EMPLOYERS: Final = frozenset({Family.SIAE, Family.GEIQ, Family.EMPLOYER})
TOO_SOON: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """An application about to be sent."""

    command: Submit
    company: OrganisationProfile
    context: Context

    @property
    def self_prescribed(self) -> bool:
        """Whether the company applies to itself on the person's behalf (auto-prescription)."""
        return self.context.acting is not None and self.context.acting.id == self.company.id

    def earlier(self) -> Mapping[str, JobApplication]:
        """The person's other applications to the same company, by journey."""
        applications = self.context.dossier.of(JobApplication)
        return {name: case for name, case in applications.items() if case.company == self.company.id}


AdmissionRule = Callable[[Sending], Refusal | None]


def company_hires(sending: Sending) -> Refusal | None:
    """The receiver is a company."""
    return None if EMPLOYERS.intersection(sending.company.families) else NotACompany()


def company_is_active(sending: Sending) -> Refusal | None:
    """The company has not closed."""
    return None if sending.company.active else CompanyClosed()


def somebody_can_answer(sending: Sending) -> Refusal | None:
    """The company has an active member (rule 2)."""
    return None if sending.company.has_members else NobodyToAnswer()


def company_lets_apply(sending: Sending) -> Refusal | None:
    """A company that blocks applications still has those of its members (rule 4)."""
    blocked = sending.company.blocks_applications and sending.company.id not in sending.context.member_of
    return ApplicationsBlocked() if blocked else None


def not_sent_just_before(sending: Sending) -> Refusal | None:
    """No other application to this company in the last 24 hours, but for a self-prescription (rule 7)."""
    at = sending.context.at
    recent = [
        name for name, case in sending.earlier().items() if case.submitted_at and at - case.submitted_at < TOO_SOON
    ]
    return AppliedRecently(applications=recent) if recent and not sending.self_prescribed else None


def repeated_on_purpose(sending: Sending) -> Refusal | None:
    """Another application to this company, however old, asks for a confirmation (rule 7)."""
    earlier = sending.earlier()
    return ConfirmationNeeded(applications=list(earlier)) if earlier and not sending.command.confirmed else None


def spontaneous_if_open(sending: Sending) -> Refusal | None:
    """An application that names no job needs a company open to them (rule 8)."""
    named = bool(sending.command.job_descriptions)
    return None if named or sending.company.accepts_spontaneous else SpontaneousClosed()


def says_something(sending: Sending) -> Refusal | None:
    """A message is mandatory, but for a self-prescription (rule 9)."""
    message = (sending.command.message or "").strip()
    return None if message or sending.self_prescribed else MessageNeeded()


def may_prescribe_for_itself(sending: Sending) -> Refusal | None:
    """A company under sanction does not apply to itself on somebody's behalf (rule 3)."""
    return Sanctioned() if sending.self_prescribed and sending.company.sanctioned else None


def waiting_period_is_over(sending: Sending) -> Refusal | None:
    """A SIAE may not hire in the two years after a PASS, unless an authorised prescriber sends the person (rule 5)."""
    if not is_siae(sending.company.kinds):
        return None
    context = sending.context
    authorised = sent_by_authorised_prescriber(context)
    return in_waiting_period(context.dossier, sent_by_authorised_prescriber=authorised, on=context.today)


def suspension_can_end(sending: Sending) -> Refusal | None:
    """No SIAE hires under a PASS suspended for a reason that a hire does not put an end to (rule 6)."""
    context = sending.context
    right = valid_right(context.dossier, context.today)
    if right is None or not is_siae(sending.company.kinds):
        return None
    suspension = suspension_on(context.dossier.of(Right)[right], context.today)
    return None if suspension is None or suspension.reason in LIFTED_BY_HIRE else SuspendedForGood()


ADMISSION_RULES: Final[tuple[AdmissionRule, ...]] = (
    company_hires,
    company_is_active,
    somebody_can_answer,
    may_prescribe_for_itself,
    company_lets_apply,
    waiting_period_is_over,
    suspension_can_end,
    not_sent_just_before,
    repeated_on_purpose,
    spontaneous_if_open,
    says_something,
)


def company_named(company: OrganisationId, context: Context) -> OrganisationProfile:
    """The profile of a company that the command names; refuses if there is none."""
    if company not in context.organisations:
        raise UnknownCompany(organisation=company)
    return context.organisations[company]


def sender_kind(context: Context) -> SenderKind:
    """In what capacity the actor sends (rule 1): an organisation that also hires sends as an employer."""
    if context.actor.role is Role.CANDIDATE:
        return SenderKind.CANDIDATE
    families = context.acting.families if context.acting else ()
    if EMPLOYERS.intersection(families):
        return SenderKind.EMPLOYER
    if Family.PRESCRIBER in families:
        return SenderKind.PRESCRIBER
    context.insist(MayNotSend())
    # History knows prescribers without an organisation (les-emplois §1.3, situation a).
    return SenderKind.PRESCRIBER


def sent_by_authorised_prescriber(context: Context) -> bool:
    """Whether the acting organisation vouches for the person: only an authorised prescriber does (§1.3)."""
    acting = context.acting
    return acting is not None and acting.authorised and sender_kind(context) is SenderKind.PRESCRIBER


def opened(command: OpeningCommand, context: Context) -> Sequence[JobApplicationEvent]:
    """What a new application records."""
    match command:
        case Submit():
            return [_submit(command, context)]
        case TransferExternally():
            return [_send_on(command, context)]
        case DeclareHire():
            return _declare_hire(command, context)
        case _:
            assert_never(command)


def _submit(command: Submit, context: Context) -> Submitted:
    kind = sender_kind(context)
    sending = Sending(command=command, company=company_named(command.company, context), context=context)
    for rule in ADMISSION_RULES:
        context.insist(rule(sending))
    return Submitted(
        at=context.at,
        company=sending.company.id,
        company_kinds=sending.company.kinds,
        sender=context.actor.subject,
        sender_kind=kind,
        sender_organisation=context.acting.id if context.acting else None,
        message=command.message,
        cv=command.cv,
        job_descriptions=command.job_descriptions,
        advisor=command.advisor,
        sender_authorised=sent_by_authorised_prescriber(context),
        sender_kinds=context.acting.kinds if context.acting and kind is SenderKind.PRESCRIBER else (),
    )


def _send_on(command: TransferExternally, context: Context) -> Submitted:
    """Every admission rule holds for the new application too (les-emplois §4.9)."""
    original = context.dossier.of(JobApplication).get(command.application)
    if original is None:
        raise NoSuchApplication(application=command.application)
    if original.stage is not Stage.REFUSED:
        raise NotRefused(stage=original.stage)
    if context.acting is None or context.acting.id != original.company:
        raise NotTheReceiver
    if command.company in context.member_of:
        raise OwnCompany
    submission = Submit(
        company=command.company,
        message=command.message or original.message,
        cv=command.cv or original.cv,
        job_descriptions=command.job_descriptions,
        advisor=command.advisor,
        confirmed=command.confirmed,
    )
    return replace(_submit(submission, context), transferred_from=command.application)


def _declare_hire(command: DeclareHire, context: Context) -> Sequence[JobApplicationEvent]:
    """A hire that nobody applied for: sent, studied and accepted at once by the acting company."""
    if context.acting is None or not EMPLOYERS.intersection(context.acting.families):
        raise NotACompany
    hire = Proposal(terms=command, company=context.acting.id, company_kinds=context.acting.kinds, today=context.today)
    if context.acting.sanctioned:
        context.insist(may_declare(hire, context.dossier))
    submitted = Submitted(
        at=context.at,
        company=context.acting.id,
        company_kinds=context.acting.kinds,
        sender=context.actor.subject,
        sender_kind=SenderKind.EMPLOYER,
        sender_organisation=context.acting.id,
        advisor=command.advisor,
    )
    return [submitted, ProcessingStarted(at=context.at), accepted(command, hire, context)]
