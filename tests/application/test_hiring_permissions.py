from application.permissions import PERMISSIONS
from application.permissions import hiring as table
from application.permissions.check import Asked, NotAllowed, check
from domain.hiring import HiringCommand, hiring_journey
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    Cancel,
    ChangeDates,
    ChangeEnd,
    CompleteEmployeeRecord,
    CorrectEnd,
    CreateEmployeeRecord,
    Declare,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    EndAsPlanned,
    EndContract,
    FollowPass,
    ProcessEmployeeRecord,
    RecordContract,
    RecordPass,
    RejectEmployeeRecord,
    Renew,
    RetractEnd,
    SendEmployeeRecord,
    SendUpdateNotification,
    StartContract,
    UnarchiveEmployeeRecord,
)
from domain.vocabulary import Actor, OrganisationProfile, Parties, Party, Role, Subject
from tests.domain.job_application.samples import ACI, EI, GEIQ, PRESCRIBER

BY_SYSTEM = {Declare, ChangeDates, Cancel, RecordPass, FollowPass, StartContract, EndAsPlanned}
OF_ANOTHER_SYSTEM = {RecordContract}
OF_THE_CONTRACT = {ChangeEnd, Renew, EndContract, CorrectEnd, RetractEnd}
OF_THE_RECORD = {CreateEmployeeRecord, CompleteEmployeeRecord, DisableEmployeeRecord, EnableEmployeeRecord}
OF_THE_EXCHANGE = {
    SendEmployeeRecord,
    RejectEmployeeRecord,
    ProcessEmployeeRecord,
    ArchiveEmployeeRecord,
    UnarchiveEmployeeRecord,
    SendUpdateNotification,
    AnswerUpdateNotification,
}


def allowed(
    acting: OrganisationProfile | None, company: OrganisationProfile = ACI, role: Role = Role.MEMBER
) -> set[type[HiringCommand]]:
    """What somebody may ask of a hire by a company, in a dossier that the mission locale follows."""
    hire: Parties = {Party.RECEIVER: frozenset({company.id})}
    question = Asked(
        actor=Actor(subject=Subject("somebody"), client="les-emplois", role=role),
        acting=acting,
        member_of=frozenset(),
        command=None,
        journey=hire,
        dossier=[hire, {Party.FOLLOWER: frozenset({PRESCRIBER.id})}],
        account=Subject("somebody") if role is Role.CANDIDATE else None,
    )
    found = set()
    for kind in hiring_journey.commands:
        try:
            check(PERMISSIONS[kind], question)
        except NotAllowed:
            continue
        found.add(kind)
    return found


def test_every_command_has_its_grants() -> None:
    assert table.PERMISSIONS.keys() == set(hiring_journey.commands)
    assert set(hiring_journey.commands) == (
        BY_SYSTEM | OF_ANOTHER_SYSTEM | OF_THE_CONTRACT | OF_THE_RECORD | OF_THE_EXCHANGE
    )


def test_the_siae_that_hires_tells_of_the_contract_and_declares_it() -> None:
    for role in (Role.MEMBER, Role.ADMINISTRATOR):
        assert allowed(ACI, role=role) == OF_THE_CONTRACT | OF_THE_RECORD


def test_another_company_that_hires_tells_of_the_contract_alone() -> None:
    assert allowed(GEIQ, company=GEIQ) == OF_THE_CONTRACT


def test_nobody_else_tells_anything_of_a_hire() -> None:
    assert allowed(EI) == allowed(PRESCRIBER) == allowed(None, role=Role.CANDIDATE) == set()


def test_staff_corrects_and_carries_files_to_and_from_the_asp() -> None:
    assert allowed(None, role=Role.STAFF) == OF_ANOTHER_SYSTEM | OF_THE_CONTRACT | OF_THE_RECORD | OF_THE_EXCHANGE


def test_the_system_does_what_time_and_consequences_ask_and_carries_files() -> None:
    assert allowed(None, role=Role.SYSTEM) == BY_SYSTEM | OF_THE_EXCHANGE
