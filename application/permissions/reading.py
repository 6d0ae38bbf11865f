"""Who reads a journey, and which of its fields: a permission like any other, and it depends on where things stand."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from application.dossiers import Catalogue, Standing, kind_of
from application.permissions.check import Asked, holds
from application.permissions.grant import PROFESSIONALS, Grant, Reach
from domain.vocabulary import Actor, OrganisationId, OrganisationProfile, Parties, Party, Role, RootKind

#: What is read in the place of what the reader may not read.
WITHHELD: Final = "[withheld]"


def always(_: Any, __: datetime) -> bool:
    """Wherever the journey stands."""
    return True


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Some readers, as long as the journey stands in a certain way at the moment of reading."""

    grants: tuple[Grant, ...]
    when: Callable[[Any, datetime], bool] = always


#: Whoever is among one of these readers.
Clause = tuple[Readers, ...]


def on_side(*sides: Party) -> Readers:
    """The members of the organisations on these sides of the journey; followers are those of the person."""
    return Readers(grants=(Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=frozenset(sides)),))


#: Whose dossier it is.
THE_PERSON: Final = Readers(grants=(Grant(roles=frozenset({Role.CANDIDATE}), reach=Reach.OWN),))
#: Who reads a journey that says nothing else: nobody else of the dossier.
ITS_OWN_SIDES: Final[Clause] = (on_side(Party.SENDER, Party.RECEIVER, Party.ITSELF), THE_PERSON)


def nothing_hidden(_: Collection[str]) -> frozenset[str]:
    """What organisations of some kinds do not see, where the kind does not matter."""
    return frozenset()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Who reads one kind of journey. What it does not name is read by whoever reads the journey."""

    journey: Clause = ITS_OWN_SIDES
    #: Through it, who gets to know the person: counts for `Reach.DOSSIER`. Whoever reads the journey, if None.
    acquaints: Clause | None = None
    #: Fields of the state, as `sent.reasons`.
    fields: Mapping[str, Clause] = field(default_factory=dict)
    #: Lines of the timeline, as `Commented`; one of their facts, as `Refused.reason`; or, of every line, who acted.
    lines: Mapping[str, Clause] = field(default_factory=dict)
    #: The fields that organisations of some kinds do not see, whatever their side.
    hidden_from: Callable[[Collection[str]], frozenset[str]] = nothing_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks at a dossier, and when."""

    actor: Actor
    acting: OrganisationProfile | None
    at: datetime
    #: Auditors and staff of the platform.
    sees_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A dossier, as one person may read it."""

    viewer: Viewer
    root: str
    #: As it stands now, even to read what it was: what has been withdrawn since is not read in the past either.
    standing: Standing
    catalogue: Catalogue
    tables: Mapping[str, Reading]

    def reads(self, journey: str) -> bool:
        """Whether they read the journey at all. One that does not exist is not read either."""
        return journey in self.standing.cases and self._among(journey, self._table(journey).journey)

    def reads_something(self) -> bool:
        """Whether the dossier exists for them."""
        return any(self.reads(journey) for journey in self.standing.cases)

    def withheld(self, journey: str, then: Any) -> frozenset[str]:
        """The fields that they do not read in a state of the journey: as it stood, or as it stands now."""
        if self.viewer.sees_all:
            return frozenset()
        table, now = self._table(journey), self.standing.cases[journey]
        # Most fields share a clause, and a command is answered with where things stand now.
        states = (now,) if then is now else (now, then)
        clauses = {id(clause): clause for clause in table.fields.values()}
        opens = {key: all(self._among(journey, each, state) for state in states) for key, each in clauses.items()}
        closed = {name for name, clause in table.fields.items() if not opens[id(clause)]}
        hidden = table.hidden_from(self.viewer.acting.kinds) if self.viewer.acting else frozenset()
        return hidden | closed

    def tells(self, journey: str, *names: str) -> bool:
        """Whether they read a line of the timeline (`Refused`), or a fact in it (`Refused.reason`)."""
        lines = self._table(journey).lines
        return all(self._among(journey, lines[name]) for name in names if name in lines)

    def _table(self, journey: str) -> Reading:
        return self.tables.get(kind_of(journey), Reading())

    def _among(self, journey: str, clause: Clause, state: Any = None) -> bool:
        stands = self.standing.cases[journey] if state is None else state
        return self.viewer.sees_all or any(
            readers.when(stands, self.viewer.at) and self._allowed(journey, readers.grants) for readers in clause
        )

    def _allowed(self, journey: str, grants: tuple[Grant, ...]) -> bool:
        person = self.standing.cases.get(RootKind.CANDIDATE)
        asked = Asked(
            actor=self.viewer.actor,
            acting=self.viewer.acting,
            member_of=frozenset(),
            command=None,
            journey={**self._parties(journey), **self._followers()},
            dossier=self._acquainted() if any(grant.reach is Reach.DOSSIER for grant in grants) else (),
            account=getattr(person, "account", None),
        )
        return holds(grants, asked)

    def _acquainted(self) -> tuple[Parties, ...]:
        return tuple(self._parties(journey) for journey in self.standing.cases if self._acquaints(journey))

    def _acquaints(self, journey: str) -> bool:
        table = self._table(journey)
        return journey != RootKind.CANDIDATE and self._among(journey, table.acquaints or table.journey)

    def _followers(self) -> Parties:
        return self._parties(RootKind.CANDIDATE) if RootKind.CANDIDATE in self.standing.cases else {}

    def _parties(self, journey: str) -> Parties:
        kind, _, name = self.root.partition("/")
        if kind == RootKind.ORGANISATION:
            return {Party.ITSELF: frozenset({OrganisationId(name)})}
        return self.catalogue[kind_of(journey)].parties(self.standing.cases[journey])
