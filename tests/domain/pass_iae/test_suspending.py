from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.iae.right import SuspensionReason
from domain.pass_iae.codes import Status
from domain.pass_iae.commands import (
    ChangeSuspension,
    DeleteSuspension,
    RecordSuspensionEnd,
    ReturnToWork,
    ServeHire,
    Suspend,
    SuspensionCommand,
)
from domain.pass_iae.events import (
    PassIaeEvent,
    SuspensionChanged,
    SuspensionCut,
    SuspensionDeleted,
    SuspensionEnded,
)
from domain.pass_iae.reckoning import status
from domain.pass_iae.refusals import (
    AlreadySuspended,
    ExplanationNeeded,
    NoSuchSuspension,
    NotDue,
    NotInProgress,
    NotInYourCare,
    ReasonNotSelectable,
    ReturnOutside,
    SuspensionEndsBeforeItStarts,
    SuspensionInTheFuture,
    SuspensionOutside,
    SuspensionsOverlap,
    SuspensionTooEarly,
    SuspensionTooLong,
)
from domain.pass_iae.state import DeclaredSuspension
from tests.domain.pass_iae.cases import (
    ACI,
    AI,
    EI,
    EITI,
    END,
    ETTI,
    GEIQ,
    PARCOURS,
    START,
    hired,
    issued,
    noon,
    on,
    paused,
    standing,
)
from tests.spec import Scenario

MARCH_1 = date(2024, 3, 1)


def suspend(
    starts_on: date, ends_on: date | None = None, reason: SuspensionReason = SuspensionReason.CONTRACT_SUSPENDED
) -> Suspend:
    return Suspend(reason=reason, starts_on=starts_on, ends_on=ends_on)


def on_that_day(command: Suspend, *history: PassIaeEvent) -> Scenario[Any, Any, Any]:
    """Asked on the day the suspension starts, by the ACI that hired when the PASS started."""
    return on(command.starts_on, *(history or (issued(),))).when(command)


# --- How long ----------------------------------------------------------------


def test_p10_a_suspension_lasts_36_months_at_most() -> None:
    on_that_day(suspend(MARCH_1, date(2027, 2, 28))).then(paused(MARCH_1, date(2027, 2, 28), date(2029, 1, 11)))
    on_that_day(suspend(MARCH_1, date(2027, 3, 1))).refused(SuspensionTooLong)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(MARCH_1, date(2027, 2, 28)), (date(2024, 2, 29), date(2027, 2, 27)), (date(2025, 8, 31), date(2028, 8, 30))],
)
def test_p10_with_no_end_it_lasts_as_long_as_it_may(starts_on: date, ends_on: date) -> None:
    moved = date.fromordinal(END.toordinal() + (ends_on - starts_on).days)
    on_that_day(suspend(starts_on)).then(paused(starts_on, ends_on, moved))


def test_p10_a_suspension_of_one_day_leaves_the_end_of_the_pass_where_it_is() -> None:
    on_that_day(suspend(MARCH_1, MARCH_1)).then(paused(MARCH_1, MARCH_1, END))
    on_that_day(suspend(MARCH_1, date(2024, 2, 29))).refused(SuspensionEndsBeforeItStarts)


def test_p10_both_days_count_but_one_is_not_added() -> None:
    on_that_day(suspend(MARCH_1, date(2024, 3, 31))).then(paused(MARCH_1, date(2024, 3, 31), date(2026, 2, 12)))


# --- Where -------------------------------------------------------------------


def test_p10_it_does_not_start_tomorrow() -> None:
    on(date(2024, 2, 29), issued()).when(suspend(MARCH_1, date(2024, 3, 31))).refused(SuspensionInTheFuture)


FIRST = (issued(), paused(MARCH_1, date(2024, 3, 10), date(2026, 1, 22)))


@pytest.mark.parametrize(("starts_on", "shared"), [(date(2024, 3, 10), True), (date(2024, 3, 11), False)])
def test_p10_two_suspensions_share_no_day_but_may_follow_each_other(starts_on: date, *, shared: bool) -> None:
    told = on(date(2024, 3, 11), *FIRST).when(suspend(starts_on, date(2024, 3, 20)))
    if shared:
        # It is too early as well: the day after the last suspension is the earliest.
        told.refused(SuspensionTooEarly)
    else:
        told.then(replace(paused(starts_on, date(2024, 3, 20), date(2026, 1, 31), number=2), declared_on=starts_on))


