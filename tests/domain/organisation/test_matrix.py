"""What an organisation accepts at each stage: nothing but what is written here."""

from collections.abc import Mapping, Sequence

import pytest

from domain.organisation import Kind, OrganisationCommand, OrganisationEvent, Stage, organisation_journey
from domain.organisation.commands import Create, RemoveMember, Reopen, UnlinkReference, WithdrawService
from domain.organisation.events import Closed
from tests.domain.organisation.cases import created, standing

REACHED: Mapping[Stage, Sequence[OrganisationEvent]] = {
    Stage.NOT_CREATED: (),
    Stage.ACTIVE: (created(Kind.ML),),
    Stage.CLOSED: (created(Kind.ML), Closed()),
}
#: Every other command is for an organisation that is active.
ELSEWHERE: Mapping[type[OrganisationCommand], set[Stage]] = {
    Create: {Stage.NOT_CREATED},
    Reopen: {Stage.CLOSED},
    RemoveMember: {Stage.ACTIVE, Stage.CLOSED},
    UnlinkReference: {Stage.ACTIVE, Stage.CLOSED},
    WithdrawService: {Stage.ACTIVE, Stage.CLOSED},
}


@pytest.mark.parametrize("stage", Stage)
def test_an_organisation_is_changed_while_it_is_active_and_little_once_it_is_closed(stage: Stage) -> None:
    organisation = standing(*REACHED[stage])
    assert organisation.stage is stage
    expected = [kind for kind in organisation_journey.commands if stage in ELSEWHERE.get(kind, {Stage.ACTIVE})]
    assert set(organisation_journey.decider.offers(organisation)) == set(expected)
