"""What hires, diagnoses and PASS IAE ask of each other: the side effects of les-emplois, appendix A."""

from collections.abc import Iterable

from application.consequence import Consequence
from domain.eligibility_check import commands as diagnosis
from domain.hiring import Hiring, hiring_journey
from domain.hiring import commands as hiring
from domain.hiring.events import Cancelled, DatesChanged
from domain.iae.hire import Hire, hire_of, hires_under
from domain.iae.right import Right
from domain.job_application import JobApplication, agreed_at
from domain.job_application import commands as application
from domain.job_application.codes import Delivery
from domain.job_application.events import Accepted, HireCancelled, HiringDatesChanged
from domain.journey import Dossier
from domain.pass_iae import commands as pass_iae
from domain.pass_iae import events as pass_iae_events
from domain.pass_iae import pass_iae_journey


def a_hire_is_declared(journey: str, event: Accepted, dossier: Dossier) -> Iterable[Consequence]:
    """An acceptance opens the hire that it agrees on (les-emplois §4.7)."""
    case = dossier.of(JobApplication)[journey]
    if case.company is None:
        return []
    declared = hiring.Declare(
        application=journey,
        company=case.company,
        company_kinds=case.company_kinds,
        agreed_at=agreed_at(case) or event.at,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        diagnosis=event.diagnosis,
        pass_iae=event.pass_iae,
    )
    return [Consequence(journey=hiring_journey.name, command=declared)]


def the_hire_gets_its_pass(journey: str, event: Accepted, dossier: Dossier) -> Iterable[Consequence]:
    """A valid PASS serves the hire too; else one is issued, unless staff has to look at the case (§4.7, step 3)."""
    case = dossier.of(JobApplication)[journey]
    if event.pass_iae is not None:
        serves = pass_iae.ServeHire(application=journey, starts_on=event.starts_on, company=case.company)
        return [Consequence(journey=event.pass_iae, command=serves)]
    if event.delivery is not Delivery.AUTOMATIC or case.company is None:
        return []
    issued = pass_iae.Issue(
        application=journey,
        starts_on=event.starts_on,
        diagnosis=event.diagnosis,
        company=case.company,
        company_kinds=case.company_kinds,
        sender_kind=case.sender_kind or "",
        sender_kinds=case.sender_kinds,
    )
    return [Consequence(journey=pass_iae_journey.name, command=issued)]


def the_diagnosis_knows_the_hire(journey: str, event: Accepted, _: Dossier) -> Iterable[Consequence]:
    """The diagnosis that is attached is certified, and says who was hired on it (les-emplois §4.7, step 8)."""
    if event.diagnosis is None:
        return []
    recorded = diagnosis.RecordHire(application=journey, starts_on=event.starts_on)
    return [
        Consequence(journey=event.diagnosis, command=recorded),
        Consequence(journey=event.diagnosis, command=diagnosis.RequestCertification()),
    ]


def the_hire_moves(journey: str, event: HiringDatesChanged, dossier: Dossier) -> Iterable[Consequence]:
    """New dates of an application are those of its hire."""
    hire = hire_of(dossier, journey)
    moved = hiring.ChangeDates(starts_on=event.starts_on, ends_on=event.ends_on)
    return [] if hire is None else [Consequence(journey=hire, command=moved)]


def the_diagnosis_follows_the_hire(journey: str, event: HiringDatesChanged, dossier: Dossier) -> Iterable[Consequence]:
    """The diagnosis knows from when the person is at work."""
    made = dossier.of(JobApplication)[journey].diagnosis
    recorded = diagnosis.RecordHire(application=journey, starts_on=event.starts_on)
    return [] if made is None else [Consequence(journey=made, command=recorded)]


def the_pass_moves_with_its_first_hire(journey: str, _: DatesChanged, dossier: Dossier) -> Iterable[Consequence]:
    """A PASS that has not started starts with the first of its hires, not with the one that moved (quirk 20)."""
    right = dossier.of(Hire)[journey].pass_iae
    if right is None:
        return []
    first = min(hire.starts_on for hire in hires_under(dossier, right).values())
    return [Consequence(journey=right, command=pass_iae.MoveStart(starts_on=first))]


def the_diagnosis_is_released(journey: str, _: HireCancelled, dossier: Dossier) -> Iterable[Consequence]:
    """Nobody was hired on the diagnosis after all; it is kept (les-emplois, appendix A)."""
    hire = hire_of(dossier, journey)
    made = None if hire is None else dossier.of(Hire)[hire].diagnosis
    return [] if made is None else [Consequence(journey=made, command=diagnosis.ReleaseFromHire(application=journey))]


def the_hire_is_cancelled(journey: str, _: HireCancelled, dossier: Dossier) -> Iterable[Consequence]:
    """A hire given up by its application does not take place (les-emplois §4.8)."""
    hire = hire_of(dossier, journey)
    return [] if hire is None else [Consequence(journey=hire, command=hiring.Cancel())]


def the_pass_goes_with_its_only_hire(journey: str, _: Cancelled, dossier: Dossier) -> Iterable[Consequence]:
    """A PASS under which nobody else hires is cancelled; otherwise it stays as it is (les-emplois §4.8)."""
    hire = dossier.of(Hire)[journey]
    if hire.pass_iae is None or hires_under(dossier, hire.pass_iae):
        return []
    return [Consequence(journey=hire.pass_iae, command=pass_iae.Cancel(because_of=hire.application))]


def the_hire_stands_under_its_pass(
    journey: str, event: pass_iae_events.Issued, dossier: Dossier
) -> Iterable[Consequence]:
    """The application, its hire and its diagnosis know the PASS that they led to (les-emplois §4.7)."""
    hire = None if event.application is None else hire_of(dossier, event.application)
    asked: list[Consequence] = []
    if event.application is not None and hire is not None:
        asked.append(Consequence(journey=event.application, command=application.RecordPass(pass_iae=journey)))
        asked.append(Consequence(journey=hire, command=hiring.RecordPass(pass_iae=journey)))
    if event.diagnosis is not None:
        asked.append(Consequence(journey=event.diagnosis, command=diagnosis.RecordPass(pass_iae=journey)))
    return asked


def hires_lose_their_pass(journey: str, _: pass_iae_events.Cancelled, dossier: Dossier) -> Iterable[Consequence]:
    """A PASS that is cancelled is unlinked from what stands under it, which stays (les-emplois §5.8)."""
    accepted = [name for name, case in dossier.of(JobApplication).items() if case.pass_iae == journey]
    lost = [(name, application.RecordPass(pass_iae=None)) for name in accepted]
    hired = [(name, hiring.RecordPass(pass_iae=None)) for name in hires_under(dossier, journey)]
    return [Consequence(journey=name, command=command) for name, command in (*lost, *hired)]


def hires_follow_their_pass(journey: str, _: object, dossier: Dossier) -> Iterable[Consequence]:
    """Whatever moves the days of a PASS is told to the employee records under it (les-emplois §5.10)."""
    right = dossier.of(Right)[journey]
    days = right.starts_on, right.ends_on
    return [
        Consequence(journey=name, command=hiring.FollowPass())
        for name, hire in hires_under(dossier, journey).items()
        if isinstance(hire, Hiring) and (hire.pass_starts_on, hire.pass_ends_on) != days
    ]
