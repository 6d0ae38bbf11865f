"""What messages about a discussion say, and when they say nothing any more (immersion §5.2 to §5.5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from application.directory import Directory
from application.notifications.contents.matter import Facts, Matter, Needless
from application.notifications.templates import Template
from domain.discussion.codes import Stage
from domain.discussion.state import Discussion

#: Where a discussion must still stand for a message to be true; all others are told in any case.
AWAITED: Final[Mapping[Template, Stage]] = {
    Template.DISCUSSION_FOLLOW_UP: Stage.PENDING,
    Template.DISCUSSION_OBSOLETE: Stage.REJECTED,
}


def discussion(matter: Matter, _: Directory, __: datetime) -> Facts:
    """The establishment and the job. What was written is read in the discussion, never in a letter."""
    case: Discussion = matter.case
    if case.request is None or AWAITED.get(matter.notice.told.template, case.stage) is not case.stage:
        raise Needless("overtaken")
    return {"establishment": case.request.business_name, "job": case.request.appellation_label}
