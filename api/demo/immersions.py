"""What happens to the people of the demonstration: an establishment is asked, and an immersion agreed on and done."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from api.demo.hires import SIRET, agrees
from api.demo.steps import FIRST_APPLICATION, Houses, Person, Step, Story, applies, dated, qualifies, says
from domain.discussion import commands as ask
from domain.discussion.codes import Aim, Audience, ContactMode, RejectionKind, Side
from domain.immersion import commands as convention
from domain.immersion.codes import Attendance, ContractKind, ConventionKind, Objective, SchoolLevel
from domain.immersion.codes import Person as Signatory
from domain.immersion.terms import Beneficiary, Contact, Schooling, Slot, Tutor, WorkDay

FIRST_IMMERSION: Final = "immersion-1"
SECOND_IMMERSION: Final = "immersion-2"
FIRST_DISCUSSION: Final = "discussion-1"
#: Tells what people without an account did.
WITNESS: Final = "immersion-facilitee"
BUSINESS: Final = "Les Jardins du Blosne"
WEEK: Final = timedelta(days=7)
#: From a Monday to the Friday after it.
TO_FRIDAY: Final = timedelta(days=4)
#: From nine to half past twelve, and from half past one to five.
HOURS: Final = (Slot(starts=9 * 60, ends=12 * 60 + 30), Slot(starts=13 * 60 + 30, ends=17 * 60))
SIGNATORIES: Final = (Signatory.BENEFICIARY, Signatory.ESTABLISHMENT_REPRESENTATIVE)


def agrees_on(day: int, ahead: int, weeks: int = 2, agency: str = "mission", **more: Any) -> Step:
    """A convention for some weeks, from the first Monday after so many days."""

    def submitted(on: date, houses: Houses, who: Person) -> convention.Submit:
        starts_on = monday_from(on + timedelta(days=ahead))
        return convention.Submit(
            **{**_days(starts_on, weeks), **_PLACE, **more},
            kind=ConventionKind.MINI_STAGE if agency == "chamber" else ConventionKind.IMMERSION,
            beneficiary=_beneficiary(who, _SCHOOLING if agency == "chamber" else None),
            agency=houses[agency],
        )

    return Step(day, "leila", "mission", submitted)


def monday_from(day: date) -> date:
    """That day, or the Monday after."""
    return day + timedelta(days=-day.weekday() % 7)


def _days(starts_on: date, weeks: int) -> dict[str, Any]:
    mondays = [starts_on + week * WEEK for week in range(weeks)]
    worked = [monday + timedelta(days=place) for monday in mondays for place in range(TO_FRIDAY.days + 1)]
    schedule = tuple(WorkDay(on=day, slots=HOURS) for day in worked)
    return {"starts_on": worked[0], "ends_on": worked[-1], "schedule": schedule}


def _beneficiary(who: Person, schooling: Schooling | None) -> Beneficiary:
    return Beneficiary(
        last_name=who.last_name,
        first_name=who.first_name,
        email=who.email,
        phone=who.phone,
        birth_date=who.birth_date,
        schooling=schooling,
    )


_SCHOOLING: Final = Schooling(
    level=SchoolLevel.HIGHER_1, school="Lycée agricole", school_postcode="35650", address="3 rue du Mail, 35000 Rennes"
)
_PLACE: Final[dict[str, Any]] = {
    "siret": SIRET,
    "business_name": BUSINESS,
    "objective": Objective.RECRUITMENT,
    "appellation_code": "16067",
    "appellation_label": "Maraîcher / Maraîchère",
    "rome_code": "A1414",
    "activities": "Semer, planter, récolter, préparer les paniers.",
    "address": "2 allée des Jardins, 35200 Rennes",
    "establishment_representative": Contact(
        last_name="Le Roy", first_name="Nadia", email="nadia@jardins.example", phone="0639980998"
    ),
    "tutor": Tutor(
        last_name="Hamon", first_name="Luc", email="luc@jardins.example", phone="0639980999", job="Chef de culture"
    ),
}


def signs(day: int, *people: Signatory, of: str = FIRST_IMMERSION) -> tuple[Step, ...]:
    """What the service that knows who they are tells; everybody if it does not say who."""
    return tuple(says(day, WITNESS, "", convention.Sign(person=each), of) for each in people or SIGNATORIES)


def decides(day: int, by: str, command: Any, of: str = FIRST_IMMERSION) -> Step:
    """What the agency answers."""
    return says(day, by, "mission", command, of)


def validated(day: int, of: str = FIRST_IMMERSION) -> tuple[Step, ...]:
    """Found eligible by one person and validated by another."""
    return (decides(day, "leila", convention.FindEligible(), of), decides(day + 1, "gael", convention.Validate(), of))


def agreed(ahead: int, weeks: int = 2, **more: Any) -> tuple[Step, ...]:
    """Submitted on the first day, signed two days later, validated after another two."""
    return (agrees_on(0, ahead, weeks, **more), *signs(2), *validated(3))


def assessed(day: int, attendance: Attendance, job_in: int | None = None) -> Step:
    """What the tutor says of it, and of the job that begins so many days later."""

    def told(on: date) -> convention.CreateAssessment:
        return convention.CreateAssessment(
            attendance=attendance,
            feedback="Ponctuelle et attentive, à l'aise en équipe.",
            advice="Poursuivre dans le maraîchage.",
            ended_with_a_job=job_in is not None,
            contract=None if job_in is None else ContractKind.CONTRAT_INSERTION,
            contract_starts_on=None if job_in is None else on + timedelta(days=job_in),
            person=Signatory.TUTOR,
        )

    return dated(day, WITNESS, "", told, FIRST_IMMERSION)


def _goes_on(on: date) -> convention.Renew:
    return convention.Renew(
        convention=FIRST_IMMERSION,
        **_days(monday_from(on + WEEK), 1),
        justification="Voir une semaine de récolte entière.",
    )


def asks(day: int) -> Step:
    """The establishment is asked, by e-mail."""

    def asked(_: date, __: Houses, who: Person) -> ask.Open:
        return ask.Open(
            audience=Audience.IMMERSION,
            siret=SIRET,
            business_name=BUSINESS,
            contact_mode=ContactMode.EMAIL,
            appellation_code="16067",
            appellation_label="Maraîcher / Maraîchère",
            aim=Aim.DISCOVER,
            last_name=who.last_name,
            first_name=who.first_name,
            email=who.email,
            phone=who.phone,
            dates="Le mois prochain.",
            message="Je voudrais découvrir votre métier pendant deux semaines.",
            establishment_available=True,
        )

    return Step(day, "leila", "mission", asked)


def answers(day: int, command: Any) -> Step:
    """What the establishment says."""
    return says(day, WITNESS, "", command, FIRST_DISCUSSION)


def _story(title: str, began: Sequence[int], *steps: Step) -> Story:
    return Story(title=title, by="leila", house="mission", began=began, steps=steps)


_COME: Final = ask.Write(side=Side.ESTABLISHMENT, subject="Votre demande", text="Venez nous voir lundi à neuf heures.")
_AGREES: Final = convention.SignAssessment(agrees=True, person=Signatory.BENEFICIARY)
#: The day on which an immersion of two weeks, agreed on nine days ahead, is over.
OVER: Final = 30
_TO_A_HIRE: Final = (
    asks(1),
    answers(3, _COME),
    agrees_on(4, 9, discussion=FIRST_DISCUSSION),
    *signs(6),
    *validated(7),
    assessed(OVER + 2, Attendance.COMPLETED, job_in=9),
    qualifies(OVER + 5, "leila", "mission"),
    applies(OVER + 6, "workshop", "leila", "mission"),
    dated(OVER + 9, "nadia", "workshop", agrees(starts_in=2, lasts=180), FIRST_APPLICATION),
)

IMMERSIONS: Final[Sequence[Story]] = (
    _story("an establishment is asked", (5,), asks(1)),
    _story(
        "an establishment is asked, and has no time", (52,), asks(1), answers(6, ask.Reject(kind=RejectionKind.NO_TIME))
    ),
    _story("an establishment is asked, and never answers", (120,), asks(1)),
    _story("the establishment says yes, the immersion is done, and a hire comes of it", (230,), *_TO_A_HIRE),
    _story(
        "the establishment says yes, the immersion is done, the person agrees with what is said of it, and is hired",
        (75,),
        *_TO_A_HIRE,
        says(OVER + 3, WITNESS, "", _AGREES, FIRST_IMMERSION),
    ),
    _story("a convention that nobody has signed yet", (2,), agrees_on(0, 20)),
    _story("a convention that the person has signed", (3,), agrees_on(0, 20), *signs(1, Signatory.BENEFICIARY)),
    _story("a convention that the agency reads", (4,), agrees_on(0, 20), *signs(2)),
    _story(
        "found eligible, and not validated yet",
        (6,),
        agrees_on(0, 20),
        *signs(2),
        decides(3, "leila", convention.FindEligible()),
    ),
    _story("validated, and not begun", (8,), *agreed(ahead=20)),
    _story("in the establishment", (14,), *agreed(ahead=5, weeks=4)),
    _story("done, and the tutor has not said how it went", (45,), *agreed(ahead=9)),
    _story("validated, and never there", (70,), *agreed(ahead=9), assessed(OVER, Attendance.DID_NOT_SHOW)),
    _story(
        "an immersion that goes on",
        (48,),
        *agreed(ahead=9),
        dated(OVER - 6, "leila", "mission", _goes_on),
        *signs(OVER - 4, of=SECOND_IMMERSION),
        *validated(OVER - 3, of=SECOND_IMMERSION),
    ),
    _story(
        "rejected by the agency",
        (50,),
        agrees_on(0, 20),
        *signs(2),
        decides(4, "gael", convention.Reject(justification="Le projet demande d'abord une formation.")),
    ),
    _story(
        "validated, then cancelled",
        (55,),
        *agreed(ahead=20),
        decides(10, "gael", convention.Cancel(justification="L'entreprise ferme cette semaine-là.")),
    ),
    _story(
        "a convention that was never signed by all, a month after its days",
        (90,),
        agrees_on(0, 20),
        *signs(2, Signatory.BENEFICIARY),
    ),
    _story(
        "a few days of a student, through a chamber",
        (40,),
        agrees_on(0, 9, weeks=1, agency="chamber"),
        *signs(2),
        says(3, "mael", "chamber", convention.Validate(), FIRST_IMMERSION),
        assessed(25, Attendance.COMPLETED),
    ),
)
