"""Times of appointments as they are shown where they take place (rdv-insertion §0)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from domain.rsa_appointment.state import Participation


def local_start(participation: Participation) -> datetime:
    """When it starts, on the clocks of the place."""
    return participation.starts_at.astimezone(ZoneInfo(participation.time_zone))


def clock_text(participation: Participation) -> str:
    """The hour at which it starts, as French people write it."""
    return hour_text(local_start(participation).time())


def hour_text(hour: time) -> str:
    """An hour as French people write it: `10h30`, `10h`."""
    return f"{hour.hour}h{hour.minute:02}" if hour.minute else f"{hour.hour}h"
