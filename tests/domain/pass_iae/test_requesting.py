from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.pass_iae.codes import DenialReason, ProlongationReason, ProposedAction, RequestStage
from domain.pass_iae.commands import (
    DeleteProlongationRequest,
    DenyProlongation,
    GrantProlongation,
    RemindPrescriber,
    RequestProlongation,
)
from domain.pass_iae.events import (
    PassIaeEvent,
    PrescriberReminded,
    ProlongationDenied,
    ProlongationGranted,
    ProlongationRequestDeleted,
    Prolonged,
    SuspensionCut,
)
from domain.pass_iae.refusals import (
    ActionsMisplaced,
    ActionsNeeded,
    AlreadyAnswered,
    AlreadySuspended,
    CannotBeAsked,
    ContactNeeded,
    ExplanationNeeded,
    NoHireUnderPass,
    NoOpinionNeeded,
    NoSuchRequest,
    NotAsked,
    NotDue,
    NotTheLatestPass,
    OutsideTheWindow,
    PrescriberNotThere,
    ProlongationsOverlap,
    ProlongationTooLong,
    ReasonExhausted,
    ReasonNotSelectable,
    ReportNotAllowed,
    RequestWaits,
)
from domain.pass_iae.state import ProlongationRequest
from domain.pass_iae.table import next_reminder
from domain.pass_iae.terms import TERMS
from domain.vocabulary import Family, OrganisationId, OrganisationProfile, Subject
from tests.domain.pass_iae.cases import (
    ACI,
    AI,
    EI,
    END,
    GEIQ,
    NOUR,
    OTHER_PRESCRIBER,
    PARCOURS,
    PRESCRIBER,
    SAM,
    STAFF,
    asked,
    hired,
    issued,
    on,
    paused,
    prolonged,
    standing,
)
from tests.spec import Scenario

DAY = date(2025, 12, 1)
UNTIL = date(2026, 7, 13)
REQUEST = RequestProlongation(
    reason=ProlongationReason.RQTH, ends_on=UNTIL, organisation=PRESCRIBER.id, prescriber=SAM.subject
)
WAITS = asked(DAY, END, UNTIL)
GRANT = GrantProlongation(number=1)
DENY = DenyProlongation(number=1, reason=DenialReason.DURATION, explanation="Trois mois suffisent.")


def answering(day: date, *history: PassIaeEvent, acting: OrganisationProfile = PRESCRIBER) -> Scenario[Any, Any, Any]:
    return on(day, *(history or (issued(), WAITS)), acting=acting, actor=SAM)


# --- Asking ------------------------------------------------------------------


def test_a_siae_asks_a_prescriber() -> None:
    on(DAY, issued()).when(REQUEST).then(WAITS)


@pytest.mark.parametrize("reason", ProlongationReason)
def test_an_opinion_is_asked_for_three_reasons(reason: ProlongationReason) -> None:
    told = on(DAY, issued()).when(replace(REQUEST, reason=reason))
    if TERMS[reason].needs_opinion:
        told.then(replace(WAITS, reason=reason))
    else:
        told.refused(NoOpinionNeeded)


@pytest.mark.parametrize(("company", "given"), [(ACI, True), (AI, True), (EI, False)])
def test_p20_particular_difficulties_are_asked_for_by_ai_and_aci(company: Any, *, given: bool) -> None:
    told = on(DAY, issued(), acting=company, hires=(hired(company),)).when(
        replace(REQUEST, reason=ProlongationReason.PARTICULAR_DIFFICULTIES)
    )
    if given:
        told.then(
            replace(
                WAITS,
                reason=ProlongationReason.PARTICULAR_DIFFICULTIES,
                company=company.id,
                company_kinds=company.kinds,
            )
        )
    else:
        told.refused(ReasonNotSelectable)


@pytest.mark.parametrize(("acting", "hires"), [(EI, (hired(ACI),)), (GEIQ, (hired(GEIQ),)), (ACI, ())])
def test_only_a_siae_that_hired_under_the_pass_asks(acting: Any, hires: Any) -> None:
    on(DAY, issued(), acting=acting, hires=hires).when(REQUEST).refused(NoHireUnderPass)


def test_staff_asks_without_a_hire_by_the_kind_of_the_company_the_pass_was_issued_for() -> None:
    told = on(DAY, issued(), acting=None, hires=())
    told.when(REQUEST).then(replace(WAITS, company=None, requested_by=STAFF.subject))


def test_one_request_waits_at_a_time() -> None:
    on(DAY, issued(), WAITS).when(REQUEST).refused(RequestWaits)


