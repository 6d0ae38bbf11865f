"""Simulated time: what is to happen, each thing at its instant, and what the rules ask of time by themselves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from heapq import heappop, heappush
from itertools import count

from application.deadlines import Due, pass_deadlines
from application.desk import Desk, Outcome, Request
from application.dossiers import Standing, kind_of, stand
from application.errands import Came


@dataclass
class SimulatedClock:
    """`application.ports.Clock` that is set by hand."""

    at: datetime

    def now(self) -> datetime:
        """The instant that it was set to."""
        return self.at


@dataclass(order=True, slots=True)
class _Moment:
    at: datetime
    rank: int
    act: Callable[[], None] = field(compare=False)


@dataclass
class Agenda:
    """What is still to happen. Whoever submits through it has the deadlines of the dossier passed in their time."""

    desk: Desk
    clock: SimulatedClock
    _moments: list[_Moment] = field(default_factory=list)
    _ranks: Iterator[int] = field(default_factory=count)
    _awaited: set[Due] = field(default_factory=set)
    #: As the last thing that happened to them left the dossiers.
    _standings: dict[str, Standing] = field(default_factory=dict)

    def plan(self, at: datetime, act: Callable[[], None]) -> None:
        """Do something at an instant; of one instant, in the order of planning."""
        heappush(self._moments, _Moment(at, next(self._ranks), act))

    def pass_until(self, now: datetime) -> Iterator[datetime]:
        """Let time pass; tells the instant of each thing that has happened."""
        while self._moments and self._moments[0].at <= now:
            moment = heappop(self._moments)
            self.clock.at = max(self.clock.at, moment.at)
            moment.act()
            yield self.clock.at

    def submit(self, request: Request) -> Outcome:
        """Ask the desk, now. Raises what it raises."""
        outcome = self.desk.submit(request)
        self._wait_for_deadlines(outcome.root, outcome.standing)
        return outcome

    def _wait_for_deadlines(self, root: str, standing: Standing) -> None:
        self._standings[root] = standing
        for due in self._listed(root):
            if due not in self._awaited:
                self._awaited.add(due)
                self.plan(due.due, partial(self._pass, due))

    def _listed(self, root: str) -> Iterator[Due]:
        """What time asks of a dossier as it stands."""
        for journey, state in self._standings[root].cases.items():
            for deadline in self.desk.catalogue[kind_of(journey)].deadlines(state):
                yield Due(root=root, journey=journey, due=deadline.due, command=deadline.command)

    def _pass(self, due: Due) -> None:
        # What a rule refuses now may be due again, from the same instant on.
        self._awaited.discard(due)
        if due in self._listed(due.root) and pass_deadlines(self.desk, [due])[Came.RECORDED]:
            self._wait_for_deadlines(due.root, stand(self.desk.catalogue, self.desk.journal.load(due.root)))
