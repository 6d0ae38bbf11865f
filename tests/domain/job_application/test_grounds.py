"""On what grounds a company hires: les-emplois §4.7 steps 2 and 3, §3.1, §5.6."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.calendar import add_days
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.iae.person import LackOfFranceTravailId, Person
from domain.iae.right import Right
from domain.job_application.codes import Delivery, SenderKind
from domain.job_application.commands import (
    Accept,
    DeclareHire,
)
from domain.job_application.events import (
    Accepted,
    JobApplicationEvent,
    ProcessingStarted,
    Submitted,
)
from domain.job_application.refusals import (
    DiagnosisNeeded,
    InWaitingPeriod,
    Sanctioned,
    StartsAfterThePass,
)
from domain.job_application.rules import decider
from domain.journey import Context, Refusal
from domain.vocabulary import OrganisationProfile
from tests.domain.job_application.samples import (
    ACI,
    BY_PRESCRIBER,
    EI,
    GEIQ,
    NOUR,
    NOW,
    OPCS,
    PERSON,
    TODAY,
    UNKNOWN_PERSON,
    acting_for,
    knowing,
    sent,
)
from tests.spec import Scenario, given

YESTERDAY, TOMORROW = add_days(TODAY, -1), add_days(TODAY, 1)
HIRE = Accept(starts_on=TODAY, hired_job="job-1")
#: In progress since 2024, for as long as one is issued for.
PASS = Right(number="999990000001", starts_on=date(2024, 7, 1), ends_on=date(2026, 6, 30))
BY_ACI = replace(BY_PRESCRIBER, author_kind=AuthorKind.EMPLOYER, organisation=ACI.id)
EXPIRED = replace(BY_PRESCRIBER, made_on=date(2024, 6, 1), expires_on=date(2024, 12, 1))


def accepting(
    company: OrganisationProfile = ACI, sender: SenderKind = SenderKind.CANDIDATE, **known: Any
) -> Scenario[Any, Any, Any]:
    """An application to a company, in a dossier that holds nothing but what is known."""
    context = knowing(acting_for(company), **known)
    return given(decider, sent(company, sender_kind=sender)).within(context).when(HIRE)


def hired(**grounds: Any) -> Accepted:
    return Accepted(at=NOW, starts_on=TODAY, hired_job="job-1", **grounds)


def test_a4_without_identifiers_the_pass_is_delivered_by_hand() -> None:
    accepting(candidate=UNKNOWN_PERSON, eligibility_check_1=BY_PRESCRIBER).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.MANUAL)
    )
    accepting(candidate=UNKNOWN_PERSON).then(hired(delivery=Delivery.MANUAL))


@pytest.mark.parametrize(
    "person",
    [
        Person(nir="190016700100180"),
        Person(france_travail_id="1234567A"),
        Person(lack_of_france_travail_id=LackOfFranceTravailId.NOT_REGISTERED),
    ],
)
def test_a6_a_nir_or_a_france_travail_identifier_or_no_registration_will_do(person: Person) -> None:
    accepting(candidate=person, eligibility_check_1=BY_PRESCRIBER).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )


def test_a8_a_siae_hires_nobody_without_a_diagnosis_or_a_pass() -> None:
    accepting(candidate=PERSON).refused(DiagnosisNeeded)


def test_a_diagnosis_of_yesterday_is_one_day_late() -> None:
    accepting(candidate=PERSON, eligibility_check_1=replace(BY_PRESCRIBER, expires_on=TODAY)).refused(DiagnosisNeeded)
    accepting(candidate=PERSON, eligibility_check_1=replace(BY_PRESCRIBER, expires_on=TOMORROW)).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )


def test_a_company_s_diagnosis_counts_for_that_company_alone() -> None:
    accepting(ACI, candidate=PERSON, eligibility_check_1=BY_ACI).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )
    accepting(EI, candidate=PERSON, eligibility_check_1=BY_ACI).refused(DiagnosisNeeded)


def test_a_prescriber_s_diagnosis_is_attached_before_the_company_s_own() -> None:
    accepting(candidate=PERSON, eligibility_check_1=BY_PRESCRIBER, eligibility_check_2=BY_ACI).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )


def test_a10_a_pass_that_has_not_started_is_used_again() -> None:
    future = Right(starts_on=date(2025, 9, 1), ends_on=date(2027, 8, 31))
    for start in (date(2025, 7, 1), date(2025, 10, 1)):
        accepting(candidate=PERSON, pass_iae_1=future).when(Accept(starts_on=start)).then(
            Accepted(at=NOW, starts_on=start, pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC)
        )


def test_a_valid_pass_stands_for_a_diagnosis_even_for_somebody_unknown() -> None:
    """Quirk 11: the link to the diagnosis may stay empty."""
    accepting(candidate=UNKNOWN_PERSON, pass_iae_1=PASS).then(hired(pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC))


def test_e7_under_a_valid_pass_an_expired_diagnosis_is_attached() -> None:
    accepting(candidate=PERSON, eligibility_check_1=EXPIRED, pass_iae_1=PASS).then(
        hired(diagnosis="eligibility-check-1", pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC)
    )
    accepting(candidate=PERSON, eligibility_check_1=EXPIRED).refused(DiagnosisNeeded)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_hire_starts_on_the_last_day_of_a_valid_pass_at_the_latest(days: int) -> None:
    ends_on = add_days(TODAY, 30)
    scenario = accepting(candidate=PERSON, pass_iae_1=replace(PASS, ends_on=ends_on))
    start = add_days(ends_on, days)
    if days > 0:
        scenario.when(Accept(starts_on=start)).refused(StartsAfterThePass)
    else:
        scenario.when(Accept(starts_on=start)).then(
            Accepted(at=NOW, starts_on=start, pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC)
        )


def test_a_pass_is_valid_on_its_last_day_and_a_cancelled_one_on_none() -> None:
    last_day = replace(PASS, ends_on=TODAY)
    accepting(candidate=PERSON, pass_iae_1=last_day).then(hired(pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC))
    accepting(candidate=PERSON, pass_iae_1=replace(PASS, cancelled=True)).refused(DiagnosisNeeded)


@pytest.mark.parametrize("company", [GEIQ, OPCS])
def test_a12_a_geiq_or_an_opcs_hires_without_a_pass(company: OrganisationProfile) -> None:
    """And without a diagnosis for the IAE, a known person, or any regard for a former PASS."""
    ended = replace(PASS, ends_on=YESTERDAY)
    accepting(company, candidate=UNKNOWN_PERSON, eligibility_check_1=BY_PRESCRIBER, pass_iae_1=ended).then(hired())
    accepting(company, candidate=PERSON, pass_iae_1=PASS).then(hired())


def test_a_geiq_attaches_a_current_diagnosis_of_its_own_scheme_or_none() -> None:
    for_geiq = replace(BY_PRESCRIBER, scheme=Scheme.GEIQ, expires_on=TOMORROW)
    accepting(GEIQ, eligibility_check_1=BY_PRESCRIBER, eligibility_check_2=for_geiq).then(
        hired(diagnosis="eligibility-check-2")
    )
    accepting(GEIQ, eligibility_check_1=replace(for_geiq, expires_on=TODAY)).then(hired())
    own = replace(for_geiq, author_kind=AuthorKind.GEIQ, organisation=GEIQ.id)
    accepting(GEIQ, eligibility_check_1=own).then(hired(diagnosis="eligibility-check-1"))
    accepting(GEIQ, eligibility_check_1=replace(own, organisation=EI.id)).then(hired())


@pytest.mark.parametrize(
    ("ended", "blocked"), [(YESTERDAY, True), (date(2023, 6, 10), True), (date(2023, 6, 9), False)]
)
def test_two_calendar_years_after_a_pass_are_waited_for(ended: date, *, blocked: bool) -> None:
    scenario = accepting(candidate=PERSON, eligibility_check_1=BY_ACI, pass_iae_1=replace(PASS, ends_on=ended))
    if blocked:
        scenario.refused(InWaitingPeriod)
    else:
        scenario.then(hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC))


def test_whoever_waits_is_told_until_when() -> None:
    context = knowing(acting_for(ACI), candidate=PERSON, pass_iae_1=replace(PASS, ends_on=date(2024, 2, 29)))
    with pytest.raises(InWaitingPeriod) as caught:
        decider.decide(HIRE, decider.fold([sent(ACI)]), context)
    assert caught.value.details == {"until": date(2026, 2, 28)}


def test_an_authorised_prescriber_or_their_diagnosis_lifts_the_waiting_period() -> None:
    known: Mapping[str, Any] = {"candidate": PERSON, "pass_iae_1": replace(PASS, ends_on=YESTERDAY)}
    accepting(**known, eligibility_check_1=BY_PRESCRIBER).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )
    accepting(sender=SenderKind.PRESCRIBER, **known, eligibility_check_1=BY_ACI).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )
    accepting(sender=SenderKind.PRESCRIBER, **known).refused(DiagnosisNeeded)


def test_the_authorisation_of_the_day_of_sending_counts() -> None:
    """Quirk 17, decided: the company cannot lose by what became of the sender since."""
    context = knowing(
        acting_for(ACI), candidate=PERSON, eligibility_check_1=BY_ACI, pass_iae_1=replace(PASS, ends_on=YESTERDAY)
    )
    not_then = replace(sent(ACI, sender_kind=SenderKind.PRESCRIBER), sender_authorised=False)
    given(decider, not_then).within(context).when(HIRE).refused(InWaitingPeriod)


def test_an_import_issues_nothing_and_may_break_what_history_broke() -> None:
    told = replace(knowing(acting_for(ACI), candidate=PERSON, eligibility_check_1=BY_ACI), imported=True)
    given(decider, sent(ACI)).within(told).when(HIRE).then(hired(diagnosis="eligibility-check-1"))
    alone = knowing(told, candidate=PERSON)
    given(decider, sent(ACI)).within(alone).when(HIRE).refused(DiagnosisNeeded)
    given(decider, sent(ACI)).within(replace(alone, waived=frozenset({DiagnosisNeeded}))).when(HIRE).then(hired())
    ended = replace(PASS, ends_on=YESTERDAY)
    waiting = replace(
        knowing(told, candidate=PERSON, eligibility_check_1=BY_ACI, pass_iae_1=ended),
        waived=frozenset({InWaitingPeriod}),
    )
    given(decider, sent(ACI)).within(waiting).when(HIRE).then(hired(diagnosis="eligibility-check-1"))


# --- Hires that nobody applied for -------------------------------------------

DECLARE = DeclareHire(starts_on=TODAY)
PUNISHED = replace(ACI, sanctioned=True)


def declaring(company: OrganisationProfile, **known: Any) -> Scenario[Any, Any, Any]:
    return given(decider).within(knowing(acting_for(company), **known)).when(DECLARE)


def declared(company: OrganisationProfile, **grounds: Any) -> list[JobApplicationEvent]:
    submitted = Submitted(
        at=NOW,
        company=company.id,
        company_kinds=company.kinds,
        sender=NOUR.subject,
        sender_kind=SenderKind.EMPLOYER,
        sender_organisation=company.id,
    )
    return [submitted, ProcessingStarted(at=NOW), Accepted(at=NOW, starts_on=TODAY, **grounds)]


def test_a_declared_hire_needs_the_same_grounds() -> None:
    declaring(ACI, candidate=PERSON).refused(DiagnosisNeeded)
    declaring(ACI, candidate=PERSON, eligibility_check_1=BY_ACI).then(
        *declared(ACI, diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )
    declaring(ACI, candidate=PERSON, eligibility_check_1=BY_ACI, pass_iae_1=replace(PASS, ends_on=YESTERDAY)).refused(
        InWaitingPeriod
    )
    declaring(ACI, candidate=PERSON, pass_iae_1=PASS).then(
        *declared(ACI, pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC)
    )


def test_e11_a_sanctioned_siae_declares_a_hire_on_a_prescriber_s_diagnosis() -> None:
    declaring(PUNISHED, candidate=PERSON, eligibility_check_1=BY_PRESCRIBER).then(
        *declared(ACI, diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )


def test_a_sanctioned_siae_declares_no_hire_on_its_own_diagnosis_or_on_none() -> None:
    declaring(PUNISHED, candidate=PERSON).refused(Sanctioned)
    declaring(PUNISHED, candidate=UNKNOWN_PERSON).refused(Sanctioned)
    declaring(PUNISHED, candidate=PERSON, eligibility_check_1=BY_ACI).refused(Sanctioned)
    declaring(PUNISHED, candidate=PERSON, eligibility_check_1=EXPIRED).refused(Sanctioned)


def test_a_sanctioned_siae_declares_a_hire_under_a_valid_pass() -> None:
    declaring(PUNISHED, candidate=PERSON, eligibility_check_1=BY_ACI, pass_iae_1=PASS).then(
        *declared(ACI, diagnosis="eligibility-check-1", pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC)
    )


def test_a_sanction_concerns_the_rules_of_the_iae_alone() -> None:
    declaring(replace(OPCS, sanctioned=True), candidate=PERSON).then(*declared(OPCS))


def test_a_sanctioned_siae_still_accepts_what_it_received_on_its_own_diagnosis() -> None:
    """Quirk 12, kept."""
    context = knowing(acting_for(PUNISHED), candidate=PERSON, eligibility_check_1=BY_ACI)
    given(decider, sent(ACI)).within(context).when(HIRE).then(
        hired(diagnosis="eligibility-check-1", delivery=Delivery.AUTOMATIC)
    )


def context_at(at: datetime) -> Context:
    return knowing(acting_for(ACI, at), candidate=PERSON, pass_iae_1=replace(PASS, ends_on=date(2025, 6, 9)))


@pytest.mark.parametrize(("hour", "refusal"), [(21, None), (22, InWaitingPeriod)])
def test_the_last_day_of_a_pass_ends_at_midnight_in_paris(hour: int, refusal: type[Refusal] | None) -> None:
    at = datetime(2025, 6, 9, hour, 30, tzinfo=UTC)
    start = date(2025, 6, 9) if refusal is None else TODAY
    scenario = given(decider, sent(ACI, at)).within(context_at(at)).when(Accept(starts_on=start))
    if refusal is None:
        scenario.then(Accepted(at=at, starts_on=start, pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC))
    else:
        scenario.refused(refusal)
