"""Erasing from the command line: one person who asks for it, or everybody whom nobody has followed for too long."""

from api.jobs import retain
from api.settings import Settings
from api.wiring import Core
from application.retention import Retained, erase
from application.retention import preview as previewed
from domain.calendar import paris_day
from domain.vocabulary import CandidateId
from projections.activity import inactive


def erase_person(settings: Settings, candidate: str) -> int:
    """Erase a person; answers how many dossiers were erased now. Raises `NotErasable`."""
    with Core.opened(settings) as core:
        return erase(core.desk, core.eraser, CandidateId(candidate))


def retain_all(settings: Settings, *, preview: bool) -> Retained:
    """Do what retention asks today, or say what it would do."""
    with Core.opened(settings) as core:
        if not preview:
            return retain(core)
        with core.pool.connection() as connection:
            return previewed(core.desk, inactive(connection, paris_day(core.clock.now())))
