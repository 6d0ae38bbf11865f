"""What becomes of many: solutions of every kind, told in time, late or by mistake, and none."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from api.demo.appointments import OVER, became, begins, expected, follows, invites, was_there
from api.demo.hires import agrees
from api.demo.immersions import OVER as IMMERSION_OVER
from api.demo.immersions import agreed, assessed
from api.demo.steps import (
    FIRST_APPLICATION,
    FIRST_HIRE,
    NO_PLACE,
    SECOND_APPLICATION,
    WELCOME,
    Step,
    applies,
    dated,
    finds_work,
    is_answered,
    is_sent,
    joins,
    leaves,
    qualifies,
    refuses,
    says,
    starts,
)
from api.demo.towns import One
from domain.candidate import commands as candidate
from domain.candidate.codes import ClosingReason
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import DiagnoseForIae
from domain.hiring.codes import EndReason, ExitCategory
from domain.hiring.commands import EndContract
from domain.immersion.codes import Attendance
from domain.job_application.codes import RefusalReason
from domain.rsa_appointment import commands as rsa
from domain.rsa_appointment.codes import ParticipationStatus

MONTH: Final = 30
#: Some is told so many days after it happened: figures change when it is.
LATE: Final = 70
#: For how many days many are hired.
CONTRACT: Final = 120
SECOND_FOLLOW_UP: Final = "rsa-appointment-2"
#: Establishments that welcome, so many that none makes most of what tells of them.
ESTABLISHMENTS: Final = (
    ("13000548199905", "Maraîchage de la Vilaine"),
    ("13000548199913", "Boulangerie du Mail"),
    ("13000548199921", "Menuiserie Hoche"),
    ("13000548199939", "Crèche des Tilleuls"),
)


def path(one: One) -> Iterator[Step]:
    """What becomes of somebody whom an agency registers."""
    if one.number % 4 == 1:
        yield is_sent(1, *one.town.agency, one.town.mobility[1])
        yield from _is_welcome(one)
    yield from OUTCOMES[(one.drawn * 5 + one.month * 3) % len(OUTCOMES)](one)


def _is_welcome(one: One) -> Sequence[Step]:
    """The service begins after more than thirty days: it is no solution of the first ones."""
    by, house = one.town.mobility
    answers = (
        (is_answered(8, WELCOME, by, house), starts(45, by, house)),
        (is_answered(8, WELCOME, by, house), starts(50, by, house)),
        (is_answered(9, NO_PLACE, by, house),),
        (is_answered(12, NO_PLACE, by, house),),
        (),
    )
    return answers[one.number // 4 % len(answers)]


def _works(one: One) -> Sequence[Step]:
    """Told in time, but where things take long."""
    return (finds_work(6 + one.later, *one.town.agency, told=LATE if one.town.slower > 5 else 0),)  # noqa: PLR2004


def _works_and_tells_it_late(one: One) -> Sequence[Step]:
    return (finds_work(9 + one.later, *one.town.agency, told=LATE),)


def _does_not_work_after_all(one: One) -> Sequence[Step]:
    def retracted(on: date) -> candidate.RetractEmploymentFound:
        return candidate.RetractEmploymentFound(on=on - timedelta(days=LATE))

    undone = dated(9 + one.later + LATE, *one.town.agency, retracted, "candidate")
    return finds_work(9 + one.later, *one.town.agency), undone


def _is_hired(one: One) -> Sequence[Step]:
    return (*_asks(one), *_begins_to_work(one, FIRST_APPLICATION))


def _is_hired_elsewhere(one: One) -> Sequence[Step]:
    """Refused by one company, and hired by another."""
    first = one.workshop(1)
    refused = refuses(5, *first, RefusalReason.LACKING_SKILLS)
    again = applies(6, one.workshop()[1], *one.town.agency)
    return (*_asks(one, further=1), refused, again, *_begins_to_work(one, SECOND_APPLICATION))


def _is_hired_by_whom_they_know(one: One) -> Sequence[Step]:
    """The company itself finds that the person qualifies."""
    by, house = one.workshop()
    return (
        joins(1, by, house),
        says(1, by, house, DiagnoseForIae(criteria=(Criterion.RSA,)), None),
        applies(2, house, by, house),
        *_begins_to_work(one, FIRST_APPLICATION),
    )


def _begins_to_work(one: One, application: str) -> Sequence[Step]:
    by, house = one.workshop()
    hired = dated(12 + one.later, by, house, agrees(lasts=CONTRACT), application)
    left = 12 + one.later + CONTRACT - MONTH

    def resigns(on: date) -> EndContract:
        return EndContract(on=on, reason=EndReason.RESIGNATION, category=ExitCategory.OTHER_EXIT)

    ends = ((leaves(left, by, house),), (dated(left, by, house, resigns, FIRST_HIRE),), ())
    return (hired, *ends[one.turn % len(ends)])


def _is_refused(one: One) -> Sequence[Step]:
    return (*_asks(one), refuses(14 + one.later, *one.workshop(), RefusalReason.LACKING_SKILLS))


def _moves_away(one: One) -> Sequence[Step]:
    gone = candidate.ClosePath(reason=ClosingReason.MOVED_AWAY)
    return (says(14 + one.later, *one.town.agency, gone, "candidate"),)


def _waits(_: One) -> Sequence[Step]:
    return ()


def _asks(one: One, further: int = 0) -> Sequence[Step]:
    """An application that nobody has answered yet."""
    return qualifies(1, *one.town.agency), applies(2, one.workshop(further)[1], *one.town.agency)


OUTCOMES: Final[Sequence[Callable[[One], Sequence[Step]]]] = (
    *(_works, _works_and_tells_it_late, _works_and_tells_it_late, _works_and_tells_it_late),
    *(_works_and_tells_it_late, _does_not_work_after_all, _is_hired, _is_hired_elsewhere, _is_hired_by_whom_they_know),
    *(_is_refused, _asks, _moves_away, _waits, _waits, _waits, _waits),
)


def towards_an_accompaniment(number: int) -> Sequence[Step]:
    """What becomes of somebody whom the council follows up: there, not there, nobody says so, or no appointment."""
    said = 9 + OVER
    comes = (*_IN_A_WEEK, *was_there(said))
    again = (follows(said + 1, rsa.Open(category="rsa_accompagnement"), journey=None),)
    accompanied = (
        expected(said + 3, 7, of=SECOND_FOLLOW_UP),
        became(said + 10 + OVER, ParticipationStatus.SEEN, of=SECOND_FOLLOW_UP),
    )
    courses: Sequence[Sequence[Step]] = (
        (*comes, *again, *accompanied),
        (*comes, *again),
        (*_IN_A_WEEK, became(said, ParticipationStatus.NOSHOW)),
        _IN_A_WEEK,
        (),
    )
    return (begins(), invites(0), *courses[number % len(courses)])


_IN_A_WEEK: Final = (expected(2, 7),)


def with_an_immersion(number: int) -> Sequence[Step]:
    """What becomes of somebody who goes to an establishment for two weeks, or does not."""
    siret, name = ESTABLISHMENTS[number % len(ESTABLISHMENTS)]
    said = ATTENDANCES[number % len(ATTENDANCES)]
    told = () if said is None else (assessed(IMMERSION_OVER + 2, said),)
    works = (finds_work(IMMERSION_OVER + 20, "leila", "mission"),) if number % 5 in {0, 1} else ()
    return (*agreed(9, siret=siret, business_name=name), *told, *works)


#: How it went, as far as the tutor tells.
ATTENDANCES: Final = (Attendance.COMPLETED, Attendance.DID_NOT_SHOW, None)
