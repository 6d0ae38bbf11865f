"""What messages about a period of accompaniment say, and when they say nothing any more (rdv-insertion §7.2)."""

from datetime import datetime

from application.directory import Directory
from application.notifications.contents.matter import Facts, Matter, Needless
from domain.accompaniment import Accompaniment, Stage


def accompaniment(matter: Matter, _: Directory, __: datetime) -> Facts:
    """The first day, as long as it is the same organisation that accompanies."""
    case: Accompaniment = matter.case
    if case.stage is not Stage.RECORDED or case.organisation != matter.notice.told.organisation:
        raise Needless("overtaken")
    return {"from": case.starts_on}
