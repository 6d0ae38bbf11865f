"""Submission, signatures, modification, renewal, transfer (immersion §2, scenarios 1 to 17)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.immersion.codes import Person, Stage
from domain.immersion.commands import (
    CorrectBeneficiary,
    CorrectTutor,
    NameReferent,
    Sign,
    TransferToAgency,
)
from domain.immersion.events import (
    BeneficiaryCorrected,
    Modified,
    ReferentNamed,
    Signed,
    TransferredToAgency,
    TutorCorrected,
)
from domain.immersion.refusals import (
    AgencyClosed,
    AgencyNotActivated,
    AlreadySigned,
    BeforeItWasSubmitted,
    FieldMissing,
    LastsTooLong,
    LegalRepresentativeNeeded,
    NoSuchConvention,
    NoSuchDiscussion,
    NotAnAgency,
    NotForThisPerson,
    NotInTheConvention,
    NotValidated,
    NotYourConvention,
    OnlyTheAgencyModifies,
    OnlyTheBirthDate,
    RenewalIsNotModified,
    RenewalTooEarly,
    SameAgency,
    SameEmail,
    SamePhone,
    SayForWhom,
    SpeaksForAnother,
    TextTooLong,
    WrongStage,
)
from domain.immersion.state import parties
from domain.immersion.terms import ConventionTerms, terms_of
from domain.journey import Refusal
from domain.vocabulary import Party, Role
from tests.domain.immersion.cases import (
    CANDIDATE,
    ELIGIBLE,
    EMPLOYER,
    ENDS,
    INSTANT,
    KNOWN,
    NOW,
    ONE,
    PARENT,
    PRESCRIBER,
    REPRESENTATIVE,
    SIGNED,
    STAFF,
    TERMS,
    TUTOR,
    TWO,
    VALIDATED,
    WITNESS,
    A,
    B,
    beside,
    born,
    by,
    days,
    given,
    history,
    mini_stage,
    modify,
    renew,
    role,
    signed,
    standing,
    submit,
    submitted,
    terms,
)

MINOR = mini_stage(current_employer=EMPLOYER)
BENEFICIARY, REPRESENTS = Person.BENEFICIARY, Person.ESTABLISHMENT_REPRESENTATIVE


def test_s1_a_convention_is_submitted_ready_to_sign() -> None:
    given().within(WITNESS).when(submit()).then(submitted())
    given().within(by(PRESCRIBER)).when(submit()).then(submitted(sender=PRESCRIBER.id))
    asked = standing(submitted())
    assert (asked.stage, asked.agency, asked.validator, asked.signatures) == (Stage.READY_TO_SIGN, ONE.id, ONE.id, {})


def test_who_sent_it_the_agency_and_who_has_the_last_word_take_part() -> None:
    assert parties(standing(submitted(agency=A, sender=PRESCRIBER.id))) == {
        Party.SENDER: {PRESCRIBER.id},
        Party.RECEIVER: {A.id},
        Party.VALIDATOR: {B.id},
    }
    assert parties(standing(submitted())) == {Party.RECEIVER: {ONE.id}, Party.VALIDATOR: {ONE.id}}


def test_the_steps_of_the_agency_are_those_of_the_day() -> None:
    given().within(WITNESS).when(submit(agency=TWO)).then(submitted(agency=TWO))
    given().within(WITNESS).when(submit(agency=A)).then(submitted(agency=A))
    assert (standing(submitted(agency=TWO)).two_steps, standing(submitted(agency=TWO)).validator) == (True, TWO.id)
    assert (standing(submitted(agency=A)).two_steps, standing(submitted(agency=A)).validator) == (True, B.id)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"families": PRESCRIBER.families}, NotAnAgency),
        ({"active": False}, AgencyClosed),
        ({"authorised": False}, AgencyNotActivated),
    ],
)
def test_a_convention_goes_to_an_agency_that_takes_part(changes: dict[str, object], reason: type[Refusal]) -> None:
    agency = replace(ONE, **changes)  # type: ignore[arg-type]
    unknowing = replace(WITNESS, organisations={ONE.id: agency})
    given().within(unknowing).when(submit()).refused(reason)


def test_a_convention_comes_of_a_discussion_of_the_same_dossier() -> None:
    given().within(WITNESS).when(submit(discussion="discussion-1")).refused(NoSuchDiscussion)
    known = beside(WITNESS, submitted())
    given().within(known).when(submit(discussion="immersion-1")).refused(NoSuchDiscussion)
    other = replace(known, dossier=replace(known.dossier, cases={"discussion-1": object()}))
    given().within(other).when(submit(discussion="discussion-1")).then(submitted(discussion="discussion-1"))


def test_texts_are_written_in_one_way() -> None:
    said = replace(REPRESENTATIVE, last_name=" Morel ", email=" Jéanne@Boulangerie.example", phone="06 12 34 56 02")
    spoken = terms(establishment_representative=said, siret="130 005 481 00010", skills="  ")
    given().within(WITNESS).when(submit(spoken)).then(submitted())
    number_of_a_company = terms(skills="130 005 481 00010")
    given().within(WITNESS).when(submit(number_of_a_company)).then(submitted(number_of_a_company))


def test_s3_the_first_of_two_signatures() -> None:
    later = role(Role.WITNESS, datetime(2026, 4, 2, 10, tzinfo=UTC))
    given(submitted()).within(later).when(Sign(person=REPRESENTS)).then(signed(REPRESENTS, later.at))
    case = standing(submitted(), signed(REPRESENTS, later.at))
    assert (case.stage, case.signatures, case.complete_since) == (
        Stage.PARTIALLY_SIGNED,
        {REPRESENTS: later.at},
        None,
    )


def test_the_last_signature_hands_the_convention_to_the_agency() -> None:
    later = NOW + timedelta(days=1)
    case = standing(submitted(), SIGNED[0], signed(REPRESENTS, later))
    assert (case.stage, case.complete_since) == (Stage.IN_REVIEW, later)


def test_s5_four_signatories_and_a_tutor_who_never_signs() -> None:
    three = (submitted(MINOR), *SIGNED, signed(Person.LEGAL_REPRESENTATIVE))
    assert standing(*three).stage is Stage.PARTIALLY_SIGNED
    given(*three).within(WITNESS).when(Sign(person=Person.TUTOR)).refused(NotForThisPerson)
    given(*three).within(WITNESS).when(Sign(person=Person.CURRENT_EMPLOYER)).then(signed(Person.CURRENT_EMPLOYER))
    assert standing(*three, signed(Person.CURRENT_EMPLOYER)).stage is Stage.IN_REVIEW


def test_whoever_is_not_in_the_convention_does_not_sign() -> None:
    given(submitted()).within(WITNESS).when(Sign(person=Person.CURRENT_EMPLOYER)).refused(NotInTheConvention)


def test_nobody_signs_twice() -> None:
    given(submitted(), SIGNED[0]).within(WITNESS).when(Sign(person=BENEFICIARY)).refused(AlreadySigned)


def test_nobody_signs_what_was_not_submitted_yet() -> None:
    early = role(Role.WITNESS, NOW - INSTANT)
    given(submitted()).within(early).when(Sign(person=BENEFICIARY)).refused(BeforeItWasSubmitted)
    given(submitted()).within(WITNESS).when(Sign(person=BENEFICIARY)).then(SIGNED[0])


def test_the_candidate_signs_for_themselves_only() -> None:
    given(submitted()).within(CANDIDATE).when(Sign(person=BENEFICIARY)).then(SIGNED[0])
    given(submitted()).within(CANDIDATE).when(Sign(person=REPRESENTS)).refused(SpeaksForAnother)


def test_a_witness_says_for_whom_it_speaks_and_an_agency_speaks_for_nobody() -> None:
    given(submitted()).within(WITNESS).when(modify()).refused(SayForWhom)
    given(submitted()).within(by(ONE)).when(modify(person=BENEFICIARY)).refused(SpeaksForAnother)
    given(submitted()).within(STAFF).when(modify(person=BENEFICIARY)).refused(SpeaksForAnother)
    given(submitted()).within(WITNESS).when(modify(person=Person.TUTOR)).refused(NotForThisPerson)


def test_s13_a_modification_by_the_beneficiary_keeps_their_own_signature_alone() -> None:
    other = terms(activities="Vendre.")
    past = (submitted(), SIGNED[1])
    modified = Modified(**terms_of(other), at=NOW, by=BENEFICIARY)
    given(*past).within(CANDIDATE).when(modify(other)).then(modified, SIGNED[0])
    given(*past).within(WITNESS).when(modify(other, BENEFICIARY)).then(modified, SIGNED[0])
    case = standing(*past, modified, SIGNED[0])
    assert (case.stage, case.signatures, case.terms) == (Stage.PARTIALLY_SIGNED, {BENEFICIARY: NOW}, other)


@pytest.mark.parametrize("stage", [Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED, Stage.IN_REVIEW, Stage.ELIGIBLE])
def test_a_modification_by_the_agency_asks_for_every_signature_anew(stage: Stage) -> None:
    past = history(stage, TWO)
    modified = Modified(**terms_of(TERMS), at=NOW, by=None, justification="Faute.")
    given(*past).within(by(TWO)).when(modify(justification=" Faute. ")).then(modified)
    case = standing(*past, modified)
    assert (case.stage, case.signatures, case.eligible_at, case.eligible_by, case.complete_since) == (
        Stage.READY_TO_SIGN,
        {},
        None,
        None,
        None,
    )


def test_a_legal_representative_who_leaves_the_convention_by_their_own_hand_does_not_sign_it() -> None:
    grown = terms(beneficiary=born("1990-01-01"))
    past = submitted(terms(legal_representative=PARENT))
    gone = Modified(**terms_of(grown), at=NOW, by=Person.LEGAL_REPRESENTATIVE)
    given(past).within(WITNESS).when(modify(grown, Person.LEGAL_REPRESENTATIVE)).then(gone)


def test_s15_the_validator_of_an_agency_that_refers_does_not_modify_what_was_found_eligible() -> None:
    past = history(Stage.ELIGIBLE, A)
    given(*past).within(by(B)).when(modify()).refused(OnlyTheAgencyModifies)
    given(*past).within(by(A)).when(modify()).then(Modified(**terms_of(TERMS), at=NOW, by=None))
    reviewed = history(Stage.IN_REVIEW, A)
    given(*reviewed).within(by(B)).when(modify()).then(Modified(**terms_of(TERMS), at=NOW, by=None))


def test_a_convention_is_measured_by_the_rules_of_the_day_of_its_submission() -> None:
    """A minor needed no legal representative before 28 October 2023 (immersion §3.3)."""
    before, since = datetime(2023, 10, 27, 10, tzinfo=UTC), datetime(2023, 10, 28, 10, tzinfo=UTC)
    agreed = ConventionTerms(
        **(
            terms_of(TERMS)
            | {
                "beneficiary": born("2006-12-01"),
                "starts_on": date(2023, 11, 6),
                "ends_on": date(2023, 11, 10),
                "schedule": days(date(2023, 11, 6), 5),
            }
        )
    )
    modified = Modified(**terms_of(agreed), at=NOW, by=None)
    given(submitted(agreed, at=before)).within(by(ONE)).when(modify(agreed)).then(modified)
    given(submitted(agreed, at=since)).within(by(ONE)).when(modify(agreed)).refused(LegalRepresentativeNeeded)


def test_s17_a_renewal_is_a_new_convention_that_nobody_has_signed() -> None:
    past = history(Stage.VALIDATED)
    first, last = date(2026, 5, 11), date(2026, 5, 15)
    later = by(ONE, NOW + timedelta(days=20))
    agreed = terms(starts_on=first, ends_on=last, schedule=days(first, 5))
    renewed = submitted(
        agreed,
        at=later.at,
        sender=ONE.id,
        renewed_from="immersion-1",
        renewal_justification="Voir une semaine entière.",
    )
    given().within(beside(later, *past)).when(renew()).then(renewed)
    case = standing(renewed)
    assert (case.stage, case.signatures, case.renewed_from) == (Stage.READY_TO_SIGN, {}, "immersion-1")
    given(renewed).within(by(ONE, later.at)).when(modify(agreed)).refused(RenewalIsNotModified)


def test_a_renewal_keeps_who_accompanies_the_person_and_in_which_steps() -> None:
    past = [*history(Stage.ELIGIBLE, A), ReferentNamed(last_name="Le Bihan", first_name="Camille"), VALIDATED]
    case = standing(*given().within(beside(by(B), *past)).when(renew())._decide())
    assert (case.agency, case.validator, case.two_steps) == (A.id, B.id, True)
    assert (case.referent_last_name, case.referent_first_name) == ("Le Bihan", "Camille")
    assert (case.validated_at, case.eligible_at) == (None, None)


def test_only_a_validated_convention_of_ones_own_is_renewed() -> None:
    past = history(Stage.VALIDATED)
    given().within(beside(by(ONE), *history(Stage.IN_REVIEW))).when(renew()).refused(NotValidated)
    given().within(beside(by(TWO), *past)).when(renew()).refused(NotYourConvention)
    given().within(beside(by(ONE), *past)).when(renew(convention="immersion-2")).refused(NoSuchConvention)
    assert given().within(beside(STAFF, *past)).when(renew())._decide()


def test_a_renewal_starts_after_the_end_says_why_and_has_limits_of_its_own() -> None:
    before = beside(by(ONE), *history(Stage.VALIDATED))
    given().within(before).when(renew(starts_on=ENDS)).refused(RenewalTooEarly)
    assert given().within(before).when(renew(starts_on=ENDS + timedelta(days=1)))._decide()
    given().within(before).when(renew(justification=" ")).refused(FieldMissing)
    given().within(before).when(renew(justification="a" * 3001)).refused(TextTooLong)
    assert given().within(before).when(renew(justification="a" * 3000))._decide()
    given().within(before).when(renew(ends_on=date(2026, 6, 11))).refused(LastsTooLong)


@pytest.mark.parametrize("stage", [Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED, Stage.IN_REVIEW])
def test_a_transfer_keeps_the_signatures_and_takes_up_the_steps_of_the_new_agency(stage: Stage) -> None:
    past = history(stage)
    transferred = TransferredToAgency(
        at=NOW, from_agency=ONE.id, to=A.id, two_steps=True, validator=B.id, justification="Suivi."
    )
    given(*past).within(by(ONE)).when(TransferToAgency(to=A.id, justification="Suivi.")).then(transferred)
    before, case = standing(*past), standing(*past, transferred)
    assert (case.stage, case.signatures) == (before.stage, before.signatures)
    assert (case.agency, case.validator, case.two_steps) == (A.id, B.id, True)


def test_a_transfer_goes_elsewhere_and_says_why() -> None:
    past, why = submitted(), "Suivi."
    given(past).within(by(ONE)).when(TransferToAgency(to=ONE.id, justification=why)).refused(SameAgency)
    given(past).within(by(ONE)).when(TransferToAgency(to=PRESCRIBER.id, justification=why)).refused(NotAnAgency)
    given(past).within(by(ONE)).when(TransferToAgency(to=TWO.id, justification="")).refused(FieldMissing)
    given(past).within(by(ONE)).when(TransferToAgency(to=TWO.id, justification="a" * 1025)).refused(TextTooLong)
    assert given(past).within(by(ONE)).when(TransferToAgency(to=TWO.id, justification="a" * 1024))._decide()


@pytest.mark.parametrize("changes", [{"two_steps": True}, {"two_steps": True, "refers_to": B.id}])
def test_a_transfer_to_the_same_agency_takes_up_its_present_steps(changes: dict[str, object]) -> None:
    changed = replace(ONE, **changes)  # type: ignore[arg-type]
    context = replace(by(ONE), organisations={**KNOWN, ONE.id: changed})
    [event] = given(submitted()).within(context).when(TransferToAgency(to=ONE.id, justification="Étapes."))._decide()
    case = standing(submitted(), event)
    assert (case.two_steps, case.validator) == (True, changed.refers_to or ONE.id)


def test_the_referent_is_named_until_the_review_is_over() -> None:
    both = ReferentNamed(last_name="Le Bihan", first_name="Camille")
    given(submitted()).within(by(ONE)).when(NameReferent(last_name="Le Bihan", first_name="Camille ")).then(both)
    named = ReferentNamed(last_name="Le Bihan", first_name=None)
    for stage in (Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED, Stage.IN_REVIEW):
        given(*history(stage)).within(by(ONE)).when(NameReferent(last_name=" Le Bihan ", first_name=" ")).then(named)
    given(*history(Stage.VALIDATED)).within(by(ONE)).when(NameReferent(last_name="Le Bihan")).refused(WrongStage)
    assert standing(submitted(), named).referent_last_name == "Le Bihan"


@pytest.mark.parametrize("stage", [Stage.VALIDATED, Stage.REJECTED, Stage.CANCELLED, Stage.DEPRECATED])
def test_the_tutor_is_corrected_once_the_convention_is_decided(stage: Stage) -> None:
    past = history(stage)
    corrected = TutorCorrected(tutor=replace(TUTOR, job="Chef boulanger"))
    given(*past).within(by(ONE)).when(CorrectTutor(job="Chef boulanger")).then(corrected)
    by_establishment = CorrectTutor(job="Chef boulanger", person=REPRESENTS)
    given(*past).within(WITNESS).when(by_establishment).then(corrected)
    given(*past).within(WITNESS).when(CorrectTutor(job="Chef", person=BENEFICIARY)).refused(NotForThisPerson)
    before, case = standing(*past), standing(*past, corrected)
    assert (case.stage, case.signatures) == (before.stage, before.signatures)
    assert case.terms == terms(tutor=replace(TUTOR, job="Chef boulanger"))


def test_a_correction_of_nothing_makes_nothing_happen() -> None:
    past = history(Stage.VALIDATED)
    given(*past).within(by(ONE)).when(CorrectTutor()).then()
    given(*past).within(WITNESS).when(CorrectTutor(person=REPRESENTS)).then()
    given(*past).within(by(ONE)).when(CorrectBeneficiary()).then()


def test_a_correction_is_measured_with_the_whole() -> None:
    past = history(Stage.VALIDATED)
    given(*past).within(by(ONE)).when(CorrectTutor(email=TERMS.beneficiary.email)).refused(SameEmail)
    given(*past).within(by(ONE)).when(CorrectBeneficiary(birth_date="2009-05-05")).refused(LegalRepresentativeNeeded)


def test_a_correction_is_measured_by_the_rules_of_the_day_of_submission() -> None:
    """Two signatories could have one telephone until 30 April 2025 (immersion §3.3)."""
    shared = terms(establishment_representative=replace(REPRESENTATIVE, phone=TERMS.beneficiary.phone))
    for day, allowed in ((30, True), (31, False)):
        asked = submitted(shared, at=datetime(2025, 3, 31, 10, tzinfo=UTC) + timedelta(days=day))
        scenario = given(asked, *SIGNED, VALIDATED).within(by(ONE)).when(CorrectTutor(job="Chef"))
        if allowed:
            assert scenario._decide()
        else:
            scenario.refused(SamePhone)


def test_an_agency_corrects_the_date_of_birth_and_the_platform_the_rest() -> None:
    past = history(Stage.VALIDATED)
    corrected = BeneficiaryCorrected(last_name="Haddad", first_name="Morgan", birth_date="1991-01-01")
    given(*past).within(by(ONE)).when(CorrectBeneficiary(birth_date="1991-01-01")).then(corrected)
    named = CorrectBeneficiary(last_name="Hadad", birth_date="1991-01-01")
    given(*past).within(by(ONE)).when(named).refused(OnlyTheBirthDate)
    given(*past).within(by(ONE)).when(CorrectBeneficiary(first_name="M.")).refused(OnlyTheBirthDate)
    given(*past).within(STAFF).when(named).then(replace(corrected, last_name="Hadad"))
    case = standing(*past, corrected)
    assert case.terms == terms(beneficiary=born("1991-01-01"))
    assert case.stage is Stage.VALIDATED


def test_nothing_is_corrected_before_a_decision_nor_modified_after_it() -> None:
    for stage in (Stage.READY_TO_SIGN, Stage.IN_REVIEW):
        given(*history(stage)).within(by(ONE)).when(CorrectTutor(job="Chef")).refused(WrongStage)
    given(*history(Stage.ELIGIBLE, TWO)).within(by(TWO)).when(CorrectBeneficiary()).refused(WrongStage)
    for stage in (Stage.VALIDATED, Stage.REJECTED, Stage.CANCELLED, Stage.DEPRECATED):
        given(*history(stage)).within(by(ONE)).when(modify()).refused(WrongStage)


def test_events_of_a_convention_that_was_never_submitted_can_be_read() -> None:
    lone = standing(TutorCorrected(tutor=TUTOR), ELIGIBLE, Signed(at=NOW, person=BENEFICIARY))
    assert (lone.terms, lone.stage) == (None, Stage.IN_REVIEW)
