"""Whether a company receives applications, and those that name no job (les-emplois §1.2)."""

from collections.abc import Sequence
from typing import assert_never

from domain.journey import Context
from domain.organisation.commands import (
    BlockApplications,
    CloseSpontaneous,
    ExpireSpontaneous,
    OpenApplications,
    OpenSpontaneous,
)
from domain.organisation.events import (
    ApplicationsBlocked,
    ApplicationsOpened,
    OrganisationEvent,
    SpontaneousClosed,
    SpontaneousExpired,
    SpontaneousOpened,
)
from domain.organisation.refusals import NotACompany, NotDue
from domain.organisation.state import SPONTANEOUS_OPEN, Organisation

Receiving = OpenApplications | BlockApplications | OpenSpontaneous | CloseSpontaneous | ExpireSpontaneous


def receive(command: Receiving, organisation: Organisation, context: Context) -> Sequence[OrganisationEvent]:
    """Open or close; what is so already stays so without an event."""
    if not organisation.is_company:
        raise NotACompany
    match command:
        case OpenApplications():
            return [ApplicationsOpened()] if organisation.blocks_applications else []
        case BlockApplications():
            return [] if organisation.blocks_applications else [ApplicationsBlocked()]
        case OpenSpontaneous():
            return [SpontaneousOpened(at=context.at)]
        case CloseSpontaneous():
            return [SpontaneousClosed()] if organisation.spontaneous_since else []
        case ExpireSpontaneous():
            since = organisation.spontaneous_since
            if since is None or context.at < since + SPONTANEOUS_OPEN:
                raise NotDue
            return [SpontaneousExpired()]
        case _:
            assert_never(command)
