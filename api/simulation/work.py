"""The path into work: diagnoses, applications, hires and PASS IAE (les-emplois §2 to §5)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from api.simulation.steps import Life, Step, by
from api.simulation.town import House
from domain.calendar import add_days
from domain.candidate.codes import EmploymentKind
from domain.candidate.commands import DeclareEmploymentFound, RetractEmploymentFound
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import DiagnoseForIae
from domain.hiring.codes import EndReason, ExitCategory
from domain.hiring.commands import CorrectEnd, EndContract, Renew
from domain.iae.right import SuspensionReason
from domain.job_application import commands as apply
from domain.job_application.codes import RefusalReason
from domain.organisation.kinds import Kind
from domain.pass_iae.codes import ProlongationReason
from domain.pass_iae.commands import Prolong, Suspend

APPLICATION: Final = "job-application"
#: What becomes of an application. Without an answer it is refused by time.
ANSWERS: Final = {"accepted": 0.27, "refused": 0.38, "silence": 0.25, "pool": 0.04, "hold": 0.06}
REASONS: Final = {
    RefusalReason.NO_POSITION: 0.3,
    RefusalReason.DID_NOT_COME: 0.2,
    RefusalReason.LACKING_SKILLS: 0.2,
    RefusalReason.NOT_INTERESTED: 0.1,
    RefusalReason.INCOMPATIBLE: 0.1,
    RefusalReason.NOT_MOBILE: 0.1,
}
CRITERIA: Final = (Criterion.RSA, Criterion.DELD, Criterion.QPV, Criterion.SENIOR, Criterion.TH)
APPLICATIONS: Final = {1: 0.55, 2: 0.27, 3: 0.12, 4: 0.06}
ENDS: Final = {
    (EndReason.HIRED_ELSEWHERE, ExitCategory.LASTING_JOB): 0.25,
    (EndReason.HIRED_ELSEWHERE, ExitCategory.TRANSITION_JOB): 0.2,
    (EndReason.TRAINING, ExitCategory.POSITIVE_EXIT): 0.15,
    (EndReason.RESIGNATION, ExitCategory.OTHER_EXIT): 0.25,
    (EndReason.MUTUAL_AGREEMENT, ExitCategory.OTHER_EXIT): 0.15,
}
JOBS: Final = {EmploymentKind.PERMANENT: 0.3, EmploymentKind.FIXED_TERM_LONG: 0.3, EmploymentKind.FIXED_TERM_SHORT: 0.4}
#: What is done with an application before it is answered, or after.
NO: Final = "Nous ne pouvons pas donner suite à cette candidature."
STUDIED: Final = 0.7
HIRE_MOVED: Final = 0.06
HIRE_CANCELLED: Final = 0.05
CONTRACT_BROKEN: Final = 0.3
END_CORRECTED: Final = 0.15
RENEWED: Final = 0.25
SUSPENDED: Final = 0.12
PROLONGED: Final = 0.06
JOB_RETRACTED: Final = 0.04
JOB_TOLD_LATE: Final = 0.5


def into_work(life: Life, prescriber: House) -> Step:
    """A diagnosis, and applications until somebody agrees."""
    draw = life.draw
    diagnosis = DiagnoseForIae(criteria=draw.some(CRITERIA, 3))
    return by(draw, prescriber, draw.days(6), diagnosis, then=tuple(_applications(life, prescriber)))


def _applications(life: Life, prescriber: House) -> Iterator[Step]:
    draw, days = life.draw, 0
    for company in draw.sample(life.place.companies, min(len(life.place.companies), draw.one_of(APPLICATIONS))):
        submitted = apply.Submit(company=company.id, message="Motivée et disponible.", job_descriptions=("poste",))
        yield by(draw, prescriber, days, submitted, then=tuple(_answered(life, company)))
        days += draw.days(9)


def _answered(life: Life, company: House) -> Iterator[Step]:
    draw, answer = life.draw, life.draw.one_of(ANSWERS)
    days = draw.days(9)
    if answer != "silence" and draw.happens(STUDIED):
        yield by(draw, company, min(days, draw.days(3)), apply.StartProcessing(), APPLICATION)
    match answer:
        case "accepted":
            yield _accepted(life, company, days)
        case "refused":
            reason = draw.one_of(REASONS)
            refusal = apply.Refuse(reason=reason, shared=True, answer=NO, answer_to_prescriber=NO)
            yield by(draw, company, days, refusal, APPLICATION)
        case "pool":
            yield by(draw, company, days, apply.AddToPool(), APPLICATION)
        case "hold":
            yield by(draw, company, days, apply.Postpone(), APPLICATION)
        case _:
            pass


def _accepted(life: Life, company: House, days: int) -> Step:
    draw = life.draw
    starts_in, lasts = draw.days(7, most=150), draw.days(150, 0.5, most=720) + 20
    job = "macon" if company.kind is Kind.GEIQ else None

    def agreed(today: date) -> apply.Accept:
        first = add_days(today, starts_in)
        return apply.Accept(starts_on=first, ends_on=add_days(first, lasts), hired_job=job)

    after = tuple(_hired(life, company, starts_in, lasts))
    return Step(days=days, by=draw.choice(company.people), house=company, make=agreed, of=APPLICATION, then=after)


def _hired(life: Life, company: House, starts_in: int, lasts: int) -> Iterator[Step]:
    draw, someone = life.draw, life.draw.choice(company.people)
    if draw.happens(HIRE_CANCELLED):
        yield by(draw, company, draw.randint(0, max(0, starts_in - 1)), apply.CancelHire(), APPLICATION)
        return
    if starts_in > 1 and draw.happens(HIRE_MOVED):
        moved = draw.randint(1, 20)

        def later(today: date) -> apply.ChangeHiringDates:
            first = add_days(today, starts_in - 1 + moved)
            return apply.ChangeHiringDates(starts_on=first, ends_on=add_days(first, lasts))

        yield Step(days=1, by=someone, house=company, make=later, of=APPLICATION)
    if company.kind is not Kind.GEIQ:
        yield from _under_a_pass(life, company, starts_in, lasts)
    if draw.happens(CONTRACT_BROKEN):
        yield _broken(life, company, starts_in + draw.randint(1, lasts))
    elif draw.happens(RENEWED):
        more = draw.randint(30, 360)
        yield Step(
            days=starts_in + lasts - draw.randint(0, 15),
            by=someone,
            house=company,
            make=lambda today: Renew(ends_on=add_days(today, more + 16)),
            of="hiring",
        )


def _broken(life: Life, company: House, days: int) -> Step:
    draw = life.draw
    reason, category = draw.one_of(ENDS)
    told = draw.randint(0, 3)
    corrected: Sequence[Step] = ()
    if draw.happens(END_CORRECTED):
        again = _ended(CorrectEnd, EndReason.MUTUAL_AGREEMENT, ExitCategory.UNKNOWN, told + 5)
        corrected = [Step(days=5, by=draw.choice(company.people), house=company, make=again, of="hiring")]
    ended = _ended(EndContract, reason, category, told)
    return Step(days=days, by=draw.choice(company.people), house=company, make=ended, of="hiring", then=corrected)


def _ended(command: Any, reason: EndReason, category: ExitCategory, ago: int) -> Any:
    return lambda today: command(on=today - timedelta(days=ago), reason=reason, category=category)


def _under_a_pass(life: Life, company: House, starts_in: int, lasts: int) -> Iterator[Step]:
    draw = life.draw
    if draw.happens(SUSPENDED):
        days = draw.randint(20, 200)
        yield Step(
            days=starts_in + draw.randint(5, max(6, lasts)),
            by=draw.choice(company.people),
            house=company,
            make=lambda today: Suspend(
                reason=SuspensionReason.CONTRACT_SUSPENDED, starts_on=today, ends_on=add_days(today, days)
            ),
            of="pass-iae",
        )
    if draw.happens(PROLONGED):
        more = draw.randint(30, 180)
        yield Step(
            days=starts_in + 730 - draw.randint(10, 200),
            by=draw.choice(company.people),
            house=company,
            make=lambda today: Prolong(
                reason=ProlongationReason.COMPLETE_TRAINING, ends_on=add_days(today, 200 + more)
            ),
            of="pass-iae",
        )


def found_alone(life: Life) -> Step:
    """A job outside of the platform, often told late, sometimes by mistake."""
    draw = life.draw
    kind, ago = draw.one_of(JOBS), draw.days(6, most=60) if draw.happens(JOB_TOLD_LATE) else 0
    taken_back = [
        Step(
            days=7,
            by=life.agent,
            house=life.home,
            make=lambda today: RetractEmploymentFound(on=today - timedelta(days=ago + 7)),
            of="candidate",
        )
    ]
    return Step(
        days=ago + draw.days(70, 0.8),
        by=life.agent,
        house=life.home,
        make=lambda today: DeclareEmploymentFound(on=today - timedelta(days=ago), kind=kind),
        of="candidate",
        then=taken_back if draw.happens(JOB_RETRACTED) else (),
    )
