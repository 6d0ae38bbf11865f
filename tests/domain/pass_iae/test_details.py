"""What a refusal tells a program: the bounds that would be accepted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.iae.right import SuspensionReason
from domain.journey import Refusal
from domain.pass_iae.codes import ProlongationReason
from domain.pass_iae.commands import (
    AskForDeletion,
    ChangeProlongation,
    CorrectStart,
    DeleteSuspension,
    GrantProlongation,
    Prolong,
    RequestProlongation,
    ReturnToWork,
    Suspend,
    Terminate,
)
from domain.pass_iae.events import Ended, PassIaeEvent, ProlongationGranted
from domain.vocabulary import OrganisationId, Subject
from tests.domain.pass_iae.cases import (
    END,
    PRESCRIBER,
    SAM,
    START,
    asked,
    decider,
    issued,
    on,
    paused,
    prolonged,
    standing,
)

MARCH = paused(date(2024, 3, 1), date(2024, 3, 31), date(2026, 2, 12))
LONG = prolonged(date(2023, 1, 1), date(2026, 1, 1), ProlongationReason.SENIOR_CDI)
LATE = date(2025, 12, 1)
REQUEST = RequestProlongation(
    reason=ProlongationReason.RQTH,
    ends_on=date(2026, 6, 1),
    organisation=PRESCRIBER.id,
    prescriber=SAM.subject,
)


def suspend(starts_on: date, ends_on: date | None = None) -> Suspend:
    return Suspend(reason=SuspensionReason.CONTRACT_BROKEN, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize(
    ("today", "history", "command", "details"),
    [
        (date(2024, 3, 1), [], suspend(date(2024, 3, 1), date(2028, 1, 1)), {"latest": date(2027, 2, 28)}),
        (date(2024, 3, 1), [], suspend(date(2024, 3, 2)), {"latest": date(2024, 3, 1)}),
        (START, [], suspend(date(2024, 1, 14)), {"earliest": START, "latest": END}),
        (date(2024, 4, 1), [MARCH], suspend(date(2024, 3, 5)), {"earliest": date(2024, 4, 1)}),
        (LATE, [MARCH], DeleteSuspension(number=1), {"starts_on": MARCH.starts_on, "ends_on": MARCH.ends_on}),
        (LATE, [MARCH], DeleteSuspension(number=7), {"number": 7}),
        (
            date(2024, 3, 10),
            [MARCH],
            ReturnToWork(number=1, on=date(2024, 4, 1)),
            {"starts_on": MARCH.starts_on, "ends_on": MARCH.ends_on},
        ),
        (LATE, [MARCH], CorrectStart(starts_on=date(2024, 3, 2)), {"earliest": date(2024, 3, 1)}),
        (START, [], Terminate(), {"starts_on": START, "ends_on": END}),
        (
            date(2024, 6, 1),
            [],
            Prolong(reason=ProlongationReason.SENIOR_CDI, ends_on=LATE),
            {"earliest": date(2025, 1, 13), "latest": date(2026, 7, 13)},
        ),
        (
            LATE,
            [],
            Prolong(reason=ProlongationReason.COMPLETE_TRAINING, ends_on=date(2028, 1, 1)),
            {"latest": date(2027, 1, 13)},
        ),
        (
            LATE,
            [LONG],
            Prolong(reason=ProlongationReason.RQTH, ends_on=date(2026, 2, 1)),
            {"reason": "rqth", "used": 1096},
        ),
        (LATE, [LONG], ChangeProlongation(number=3, ends_on=LATE), {"number": 3}),
        (
            LATE,
            [asked(LATE, END, date(2026, 6, 1))],
            Prolong(reason=ProlongationReason.SENIOR_CDI, ends_on=date(2026, 2, 1)),
            {"number": 1},
        ),
        (LATE, [], GrantProlongation(number=2), {"number": 2}),
        (
            LATE,
            [asked(LATE, END, date(2026, 6, 1)), ProlongationGranted(number=1, on=LATE, by=SAM.subject)],
            GrantProlongation(number=1),
            {"stage": "granted"},
        ),
        (
            LATE,
            [MARCH, prolonged(date(2024, 2, 12), date(2026, 2, 12))],
            CorrectStart(starts_on=LATE),
            {"earliest": date(2024, 2, 12)},
        ),
        (
            date(2026, 1, 1),
            [paused(date(2025, 12, 1), date(2026, 2, 8), date(2026, 2, 13))],
            CorrectStart(starts_on=date(2024, 1, 9)),
            {"earliest": date(2026, 2, 8)},
        ),
        (date(2026, 2, 13), [MARCH], AskForDeletion(), {"starts_on": START, "ends_on": date(2026, 2, 12)}),
        (date(2026, 1, 14), [], suspend(LATE), {"starts_on": START, "ends_on": END}),
        (
            date(2024, 3, 1),
            [],
            replace(suspend(date(2024, 3, 1)), reason=SuspensionReason.SICKNESS),
            {"reason": "sickness"},
        ),
        (
            LATE,
            [],
            Prolong(reason=ProlongationReason.HEALTH_CONTEXT, ends_on=date(2026, 2, 1)),
            {"reason": "health_context"},
        ),
        (LATE, [], replace(REQUEST, organisation=OrganisationId("nobody")), {"organisation": "nobody"}),
        (LATE, [], replace(REQUEST, prescriber=Subject("alix")), {"organisation": "mission-locale"}),
        (LATE, [Ended(on=END)], Terminate(), {"stage": "ended"}),
    ],
)
def test_a_refusal_says_what_would_be_accepted(
    today: date, history: list[PassIaeEvent], command: Any, details: dict[str, Any]
) -> None:
    scenario = on(today, issued(), *history, acting=None)
    with pytest.raises(Refusal) as caught:
        decider.decide(command, standing(issued(), *history), scenario.context)
    assert caught.value.details == details
