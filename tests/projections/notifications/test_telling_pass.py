"""Who is told what of a PASS IAE, and of the requests to prolong it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from application.notifications.notice import Recipient, Told
from application.notifications.templates import Template
from domain.iae.right import SuspensionReason
from domain.job_application.codes import Delivery
from domain.job_application.events import DeliveryRefused, PassRecorded
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason
from domain.pass_iae.events import (
    Issued,
    PrescriberReminded,
    ProlongationDenied,
    ProlongationGranted,
    ProlongationRequested,
    Prolonged,
    SuspensionDeclared,
)
from tests.domain.job_application import samples
from tests.domain.job_application.samples import ACI, NOW, PRESCRIBER
from tests.projections.notifications.stories import (
    ALONE,
    CAMILLE,
    EMPLOYING,
    PRESCRIBING,
    SACHA,
    STAFF,
    TIME,
    By,
    camille,
    one,
    person,
    told,
)

T = Template
HIRED: Final = samples.hired()
PASS: Final = "pass-iae-1"


def test_a_pass_is_told_to_whoever_accepted_once_it_is_issued() -> None:
    automatic = replace(HIRED, delivery=Delivery.AUTOMATIC)
    issued = PassRecorded(at=NOW, pass_iae=PASS)
    accepting = one(T.RIGHT_DELIVERED, SACHA.subject, ACI.id)
    assert told(ALONE, automatic, by=EMPLOYING) == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE)]
    assert told(ALONE, automatic, issued, by=TIME, earlier=EMPLOYING) == [accepting]
    assert told(ALONE, automatic, issued, by=TIME, earlier=TIME) == []


def test_a_pass_that_is_used_again_is_told_with_the_acceptance() -> None:
    again = replace(HIRED, delivery=Delivery.AUTOMATIC, pass_iae=PASS)
    accepting = one(T.RIGHT_DELIVERED, SACHA.subject, ACI.id)
    assert told(ALONE, again, by=EMPLOYING) == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE), accepting]


def test_a_pass_that_staff_has_to_deliver_is_told_to_them_and_what_they_decide_to_whoever_accepted() -> None:
    manual = replace(HIRED, delivery=Delivery.MANUAL)
    support = Told(template=T.DELIVERY_REQUESTED, recipient=Recipient.SUPPORT, about=ACI.id)
    assert told(ALONE, manual, by=EMPLOYING) == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE), support]
    delivered = told(ALONE, manual, PassRecorded(at=NOW, pass_iae=PASS), by=TIME)
    assert delivered == [one(T.RIGHT_DELIVERED, SACHA.subject, ACI.id)]
    refused = told(ALONE, manual, DeliveryRefused(at=NOW, by=STAFF.subject), by=By(STAFF))
    assert refused == [one(T.DELIVERY_REFUSED, SACHA.subject, ACI.id)]


ISSUED: Final = Issued(
    number="999992600001",
    starts_on=date(2024, 1, 15),
    ends_on=date(2026, 1, 13),
    origin=Origin.DEFAULT,
    company=ACI.id,
)
REQUESTED: Final = ProlongationRequested(
    number=1,
    requested_on=date(2025, 6, 10),
    reason=ProlongationReason.SENIOR,
    starts_on=date(2026, 1, 13),
    ends_on=date(2027, 1, 13),
    company=ACI.id,
    company_kinds=ACI.kinds,
    requested_by=SACHA.subject,
    organisation=PRESCRIBER.id,
    prescriber=CAMILLE.subject,
)


def of_pass(*history: Any, by: By = PRESCRIBING) -> Sequence[Told]:
    return told(ISSUED, *history, by=by, journey=PASS)


def test_a_request_to_prolong_is_told_to_the_prescriber_who_is_asked() -> None:
    assert of_pass(REQUESTED, by=EMPLOYING) == [camille(T.PROLONGATION_REQUESTED)]


def test_a_request_that_waits_is_told_again_to_the_prescriber_and_to_their_colleagues() -> None:
    again = replace(camille(T.PROLONGATION_REMINDED), recipient=Recipient.COLLEAGUES)
    assert of_pass(REQUESTED, PrescriberReminded(number=1, on=date(2025, 6, 20)), by=TIME) == [again]


@pytest.mark.parametrize("granted", [True, False])
def test_what_a_prescriber_answers_is_told_to_whoever_asked_and_to_the_person(granted: bool) -> None:
    on, by = date(2025, 6, 20), CAMILLE.subject
    yes = ProlongationGranted(number=1, on=on, by=by)
    no = ProlongationDenied(number=1, on=on, by=by, reason=DenialReason.REASON, explanation="Non")
    for_employer, for_candidate = (
        (T.PROLONGATION_GRANTED_FOR_EMPLOYER, T.PROLONGATION_GRANTED_FOR_CANDIDATE)
        if granted
        else (T.PROLONGATION_DENIED_FOR_EMPLOYER, T.PROLONGATION_DENIED_FOR_CANDIDATE)
    )
    assert of_pass(REQUESTED, yes if granted else no) == [
        one(for_employer, SACHA.subject, ACI.id, PRESCRIBER.id),
        person(for_candidate, PRESCRIBER.id),
    ]


def test_a_pass_a_suspension_and_a_direct_prolongation_are_told_to_nobody() -> None:
    end = date(2026, 1, 13)
    paused = SuspensionDeclared(
        number=1,
        declared_on=date(2025, 6, 10),
        reason=SuspensionReason.SICKNESS,
        starts_on=date(2025, 6, 1),
        ends_on=date(2025, 7, 1),
        pass_ends_on=end,
    )
    prolonged = Prolonged(
        number=1,
        declared_on=date(2025, 6, 10),
        reason=ProlongationReason.COMPLETE_TRAINING,
        starts_on=end,
        ends_on=date(2027, 1, 13),
        pass_ends_on=date(2027, 1, 13),
    )
    assert told(ISSUED, by=TIME, journey=PASS) == []
    for event in (paused, prolonged):
        assert of_pass(event, by=EMPLOYING) == []
