from typing import Any

import pytest

from application.permissions.accompaniment import PERMISSIONS as ACCOMPANIMENT
from application.permissions.check import Asked, NotAllowed, check
from application.permissions.grant import Permissions
from application.permissions.rsa_appointment import PERMISSIONS as RSA_APPOINTMENT
from domain.accompaniment.commands import Begin, Cancel, Change, Shorten
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Close,
    Excuse,
    ExpireWhereArchived,
    Invite,
    Open,
    RecordAppointment,
    RecordClick,
    RecordOutcome,
    RemindAppointment,
    RemindInvitation,
    RemoveParticipation,
    Reopen,
    ReportDelivery,
    SetStatus,
    SummonByLetter,
    WithdrawUnused,
)
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Parties, Party, Role, Subject
from tests.domain.rsa_appointment.cases import taking

BY_FOLLOWERS = {Open, Invite, RecordAppointment, Close, Reopen}
BY_RECEIVERS = {ChangeAppointment, SetStatus, RemoveParticipation, SummonByLetter, RecordOutcome}
BY_SYSTEM = {RemindInvitation, RemindAppointment, ExpireWhereArchived, WithdrawUnused, ReportDelivery}
BY_THE_PERSON = frozenset[type[Any]]((RecordClick, Excuse))
BY_WITNESSES = frozenset[type[Any]]((RecordClick, RecordAppointment, Excuse))
ACCOMPANYING = {Begin, Change, Cancel}


def organisation(name: str, family: Family) -> OrganisationProfile:
    return OrganisationProfile(
        id=OrganisationId(name), kinds=(family,), families=(family,), authorised=True, departments=("26",)
    )


#: `o1` is where the appointments of these samples take place.
COUNCIL, COMPANY, STRANGER = (
    organisation("o1", Family.RSA),
    organisation("o1", Family.SIAE),
    organisation("s", Family.RSA),
)
FOLLOWER, PRESCRIBER = organisation("f", Family.RSA), organisation("o1", Family.PRESCRIBER)
DOSSIER: Parties = {Party.FOLLOWER: frozenset({OrganisationId("o1"), OrganisationId("f")})}
JOURNEY: Parties = {Party.RECEIVER: frozenset({OrganisationId("o1")})}


def asked(acting: OrganisationProfile | None, role: Role = Role.MEMBER) -> Asked:
    return Asked(
        actor=Actor(subject=Subject("somebody"), client="rdv-insertion", role=role),
        acting=acting,
        member_of=frozenset(),
        command=taking("06-20 10:00"),
        journey=JOURNEY,
        dossier=(DOSSIER, JOURNEY),
        account=Subject("somebody") if role is Role.CANDIDATE else None,
    )


def allowed(permissions: Permissions, question: Asked) -> set[type[Any]]:
    def holds(kind: type[Any]) -> bool:
        try:
            check(permissions[kind], question)
        except NotAllowed:
            return False
        return True

    return {kind for kind in permissions if holds(kind)}


@pytest.mark.parametrize("acting", [COUNCIL, COMPANY])
@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_whoever_follows_the_person_and_receives_them_does_all_that_people_do(
    acting: OrganisationProfile, role: Role
) -> None:
    assert allowed(RSA_APPOINTMENT, asked(acting, role)) == BY_FOLLOWERS | BY_RECEIVERS


def test_whoever_follows_the_person_elsewhere_invites_but_touches_no_appointment() -> None:
    assert allowed(RSA_APPOINTMENT, asked(FOLLOWER)) == BY_FOLLOWERS - {RecordAppointment}


@pytest.mark.parametrize("acting", [STRANGER, PRESCRIBER, None])
def test_nobody_else_does_anything(acting: OrganisationProfile | None) -> None:
    assert allowed(RSA_APPOINTMENT, asked(acting)) == set()
    assert allowed(ACCOMPANIMENT, asked(acting)) == set()


def test_the_person_clicks_and_excuses_themself_and_nothing_else() -> None:
    assert allowed(RSA_APPOINTMENT, asked(None, Role.CANDIDATE)) == BY_THE_PERSON


def test_a_witness_tells_what_the_person_did() -> None:
    assert allowed(RSA_APPOINTMENT, asked(None, Role.WITNESS)) == BY_WITNESSES
    assert allowed(ACCOMPANIMENT, asked(None, Role.WITNESS)) == set()


def test_the_system_does_what_time_and_consequences_ask() -> None:
    assert allowed(RSA_APPOINTMENT, asked(None, Role.SYSTEM)) == BY_SYSTEM
    assert allowed(ACCOMPANIMENT, asked(None, Role.SYSTEM)) == {Shorten}


def test_staff_tells_what_becomes_of_messages() -> None:
    assert allowed(RSA_APPOINTMENT, asked(None, Role.STAFF)) == {RecordClick, ReportDelivery}
    assert allowed(ACCOMPANIMENT, asked(None, Role.STAFF)) == {Cancel}


def test_only_those_who_follow_rsa_beneficiaries_accompany() -> None:
    for acting in (COUNCIL, FOLLOWER):
        assert allowed(ACCOMPANIMENT, asked(acting)) == ACCOMPANYING
    assert allowed(ACCOMPANIMENT, asked(COMPANY)) == set()