def test_a_request_keeps_to_the_same_rules_as_a_prolongation() -> None:
    on(date(2025, 1, 12), issued()).when(REQUEST).refused(OutsideTheWindow)
    on(DAY, issued(), paused(DAY, DAY, END)).when(REQUEST).refused(AlreadySuspended)
    on(DAY, issued()).when(replace(REQUEST, ends_on=date(2027, 1, 14))).refused(ProlongationTooLong)
    used = prolonged(date(2023, 1, 1), date(2026, 1, 1), ProlongationReason.SENIOR_CDI)
    on(DAY, issued(), used).when(REQUEST).refused(ReasonExhausted)


@pytest.mark.parametrize(
    "unable",
    [
        replace(PRESCRIBER, authorised=False),
        replace(PRESCRIBER, active=False),
        replace(PRESCRIBER, families=(Family.INSTITUTION,)),
    ],
)
def test_only_an_active_and_authorised_prescriber_is_asked(unable: OrganisationProfile) -> None:
    scenario = on(DAY, issued())
    within = replace(scenario.context, organisations={PRESCRIBER.id: unable})
    scenario.within(within).when(REQUEST).refused(CannotBeAsked)


def test_the_person_who_is_asked_is_a_member_of_the_organisation_that_is_asked() -> None:
    on(DAY, issued()).when(replace(REQUEST, prescriber=Subject("alix"))).refused(PrescriberNotThere)
    scenario = on(DAY, issued())
    elsewhere = replace(
        scenario.context,
        organisations={OTHER_PRESCRIBER.id: OTHER_PRESCRIBER},
    )
    scenario.within(elsewhere).when(replace(REQUEST, organisation=OTHER_PRESCRIBER.id)).refused(PrescriberNotThere)
    scenario.when(replace(REQUEST, organisation=OrganisationId("nobody"))).refused(CannotBeAsked)


def test_an_association_intermediaire_joins_a_report_and_nobody_else() -> None:
    with_report = replace(REQUEST, report="report-1")
    on(DAY, issued()).when(with_report).refused(ReportNotAllowed)
    on(DAY, issued(), acting=AI, hires=(hired(AI),)).when(with_report).then(
        replace(WAITS, company=AI.id, company_kinds=AI.kinds, report="report-1")
    )


@pytest.mark.parametrize(
    ("email", "phone", "enough"),
    [
        (None, None, False),
        ("a@example.org", None, False),
        (None, "0612345678", False),
        ("a@example.org", "0612345678", True),
    ],
)
def test_an_interview_by_telephone_needs_an_address_and_a_number(
    email: str | None, phone: str | None, *, enough: bool
) -> None:
    told = on(DAY, issued()).when(replace(REQUEST, interview_by_phone=True, contact_email=email, contact_phone=phone))
    if enough:
        told.then(replace(WAITS, interview_by_phone=True, contact_email=email, contact_phone=phone))
    else:
        told.refused(ContactNeeded)


# --- Yes ---------------------------------------------------------------------


def yes(day: date, ends_on: date = UNTIL) -> tuple[ProlongationGranted, Prolonged]:
    granted = ProlongationGranted(number=1, on=day, by=SAM.subject)
    prolongation = replace(
        prolonged(END, ends_on, ProlongationReason.RQTH),
        declared_on=day,
        request=1,
        validated_by=SAM.subject,
        validated_in=PRESCRIBER.id,
    )
    return granted, prolongation


def test_p22_a_colleague_of_the_same_organisation_grants_and_the_end_of_the_pass_moves() -> None:
    colleague = replace(SAM, subject=Subject("alix"))
    granted, prolongation = yes(DAY)
    on(DAY, issued(), WAITS, acting=PRESCRIBER, actor=colleague).when(GRANT).then(
        replace(granted, by=colleague.subject), replace(prolongation, validated_by=colleague.subject)
    )
    state = standing(issued(), WAITS, *yes(DAY))
    assert (state.ends_on, state.requests[0].stage, state.requests[0].decided_on, state.requests[0].decided_by) == (
        UNTIL,
        RequestStage.GRANTED,
        DAY,
        SAM.subject,
    )


@pytest.mark.parametrize("command", [GRANT, DENY])
@pytest.mark.parametrize("acting", [OTHER_PRESCRIBER, ACI, None])
def test_p22_nobody_answers_from_another_organisation(acting: Any, command: Any) -> None:
    on(DAY, issued(), WAITS, acting=acting, actor=SAM).when(command).refused(NotAsked)


