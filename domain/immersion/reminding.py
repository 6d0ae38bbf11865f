"""When time reminds people of a convention, and when it gives it up (immersion §2.4, §2.5, §4.5)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from domain.calendar import add_days, add_months, paris_day, paris_start
from domain.immersion.codes import PENDING, SIGNABLE, Reminder, Stage
from domain.immersion.commands import DeprecateAutomatically, ImmersionCommand, Remind, RequestAssessment
from domain.immersion.schedule import business_days_before
from domain.immersion.state import Immersion
from domain.journey import Deadline

#: Weekdays before the start on which signatories, then the agency twice, are reminded.
SIGNATURE_DAYS: Final = 2
FIRST_REVIEW_DAYS: Final = 3
FIRST_REVIEW_UNTIL: Final = 2
LAST_REVIEW_DAYS: Final = 1
#: Calendar months after the end: a convention that nobody validated is obsolete.
DEPRECATED_AFTER: Final = 1
#: Calendar days before the end: the assessment is asked for.
ASSESSMENT_DAYS: Final = 1
#: Calendar days after it was asked for: the assessment is asked for again.
ASSESSMENT_REMINDERS: Final[Mapping[Reminder, int]] = {Reminder.FIRST_ASSESSMENT: 3, Reminder.LAST_ASSESSMENT: 10}


def deadlines(case: Immersion) -> Sequence[Deadline[ImmersionCommand]]:
    """Reminders once each, the request of the assessment, and the end of what nobody validated."""
    if case.terms is None:
        return ()
    asked: list[tuple[datetime | None, ImmersionCommand]] = [
        (due, Remind(of=reminder)) for reminder, due in _reminders(case, case.terms.starts_on).items()
    ]
    asked.append((_request(case, case.terms.ends_on), RequestAssessment()))
    asked.append((_deprecation(case, case.terms.ends_on), DeprecateAutomatically()))
    return [Deadline(due=due, command=command) for due, command in asked if due is not None]


def _reminders(case: Immersion, starts_on: date) -> Mapping[Reminder, datetime | None]:
    known = {
        Reminder.SIGNATURE: _signature(case, starts_on),
        Reminder.FIRST_REVIEW: _review(case, starts_on, FIRST_REVIEW_DAYS, FIRST_REVIEW_UNTIL),
        Reminder.LAST_REVIEW: _review(case, starts_on, LAST_REVIEW_DAYS, 0),
        **{reminder: _assessment(case, days) for reminder, days in ASSESSMENT_REMINDERS.items()},
    }
    return {reminder: due for reminder, due in known.items() if reminder not in case.reminded}


def _signature(case: Immersion, starts_on: date) -> datetime | None:
    """Two weekdays before the start, or at once for what was asked later, but not once it has begun."""
    if case.stage not in SIGNABLE or case.asked_at is None:
        return None
    return _between(case.asked_at, business_days_before(starts_on, SIGNATURE_DAYS), starts_on)


def _review(case: Immersion, starts_on: date, days: int, until: int) -> datetime | None:
    """So many weekdays before the start, or at once for what was signed later, but not once the next day has come."""
    if case.stage is not Stage.IN_REVIEW or case.complete_since is None:
        return None
    return _between(case.complete_since, business_days_before(starts_on, days), business_days_before(starts_on, until))


def _between(since: datetime, first: date, before: date) -> datetime | None:
    due = max(since, paris_start(first))
    return due if due < paris_start(before) else None


def _request(case: Immersion, ends_on: date) -> datetime | None:
    """The day before the end, or at once for what is validated later; once for ever."""
    if case.validated_at is None or case.assessment is not None or case.assessment_requested_at is not None:
        return None
    return max(case.validated_at, paris_start(add_days(ends_on, -ASSESSMENT_DAYS)))


def _assessment(case: Immersion, days: int) -> datetime | None:
    awaited = case.stage is Stage.VALIDATED and case.assessment is None
    if not awaited or case.assessment_requested_at is None:
        return None
    return paris_start(add_days(paris_day(case.assessment_requested_at), days))


def _deprecation(case: Immersion, ends_on: date) -> datetime | None:
    """A calendar month after the end, or at once for what was submitted or modified even later."""
    if case.stage not in PENDING or case.asked_at is None:
        return None
    return max(_latest(case), paris_start(add_months(ends_on, DEPRECATED_AFTER)))


def _latest(case: Immersion) -> datetime:
    """When somebody last did something to it: time asks nothing that would have happened before."""
    known = [case.asked_at, case.complete_since, case.eligible_at]
    return max(at for at in (*known, *case.signatures.values()) if at is not None)


def is_due(command: ImmersionCommand, case: Immersion, at: datetime) -> bool:
    """Whether the time has come for a command that time asks for."""
    return any(asked.command == command and asked.due <= at for asked in deadlines(case))
