from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.iae.companies import SIAE_KINDS
from domain.journey import Dossier
from domain.pass_iae.codes import ProlongationReason
from domain.pass_iae.commands import ChangeProlongation, DeleteProlongation, Prolong
from domain.pass_iae.events import (
    Cancelled,
    Ended,
    PassIaeEvent,
    ProlongationChanged,
    ProlongationDeleted,
    Prolonged,
)
from domain.pass_iae.refusals import (
    AlreadySuspended,
    NoHireUnderPass,
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
    SuspensionLeftOut,
)
from domain.pass_iae.state import Prolongation
from domain.pass_iae.terms import TERMS, longest_of_all, longest_prolongation
from domain.vocabulary import Subject
from tests.domain.pass_iae.cases import (
    ACI,
    AI,
    EI,
    EITI,
    END,
    ETTI,
    GEIQ,
    PRESCRIBER,
    asked,
    hired,
    issued,
    on,
    paused,
    prolonged,
    standing,
)

LATE = date(2025, 12, 1)
TRAINING = Prolong(reason=ProlongationReason.COMPLETE_TRAINING, ends_on=date(2027, 1, 13))
BY_TRAINING = replace(prolonged(END, date(2027, 1, 13)), declared_on=LATE)
ANY_SIAE = (ACI, AI, EI, EITI, ETTI)

# --- When --------------------------------------------------------------------


def test_the_example_a_prolongation_starts_on_the_last_day_of_the_pass_and_both_share_it() -> None:
    on(LATE, issued()).when(TRAINING).then(BY_TRAINING)
    assert standing(issued(), BY_TRAINING).ends_on == date(2027, 1, 13)


@pytest.mark.parametrize(
    ("today", "within"),
    [
        (date(2025, 1, 12), False),
        (date(2025, 1, 13), True),
        (date(2026, 7, 13), True),
        (date(2026, 7, 14), False),
    ],
)
def test_the_example_of_the_window_a_year_before_the_end_to_half_a_year_after(today: date, *, within: bool) -> None:
    told = on(today, issued()).when(TRAINING)
    if within:
        told.then(replace(BY_TRAINING, declared_on=today))
    else:
        told.refused(OutsideTheWindow)


def test_a_pass_whose_end_was_told_is_prolonged_too() -> None:
    on(date(2026, 7, 13), issued(), Ended(on=END)).when(TRAINING).then(
        replace(BY_TRAINING, declared_on=date(2026, 7, 13))
    )


def test_only_the_latest_pass_is_prolonged() -> None:
    scenario = on(date(2026, 2, 1), issued())
    other = issued(date(2026, 1, 20), number="999990000002")
    cases = {**scenario.context.dossier.cases, "pass-iae-2": standing(other)}
    beside = replace(scenario.context, dossier=Dossier(cases))
    scenario.within(beside).when(TRAINING).refused(NotTheLatestPass)
    withdrawn = replace(beside, dossier=Dossier({**cases, "pass-iae-2": standing(other, Cancelled())}))
    scenario.within(withdrawn).when(TRAINING).then(replace(BY_TRAINING, declared_on=date(2026, 2, 1)))


@pytest.mark.parametrize(("today", "refused"), [(date(2025, 12, 10), True), (date(2025, 12, 11), False)])
def test_a_pass_is_not_prolonged_while_it_is_suspended(today: date, *, refused: bool) -> None:
    told = on(today, issued(), paused(LATE, date(2025, 12, 10), END)).when(TRAINING)
    if refused:
        told.refused(AlreadySuspended)
    else:
        told.then(replace(BY_TRAINING, declared_on=today))


def test_nothing_overtakes_a_request_that_waits() -> None:
    on(LATE, issued(), asked(LATE, END, date(2026, 6, 1))).when(TRAINING).refused(RequestWaits)


# --- How long ----------------------------------------------------------------

FEBRUARY_2021 = date(2021, 2, 1)


