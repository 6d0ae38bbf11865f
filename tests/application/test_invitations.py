"""Where the code of an invitation leads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from application.codes import by_code, code_of, read, shown
from application.decision import PARCOURS
from application.invitations import Found, Invitations, LinkUnknown
from application.matching import claim_of
from domain.rsa.categories import Channel
from domain.rsa_appointment import deadlines
from domain.rsa_appointment.codes import InvitationOrigin
from domain.rsa_appointment.commands import Open
from infrastructure.digests import KeyedDigests
from tests.application.test_rsa_appointments import CATEGORY, FOLLOW_UP, Council, receiving
from tests.application.town import NOON, Town, at_once


@pytest.fixture
def rsa(town: Town) -> Council:
    found = receiving(town)
    return replace(found, nour=town.candidate("odile", found.council, phone="0612345678"))


def code(town: Town, root: str, number: int) -> str:
    return code_of(town.desk.digests, root, FOLLOW_UP, number)


def find(town: Town, written: str) -> Found:
    return Invitations(journal=town.journal, digests=town.desk.digests, catalogue=town.desk.catalogue).find(written)


def leads(found: Found) -> tuple[str, str, int]:
    return found.root, found.journey, found.invitation.number


def invited(rsa: Council, *channels: Channel) -> Sequence[str]:
    """Nour, once by each way; answers the codes."""
    rsa.ask(Open(category=CATEGORY))
    for channel in channels:
        rsa.ask(rsa.invite(channel=channel), journey=FOLLOW_UP)
    return [code(rsa.town, rsa.nour, number) for number in range(1, len(channels) + 1)]


def test_a_code_is_the_same_for_ever_and_of_one_invitation_and_one_installation() -> None:
    digests, others = KeyedDigests(b"a" * 32), KeyedDigests(b"b" * 32)
    assert shown(code_of(digests, "candidate/c", FOLLOW_UP, 1)) == "D5FN-37TY-CEW3-6C4K"
    codes = {
        code_of(secret, root, journey, number)
        for secret in (digests, others)
        for root in ("candidate/c", "candidate/d")
        for journey in (FOLLOW_UP, "rsa-appointment-11")
        for number in (1, 2, 11)
    }
    assert len(codes) == 24


@pytest.mark.parametrize("written", ["SJRV-CVFN-RPBP-C2ZX", "sjrvcvfnrpbpc2zx", "SJRV CVFN RPBP C2ZX"])
def test_a_code_is_read_however_it_is_copied(written: str) -> None:
    assert read(written) == "SJRVCVFNRPBPC2ZX"


def test_letters_that_look_like_digits_are_meant_as_digits() -> None:
    assert read("o0Oi1I lL") == "00011111"


def test_each_invitation_is_found_by_its_own_code(rsa: Council) -> None:
    codes = invited(rsa, Channel.EMAIL, Channel.SMS)
    assert [leads(find(rsa.town, each)) for each in codes] == [(rsa.nour, FOLLOW_UP, 1), (rsa.nour, FOLLOW_UP, 2)]


def test_a_reminder_has_a_code_too(rsa: Council) -> None:
    invited(rsa, Channel.EMAIL)
    due = deadlines(rsa.case(rsa.nour))[0]
    rsa.town.at(due.due)
    rsa.town.ask(rsa.nour, due.command, PARCOURS, journey=FOLLOW_UP)
    found = find(rsa.town, code(rsa.town, rsa.nour, 2))
    assert found.invitation.origin is InvitationOrigin.REMINDER


def test_an_invitation_that_is_over_is_still_found(rsa: Council) -> None:
    (only,) = invited(rsa, Channel.EMAIL)
    rsa.town.at(NOON + timedelta(days=10))
    assert find(rsa.town, only).invitation.expired(rsa.town.clock.now())


@pytest.mark.parametrize("number", [0, 2])
def test_the_code_of_an_invitation_that_was_never_sent_leads_nowhere(rsa: Council, number: int) -> None:
    invited(rsa, Channel.EMAIL)
    with pytest.raises(LinkUnknown):
        find(rsa.town, code(rsa.town, rsa.nour, number))


def test_nobody_is_found_once_they_are_erased(rsa: Council) -> None:
    (only,) = invited(rsa, Channel.EMAIL)
    rsa.town.vault.destroy(rsa.nour)
    with pytest.raises(LinkUnknown):
        find(rsa.town, only)


def test_all_that_is_stored_of_a_code_is_its_digest(rsa: Council) -> None:
    (only,) = invited(rsa, Channel.EMAIL)
    claim = claim_of(by_code(only), rsa.town.desk.digests)
    assert rsa.town.journal.holders([claim]) == {claim: rsa.nour}
    assert only not in repr(claim)
    assert all(only not in repr(each) for each in rsa.town.journal.load(rsa.nour))


def test_people_invited_at_once_have_codes_of_their_own(rsa: Council) -> None:
    people = rsa.followed_up(8)
    at_once(lambda place: rsa.ask(rsa.invite(), people[place], journey=FOLLOW_UP))
    assert [find(rsa.town, code(rsa.town, root, 1)).root for root in people] == people