@pytest.mark.parametrize(("ends_on", "shared"), [(date(2024, 2, 29), False), (MARCH_1, True)])
def test_p10_a_correction_shares_no_day_with_another_one_either(ends_on: date, *, shared: bool) -> None:
    # Declared late, for days before the other one.
    early = paused(date(2024, 2, 1), date(2024, 2, 20), date(2026, 2, 10), number=2)
    told = on(date(2024, 2, 15), *FIRST, early).when(
        ChangeSuspension(number=2, reason=SuspensionReason.CONTRACT_BROKEN, starts_on=date(2024, 2, 1), ends_on=ends_on)
    )
    if shared:
        told.refused(SuspensionsOverlap)
    else:
        told.then(
            SuspensionChanged(
                number=2,
                reason=SuspensionReason.CONTRACT_BROKEN,
                former_starts_on=date(2024, 2, 1),
                starts_on=date(2024, 2, 1),
                ends_on=ends_on,
                pass_ends_on=date(2026, 2, 19),
            )
        )


def test_p10_a_suspension_shares_no_day_with_a_later_one() -> None:
    later = (issued(), paused(date(2024, 3, 20), date(2024, 3, 31), END))
    on(date(2024, 3, 15), *later).when(suspend(date(2024, 3, 15), date(2024, 3, 20))).refused(SuspensionsOverlap)
    on(date(2024, 3, 15), *later).when(suspend(date(2024, 3, 15), date(2024, 3, 19))).then(
        paused(date(2024, 3, 15), date(2024, 3, 19), date(2026, 1, 17), number=2)
    )


def test_p10_history_may_tell_of_an_earlier_start_but_never_of_a_shared_day() -> None:
    scenario = on(date(2024, 3, 11), *FIRST)
    within = replace(scenario.context, waived=frozenset({SuspensionTooEarly}))
    scenario.within(within).when(suspend(date(2024, 3, 10), date(2024, 3, 20))).refused(SuspensionsOverlap)


def test_what_happens_to_a_suspension_leaves_the_others_as_they_are() -> None:
    second = paused(date(2024, 3, 11), date(2024, 3, 31), date(2026, 2, 11), number=2)
    before = standing(*FIRST, second)
    changes: list[PassIaeEvent] = [
        SuspensionCut(number=2, ends_on=date(2024, 3, 20), pass_ends_on=END),
        SuspensionDeleted(number=2, starts_on=date(2024, 3, 11), pass_ends_on=END),
        SuspensionEnded(number=2, on=date(2024, 3, 31)),
        SuspensionChanged(
            number=2,
            reason=SuspensionReason.CONTRACT_BROKEN,
            former_starts_on=date(2024, 3, 11),
            starts_on=date(2024, 3, 12),
            ends_on=date(2024, 3, 20),
            pass_ends_on=END,
        ),
    ]
    for change in changes:
        after = standing(*FIRST, second, change)
        assert after.suspensions[0] == before.suspensions[0]
        assert after.suspensions[1:] != before.suspensions[1:]


@pytest.mark.parametrize("ends_on", [date(2024, 3, 10), date(2024, 3, 12)])
def test_a_pass_in_suspension_is_not_suspended_again(ends_on: date) -> None:
    on(date(2024, 3, 10), *FIRST).when(suspend(date(2024, 3, 10), ends_on)).refused(AlreadySuspended)


@pytest.mark.parametrize("today", [date(2024, 1, 14), date(2026, 1, 14)])
def test_a_pass_is_suspended_on_one_of_its_days(today: date) -> None:
    on(today, issued()).when(suspend(date(2024, 1, 14))).refused(NotInProgress)


@pytest.mark.parametrize("day", [START, END])
def test_from_its_first_to_its_last(day: date) -> None:
    on_that_day(suspend(day, day)).then(paused(day, day, END))


def test_a_suspension_starts_no_earlier_than_the_pass() -> None:
    early = hired(starts_on=date(2024, 1, 1))
    told = on(START, issued(), hires=(early,))
    told.when(suspend(date(2024, 1, 14), START)).refused(SuspensionOutside)
    told.when(suspend(START, START)).then(paused(START, START, END))


