"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.journey import Context, Refusal
from domain.rsa.categories import Channel
from domain.rsa_appointment import RsaAppointmentEvent, rsa_appointment_journey
from domain.rsa_appointment.codes import ParticipationStatus
from domain.rsa_appointment.commands import Close, Open, RecordOutcome, Reopen, SetStatus
from domain.rsa_appointment.events import Closed
from tests.domain.rsa_appointment.cases import (
    CATEGORY,
    INVITE,
    NOW,
    O1_ID,
    O3,
    O3_ID,
    OPENED,
    U,
    added,
    around,
    configured,
    followed_by,
    invited,
    standing,
    taking,
)

TAKING = taking("06-20 10:00")
FULL = replace(around(), taken_seats=frozenset({1, 2}))
BY_SMS_OR_LETTER = configured(invitation_channels=(Channel.SMS, Channel.POSTAL))
CAME = added(1, "06-10 09:00", "06-15 10:00", status=ParticipationStatus.SEEN)


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], around(rsa_appointment_7=standing()), Open(category=CATEGORY), {"follow_up": "rsa-appointment-7"}),
        ([], around(), Open(category="siae"), {"category": "siae"}),
        (
            [],
            around(NOW, followed_by(O1_ID, O3_ID), acting=O3),
            Open(category=CATEGORY),
            {"category": CATEGORY},
        ),
        ([OPENED], around(NOW, U, acting=O3), replace(TAKING, organisation=O3_ID), {"category": CATEGORY}),
        ([OPENED], around(), replace(TAKING, capacity=3), {"most": 500}),
        ([OPENED, added(4, "06-10 09:00", "06-15 10:00", appointment="rdv-1")], around(), TAKING, {"participation": 4}),
        ([OPENED], FULL, replace(TAKING, collective=True, capacity=2), {"capacity": 2}),
        ([OPENED], around(), replace(INVITE, organisations=(O3_ID,)), {"category": CATEGORY}),
        (
            [OPENED],
            around(NOW, U, BY_SMS_OR_LETTER),
            replace(INVITE, channel=Channel.EMAIL),
            {"channels": ["sms", "postal"]},
        ),
        ([OPENED, Closed(at=NOW)], around(), INVITE, {"stage": "closed"}),
        (
            [OPENED, invited(1, "06-16 05:00", "06-26 05:00"), invited(2, "06-16 06:00", "06-26 06:00")],
            around(),
            INVITE,
            {"invitation": 2, "refusals": ["InvitedRecently"]},
        ),
        (
            [OPENED, added(1, "06-10 09:00", "06-17 09:00")],
            around(),
            SetStatus(participation=1, status=ParticipationStatus.SEEN),
            {"possible": ["revoked", "excused"]},
        ),
        (
            [OPENED, CAME],
            around(),
            RecordOutcome(participation=1, type="emploi"),
            {"offered": ["pro", "social", "socio_pro"]},
        ),
        ([OPENED], around(), Reopen(), {"stage": "open"}),
        ([], around(), Close(), {"stage": "not_opened"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[RsaAppointmentEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    decider = rsa_appointment_journey.decider
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
