from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.job_application.admission import ADMISSION_RULES
from domain.job_application.codes import Origin, SenderKind, Stage
from domain.job_application.commands import DeclareHire, Submit, TransferExternally
from domain.job_application.events import Accepted, ProcessingStarted, Submitted
from domain.job_application.refusals import (
    ApplicationsBlocked,
    AppliedRecently,
    CompanyClosed,
    ConfirmationNeeded,
    HiredJobNeeded,
    MayNotSend,
    MessageNeeded,
    NobodyToAnswer,
    NoSuchApplication,
    NotACompany,
    NotRefused,
    NotTheReceiver,
    OwnCompany,
    SpontaneousClosed,
    StartsInThePast,
    UnknownCompany,
)
from domain.job_application.rules import decider
from domain.job_application.state import JobApplication
from domain.journey import Context, Refusal
from domain.vocabulary import OrganisationId, OrganisationProfile, Subject
from tests.domain.job_application.samples import (
    ACI,
    CANDIDATE,
    DDETS,
    EI,
    GEIQ,
    KNOWN,
    NOUR,
    NOW,
    OPCS,
    PRESCRIBER,
    TODAY,
    acting_for,
    beside,
    sent,
    standing,
)
from tests.spec import given

TO_ACI = Submit(company=ACI.id, message="Bonjour")


def sent_before(age: timedelta, context: Context) -> Context:
    return beside(context, decider.fold([sent(ACI, NOW - age)]))


def towards(profile: OrganisationProfile, context: Context) -> Context:
    return replace(context, organisations={**KNOWN, profile.id: profile})


def test_a_prescriber_sends_an_application() -> None:
    command = Submit(company=ACI.id, message="Bonjour", cv="cv-1", job_descriptions=("job-1",), advisor=NOUR.subject)
    given(decider).within(acting_for(PRESCRIBER)).when(command).then(
        Submitted(
            at=NOW,
            company=ACI.id,
            company_kinds=("aci",),
            sender=NOUR.subject,
            sender_kind=SenderKind.PRESCRIBER,
            sender_organisation=PRESCRIBER.id,
            message="Bonjour",
            cv="cv-1",
            job_descriptions=("job-1",),
            advisor=NOUR.subject,
            sender_authorised=True,
            sender_kinds=("ml",),
        )
    )


def test_an_application_is_known_with_all_that_it_was_sent_with() -> None:
    submitted = Submitted(
        at=NOW,
        company=ACI.id,
        company_kinds=("aci",),
        sender=NOUR.subject,
        sender_kind=SenderKind.PRESCRIBER,
        sender_organisation=PRESCRIBER.id,
        origin=Origin.AI_STOCK,
        message="Bonjour",
        cv="cv-1",
        job_descriptions=("job-1",),
        advisor=Subject("alix"),
        sender_authorised=True,
        sender_kinds=("ml",),
        transferred_from="job-application-1",
    )
    assert decider.fold([submitted]) == JobApplication(
        stage=Stage.NEW,
        company=ACI.id,
        company_kinds=("aci",),
        sender=NOUR.subject,
        sender_kind=SenderKind.PRESCRIBER,
        sender_organisation=PRESCRIBER.id,
        origin=Origin.AI_STOCK,
        message="Bonjour",
        cv="cv-1",
        job_descriptions=("job-1",),
        advisor=Subject("alix"),
        sender_authorised=True,
        sender_kinds=("ml",),
        transferred_from="job-application-1",
        submitted_at=NOW,
        touched_at=NOW,
    )


def test_a_candidate_applies_alone() -> None:
    given(decider).within(replace(acting_for(None), actor=CANDIDATE)).when(TO_ACI).then(
        Submitted(
            at=NOW,
            company=ACI.id,
            company_kinds=("aci",),
            sender=CANDIDATE.subject,
            sender_kind=SenderKind.CANDIDATE,
            message="Bonjour",
        )
    )


def test_an_organisation_that_prescribes_and_hires_sends_as_an_employer() -> None:
    both = replace(EI, families=(*PRESCRIBER.families, *EI.families))
    (event,) = decider.decide(TO_ACI, decider.initial, acting_for(both))
    assert isinstance(event, Submitted)
    assert event.sender_kind is SenderKind.EMPLOYER


@pytest.mark.parametrize("acting", [DDETS, None])
def test_institutions_and_professionals_without_organisation_do_not_apply(acting: OrganisationProfile | None) -> None:
    given(decider).within(acting_for(acting)).when(TO_ACI).refused(MayNotSend)


