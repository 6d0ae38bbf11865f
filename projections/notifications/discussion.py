"""Who is told what of a discussion: each side of what the other says (immersion §5.2 to §5.5)."""

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from application.notifications.notice import Told
from application.notifications.templates import Template
from domain.discussion.codes import ContactMode, Reminder, Side
from domain.discussion.events import (
    Accepted,
    BecameObsolete,
    ConventionLinked,
    DiscussionEvent,
    MessagesRedacted,
    Opened,
    Rejected,
    Reminded,
    Written,
)
from domain.discussion.state import Discussion
from projections.notifications.tellings import to_establishment, to_named

#: How the person goes on.
OPENED: Final[Mapping[ContactMode, Template]] = {
    ContactMode.EMAIL: Template.DISCUSSION_SENT,
    ContactMode.PHONE: Template.DISCUSSION_BY_PHONE,
    ContactMode.IN_PERSON: Template.DISCUSSION_IN_PERSON,
}
#: The person is written to where they said in their request.
PERSON: Final = "request.email"


def discussion(event: DiscussionEvent, case: Discussion) -> Sequence[Told]:
    """What is told of an event, given the discussion right after it. A refusal is told as the message that says it."""
    match event:
        case Opened():
            return _opened(event)
        case Written():
            return _written(event, case)
        case Reminded():
            return [_reminded(event.of)]
        case BecameObsolete():
            return [
                to_named(Template.DISCUSSION_OBSOLETE, PERSON),
                to_establishment(Template.DISCUSSION_OBSOLETE_FOR_ESTABLISHMENT),
            ]
        case Accepted() | Rejected() | ConventionLinked() | MessagesRedacted():
            return []
        case _:
            assert_never(event)


def _opened(event: Opened) -> Sequence[Told]:
    """By telephone or in person the establishment learns of it from the person."""
    asked = [to_establishment(Template.DISCUSSION_NEW_FOR_ESTABLISHMENT)]
    return [to_named(OPENED[event.contact_mode], PERSON), *(asked if event.contact_mode is ContactMode.EMAIL else [])]


def _written(event: Written, case: Discussion) -> Sequence[Told]:
    """The first message to an establishment reached by e-mail is the request itself, which is told as such."""
    by_email = case.request is not None and case.request.contact_mode is ContactMode.EMAIL
    match event.side:
        case Side.BENEFICIARY:
            first = by_email and event.number == 1
            return [] if first else [to_establishment(Template.DISCUSSION_MESSAGE_FOR_ESTABLISHMENT)]
        case Side.ESTABLISHMENT:
            return [to_named(Template.DISCUSSION_MESSAGE, PERSON)]
        case _:
            assert_never(event.side)


def _reminded(of: Reminder) -> Told:
    match of:
        case Reminder.ESTABLISHMENT_3_DAYS | Reminder.ESTABLISHMENT_7_DAYS:
            return to_establishment(Template.DISCUSSION_REMINDED_FOR_ESTABLISHMENT)
        case Reminder.BENEFICIARY_15_DAYS:
            return to_named(Template.DISCUSSION_FOLLOW_UP, PERSON)
        case _:
            assert_never(of)
