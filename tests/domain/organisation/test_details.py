"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from domain.journey import Context, Refusal
from domain.organisation import Kind, OrganisationEvent, organisation_journey
from domain.organisation.commands import (
    AddMember,
    AddOrientationType,
    ConfigureCategory,
    DeleteOrientationType,
    GrantAuthorisation,
    RemoveCategory,
    Reopen,
    SetRetention,
    SetValidationSteps,
    WithdrawalReason,
    WithdrawAuthorisation,
)
from domain.organisation.events import AuthorisationGranted, AuthorisationWithdrawn
from domain.organisation.services import ServicePlace
from domain.rsa.categories import CategoryType
from domain.rsa.types import Casf
from domain.vocabulary import Role
from tests.domain.organisation.cases import ADA, CLEO, TODAY, added, create, created
from tests.domain.organisation.test_offering import STRUCTURE, describe
from tests.domain.organisation.test_validating import AGENCY, A, B, agency, knowing
from tests.spec import NOON

COUNCIL = created(Kind.CONSEIL_DEPARTEMENTAL)
PRESCRIBER = created(Kind.PRESCRIBER_OTHER)
GRANTED = AuthorisationGranted(from_day=TODAY)
REFUSED = AuthorisationWithdrawn(from_day=TODAY, reason=WithdrawalReason.OTHER)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def configure(**said: Any) -> ConfigureCategory:
    return ConfigureCategory(**{"category": "rsa_orientation", "type": CategoryType.RSA_ORIENTATION, **said})


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], NOON, create(departments=("26", "20", "1")), {"departments": ["1", "20"]}),
        ([], NOON, create(Kind.SERVICE_STRUCTURE, typology="ASSO"), {"typology": "ASSO"}),
        ([COUNCIL], NOON, Reopen(), {"stage": "active"}),
        ([COUNCIL], NOON, SetRetention(months=37), {"shortest": 1, "longest": 36}),
        ([COUNCIL], NOON, configure(days_before_invitations_expire=3), {"shortest": 4, "longest": 3650}),
        ([COUNCIL], NOON, configure(type=CategoryType.SIAE), {"type": "siae"}),
        ([STRUCTURE], NOON, describe(name="Vé"), {"shortest": 3, "longest": 150}),
        ([STRUCTURE], NOON, describe(description="Vite"), {"shortest": 5, "longest": 10_000}),
        ([STRUCTURE], NOON, describe(fee_details="é" * 10_001), {"field": "fee_details", "limit": 10_000}),
        ([STRUCTURE], NOON, describe(place=ServicePlace(town="é" * 281)), {"field": "town", "limit": 280}),
        ([STRUCTURE], NOON, describe(themes=("sante", "mobilite")), {"themes": ["mobilite", "sante"]}),
        ([STRUCTURE], NOON, describe(zone=("35", "XX", "20")), {"zone": ["20", "XX"]}),
        ([COUNCIL], NOON, RemoveCategory(category="siae"), {"category": "siae"}),
        ([COUNCIL], NOON, AddOrientationType(code="pro", casf=Casf.PRO, name="Emploi"), {"code": "pro"}),
        ([COUNCIL], NOON, DeleteOrientationType(code="pro"), {"code": "pro"}),
        ([COUNCIL], NOON, DeleteOrientationType(code="autre"), {"code": "autre"}),
        ([COUNCIL, added(CLEO)], NOON, AddMember(subject=ADA, role=Role.STAFF), {"role": "staff"}),
        ([PRESCRIBER, GRANTED], NOON, GrantAuthorisation(from_day=TOMORROW), {"since": TODAY}),
        ([PRESCRIBER, GRANTED], NOON, GrantAuthorisation(from_day=YESTERDAY), {"last": TODAY}),
        (
            [PRESCRIBER, REFUSED],
            NOON,
            WithdrawAuthorisation(from_day=TOMORROW, reason=WithdrawalReason.OTHER),
            {"since": TODAY},
        ),
        (
            [AGENCY],
            knowing(agency(B, refers_to=A)),
            SetValidationSteps(two_steps=True, refers_to=B),
            {"organisation": "a"},
        ),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[OrganisationEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    decider = organisation_journey.decider
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
