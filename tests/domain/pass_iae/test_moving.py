from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.iae.right import LIFTED_BY_HIRE, SuspensionReason
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    CorrectStart,
    MoveStart,
    RecordEnd,
    ServeHire,
    Terminate,
)
from domain.pass_iae.events import (
    Cancelled,
    DeletionAsked,
    Ended,
    HireServed,
    PassIaeEvent,
    StartMoved,
    SuspensionCut,
    SuspensionDeleted,
    Terminated,
)
from domain.pass_iae.refusals import (
    NoHireUnderPass,
    NoLongSuspension,
    NotDue,
    NotInProgress,
    RecordExchanged,
    StartsAfterWhatFollows,
    SuspensionLeftOut,
    WrongStage,
)
from domain.pass_iae.state import PassIae
from tests.domain.pass_iae.cases import (
    ACI,
    EI,
    END,
    GEIQ,
    PARCOURS,
    START,
    decider,
    hired,
    issued,
    noon,
    on,
    paused,
    prolonged,
    standing,
)


def serve(starts_on: date) -> ServeHire:
    return ServeHire(application="job-application-2", starts_on=starts_on, company=EI.id)


SERVED = HireServed(application="job-application-2", company=EI.id)

# --- A hire uses the PASS ----------------------------------------------------


@pytest.mark.parametrize(
    ("today", "starts_on", "moved"),
    [
        (date(2024, 1, 14), date(2024, 1, 14), True),
        (date(2024, 1, 14), date(2024, 1, 15), False),
        (date(2024, 1, 14), date(2024, 1, 16), False),
        # It has started: a hire in the past (imports) changes nothing.
        (date(2024, 1, 15), date(2024, 1, 14), False),
    ],
)
def test_a_pass_that_has_not_started_starts_with_an_earlier_hire_and_never_later(
    today: date, starts_on: date, *, moved: bool
) -> None:
    earlier = [StartMoved(starts_on=date(2024, 1, 14), pass_ends_on=date(2026, 1, 12))] if moved else []
    on(today, issued(), acting=None, actor=PARCOURS).when(serve(starts_on)).then(SERVED, *earlier)


def test_a_hire_by_the_company_that_has_it_already_records_nothing() -> None:
    again = ServeHire(application="job-application-2", starts_on=START, company=ACI.id)
    on(START, issued()).when(again).then()
    on(START, issued()).when(ServeHire(application="job-application-2", starts_on=START)).then()
    on(START, issued(), SERVED).when(serve(START)).then()
    on(START, issued(), SERVED).when(again).then(HireServed(application="job-application-2", company=ACI.id))


def test_the_companies_that_hired_under_it_are_known_the_last_one_last() -> None:
    back = HireServed(application="job-application-3", company=ACI.id)
    assert standing(issued()).companies == (ACI.id,)
    assert standing(issued(), SERVED).companies == (ACI.id, EI.id)
    assert standing(issued(), SERVED, back).companies == (EI.id, ACI.id)


PAUSE = (date(2022, 7, 17), date(2022, 12, 17))
HIRE = date(2022, 9, 17)
FROM_2022 = issued(date(2022, 1, 1))
LONGER = date(2024, 6, 1)


@pytest.mark.parametrize("reason", SuspensionReason)
def test_p12_a_hire_ends_the_suspension_in_progress_if_its_reason_allows(reason: SuspensionReason) -> None:
    history = (FROM_2022, paused(*PAUSE, LONGER, reason))
    cut = SuspensionCut(
        number=1, ends_on=date(2022, 9, 16), application="job-application-2", pass_ends_on=date(2024, 3, 1)
    )
    lifted = [cut] if reason.value in LIFTABLE else []
    on(date(2022, 9, 1), *history).when(serve(HIRE)).then(SERVED, *lifted)
    assert (reason in LIFTED_BY_HIRE) == bool(lifted)


LIFTABLE = {
    "contract_suspended",
    "contract_broken",
    "finished_contract",
    "approval_between_cta_members",
    "contrat_passerelle",
}


@pytest.mark.parametrize("starts_on", [date(2022, 7, 17), date(2022, 7, 16)])
def test_p12_a_suspension_that_starts_on_the_day_of_the_hire_is_deleted(starts_on: date) -> None:
    deleted = SuspensionDeleted(
        number=1, starts_on=PAUSE[0], application="job-application-2", pass_ends_on=date(2024, 6, 1)
    )
    history = (FROM_2022, paused(*PAUSE, date(2024, 11, 1)))
    on(date(2022, 9, 1), *history).when(serve(starts_on)).then(SERVED, deleted)


