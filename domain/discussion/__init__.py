"""The discussion of Immersion facilitée: a person asks an establishment for an immersion (mise en relation).

Who may be asked, how often and by which way is known where establishments are searched (immersion §6); so are their
users, who act through a witness.
"""

from typing import Final, get_args

from domain.discussion.commands import DiscussionCommand, Open
from domain.discussion.events import DiscussionEvent
from domain.discussion.rules import decider
from domain.discussion.state import Discussion, closed, parties
from domain.discussion.table import ACCEPTED_FROM, deadlines
from domain.journey import Journey
from domain.vocabulary import RootKind

__all__ = ["Discussion", "DiscussionCommand", "DiscussionEvent", "discussion_journey"]

discussion_journey: Final[Journey[DiscussionCommand, Discussion, DiscussionEvent]] = Journey(
    name="discussion",
    plural="discussions",
    root=RootKind.CANDIDATE,
    opening=(Open,),
    commands=get_args(DiscussionCommand),
    events=get_args(DiscussionEvent),
    decider=decider,
    accepted_from=ACCEPTED_FROM,
    stage=lambda case: case.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
)
