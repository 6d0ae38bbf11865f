"""Seats of what several people attend: each is held by one dossier at a time, across all dossiers."""

from typing import Final

from domain.identifiers import Identifier
from domain.journey import message

SEAT: Final = "seat"
#: More than any room holds, so that looking for a free seat stays short.
MOST_SEATS: Final = 500


@message
class Seated:
    """Asks for a seat: what a command that may need one says."""

    #: The appointment in the agenda that owns it: an opaque reference.
    appointment: str
    #: How many people there is room for; None if there is no limit.
    capacity: int | None = None


def seat(appointment: str, number: int) -> Identifier:
    """What makes a seat one person's: claimed in the transaction that records who takes it."""
    return Identifier(scope="appointment", kind=SEAT, value=f"{appointment}#{number}")