def test_p12_a_suspension_that_started_on_the_eve_of_the_hire_lasts_that_day() -> None:
    on(date(2022, 9, 1), FROM_2022, paused(*PAUSE, LONGER)).when(serve(date(2022, 7, 18))).then(
        SERVED,
        SuspensionCut(
            number=1,
            ends_on=date(2022, 7, 17),
            application="job-application-2",
            pass_ends_on=date(2023, 12, 31),
        ),
    )


@pytest.mark.parametrize("starts_on", [date(2022, 12, 18), date(2022, 12, 19), date(2023, 2, 1)])
def test_a_hire_after_the_suspension_does_not_lengthen_it(starts_on: date) -> None:
    on(date(2022, 9, 1), FROM_2022, paused(*PAUSE, LONGER)).when(serve(starts_on)).then(SERVED)


def test_a_hire_on_the_last_day_of_the_suspension_takes_that_day() -> None:
    on(date(2022, 9, 1), FROM_2022, paused(*PAUSE, LONGER)).when(serve(date(2022, 12, 17))).then(
        SERVED,
        SuspensionCut(
            number=1,
            ends_on=date(2022, 12, 16),
            application="job-application-2",
            pass_ends_on=date(2024, 5, 31),
        ),
    )


@pytest.mark.parametrize("today", [date(2022, 7, 16), date(2022, 12, 18)])
def test_only_the_suspension_in_progress_on_the_day_of_the_acceptance_ends(today: date) -> None:
    on(today, FROM_2022, paused(*PAUSE, LONGER)).when(serve(HIRE)).then(SERVED)


@pytest.mark.parametrize("today", PAUSE)
def test_it_is_in_progress_from_its_first_day_to_its_last(today: date) -> None:
    cut = SuspensionCut(
        number=1, ends_on=date(2022, 9, 16), application="job-application-2", pass_ends_on=date(2024, 3, 1)
    )
    on(today, FROM_2022, paused(*PAUSE, LONGER)).when(serve(HIRE)).then(SERVED, cut)


# --- The start moves ---------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "pass_ends_on"),
    [
        (date(2024, 1, 14), date(2026, 1, 12)),
        (date(2024, 1, 16), date(2026, 1, 14)),
        (date(2024, 2, 29), date(2026, 2, 27)),
    ],
)
def test_a_pass_that_has_not_started_follows_its_hire_either_way(starts_on: date, pass_ends_on: date) -> None:
    moved = StartMoved(starts_on=starts_on, pass_ends_on=pass_ends_on)
    on(date(2024, 1, 14), issued(), acting=None, actor=PARCOURS).when(MoveStart(starts_on=starts_on)).then(moved)


@pytest.mark.parametrize(
    ("today", "starts_on"), [(date(2024, 1, 14), START), (START, date(2024, 1, 20)), (START, date(2024, 1, 14))]
)
def test_one_that_has_started_or_starts_that_day_anyway_stays(today: date, starts_on: date) -> None:
    on(today, issued(), acting=None, actor=PARCOURS).when(MoveStart(starts_on=starts_on)).then()


def test_staff_corrects_the_start_and_the_end_moves_by_as_many_days() -> None:
    history = (issued(), prolonged(END, date(2027, 1, 13)))
    moved = StartMoved(starts_on=date(2024, 1, 20), pass_ends_on=date(2027, 1, 18))
    on(date(2024, 6, 1), *history, acting=None).when(CorrectStart(starts_on=date(2024, 1, 20))).then(moved)
    on(date(2024, 6, 1), *history, acting=None).when(CorrectStart(starts_on=START)).then()
    state = standing(*history, moved)
    assert (state.starts_on, state.ends_on) == (date(2024, 1, 20), date(2027, 1, 18))


@pytest.mark.parametrize(("starts_on", "refused"), [(date(2024, 3, 1), False), (date(2024, 3, 2), True)])
def test_staff_moves_the_start_to_the_first_suspension_at_most(starts_on: date, *, refused: bool) -> None:
    told = on(
        date(2024, 6, 1), issued(), paused(date(2024, 3, 1), date(2024, 3, 10), date(2026, 1, 22)), acting=None
    ).when(CorrectStart(starts_on=starts_on))
    if refused:
        told.refused(StartsAfterWhatFollows)
    else:
        told.then(StartMoved(starts_on=starts_on, pass_ends_on=date(2026, 3, 9)))


