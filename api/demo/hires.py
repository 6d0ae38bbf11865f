"""What happens to the people of the demonstration: diagnoses, and how a hire gets its PASS IAE."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from api.demo.steps import FIRST_APPLICATION, FIRST_HIRE, Houses, Person, Step, Story, applies, dated, qualifies, says
from domain.eligibility_check import commands as diagnosis
from domain.eligibility_check.codes import Answer, Criterion
from domain.hiring import commands as hiring
from domain.hiring.codes import EndReason, ExitCategory
from domain.job_application import commands as apply
from domain.pass_iae.commands import DeliverByHand

FIRST_DIAGNOSIS: Final = "eligibility-check-1"
SECOND_DIAGNOSIS: Final = "eligibility-check-2"
#: An establishment that the ASP knows.
SIRET: Final = "13000548100010"
#: The day after the first one on which the company of `hired` agrees, and the person starts to work.
HIRED: Final = 9


def agrees(starts_in: int = 0, lasts: int | None = None, **more: Any) -> Callable[[date], apply.Accept]:
    """A hire that starts so many days later, for so many days."""

    def agreed(on: date) -> apply.Accept:
        first = on + timedelta(days=starts_in)
        return apply.Accept(starts_on=first, ends_on=first + timedelta(days=lasts - 1) if lasts else None, **more)

    return agreed


def hired(lasts: int | None = None) -> tuple[Step, ...]:
    """Sent by a prescriber who found that the person qualifies, and hired at once by the ACI."""
    accepted = dated(HIRED, "nadia", "workshop", agrees(lasts=lasts), FIRST_APPLICATION)
    return (qualifies(1), applies(2, "workshop"), accepted)


def contract(day: int, make: Callable[[date], Any]) -> Step:
    """What the ACI says of its contract."""
    return dated(day, "nadia", "workshop", make, FIRST_HIRE)


def quits(day: int) -> Step:
    """The contract is broken."""
    return contract(
        day,
        lambda on: hiring.EndContract(on=on, reason=EndReason.RESIGNATION, category=ExitCategory.OTHER_EXIT),
    )


def exchanged(day: int, *commands: Any) -> tuple[Step, ...]:
    """An employee record begun that day and completed the day after, then what goes to the ASP and comes back."""
    begun: tuple[Any, ...] = (hiring.CreateEmployeeRecord(siret=SIRET), hiring.CompleteEmployeeRecord())
    own = [says(day + place, "luc", "workshop", command, FIRST_HIRE) for place, command in enumerate(begun)]
    others = [says(day + place, "staff", "", command, FIRST_HIRE) for place, command in enumerate(commands, 2)]
    return (*own, *others)


def _by_hand(on: date, houses: Houses, _: Person) -> DeliverByHand:
    return DeliverByHand(
        application=FIRST_APPLICATION,
        starts_on=on,
        diagnosis=FIRST_DIAGNOSIS,
        company=houses["workshop"],
        company_kinds=("aci",),
        sender_kind="prescriber",
        sender_kinds=("ft",),
    )


_RENEWED: Final = diagnosis.RenewForIae(diagnosis=FIRST_DIAGNOSIS, criteria=(Criterion.DELD, Criterion.PM))
_BY_SIAE: Final = diagnosis.DiagnoseForIae(criteria=(Criterion.RSA, Criterion.QPV))
_BY_GEIQ: Final = diagnosis.DiagnoseForGeiq(criteria=(Criterion.QPV,))
_UPDATED: Final = diagnosis.UpdateForGeiq(criteria=(Criterion.QPV, Criterion.JEUNE_SQ))


def _benefits(on: date) -> diagnosis.RecordAnswer:
    since = on - timedelta(days=200)
    return diagnosis.RecordAnswer(criterion=Criterion.RSA, answer=Answer.BENEFICIARY, since=since.isoformat())


def _ran_its_term(on: date) -> hiring.CorrectEnd:
    """Said ten days after the last one."""
    last = on - timedelta(days=10)
    return hiring.CorrectEnd(on=last, reason=EndReason.TERM_REACHED, category=ExitCategory.LASTING_JOB)


DIAGNOSES: Final[Sequence[Story]] = (
    Story(title="qualified, and not hired yet", began=(12,), steps=(qualifies(1),)),
    Story(title="qualified, and hired by nobody in six months", began=(260,), steps=(qualifies(1),)),
    Story(
        title="qualified again before the first diagnosis was over",
        began=(230,),
        steps=(qualifies(1), says(150, "camille", "agency", _RENEWED, None)),
    ),
    Story(
        title="qualified by the company that hires, on criteria of which one is certified",
        began=(140,),
        steps=(
            applies(2, "workshop"),
            says(8, "nadia", "workshop", _BY_SIAE, None),
            dated(9, "parcours", "", _benefits, FIRST_DIAGNOSIS),
            dated(12, "nadia", "workshop", agrees(lasts=365), FIRST_APPLICATION),
            *exchanged(20),
        ),
    ),
    Story(
        title="hired by a GEIQ on its own diagnosis",
        by="leila",
        house="mission",
        began=(160,),
        steps=(
            applies(2, "group", "leila", "mission"),
            says(8, "soizic", "group", _BY_GEIQ, None),
            says(20, "soizic", "group", _UPDATED, FIRST_DIAGNOSIS),
            dated(30, "soizic", "group", agrees(starts_in=3, hired_job="macon"), FIRST_APPLICATION),
        ),
    ),
    Story(
        title="qualified by a GEIQ, then by a prescriber",
        began=(100,),
        steps=(
            applies(2, "group"),
            says(5, "soizic", "group", _BY_GEIQ, None),
            says(20, "camille", "agency", diagnosis.DiagnoseForGeiq(), None),
        ),
    ),
)

HIRES: Final[Sequence[Story]] = (
    Story(
        title="an application that is studied",
        began=(9,),
        steps=(applies(1, "workshop"), says(4, "luc", "workshop", apply.StartProcessing(), FIRST_APPLICATION)),
    ),
    Story(
        title="hired unknown to the State, PASS IAE delivered by staff",
        began=(90,),
        known=False,
        steps=(*hired(), Step(15, "staff", "", _by_hand)),
    ),
    Story(title="hired unknown to the State, PASS IAE still waited for", began=(13,), known=False, steps=hired()),
    Story(
        title="hired unknown to the State, and no PASS IAE",
        began=(70,),
        known=False,
        steps=(*hired(), says(25, "staff", "", apply.RefuseDelivery(), FIRST_APPLICATION)),
    ),
    Story(
        title="hired from a day that has not come",
        began=(6,),
        steps=(
            qualifies(1),
            applies(2, "workshop"),
            dated(4, "luc", "workshop", agrees(starts_in=20), FIRST_APPLICATION),
        ),
    ),
    Story(
        title="hired, and hired on",
        began=(200,),
        steps=(
            *hired(lasts=120),
            contract(100, lambda on: hiring.Renew(ends_on=on + timedelta(days=365))),
            *exchanged(12, hiring.SendEmployeeRecord(file="RIAE_FS_1", line=4)),
        ),
    ),
    Story(
        title="hired until a day, which came",
        began=(220,),
        steps=(*hired(lasts=90), contract(HIRED + 99, _ran_its_term), exchanged(20)[0]),
    ),
    Story(
        title="said to have left, which was not so, and there until the last day",
        began=(130,),
        steps=(*hired(lasts=60), quits(50), contract(90, lambda _: hiring.RetractEnd())),
    ),
)
