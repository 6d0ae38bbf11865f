"""How events move a discussion: never refuses, whatever the rules have become since."""

from dataclasses import fields
from typing import assert_never

from domain.discussion.codes import Stage
from domain.discussion.commands import Request
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
from domain.discussion.state import Discussion, Exchange
from domain.evolving import replace

_Answer = Accepted | Rejected | ConventionLinked | BecameObsolete


def evolve(case: Discussion, event: DiscussionEvent) -> Discussion:
    """The discussion after an event."""
    match event:
        case Opened():
            return _opened(event)
        case Written() | MessagesRedacted():
            return _written(case, event)
        case Accepted() | Rejected() | ConventionLinked() | BecameObsolete():
            return _answered(case, event)
        case Reminded():
            return replace(case, reminded=(*case.reminded, event.of))
        case _:
            assert_never(event)


def _opened(event: Opened) -> Discussion:
    request = Request(**{each.name: getattr(event, each.name) for each in fields(Request)})
    return Discussion(stage=Stage.PENDING, request=request, opened_at=event.at, sender=event.sender)


def _written(case: Discussion, event: Written | MessagesRedacted) -> Discussion:
    if isinstance(event, MessagesRedacted):
        forgotten = {
            number: replace(each, text=None, attachments=()) if number in event.numbers else each
            for number, each in case.exchanges.items()
        }
        return replace(case, exchanges=forgotten)
    exchange = Exchange(at=event.at, side=event.side, text=event.text, attachments=event.attachments)
    return replace(case, exchanges={**case.exchanges, event.number: exchange}, written=max(case.written, event.number))


def _answered(case: Discussion, event: _Answer) -> Discussion:
    """An answer takes the place of the one before it; the convention that was named is kept."""
    match event:
        case Accepted():
            return replace(case, stage=Stage.ACCEPTED, convention=event.convention or case.convention)
        case ConventionLinked():
            return replace(case, stage=Stage.ACCEPTED, convention=event.convention)
        case Rejected() | BecameObsolete():
            return replace(case, stage=Stage.REJECTED)
        case _:
            assert_never(event)