@pytest.mark.parametrize(
    ("company", "refusal"),
    [
        (replace(ACI, families=PRESCRIBER.families), NotACompany),
        (replace(ACI, active=False), CompanyClosed),
        (replace(ACI, has_members=False), NobodyToAnswer),
        (replace(ACI, blocks_applications=True), ApplicationsBlocked),
        (replace(ACI, accepts_spontaneous=False), SpontaneousClosed),
    ],
)
def test_the_company_must_be_able_and_willing(company: OrganisationProfile, refusal: type[Refusal]) -> None:
    given(decider).within(towards(company, acting_for(PRESCRIBER))).when(TO_ACI).refused(refusal)


def test_an_unknown_company_receives_nothing() -> None:
    command = Submit(company=OrganisationId("nowhere"), message="Bonjour")
    given(decider).within(acting_for(PRESCRIBER)).when(command).refused(UnknownCompany)


def test_a_company_that_blocks_applications_has_those_of_its_members() -> None:
    blocking = replace(ACI, blocks_applications=True)
    assert len(decider.decide(TO_ACI, decider.initial, towards(blocking, acting_for(blocking)))) == 1


def test_a_job_may_be_applied_for_where_spontaneous_applications_are_closed() -> None:
    closed = replace(ACI, accepts_spontaneous=False)
    command = replace(TO_ACI, job_descriptions=("job-1",))
    assert len(decider.decide(command, decider.initial, towards(closed, acting_for(PRESCRIBER)))) == 1


@pytest.mark.parametrize("message", [None, "", "  \n"])
def test_a_message_is_mandatory_but_for_a_self_prescription(message: str | None) -> None:
    command = Submit(company=ACI.id, message=message)
    given(decider).within(acting_for(PRESCRIBER)).when(command).refused(MessageNeeded)
    given(decider).within(acting_for(EI)).when(command).refused(MessageNeeded)
    assert len(decider.decide(command, decider.initial, acting_for(ACI))) == 1


@pytest.mark.parametrize(
    ("age", "confirmed", "refusal"),
    [
        (timedelta(hours=23, minutes=59), False, AppliedRecently),
        (timedelta(hours=23, minutes=59), True, AppliedRecently),
        (timedelta(hours=24), False, ConfirmationNeeded),
        (timedelta(hours=24, minutes=1), False, ConfirmationNeeded),
        (timedelta(hours=25), False, ConfirmationNeeded),
        (timedelta(days=900), False, ConfirmationNeeded),
    ],
)
def test_a26_a_second_application_waits_24_hours_then_asks_for_a_confirmation(
    *, age: timedelta, confirmed: bool, refusal: type[Refusal]
) -> None:
    command = replace(TO_ACI, confirmed=confirmed)
    given(decider).within(sent_before(age, acting_for(PRESCRIBER))).when(command).refused(refusal)


def test_a26_a_confirmed_application_passes_24_hours_after_the_last() -> None:
    context = sent_before(timedelta(hours=24), acting_for(PRESCRIBER))
    assert len(decider.decide(replace(TO_ACI, confirmed=True), decider.initial, context)) == 1


def test_a26_a_self_prescription_waits_no_24_hours_but_is_confirmed() -> None:
    context = sent_before(timedelta(minutes=1), acting_for(ACI))
    given(decider).within(context).when(TO_ACI).refused(ConfirmationNeeded)
    assert len(decider.decide(replace(TO_ACI, confirmed=True), decider.initial, context)) == 1


def test_an_application_to_another_company_waits_for_nothing() -> None:
    context = beside(acting_for(PRESCRIBER), decider.fold([sent(EI, NOW)]))
    assert len(decider.decide(TO_ACI, decider.initial, context)) == 1


def test_a_refusal_names_the_applications_in_the_way() -> None:
    with pytest.raises(AppliedRecently) as caught:
        decider.decide(TO_ACI, decider.initial, sent_before(timedelta(hours=1), acting_for(PRESCRIBER)))
    assert caught.value.details == {"applications": ["job-application-1"]}


def test_the_first_broken_rule_speaks() -> None:
    broken = replace(ACI, active=False, has_members=False, blocks_applications=True, accepts_spontaneous=False)
    context = sent_before(timedelta(0), towards(broken, acting_for(PRESCRIBER)))
    given(decider).within(context).when(Submit(company=ACI.id)).refused(CompanyClosed)
    assert [rule.__name__ for rule in ADMISSION_RULES] == [
        "company_hires",
        "company_is_active",
        "somebody_can_answer",
        "may_prescribe_for_itself",
        "company_lets_apply",
        "waiting_period_is_over",
        "suspension_can_end",
        "not_sent_just_before",
        "repeated_on_purpose",
        "spontaneous_if_open",
        "says_something",
    ]


