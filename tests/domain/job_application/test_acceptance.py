from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import add_days
from domain.job_application import JobApplicationEvent, pending
from domain.job_application.codes import ContractType, Delivery, Origin, QualificationLevel, QualificationType, Stage
from domain.job_application.commands import Accept, CancelHire, ChangeHiringDates, RenderObsolete
from domain.job_application.events import Accepted, HireCancelled, HiringDatesChanged, Postponed, RenderedObsolete
from domain.job_application.refusals import (
    ContractIncoherent,
    EndsBeforeItStarts,
    HiredJobNeeded,
    HireHasStarted,
    HireNotCancellable,
    HoursOutOfBounds,
    InvertedVaeMisplaced,
    LevelNeeded,
    OnlyForGeiq,
    StartsInThePast,
    StartsTooLate,
    WrongStage,
)
from domain.job_application.rules import decider
from domain.job_application.state import JobApplication
from domain.job_application.terms import HireTerms, terms_of
from domain.journey import Dossier, Refusal
from domain.vocabulary import OrganisationProfile, Subject
from tests.domain.job_application.samples import (
    ACI,
    GEIQ,
    GROUNDS,
    NOUR,
    NOW,
    OPCS,
    TODAY,
    acting_for,
    hired,
    history,
    sent,
    standing,
)
from tests.spec import given

YESTERDAY = add_days(TODAY, -1)
FOR_A_JOB = Accept(starts_on=TODAY, hired_job="job-1")
APPRENTICE = replace(FOR_A_JOB, contract_type=ContractType.APPRENTICESHIP, weekly_hours=35)


def test_a_company_hires() -> None:
    command = Accept(starts_on=TODAY, ends_on=TODAY, hired_job="job-1", answer="Bienvenue", advisor=NOUR.subject)
    given(decider, sent(ACI)).within(acting_for(ACI)).when(command).then(
        Accepted(
            at=NOW,
            starts_on=TODAY,
            ends_on=TODAY,
            hired_job="job-1",
            answer="Bienvenue",
            advisor=NOUR.subject,
            **GROUNDS,
        )
    )


def test_the_state_keeps_the_terms_of_the_hire() -> None:
    case = decider.fold([sent(ACI), hired()])
    assert case.hire == HireTerms(starts_on=date(2025, 6, 16), ends_on=date(2025, 12, 31), hired_job="job-1")
    assert case.processed_at == NOW


def test_a_hire_is_known_with_what_it_is_attached_to_and_what_was_said_of_it() -> None:
    past: list[JobApplicationEvent] = [
        replace(sent(ACI), advisor=Subject("alix")),
        Postponed(at=NOW, answer="Plus tard"),
    ]
    agreed = replace(hired(), diagnosis="eligibility-check-1", pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC)
    case = decider.fold([*past, agreed])
    assert (case.diagnosis, case.pass_iae, case.delivery) == (
        "eligibility-check-1",
        "pass-iae-1",
        Delivery.AUTOMATIC,
    )
    assert (case.advisor, case.answer) == (Subject("alix"), "Plus tard")
    told = decider.fold([*past, replace(agreed, advisor=NOUR.subject, answer="Bienvenue")])
    assert (told.advisor, told.answer) == (NOUR.subject, "Bienvenue")


def test_a_hire_starts_today_at_the_earliest() -> None:
    given(decider, sent(ACI)).within(acting_for(ACI)).when(Accept(starts_on=YESTERDAY)).refused(StartsInThePast)
    given(decider, sent(ACI)).within(acting_for(ACI)).when(Accept(starts_on=TODAY)).then(
        Accepted(at=NOW, starts_on=TODAY, **GROUNDS)
    )


@pytest.mark.parametrize(
    ("start", "details"),
    [(YESTERDAY, {"earliest": TODAY}), (date(2026, 1, 1), {"latest": date(2025, 12, 10)})],
)
def test_a_refused_start_says_which_days_would_do(start: date, details: dict[str, date]) -> None:
    with pytest.raises((StartsInThePast, StartsTooLate)) as caught:
        decider.decide(Accept(starts_on=start), standing(Stage.NEW), acting_for(ACI))
    assert caught.value.details == details


def test_today_is_the_day_in_paris() -> None:
    late = datetime(2025, 6, 9, 22, 30, tzinfo=UTC)
    given(decider, sent(ACI)).within(acting_for(ACI, late)).when(Accept(starts_on=YESTERDAY)).refused(StartsInThePast)


def test_a_geiq_may_record_a_past_hire() -> None:
    command = replace(FOR_A_JOB, starts_on=date(2024, 1, 1))
    given(decider, sent(GEIQ)).within(acting_for(GEIQ)).when(command).then(Accepted(at=NOW, **terms_of(command)))


