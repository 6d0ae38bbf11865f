"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.journey import Context, Dossier, Refusal
from domain.orientation import (
    Accept,
    Addressee,
    ConfirmStart,
    OrientationEvent,
    RecordMessage,
    RefusalReason,
    Refuse,
    Stage,
    orientation_journey,
)
from tests.domain.orientation.cases import (
    ACCEPT,
    MARCH_1,
    REACHED,
    SEND,
    B,
    day,
    on,
    sending,
    sent,
    structure,
)

NOON = on(day(3, 5))
FULL = (RefusalReason.SESSION_FULL,)


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ((), replace(NOON, organisations={B.id: structure("b", active=False)}), SEND, {"organisation": "b"}),
        ((), on(MARCH_1, structure("a", active=False)), SEND, {"organisation": "a"}),
        (
            (),
            on(MARCH_1, dossier=Dossier({"orientation-2": orientation_journey.decider.fold([sent()])})),
            SEND,
            {"orientation": "orientation-2"},
        ),
        ((), NOON, sending(situation=("x" * 481,)), {"field": "situation", "limit": 480}),
        ((), NOON, sending(requirements=("x" * 481,)), {"field": "requirements", "limit": 480}),
        ([sent()], NOON, replace(ACCEPT, message_to_beneficiary=""), {"field": "message_to_beneficiary"}),
        (
            [sent()],
            NOON,
            replace(ACCEPT, message_to_prescriber="x" * 1001),
            {"field": "message_to_prescriber", "limit": 1000},
        ),
        (
            [sent(service_address=None)],
            NOON,
            Accept(message_to_beneficiary="Au #SERVICE_ADDRESS#", message_to_prescriber="Merci"),
            {"field": "message_to_beneficiary"},
        ),
        (
            [sent(service_address=None)],
            NOON,
            Accept(message_to_beneficiary="Bienvenue", message_to_prescriber="Au #SERVICE_ADDRESS#"),
            {"field": "message_to_prescriber"},
        ),
        ([sent()], NOON, Refuse(reasons=FULL, message=" "), {"field": "message"}),
        ([sent()], on(day(2, 28)), ACCEPT, {"opened_on": MARCH_1}),
        (REACHED[Stage.ACCEPTED], NOON, ACCEPT, {"stage": "accepted"}),
        (REACHED[Stage.ACCEPTED], NOON, ConfirmStart(on=day(3, 6)), {"today": day(3, 5)}),
        (REACHED[Stage.ACCEPTED], NOON, ConfirmStart(on=day(2, 28)), {"opened_on": MARCH_1}),
        (
            [sent(beneficiary_email=None)],
            NOON,
            RecordMessage(recipient=Addressee.PRESCRIBER, copies=(Addressee.BENEFICIARY,)),
            {"addressee": "beneficiary"},
        ),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[OrientationEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    decider = orientation_journey.decider
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
