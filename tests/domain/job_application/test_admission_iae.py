"""Which applications the rules of the IAE keep from being sent: les-emplois §4.4, rules 3, 5 and 6."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.calendar import add_days
from domain.iae.diagnosis import AuthorKind
from domain.iae.right import LIFTED_BY_HIRE, Right, Suspension, SuspensionReason
from domain.job_application.commands import Submit, TransferExternally
from domain.job_application.events import Submitted
from domain.job_application.refusals import InWaitingPeriod, Sanctioned, SuspendedForGood
from domain.job_application.rules import decider
from domain.journey import Context, Refusal
from domain.vocabulary import OrganisationProfile
from tests.domain.job_application.samples import (
    ACI,
    BY_PRESCRIBER,
    CANDIDATE,
    EI,
    GEIQ,
    KNOWN,
    OPCS,
    PERSON,
    PRESCRIBER,
    TODAY,
    acting_for,
    knowing,
    refused,
    sent,
)
from tests.spec import given

ETTI = replace(EI, kinds=("etti",))
ORIENTEUR = replace(PRESCRIBER, authorised=False)
#: It ended thirty days ago.
ENDED = Right(starts_on=date(2023, 5, 13), ends_on=add_days(TODAY, -30))
IN_PROGRESS = Right(starts_on=date(2024, 6, 1), ends_on=date(2026, 5, 31))


def towards(company: OrganisationProfile, context: Context) -> Context:
    return replace(context, organisations={**KNOWN, company.id: company})


def answer(company: OrganisationProfile, context: Context) -> type[Refusal] | None:
    """The refusal of an application, or none."""
    try:
        decider.decide(Submit(company=company.id, message="Bonjour"), decider.initial, towards(company, context))
    except Refusal as refusal:
        return type(refusal)
    return None


def by(sender: OrganisationProfile | None, **known: Any) -> Context:
    context = knowing(acting_for(sender), candidate=PERSON, **known)
    return context if sender else replace(context, actor=CANDIDATE)


@pytest.mark.parametrize(
    ("sender", "company", "known", "expected"),
    [
        (None, ETTI, {}, InWaitingPeriod),
        (ORIENTEUR, ETTI, {}, InWaitingPeriod),
        (ACI, ETTI, {}, InWaitingPeriod),
        (PRESCRIBER, ETTI, {}, None),
        (None, GEIQ, {}, None),
        (None, OPCS, {}, None),
        (None, ETTI, {"eligibility_check_1": BY_PRESCRIBER}, None),
        (None, ETTI, {"eligibility_check_1": replace(BY_PRESCRIBER, expires_on=TODAY)}, InWaitingPeriod),
        (
            None,
            ETTI,
            {"eligibility_check_1": replace(BY_PRESCRIBER, author_kind=AuthorKind.EMPLOYER, organisation=ETTI.id)},
            InWaitingPeriod,
        ),
    ],
)
def test_p26_the_waiting_period_blocks_unless_an_authorised_prescriber_says_otherwise(
    sender: OrganisationProfile | None,
    company: OrganisationProfile,
    known: dict[str, Any],
    expected: type[Refusal] | None,
) -> None:
    assert answer(company, by(sender, pass_iae_1=ENDED, **known)) is expected


def test_without_a_former_pass_or_with_a_valid_one_there_is_nothing_to_wait_for() -> None:
    assert answer(ETTI, by(None)) is None
    assert answer(ETTI, by(None, pass_iae_1=ENDED, pass_iae_2=IN_PROGRESS)) is None


def test_whoever_waits_is_told_until_when() -> None:
    with pytest.raises(InWaitingPeriod) as caught:
        decider.decide(Submit(company=ACI.id, message="Bonjour"), decider.initial, by(None, pass_iae_1=ENDED))
    assert caught.value.details == {"until": date(2027, 5, 11)}


def test_an_application_sent_on_by_a_company_waits_too() -> None:
    refused_one = decider.fold([sent(ACI), refused()])
    context = by(ACI, pass_iae_1=ENDED, job_application_1=refused_one)
    given(decider).within(context).when(TransferExternally(application="job-application-1", company=EI.id)).refused(
        InWaitingPeriod
    )


def paused(reason: SuspensionReason, starts_on: date = TODAY, ends_on: date = TODAY) -> Right:
    return replace(IN_PROGRESS, suspensions=(Suspension(reason=reason, starts_on=starts_on, ends_on=ends_on),))


@pytest.mark.parametrize("reason", SuspensionReason)
def test_a_pass_suspended_for_a_reason_that_no_hire_lifts_keeps_from_applying(reason: SuspensionReason) -> None:
    expected = None if reason in LIFTED_BY_HIRE else SuspendedForGood
    assert answer(ACI, by(PRESCRIBER, pass_iae_1=paused(reason))) is expected


@pytest.mark.parametrize("company", [GEIQ, OPCS])
def test_a_suspension_concerns_applications_to_siae_alone(company: OrganisationProfile) -> None:
    assert answer(company, by(None, pass_iae_1=paused(SuspensionReason.SICKNESS))) is None


def test_only_a_suspension_in_progress_counts() -> None:
    yesterday, tomorrow = add_days(TODAY, -1), add_days(TODAY, 1)
    for day in (yesterday, tomorrow):
        assert answer(ACI, by(None, pass_iae_1=paused(SuspensionReason.SICKNESS, day, day))) is None
    assert answer(ACI, by(None, pass_iae_1=paused(SuspensionReason.SICKNESS, yesterday, tomorrow))) is SuspendedForGood


def test_e11_a_sanctioned_siae_does_not_prescribe_for_itself() -> None:
    punished = replace(ACI, sanctioned=True)
    assert answer(punished, by(punished)) is Sanctioned
    assert answer(ACI, by(ACI)) is None


def test_e11_others_still_apply_to_a_sanctioned_siae_and_it_still_applies_elsewhere() -> None:
    punished = replace(ACI, sanctioned=True)
    assert answer(punished, by(PRESCRIBER)) is None
    assert answer(EI, by(punished)) is None


@pytest.mark.parametrize(
    ("sender", "authorised", "kinds"),
    [(PRESCRIBER, True, ("ml",)), (ORIENTEUR, False, ("ml",)), (ACI, False, ()), (None, False, ())],
)
def test_an_application_says_what_its_sender_was_on_that_day(
    sender: OrganisationProfile | None, *, authorised: bool, kinds: tuple[str, ...]
) -> None:
    (event,) = decider.decide(Submit(company=EI.id, message="Bonjour"), decider.initial, by(sender))
    assert isinstance(event, Submitted)
    assert (event.sender_authorised, event.sender_kinds) == (authorised, kinds)
    case = decider.fold([event])
    assert (case.sender_authorised, case.sender_kinds) == (authorised, kinds)
