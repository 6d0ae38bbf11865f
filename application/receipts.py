"""The same request sent twice is answered once: the dossier itself is the receipt."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from application.ports import Claim, Digests, Journal, Recorded
from application.requests import Request
from domain.journey import Refusal


class KeyReused(Refusal):
    """This idempotency key has already been used with another request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Idempotency keys, per client application.

    Within a dossier, the key and the keyed digest of the request stand in the metadata of the events. For a request
    that opens a dossier, a claim on the key leads to the dossier that the first try opened.
    """

    journal: Journal
    digests: Digests

    def digest(self, request: Request) -> str:
        """A keyed digest of all that makes a request what it is; says nothing of its contents."""
        body = {
            "root": "" if request.opens_root else request.root,
            "journey": request.journey,
            "command": type(request.command).__qualname__,
            "fields": asdict(request.command),
            "subject": request.actor.subject,
            "acting": request.acting,
            "occurred_at": request.occurred_at,
        }
        return self.digests.digest("request", json.dumps(body, sort_keys=True, default=_plain))

    def claim(self, request: Request) -> Claim | None:
        """The claim that ties an idempotency key to the dossier that its request opens."""
        if request.idempotency_key is None or not request.opens_root:
            return None
        key = self.digests.digest("idempotency-key", f"{request.actor.client}\n{request.idempotency_key}")
        return Claim(scope="", kind="request", digest=key)

    def root(self, request: Request) -> str:
        """The root that a request is for: the one that its key has opened already, or the one it names."""
        claim = self.claim(request)
        return request.root if claim is None else self.journal.holders([claim]).get(claim, request.root)

    def find(self, history: Sequence[Recorded], request: Request) -> Sequence[Recorded]:
        """What the same request recorded before, if it did, with all that followed from it.

        Raises `KeyReused` if the key came with another request.
        """
        if request.idempotency_key is None:
            return ()
        found = [
            recorded
            for recorded in history
            if recorded.metadata.idempotency_key == request.idempotency_key
            and recorded.metadata.actor.client == request.actor.client
        ]
        if found and found[0].metadata.request_digest != self.digest(request):
            raise KeyReused
        return [*found, *_caused_by(history, found)]


def _plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)


def _caused_by(history: Sequence[Recorded], found: Sequence[Recorded]) -> Iterator[Recorded]:
    """The consequences recorded right after what caused them: each names its cause."""
    causes = {f"{each.root}#{each.root_version}" for each in found}
    for recorded in history[found[-1].root_version :] if found else ():
        if recorded.metadata.causation_id not in causes:
            return
        causes.add(f"{recorded.root}#{recorded.root_version}")
        yield recorded
