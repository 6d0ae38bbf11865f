"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.accompaniment import AccompanimentEvent, accompaniment_journey
from domain.accompaniment.commands import Cancel
from domain.journey import Context, Refusal
from tests.domain.accompaniment.test_accompaniment import D02, SIAE, around, begin, begun, period, shut
from tests.domain.rsa_appointment.cases import O1


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], around(), begin("2025-05-01", "2025-05-07"), {"earliest_end": date(2025, 5, 8)}),
        ([], around(), begin("2025-06-17"), {"today": date(2025, 6, 16)}),
        ([], around(period("2025-05-01")), begin("2025-05-01"), {"starts_on": date(2025, 5, 1)}),
        (
            [],
            around(*D02),
            begin("2022-10-05", "2022-11-20"),
            {"accompaniments": ["accompaniment-1", "accompaniment-2"]},
        ),
        (
            [],
            around(*D02),
            begin("2022-12-12", "2022-12-22"),
            {"accompaniment": "accompaniment-2", "ends_on": date(2022, 12, 11)},
        ),
        ([], around(known=shut(O1)), begin("2025-05-01"), {"organisation": "o1"}),
        ([], around(known=SIAE), begin("2025-05-01"), {"organisation": "o1"}),
        (
            [],
            around(),
            replace(begin("2025-05-01"), type="emploi"),
            {"offered": ["pro", "social", "socio_pro"]},
        ),
        ([], around(), begin("2012-03-31"), {"earliest": date(2012, 4, 1)}),
        ([], around(), Cancel(), {"stage": "not_begun"}),
        ([begun("2025-05-01")], around(), begin("2025-05-01"), {"stage": "recorded"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[AccompanimentEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    decider = accompaniment_journey.decider
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