def test_staff_moves_the_start_to_the_first_prolongation_at_most() -> None:
    short = issued(START, date(2024, 2, 1))
    told = on(date(2024, 1, 20), short, prolonged(date(2024, 2, 1), date(2024, 3, 1)), acting=None)
    told.when(CorrectStart(starts_on=date(2024, 2, 2))).refused(StartsAfterWhatFollows)
    told.when(CorrectStart(starts_on=date(2024, 2, 1))).then(
        StartMoved(starts_on=date(2024, 2, 1), pass_ends_on=date(2024, 3, 18))
    )


@pytest.mark.parametrize(("starts_on", "refused"), [(date(2024, 1, 10), False), (date(2024, 1, 9), True)])
def test_staff_moves_the_start_no_earlier_than_leaves_every_suspension_in(starts_on: date, *, refused: bool) -> None:
    told = on(
        date(2026, 1, 1), issued(), paused(date(2025, 12, 1), date(2026, 2, 8), date(2026, 2, 13)), acting=None
    ).when(CorrectStart(starts_on=starts_on))
    if refused:
        told.refused(SuspensionLeftOut)
    else:
        told.then(StartMoved(starts_on=starts_on, pass_ends_on=date(2026, 2, 8)))


def test_a_start_that_the_asp_knows_does_not_change() -> None:
    exchanged = replace(hired(), exchanged=True)
    correct = CorrectStart(starts_on=date(2024, 1, 20))
    on(START, issued(), acting=None, hires=(exchanged,)).when(correct).refused(RecordExchanged)
    elsewhere = replace(exchanged, pass_iae="pass-iae-9")
    on(START, issued(), acting=None, hires=(elsewhere,)).when(correct).then(
        StartMoved(starts_on=date(2024, 1, 20), pass_ends_on=date(2026, 1, 18))
    )


# --- The end -----------------------------------------------------------------


def test_staff_ends_a_pass_today_and_what_is_to_come_does_not() -> None:
    history = (
        issued(),
        paused(date(2024, 3, 1), date(2024, 3, 10), date(2026, 1, 22)),
        paused(date(2025, 5, 1), date(2025, 9, 1), date(2026, 5, 25), number=2),
        prolonged(date(2025, 6, 9), date(2025, 7, 1), number=1),
        prolonged(date(2025, 6, 10), date(2026, 5, 25), number=2),
    )
    terminated = Terminated(pass_ends_on=date(2025, 6, 10))
    on(date(2025, 6, 10), *history, acting=None).when(Terminate()).then(terminated)
    state = standing(*history, terminated)
    assert state.ends_on == date(2025, 6, 10)
    assert [(each.starts_on, each.ends_on) for each in state.suspensions] == [
        (date(2024, 3, 1), date(2024, 3, 10)),
        (date(2025, 5, 1), date(2025, 6, 10)),
    ]
    assert [(each.starts_on, each.ends_on) for each in state.prolongations] == [(date(2025, 6, 9), date(2025, 6, 10))]


def test_a_suspension_that_was_to_come_goes_with_the_end_of_the_pass() -> None:
    history = (issued(), paused(date(2025, 6, 10), date(2025, 9, 1), END), Terminated(pass_ends_on=date(2025, 6, 10)))
    assert [(each.starts_on, each.ends_on) for each in standing(*history).suspensions] == [
        (date(2025, 6, 10), date(2025, 6, 10))
    ]
    later = (issued(), paused(date(2025, 6, 11), date(2025, 9, 1), END), Terminated(pass_ends_on=date(2025, 6, 10)))
    assert standing(*later).suspensions == ()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 1, 16), [Terminated(pass_ends_on=date(2024, 1, 16))]),
        (date(2026, 1, 12), [Terminated(pass_ends_on=date(2026, 1, 12))]),
        (END, []),
    ],
)
def test_a_pass_ends_today_from_its_second_day_on(today: date, expected: list[PassIaeEvent]) -> None:
    on(today, issued(), acting=None).when(Terminate()).then(*expected)


@pytest.mark.parametrize("today", [START, date(2026, 1, 14)])
def test_a_pass_that_would_end_on_its_first_day_or_has_ended_is_not_ended_today(today: date) -> None:
    on(today, issued(), acting=None).when(Terminate()).refused(NotInProgress)


