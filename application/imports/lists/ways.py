"""By which ways a list invites."""

from enum import StrEnum


class Way(StrEnum):
    """Those that need nobody's hand: letters are made one by one (rdv-insertion §2.5)."""

    SMS = "sms"
    EMAIL = "email"
