"""Which commands each stage takes, and what time asks (immersion §5.4, §5.5)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.calendar import add_months, paris_day, paris_start
from domain.discussion.codes import ContactMode, Reminder, Stage
from domain.discussion.commands import (
    Accept,
    DiscussionCommand,
    LinkConvention,
    Open,
    RedactMessages,
    Reject,
    Remind,
    RenderObsolete,
    Write,
)
from domain.discussion.state import Discussion
from domain.journey import Deadline

#: Exact durations after the opening.
REMINDED_AFTER: Final[Mapping[Reminder, timedelta]] = {
    Reminder.ESTABLISHMENT_3_DAYS: timedelta(days=3),
    Reminder.ESTABLISHMENT_7_DAYS: timedelta(days=7),
    Reminder.BENEFICIARY_15_DAYS: timedelta(days=15),
}
#: Calendar months after the opening, and after a message was written.
OBSOLETE_AFTER: Final = 3
FORGOTTEN_AFTER: Final = 6

_OPENED: Final = frozenset(Stage) - {Stage.NOT_OPENED}
_PENDING: Final = frozenset({Stage.PENDING})
_GOING_ON: Final = _PENDING | {Stage.ACCEPTED}

ACCEPTED_FROM: Final[Mapping[type[DiscussionCommand], frozenset[Stage]]] = {
    Open: frozenset({Stage.NOT_OPENED}),
    Write: _GOING_ON,
    Accept: _GOING_ON,
    Reject: _GOING_ON,
    LinkConvention: _OPENED,
    Remind: _PENDING,
    RenderObsolete: _PENDING,
    RedactMessages: _OPENED,
}


def offers(case: Discussion) -> Collection[type[DiscussionCommand]]:
    """The commands that the stage accepts."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if case.stage in stages]


def deadlines(case: Discussion) -> Sequence[Deadline[DiscussionCommand]]:
    """Reminders once each, the end of what was never answered, and the oblivion of old messages."""
    if case.opened_at is None:
        return ()
    asked: list[tuple[datetime | None, DiscussionCommand]] = [
        (_reminder(reminder, case, case.opened_at + after), Remind(of=reminder))
        for reminder, after in REMINDED_AFTER.items()
    ]
    asked.append((_months_after(case.opened_at, OBSOLETE_AFTER) if _unanswered(case) else None, RenderObsolete()))
    asked.append((_oblivion(case), RedactMessages()))
    return [Deadline(due=due, command=command) for due, command in asked if due is not None]


def _reminder(reminder: Reminder, case: Discussion, due: datetime) -> datetime | None:
    """The establishment is reminded of e-mails that it has not answered; the person of anything pending."""
    awaited = case.stage is Stage.PENDING and reminder not in case.reminded
    by_email = case.request is not None and case.request.contact_mode is ContactMode.EMAIL
    of_person = reminder is Reminder.BENEFICIARY_15_DAYS
    return due if awaited and (of_person or (by_email and not case.answered)) else None


def _unanswered(case: Discussion) -> bool:
    """One message and no more was written, which is the first one: by e-mail (immersion §5.5)."""
    return case.stage is Stage.PENDING and case.written == 1


def old_messages(case: Discussion, at: datetime) -> Sequence[int]:
    """The messages whose six months are over at an instant, and that are not forgotten yet."""
    return [
        number
        for number, exchange in case.exchanges.items()
        if exchange.text is not None and _months_after(exchange.at, FORGOTTEN_AFTER) <= at
    ]


def _oblivion(case: Discussion) -> datetime | None:
    kept = [exchange.at for exchange in case.exchanges.values() if exchange.text is not None]
    return _months_after(min(kept), FORGOTTEN_AFTER) if kept else None


def _months_after(at: datetime, months: int) -> datetime:
    return paris_start(add_months(paris_day(at), months))


def is_due(command: DiscussionCommand, case: Discussion, at: datetime) -> bool:
    """Whether the time has come for a command that time asks for."""
    return any(asked.command == command and asked.due <= at for asked in deadlines(case))
