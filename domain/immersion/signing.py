"""Who signs, and what asks for every signature anew (immersion §2.5, §2.6)."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.calendar import paris_day
from domain.immersion.agreeing import check_terms
from domain.immersion.codes import Stage
from domain.immersion.commands import Modify, Sign, SigningCommand
from domain.immersion.events import ImmersionEvent, Modified, Signed
from domain.immersion.people import speaker
from domain.immersion.refusals import AlreadySigned, OnlyTheAgencyModifies, RenewalIsNotModified
from domain.immersion.state import Immersion
from domain.immersion.terms import ConventionTerms, signatories, terms_of
from domain.immersion.wording import said, tidy
from domain.journey import Context

LONGEST_JUSTIFICATION: Final = 6000


def signed(command: SigningCommand, case: Immersion, context: Context) -> Sequence[ImmersionEvent]:
    """What a signature or a modification records."""
    match command:
        case Sign():
            return [_signed(command, case, context)]
        case Modify():
            return _modified(command, case, context)
        case _:
            assert_never(command)


def _signed(command: Sign, case: Immersion, context: Context) -> Signed:
    """The terms are not measured again: only a modification changes them, and it measures them (immersion §14)."""
    speaker(command, case, context)
    if command.person in case.signatures:
        raise AlreadySigned(person=command.person)
    return Signed(at=context.at, person=command.person)


def _modified(command: Modify, case: Immersion, context: Context) -> Sequence[ImmersionEvent]:
    """Measured by the rules of the day of submission; the signatory who modifies has signed what they wrote."""
    by = speaker(command, case, context)
    if case.renewed_from is not None:
        context.insist(RenewalIsNotModified())
    _check_validator(case, context)
    terms: ConventionTerms = tidy(ConventionTerms(**terms_of(command)))
    check_terms(terms, paris_day(case.submitted_at or context.at), context)
    why = command.justification and said(command.justification, LONGEST_JUSTIFICATION, "justification")
    modified = Modified(**terms_of(terms), at=context.at, by=by, justification=why)
    if by is None or by not in signatories(terms):
        return [modified]
    return [modified, Signed(at=context.at, person=by)]


def _check_validator(case: Immersion, context: Context) -> None:
    """The agency referred to lets what was found eligible as it is (immersion §1.3, note 1)."""
    acting = context.acting.id if context.acting else None
    if case.stage is Stage.ELIGIBLE and acting == case.validator != case.agency:
        raise OnlyTheAgencyModifies
