"""What is corrected once a convention is decided; signatures and decisions stay (immersion §2.6)."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, assert_never

from domain.calendar import paris_day
from domain.immersion.agreeing import check_terms
from domain.immersion.commands import CorrectBeneficiary, CorrectingCommand, CorrectTutor
from domain.immersion.events import BeneficiaryCorrected, ImmersionEvent, TutorCorrected
from domain.immersion.people import speaker
from domain.immersion.refusals import OnlyTheBirthDate, WrongStage
from domain.immersion.state import Immersion
from domain.immersion.terms import Beneficiary, ConventionTerms, Tutor, terms_of
from domain.immersion.wording import tidy
from domain.journey import Context
from domain.vocabulary import Role


def corrected(command: CorrectingCommand, case: Immersion, context: Context) -> Sequence[ImmersionEvent]:
    """What a correction records: nothing if it says nothing. The whole is measured again."""
    if case.terms is None:
        raise WrongStage(stage=case.stage)
    match command:
        case CorrectTutor():
            speaker(command, case, context)
            return _tutor(command, case.terms, case, context)
        case CorrectBeneficiary():
            return _beneficiary(command, case.terms, case, context)
        case _:
            assert_never(command)


def _tutor(
    command: CorrectTutor, terms: ConventionTerms, case: Immersion, context: Context
) -> Sequence[ImmersionEvent]:
    given = _given(command) - {"person"}
    if not given:
        return []
    tutor = tidy(Tutor(**(_of(terms.tutor) | {name: getattr(command, name) for name in given})))
    _check(terms, case, context, tutor=tutor)
    return [TutorCorrected(tutor=tutor)]


def _beneficiary(
    command: CorrectBeneficiary, terms: ConventionTerms, case: Immersion, context: Context
) -> Sequence[ImmersionEvent]:
    """Who the person is, is the platform's to correct; agencies correct the date of birth."""
    given = _given(command)
    if not given:
        return []
    if context.actor.role is not Role.STAFF and given != {"birth_date"}:
        context.insist(OnlyTheBirthDate())
    beneficiary = tidy(Beneficiary(**(_of(terms.beneficiary) | {name: getattr(command, name) for name in given})))
    _check(terms, case, context, beneficiary=beneficiary)
    return [
        BeneficiaryCorrected(
            last_name=beneficiary.last_name,
            first_name=beneficiary.first_name,
            birth_date=beneficiary.birth_date,
        )
    ]


def _given(command: CorrectingCommand) -> set[str]:
    return {field.name for field in fields(command) if getattr(command, field.name) is not None}


def _of(contact: Any) -> dict[str, Any]:
    return {field.name: getattr(contact, field.name) for field in fields(contact)}


def _check(terms: ConventionTerms, case: Immersion, context: Context, **changes: Any) -> None:
    submitted = paris_day(case.submitted_at or context.at)
    check_terms(ConventionTerms(**(terms_of(terms) | changes)), submitted, context)
