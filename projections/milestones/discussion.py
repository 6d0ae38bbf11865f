"""A discussion with an establishment is no fact that counts: the convention that comes of it is one."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

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
from projections.milestones.tellings import Telling


def discussion(event: DiscussionEvent, _: date) -> Sequence[Telling]:
    """Nothing."""
    match event:
        case (
            Opened()
            | Written()
            | Accepted()
            | Rejected()
            | ConventionLinked()
            | Reminded()
            | BecameObsolete()
            | MessagesRedacted()
        ):
            return []
        case _:
            assert_never(event)
