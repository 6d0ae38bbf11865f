"""The services that tell, each with its signature, its shapes, and how what it lists is read again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.incoming.inbox import Envelope
from application.incoming.receiving import Source
from domain.references import System
from infrastructure.incoming import immersion_facilitee, rdv_solidarites
from infrastructure.incoming.signatures import Check, hmac_sha256, shared_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One of them."""

    source: Source
    check: Check
    #: What a message is about; None for what is not recorded here. Raises `Malformed`.
    envelope: Callable[[bytes], Envelope | None]
    #: The messages that a list of its API amounts to, read at an instant. Raises `Malformed`.
    reread: Callable[[bytes, datetime], Iterator[bytes]]


SERVICES: Final[Mapping[System, Service]] = {
    System.RDV_SOLIDARITES: Service(
        source=rdv_solidarites.SOURCE,
        check=hmac_sha256("x-lapin-signature"),
        envelope=rdv_solidarites.envelope,
        reread=rdv_solidarites.reread,
    ),
    # It signs nothing: the value of the header is given to it when it is subscribed (immersion §10.4).
    System.IMMERSION_FACILITEE: Service(
        source=immersion_facilitee.SOURCE,
        check=shared_secret("authorization"),
        envelope=immersion_facilitee.envelope,
        reread=immersion_facilitee.reread,
    ),
}