@pytest.mark.parametrize(
    ("today", "latest"),
    [
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2025, 6, 10), date(2025, 12, 10)),
        (date(2025, 12, 29), date(2026, 6, 29)),
    ],
)
def test_a_hire_starts_within_six_calendar_months(today: date, latest: date) -> None:
    at = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    scenario = given(decider, sent(ACI, at)).within(acting_for(ACI, at))
    scenario.when(Accept(starts_on=latest)).then(Accepted(at=at, starts_on=latest, **GROUNDS))
    scenario.when(Accept(starts_on=add_days(latest, 1))).refused(StartsTooLate)


def test_a_hire_does_not_end_before_it_starts() -> None:
    command = Accept(starts_on=TODAY, ends_on=YESTERDAY)
    given(decider, sent(ACI)).within(acting_for(ACI)).when(command).refused(EndsBeforeItStarts)


def test_a_geiq_names_the_job_and_another_company_need_not() -> None:
    given(decider, sent(GEIQ)).within(acting_for(GEIQ)).when(Accept(starts_on=TODAY)).refused(HiredJobNeeded)


@pytest.mark.parametrize(
    "command",
    [
        replace(FOR_A_JOB, contract_type=ContractType.APPRENTICESHIP),
        replace(FOR_A_JOB, contract_details="Tutorat"),
        replace(FOR_A_JOB, weekly_hours=35),
        replace(FOR_A_JOB, training_hours=0),
        replace(FOR_A_JOB, inverted_vae=True),
        replace(FOR_A_JOB, qualification_type=QualificationType.CQP),
        replace(FOR_A_JOB, qualification_level=QualificationLevel.LEVEL_3),
    ],
)
def test_only_a_geiq_describes_its_contract(command: Accept) -> None:
    given(decider, sent(ACI)).within(acting_for(ACI)).when(command).refused(OnlyForGeiq)


@pytest.mark.parametrize(
    "command",
    [
        FOR_A_JOB,
        APPRENTICE,
        replace(APPRENTICE, weekly_hours=1),
        replace(APPRENTICE, weekly_hours=48, training_hours=0),
        replace(APPRENTICE, contract_type=ContractType.OTHER, contract_details="CDD senior"),
        replace(APPRENTICE, contract_type=ContractType.PROFESSIONAL_TRAINING, inverted_vae=True),
        replace(
            APPRENTICE,
            qualification_type=QualificationType.STATE_DIPLOMA,
            qualification_level=QualificationLevel.LEVEL_3,
        ),
        replace(
            APPRENTICE,
            qualification_type=QualificationType.CCN,
            qualification_level=QualificationLevel.NOT_RELEVANT,
        ),
    ],
)
def test_a_geiq_hires_on_a_coherent_contract(command: Accept) -> None:
    given(decider, sent(GEIQ)).within(acting_for(GEIQ)).when(command).then(Accepted(at=NOW, **terms_of(command)))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(APPRENTICE, weekly_hours=None), ContractIncoherent),
        (replace(FOR_A_JOB, weekly_hours=35), ContractIncoherent),
        (replace(FOR_A_JOB, contract_details="CDD senior"), ContractIncoherent),
        (replace(APPRENTICE, contract_details="CDD senior"), ContractIncoherent),
        (replace(APPRENTICE, contract_type=ContractType.OTHER), ContractIncoherent),
        (replace(APPRENTICE, weekly_hours=0), HoursOutOfBounds),
        (replace(APPRENTICE, weekly_hours=49), HoursOutOfBounds),
        (replace(APPRENTICE, training_hours=-1), HoursOutOfBounds),
        (replace(APPRENTICE, inverted_vae=True), InvertedVaeMisplaced),
        (
            replace(
                APPRENTICE,
                qualification_type=QualificationType.STATE_DIPLOMA,
                qualification_level=QualificationLevel.NOT_RELEVANT,
            ),
            LevelNeeded,
        ),
    ],
)
def test_a_geiq_does_not_hire_on_an_incoherent_contract(command: Accept, refusal: type[Refusal]) -> None:
    given(decider, sent(GEIQ)).within(acting_for(GEIQ)).when(command).refused(refusal)


def rendered_obsolete(dossier: Dossier, because_of: str) -> Dossier:
    """What the policy of the desk does after an acceptance."""
    after = dict(dossier.cases)
    for name in pending(dossier, but=because_of):
        for event in decider.decide(RenderObsolete(because_of=because_of), after[name], acting_for(None)):
            after[name] = decider.evolve(after[name], event)
    return Dossier(after)


def test_a2_accepting_an_obsolete_application_makes_the_pending_ones_obsolete() -> None:
    stages = [Stage.NEW, Stage.PROCESSING, Stage.POSTPONED, Stage.ACCEPTED, Stage.OBSOLETE, Stage.OBSOLETE]
    cases = {f"job-application-{number}": standing(stage) for number, stage in enumerate(stages, start=1)}
    (event,) = decider.decide(Accept(starts_on=TODAY), cases["job-application-6"], acting_for(ACI))
    cases["job-application-6"] = decider.evolve(cases["job-application-6"], event)
    after = rendered_obsolete(Dossier(cases), "job-application-6")
    found = [case.stage for case in after.of(JobApplication).values()]
    assert found == [Stage.OBSOLETE] * 3 + [Stage.ACCEPTED, Stage.OBSOLETE, Stage.ACCEPTED]