def test_a_declared_hire_is_sent_studied_and_accepted_at_once() -> None:
    command = DeclareHire(starts_on=TODAY, advisor=NOUR.subject)
    given(decider).within(sent_before(timedelta(minutes=1), acting_for(OPCS))).when(command).then(
        Submitted(
            at=NOW,
            company=OPCS.id,
            company_kinds=("opcs",),
            sender=NOUR.subject,
            sender_kind=SenderKind.EMPLOYER,
            sender_organisation=OPCS.id,
            advisor=NOUR.subject,
            by_declaration=True,
        ),
        ProcessingStarted(at=NOW),
        Accepted(at=NOW, starts_on=TODAY, advisor=NOUR.subject),
    )


@pytest.mark.parametrize("acting", [PRESCRIBER, None])
def test_only_a_company_declares_a_hire(acting: OrganisationProfile | None) -> None:
    given(decider).within(acting_for(acting)).when(DeclareHire(starts_on=TODAY)).refused(NotACompany)


def test_a_declared_hire_obeys_the_rules_of_acceptance() -> None:
    yesterday = DeclareHire(starts_on=TODAY - timedelta(days=1))
    given(decider).within(acting_for(ACI)).when(yesterday).refused(StartsInThePast)
    given(decider).within(acting_for(GEIQ)).when(yesterday).refused(HiredJobNeeded)


SEND_ON = TransferExternally(application="job-application-1", company=EI.id)


def after_refusal(acting: OrganisationProfile | None = ACI, at: datetime = NOW) -> Context:
    return beside(acting_for(acting, at), standing(Stage.REFUSED, ACI))


def test_a_refused_application_is_sent_on_with_its_message_and_cv() -> None:
    given(decider).within(after_refusal()).when(SEND_ON).then(
        Submitted(
            at=NOW,
            company=EI.id,
            company_kinds=("ei",),
            sender=NOUR.subject,
            sender_kind=SenderKind.EMPLOYER,
            sender_organisation=ACI.id,
            message="Bonjour",
            cv="cv-1",
            transferred_from="job-application-1",
        )
    )


def test_an_application_sent_on_may_say_something_else() -> None:
    command = replace(
        SEND_ON, message="Je vous recommande", cv="cv-2", job_descriptions=("job-2",), advisor=NOUR.subject
    )
    (event,) = decider.decide(command, decider.initial, after_refusal())
    assert isinstance(event, Submitted)
    assert (event.message, event.cv, event.advisor) == ("Je vous recommande", "cv-2", NOUR.subject)
    assert event.job_descriptions == ("job-2",)


def test_an_application_sent_on_again_is_confirmed() -> None:
    earlier = decider.fold([sent(EI, NOW - timedelta(days=3))])
    again = beside(acting_for(ACI), standing(Stage.REFUSED, ACI), earlier)
    given(decider).within(again).when(SEND_ON).refused(ConfirmationNeeded)
    assert len(decider.decide(replace(SEND_ON, confirmed=True), decider.initial, again)) == 1


def test_only_the_company_that_refused_sends_on_and_not_to_one_of_its_members_companies() -> None:
    given(decider).within(after_refusal(OPCS)).when(SEND_ON).refused(NotTheReceiver)
    given(decider).within(after_refusal(None)).when(SEND_ON).refused(NotTheReceiver)
    both = replace(after_refusal(), member_of=frozenset({ACI.id, EI.id}))
    given(decider).within(both).when(SEND_ON).refused(OwnCompany)


def test_what_is_sent_on_exists_and_is_refused() -> None:
    given(decider).within(acting_for(ACI)).when(SEND_ON).refused(NoSuchApplication)
    open_one = beside(acting_for(ACI), standing(Stage.PROCESSING, ACI))
    given(decider).within(open_one).when(SEND_ON).refused(NotRefused)


def test_an_application_sent_on_obeys_the_rules_of_admission() -> None:
    recent = beside(acting_for(ACI), standing(Stage.REFUSED, ACI), decider.fold([sent(EI, NOW)]))
    given(decider).within(recent).when(SEND_ON).refused(AppliedRecently)