@pytest.mark.parametrize("command", [GRANT, DENY, RemindPrescriber(number=1), DeleteProlongationRequest(number=1)])
@pytest.mark.parametrize("answer", [yes(DAY), (ProlongationDenied(
    number=1, on=DAY, by=SAM.subject, reason=DenialReason.REASON, explanation="Non"
),)])  # fmt: skip
def test_p22_an_answer_is_final(answer: tuple[PassIaeEvent, ...], command: Any) -> None:
    answering(DAY, issued(), WAITS, *answer).when(command).refused(AlreadyAnswered)


@pytest.mark.parametrize("command", [GRANT, DENY, RemindPrescriber(number=1), DeleteProlongationRequest(number=1)])
def test_a_request_that_there_is_not_is_not_answered(command: Any) -> None:
    answering(DAY).when(replace(command, number=2)).refused(NoSuchRequest)


@pytest.mark.parametrize(
    ("today", "within"),
    [(date(2025, 1, 12), False), (date(2025, 1, 13), True), (UNTIL, True), (date(2026, 7, 14), False)],
)
def test_granting_looks_at_the_window_again(today: date, *, within: bool) -> None:
    told = answering(today).when(GRANT)
    if within:
        told.then(*yes(today))
    else:
        told.refused(OutsideTheWindow)


def test_granting_looks_again_whether_another_pass_has_followed() -> None:
    scenario = answering(date(2026, 3, 1))
    cases = {**scenario.context.dossier.cases, "pass-iae-2": standing(issued(date(2026, 2, 1)))}
    scenario.within(replace(scenario.context, dossier=type(scenario.context.dossier)(cases))).when(GRANT).refused(
        NotTheLatestPass
    )


def test_granting_looks_at_the_limits_again() -> None:
    meanwhile = prolonged(date(2023, 1, 1), date(2026, 1, 1), ProlongationReason.SENIOR_CDI)
    answering(DAY, issued(), WAITS, meanwhile).when(GRANT).refused(ReasonExhausted)
    nearly = replace(meanwhile, ends_on=date(2025, 12, 1), pass_ends_on=END)
    answering(DAY, issued(), WAITS, nearly).when(GRANT).refused(ProlongationTooLong)


def test_granting_gives_as_many_days_as_were_asked_from_what_is_the_last_day_now() -> None:
    pause = paused(date(2025, 12, 2), date(2025, 12, 31), date(2026, 2, 11))
    granted, prolongation = yes(date(2026, 1, 5))
    answering(date(2026, 1, 5), issued(), WAITS, pause).when(GRANT).then(
        granted,
        replace(prolongation, starts_on=date(2026, 2, 11), ends_on=date(2026, 8, 11), pass_ends_on=date(2026, 8, 11)),
    )


def test_granting_is_not_kept_back_by_a_suspension_that_was_declared_meanwhile() -> None:
    answering(DAY, issued(), WAITS, paused(DAY, DAY, END)).when(GRANT).then(*yes(DAY))


def test_granting_adds_no_day_to_another_prolongation() -> None:
    before = prolonged(END, date(2027, 1, 13), number=1)
    request = replace(WAITS, starts_on=date(2027, 1, 13), ends_on=date(2027, 7, 13))
    pause = paused(date(2026, 5, 1), date(2026, 12, 1), date(2027, 8, 15))
    cut = SuspensionCut(number=1, ends_on=date(2026, 5, 1), pass_ends_on=date(2027, 1, 12))
    answering(date(2026, 12, 1), issued(), before, request, pause, cut).when(GRANT).refused(ProlongationsOverlap)


# --- No ----------------------------------------------------------------------

DENIED = ProlongationDenied(
    number=1, on=DAY, by=SAM.subject, reason=DenialReason.DURATION, explanation="Trois mois suffisent."
)


def test_a_prescriber_says_no_and_why() -> None:
    answering(DAY).when(DENY).then(DENIED)
    request = standing(issued(), WAITS, DENIED).requests[0]
    assert (request.stage, request.decided_on, request.decided_by) == (RequestStage.DENIED, DAY, SAM.subject)
    assert (request.denial_reason, request.explanation) == (DenialReason.DURATION, "Trois mois suffisent.")


@pytest.mark.parametrize("explanation", ["", "  "])
def test_a_denial_is_explained(explanation: str) -> None:
    answering(DAY).when(replace(DENY, explanation=explanation)).refused(ExplanationNeeded)


ACTIONS = (ProposedAction.OTHER, ProposedAction.EXIT_IAE)
INSTEAD: dict[str, Any] = {"proposed_actions": ACTIONS, "proposed_actions_explanation": "Une formation certifiante."}