def test_a_correction_starts_no_later_than_the_pass_would_end_without_the_suspension() -> None:
    history = (issued(), paused(date(2026, 1, 10), date(2026, 1, 20), date(2026, 1, 23)))
    change = ChangeSuspension(
        number=1, reason=SuspensionReason.CONTRACT_SUSPENDED, starts_on=END, ends_on=date(2026, 1, 20)
    )
    on(date(2026, 1, 20), *history).when(replace(change, starts_on=date(2026, 1, 14))).refused(SuspensionOutside)
    on(date(2026, 1, 20), *history).when(change).then(
        SuspensionChanged(
            number=1,
            reason=SuspensionReason.CONTRACT_SUSPENDED,
            former_starts_on=date(2026, 1, 10),
            starts_on=END,
            ends_on=date(2026, 1, 20),
            pass_ends_on=date(2026, 1, 20),
        )
    )


@pytest.mark.parametrize(("starts_on", "refused"), [(date(2024, 2, 1), False), (date(2024, 1, 31), True)])
def test_a_suspension_starts_no_earlier_than_the_last_hire(starts_on: date, *, refused: bool) -> None:
    told = on(MARCH_1, issued(), hires=(hired(starts_on=date(2024, 2, 1)),)).when(suspend(starts_on, starts_on))
    if refused:
        told.refused(SuspensionTooEarly)
    else:
        told.then(replace(paused(starts_on, starts_on, END), declared_on=MARCH_1))


@pytest.mark.parametrize(("starts_on", "refused"), [(date(2024, 6, 11), True), (date(2024, 6, 12), False)])
def test_nor_more_than_365_days_ago(starts_on: date, *, refused: bool) -> None:
    told = on(date(2025, 6, 12), issued()).when(suspend(starts_on, starts_on))
    if refused:
        told.refused(SuspensionTooEarly)
    else:
        told.then(replace(paused(starts_on, starts_on, END), declared_on=date(2025, 6, 12)))


@pytest.mark.parametrize(
    ("today", "earliest"), [(date(2025, 3, 11), date(2024, 3, 11)), (date(2025, 3, 12), date(2024, 3, 12))]
)
def test_nor_than_the_day_after_the_last_suspension_that_is_over(today: date, earliest: date) -> None:
    before = date.fromordinal(earliest.toordinal() - 1)
    on(today, *FIRST).when(suspend(before, before)).refused(SuspensionTooEarly)
    on(today, *FIRST).when(suspend(earliest, earliest)).then(
        replace(paused(earliest, earliest, date(2026, 1, 22), number=2), declared_on=today)
    )


def test_one_that_ends_today_is_not_over_and_history_may_tell_of_one_before_it() -> None:
    scenario = on(date(2024, 3, 10), *FIRST)
    within = replace(scenario.context, waived=frozenset({AlreadySuspended}))
    scenario.within(within).when(suspend(date(2024, 2, 15), date(2024, 2, 20))).then(
        replace(
            paused(date(2024, 2, 15), date(2024, 2, 20), date(2026, 1, 27), number=2), declared_on=date(2024, 3, 10)
        )
    )


def test_the_suspension_that_ended_last_counts_whichever_was_declared_last() -> None:
    history = (*FIRST, paused(date(2024, 2, 1), date(2024, 2, 10), date(2026, 1, 31), number=2))
    on(date(2024, 4, 1), *history).when(suspend(date(2024, 3, 10), date(2024, 3, 11))).refused(SuspensionTooEarly)


def test_a_correction_counts_from_the_day_on_which_it_was_declared() -> None:
    history = (issued(), replace(paused(date(2024, 6, 12), date(2025, 12, 1), END), declared_on=date(2025, 6, 12)))
    change = ChangeSuspension(
        number=1, reason=SuspensionReason.CONTRACT_BROKEN, starts_on=date(2024, 6, 12), ends_on=date(2025, 12, 1)
    )
    on(date(2025, 8, 1), *history).when(change).then(
        SuspensionChanged(
            number=1,
            reason=SuspensionReason.CONTRACT_BROKEN,
            former_starts_on=date(2024, 6, 12),
            starts_on=date(2024, 6, 12),
            ends_on=date(2025, 12, 1),
            pass_ends_on=END,
        )
    )
    on(date(2025, 8, 1), *history).when(replace(change, starts_on=date(2024, 6, 11))).refused(SuspensionTooEarly)


