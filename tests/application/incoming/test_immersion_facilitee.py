"""What Immersion facilitée tells of conventions, and what is then recorded (immersion §10.4, §12)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.candidate import Candidate
from domain.immersion import Immersion
from domain.immersion.codes import NEGATIVE, ConventionKind, Objective, Person, SchoolLevel, Stage
from domain.immersion.commands import CreateAssessment, Modify
from domain.immersion.events import Validated
from domain.immersion.terms import terms_of
from domain.organisation.commands import SetValidationSteps
from domain.organisation.kinds import Kind
from domain.references import Named
from domain.vocabulary import OrganisationId, RootKind
from tests.application.incoming.conftest import Office, agency_of
from tests.application.incoming.immersions import KEY, SIGNERS, Json, after, convention, updated
from tests.application.test_immersion import SERVICE
from tests.application.town import STAFF, professional
from tests.domain.immersion.cases import assess

BOTH = dict.fromkeys(SIGNERS, 20) | {"beneficiary": 10}
BY = {"agencyValidator": {"firstname": "Jean", "lastname": "Dupont"}}
VALIDATED = convention("ACCEPTED_BY_VALIDATOR", 60, BOTH, dateValidation="2026-04-01T09:00:00.000Z", validators=BY)
OTHER = "bbbbbc99-9c0b-1bbb-bb6d-6bb9bd38bbbb"


@pytest.fixture
def agency(immersions: Office) -> OrganisationId:
    return agency_of(immersions.town)


def names(office: Office, key: str = KEY) -> Sequence[str]:
    root = office.root(key, Named.CONVENTION)
    assert root is not None
    return [name for _, name in office.town.told(root)]


def test_scenario_1_a_convention_is_submitted_for_somebody_unknown(immersions: Office, agency: OrganisationId) -> None:
    assert immersions.told(updated(convention("READY_TO_SIGN", 0))) == []
    case, root = immersions.convention(), immersions.root(KEY, Named.CONVENTION)
    assert (case.stage, case.agency, case.submitted_at, case.sender) == (Stage.READY_TO_SIGN, agency, after(0), None)
    assert root is not None
    person = immersions.town.standing(root).cases[RootKind.CANDIDATE]
    assert isinstance(person, Candidate)
    assert (person.first_name, person.last_name, list(person.followers)) == ("Morgan", "Haddad", [agency])
    assert case.terms is not None
    told_of = case.terms
    assert (told_of.kind, told_of.objective) == (ConventionKind.IMMERSION, Objective.DISCOVER)
    assert [len(day.slots) for day in told_of.schedule] == [2] * 5
    assert (told_of.schedule[0].slots[1].starts, told_of.schedule[0].slots[1].ends) == (13 * 60, 17 * 60)


def test_the_convention_of_somebody_known_is_in_their_dossier(immersions: Office, agency: OrganisationId) -> None:
    mail = "morgan@courriel.example"
    root = immersions.town.candidate("camille", agency, first_name="Morgan", email=mail)
    immersions.told(updated(convention("READY_TO_SIGN", 0)))
    assert immersions.root(KEY, Named.CONVENTION) == root


def test_scenario_3_a_signature_is_told_on_its_own_day(immersions: Office, agency: OrganisationId) -> None:
    first = convention("PARTIALLY_SIGNED", 20, {"establishmentRepresentative": 20})
    immersions.told(updated(convention("READY_TO_SIGN", 0)), updated(first))
    case = immersions.convention()
    assert (case.stage, case.signatures) == (
        Stage.PARTIALLY_SIGNED,
        {Person.ESTABLISHMENT_REPRESENTATIVE: after(20)},
    )


def test_scenario_7_a_convention_that_was_validated_is_told_from_its_beginning(
    immersions: Office, agency: OrganisationId
) -> None:
    assert immersions.told(updated(VALIDATED)) == []
    case = immersions.convention()
    assert case.stage is Stage.VALIDATED
    assert case.validated_at == after(60)
    validated = last(immersions)
    assert isinstance(validated, Validated)
    assert (validated.validator_last_name, validated.validator_first_name) == ("Dupont", "Jean")
    assert names(immersions) == ["Registered", "Submitted", "Signed", "Signed", "Validated"]
    immersions.told(updated(VALIDATED), updated(convention("READY_TO_SIGN", 0)))
    assert names(immersions) == ["Registered", "Submitted", "Signed", "Signed", "Validated"]


def test_an_agency_of_two_steps_finds_eligible_and_the_other_validates(immersions: Office) -> None:
    town = immersions.town
    first, second = agency_of(town, kind=Kind.AGENCY_STRUCTURE_IAE), agency_of(town, OTHER, Kind.AGENCY_FRANCE_TRAVAIL)
    steps = SetValidationSteps(two_steps=True, refers_to=second)
    town.ask(f"organisation/{first}", steps, STAFF)
    by = {"agencyCounsellor": {"firstname": "Anne", "lastname": "Le Goff"}}
    said = {"dateApproval": "2026-04-01T08:40:00.000Z", "validators": by}
    eligible = convention("ACCEPTED_BY_COUNSELLOR", 40, BOTH, **said)
    assert immersions.told(updated(eligible)) == []
    assert immersions.convention().stage is Stage.ELIGIBLE
    both = said | {"dateValidation": "2026-04-01T09:00:00.000Z", "validators": by | BY}
    assert immersions.told(updated(convention("ACCEPTED_BY_VALIDATOR", 60, BOTH, **both))) == []
    case = immersions.convention()
    assert case.stage is Stage.VALIDATED
    assert case.eligible_at == after(40)


@pytest.mark.parametrize(
    ("status", "stage"),
    [("REJECTED", Stage.REJECTED), ("DEPRECATED", Stage.DEPRECATED), ("CANCELLED", Stage.CANCELLED)],
)
def test_scenarios_9_and_11_why_it_came_to_nothing_is_told(
    immersions: Office, agency: OrganisationId, status: str, stage: Stage
) -> None:
    told = convention(status, 90, BOTH, statusJustification="Le candidat a trouvé un emploi.")
    assert immersions.told(updated(told)) == []
    case = immersions.convention()
    assert (case.stage, last(immersions).justification) == (stage, "Le candidat a trouvé un emploi.")
    assert last(immersions).at == after(90)


def test_scenario_13_who_modifies_a_convention_has_it_signed_anew(immersions: Office, agency: OrganisationId) -> None:
    signed = convention("PARTIALLY_SIGNED", 10, {"establishmentRepresentative": 10})
    changed = convention("PARTIALLY_SIGNED", 30, {"beneficiary": 30}, immersionActivities="Cuire.")
    assert immersions.told(updated(signed), updated(changed)) == []
    case = immersions.convention()
    assert case.terms is not None
    assert (case.terms.activities, case.signatures) == ("Cuire.", {Person.BENEFICIARY: after(30)})


def test_scenario_17_a_renewal_follows_what_it_renews(immersions: Office, agency: OrganisationId) -> None:
    renewal = renewal_of_a_week()
    assert immersions.told(updated(renewal)) == ["unknown_convention"]
    assert immersions.told(updated(VALIDATED)) == []
    renewed = immersions.convention(OTHER)
    assert (renewed.renewed_from, renewed.stage) == ("immersion-1", Stage.READY_TO_SIGN)
    assert immersions.root(OTHER, Named.CONVENTION) == immersions.root(KEY, Named.CONVENTION)


def renewal_of_a_week() -> Json:
    schedule = json.loads(json.dumps(VALIDATED["schedule"]))
    for day, worked in enumerate(schedule["complexSchedule"], start=11):
        worked["date"] = f"2026-05-{day}T00:00:00.000Z"
    return convention(
        "READY_TO_SIGN",
        70,
        id=OTHER,
        dateStart="2026-05-11T00:00:00.000Z",
        dateEnd="2026-05-15T00:00:00.000Z",
        schedule=schedule,
        renewed={"from": KEY, "justification": "Une semaine de plus"},
    )


def test_the_last_message_sent_again_modifies_nothing_back(immersions: Office, agency: OrganisationId) -> None:
    told = updated(convention("READY_TO_SIGN", 0))
    assert immersions.told(told) == []
    terms, root = immersions.convention().terms, str(immersions.root(KEY, Named.CONVENTION))
    assert terms is not None
    modify = Modify(**terms_of(replace(terms, activities="Cuire.")))
    by = professional("camille", "immersion-facilitee")
    immersions.town.ask(root, modify, by, agency, journey="immersion-1")
    before = immersions.town.journal.load(root)
    assert immersions.told(told) == []
    assert immersions.town.journal.load(root) == before


@pytest.mark.parametrize("anew", [True, False])
def test_the_convention_of_whoever_is_erased_and_what_renews_it_are_told_of_no_more(
    immersions: Office, agency: OrganisationId, anew: bool
) -> None:
    """Whether the convention began their dossier or is in one that there was."""
    mail = "morgan@courriel.example"
    if not anew:
        immersions.town.candidate("camille", agency, first_name="Morgan", email=mail)
    assert immersions.told(updated(VALIDATED)) == []
    root = immersions.erase(KEY, Named.CONVENTION)
    before = immersions.town.journal.load(root)
    later = VALIDATED | {"updatedAt": "2026-04-03T08:00:00.000Z"}
    cancelled = convention("CANCELLED", 9_000, BOTH, statusJustification="Non", agencyId=OTHER)
    renewal = renewal_of_a_week()
    for each in (later, cancelled, renewal, renewal | {"agencyId": OTHER}):
        assert immersions.told(updated(each)) == []
    assert immersions.town.journal.load(root) == before
    assert immersions.root(OTHER, Named.CONVENTION) is None


def test_a_convention_goes_to_another_agency_with_its_signatures(immersions: Office, agency: OrganisationId) -> None:
    other = agency_of(immersions.town, OTHER)
    immersions.told(updated(convention("IN_REVIEW", 20, BOTH)))
    moved = convention("IN_REVIEW", 30, BOTH, agencyId=OTHER, agencyReferent={"firstname": "Léa", "lastname": "Roux"})
    assert immersions.told(updated(moved)) == []
    case = immersions.convention()
    assert (case.agency, case.stage, case.referent_last_name) == (other, Stage.IN_REVIEW, "Roux")


def test_once_decided_the_tutor_and_the_person_are_corrected(immersions: Office, agency: OrganisationId) -> None:
    corrected = json.loads(json.dumps(VALIDATED | {"updatedAt": "2026-04-02T08:00:00.000Z"}))
    corrected["establishmentTutor"]["job"] = "Boulangère"
    corrected["signatories"]["beneficiary"] |= {"birthdate": "1991-01-01T00:00:00.000Z", "lastName": "Hadad"}
    assert immersions.told(updated(VALIDATED), updated(corrected)) == []
    terms = immersions.convention().terms
    assert terms is not None
    assert (terms.tutor.job, terms.beneficiary.birth_date, terms.beneficiary.last_name) == (
        "Boulangère",
        "1991-01-01",
        "Hadad",
    )


def test_an_agency_that_nobody_has_named_or_that_lets_nobody_act_is_waited_for(immersions: Office) -> None:
    assert immersions.told(updated(VALIDATED)) == ["unknown_organisation"]
    agency_of(immersions.town)
    immersions.inbox.again(immersions.town.clock.now())
    assert (immersions.work(), immersions.reasons()) == (1, [])


def test_what_nothing_leads_to_waits_in_sight(immersions: Office, agency: OrganisationId) -> None:
    rejected = convention("REJECTED", 30, BOTH, statusJustification="Non")
    later = VALIDATED | {"updatedAt": "2026-04-03T08:00:00.000Z"}
    assert immersions.told(updated(rejected), updated(later)) == ["cannot_follow"]


def test_an_assessment_is_never_taken_from_a_summary_nor_deleted_by_its_absence(
    immersions: Office, agency: OrganisationId
) -> None:
    summary = {"status": "COMPLETED", "endedWithAJob": True, "signedAt": None, "createdAt": "2026-05-09T08:00:00.000Z"}
    assert immersions.told(updated(VALIDATED | {"assessment": summary})) == []
    assert immersions.convention().assessment is None
    immersions.town.at(datetime(2026, 5, 10, 10, tzinfo=immersions.town.clock.now().tzinfo))
    command = assess()
    assert isinstance(command, CreateAssessment)
    root = str(immersions.root(KEY, Named.CONVENTION))
    immersions.town.ask(root, command, SERVICE, journey="immersion-1")
    assert immersions.told(updated(VALIDATED | {"updatedAt": "2026-05-09T08:00:00.000Z"})) == []
    assert immersions.convention().assessment is not None


def test_a_mini_stage_says_where_the_pupil_learns_and_lives(immersions: Office) -> None:
    agency_of(immersions.town, kind=Kind.AGENCY_CCI)
    told = convention("READY_TO_SIGN", 0, internshipKind="mini-stage-cci")
    told["signatories"]["beneficiary"] |= {
        "birthdate": "2009-01-01",
        "levelOfEducation": "2nde",
        "schoolName": "Lycée Bréquigny",
        "schoolPostcode": "35200",
        "address": {
            "streetNumberAndAddress": "2 rue Haute",
            "postcode": "35000",
            "departmentCode": "35",
            "city": "Rennes",
        },
    }
    parent = told["establishmentTutor"] | {"email": "nour@courriel.example", "phone": "+33612345604"}
    told["signatories"]["beneficiaryRepresentative"] = parent | {"role": "beneficiary-representative"}
    assert immersions.told(updated(told)) == []
    terms = immersions.convention().terms
    assert terms is not None
    assert terms.beneficiary.schooling is not None
    assert (terms.beneficiary.schooling.level, terms.beneficiary.schooling.address) == (
        SchoolLevel.SECONDE,
        "2 rue Haute, 35000 Rennes",
    )


def test_other_events_are_none_of_ours(immersions: Office) -> None:
    immersions.keep(json.dumps({"subscribedEvent": "discussion.updated", "payload": {}}).encode())
    assert immersions.waiting() == []


def test_an_objective_that_is_none_waits_in_sight(immersions: Office, agency: OrganisationId) -> None:
    told = updated(convention("READY_TO_SIGN", 0, immersionObjective="Se promener"))
    assert immersions.told(told) == ["malformed:immersionObjective"]


def last(office: Office) -> Any:
    """What happened last to the dossier of the convention."""
    return office.town.journal.load(str(office.root(KEY, Named.CONVENTION)))[-1].event


@dataclass(frozen=True)
class Told:
    """The convention at a moment of its life."""

    status: str
    at: int
    signed: Mapping[str, int]
    said: Mapping[str, Any]

    def sent(self, run: int) -> bytes:
        known = {"id": f"{run:08}-9c0b-1aaa-aa6d-6bb9bd38aaaa", "mail": str(run)}
        return updated(convention(self.status, self.at, self.signed, **self.said, **known))


@st.composite
def lives(draw: st.DrawFn) -> Sequence[Told]:
    """From the submission on, every signature, some modifications, and an end: each as it is told."""
    at, said, told = 0, dict[str, Any](), list[Told]()
    told.append(Told("READY_TO_SIGN", at, {}, said))
    for _ in range(draw(st.integers(0, 2))):
        at += draw(st.integers(1, 60))
        who = draw(st.sampled_from(SIGNERS))
        told.append(Told("PARTIALLY_SIGNED", at, {who: at}, said))
        at += draw(st.integers(1, 60))
        said = {"immersionActivities": draw(st.sampled_from(["Pétrir.", "Cuire.", "Façonner."]))}
        told.append(Told("READY_TO_SIGN", at, {}, said))
    signed: dict[str, int] = {}
    for who in draw(st.permutations(SIGNERS)):
        at += draw(st.integers(1, 60))
        signed = {**signed, who: at}
        told.append(Told("IN_REVIEW" if len(signed) > 1 else "PARTIALLY_SIGNED", at, signed, said))
    at += draw(st.integers(1, 60))
    if draw(st.booleans()):
        status = draw(st.sampled_from(["REJECTED", "DEPRECATED"]))
        return [*told, Told(status, at, signed, {**said, "statusJustification": "Un motif"})]
    said = {**said, "validators": BY}
    told.append(Told("ACCEPTED_BY_VALIDATOR", at, signed, {**said, "dateValidation": iso_after(at)}))
    if draw(st.booleans()):
        at += draw(st.integers(1, 60))
        told.append(Told("CANCELLED", at, signed, {**said, "statusJustification": "Un motif"}))
    return told


def iso_after(minutes: int) -> str:
    return after(minutes).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@st.composite
def stories(draw: st.DrawFn) -> tuple[Sequence[Told], Sequence[Sequence[Told]]]:
    """A life in order; and as it arrives: in any order, some messages twice, some never, but the last one."""
    life = draw(lives())
    heard = [each for each in life[:-1] if draw(st.booleans())] + [life[-1]]
    shuffled = draw(st.permutations([*heard, *draw(st.lists(st.sampled_from(heard), max_size=2))]))
    cuts = sorted(draw(st.sets(st.integers(0, len(shuffled)), max_size=3)) | {0, len(shuffled)})
    return life, [shuffled[start:end] for start, end in pairwise(cuts)]


@settings(
    max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(story=stories())
def test_in_any_order_twice_late_or_missing_the_convention_is_the_same(
    immersions: Office, agency: OrganisationId, story: tuple[Sequence[Told], Sequence[Sequence[Told]]]
) -> None:
    life, heaps = story
    expected = told_to(immersions, [[each] for each in life])
    assert told_to(immersions, heaps) == expected


RUNS = iter(range(1_000, 1_000_000))


def told_to(office: Office, heaps: Sequence[Sequence[Told]]) -> Immersion:
    run = next(RUNS)
    for heap in heaps:
        office.keep(*(each.sent(run) for each in heap))
        office.work()
    office.town.at(office.town.clock.now() + timedelta(hours=1))
    office.work()
    assert office.reasons() == []
    return comparable(office.convention(f"{run:08}-9c0b-1aaa-aa6d-6bb9bd38aaaa"))


def comparable(case: Immersion) -> Immersion:
    """The whole, without when signatures were last asked for, and how far what came to nothing had come."""
    assert case.terms is not None
    person = replace(case.terms.beneficiary, email="")
    same = replace(case, reference=None, asked_at=None, terms=replace(case.terms, beneficiary=person))
    return replace(same, eligible_at=None, eligible_by=None, validated_at=None) if case.stage in NEGATIVE else same
