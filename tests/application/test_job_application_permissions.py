import pytest

from application.permissions.check import Asked, NotAllowed, check
from application.permissions.job_application import PERMISSIONS
from domain.job_application import JobApplicationCommand, job_application_journey
from domain.job_application.codes import SenderKind
from domain.job_application.commands import (
    Accept,
    ArchiveAutomatically,
    CancelHire,
    DeclareHire,
    RecordExternalTransfer,
    RecordPass,
    RefuseAutomatically,
    RefuseDelivery,
    RenderObsolete,
    Reset,
    StartProcessing,
    Submit,
    Transfer,
    TransferExternally,
)
from domain.vocabulary import Actor, OrganisationProfile, Role, Subject
from tests.domain.job_application.samples import ACI, DDETS, EI, GEIQ, OPCS, PRESCRIBER, sent

BY_SYSTEM = {RefuseAutomatically, ArchiveAutomatically, RenderObsolete, RecordExternalTransfer, RecordPass}
TO_EI = Transfer(to=EI.id)
BY_STAFF = {StartProcessing, Accept, CancelHire, RefuseDelivery, Reset}


def asked(
    acting: OrganisationProfile | None, role: Role = Role.MEMBER, members: tuple[OrganisationProfile, ...] = ()
) -> Asked:
    """Somebody before an application to the GEIQ, in a dossier that the mission locale, the ACI and a GEIQ share."""
    application = job_application_journey.decider.fold([sent(GEIQ, sender_kind=SenderKind.PRESCRIBER)])
    other = job_application_journey.decider.fold([sent(ACI)])
    sides = [job_application_journey.parties(state) for state in (application, other)]
    return Asked(
        actor=Actor(subject=Subject("somebody"), client="les-emplois", role=role),
        acting=acting,
        member_of=frozenset(profile.id for profile in members),
        command=TO_EI,
        journey=sides[0],
        dossier=sides,
        account=Subject("somebody") if role is Role.CANDIDATE else None,
    )


def allowed(kind: type[JobApplicationCommand], question: Asked) -> bool:
    try:
        check(PERMISSIONS[kind], question)
    except NotAllowed:
        return False
    return True


def test_every_command_has_its_grants() -> None:
    assert set(PERMISSIONS) == set(job_application_journey.commands)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("role", Role)
def test_the_system_alone_does_what_time_and_consequences_ask(role: Role) -> None:
    found = {kind for kind in BY_SYSTEM if allowed(kind, asked(GEIQ, role))}
    assert found == (BY_SYSTEM if role is Role.SYSTEM else set())


def test_staff_corrects_five_things() -> None:
    assert {kind for kind in PERMISSIONS if allowed(kind, asked(None, Role.STAFF))} == BY_STAFF


def test_candidates_send_their_own_application_and_nothing_else() -> None:
    assert {kind for kind in PERMISSIONS if allowed(kind, asked(None, Role.CANDIDATE))} == {Submit}


@pytest.mark.parametrize(
    ("acting", "kinds"),
    [
        (PRESCRIBER, {Submit}),
        (ACI, {Submit, DeclareHire, TransferExternally}),
        (OPCS, set()),
        (DDETS, set()),
    ],
)
def test_who_did_not_receive_the_application_only_sends(
    acting: OrganisationProfile, kinds: set[type[JobApplicationCommand]]
) -> None:
    assert {kind for kind in PERMISSIONS if allowed(kind, asked(acting))} == kinds


def test_any_member_of_the_company_processes_it() -> None:
    for role in (Role.MEMBER, Role.ADMINISTRATOR):
        found = {kind for kind in PERMISSIONS if allowed(kind, asked(GEIQ, role, (GEIQ, EI)))}
        assert found == set(PERMISSIONS) - BY_SYSTEM - {RefuseDelivery, Reset}


def test_an_application_is_transferred_by_a_member_of_both_companies() -> None:
    assert not allowed(Transfer, asked(GEIQ, members=(GEIQ,)))
    assert allowed(Transfer, asked(GEIQ, members=(GEIQ, EI)))
