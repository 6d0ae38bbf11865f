"""What happens to the people of the demonstration: followed up for the RSA, invited, expected, and accompanied."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from api.demo.steps import Houses, Person, Step, Story, joins
from domain.accompaniment import commands as accompany
from domain.calendar import PARIS
from domain.candidate.commands import LeaveOrganisation
from domain.rsa.categories import Channel
from domain.rsa_appointment import commands as rsa
from domain.rsa_appointment.codes import BookedBy, InvitationOrigin, Location, ParticipationStatus

FIRST_FOLLOW_UP: Final = "rsa-appointment-1"
ORIENTATION: Final = "rsa_orientation"
#: The last weekday.
FRIDAY: Final = 4
#: So many days after a day for which an appointment is sought, it is over, weekend or not.
OVER: Final = 3


def follows(day: int, command: Any, hour: int = 10, journey: str | None = FIRST_FOLLOW_UP) -> Step:
    """What the council says."""
    return Step(day, "odile", "council", lambda *_: command, journey, hour)


def begins() -> Step:
    """The person is followed up, on the first day."""
    return follows(0, rsa.Open(category=ORIENTATION), journey=None)


def invites(day: int) -> Step:
    """An e-mail that offers the person to take an appointment."""

    def invited(_: date, houses: Houses, __: Person) -> rsa.Invite:
        return rsa.Invite(
            channel=Channel.EMAIL,
            origin=InvitationOrigin.USERS_INDEX_PAGE,
            organisations=(houses["council"],),
            bookable=True,
            slots_available=True,
        )

    return Step(day, "odile", "council", invited, FIRST_FOLLOW_UP, hour=11)


def expected(day: int, ahead: int, by: BookedBy = BookedBy.USER, of: str = FIRST_FOLLOW_UP) -> Step:
    """A seat in an appointment so many days later, or on the Monday after; alone, or among others if summoned."""
    summoned = by is BookedBy.AGENT

    def booked(on: date, houses: Houses, _: Person) -> rsa.RecordAppointment:
        starts_at = half_past_nine(on + timedelta(days=ahead))
        return rsa.RecordAppointment(
            appointment=f"rdv-solidarites--{starts_at:%Y%m%d}{'-collectif' if summoned else ''}",
            organisation=houses["council"],
            motif="RSA - information collective" if summoned else "RSA - orientation",
            collective=summoned,
            location=Location.PUBLIC_OFFICE,
            starts_at=starts_at,
            duration_minutes=90 if summoned else 45,
            address="13 avenue de Cucillé, 35000 Rennes",
            booked_by=by,
            capacity=20 if summoned else None,
        )

    return Step(day, "odile", "council", booked, of)


def half_past_nine(day: date) -> datetime:
    """In the morning of a weekday: that day, or the next one that is one."""
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, time(9, 30), PARIS)


def became(day: int, status: ParticipationStatus, participation: int = 1, of: str = FIRST_FOLLOW_UP) -> Step:
    """What became of the person's seat."""
    return follows(day, rsa.SetStatus(participation=participation, status=status), journey=of)


def was_there(day: int, participation: int = 1) -> tuple[Step, ...]:
    """The person came, and is oriented towards work."""
    oriented = rsa.RecordOutcome(participation=participation, type="pro")
    return (became(day, ParticipationStatus.SEEN, participation), follows(day, oriented, hour=11))


def accompanies(day: int, house: str, kind: str, referent: str, *, shorten: bool = False) -> Step:
    """An accompaniment that begins that day; the one before ends on its eve."""

    def begun(on: date, houses: Houses, _: Person) -> accompany.Begin:
        return accompany.Begin(
            type=kind,
            organisation=houses[house],
            starts_on=on,
            referent=referent,  # type: ignore[arg-type]
            shorten=shorten,
        )

    return Step(day, "odile", "council", begun)


def _story(title: str, began: Sequence[int], *steps: Step) -> Story:
    return Story(title=title, by="odile", house="council", began=began, steps=(begins(), *steps))


def _leaves(_: date, houses: Houses, __: Person) -> LeaveOrganisation:
    return LeaveOrganisation(organisation=houses["council"])


_IN_A_WEEK: Final = (invites(0), expected(2, 7))
_SAID: Final = 2 + 7 + OVER

FOLLOW_UPS: Final[Sequence[Story]] = (
    _story("followed up, and not invited yet", (2,)),
    _story("invited, and reminded", (5,), invites(0)),
    _story("invited, and no answer in ten days", (30,), invites(0)),
    _story(
        "invited, reminded, expected, not there, invited again, there, oriented, and accompanied",
        (280, 160, 96, 40),
        invites(0),
        expected(5, 7),
        became(12 + OVER, ParticipationStatus.NOSHOW),
        invites(16),
        expected(18, 6),
        *was_there(24 + OVER, participation=2),
        accompanies(28, "council", "pro", "karim"),
    ),
    _story("expected", (9,), invites(0), expected(3, 14)),
    _story("summoned with others", (3,), expected(0, 14, BookedBy.AGENT)),
    _story("summoned with others, reminded, and there", (60, 61), expected(0, 14, BookedBy.AGENT), *was_there(20)),
    _story("expected, and nobody has said what became of it", (25,), *_IN_A_WEEK),
    _story("expected, and not there", (33,), *_IN_A_WEEK, became(_SAID, ParticipationStatus.NOSHOW)),
    _story("expected, and put off by the council", (34,), *_IN_A_WEEK, became(4, ParticipationStatus.REVOKED)),
    _story("expected, and excused", (35,), *_IN_A_WEEK, became(5, ParticipationStatus.EXCUSED)),
    _story("there, and dealt with", (110,), *_IN_A_WEEK, *was_there(_SAID), follows(30, rsa.Close())),
    _story(
        "followed up, and left by the council before anything happened",
        (60,),
        joins(3, "camille", "agency"),
        Step(20, "odile", "council", _leaves, "candidate"),
    ),
    _story(
        "accompanied towards a social life, then towards work by somebody else",
        (150,),
        *_IN_A_WEEK,
        *was_there(_SAID),
        accompanies(20, "council", "social", "karim"),
        accompanies(90, "delegate", "pro", "sonia", shorten=True),
    ),
    _story(
        "accompanied by mistake",
        (80,),
        accompanies(10, "council", "social", "karim"),
        follows(11, accompany.Cancel(), journey="accompaniment-1"),
    ),
)
