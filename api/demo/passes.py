"""What happens to the people of the demonstration: a PASS IAE paused, prolonged, over, and what the ASP is told."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from api.demo.hires import HIRED, exchanged, hired, quits
from api.demo.steps import FIRST_HIRE, SECOND_APPLICATION, Step, Story, accepts, applies, dated, says
from domain.hiring import commands as hiring
from domain.iae.right import PASS_DAYS, SuspensionReason
from domain.pass_iae import commands as right
from domain.pass_iae.codes import DenialReason, ProlongationReason, ProposedAction

FIRST_RIGHT: Final = "pass-iae-1"
#: The day after the first one that is the last of the PASS of `hired`.
LAST_DAY: Final = HIRED + PASS_DAYS - 1


def company(day: int, make: Callable[[date], Any]) -> Step:
    """What the ACI says of the PASS."""
    return dated(day, "nadia", "workshop", make, FIRST_RIGHT)


def suspends(day: int, lasts: int | None = None, why: SuspensionReason = SuspensionReason.CONTRACT_SUSPENDED) -> Step:
    """A pause from that day on, for as long as can be if nobody knows."""

    def paused(on: date) -> right.Suspend:
        return right.Suspend(reason=why, starts_on=on, ends_on=on + timedelta(days=lasts - 1) if lasts else None)

    return company(day, paused)


def asks(day: int, more: int) -> Step:
    """A prolongation by so many days, of somebody of fifty or more: the prescriber is asked."""

    def asked(on: date, houses: Any, _: Any) -> right.RequestProlongation:
        return right.RequestProlongation(
            reason=ProlongationReason.SENIOR,
            ends_on=on + timedelta(days=LAST_DAY - day + more),
            organisation=houses["agency"],
            prescriber="camille",  # type: ignore[arg-type]
        )

    return Step(day, "nadia", "workshop", asked, FIRST_RIGHT)


def answers(day: int, answer: Any) -> Step:
    """Any member of the organisation that was asked answers."""
    return says(day, "yann", "agency", answer, FIRST_RIGHT)


def _in_training(on: date) -> right.Prolong:
    """By a hundred days, said four hundred days after the first one."""
    last = on + timedelta(days=LAST_DAY - 400)
    return right.Prolong(reason=ProlongationReason.COMPLETE_TRAINING, ends_on=last + timedelta(days=100))


_SENT: Final = hiring.SendEmployeeRecord(file="RIAE_FS_2", line=1)
_PROCESSED: Final = hiring.ProcessEmployeeRecord(code="0000")
_REJECTED: Final = hiring.RejectEmployeeRecord(code="3200")
_DENIED: Final = right.DenyProlongation(
    number=1,
    reason=DenialReason.IAE,
    explanation="Le projet professionnel est abouti.",
    proposed_actions=(ProposedAction.EXIT_IAE,),
    proposed_actions_explanation="Accompagnement vers un emploi durable.",
)

PASSES: Final[Sequence[Story]] = (
    Story(
        title="at work, the PASS IAE paused",
        began=(150,),
        steps=(*hired(), *exchanged(20, _SENT, _PROCESSED), suspends(100)),
    ),
    Story(
        title="the PASS IAE paused until a day, which came",
        began=(240,),
        steps=(
            *hired(),
            *exchanged(20, _SENT, _PROCESSED),
            suspends(60, lasts=60),
            says(62, "staff", "", hiring.SendUpdateNotification(), FIRST_HIRE),
            says(63, "staff", "", hiring.AnswerUpdateNotification(accepted=True), FIRST_HIRE),
        ),
    ),
    Story(
        title="back at work before the pause was over",
        began=(233,),
        steps=(
            *hired(),
            *exchanged(20, _SENT),
            suspends(60, lasts=120),
            company(90, lambda on: right.ReturnToWork(number=1, on=on)),
        ),
    ),
    Story(
        title="the pause ended by a hire elsewhere",
        began=(210,),
        steps=(
            *hired(),
            *exchanged(20, _SENT, _REJECTED),
            quits(60),
            suspends(61, why=SuspensionReason.CONTRACT_BROKEN),
            applies(100, "enterprise"),
            accepts(110, "paul", "enterprise", SECOND_APPLICATION),
        ),
    ),
    Story(
        title="the PASS IAE prolonged for a training",
        began=(520,),
        steps=(*hired(), *exchanged(20, _SENT), company(400, _in_training)),
    ),
    Story(title="a prolongation asked for", began=(435,), steps=(*hired(), *exchanged(20), asks(400, 200))),
    Story(
        title="a prolongation asked for, and granted",
        began=(560,),
        steps=(*hired(), asks(400, 365), answers(415, right.GrantProlongation(number=1))),
    ),
    Story(
        title="a prolongation asked for, and denied",
        began=(540,),
        steps=(
            *hired(),
            *exchanged(20, _SENT, _PROCESSED, hiring.DisableEmployeeRecord()),
            asks(400, 365),
            answers(410, _DENIED),
        ),
    ),
    Story(title="two years of PASS IAE are over, and two years to wait", began=(900,), steps=hired(lasts=700)),
    Story(
        title="left, and the PASS IAE ended by staff",
        began=(153,),
        steps=(*hired(), quits(60), dated(80, "staff", "", lambda _: right.Terminate(), FIRST_RIGHT)),
    ),
    Story(
        title="over for so long that the employee record is archived",
        began=(1000,),
        steps=(*hired(lasts=365), *exchanged(20, _SENT, _PROCESSED)),
    ),
)
