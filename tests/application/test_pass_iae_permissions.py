from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from application.permissions.check import Asked, NotAllowed, OrganisationNotAuthorised, check
from application.permissions.pass_iae import PERMISSIONS
from domain.pass_iae import PassIaeCommand, pass_iae_journey
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    ChangeProlongation,
    ChangeSuspension,
    CorrectStart,
    DeleteProlongation,
    DeleteProlongationRequest,
    DeleteSuspension,
    DeliverByHand,
    DenyProlongation,
    GrantProlongation,
    Issue,
    MoveStart,
    Prolong,
    RecordEnd,
    RecordRight,
    RecordSuspensionEnd,
    RemindPrescriber,
    RequestProlongation,
    ReturnToWork,
    ServeHire,
    Suspend,
    Terminate,
)
from domain.vocabulary import Actor, OrganisationProfile, Parties, Role, Subject
from tests.domain.pass_iae.cases import (
    ACI,
    EI,
    END,
    ETTI,
    GEIQ,
    OTHER_PRESCRIBER,
    PRESCRIBER,
    issued,
    standing,
)
from tests.domain.pass_iae.cases import (
    asked as requested,
)

BY_SYSTEM = {Issue, ServeHire, MoveStart, RecordEnd, RecordSuspensionEnd, RemindPrescriber}
SUSPENDING = {Suspend, ChangeSuspension, DeleteSuspension, ReturnToWork}
BY_SIAE = {*SUSPENDING, Prolong, RequestProlongation, AskForDeletion}
BY_PRESCRIBER = {GrantProlongation, DenyProlongation}
BY_STAFF = {
    *SUSPENDING,
    DeliverByHand,
    RecordRight,
    CorrectStart,
    Terminate,
    Cancel,
    Prolong,
    ChangeProlongation,
    DeleteProlongation,
    DeleteProlongationRequest,
}


def asked(acting: OrganisationProfile | None, role: Role = Role.MEMBER, others: Sequence[Parties] = ()) -> Asked:
    """Somebody before the PASS of the ACI, which asked the mission locale to prolong it; others take part elsewhere."""
    sides = pass_iae_journey.parties(standing(issued(), requested(date(2025, 12, 1), END, date(2026, 6, 1))))
    return Asked(
        actor=Actor(subject=Subject("somebody"), client="les-emplois", role=role),
        acting=acting,
        member_of=frozenset(),
        command=None,
        journey=sides,
        dossier=[sides, *others],
        account=Subject("somebody") if role is Role.CANDIDATE else None,
    )


def allowed(question: Asked) -> set[type[PassIaeCommand]]:
    return {kind for kind in pass_iae_journey.commands if _allowed(kind, question)}


def _allowed(kind: type[PassIaeCommand], question: Asked) -> bool:
    try:
        check(PERMISSIONS[kind], question)
    except NotAllowed:
        return False
    return True


def test_every_command_has_its_grants() -> None:
    assert set(PERMISSIONS) == set(pass_iae_journey.commands)
    assert all(PERMISSIONS.values())


def test_the_system_does_what_hires_and_time_ask() -> None:
    assert allowed(asked(None, Role.SYSTEM)) == {*BY_SYSTEM, Cancel}


def test_staff_corrects_and_answers_no_request() -> None:
    assert allowed(asked(None, Role.STAFF)) == BY_STAFF


def test_the_person_changes_nothing() -> None:
    assert allowed(asked(None, Role.CANDIDATE)) == set()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_a_siae_of_the_dossier_pauses_and_prolongs(role: Role) -> None:
    assert allowed(asked(ACI, role)) == BY_SIAE
    elsewhere = {side: frozenset({EI.id}) for side in asked(ACI).journey}
    assert allowed(asked(EI, role, [elsewhere])) == BY_SIAE


@pytest.mark.parametrize("stranger", [ETTI, GEIQ, OTHER_PRESCRIBER])
def test_who_takes_no_part_does_nothing(stranger: OrganisationProfile) -> None:
    assert allowed(asked(stranger)) == set()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_the_prescriber_that_was_asked_answers(role: Role) -> None:
    assert allowed(asked(PRESCRIBER, role)) == BY_PRESCRIBER


def test_one_that_has_lost_its_authorisation_answers_no_more() -> None:
    lost = asked(replace(PRESCRIBER, authorised=False))
    assert allowed(lost) == set()
    with pytest.raises(OrganisationNotAuthorised):
        check(PERMISSIONS[GrantProlongation], lost)