def test_the_end_of_a_pass_is_told_on_the_day_after_it() -> None:
    on(END, issued(), acting=None, actor=PARCOURS).when(RecordEnd()).refused(NotDue)
    on(date(2026, 1, 14), issued(), acting=None, actor=PARCOURS).when(RecordEnd()).then(Ended(on=END))
    on(date(2026, 1, 14), issued(), Ended(on=END), acting=None, actor=PARCOURS).when(RecordEnd()).refused(WrongStage)


# --- Cancellation ------------------------------------------------------------


@pytest.mark.parametrize("because_of", [None, "job-application-1"])
def test_p8_a_pass_that_is_cancelled_keeps_its_number_and_its_days(because_of: str | None) -> None:
    cancelled = Cancelled(because_of=because_of)
    on(date(2024, 6, 1), issued(), acting=None).when(Cancel(because_of=because_of)).then(cancelled)
    state = standing(issued(), cancelled)
    assert (state.number, state.starts_on, state.ends_on) == ("999990000001", START, END)
    assert state.issued_for == "job-application-1"


def test_nothing_is_asked_of_a_pass_that_was_cancelled() -> None:
    assert decider.offers(standing(issued(), Cancelled())) == []
    on(date(2024, 6, 1), issued(), Cancelled(), acting=None).when(Cancel()).refused(WrongStage)


# --- Asking for deletion -----------------------------------------------------


def longed(days: int, ends_on: date = date(2025, 6, 10)) -> tuple[PassIaeEvent, ...]:
    """A suspension of so many days, both counted."""
    return issued(), paused(date.fromordinal(ends_on.toordinal() - days + 1), ends_on, date(2027, 1, 1))


def test_a_company_asks_for_the_deletion_of_a_pass_that_is_paused_for_more_than_365_days() -> None:
    today = date(2025, 6, 10)
    on(today, *longed(366)).when(AskForDeletion()).then(DeletionAsked(on=today))
    on(today, *longed(365)).when(AskForDeletion()).refused(NoLongSuspension)


@pytest.mark.parametrize(("hired_on", "refused"), [(date(2025, 6, 9), False), (date(2025, 6, 10), True)])
def test_or_was_until_after_the_last_hire_started(hired_on: date, *, refused: bool) -> None:
    today = date(2025, 7, 1)
    told = on(today, *longed(366), hires=(hired(starts_on=hired_on),)).when(AskForDeletion())
    if refused:
        told.refused(NoLongSuspension)
    else:
        told.then(DeletionAsked(on=today))


def test_a_pause_in_progress_counts_whenever_the_last_hire_starts() -> None:
    today = date(2025, 6, 10)
    told = on(today, *longed(366), hires=(hired(starts_on=date(2025, 7, 1), agreed_at=noon(today)),))
    told.when(AskForDeletion()).then(DeletionAsked(on=today))


@pytest.mark.parametrize(("acting", "hires"), [(EI, (hired(),)), (GEIQ, (hired(GEIQ),)), (ACI, ())])
def test_only_a_siae_that_hired_under_the_pass_asks(acting: Any, hires: Any) -> None:
    on(date(2025, 6, 10), *longed(366), acting=acting, hires=hires).when(AskForDeletion()).refused(NoHireUnderPass)


def test_without_a_hire_by_a_siae_only_a_pause_in_progress_counts() -> None:
    """The company was none when it hired, and is one now."""
    hires = (replace(hired(), company_kinds=("geiq",)),)
    on(date(2025, 6, 10), *longed(366), hires=hires).when(AskForDeletion()).then(DeletionAsked(on=date(2025, 6, 10)))
    on(date(2025, 6, 11), *longed(366), hires=hires).when(AskForDeletion()).refused(NoLongSuspension)


def test_it_is_asked_once_and_of_a_pass_in_progress() -> None:
    again = on(date(2025, 6, 10), *longed(366), DeletionAsked(on=date(2025, 6, 9)))
    again.when(AskForDeletion()).then()
    on(date(2027, 1, 2), *longed(366)).when(AskForDeletion()).refused(NotInProgress)
    before = issued(date(2025, 6, 11)), *longed(366)[1:]
    on(date(2025, 6, 10), *before).when(AskForDeletion()).refused(NotInProgress)


def test_a_pass_is_not_issued_by_being_asked_anything_else() -> None:
    assert [kind.__name__ for kind in decider.offers(PassIae())] == ["Issue", "DeliverByHand", "RecordRight"]
