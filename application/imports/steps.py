"""What an import does: commands for the desk, one after the other, each from a record and with a name of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from application.desk import Request
from application.dossiers import Standing
from application.imports.findings import Source
from domain.journey import Refusal
from domain.vocabulary import Actor, OrganisationId, Role, Subject

#: A professional of whom the dump says nothing.
NOBODY_KNOWN: Final = Subject("les-emplois/unknown")
#: Between the source of an event and the names of the rules it happened against.
AGAINST: Final = "!"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command. `name` tells it from the other steps of the same record, for ever."""

    source: Source
    name: str
    root: str
    command: Any
    subject: Subject = NOBODY_KNOWN
    role: Role = Role.MEMBER
    acting: OrganisationId | None = None
    #: None for the moment of the import: the dump does not say when.
    at: datetime | None
    opens_root: bool = False
    #: Continues the journey that the record's first step opened.
    continues: bool = False
    #: Only if the journey stands there: elsewhere there is nothing to do.
    only_from: StrEnum | None = None
    #: The rules that did not keep it from happening.
    may_break: frozenset[type[Refusal]] = frozenset()
    #: Fields of the command that name the journeys of other records, told before.
    naming: Mapping[str, Source] = field(default_factory=dict)
    #: What to do where the root was recorded already by something else, such as an earlier reference to it.
    instead: tuple["Step", ...] = ()

    def request(self, origin: str, journey: str | None, waived: frozenset[type[Refusal]]) -> Request:
        """The command as the desk takes it."""
        name = f"{self.source.model.partition('.')[2]}/{self.source.key}"
        broken = ",".join(sorted(each.__name__ for each in waived))
        return Request(
            root=self.root,
            command=self.command,
            actor=Actor(subject=self.subject, client=origin.partition(":")[2], role=self.role),
            correlation_id=f"{origin}/{name}",
            journey=journey if self.continues else None,
            opens_root=self.opens_root,
            acting=self.acting,
            occurred_at=self.at,
            idempotency_key=f"{origin}/{name}/{self.name}",
            origin=origin,
            source=f"{name}{AGAINST}{broken}" if broken else name,
            waived=waived,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """In which state a record should be found in Parcours, and how to look."""

    source: Source
    root: str
    state: str
    #: The state found, given the root as the import left it and the journey that the record opened.
    look: Callable[[Standing, str | None], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a record's translation: what to do, and what should then be found."""

    steps: tuple[Step, ...]
    expected: tuple[Expected, ...]