@pytest.mark.parametrize(
    ("reason", "together", "alone"),
    [
        (ProlongationReason.SENIOR_CDI, date(2031, 1, 30), date(2031, 1, 30)),
        (ProlongationReason.COMPLETE_TRAINING, date(2022, 2, 1), date(2022, 2, 1)),
        (ProlongationReason.RQTH, date(2024, 2, 1), date(2022, 2, 1)),
        (ProlongationReason.SENIOR, date(2026, 1, 31), date(2022, 2, 1)),
        (ProlongationReason.PARTICULAR_DIFFICULTIES, date(2024, 2, 1), date(2022, 2, 1)),
        (ProlongationReason.HEALTH_CONTEXT, date(2022, 2, 1), date(2022, 2, 1)),
    ],
)
def test_p16_how_far_each_reason_goes_with_all_that_follow_and_in_one_go(
    reason: ProlongationReason, together: date, alone: date
) -> None:
    assert longest_of_all(reason, FEBRUARY_2021, 0) == together
    assert longest_prolongation(reason, FEBRUARY_2021, 0) == alone


@pytest.mark.parametrize("reason", [reason for reason in ProlongationReason if TERMS[reason].kinds])
def test_p16_the_longest_prolongation_is_accepted_and_a_day_more_is_not(reason: ProlongationReason) -> None:
    latest = longest_prolongation(reason, END, 0)
    told = on(LATE, issued(), acting=None)
    told.when(Prolong(reason=reason, ends_on=latest)).then(
        replace(prolonged(END, latest, reason), declared_on=LATE, company=None)
    )
    a_day_more = Prolong(reason=reason, ends_on=date.fromordinal(latest.toordinal() + 1))
    told.when(a_day_more).refused(ProlongationTooLong)


def test_a_prolongation_adds_a_day_at_least() -> None:
    on(LATE, issued()).when(replace(TRAINING, ends_on=END)).refused(ProlongationTooShort)
    on(LATE, issued()).when(replace(TRAINING, ends_on=date(2026, 1, 14))).then(
        replace(BY_TRAINING, ends_on=date(2026, 1, 14), pass_ends_on=date(2026, 1, 14))
    )


#: PASS [2023-01-01..2024-12-30], prolonged three times by 365 days.
RQTH_1 = prolonged(date(2024, 12, 30), date(2025, 12, 30), ProlongationReason.RQTH, 1)
SENIOR_2 = prolonged(date(2025, 12, 30), date(2026, 12, 30), ProlongationReason.SENIOR, 2)
RQTH_3 = prolonged(date(2026, 12, 30), date(2027, 12, 30), ProlongationReason.RQTH, 3)


@pytest.mark.parametrize(
    ("history", "command", "expected"),
    [
        ([], Prolong(reason=ProlongationReason.RQTH, ends_on=date(2025, 12, 30)), RQTH_1),
        ([RQTH_1], Prolong(reason=ProlongationReason.SENIOR, ends_on=date(2026, 12, 30)), SENIOR_2),
        ([RQTH_1, SENIOR_2], Prolong(reason=ProlongationReason.RQTH, ends_on=date(2027, 12, 30)), RQTH_3),
    ],
)
def test_p18_each_prolongation_follows_the_one_before(
    history: list[PassIaeEvent], command: Prolong, expected: Prolonged
) -> None:
    on(expected.starts_on, issued(date(2023, 1, 1)), *history, acting=None).when(command).then(
        replace(expected, company=None)
    )


@pytest.mark.parametrize("reason", [ProlongationReason.RQTH, ProlongationReason.PARTICULAR_DIFFICULTIES])
def test_p18_after_1095_days_for_any_reason_two_reasons_are_exhausted(reason: ProlongationReason) -> None:
    history = (issued(date(2023, 1, 1)), RQTH_1, SENIOR_2, RQTH_3)
    told = on(date(2027, 12, 30), *history, acting=None)
    told.when(Prolong(reason=reason, ends_on=date(2027, 12, 31))).refused(ReasonExhausted)