@pytest.mark.parametrize("reason", DenialReason)
def test_other_actions_are_proposed_if_the_iae_no_longer_suits_and_only_then(reason: DenialReason) -> None:
    proposing = answering(DAY).when(replace(DENY, reason=reason, **INSTEAD))
    silent = answering(DAY).when(replace(DENY, reason=reason))
    if reason is DenialReason.IAE:
        denied = replace(
            DENIED,
            reason=reason,
            proposed_actions=(ProposedAction.EXIT_IAE, ProposedAction.OTHER),
            proposed_actions_explanation="Une formation certifiante.",
        )
        proposing.then(denied)
        silent.refused(ActionsNeeded)
        request = standing(issued(), WAITS, denied).requests[0]
        assert request.proposed_actions == (ProposedAction.EXIT_IAE, ProposedAction.OTHER)
        assert request.proposed_actions_explanation == "Une formation certifiante."
    else:
        proposing.refused(ActionsMisplaced)
        silent.then(replace(DENIED, reason=reason))


@pytest.mark.parametrize(
    "half",
    [
        {"proposed_actions": ACTIONS},
        {"proposed_actions": ACTIONS, "proposed_actions_explanation": " "},
        {"proposed_actions_explanation": "Une formation certifiante."},
    ],
)
def test_proposing_is_naming_and_explaining(half: dict[str, Any]) -> None:
    answering(DAY).when(replace(DENY, reason=DenialReason.IAE, **half)).refused(ActionsNeeded)
    misplaced = answering(DAY).when(replace(DENY, **half))
    misplaced.refused(ActionsMisplaced)


def test_after_a_denial_the_siae_may_ask_again() -> None:
    on(DAY, issued(), WAITS, DENIED).when(REQUEST).then(replace(WAITS, number=2))


# --- Waiting -----------------------------------------------------------------


def test_p24_reminders_on_the_tenth_twentieth_and_thirtieth_day_and_no_more() -> None:
    """What was sent in total, were time to ask every day."""
    history: list[PassIaeEvent] = [issued(), WAITS]
    sent: dict[int, int] = {}
    for day in range(41):
        today = date.fromordinal(DAY.toordinal() + day)
        request = standing(*history).requests[0]
        due = next_reminder(request)
        if due is not None and due <= today:
            reminded = PrescriberReminded(number=1, on=today)
            told = on(today, *history, acting=None, actor=PARCOURS).when(RemindPrescriber(number=1))
            told.then(reminded)
            history.append(reminded)
        sent[day] = sum(isinstance(event, PrescriberReminded) for event in history)
    assert {day: sent[day] for day in (9, 10, 19, 20, 29, 30, 31, 40)} == {
        9: 0, 10: 1, 19: 1, 20: 2, 29: 2, 30: 3, 31: 3, 40: 3,
    }  # fmt: skip


@pytest.mark.parametrize("day", [date(2025, 12, 10), DAY])
def test_p24_nobody_is_reminded_before_the_tenth_day(day: date) -> None:
    on(day, issued(), WAITS, acting=None, actor=PARCOURS).when(RemindPrescriber(number=1)).refused(NotDue)


def test_p24_after_three_reminders_nobody_is_reminded_any_more() -> None:
    last = PrescriberReminded(number=1, on=date(2025, 12, 31))
    told = on(date(2026, 1, 10), issued(), WAITS, last, acting=None, actor=PARCOURS)
    told.when(RemindPrescriber(number=1)).refused(NotDue)


def test_staff_withdraws_a_request() -> None:
    withdrawn = ProlongationRequestDeleted(number=1)
    on(DAY, issued(), WAITS, acting=None).when(DeleteProlongationRequest(number=1)).then(withdrawn)
    assert standing(issued(), WAITS, withdrawn).requests == ()
    on(DAY, issued(), WAITS, withdrawn).when(REQUEST).then(replace(WAITS, number=2))


def test_a_request_is_known_with_all_that_was_said_and_others_stay_as_they_are() -> None:
    said = replace(
        WAITS,
        number=2,
        report="report-1",
        interview_by_phone=True,
        contact_email="a@example.org",
        contact_phone="0612345678",
    )
    reminded = PrescriberReminded(number=2, on=date(2025, 12, 11))
    first, second = standing(issued(), WAITS, DENIED, said, reminded).requests
    assert first == standing(issued(), WAITS, DENIED).requests[0]
    assert second == ProlongationRequest(
        number=2,
        requested_on=DAY,
        reason=ProlongationReason.RQTH,
        starts_on=END,
        ends_on=UNTIL,
        company=ACI.id,
        company_kinds=ACI.kinds,
        requested_by=NOUR.subject,
        organisation=PRESCRIBER.id,
        prescriber=SAM.subject,
        report="report-1",
        interview_by_phone=True,
        contact_email="a@example.org",
        contact_phone="0612345678",
        last_reminder_on=date(2025, 12, 11),
    )
