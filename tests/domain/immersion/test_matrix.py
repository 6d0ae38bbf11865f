"""Every command at every stage (immersion §2.4): what is not listed is refused."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.immersion import ImmersionCommand, ImmersionEvent, immersion_journey
from domain.immersion.codes import Channel, Person, Reminder, Stage
from domain.immersion.commands import (
    Cancel,
    CorrectBeneficiary,
    CorrectTutor,
    DeleteAssessment,
    Deprecate,
    DeprecateAutomatically,
    FindEligible,
    NameReferent,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Reject,
    Remind,
    RequestAssessment,
    Sign,
    SignAssessment,
    TransferToAgency,
    Validate,
)
from domain.immersion.people import speaker
from domain.immersion.refusals import NotForThisPerson, SpeaksForAnother, WrongStage
from domain.immersion.rules import decider
from domain.journey import Context
from domain.vocabulary import Role
from tests.domain.immersion.cases import (
    ELIGIBLE,
    EMPLOYER,
    NOW,
    ONE,
    STAFF,
    TWO,
    WITNESS,
    A,
    assess,
    assessed,
    at,
    beside,
    by,
    history,
    mini_stage,
    modify,
    renew,
    role,
    signed,
    submit,
    submitted,
    terms,
)
from tests.domain.immersion.cases import REQUESTED as ASKED

SAME = ""
PENDING = "ready_to_sign partially_signed in_review eligible"
DECIDED = "validated rejected cancelled deprecated"
ENDED = at(NOW.replace(year=2027))
WHY = "Parce que."
OF_TUTOR = Person.TUTOR

#: Each command, who issues it, from where, to where.
EXPECTED: Sequence[tuple[ImmersionCommand, Context, str, str]] = (
    (submit(), WITNESS, "not_submitted", "ready_to_sign"),
    (renew(), beside(by(ONE), *history(Stage.VALIDATED)), "not_submitted", "ready_to_sign"),
    (Sign(person=Person.CURRENT_EMPLOYER), WITNESS, "ready_to_sign partially_signed", "partially_signed"),
    (modify(), by(TWO), PENDING, "ready_to_sign"),
    (FindEligible(), by(TWO), "in_review", "eligible"),
    (Validate(), by(TWO), "eligible", "validated"),
    (Reject(justification=WHY), by(TWO), PENDING, "rejected"),
    (Deprecate(justification=WHY), STAFF, PENDING, "deprecated"),
    (Cancel(justification=WHY), by(TWO), "validated", "cancelled"),
    (DeprecateAutomatically(), ENDED, PENDING, "deprecated"),
    (TransferToAgency(to=A.id, justification=WHY), by(TWO), "ready_to_sign partially_signed in_review", SAME),
    (NameReferent(last_name="Le Bihan"), by(TWO), "ready_to_sign partially_signed in_review", SAME),
    (CorrectTutor(job="Chef"), by(TWO), DECIDED, SAME),
    (CorrectBeneficiary(birth_date="1991-01-01"), by(TWO), DECIDED, SAME),
    (
        RecordSignatureLink(recipient=Person.CURRENT_EMPLOYER, channel=Channel.SMS),
        by(TWO),
        "ready_to_sign partially_signed",
        SAME,
    ),
    (RecordAssessmentLink(channel=Channel.EMAIL), by(TWO, ENDED.at), "validated", SAME),
    (RecordAssessmentSignatureLink(channel=Channel.EMAIL), by(TWO), "validated", SAME),
    (assess(), WITNESS, "validated", SAME),
    (SignAssessment(agrees=True), role(Role.CANDIDATE), "validated", SAME),
    (DeleteAssessment(justification=WHY), STAFF, "validated", SAME),
    (Remind(of=Reminder.SIGNATURE), ENDED, "ready_to_sign partially_signed", SAME),
    (Remind(of=Reminder.FIRST_REVIEW), ENDED, "in_review", SAME),
    (Remind(of=Reminder.FIRST_ASSESSMENT), ENDED, "validated", SAME),
    (RequestAssessment(), ENDED, "validated", SAME),
)
AGREED = terms(current_employer=EMPLOYER)


def ready_for(command: ImmersionCommand, stage: Stage) -> list[ImmersionEvent]:
    """A stage reached in two steps by a convention of three signatories, with what else the command needs."""
    past = history(stage, TWO, AGREED)
    if stage in {Stage.IN_REVIEW, Stage.ELIGIBLE}:
        past.insert(3, signed(Person.CURRENT_EMPLOYER))
    if isinstance(command, SignAssessment | DeleteAssessment | RecordAssessmentSignatureLink):
        return [*past, assessed()]
    if isinstance(command, Remind) and command.of is Reminder.FIRST_ASSESSMENT:
        return [*past, ASKED]
    return past


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    ("command", "context", "allowed", "to"), EXPECTED, ids=[type(command).__name__ for command, *_ in EXPECTED]
)
def test_each_command_is_taken_where_the_table_says_and_nowhere_else(
    command: ImmersionCommand, context: Context, allowed: str, to: str, stage: Stage
) -> None:
    past = ready_for(command, stage)
    case = decider.fold(past)
    assert case.stage is stage
    if stage not in allowed.split():
        refused = immersion_journey.accepted_from[type(command)]
        if stage not in refused:
            with pytest.raises(WrongStage):
                decider.decide(command, case, context)
        return
    events = decider.decide(command, case, context)
    assert events
    assert decider.fold([*past, *events]).stage is (Stage(to) if to else stage)
    assert type(command) in decider.offers(case)


def test_the_table_accepts_nothing_else() -> None:
    expected: dict[type[ImmersionCommand], set[str]] = {}
    for command, _, allowed, _ in EXPECTED:
        expected.setdefault(type(command), set()).update(allowed.split())
    # In one step a convention is validated from the review; what is asked for there is told apart by the state.
    expected[Validate].add("in_review")
    assert expected == {kind: set(stages) for kind, stages in immersion_journey.accepted_from.items()}
    assert set(expected) == set(immersion_journey.commands)


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.CANCELLED, Stage.DEPRECATED])
def test_nothing_leaves_a_negative_stage(stage: Stage) -> None:
    assert set(decider.offers(decider.fold(history(stage)))) == {CorrectTutor, CorrectBeneficiary}


#: immersion §1.3: what each person may do, beside what agencies and staff do.
SIGNATORIES = set(Person) - {Person.TUTOR}
MAY: Sequence[tuple[ImmersionCommand, set[Person]]] = (
    (Sign(person=Person.BENEFICIARY), SIGNATORIES),
    (modify(), SIGNATORIES),
    (RecordSignatureLink(recipient=Person.BENEFICIARY, channel=Channel.SMS), SIGNATORIES),
    (RecordAssessmentLink(channel=Channel.SMS), SIGNATORIES),
    (CorrectTutor(job="Chef"), {Person.ESTABLISHMENT_REPRESENTATIVE}),
    (assess(), {Person.TUTOR}),
    (RecordAssessmentSignatureLink(channel=Channel.SMS), {Person.ESTABLISHMENT_REPRESENTATIVE, Person.TUTOR}),
    (SignAssessment(agrees=True), {Person.BENEFICIARY}),
)


@pytest.mark.parametrize("person", Person)
@pytest.mark.parametrize(("command", "allowed"), MAY, ids=[type(command).__name__ for command, _ in MAY])
def test_everybody_does_what_is_theirs_and_nothing_else(
    command: ImmersionCommand, allowed: set[Person], person: Person
) -> None:
    spoken = replace(command, person=person)  # type: ignore[arg-type]
    everybody = decider.fold([submitted(mini_stage(current_employer=EMPLOYER))])
    if person in allowed:
        assert speaker(spoken, everybody, WITNESS) is person
    else:
        with pytest.raises(NotForThisPerson):
            speaker(spoken, everybody, WITNESS)


@pytest.mark.parametrize("who", sorted(set(Role) - {Role.CANDIDATE, Role.WITNESS}))
def test_whoever_acts_for_an_agency_or_the_platform_speaks_for_nobody(who: Role) -> None:
    case = decider.fold([submitted()])
    assert speaker(assess(person=None), case, role(who)) is None
    with pytest.raises(SpeaksForAnother):
        speaker(assess(person=Person.TUTOR), case, role(who))


def offered(*events: ImmersionEvent) -> set[type[ImmersionCommand]]:
    return set(decider.offers(decider.fold(events)))


def test_what_the_state_excludes_is_not_offered() -> None:
    one, two = history(Stage.IN_REVIEW, ONE), history(Stage.IN_REVIEW, TWO)
    assert (Validate in offered(*one), FindEligible in offered(*one)) == (True, False)
    assert (Validate in offered(*two), FindEligible in offered(*two)) == (False, True)
    assert Validate in offered(*two, ELIGIBLE)
    renewed = submitted(renewed_from="immersion-1")
    assert type(modify()) not in offered(renewed)
    valid = history(Stage.VALIDATED)
    with_assessment = {SignAssessment, DeleteAssessment, RecordAssessmentSignatureLink}
    without = {type(assess()), Cancel, RecordAssessmentLink}
    assert with_assessment.isdisjoint(offered(*valid))
    assert without <= offered(*valid)
    assert with_assessment <= offered(*valid, assessed())
    assert without.isdisjoint(offered(*valid, assessed()))
    assert RequestAssessment in offered(*valid)
    assert RequestAssessment not in offered(*valid, ASKED)
