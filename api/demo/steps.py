"""What stories are made of: commands, the day after the first one, and who issues them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from api.demo.services import CHECK_UP, called
from domain import orientation
from domain.candidate import commands as candidate
from domain.candidate.codes import EmploymentKind
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import DiagnoseForIae
from domain.hiring import commands as hiring
from domain.hiring.codes import EndReason, ExitCategory
from domain.job_application import commands as apply
from domain.job_application.codes import RefusalReason as NoHire
from domain.orientation.codes import ContactPreference, Origin
from domain.orientation.codes import RefusalReason as NoService
from domain.vocabulary import OrganisationId

FIRST_APPLICATION: Final = "job-application-1"
SECOND_APPLICATION: Final = "job-application-2"
FIRST_HIRE: Final = "hiring-1"
FIRST_ORIENTATION: Final = "orientation-1"

#: The identifiers of the houses, by their names in the cast.
Houses = Mapping[str, OrganisationId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is oriented."""

    first_name: str
    last_name: str
    email: str
    phone: str
    #: An ISO day.
    birth_date: str
    #: None of somebody whose numbers nobody knows.
    france_travail_id: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One command. `make` is told the day on which it is issued."""

    day: int
    by: str
    house: str
    make: Callable[[date, Houses, Person], Any]
    journey: str | None = None
    hour: int = 10
    #: The registration, which opens the dossier.
    opens: bool = False


def joins(day: int, by: str, house: str) -> Step:
    """A house starts to follow the person."""
    return Step(
        day, by, house, lambda _on, houses, _who: candidate.JoinOrganisation(organisation=houses[house]), "candidate"
    )


def dated(day: int, by: str, house: str, make: Callable[[date], Any], journey: str | None = None) -> Step:
    """A command that depends on the day alone."""
    return Step(day, by, house, lambda on, _houses, _who: make(on), journey)


def says(day: int, by: str, house: str, command: Any, journey: str | None) -> Step:
    """A command that needs nothing of the day or the person."""
    return Step(day, by, house, lambda _on, _houses, _who: command, journey)


def applies(day: int, company: str, by: str = "camille", house: str = "agency") -> Step:
    """An application to a company."""
    return Step(
        day,
        by,
        house,
        lambda _on, houses, who: apply.Submit(
            company=houses[company], message=f"{who.first_name} cherche un poste et peut commencer vite."
        ),
    )


def qualifies(day: int, by: str = "camille", house: str = "agency") -> Step:
    """An authorised prescriber finds that the person qualifies for the IAE."""
    return Step(day, by, house, lambda *_: DiagnoseForIae(criteria=(Criterion.DELD,)))


def leaves(day: int, by: str, house: str) -> Step:
    """The first contract is broken for a job elsewhere."""
    return Step(
        day,
        by,
        house,
        lambda on, _houses, _who: hiring.EndContract(
            on=on, reason=EndReason.HIRED_ELSEWHERE, category=ExitCategory.POSITIVE_EXIT
        ),
        FIRST_HIRE,
    )


def accepts(day: int, by: str, house: str, journey: str = FIRST_APPLICATION) -> Step:
    """A hire that starts a week later."""
    return dated(day, by, house, lambda on: apply.Accept(starts_on=on + timedelta(days=7)), journey)


def refuses(day: int, by: str, house: str, reason: NoHire, journey: str = FIRST_APPLICATION) -> Step:
    """A refusal, answered to the person and to the prescriber."""
    refusal = apply.Refuse(
        reason=reason,
        shared=True,
        answer="Nous ne pouvons pas donner suite à votre candidature.",
        answer_to_prescriber="Le poste demande une expérience que cette personne n'a pas encore.",
    )
    return says(day, by, house, refusal, journey)


def is_sent(day: int, by: str = "camille", house: str = "agency", to: str = "mobility") -> Step:
    """An orientation towards a mobility service."""
    return Step(day, by, house, lambda _on, houses, who: _send(houses[to], called(to), who))


def _send(receiver: OrganisationId, service_id: str, who: Person) -> Any:
    return orientation.Send(
        origin=Origin.DORA,
        service_id=service_id,
        service_name=CHECK_UP,
        receiver=receiver,
        receiver_name="Wimoov",
        service_contact_email="accueil@wimoov.example",
        weekly_hours=2,
        weeks=6,
        beneficiary_last_name=who.last_name,
        beneficiary_first_name=who.first_name,
        beneficiary_email=who.email,
        contact_preferences=(ContactPreference.EMAIL,),
        referent_last_name="Le Bihan",
        referent_first_name="Camille",
        referent_email="referent@agence.example",
        reasons="N'a ni permis ni véhicule pour se rendre au travail.",
        service_orientable=True,
        data_protection_commitment=True,
    )


WELCOME: Final = orientation.Accept(
    message_to_beneficiary="Nous vous attendons pour un premier rendez-vous.", message_to_prescriber="Place réservée."
)
NO_PLACE: Final = orientation.Refuse(reasons=(NoService.SESSION_FULL,), message="La session est complète.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What one kind of path is made of: a registration on day 0, then these steps."""

    title: str
    #: Who registers the person.
    by: str = "camille"
    house: str = "agency"
    steps: Sequence[Step] = field(default_factory=tuple)
    #: How many days ago it begins, each time that it is told; several times in the last year if it does not say.
    began: Sequence[int] = ()
    #: Whether the person's France Travail identifier is known.
    known: bool = True
    #: Where the person lives, if that is known.
    address: str | None = None


def is_answered(day: int, answer: Any, by: str = "ines", house: str = "mobility") -> Step:
    """The mobility service answers."""
    return says(day, by, house, answer, FIRST_ORIENTATION)


def starts(day: int, by: str = "ines", house: str = "mobility") -> Step:
    """The person came to the mobility service that day."""
    return dated(day, by, house, lambda on: orientation.ConfirmStart(on=on), FIRST_ORIENTATION)


def finds_work(day: int, by: str = "camille", house: str = "agency", told: int = 0) -> Step:
    """A job found outside the platform, told so many days later."""

    def found(on: date) -> candidate.DeclareEmploymentFound:
        return candidate.DeclareEmploymentFound(on=on - timedelta(days=told), kind=EmploymentKind.PERMANENT)

    return dated(day + told, by, house, found, "candidate")
