"""The facts that count in an eligibility check."""

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from domain.eligibility_check.events import (
    CertificationAnswered,
    CertificationRequested,
    Diagnosed,
    EligibilityCheckEvent,
    Expired,
    HireRecorded,
    HireReleased,
    PassRecorded,
    Superseded,
    Updated,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Telling

KINDS: Final = frozenset({Kind.DIAGNOSED, Kind.DIAGNOSIS_EXPIRED})


def eligibility_check(event: EligibilityCheckEvent, _: date) -> Sequence[Telling]:
    """Being superseded is no loss: the diagnosis that takes its place counts by itself."""
    match event:
        case Diagnosed():
            return [Happened(Kind.DIAGNOSED, event.on)]
        case Expired():
            return [Happened(Kind.DIAGNOSIS_EXPIRED, event.on)]
        case (
            Updated()
            | Superseded()
            | HireRecorded()
            | HireReleased()
            | PassRecorded()
            | CertificationRequested()
            | CertificationAnswered()
        ):
            return []
        case _:
            assert_never(event)
