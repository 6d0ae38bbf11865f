"""What surrounds the search for work: orientations to services, RSA appointments, immersions."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from api.simulation.steps import WITNESS, Life, Step, by
from api.simulation.town import CATEGORY, House
from domain import orientation
from domain.accompaniment.commands import Begin
from domain.calendar import add_days, paris_time
from domain.immersion import commands as immersion
from domain.immersion.codes import Attendance, ContractKind, ConventionKind, Objective, Person
from domain.immersion.terms import Beneficiary, Contact, Slot, Tutor, WorkDay
from domain.orientation.codes import ContactPreference, Origin, RefusalReason
from domain.rsa.categories import Channel
from domain.rsa_appointment import commands as rsa
from domain.rsa_appointment.codes import BookedBy, InvitationOrigin, Location, ParticipationStatus

ORIENTATION: Final = "orientation"
RSA: Final = "rsa-appointment"
IMMERSION: Final = "immersion"
SERVICES: Final = ("Bilan mobilité", "Aide à la garde d'enfants", "Ateliers numériques", "Accès aux droits")
#: What becomes of an orientation. Without an answer it expires.
ANSWERS: Final = {"accepted": 0.62, "refused": 0.13, "silence": 0.25}
REFUSED: Final = {RefusalReason.SESSION_FULL: 0.4, RefusalReason.UNREACHABLE: 0.35, RefusalReason.NOT_ELIGIBLE: 0.25}
CAME: Final = 0.74
START_CORRECTED: Final = 0.04
BOOKED: Final = 0.68
BECAME: Final = {
    ParticipationStatus.SEEN: 0.66,
    ParticipationStatus.NOSHOW: 0.2,
    ParticipationStatus.EXCUSED: 0.08,
    ParticipationStatus.REVOKED: 0.03,
}
BY_WHOM: Final = {BookedBy.USER: 0.55, BookedBy.AGENT: 0.35, BookedBy.PRESCRIBER: 0.1}
CORRECTED: Final = 0.05
MOVED: Final = 0.05
#: An appointment that is moved is at least so many days ahead.
MOVED_AHEAD: Final = 2
ACCOMPANIED: Final = 0.8
VALIDATED: Final = 0.85
ASSESSED: Final = 0.7
WITH_A_JOB: Final = 0.3
CANCELLED: Final = 0.04
NEVER_CAME: Final = 0.06


def to_a_service(life: Life) -> Step:
    """An orientation, and what became of it."""
    draw = life.draw
    service = draw.choice(life.place.services)
    number = draw.randrange(len(SERVICES))
    sent = orientation.Send(
        origin=Origin.DORA,
        service_id=f"dora--{service.id}-{number}",
        service_name=SERVICES[number],
        receiver=service.id,
        receiver_name=service.name,
        service_contact_email="accueil@example.org",
        weekly_hours=2,
        weeks=draw.randint(1, 12),
        beneficiary_last_name=life.who.last_name,
        beneficiary_first_name=life.who.first_name,
        beneficiary_email=life.who.email,
        contact_preferences=(ContactPreference.EMAIL,),
        referent_last_name="Le Bihan",
        referent_first_name="Camille",
        referent_email="referent@example.org",
        reasons="Ne peut pas se rendre au travail sans aide.",
        service_orientable=True,
        data_protection_commitment=True,
    )
    return by(draw, life.home, draw.days(5, 1.0), sent, then=tuple(_answered(life, service)))


def _answered(life: Life, service: House) -> Iterator[Step]:
    draw, answer, days = life.draw, life.draw.one_of(ANSWERS), life.draw.days(6)
    if answer == "accepted":
        welcome = orientation.Accept(message_to_beneficiary="Bienvenue.", message_to_prescriber="Place réservée.")
        yield by(draw, service, days, welcome, ORIENTATION, then=tuple(_started(life, service)))
    elif answer == "refused":
        refusal = orientation.Refuse(reasons=(draw.one_of(REFUSED),), message="Nous ne pouvons pas donner suite.")
        yield by(draw, service, days, refusal, ORIENTATION)


def _started(life: Life, service: House) -> Iterator[Step]:
    draw, ago = life.draw, life.draw.days(2, most=20)
    if not draw.happens(CAME):
        return
    again = Step(
        days=3,
        by=draw.choice(service.people),
        house=service,
        make=lambda today: orientation.CorrectStart(on=today - timedelta(days=3)),
        of=ORIENTATION,
    )
    yield Step(
        days=ago + draw.days(10),
        by=draw.choice(service.people),
        house=service,
        make=lambda today: orientation.ConfirmStart(on=today - timedelta(days=ago)),
        of=ORIENTATION,
        then=[again] if draw.happens(START_CORRECTED) else (),
    )


def rsa_follow_up(life: Life) -> Step:
    """The council invites, meets and orients the person."""
    draw, council = life.draw, life.place.council
    return by(draw, council, draw.days(4), rsa.Open(category=CATEGORY), then=tuple(_invited(life, council)))


def _invited(life: Life, council: House) -> Iterator[Step]:
    draw = life.draw
    channel = Channel.SMS if draw.happens(0.6) else Channel.EMAIL
    invitation = rsa.Invite(
        channel=channel,
        origin=InvitationOrigin.USERS_INDEX_PAGE,
        organisations=(council.id,),
        bookable=True,
        slots_available=True,
    )
    yield by(draw, council, draw.days(2, most=20), invitation, RSA, then=tuple(_booked(life, council)))


def _booked(life: Life, council: House) -> Iterator[Step]:
    draw = life.draw
    if not draw.happens(BOOKED):
        return
    ahead, reference = 1 + draw.days(12, most=60), f"rdv-{draw.getrandbits(60)}"
    booked_by, hour = draw.one_of(BY_WHOM), draw.randint(9, 16)

    def taken(today: date) -> rsa.RecordAppointment:
        return rsa.RecordAppointment(
            appointment=reference,
            organisation=council.id,
            motif="RSA orientation",
            location=Location.PUBLIC_OFFICE,
            starts_at=_at(today, ahead, hour),
            duration_minutes=45,
            booked_by=booked_by,
        )

    after = tuple(_attended(life, council, ahead, hour))
    yield Step(days=draw.days(4), by=draw.choice(council.people), house=council, make=taken, of=RSA, then=after)


def _attended(life: Life, council: House, ahead: int, hour: int) -> Iterator[Step]:
    draw, someone = life.draw, life.draw.choice(council.people)
    if ahead > MOVED_AHEAD and draw.happens(MOVED):
        ahead += 7
        yield Step(
            days=1,
            by=someone,
            house=council,
            make=lambda today: rsa.ChangeAppointment(participation=1, starts_at=_at(today, ahead - 1, hour)),
            of=RSA,
        )
    became = draw.one_of(BECAME)
    told = ahead + 1 + draw.days(2, most=40)
    yield by(draw, council, told, rsa.SetStatus(participation=1, status=became), RSA)
    if draw.happens(CORRECTED):
        other = ParticipationStatus.SEEN if became is not ParticipationStatus.SEEN else ParticipationStatus.NOSHOW
        yield by(draw, council, told + 4, rsa.SetStatus(participation=1, status=other), RSA)
    if became is ParticipationStatus.SEEN and draw.happens(ACCOMPANIED):
        yield Step(
            days=told + 5,
            by=someone,
            house=council,
            make=lambda today: Begin(type="pro", organisation=council.id, starts_on=today),
        )


def _at(today: date, days: int, hour: int) -> datetime:
    return paris_time(add_days(today, days), time(hour))


def immersion_in_a_company(life: Life) -> Step:
    """A convention that everybody signs, and what the immersion led to."""
    draw = life.draw
    ahead, lasts = draw.randint(3, 30), draw.randint(2, 12)

    def submitted(today: date) -> immersion.Submit:
        return _convention(life, add_days(today, ahead), lasts)

    return Step(
        days=draw.days(25),
        by=life.agent,
        house=life.home,
        make=submitted,
        then=tuple(_signed(life, ahead, lasts)),
    )


def _convention(life: Life, first: date, lasts: int) -> immersion.Submit:
    who = life.who
    days = [add_days(first, day) for day in range(lasts)]
    schedule = [WorkDay(on=day, slots=(Slot(starts=540, ends=960),)) for day in days if day.weekday() < 5]  # noqa: PLR2004 - Saturday
    return immersion.Submit(
        kind=ConventionKind.IMMERSION,
        siret="13000548100010",
        business_name="Boulangerie du Centre",
        starts_on=first,
        ends_on=days[-1],
        schedule=tuple(schedule),
        objective=Objective.DISCOVER,
        appellation_code="11573",
        appellation_label="Boulanger / Boulangère",
        rome_code="D1102",
        activities="Pétrir, façonner, cuire.",
        address=who.address,
        beneficiary=Beneficiary(
            last_name=who.last_name,
            first_name=who.first_name,
            email=who.email,
            phone=f"+33{who.phone[1:]}",
            birth_date=who.born.isoformat(),
        ),
        establishment_representative=Contact(
            last_name="Morel", first_name="Jeanne", email="jeanne@example.org", phone="+33700000002"
        ),
        tutor=Tutor(
            last_name="Petit", first_name="Luc", email="luc@example.org", phone="+33700000003", job="Boulanger"
        ),
        agency=life.place.immersions.id,
    )


def _signed(life: Life, ahead: int, lasts: int) -> Iterator[Step]:
    for days, person in enumerate((Person.BENEFICIARY, Person.ESTABLISHMENT_REPRESENTATIVE)):
        yield _witnessed(days, immersion.Sign(person=person))
    draw, agency = life.draw, life.place.immersions
    if not draw.happens(VALIDATED):
        return
    yield by(draw, agency, 2, immersion.Validate(), IMMERSION)
    if draw.happens(CANCELLED):
        yield by(draw, agency, 3, immersion.Cancel(justification="Fermeture de l'établissement."), IMMERSION)
    elif draw.happens(ASSESSED):
        yield _assessed(life, ahead + lasts + draw.days(4, most=60))


def _assessed(life: Life, days: int) -> Step:
    job, came = life.draw.happens(WITH_A_JOB), not life.draw.happens(NEVER_CAME)

    def made(today: date) -> immersion.CreateAssessment:
        return immersion.CreateAssessment(
            attendance=Attendance.COMPLETED if came else Attendance.DID_NOT_SHOW,
            feedback="Ponctuel et curieux.",
            advice="Un CAP.",
            ended_with_a_job=job and came,
            contract=ContractKind.CDI if job and came else None,
            contract_starts_on=today if job and came else None,
            person=Person.TUTOR,
        )

    return Step(days=days, by=WITNESS, make=made, of=IMMERSION)


def _witnessed(days: int, command: Any) -> Step:
    return Step(days=days, by=WITNESS, make=lambda _: command, of=IMMERSION)
