"""Which suspensions a PASS IAE may have (les-emplois §5.4)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import add_days
from domain.iae.hire import Hire
from domain.iae.right import SuspensionReason
from domain.journey import Refusal
from domain.pass_iae.commands import ChangeSuspension, Suspend
from domain.pass_iae.refusals import (
    ExplanationNeeded,
    ReasonNotSelectable,
    SuspensionEndsBeforeItStarts,
    SuspensionInTheFuture,
    SuspensionOutside,
    SuspensionsOverlap,
    SuspensionTooEarly,
    SuspensionTooLong,
)
from domain.pass_iae.state import DeclaredSuspension
from domain.pass_iae.terms import FURTHEST_BACK, longest_suspension, suspension_reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A suspension about to be declared, or corrected."""

    said: Suspend | ChangeSuspension
    ends_on: date
    #: The days of the PASS, without what the suspension itself adds.
    first: date
    last: date
    others: tuple[DeclaredSuspension, ...]
    kinds: Collection[str]
    hire: Hire | None
    today: date
    #: What the earliest start is counted from: today, or the day on which it was declared.
    declared_on: date

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return self.said.starts_on

    @property
    def earliest(self) -> date:
        """Its earliest first day: that of the last hire, or the one after the suspension before; not too long ago."""
        finished = [each.ends_on for each in self.others if each.ends_on < self.declared_on]
        limit = add_days(self.declared_on, -FURTHEST_BACK)
        if finished:
            return max(add_days(max(finished), 1), limit)
        return max(self.hire.starts_on, limit) if self.hire else limit


PauseRule = Callable[[Pause], Refusal | None]


def for_a_selectable_reason(pause: Pause) -> Refusal | None:
    """Historic reasons are no longer given, and the bridge contract is of ACI and EI."""
    selectable = pause.said.reason in suspension_reasons(pause.kinds)
    return None if selectable else ReasonNotSelectable(reason=pause.said.reason)


def explained_if_by_force_majeure(pause: Pause) -> Refusal | None:
    """The one reason that needs an explanation is historic: an import may still have to give it."""
    explained = pause.said.reason is not SuspensionReason.FORCE_MAJEURE or (pause.said.explanation or "").strip()
    return None if explained else ExplanationNeeded()


def ends_no_earlier_than_it_starts(pause: Pause) -> Refusal | None:
    """A suspension of one day is one."""
    return SuspensionEndsBeforeItStarts() if pause.ends_on < pause.starts_on else None


def lasts_three_years_at_most(pause: Pause) -> Refusal | None:
    """Thirty-six calendar months, less a day since both days count."""
    latest = longest_suspension(pause.starts_on)
    return SuspensionTooLong(latest=latest) if pause.ends_on > latest else None


def has_started(pause: Pause) -> Refusal | None:
    """Today at the latest."""
    return SuspensionInTheFuture(latest=pause.today) if pause.starts_on > pause.today else None


def starts_within_the_pass(pause: Pause) -> Refusal | None:
    """From the first to the last day of the PASS."""
    within = pause.first <= pause.starts_on <= pause.last
    return None if within else SuspensionOutside(earliest=pause.first, latest=pause.last)


def starts_after_what_it_follows(pause: Pause) -> Refusal | None:
    """Neither before the hire or the suspension before, nor more than 365 days ago."""
    return SuspensionTooEarly(earliest=pause.earliest) if pause.starts_on < pause.earliest else None


def shares_no_day(pause: Pause) -> Refusal | None:
    """Both days of every suspension count; consecutive ones are fine."""
    shared = any(each.starts_on <= pause.ends_on and pause.starts_on <= each.ends_on for each in pause.others)
    return SuspensionsOverlap() if shared else None


PAUSE_RULES: Final[tuple[PauseRule, ...]] = (
    for_a_selectable_reason,
    explained_if_by_force_majeure,
    ends_no_earlier_than_it_starts,
    lasts_three_years_at_most,
    has_started,
    starts_within_the_pass,
    starts_after_what_it_follows,
    shares_no_day,
)
