"""The three definitions in use today, wrong as they are (impact §2.1, §2.2, §2.3), over facts of applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import add_months, paris_day
from tests.projections.indicators.facts import noon
from tests.projections.indicators.golden import Step

CLOSING = ("accepted", "refused", "cancelled", "obsolete")


@dataclass(frozen=True)
class Application:
    created_on: date
    #: The current state, never the state at day 30.
    state: str


@dataclass(frozen=True)
class Account:
    """An account as the warehouse has it on the evening it is asked: only states, and no other day than today."""

    registered_on: date | None
    applications: Sequence[Application]
    today: date

    @classmethod
    def exported(cls, steps: Sequence[Step], account: str, evening: datetime) -> "Account":
        told = [step for step in steps if step.account == account and noon(step.told_on) <= evening]
        registered = [step.on for step in told if step.what == "registered"]
        return cls(
            registered_on=min(registered, default=None),
            applications=[cls._application(told, step) for step in told if step.what == "applied"],
            today=paris_day(evening),
        )

    @staticmethod
    def _application(told: Sequence[Step], applied: Step) -> Application:
        answers = [step for step in told if step.journey == applied.journey and step.what in CLOSING]
        latest = max(answers, key=lambda step: step.told_on, default=None)
        return Application(applied.on, latest.what if latest else "new")

    def operational(self) -> str:
        """Active in the last six months, none of those applications accepted, first one ever > 30 days ago."""
        if not self._recent():
            return "."
        first = min(application.created_on for application in self.applications)
        waited = self.today - first > timedelta(days=30)
        return "-" if waited and not any(one.state == "accepted" for one in self._recent()) else "+"

    def legacy(self) -> str:
        """Of those registered, no accepted application among those created by the first day of the next month."""
        if self.registered_on is None:
            return "."
        until = add_months(self.registered_on.replace(day=1), 1)
        seen = [one for one in self.applications if self.registered_on <= one.created_on <= until]
        return "-" if seen and not any(one.state == "accepted" for one in seen) else "+"

    def simplified(self) -> str:
        """Active in the last six months and no accepted application. No 30 days at all."""
        if not self._recent():
            return "."
        return "+" if any(one.state == "accepted" for one in self._recent()) else "-"

    def _recent(self) -> Sequence[Application]:
        since = add_months(self.today, -6)
        return [one for one in self.applications if one.created_on >= since]