def test_without_a_hire_365_days_are_the_limit() -> None:
    told = on(date(2025, 6, 12), issued(), acting=None, hires=())
    told.when(suspend(date(2024, 6, 12), date(2024, 6, 12))).then(
        replace(paused(date(2024, 6, 12), date(2024, 6, 12), END), declared_on=date(2025, 6, 12))
    )
    told.when(suspend(date(2024, 6, 11), date(2024, 6, 11))).refused(SuspensionTooEarly)


# --- Why ---------------------------------------------------------------------

ALWAYS = {
    SuspensionReason.CONTRACT_SUSPENDED,
    SuspensionReason.CONTRACT_BROKEN,
    SuspensionReason.FINISHED_CONTRACT,
    SuspensionReason.APPROVAL_BETWEEN_CTA_MEMBERS,
}
WITH_BRIDGE = ALWAYS | {SuspensionReason.CONTRAT_PASSERELLE}


@pytest.mark.parametrize(
    ("company", "given"), [(ACI, WITH_BRIDGE), (EI, WITH_BRIDGE), (AI, ALWAYS), (EITI, ALWAYS), (ETTI, ALWAYS)]
)
@pytest.mark.parametrize("reason", SuspensionReason)
def test_historic_reasons_are_not_given_and_the_bridge_contract_is_of_aci_and_ei(
    reason: SuspensionReason, company: Any, given: set[SuspensionReason]
) -> None:
    command = replace(suspend(MARCH_1, MARCH_1, reason), explanation="Cas de force majeure")
    told = on(MARCH_1, issued(), acting=company, hires=(hired(company),)).when(command)
    if reason in given:
        told.then(replace(paused(MARCH_1, MARCH_1, END, reason), explanation="Cas de force majeure"))
    else:
        told.refused(ReasonNotSelectable)


@pytest.mark.parametrize("explanation", [None, "", "  "])
def test_history_knows_force_majeure_with_its_explanation(explanation: str | None) -> None:
    within = replace(on(MARCH_1, issued()).context, waived=frozenset({ReasonNotSelectable}))
    command = replace(suspend(MARCH_1, MARCH_1, SuspensionReason.FORCE_MAJEURE), explanation="Inondation")
    on(MARCH_1, issued()).within(within).when(command).then(
        replace(paused(MARCH_1, MARCH_1, END, SuspensionReason.FORCE_MAJEURE), explanation="Inondation")
    )
    unexplained = replace(command, explanation=explanation)
    on(MARCH_1, issued()).within(within).when(unexplained).refused(ExplanationNeeded)


# --- Who ---------------------------------------------------------------------

PAUSED = (issued(), paused(MARCH_1, date(2024, 3, 31), date(2026, 2, 12)))
CHANGES: list[SuspensionCommand] = [
    ChangeSuspension(number=1, reason=SuspensionReason.CONTRACT_BROKEN, starts_on=MARCH_1),
    DeleteSuspension(number=1),
    ReturnToWork(number=1, on=date(2024, 3, 15)),
]


def test_p14_another_siae_that_hires_takes_the_right_to_suspend() -> None:
    first, second = hired(ACI), hired(EI, agreed_at=noon(date(2024, 2, 1)))
    told = on(MARCH_1, issued(), acting=EI, hires=(first, second)).when(suspend(MARCH_1, MARCH_1))
    told.then(paused(MARCH_1, MARCH_1, END))
    on(MARCH_1, issued(), hires=(first, second)).when(suspend(MARCH_1, MARCH_1)).refused(NotInYourCare)
    on(MARCH_1, issued(), hires=(first, replace(second, cancelled=True))).when(suspend(MARCH_1, MARCH_1)).then(
        paused(MARCH_1, MARCH_1, END)
    )


def test_a_geiq_that_hires_takes_nothing() -> None:
    hires = (hired(ACI), hired(GEIQ, agreed_at=noon(date(2024, 2, 1))))
    on(MARCH_1, issued(), hires=hires).when(suspend(MARCH_1, MARCH_1)).then(paused(MARCH_1, MARCH_1, END))
    told = on(MARCH_1, issued(), acting=GEIQ, hires=hires).when(suspend(MARCH_1, MARCH_1))
    told.refused(NotInYourCare)


