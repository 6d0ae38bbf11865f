"""Twenty-five lives, and where each definition of "without a solution" puts them on five evenings.

Each line of expectations has one cell per evening; a cell has one mark per entry, person or account:
`.` not seen, `i` immature, `w` waiting for 30 days or fewer, `-` without a solution, `+` with one, `x` excluded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from domain.calendar import paris_time
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact, noon


def evening(day: str) -> datetime:
    return paris_time(date.fromisoformat(f"2026-{day}"), time(18))


EVENINGS: Final = tuple(map(evening, ("02-15", "03-02", "03-03", "06-15", "09-15")))


@dataclass(frozen=True)
class Step:
    """Something that happened on a day of 2026 in one account, and was told that day unless said otherwise."""

    what: str
    day: str
    journey: int = 1
    told: str | None = None
    account: str = "a"
    #: The journey that this step's journey is part of.
    whole: int | None = None

    @property
    def on(self) -> date:
        return date.fromisoformat(f"2026-{self.day}")

    @property
    def told_on(self) -> date:
        return date.fromisoformat(f"2026-{self.told}") if self.told else self.on


@dataclass(frozen=True, kw_only=True)
class Life:
    steps: Sequence[Step]
    #: Ours, by the first version; by the second one too unless said otherwise.
    cohort: str
    stock: str
    cohort_2: str | None = None
    stock_2: str | None = None
    #: Today's: operational (impact §2.1), legacy (§2.2), simplified (§2.3).
    operational: str
    legacy: str
    simplified: str

    def expected(self, version: int) -> tuple[str, str]:
        """The cohort and the stock of a version of ours."""
        if version == 1:
            return self.cohort, self.stock
        return self.cohort_2 or self.cohort, self.stock_2 or self.stock

    def facts(self) -> Sequence[Fact]:
        """The milestones of this life: cancelled hires are voided when the cancellation is told."""
        return [self._fact(number, step) for number, step in enumerate(self.steps, 1) if step.what != "cancelled"]

    def _fact(self, number: int, step: Step) -> Fact:
        undone = [s for s in self.steps if (s.what, s.journey) == ("cancelled", step.journey)]
        kind = KINDS[step.what]
        return Fact(
            root=f"candidate/{step.account}",
            root_version=number,
            journey=f"journey-{step.journey}",
            kind=kind,
            occurred_on=step.on,
            recorded_at=noon(step.told_on),
            voided_at=noon(undone[0].told_on) if undone and kind is Kind.HIRE_ACCEPTED else None,
            into_root="candidate/a" if kind is Kind.MERGED else None,
            whole=f"journey-{step.whole}" if step.whole else None,
        )


KINDS: Final = {
    "registered": Kind.REGISTERED,
    "oriented": Kind.ORIENTED,
    "applied": Kind.APPLICATION_SUBMITTED,
    "refused": Kind.APPLICATION_REFUSED,
    "obsolete": Kind.APPLICATION_OBSOLETE,
    "accepted": Kind.HIRE_ACCEPTED,
    "contract started": Kind.CONTRACT_STARTED,
    "contract ended": Kind.CONTRACT_ENDED,
    "immersion started": Kind.IMMERSION_STARTED,
    "immersion ended": Kind.IMMERSION_ENDED,
    "service started": Kind.SERVICE_STARTED,
    "job declared": Kind.EMPLOYMENT_DECLARED,
    "died": Kind.DECEASED,
    "moved away": Kind.MOVED_AWAY,
    "closed": Kind.CLOSED_ADMINISTRATIVELY,
    "opposed": Kind.OPPOSED,
    "merged": Kind.MERGED,
}

LIVES: Final = {
    # The situations of impact §2.1, in its order.
    "registered, never applied: today nobody sees them": Life(
        steps=[Step("registered", "01-31")],
        cohort="i - - - -",
        stock="w w - - -",
        operational=". . . . .",
        legacy="+ + + + +",
        simplified=". . . . .",
    ),
    "oriented, never applied: today nobody sees them": Life(
        steps=[Step("registered", "01-10"), Step("oriented", "01-31")],
        cohort="i - - - -",
        stock="w w - - -",
        operational=". . . . .",
        legacy="+ + + + +",
        simplified=". . . . .",
    ),
    "one application, pending: the day 30 is in time": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31")],
        cohort="i - - - -",
        stock="w w - - -",
        operational="+ + - - .",
        legacy="- - - - -",
        simplified="- - - - .",
    ),
    "one application, refused yesterday": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("refused", "03-02")],
        cohort="i - - - -",
        stock="w w - - -",
        operational="+ + - - .",
        legacy="- - - - -",
        simplified="- - - - .",
    ),
    "working for five months, applies elsewhere today: the acceptance is older than the window of creations": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "02-15"),
            Step("accepted", "04-15"),
            Step("applied", "09-15", 2),
        ],
        cohort="i - - - -",
        stock="w w - + +",
        operational="+ + + + -",
        legacy="+ + + + +",
        simplified="- - - + -",
    ),
    "contract ended last week: without a solution again, for seven days": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "07-01"),
            Step("accepted", "07-15"),
            Step("contract ended", "09-08"),
        ],
        cohort="i - - - -",
        stock="w w - - w",
        operational=". . . . +",
        legacy="+ + + + +",
        simplified=". . . . +",
    ),
    "contract ended six weeks ago: a new spell of more than 30 days": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "04-01"),
            Step("accepted", "04-15"),
            Step("contract ended", "08-01"),
        ],
        cohort="i - - - -",
        stock="w w - + -",
        operational=". . . + +",
        legacy="+ + + + +",
        simplified=". . . + +",
    ),
    "last application six months and one day ago: drops out of today's stock, still jobless": Life(
        steps=[Step("registered", "03-14"), Step("applied", "03-14")],
        cohort=". . . - -",
        stock=". . . - -",
        operational=". . . - .",
        legacy=". . . - -",
        simplified=". . . - .",
    ),
    "accepted, then cancelled: what was published stays what it was": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "02-05"),
            Step("accepted", "02-10"),
            Step("cancelled", "06-01"),
        ],
        cohort="i + + - -",
        stock="+ + + - -",
        operational="+ + + - .",
        legacy="+ + + + +",
        simplified="+ + + - .",
    ),
    "hired elsewhere, through an older application: working, and counted without a solution": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "02-20"),
            Step("applied", "05-01", 2),
            Step("accepted", "06-10"),
            Step("obsolete", "06-10", 2),
        ],
        cohort="i - - - -",
        stock="w w - + +",
        operational=". + + + -",
        legacy="+ + + + +",
        simplified=". - - + -",
    ),
    "hired elsewhere, both applications in the window": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "02-01"),
            Step("applied", "02-01", 2),
            Step("accepted", "02-20", 2),
            Step("obsolete", "02-20"),
        ],
        cohort="i + + + +",
        stock="w + + + +",
        operational="+ + + + .",
        legacy="- + + + +",
        simplified="- + + + .",
    ),
    "found a job outside of the platform, and said so": Life(
        steps=[Step("registered", "01-31"), Step("applied", "02-01"), Step("job declared", "02-10", 2)],
        cohort="i + + + +",
        stock="+ + + + +",
        operational="+ + + - .",
        legacy="- - - - -",
        simplified="- - - - .",
    ),
    # Bounds, late facts, other solutions.
    "hired on the thirtieth day: in time": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("accepted", "03-02")],
        cohort="i + + + +",
        stock="w + + + +",
        operational="+ + + + .",
        legacy="- + + + +",
        simplified="- + + + .",
    ),
    "hired on the thirty-first day: late, whatever the state has become": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("accepted", "03-03")],
        cohort="i - - - -",
        stock="w w + + +",
        operational="+ + + + .",
        legacy="- - + + +",
        simplified="- - + + .",
    ),
    "hired on the tenth day, told in June": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("accepted", "02-10", told="06-01")],
        cohort="i - - + +",
        stock="w w - + +",
        operational="+ + - + .",
        legacy="- - - + +",
        simplified="- - - + .",
    ),
    "a service began: a solution that no application tells": Life(
        steps=[Step("registered", "01-31"), Step("oriented", "02-01"), Step("service started", "02-20")],
        cohort="i i + + +",
        stock="w + + + +",
        operational=". . . . .",
        legacy="+ + + + +",
        simplified=". . . . .",
    ),
    "registered on the 31st, hired ten days later: the legacy window is one day long": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "01-31"),
            Step("refused", "02-03"),
            Step("applied", "02-05", 2),
            Step("accepted", "02-10", 2),
        ],
        cohort="i + + + +",
        stock="+ + + + +",
        operational="+ + + + .",
        legacy="- - - - -",
        simplified="+ + + + .",
    ),
    "an immersion of two weeks: a solution since version 2": Life(
        steps=[Step("registered", "01-31"), Step("immersion started", "02-10"), Step("immersion ended", "02-24")],
        cohort="i - - - -",
        stock="w w - - -",
        cohort_2="i + + + +",
        stock_2="+ w w - -",
        operational=". . . . .",
        legacy="+ + + + +",
        simplified=". . . . .",
    ),
    "a contract that no application led to: a solution since version 2": Life(
        steps=[Step("registered", "01-31"), Step("contract started", "02-20")],
        cohort="i - - - -",
        stock="w w - - -",
        cohort_2="i + + + +",
        stock_2="w + + + +",
        operational=". . . . .",
        legacy="+ + + + +",
        simplified=". . . . .",
    ),
    "the contract of a hire ended: so did the hire": Life(
        steps=[
            Step("registered", "01-31"),
            Step("applied", "02-05"),
            Step("accepted", "02-10"),
            Step("contract started", "03-01", 2, whole=1),
            Step("contract ended", "08-01", 2, whole=1),
        ],
        cohort="i + + + +",
        stock="+ + + + -",
        operational="+ + + + .",
        legacy="+ + + + +",
        simplified="+ + + + .",
    ),
    # Exclusions, duplicates, paths.
    "died within the window": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("died", "02-10")],
        cohort="x x x x x",
        stock="x x x x x",
        operational="+ + - - .",
        legacy="- - - - -",
        simplified="- - - - .",
    ),
    "moved away on day 60: the first 30 days count, and nobody waits any longer": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("moved away", "04-01")],
        cohort="i - - - -",
        stock="w w - x x",
        operational="+ + - - .",
        legacy="- - - - -",
        simplified="- - - - .",
    ),
    "two accounts, found in June to be one person, whom the second got hired in time": Life(
        steps=[
            Step("registered", "01-31"),
            Step("registered", "03-01", account="b"),
            Step("applied", "03-01", account="b"),
            Step("accepted", "03-02", account="b"),
            Step("merged", "06-01", account="b"),
        ],
        cohort="i -i -i +x +x",
        stock="w w+ -+ + +",
        operational=".. .+ .+ .+ ..",
        legacy="+. ++ ++ ++ ++",
        simplified=".. .+ .+ .+ ..",
    ),
    "opposed to being counted": Life(
        steps=[Step("registered", "01-31"), Step("applied", "01-31"), Step("opposed", "04-01")],
        cohort="i - - x x",
        stock="w w - x x",
        operational="+ + - - .",
        legacy="- - - - -",
        simplified="- - - - .",
    ),
    "closed by the administration, back in May: two paths": Life(
        steps=[Step("registered", "01-31"), Step("closed", "02-10"), Step("oriented", "05-01")],
        cohort="x x x x- x-",
        stock="x x x - -",
        operational=". . . . .",
        legacy="+ + + + +",
        simplified=". . . . .",
    ),
}
