"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.candidate import CandidateEvent, candidate_journey
from domain.candidate.codes import EmploymentKind
from domain.candidate.commands import (
    AbsorbDuplicate,
    Archive,
    CorrectNir,
    DeclareEmploymentFound,
    MergeInto,
    RetractEmploymentFound,
    SetIdentifiers,
)
from domain.candidate.events import DuplicateAbsorbed, EmploymentFound, MergedInto
from domain.journey import Context, Refusal
from domain.vocabulary import CandidateId
from tests.domain.candidate.cases import IN_DROME, ISERE, NIR, TODAY, register, registered, standing
from tests.domain.candidate.test_knowing import SIAE

KEPT, OTHER = CandidateId("kept"), CandidateId("other")
TOMORROW, YESTERDAY = date(2026, 1, 6), date(2026, 1, 4)
HIRED = EmploymentFound(on=TODAY, kind=EmploymentKind.PERMANENT)
A_DUPLICATE = replace(IN_DROME, candidates={KEPT: standing(registered(), MergedInto(target=OTHER))})


def hired(day: date) -> DeclareEmploymentFound:
    return DeclareEmploymentFound(on=day, kind=EmploymentKind.PERMANENT)


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        (
            [],
            IN_DROME,
            register(department_internal_id="I-77", internal_id_department="99"),
            {"departments": ["99"]},
        ),
        ([registered()], IN_DROME, Archive(organisation=ISERE.id, reason=None), {"organisation": "isere"}),
        ([registered()], SIAE, SetIdentifiers(nir=NIR, caf_number="1234567"), {"fields": ["nir"]}),
        ([registered(nir=NIR)], IN_DROME, CorrectNir(reason="a"), {"shortest": 10, "longest": 2000}),
        ([registered()], IN_DROME, hired(TOMORROW), {"today": TODAY}),
        ([registered()], IN_DROME, hired(YESTERDAY), {"entered_on": TODAY}),
        ([registered(), HIRED], IN_DROME, hired(TODAY), {"on": TODAY}),
        ([registered()], IN_DROME, RetractEmploymentFound(on=TODAY), {"on": TODAY}),
        (
            [registered()],
            IN_DROME,
            AbsorbDuplicate(source=KEPT, source_entered_on=TOMORROW),
            {"today": TODAY},
        ),
        (
            [registered(), DuplicateAbsorbed(source=KEPT, entered_on=TODAY)],
            IN_DROME,
            MergeInto(target=KEPT),
            {"target": "kept"},
        ),
        ([registered()], IN_DROME, MergeInto(target=KEPT), {"candidate_id": "kept"}),
        ([registered()], A_DUPLICATE, MergeInto(target=KEPT), {"candidate_id": "kept"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[CandidateEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    decider = candidate_journey.decider
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
