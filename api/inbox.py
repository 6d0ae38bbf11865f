"""What other services told and is not recorded yet: looked at, tried again, left out, and read again from a list."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from api.settings import NotConfigured, Settings
from api.wiring import Core
from application.incoming.inbox import Malformed
from domain.references import System
from infrastructure.incoming.services import SERVICES, Service

#: How many messages are shown.
SHOWN: Final = 1_000


def waiting(settings: Settings) -> Iterator[Mapping[str, Any]]:
    """What waits, by service and date."""
    with Core.opened(settings) as core:
        found = core.inbox.waiting(SHOWN)
    return (asdict(each) for each in found)


def again(settings: Settings) -> int:
    """Try it all again; answers how much that is."""
    with Core.opened(settings) as core:
        return core.inbox.again(core.clock.now())


def leave_out(settings: Settings, service: str, name: str) -> bool:
    """Forget one message; answers whether there was one. Raises `NotConfigured` for no service."""
    system = _service(service).source.system
    with Core.opened(settings) as core:
        return core.inbox.leave_out(system, name)


def reread(settings: Settings, service: str, file: Path) -> int:
    """Keep what a service lists; answers how many messages that is. Raises `NotConfigured` for what is no such list."""
    teller = _service(service)
    with Core.opened(settings) as core:
        # The list is as of now at the latest: what is told while it is read is told later.
        now = core.clock.now()
        listed = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        try:
            told = [(teller.envelope(each), each) for each in teller.reread(listed, now)]
        except Malformed as error:
            raise NotConfigured(f"this is no list of {service}: {error.field}") from None
        kept = [(envelope, body) for envelope, body in told if envelope is not None]
        for envelope, body in kept:
            core.inbox.keep(teller.source.system, envelope, body, core.clock.now())
    return len(kept)


def _service(name: str) -> Service:
    known = {system.replace("_", "-"): system for system in System}
    if name not in known or known[name] not in SERVICES:
        raise NotConfigured(f"no service is called so: {', '.join(known)}")
    return SERVICES[known[name]]