@pytest.mark.parametrize("company", [GEIQ, OPCS])
def test_a12_a_geiq_or_an_opcs_makes_the_others_obsolete_too(company: OrganisationProfile) -> None:
    (accepted,) = decider.decide(FOR_A_JOB, standing(Stage.NEW, company), acting_for(company))
    cases = {
        "job-application-1": standing(Stage.NEW, ACI),
        "job-application-2": decider.evolve(standing(Stage.NEW, company), accepted),
    }
    after = rendered_obsolete(Dossier(cases), "job-application-2").of(JobApplication)
    assert [case.stage for case in after.values()] == [Stage.OBSOLETE, Stage.ACCEPTED]


def test_the_pool_and_prior_actions_are_not_made_obsolete() -> None:
    cases = {stage.value: standing(stage) for stage in Stage}
    assert list(pending(Dossier(cases), but="processing")) == ["new", "postponed"]


def test_an_obsolete_application_says_because_of_which() -> None:
    given(decider, sent(ACI)).within(acting_for(None)).when(RenderObsolete(because_of="job-application-7")).then(
        RenderedObsolete(at=NOW, because_of="job-application-7")
    )


@pytest.mark.parametrize("stage", [Stage.OBSOLETE, Stage.REFUSED, Stage.CANCELLED])
def test_what_was_answered_may_be_accepted_after_all(stage: Stage) -> None:
    case = standing(stage)
    events = decider.decide(Accept(starts_on=TODAY), case, acting_for(ACI))
    assert decider.evolve(case, *events).refusal_reason is None


@pytest.mark.parametrize(
    ("start", "refusal"),
    [
        (date(2025, 5, 31), StartsInThePast),
        (date(2025, 6, 9), StartsInThePast),
        (date(2025, 7, 11), StartsTooLate),
    ],
)
def test_a28_a_hire_moves_neither_to_the_past_nor_beyond_thirty_days(start: date, refusal: type[Refusal]) -> None:
    given(decider, *history(Stage.ACCEPTED)).within(acting_for(ACI)).when(ChangeHiringDates(starts_on=start)).refused(
        refusal
    )


@pytest.mark.parametrize("start", [date(2025, 6, 10), date(2025, 6, 20), date(2025, 7, 10)])
def test_a28_a_hire_that_has_not_started_moves(start: date) -> None:
    past = history(Stage.ACCEPTED)
    command = ChangeHiringDates(starts_on=start, ends_on=start)
    event = HiringDatesChanged(at=NOW, starts_on=start, ends_on=start)
    given(decider, *past).within(acting_for(ACI)).when(command).then(event)
    hire = decider.fold([*past, event]).hire
    assert hire == HireTerms(starts_on=start, ends_on=start, hired_job="job-1")


def test_a_hire_does_not_move_to_end_before_it_starts() -> None:
    command = ChangeHiringDates(starts_on=TODAY, ends_on=YESTERDAY)
    given(decider, *history(Stage.ACCEPTED)).within(acting_for(ACI)).when(command).refused(EndsBeforeItStarts)


@pytest.mark.parametrize(("day", "moves"), [(15, True), (16, False), (17, False)])
def test_a_hire_that_has_started_moves_no_more(day: int, *, moves: bool) -> None:
    at = datetime(2025, 6, day, 10, tzinfo=UTC)
    command = ChangeHiringDates(starts_on=date(2025, 6, 20))
    scenario = given(decider, *history(Stage.ACCEPTED)).within(acting_for(ACI, at)).when(command)
    if moves:
        scenario.then(HiringDatesChanged(at=at, starts_on=date(2025, 6, 20), ends_on=None))
    else:
        scenario.refused(HireHasStarted)


def test_the_dates_of_a_postponed_application_do_not_change() -> None:
    given(decider, *history(Stage.POSTPONED)).within(acting_for(ACI)).when(ChangeHiringDates(starts_on=TODAY)).refused(
        WrongStage
    )


def test_a_cancelled_hire_keeps_its_dates() -> None:
    past = history(Stage.ACCEPTED)
    given(decider, *past).within(acting_for(ACI)).when(CancelHire()).then(HireCancelled(at=NOW))
    before, after = decider.fold(past), decider.fold([*past, HireCancelled(at=NOW)])
    assert after.hire == before.hire is not None


def test_a_hire_of_the_stock_of_2021_is_not_cancelled() -> None:
    given(decider, replace(sent(ACI), origin=Origin.AI_STOCK), hired()).within(acting_for(ACI)).when(
        CancelHire()
    ).refused(HireNotCancellable)


def test_cancelling_dates_the_answer_again() -> None:
    later = NOW + timedelta(days=3)
    assert decider.fold([*history(Stage.ACCEPTED), HireCancelled(at=later)]).processed_at == later
