"""What every journey is made of: messages, refusals, the context of a decision, and the decider."""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, reduce
from itertools import accumulate
from typing import Any, Final, Generic, TypeVar, dataclass_transform

from domain.calendar import paris_day
from domain.rsa.reception import Reception
from domain.vocabulary import Actor, CandidateId, OrganisationId, OrganisationProfile, Parties, RootKind, Subject

T = TypeVar("T")
C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def message(cls: type[T]) -> type[T]:
    """Make a command or an event: frozen, slotted, keyword-only, compared by value."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


class Refusal(Exception):
    """A rule says no.

    The docstring of the subclass is the sentence the person reads. `details` are facts a program can use
    (codes, days, counts, identifiers): never personal data, because they are answered and logged.
    """

    def __init__(self, **details: str | int | bool | date | Sequence[str]) -> None:
        """Refuse, with facts that help the caller to mend the request."""
        super().__init__(self.sentence())
        self.details = details

    @classmethod
    def sentence(cls) -> str:
        """The first paragraph of the class's docstring, on one line."""
        kind: Any = cls
        return _sentence_of(kind)


@cache
def _sentence_of(refusal: Any) -> str:
    return " ".join((inspect.getdoc(refusal) or "").split("\n\n")[0].split())


@dataclass(frozen=True)
class Dossier:
    """Where every journey of one root stands: the whole consistency boundary of a decision."""

    cases: Mapping[str, Any] = field(default_factory=dict)

    def of(self, kind: type[S]) -> Mapping[str, S]:
        """The states of one kind, by journey (`job-application-3`), in the order they were opened."""
        return {name: case for name, case in self.cases.items() if isinstance(case, kind)}


@message
class Context:
    """What a decision may know beside the command and its own journey's state."""

    #: When the thing asked happened or happens (aware). Rules about days use `today`.
    at: datetime
    #: The present instant, where `at` is an earlier one: people are told nothing that is over by now.
    now: datetime | None = None
    actor: Actor
    #: The organisation the actor acts for, as it is now; None for the system itself.
    acting: OrganisationProfile | None = None
    #: Which journey decides, as `job-application-3`; lets a rule leave itself out of `dossier`.
    journey: str = ""
    dossier: Dossier = Dossier()
    #: Every organisation that the command names, as it is now.
    organisations: Mapping[OrganisationId, OrganisationProfile] = field(default_factory=dict)
    #: How the organisations concerned receive people, for the commands that a journey says consult them.
    receptions: Mapping[OrganisationId, Reception] = field(default_factory=dict)
    #: Which seats other dossiers hold, of the appointment that the command asks a seat of.
    taken_seats: frozenset[int] = frozenset()
    #: The candidate's own state in every other dossier that the command names; one that does not exist is left out.
    candidates: Mapping[CandidateId, Any] = field(default_factory=dict)
    #: Among the acting organisation and those named, the ones the actor is an active member of.
    member_of: frozenset[OrganisationId] = frozenset()
    #: Of the professionals that the command names, the active members of each organisation that it names.
    members: Mapping[OrganisationId, frozenset[Subject]] = field(default_factory=dict)
    #: The number drawn for the command, where its journey draws one (`Journey.draws`).
    number: int | None = None
    #: What may be told although a rule is against it, because it has happened already: imports alone say so.
    waived: frozenset[type[Refusal]] = frozenset()
    #: Whether an import tells it: what was issued elsewhere is told by itself, and nothing is issued because of it.
    imported: bool = False

    @property
    def today(self) -> date:
        """The legal day in France (Europe/Paris) of `at`."""
        return paris_day(self.at)

    def insist(self, refusal: Refusal | None) -> None:
        """Raise what a rule answered, unless the rule answered nothing or is waived."""
        if refusal is not None and type(refusal) not in self.waived:
            raise refusal


@dataclass(frozen=True, kw_only=True)
class Decider(Generic[C, S, E]):
    """The rules of one kind of journey: `decide` refuses, `evolve` never does."""

    initial: S
    #: The kinds of command that the state does not exclude by itself.
    offers: Callable[[S], Collection[type[C]]]
    #: Raises a `Refusal`, or answers what happens (possibly nothing).
    decide: Callable[[C, S, Context], Sequence[E]]
    evolve: Callable[[S, E], S]

    def fold(self, history: Iterable[E]) -> S:
        """The state after a history."""
        return reduce(self.evolve, history, self.initial)

    def replay(self, history: Iterable[E]) -> Sequence[S]:
        """The state before the first event and after each one: one more state than events."""
        return list(accumulate(history, self.evolve, initial=self.initial))


@message
class Deadline(Generic[C]):
    """What time will ask of a journey, unless something happens first."""

    #: Due from this instant on (aware, inclusive).
    due: datetime
    command: C


def no_deadlines(_: object) -> Sequence[Deadline[Any]]:
    """A kind of journey that time alone never changes."""
    return ()


def no_turns(_: object) -> Sequence[datetime]:
    """A kind of journey whose status, if it has one, changes only with what happens in it."""
    return ()


def never_closed(_: object) -> bool:
    """A kind of journey that somebody may always have to do something about."""
    return False


def draws_nothing(_: object) -> str | None:
    """A command that needs no number of its own."""
    return None


def used_nothing(_: object) -> tuple[str, int] | None:
    """An event that gives no number away."""
    return None


#: How late a fact may be told, unless the journey says otherwise.
USUAL_DELAY: Final = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class Journey(Generic[C, S, E]):
    """One kind of journey, as the record, the doors and the tests need to know it."""

    #: In the record: `job-application`. A numbered journey's stream is `job-application-3`.
    name: str
    #: In addresses: `job-applications`.
    plural: str
    root: RootKind
    #: False for the root's own journey, of which there is exactly one (`candidate`, `organisation`).
    numbered: bool = True
    #: Commands that start a new journey; the others need one that exists.
    opening: tuple[type[C], ...]
    commands: tuple[type[C], ...]
    events: tuple[type[E], ...]
    decider: Decider[C, S, E]
    #: The stages that each command is accepted from: the table that `decide` itself uses.
    accepted_from: Mapping[type[C], Collection[StrEnum]]
    #: Where a state stands, for people and lists.
    stage: Callable[[S], StrEnum]
    #: Which organisations take part, and on which side: what permissions look at.
    parties: Callable[[S], Parties]
    #: What time will ask, given where the journey stands. Commands that only the system issues.
    deadlines: Callable[[S], Sequence[Deadline[C]]] = no_deadlines
    #: Nobody is awaited any more: the journey leaves the lists of open ones, even if it could still be corrected.
    closed: Callable[[S], bool] = never_closed
    #: The series from which a command needs a number that nobody else ever gets (`Context.number`); None for most.
    draws: Callable[[C], str | None] = draws_nothing
    #: The series and the number that an event has used, whoever chose it: no number up to it is drawn any more.
    used: Callable[[E], tuple[str, int] | None] = used_nothing
    #: What is shown beside a state and depends on the instant: a dataclass, which its annotation names. None for most.
    shown: Callable[[S, datetime], Any] | None = None
    #: What people see of a journey that stands differently as time passes: a function of its facts and of *now*, never
    #: stored. None where the stage says it all.
    status: Callable[[S, datetime], StrEnum] | None = None
    #: The instants from which (inclusive) the status may be another one, if nothing happens before.
    turns: Callable[[S], Sequence[datetime]] = no_turns
    #: Commands whose rules look at the organisations that follow the person, beside those that the command names.
    consults: tuple[type[C], ...] = ()
    #: How far in the past a command may say that it happened.
    furthest_back: timedelta = USUAL_DELAY
