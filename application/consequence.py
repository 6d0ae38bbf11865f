"""What an event of one journey asks of another journey of the same dossier."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from domain.journey import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """A command for one journey of the same dossier, decided and recorded in the same transaction."""

    #: As `job-application-3`; for a command that opens a journey, its kind.
    journey: str
    command: Any


#: What a journey's event asks for, given the dossier right after it.
Policy = Callable[[str, Any, Dossier], Iterable[Consequence]]
