"""What is confidential to whom: every line of the tables, and what no reader gets around."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args, get_type_hints

import pytest

from application.dossiers import Standing
from application.permissions.readers import READERS
from application.permissions.reading import Reading, View, Viewer
from domain.accompaniment import Accompaniment
from domain.candidate import hidden_from
from domain.candidate.codes import Stage as CandidateStage
from domain.candidate.state import Candidate
from domain.catalogue import CATALOGUE
from domain.discussion import Discussion
from domain.discussion.codes import Stage as DiscussionStage
from domain.hiring import Hiring
from domain.immersion import Immersion
from domain.immersion.codes import Stage as ConventionStage
from domain.job_application import JobApplication
from domain.job_application.codes import RefusalReason
from domain.job_application.codes import Stage as ApplicationStage
from domain.orientation import Orientation
from domain.orientation.codes import Origin
from domain.orientation.codes import Stage as OrientationStage
from domain.orientation.events import Sent
from domain.rsa.categories import Channel
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment import Stage as FollowUpStage
from domain.rsa_appointment.codes import InvitationOrigin
from domain.rsa_appointment.state import Invitation
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Role, Subject
from tests.domain.immersion.cases import TERMS

NOW = datetime(2026, 1, 5, 11, tzinfo=UTC)


def organisation(name: str, family: Family, kind: str, *, authorised: bool = True) -> OrganisationProfile:
    return OrganisationProfile(
        id=OrganisationId(name), kinds=(kind,), families=(family,), authorised=authorised, departments=("35",)
    )


SENDER = organisation("sender", Family.PRESCRIBER, "ml")
COMPANY = organisation("company", Family.SIAE, "aci")
SERVICE = organisation("service", Family.SERVICE_PROVIDER, "service_structure")
PRESCRIBER = organisation("prescriber", Family.PRESCRIBER, "ft")
ORIENTER = organisation("orienter", Family.PRESCRIBER, "ccas", authorised=False)
EMPLOYER = organisation("employer", Family.EMPLOYER, "ea")
COUNCIL = organisation("council", Family.RSA, "conseil_departemental")
DELEGATE = organisation("delegate", Family.RSA, "delegataire_rsa")
STRANGER = organisation("stranger", Family.SIAE, "ei")
#: They all follow the person; the sender, the company and the service do not.
FOLLOWERS = (PRESCRIBER, ORIENTER, EMPLOYER, COUNCIL, DELEGATE)
PROFILES = (SENDER, COMPANY, SERVICE, *FOLLOWERS, STRANGER)

PERSON = Candidate(
    stage=CandidateStage.OPEN, account=Subject("awa"), followers={profile.id: ("35",) for profile in FOLLOWERS}
)
APPLICATION = JobApplication(
    stage=ApplicationStage.NEW, company=COMPANY.id, sender_organisation=SENDER.id, submitted_at=NOW
)
ORIENTATION = Orientation(
    stage=OrientationStage.OPEN,
    opened_on=date(2026, 1, 2),
    sent=Sent(
        origin=Origin.DORA,
        service_id="dora--1",
        service_name="Bilan",
        receiver=SERVICE.id,
        receiver_name="Wimoov",
        beneficiary_last_name="D",
        beneficiary_first_name="A",
        contact_preferences=(),
        referent_last_name="B",
        referent_first_name="C",
        referent_email="c@x.fr",
        sender=SENDER.id,
        on=date(2026, 1, 2),
        situation=None,
        requirements=None,
    ),
)
DETAILS = {name for name in READERS["orientation"].fields if name != "sent.france_travail_number"}
NUMBER = "sent.france_travail_number"


def view(who: OrganisationProfile | None, cases: Mapping[str, Any], *, sees_all: bool = False) -> View:
    role = Role.CANDIDATE if who is None else Role.MEMBER
    return View(
        viewer=Viewer(
            actor=Actor(subject=Subject("awa"), client="x", role=role), acting=who, at=NOW, sees_all=sees_all
        ),
        root="candidate/1",
        standing=Standing(version=9, cases=cases, versions=dict.fromkeys(cases, 1)),
        catalogue=CATALOGUE,
        tables=READERS,
    )


def dossier(**cases: Any) -> dict[str, Any]:
    return {"candidate": PERSON} | {f"{name.replace('_', '-')}-1": case for name, case in cases.items()}


def readers(journey: str, cases: Mapping[str, Any]) -> set[str]:
    """Who reads a journey; the person too if they do."""
    found = {profile.id for profile in PROFILES if view(profile, cases).reads(journey)}
    return {*found, "person"} if view(None, cases).reads(journey) else set(found)


def test_an_application_is_read_by_its_sides_by_the_person_and_by_authorised_prescribers_who_follow() -> None:
    assert readers("job-application-1", dossier(job_application=APPLICATION)) == {
        "sender", "company", "prescriber", "person",
    }  # fmt: skip


@pytest.mark.parametrize(("age", "stage", "seen"), [
    (timedelta(days=730) - timedelta(seconds=1), ApplicationStage.REFUSED, True),
    (timedelta(days=730), ApplicationStage.REFUSED, False),
    (timedelta(days=730), ApplicationStage.NEW, False),
    (timedelta(days=7300), ApplicationStage.ACCEPTED, True),
])  # fmt: skip
def test_a_company_sees_for_two_years_what_it_did_not_accept(
    age: timedelta, stage: ApplicationStage, *, seen: bool
) -> None:
    cases = dossier(job_application=replace(APPLICATION, stage=stage, submitted_at=NOW - age))
    assert view(COMPANY, cases).reads("job-application-1") is seen
    assert view(COMPANY, cases).reads("candidate") is seen
    assert view(COMPANY, cases).reads_something() is seen
    assert view(SENDER, cases).reads("job-application-1")


def test_a_hire_is_read_by_the_company_by_the_person_and_by_authorised_prescribers_who_follow() -> None:
    cases = dossier(hiring=Hiring(company=COMPANY.id), job_application=APPLICATION)
    assert readers("hiring-1", cases) == {"company", "prescriber", "person"}


@pytest.mark.parametrize(("who", "hidden"), [(COMPANY, set()), (PRESCRIBER, {"record", "exchanged"})])
def test_what_is_exchanged_with_the_asp_is_for_the_company_alone(who: OrganisationProfile, hidden: set[str]) -> None:
    hire = Hiring(company=COMPANY.id)
    cases = dossier(hiring=hire)
    assert view(who, cases).withheld("hiring-1", hire) == hidden
    lines = ("EmployeeRecordSent", "UpdateNotificationOpened")
    assert [view(who, cases).tells("hiring-1", line) for line in lines] == [not hidden] * 2
    assert view(who, cases).tells("hiring-1", "Ended")


def test_whoever_hired_the_person_gets_to_know_them() -> None:
    cases = dossier(hiring=Hiring(company=COMPANY.id))
    assert "company" in readers("candidate", cases)


def test_an_orientation_is_read_by_its_sides_and_the_person() -> None:
    assert readers("orientation-1", dossier(orientation=ORIENTATION)) == {"sender", "service", "person"}


FOLLOW_UP = RsaAppointment(
    stage=FollowUpStage.OPEN,
    organisation=DELEGATE.id,
    invitations=(
        Invitation(
            number=1,
            channel=Channel.SMS,
            origin=InvitationOrigin.API,
            organisations=(COMPANY.id,),
            expires_at=None,
            help_phone="3949",
            at=NOW,
        ),
    ),
)
ACCOMPANIED = Accompaniment(organisation=DELEGATE.id, starts_on=date(2026, 1, 2))


def test_a_follow_up_is_read_by_its_sides_by_rsa_followers_and_by_the_person() -> None:
    assert readers("rsa-appointment-1", dossier(rsa_appointment=FOLLOW_UP)) == {
        "company", "council", "delegate", "person",
    }  # fmt: skip


def test_an_accompaniment_is_read_by_rsa_organisations_that_follow_and_by_the_person() -> None:
    assert readers("accompaniment-1", dossier(accompaniment=ACCOMPANIED)) == {"council", "delegate", "person"}


def test_whoever_invites_or_is_invited_to_gets_to_know_the_person() -> None:
    followers = {str(profile.id) for profile in FOLLOWERS}
    met = dossier(rsa_appointment=FOLLOW_UP, accompaniment=ACCOMPANIED)
    assert readers("candidate", met) == followers | {"person", "company"}


def test_a_held_orientation_does_not_exist_for_the_receiver() -> None:
    for stage in (OrientationStage.HELD, OrientationStage.REJECTED_BY_MODERATION):
        cases = dossier(orientation=replace(ORIENTATION, stage=stage, opened_on=None))
        assert readers("orientation-1", cases) == {"sender", "person"}
        assert not view(SERVICE, cases).reads_something()


def test_the_person_is_known_to_followers_and_to_whoever_meets_them_through_a_journey() -> None:
    followers = {str(profile.id) for profile in FOLLOWERS}
    assert readers("candidate", dossier()) == followers | {"person"}
    met = dossier(job_application=APPLICATION, orientation=ORIENTATION)
    assert readers("candidate", met) == followers | {"person", "sender", "company", "service"}


@pytest.mark.parametrize("stage", [OrientationStage.REFUSED, OrientationStage.EXPIRED])
def test_a_service_that_did_not_take_the_person_no_longer_reads_who_it_was(stage: OrientationStage) -> None:
    turned_away = dossier(orientation=replace(ORIENTATION, stage=stage))
    seen = view(SERVICE, turned_away)
    assert seen.reads("orientation-1")
    assert seen.withheld("orientation-1", ORIENTATION) == DETAILS | {NUMBER}
    assert not seen.reads("candidate")
    assert view(SENDER, turned_away).withheld("orientation-1", ORIENTATION) == frozenset()
    assert view(None, turned_away).withheld("orientation-1", ORIENTATION) == frozenset()


@pytest.mark.parametrize(("stage", "hidden"), [
    (OrientationStage.OPEN, {NUMBER}),
    (OrientationStage.ACCEPTED, set()),
    (OrientationStage.STARTED, set()),
])  # fmt: skip
def test_the_france_travail_number_is_for_a_service_that_accepted(stage: OrientationStage, hidden: set[str]) -> None:
    stands = replace(ORIENTATION, stage=stage)
    assert view(SERVICE, dossier(orientation=stands)).withheld("orientation-1", stands) == hidden
    assert NUMBER in view(SERVICE, dossier(orientation=stands)).withheld("orientation-1", ORIENTATION)


COMMENTS = {"comments", "last_comment"}


@pytest.mark.parametrize(("who", "shared", "withheld"), [
    (COMPANY, False, set()),
    (SENDER, False, COMMENTS),
    (PRESCRIBER, False, COMMENTS),
    (None, False, COMMENTS | {"answer_to_prescriber", "refusal_reason"}),
    (None, True, COMMENTS | {"answer_to_prescriber"}),
])  # fmt: skip
def test_what_of_a_refusal_is_for_whom(who: OrganisationProfile | None, *, shared: bool, withheld: set[str]) -> None:
    stands = replace(
        APPLICATION, stage=ApplicationStage.REFUSED, refusal_reason=RefusalReason.OTHER, refusal_shared=shared
    )
    seen = view(who, dossier(job_application=stands))
    assert seen.withheld("job-application-1", stands) == withheld
    assert seen.tells("job-application-1", "Refused")
    assert seen.tells("job-application-1", "Refused.reason") is ("refusal_reason" not in withheld)
    assert seen.tells("job-application-1", "Commented") is (who is COMPANY)


def test_a_reason_that_is_not_shared_any_more_is_not_read_in_the_past_either() -> None:
    shared = replace(APPLICATION, refusal_reason=RefusalReason.OTHER, refusal_shared=True)
    now = replace(shared, refusal_shared=False)
    assert "refusal_reason" in view(None, dossier(job_application=now)).withheld("job-application-1", shared)
    assert "refusal_reason" in view(None, dossier(job_application=shared)).withheld("job-application-1", now)


ACCOMPANIMENT = {"followers", "referents", "archived_by", "tags", "references", "account"}
NUMBERS = {"nir", "france_travail_id", "caf_number", "department_internal_id"}


@pytest.mark.parametrize(("who", "withheld"), [
    (None, set()),
    (COUNCIL, set()),
    (DELEGATE, {"nir"}),
    (PRESCRIBER, {"department_internal_id"}),
    (EMPLOYER, {"department_internal_id"}),
    (COMPANY, ACCOMPANIMENT | {"department_internal_id"}),
    (SENDER, ACCOMPANIMENT | {"department_internal_id"}),
    (SERVICE, ACCOMPANIMENT | NUMBERS | {"situation"}),
])  # fmt: skip
def test_what_of_a_person_is_for_whom(who: OrganisationProfile | None, withheld: set[str]) -> None:
    cases = dossier(job_application=APPLICATION, orientation=ORIENTATION)
    assert view(who, cases).withheld("candidate", PERSON) == withheld


def test_who_accompanies_the_person_is_not_told_to_a_company() -> None:
    seen = view(COMPANY, dossier(job_application=APPLICATION))
    assert not any(seen.tells("candidate", name) for name in ("OrganisationJoined", "ReferentAssigned", "organisation"))
    assert seen.tells("candidate", "Registered")
    assert seen.tells("job-application-1", "Submitted", "organisation")


AGENCY = organisation("agency", Family.IMMERSION_AGENCY, "agency_mission_locale")
VALIDATOR = organisation("validator", Family.IMMERSION_AGENCY, "agency_france_travail")
CONVENTION = Immersion(
    stage=ConventionStage.IN_REVIEW, agency=AGENCY.id, validator=VALIDATOR.id, sender=SENDER.id, terms=TERMS
)
FOR_THE_AGENCIES = set(READERS["immersion"].fields)


@pytest.mark.parametrize(("who", "withheld"), [
    (AGENCY, set()),
    (VALIDATOR, set()),
    (None, set()),
    (SENDER, FOR_THE_AGENCIES),
])  # fmt: skip
def test_a_convention_is_read_by_its_sides_and_how_it_went_by_its_agencies(
    who: OrganisationProfile | None, withheld: set[str]
) -> None:
    seen = view(who, dossier(immersion=CONVENTION))
    assert seen.reads("immersion-1")
    assert seen.withheld("immersion-1", CONVENTION) == withheld
    assert seen.tells("immersion-1", "Validated")
    assert seen.tells("immersion-1", "AssessmentCreated") is not bool(withheld)


def test_nobody_else_reads_a_convention() -> None:
    cases = dossier(immersion=CONVENTION)
    assert readers("immersion-1", cases) == {"sender", "person"}
    moved = dossier(immersion=replace(CONVENTION, agency=STRANGER.id, validator=STRANGER.id))
    assert not view(AGENCY, moved).reads("immersion-1")


def test_what_a_person_and_an_establishment_write_is_for_the_person() -> None:
    stands = Discussion(stage=DiscussionStage.PENDING, sender=SENDER.id)
    cases = dossier(discussion=stands)
    assert readers("discussion-1", cases) == {"sender", "person"}
    for who, reads in ((SENDER, False), (None, True)):
        seen = view(who, cases)
        assert ("exchanges" not in seen.withheld("discussion-1", stands)) is reads
        assert seen.tells("discussion-1", "Written") is reads


def test_auditors_and_staff_see_all() -> None:
    cases = dossier(job_application=APPLICATION, orientation=ORIENTATION)
    for journey, state in cases.items():
        seen = view(None, cases, sees_all=True)
        assert (seen.reads(journey), seen.withheld(journey, state)) == (True, frozenset())


def test_nobody_reads_what_does_not_exist() -> None:
    assert not view(None, {}, sees_all=True).reads_something()
    assert not view(None, dossier(), sees_all=True).reads("job-application-1")


def test_a_journey_that_says_nothing_is_read_by_its_sides_and_the_person() -> None:
    silent = replace(view(PRESCRIBER, dossier(job_application=APPLICATION)), tables={})
    assert not silent.reads("job-application-1")
    for who, reads in ((COMPANY, True), (SENDER, True), (None, True), (EMPLOYER, False)):
        seen = replace(view(who, dossier(job_application=APPLICATION)), tables={})
        assert seen.reads("job-application-1") is reads


def members(kind: Any) -> set[str]:
    return {each.name for each in fields(kind)}


def reached(kind: Any, path: str) -> bool:
    first, _, rest = path.partition(".")
    if first not in members(kind):
        return False
    hint = get_type_hints(kind)[first]
    return not rest or any(reached(part, rest) for part in (hint, *get_args(hint)) if hasattr(part, "__slots__"))


def each_table(read: Callable[[Reading], Any]) -> list[tuple[str, str]]:
    return [(name, path) for name, table in READERS.items() for path in read(table)]


@pytest.mark.parametrize(("journey", "path"), each_table(lambda table: table.fields))
def test_every_field_of_the_tables_exists(journey: str, path: str) -> None:
    assert reached(type(CATALOGUE[journey].decider.initial), path)


@pytest.mark.parametrize(("journey", "name"), each_table(lambda table: table.lines))
def test_every_line_of_the_tables_exists(journey: str, name: str) -> None:
    event, _, fact = name.partition(".")
    kinds = {each.__name__: each for each in CATALOGUE[journey].events}
    assert name == "organisation" or (event in kinds and (not fact or fact in members(kinds[event])))


def test_every_field_hidden_from_a_kind_exists_and_may_be_withheld() -> None:
    for kind in ("conseil_departemental", "delegataire_rsa", "siae", "autre", "aci"):
        assert hidden_from((kind,)) <= READERS["candidate"].fields.keys()
