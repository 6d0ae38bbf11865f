"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.calendar import add_days
from domain.hiring import HiringEvent
from domain.hiring.codes import EndReason, ExitCategory, Stage
from domain.hiring.commands import (
    CreateEmployeeRecord,
    EndContract,
    RecordContract,
    RecordPass,
    Renew,
    StartContract,
)
from domain.hiring.rules import decider
from domain.journey import Context, Refusal
from domain.vocabulary import OrganisationId
from tests.domain.hiring.samples import (
    CREATED,
    DECLARED,
    RUNNING,
    SIRET,
    TODAY,
    UNDER_PASS,
    at,
    history,
    on,
    standing,
)

PLANNED_END = date(2025, 12, 1)


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], at(), RecordContract(company=OrganisationId("nowhere"), starts_on=TODAY), {"organisation": "nowhere"}),
        (RUNNING, at(), Renew(ends_on=PLANNED_END), {"after": PLANNED_END}),
        (
            RUNNING,
            on(date(2025, 12, 5)),
            EndContract(on=add_days(PLANNED_END, 1), reason=EndReason.OTHER, category=ExitCategory.UNKNOWN),
            {"planned": PLANNED_END},
        ),
        (RUNNING, at(), RecordPass(pass_iae="pass-iae-2"), {"pass_iae": "pass-iae-1"}),
        (
            [replace(DECLARED, starts_on=date(2021, 9, 26)), UNDER_PASS],
            at(),
            CreateEmployeeRecord(siret=SIRET),
            {"first": date(2021, 9, 27)},
        ),
        (RUNNING, at(hiring_2=standing(*RUNNING, CREATED)), CreateEmployeeRecord(siret=SIRET), {"hiring": "hiring-2"}),
        (history(Stage.STARTED), at(), StartContract(), {"stage": "started"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[HiringEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as caught:
        decider.decide(command, standing(*past), context)
    assert caught.value.details == details
