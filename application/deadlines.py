"""What time asks of the journeys: each deadline's command goes through the desk, once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from application.desk import Desk
from application.errands import Came, Errand, run

#: How many deadlines change something in one round.
AT_MOST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A command that a journey is due to receive since an instant."""

    root: str
    journey: str
    due: datetime
    command: Any


def pass_deadlines(desk: Desk, due: Iterable[Due], at_most: int = AT_MOST) -> Counter[Came]:
    """Submit every due command, the oldest first, dated at the instant it was due; answers what came of them.

    Any number of processes may do this at once, late or twice: the key of the deadline makes it happen once, and the
    rules refuse what is no longer due. A journey that moved is left until the list knows it: another deadline may come
    before those that are listed (after a reminder the next reminder, not the expiry). The round ends once `at_most`
    have changed something.
    """
    came = Counter[Came]()
    moved: set[tuple[str, str]] = set()
    for each in due:
        if came[Came.RECORDED] >= at_most:
            break
        if (each.root, each.journey) in moved:
            continue
        outcome = run(desk, _errand(each))
        came[outcome] += 1
        if outcome is not Came.REFUSED:
            moved.add((each.root, each.journey))
    return came


def _errand(due: Due) -> Errand:
    return Errand(
        root=due.root,
        journey=due.journey,
        command=due.command,
        key=f"{due.journey}/{type(due.command).__name__}/{due.due.isoformat()}",
        origin="deadline",
        occurred_at=due.due,
    )
