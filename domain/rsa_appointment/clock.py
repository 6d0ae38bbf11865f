"""Times of appointments as they are shown where they take place (rdv-insertion §0)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.rsa_appointment.state import Participation


def local_start(participation: Participation) -> datetime:
    """When it starts, on the clocks of the place."""
    return participation.starts_at.astimezone(ZoneInfo(participation.time_zone))


def clock_text(participation: Participation) -> str:
    """The hour as French people write it: `10h30`, `10h`."""
    start = local_start(participation)
    return f"{start.hour}h{start.minute:02}" if start.minute else f"{start.hour}h"