def test_p18_the_third_one_has_730_days_left_of_which_365_in_one_go() -> None:
    history = (issued(date(2023, 1, 1)), RQTH_1, SENIOR_2, RQTH_3)
    told = on(date(2027, 12, 30), *history, acting=None)
    assert longest_of_all(ProlongationReason.SENIOR, date(2027, 12, 30), 1095) == date(2029, 12, 29)
    longest = prolonged(date(2027, 12, 30), date(2028, 12, 29), ProlongationReason.SENIOR, 4)
    told.when(Prolong(reason=ProlongationReason.SENIOR, ends_on=date(2028, 12, 29))).then(
        replace(longest, company=None)
    )
    told.when(Prolong(reason=ProlongationReason.SENIOR, ends_on=date(2028, 12, 30))).refused(ProlongationTooLong)


@pytest.mark.parametrize(
    ("used", "ends_on", "refusal"),
    [
        (1094, date(2027, 1, 14), ProlongationTooLong),
        (1094, date(2027, 1, 13), None),
        (1095, date(2027, 1, 13), ReasonExhausted),
    ],
)
def test_the_last_day_of_a_cumulative_limit_is_used(used: int, ends_on: date, refusal: Any) -> None:
    ends_now = date(2027, 1, 12)
    before = prolonged(date.fromordinal(ends_now.toordinal() - used), ends_now, ProlongationReason.SENIOR_CDI)
    told = on(LATE.replace(year=2026), issued(), before, acting=None)
    command = Prolong(reason=ProlongationReason.RQTH, ends_on=ends_on)
    if refusal is None:
        told.when(command).then(
            replace(
                prolonged(ends_now, ends_on, ProlongationReason.RQTH, 2), declared_on=date(2026, 12, 1), company=None
            )
        )
    else:
        told.when(command).refused(refusal)


def test_prolongations_do_not_overlap() -> None:
    """The end of the PASS has come nearer since the first one: its last day is within that one."""
    shortened = replace(paused(date(2025, 1, 1), date(2025, 1, 31), date(2026, 12, 14)), number=1)
    told = on(date(2026, 6, 1), issued(), BY_TRAINING, shortened)
    told.when(Prolong(reason=ProlongationReason.COMPLETE_TRAINING, ends_on=date(2027, 6, 1))).refused(
        ProlongationsOverlap
    )


# --- Why, and who ------------------------------------------------------------


def test_the_terms_of_the_reasons() -> None:
    assert {
        reason: (terms.longest, terms.cumulative, terms.needs_opinion, terms.kinds) for reason, terms in TERMS.items()
    } == {
        ProlongationReason.SENIOR_CDI: (3650, None, False, SIAE_KINDS),
        ProlongationReason.COMPLETE_TRAINING: (365, None, False, SIAE_KINDS),
        ProlongationReason.RQTH: (365, 1095, True, SIAE_KINDS),
        ProlongationReason.SENIOR: (365, 1825, True, SIAE_KINDS),
        ProlongationReason.PARTICULAR_DIFFICULTIES: (365, 1095, True, {"ai", "aci"}),
        ProlongationReason.HEALTH_CONTEXT: (365, 365, False, set()),
    }


@pytest.mark.parametrize("company", ANY_SIAE)
@pytest.mark.parametrize("reason", ProlongationReason)
def test_a_siae_prolongs_for_two_reasons_and_asks_for_three(reason: ProlongationReason, company: Any) -> None:
    told = on(LATE, issued(), acting=company, hires=(hired(company),)).when(
        Prolong(reason=reason, ends_on=date(2026, 2, 1))
    )
    if TERMS[reason].needs_opinion:
        told.refused(OpinionNeeded)
    elif reason is ProlongationReason.HEALTH_CONTEXT:
        told.refused(ReasonNotSelectable)
    else:
        told.then(replace(prolonged(END, date(2026, 2, 1), reason), declared_on=LATE, company=company.id))


