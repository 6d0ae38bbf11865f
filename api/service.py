"""Everything that the doors need, wired once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from api.observe import Metrics
from application.desk import Desk
from application.dossiers import Catalogue
from application.incoming.inbox import Inbox
from application.permissions.grant import Permissions
from application.permissions.reading import Reading
from application.ports import Clock, Digests, Journal
from domain.references import System
from infrastructure.hooks import Hooks
from infrastructure.identity.verifier import Verifier
from infrastructure.journal import LogReader
from infrastructure.postgres import Pool
from infrastructure.posting import Signing


@dataclass(frozen=True, kw_only=True)
class Service:
    """One process of the service."""

    desk: Desk
    journal: Journal
    log: LogReader
    clock: Clock
    catalogue: Catalogue
    permissions: Permissions
    readers: Mapping[str, Reading]
    verifier: Verifier
    pool: Pool
    metrics: Metrics
    partitions: int
    #: Time-ordered identifiers (UUID version 7).
    new_id: Callable[[], UUID]
    hooks: Hooks
    signing: Signing
    #: What other services told and is not recorded yet, and the secrets by which each is known.
    inbox: Inbox
    hook_secrets: Mapping[System, Sequence[str]]
    #: Where people come back by the code of an invitation, and where they book: with `{code}` in it.
    invitation_link: str | None
    booking_link: str | None
    digests: Digests
    #: Whether the pages of figures are for everybody.
    open_figures: bool
    #: Whether webhooks may be told to addresses of our own network.
    private_webhooks: bool
    #: What must hold before requests come; each raises if it does not.
    ready: Mapping[str, Callable[[], object]]
