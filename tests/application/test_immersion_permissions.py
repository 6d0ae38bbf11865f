"""Who may do what with a convention or a discussion (immersion §1.3; scenarios 9 and 15)."""

from dataclasses import replace
from typing import Any

import pytest

from application.permissions.check import Asked, NotAllowed, check
from application.permissions.discussion import PERMISSIONS as OF_DISCUSSIONS
from application.permissions.immersion import PERMISSIONS
from domain.discussion import commands as discussion
from domain.discussion import discussion_journey
from domain.immersion import immersion_journey
from domain.immersion.commands import (
    Cancel,
    CorrectBeneficiary,
    CorrectTutor,
    CreateAssessment,
    DeleteAssessment,
    Deprecate,
    DeprecateAutomatically,
    FindEligible,
    Modify,
    NameReferent,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Reject,
    Remind,
    Renew,
    RequestAssessment,
    Sign,
    SignAssessment,
    Submit,
    TransferToAgency,
    Validate,
)
from domain.vocabulary import Family, OrganisationProfile, Party, Role, Subject
from tests.domain.immersion.cases import ONE, PRESCRIBER, A, B, actor, agency, standing, submitted

DDETS = agency("ddets", kinds=("ddets_iae",), families=(Family.INSTITUTION,))
BY_SYSTEM: frozenset[type[Any]] = frozenset({DeprecateAutomatically, Remind, RequestAssessment})
#: What members of either agency do with it.
EITHER: frozenset[type[Any]] = frozenset(
    {
        Modify,
        Reject,
        Deprecate,
        Cancel,
        CorrectTutor,
        CorrectBeneficiary,
        RecordSignatureLink,
        RecordAssessmentLink,
        RecordAssessmentSignatureLink,
        CreateAssessment,
    }
)
#: What is done in any dossier that one takes part in; the rules of renewal say which convention.
IN_THE_DOSSIER: frozenset[type[Any]] = frozenset({Submit, Renew})


def asked(
    acting: OrganisationProfile | None, role: Role = Role.MEMBER, convention: OrganisationProfile = A, **more: Any
) -> Asked:
    """Somebody before a convention, in a dossier that all these organisations follow."""
    parties = immersion_journey.parties(standing(submitted(agency=convention, sender=PRESCRIBER.id)))
    everybody = {Party.FOLLOWER: frozenset({ONE.id, A.id, B.id, PRESCRIBER.id, DDETS.id})}
    usual: dict[str, Any] = {
        "actor": actor("somebody", role),
        "acting": acting,
        "member_of": frozenset(),
        "command": None,
        "journey": parties,
        "dossier": (parties, everybody),
        "account": Subject("somebody"),
    }
    return Asked(**(usual | more))


def allowed(question: Asked, table: Any = PERMISSIONS) -> set[type[Any]]:
    found: set[type[Any]] = set()
    for kind, grants in table.items():
        try:
            check(grants, question)
        except NotAllowed:
            continue
        found.add(kind)
    return found


def also(*kinds: type[Any]) -> set[type[Any]]:
    return set(kinds)


def test_every_command_has_its_grants() -> None:
    assert set(PERMISSIONS) == set(immersion_journey.commands)
    assert set(OF_DISCUSSIONS) == set(discussion_journey.commands)


def test_an_agency_finds_eligible_and_the_one_it_refers_to_validates() -> None:
    assert allowed(asked(A)) == EITHER | IN_THE_DOSSIER | also(FindEligible, TransferToAgency, NameReferent)
    assert allowed(asked(B)) == EITHER | IN_THE_DOSSIER | also(Validate)


def test_s15_the_validator_of_an_agency_that_refers_validates_and_does_not_transfer() -> None:
    assert Validate in allowed(asked(B))
    assert also(TransferToAgency, NameReferent).isdisjoint(allowed(asked(B)))
    assert TransferToAgency in allowed(asked(A))
    assert Validate not in allowed(asked(A))


def test_an_agency_of_its_own_does_both() -> None:
    both = also(FindEligible, Validate, TransferToAgency, NameReferent)
    assert allowed(asked(ONE, convention=ONE)) == EITHER | IN_THE_DOSSIER | both
    administrator = asked(ONE, Role.ADMINISTRATOR, convention=ONE)
    assert allowed(administrator) == EITHER | IN_THE_DOSSIER | both


def test_an_agency_that_is_no_longer_activated_says_no_but_not_yes() -> None:
    withdrawn = replace(ONE, authorised=False)
    assert also(FindEligible, Validate).isdisjoint(allowed(asked(withdrawn, convention=ONE)))
    assert also(Reject, Cancel, TransferToAgency) <= allowed(asked(withdrawn, convention=ONE))


def test_s9_the_platform_does_not_validate_but_rejects() -> None:
    staff = allowed(asked(None, Role.STAFF))
    assert {Validate, FindEligible, Sign, CreateAssessment, SignAssessment, Submit}.isdisjoint(staff)
    assert staff == (EITHER - {CreateAssessment}) | {Renew, TransferToAgency, NameReferent, DeleteAssessment}


def test_the_person_does_what_a_beneficiary_does_in_their_own_dossier() -> None:
    own = {Submit, Sign, Modify, RecordSignatureLink, RecordAssessmentLink, SignAssessment}
    assert allowed(asked(None, Role.CANDIDATE)) == own
    assert allowed(asked(None, Role.CANDIDATE, account=Subject("nobody"))) == set()
    assert allowed(asked(None, Role.CANDIDATE, account=None)) == set()


def test_a_witness_tells_what_people_did_and_decides_nothing() -> None:
    assert allowed(asked(None, Role.WITNESS, account=None)) == {
        Submit,
        Sign,
        Modify,
        CorrectTutor,
        RecordSignatureLink,
        RecordAssessmentLink,
        RecordAssessmentSignatureLink,
        CreateAssessment,
        SignAssessment,
    }


def test_others_who_take_part_in_the_dossier_ask_for_conventions_only() -> None:
    assert allowed(asked(PRESCRIBER)) == {Submit}
    assert allowed(asked(ONE)) == IN_THE_DOSSIER
    assert allowed(asked(DDETS)) == set()
    assert allowed(asked(PRESCRIBER, dossier=())) == set()


@pytest.mark.parametrize("role", Role)
def test_the_system_alone_does_what_time_asks(role: Role) -> None:
    found = BY_SYSTEM & allowed(asked(ONE, role))
    assert found == (BY_SYSTEM if role is Role.SYSTEM else set())


def test_establishments_answer_through_a_witness_and_the_person_writes() -> None:
    told: set[type[Any]] = {discussion.Open, discussion.Write, discussion.Accept, discussion.Reject}
    assert allowed(asked(None, Role.WITNESS), OF_DISCUSSIONS) == told
    assert allowed(asked(None, Role.CANDIDATE), OF_DISCUSSIONS) == {discussion.Open, discussion.Write}
    assert allowed(asked(PRESCRIBER), OF_DISCUSSIONS) == {discussion.Open}
    assert allowed(asked(DDETS), OF_DISCUSSIONS) == set()
    assert allowed(asked(None, Role.STAFF), OF_DISCUSSIONS) == set()
    by_system = set(discussion_journey.commands) - told
    assert allowed(asked(None, Role.SYSTEM), OF_DISCUSSIONS) == by_system