@pytest.mark.parametrize(("company", "given"), [(ACI, True), (AI, True), (EI, False), (EITI, False), (ETTI, False)])
def test_p20_particular_difficulties_are_for_ai_and_aci(company: Any, *, given: bool) -> None:
    told = on(LATE, issued(), acting=None, hires=(hired(company),)).when(
        Prolong(reason=ProlongationReason.PARTICULAR_DIFFICULTIES, ends_on=date(2026, 2, 1))
    )
    if given:
        told.then(
            replace(
                prolonged(END, date(2026, 2, 1), ProlongationReason.PARTICULAR_DIFFICULTIES),
                declared_on=LATE,
                company=None,
            )
        )
    else:
        told.refused(ReasonNotSelectable)


def test_a_siae_that_hired_under_the_pass_prolongs_it_even_after_another_one_hired() -> None:
    hires = (hired(ACI), hired(EI))
    for company in (ACI, EI):
        on(LATE, issued(), acting=company, hires=hires).when(TRAINING).then(replace(BY_TRAINING, company=company.id))


@pytest.mark.parametrize(
    ("acting", "hires"),
    [
        (EI, (hired(ACI),)),
        (ACI, ()),
        (ACI, (hired(ACI, pass_iae="pass-iae-9"),)),
        (ACI, (replace(hired(ACI), cancelled=True),)),
        (GEIQ, (hired(GEIQ),)),
    ],
)  # fmt: skip
def test_nobody_else_does(acting: Any, hires: Any) -> None:
    on(LATE, issued(), acting=acting, hires=hires).when(TRAINING).refused(NoHireUnderPass)


def test_staff_prolongs_a_pass_without_a_hire_by_the_kind_of_the_company_it_was_issued_for() -> None:
    on(LATE, issued(), acting=None, hires=()).when(TRAINING).then(replace(BY_TRAINING, company=None))
    unknown = replace(issued(), company=None, company_kinds=())
    on(LATE, unknown, acting=None, hires=()).when(TRAINING).refused(ReasonNotSelectable)


# --- Corrections -------------------------------------------------------------


def test_the_end_of_the_pass_follows_a_correction_and_a_deletion() -> None:
    changed = ProlongationChanged(number=1, ends_on=date(2026, 6, 1), pass_ends_on=date(2026, 6, 1))
    told = on(LATE, issued(), BY_TRAINING, acting=None)
    told.when(ChangeProlongation(number=1, ends_on=date(2026, 6, 1))).then(changed)
    deleted = ProlongationDeleted(number=1, declared_on=LATE, pass_ends_on=END)
    told.when(DeleteProlongation(number=1)).then(deleted)
    state = standing(issued(), BY_TRAINING, changed)
    assert (state.ends_on, state.prolongations[0].days) == (date(2026, 6, 1), 139)
    assert standing(issued(), BY_TRAINING, deleted).prolongations == ()
    on(LATE, issued(), BY_TRAINING, deleted).when(TRAINING).then(replace(BY_TRAINING, number=2))


def test_a_correction_of_the_first_one_moves_the_end_by_the_difference_only() -> None:
    history = (issued(date(2023, 1, 1)), RQTH_1, SENIOR_2)
    told = on(date(2026, 1, 1), *history, acting=None)
    told.when(ChangeProlongation(number=1, ends_on=date(2025, 12, 1))).then(
        ProlongationChanged(number=1, ends_on=date(2025, 12, 1), pass_ends_on=date(2026, 12, 1))
    )
    told.when(DeleteProlongation(number=1)).then(
        ProlongationDeleted(number=1, declared_on=date(2024, 12, 30), pass_ends_on=date(2025, 12, 30))
    )
    told.when(ChangeProlongation(number=1, ends_on=date(2025, 12, 31))).refused(ProlongationTooLong)


