"""Orientations held for moderation follow what is decided of the structure that sent them (dora §5.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from application.desk import Desk
from application.directory import Directory, UnknownOrganisation
from application.errands import Came, Errand, run
from domain.calendar import paris_day
from domain.organisation import Authorisation
from domain.orientation import RejectByModeration, ReleaseFromModeration
from domain.vocabulary import OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An orientation that waits, and the structure that sent it."""

    root: str
    journey: str
    sender: OrganisationId


def moderate(desk: Desk, held: Iterable[Held]) -> int:
    """Release what an authorised structure sent, reject what a refused one sent; answers how many moved.

    Looks at what holds today rather than at the decision itself, so that an authorisation that begins later, an
    orientation held a moment after the decision and a crash in between all come to the same end.
    """
    directory = Directory(organisations=desk.organisations, on=paris_day(desk.clock.now()))
    asked = ((each, _asked(directory, each.sender)) for each in held)
    came = [run(desk, _errand(each, command)) for each, command in asked if command is not None]
    return came.count(Came.RECORDED)


def _asked(directory: Directory, sender: OrganisationId) -> Any:
    try:
        if directory.profile(sender).authorised:
            return ReleaseFromModeration()
        return RejectByModeration() if directory.authorisation(sender) is Authorisation.REFUSED else None
    except UnknownOrganisation:
        return None


def _errand(held: Held, command: Any) -> Errand:
    return Errand(root=held.root, journey=held.journey, command=command, key=f"moderation/{held.journey}")
