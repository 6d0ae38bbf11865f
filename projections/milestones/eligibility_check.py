"""The facts that count in an eligibility check."""

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.criteria import IAE
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
from projections.milestones.tellings import Happened, Learned, Qualified, Telling, Trait

KINDS: Final = frozenset({Kind.DIAGNOSED, Kind.DIAGNOSIS_EXPIRED})


def eligibility_check(event: EligibilityCheckEvent, _: date) -> Sequence[Telling]:
    """Being superseded is no loss: the diagnosis that takes its place counts by itself."""
    match event:
        case Diagnosed():
            level = Learned(Trait.CRITERIA, _highest_level(event.criteria), event.on)
            return [Qualified(event.author_kind.value), level, Happened(Kind.DIAGNOSED, event.on)]
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


def _highest_level(criteria: Sequence[Criterion]) -> str:
    """The highest level of the criteria of the IAE, the first one being the highest (les-emplois §3.3)."""
    levels = [IAE[criterion].level for criterion in criteria if criterion in IAE]
    return f"level_{min(levels)}" if levels else "none"