@pytest.mark.parametrize("command", CHANGES)
def test_only_the_last_siae_changes_a_suspension(command: SuspensionCommand) -> None:
    on(date(2024, 3, 10), *PAUSED, acting=EI).when(command).refused(NotInYourCare)
    on(date(2024, 3, 10), *PAUSED, hires=()).when(command).refused(NotInYourCare)


def test_staff_does_for_the_last_siae_what_it_may_do_itself() -> None:
    bridge = suspend(MARCH_1, MARCH_1, SuspensionReason.CONTRAT_PASSERELLE)
    on(MARCH_1, issued(), acting=None).when(bridge).then(
        paused(MARCH_1, MARCH_1, END, SuspensionReason.CONTRAT_PASSERELLE)
    )
    on(MARCH_1, issued(), acting=None, hires=(hired(AI),)).when(bridge).refused(ReasonNotSelectable)
    on(MARCH_1, issued(), acting=None, actor=PARCOURS).when(bridge).refused(NotInYourCare)


# --- Corrections -------------------------------------------------------------


@pytest.mark.parametrize("command", CHANGES)
@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2024, 4, 1)])
def test_a_suspension_changes_while_it_is_in_progress(command: SuspensionCommand, today: date) -> None:
    on(today, *PAUSED).when(command).refused(NotInProgress)


@pytest.mark.parametrize("command", CHANGES)
def test_a_suspension_that_there_is_not_does_not_change(command: Any) -> None:
    on(date(2024, 3, 10), *PAUSED).when(replace(command, number=2)).refused(NoSuchSuspension)
    on(date(2024, 4, 1), *PAUSED).when(RecordSuspensionEnd(number=2)).refused(NoSuchSuspension)


@pytest.mark.parametrize(
    ("ends_on", "kept", "pass_ends_on"),
    [
        (date(2024, 3, 31), date(2024, 3, 31), date(2026, 2, 12)),
        (date(2024, 4, 1), date(2024, 4, 1), date(2026, 2, 13)),
        (date(2024, 3, 10), date(2024, 3, 10), date(2026, 1, 22)),
        (None, date(2027, 2, 28), date(2029, 1, 11)),
    ],
)
def test_the_end_of_the_pass_follows_the_difference(ends_on: date | None, kept: date, pass_ends_on: date) -> None:
    command = ChangeSuspension(
        number=1,
        reason=SuspensionReason.CONTRACT_BROKEN,
        starts_on=MARCH_1,
        ends_on=ends_on,
        explanation="Rupture d'un commun accord",
    )
    changed = SuspensionChanged(
        number=1,
        reason=SuspensionReason.CONTRACT_BROKEN,
        former_starts_on=MARCH_1,
        starts_on=MARCH_1,
        ends_on=kept,
        explanation="Rupture d'un commun accord",
        pass_ends_on=pass_ends_on,
    )
    for day in (MARCH_1, date(2024, 3, 31)):
        on(day, *PAUSED).when(command).then(changed)
    state = standing(*PAUSED, changed)
    assert (state.ends_on, state.suspensions[0].ends_on, state.suspensions[0].reason) == (
        pass_ends_on,
        kept,
        SuspensionReason.CONTRACT_BROKEN,
    )
    assert state.suspensions[0].explanation == "Rupture d'un commun accord"
    assert state.suspensions[0].declared_on == MARCH_1


def test_a_suspension_is_known_with_all_that_was_said_and_then_corrected() -> None:
    declared = replace(paused(MARCH_1, date(2024, 3, 31), date(2026, 2, 12)), explanation="Chômage partiel")
    known = DeclaredSuspension(
        number=1,
        reason=SuspensionReason.CONTRACT_SUSPENDED,
        starts_on=MARCH_1,
        ends_on=date(2024, 3, 31),
        declared_on=MARCH_1,
        explanation="Chômage partiel",
    )
    assert standing(issued(), declared).suspensions == (known,)
    changed = SuspensionChanged(
        number=1,
        reason=SuspensionReason.CONTRACT_BROKEN,
        former_starts_on=MARCH_1,
        starts_on=date(2024, 3, 5),
        ends_on=date(2024, 3, 20),
        explanation="Rupture",
        pass_ends_on=date(2026, 1, 28),
    )
    assert standing(issued(), declared, changed).suspensions == (
        replace(
            known,
            reason=SuspensionReason.CONTRACT_BROKEN,
            starts_on=date(2024, 3, 5),
            ends_on=date(2024, 3, 20),
            explanation="Rupture",
        ),
    )


