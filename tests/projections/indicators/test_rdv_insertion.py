"""The scenarios of RDV-insertion's statistics, by their number (rdv-insertion §12.F), on our definitions."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from psycopg import Connection

from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import newest
from projections.indicators.figures import Figure, Share, Times
from projections.indicators.measuring import measured
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import noon, on, store
from tests.projections.indicators.test_traps import fact

MARCH_1: Final = date(2022, 3, 1)
MARCH_17: Final = date(2022, 3, 17)
ORIENTATION, ACCOMPANIMENT = "rsa_orientation", "rsa_accompagnement"
Told = tuple[Kind, date, str]


def people(*lives: Sequence[Told]) -> Sequence[Any]:
    """Everybody's facts."""
    return [
        fact(kind, day, f"candidate/{number}", root_version=rank, detail=detail, journey=f"rsa-appointment-{detail}")
        for number, life in enumerate(lives, 1)
        for rank, (kind, day, detail) in enumerate(life, 1)
    ]


def figures(connection: Connection[Any], name: str, first: date, day: date) -> Sequence[Figure]:
    definition = newest(name)
    assert definition is not None
    asked = Question(definition=definition, known=Knowledge(noon(day)), months=Months(first, day))
    return measured(connection, asked)


def rate(found: Sequence[Figure]) -> tuple[int, int]:
    """Numerator and denominator of all months together."""
    parts: Counter[str] = Counter()
    for figure in found:
        if isinstance(figure.result, Share):
            parts.update(numerator=figure.result.numerator, denominator=figure.result.denominator)
    return parts["numerator"], parts["denominator"]


def opened(day: date, purpose: str) -> Told:
    return (Kind.FOLLOW_UP_OPENED, day, purpose)


def seen(day: date, purpose: str) -> Told:
    return (Kind.APPOINTMENT_SEEN, day, purpose)


def test_f02_one_of_three_is_oriented_within_45_days_and_the_young_cohort_waits(milestones: Connection[Any]) -> None:
    first, today = opened(MARCH_1, ORIENTATION), date(2022, 4, 25)
    recent = on(today, -20)
    store(
        milestones,
        people(
            [first, seen(on(MARCH_1, 2), ORIENTATION)],
            [first, seen(on(MARCH_1, 46), ORIENTATION)],
            [first],
            [opened(recent, ORIENTATION), seen(on(recent, 1), ORIENTATION)],
        ),
    )
    found = figures(milestones, "rsa-oriented-45-days", MARCH_1, today)
    assert (rate(found), [figure.waiting for figure in found]) == ((1, 3), [0, 1])


def test_f04_two_of_six_are_accompanied_within_30_days(milestones: Connection[Any]) -> None:
    first, today = opened(MARCH_17, ACCOMPANIMENT), date(2022, 5, 10)
    recent = on(today, -25)
    long_ago = seen(on(MARCH_17, -45), ORIENTATION)
    store(
        milestones,
        people(
            [first, seen(on(MARCH_17, 2), ACCOMPANIMENT)],
            [first, seen(on(MARCH_17, 31), ACCOMPANIMENT)],
            [first],
            [opened(recent, ACCOMPANIMENT), seen(on(recent, 1), ACCOMPANIMENT)],
            [first, seen(on(MARCH_17, 10), ORIENTATION), seen(on(MARCH_17, 31), ACCOMPANIMENT)],
            [long_ago, first, seen(on(MARCH_17, 31), ACCOMPANIMENT)],
            [long_ago, first, seen(on(MARCH_17, 2), ACCOMPANIMENT)],
        ),
    )
    assert rate(figures(milestones, "rsa-accompanied-30-days", date(2022, 1, 1), today)) == (2, 6)


def test_f06_the_delay_from_invitation_to_booking_is_in_calendar_days(milestones: Connection[Any]) -> None:
    """From 3 March 10:00 to 5 March 9:59: two calendar days; RDV-insertion counts one whole day (impact §12.9)."""
    march_3, march_5, later = date(2025, 3, 3), date(2025, 3, 5), date(2025, 4, 30)
    invited, booked = (Kind.INVITED, march_3, "sms"), (Kind.APPOINTMENT_BOOKED, march_5, "user")
    store(
        milestones,
        [
            fact(kind, day, "candidate/1", root_version=rank, detail=detail, journey="rsa-appointment-1")
            for rank, (kind, day, detail) in enumerate([invited, booked], 1)
        ],
    )
    (figure, _) = figures(milestones, "invitation-to-booking", march_3, later)
    assert figure.times == Times(median=2, p80=2)


def test_f08_half_of_those_invited_book_themselves(milestones: Connection[Any]) -> None:
    invited = (Kind.INVITED, MARCH_1, "sms")
    by = [[(Kind.APPOINTMENT_BOOKED, on(MARCH_1, 3), who)] for who in ("user", "user", "agent")]
    store(milestones, people(*[[invited, *booked] for booked in [*by, []]]))
    assert rate(figures(milestones, "autonomy", MARCH_1, date(2022, 7, 1))) == (2, 4)


def test_f10_months_come_in_order_however_they_were_recorded(milestones: Connection[Any]) -> None:
    july, june, august = date(2023, 7, 5), date(2023, 6, 5), date(2023, 8, 5)
    seen_then = [[seen(month, ORIENTATION)] for month in [july] * 4 + [june] * 2 + [august] * 6]
    store(milestones, people(*seen_then))
    found = figures(milestones, "appointment-untold", june, august)
    counts = [figure.result.denominator for figure in found if isinstance(figure.result, Share)]
    assert ([figure.month for figure in found], counts) == (
        [date(2023, 6, 1), date(2023, 7, 1), date(2023, 8, 1)],
        [2, 4, 6],
    )
