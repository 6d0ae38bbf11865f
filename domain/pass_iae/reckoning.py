"""What is counted of a PASS IAE on a day: pure functions of the days that are stored, never stored themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import add_days, add_months, paris_day
from domain.iae.right import (
    PASS_DAYS,
    Right,
    Suspension,
    is_in_progress,
    is_valid,
    prolongable_until,
    suspension_on,
    waits_until,
)
from domain.pass_iae.codes import ProlongationReason, Status
from domain.pass_iae.state import PassIae
from domain.pass_iae.terms import MONTHS_BEFORE_END, TERMS, longest_prolongation


def last_day(starts_on: date) -> date:
    """The last day of a PASS of the usual length: 730 days, not two calendar years (les-emplois §5.2)."""
    return add_days(starts_on, PASS_DAYS - 1)


def status(right: Right, on: date) -> Status:
    """Where it stands on a day (les-emplois §5.2)."""
    if right.cancelled:
        return Status.CANCELLED
    if not is_valid(right, on):
        return Status.EXPIRED
    if suspension_on(right, on) is not None:
        return Status.SUSPENDED
    return Status.VALID if is_in_progress(right, on) else Status.FUTURE


def remaining_days(right: Right, on: date) -> int:
    """How many days can still be worked: those of the PASS from a day on, but for those that are paused (§5.2).

    Never negative, even for days that no rule would have allowed (imports).
    """
    if right.cancelled:
        return 0
    return max(_days_left(right, on) - sum(_days_left(each, on) for each in right.suspensions), 0)


def remaining_until(right: Right, on: date) -> date:
    """The remainder as a day: the last one if nothing paused the PASS any more (les-emplois §5.2)."""
    return min(add_days(max(right.starts_on, on), remaining_days(right, on) - 1), right.ends_on)


def prolongable_from(right: Right) -> date:
    """The first day on which a prolongation may be asked for (les-emplois §5.5)."""
    return add_months(right.ends_on, -MONTHS_BEFORE_END)


def possible_prolongations(case: PassIae) -> Mapping[ProlongationReason, date]:
    """By reason, to which day the PASS could still be prolonged, but for reasons that are exhausted or historic."""
    used = sum(each.days for each in case.prolongations)
    possible = {reason: longest_prolongation(reason, case.ends_on, used) for reason in TERMS if TERMS[reason].kinds}
    return {reason: latest for reason, latest in possible.items() if latest > case.ends_on}


def _days_left(days: Right | Suspension, on: date) -> int:
    return max((days.ends_on - on).days + 1, 0) - max((days.starts_on - on).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What is shown of a PASS on a day, and depends on it."""

    on: date
    status: Status
    remaining_days: int
    remaining_until: date
    prolongable_from: date
    prolongable_until: date
    #: The longest prolongation that each reason still allows, to its last day; the company's kind counts as well.
    prolongations: Mapping[ProlongationReason, date]
    #: The last day on which it keeps another one from being issued.
    waits_until: date


def reckoned(case: PassIae, at: datetime) -> Reckoning:
    """What is shown of a PASS at an instant."""
    on = paris_day(at)
    return Reckoning(
        on=on,
        status=status(case, on),
        remaining_days=remaining_days(case, on),
        remaining_until=remaining_until(case, on),
        prolongable_from=prolongable_from(case),
        prolongable_until=prolongable_until(case.ends_on),
        prolongations=possible_prolongations(case),
        waits_until=waits_until(case),
    )