def test_a_correction_may_move_the_start_but_not_into_the_future() -> None:
    command = ChangeSuspension(
        number=1, reason=SuspensionReason.CONTRACT_BROKEN, starts_on=date(2024, 3, 10), ends_on=date(2024, 3, 31)
    )
    on(date(2024, 3, 10), *PAUSED).when(command).then(
        SuspensionChanged(
            number=1,
            reason=SuspensionReason.CONTRACT_BROKEN,
            former_starts_on=MARCH_1,
            starts_on=date(2024, 3, 10),
            ends_on=date(2024, 3, 31),
            pass_ends_on=date(2026, 2, 3),
        )
    )
    on(date(2024, 3, 9), *PAUSED).when(command).refused(SuspensionInTheFuture)


def test_a_suspension_that_is_deleted_gives_back_what_it_had_added_and_its_number_is_not_used_again() -> None:
    deleted = SuspensionDeleted(number=1, starts_on=MARCH_1, pass_ends_on=END)
    on(date(2024, 3, 10), *PAUSED).when(DeleteSuspension(number=1)).then(deleted)
    on(MARCH_1, *PAUSED, deleted).when(suspend(MARCH_1, MARCH_1)).then(paused(MARCH_1, MARCH_1, END, number=2))
    assert standing(*PAUSED, deleted).suspensions == ()


@pytest.mark.parametrize(
    ("back", "ends_on", "pass_ends_on"),
    [
        (date(2024, 3, 2), MARCH_1, END),
        (date(2024, 3, 15), date(2024, 3, 14), date(2026, 1, 26)),
        (date(2024, 3, 30), date(2024, 3, 29), date(2026, 2, 10)),
    ],
)
def test_the_suspension_ends_on_the_eve_of_the_return_to_work(back: date, ends_on: date, pass_ends_on: date) -> None:
    on(date(2024, 3, 10), *PAUSED).when(ReturnToWork(number=1, on=back)).then(
        SuspensionCut(number=1, ends_on=ends_on, pass_ends_on=pass_ends_on)
    )


@pytest.mark.parametrize("back", [MARCH_1, date(2024, 3, 31)])
def test_the_first_day_back_is_strictly_within_the_suspension(back: date) -> None:
    on(date(2024, 3, 10), *PAUSED).when(ReturnToWork(number=1, on=back)).refused(ReturnOutside)


def test_the_end_of_a_suspension_is_told_on_the_day_after_it() -> None:
    record = RecordSuspensionEnd(number=1)
    on(date(2024, 3, 31), *PAUSED, acting=None, actor=PARCOURS).when(record).refused(NotDue)
    ended = SuspensionEnded(number=1, on=date(2024, 3, 31))
    on(date(2024, 4, 1), *PAUSED, acting=None, actor=PARCOURS).when(record).then(ended)
    assert standing(*PAUSED, ended).suspensions[0].ended_on == date(2024, 3, 31)


# --- The examples of §5.7 ----------------------------------------------------


def test_the_example_a_hire_a_suspension_and_another_hire() -> None:
    pause = paused(MARCH_1, date(2024, 5, 31), date(2026, 4, 14))
    on_that_day(suspend(MARCH_1, date(2024, 5, 31))).then(pause)
    again = ServeHire(application="job-application-2", starts_on=date(2024, 4, 15), company=ACI.id)
    cut = SuspensionCut(
        number=1, ends_on=date(2024, 4, 14), application="job-application-2", pass_ends_on=date(2026, 2, 26)
    )
    on(date(2024, 4, 10), issued(), pause, acting=None, actor=PARCOURS).when(again).then(cut)
    state = standing(issued(), pause, cut)
    assert [status(state, day) for day in (date(2024, 4, 14), date(2024, 4, 15))] == [Status.SUSPENDED, Status.VALID]