def test_a_correction_keeps_to_the_limits_and_off_the_others() -> None:
    short = replace(RQTH_1, ends_on=date(2025, 6, 1), pass_ends_on=date(2025, 6, 1))
    next_one = prolonged(date(2025, 6, 1), date(2025, 12, 1), ProlongationReason.SENIOR, 2)
    told = on(date(2025, 7, 1), issued(date(2023, 1, 1)), short, next_one, acting=None)
    told.when(ChangeProlongation(number=1, ends_on=date(2025, 6, 2))).refused(ProlongationsOverlap)
    told.when(ChangeProlongation(number=1, ends_on=date(2025, 6, 1))).then(
        ProlongationChanged(number=1, ends_on=date(2025, 6, 1), pass_ends_on=date(2025, 12, 1))
    )
    told.when(ChangeProlongation(number=1, ends_on=date(2024, 12, 30))).refused(ProlongationTooShort)
    told.when(ChangeProlongation(number=2, ends_on=date(2026, 6, 1))).then(
        ProlongationChanged(number=2, ends_on=date(2026, 6, 1), pass_ends_on=date(2026, 6, 1))
    )


@pytest.mark.parametrize("command", [ChangeProlongation(number=2, ends_on=END), DeleteProlongation(number=2)])
def test_a_prolongation_that_there_is_not_is_not_corrected(command: Any) -> None:
    on(LATE, issued(), BY_TRAINING, acting=None).when(command).refused(NoSuchProlongation)


def test_days_in_which_the_pass_was_suspended_are_not_taken_away() -> None:
    history = (issued(), BY_TRAINING, paused(date(2026, 12, 1), date(2026, 12, 31), date(2027, 2, 12)))
    told = on(date(2027, 1, 5), *history, acting=None)
    told.when(DeleteProlongation(number=1)).refused(SuspensionLeftOut)
    told.when(ChangeProlongation(number=1, ends_on=date(2026, 11, 30))).refused(SuspensionLeftOut)
    told.when(ChangeProlongation(number=1, ends_on=date(2026, 12, 1))).then(
        ProlongationChanged(number=1, ends_on=date(2026, 12, 1), pass_ends_on=date(2026, 12, 31))
    )


def test_a_last_day_that_was_told_before_is_told_again_at_once() -> None:
    """Time asks once for each last day."""
    history = (issued(), Ended(on=END), BY_TRAINING)
    told = on(date(2026, 3, 1), *history, acting=None).when(DeleteProlongation(number=1))
    told.then(ProlongationDeleted(number=1, declared_on=LATE, pass_ends_on=END), Ended(on=END))
    on(date(2026, 3, 1), issued(), Ended(on=date(2025, 1, 1)), BY_TRAINING, acting=None).when(
        DeleteProlongation(number=1)
    ).then(ProlongationDeleted(number=1, declared_on=LATE, pass_ends_on=END))


def test_a_prolongation_is_known_with_who_wanted_it_and_the_others_stay_as_they_are() -> None:
    granted = replace(
        SENIOR_2, request=4, validated_by=Subject("sam"), validated_in=PRESCRIBER.id, declared_on=date(2025, 11, 3)
    )
    changed = ProlongationChanged(number=2, ends_on=date(2026, 6, 1), pass_ends_on=date(2026, 6, 1))
    first = Prolongation(
        number=1,
        reason=ProlongationReason.RQTH,
        starts_on=date(2024, 12, 30),
        ends_on=date(2025, 12, 30),
        declared_on=date(2024, 12, 30),
        company=ACI.id,
    )
    second = Prolongation(
        number=2,
        reason=ProlongationReason.SENIOR,
        starts_on=date(2025, 12, 30),
        ends_on=date(2026, 6, 1),
        declared_on=date(2025, 11, 3),
        company=ACI.id,
        request=4,
        validated_by=Subject("sam"),
        validated_in=PRESCRIBER.id,
    )
    assert standing(issued(date(2023, 1, 1)), RQTH_1, granted, changed).prolongations == (first, second)
