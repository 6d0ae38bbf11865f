"""An issuer for the demo mode and for trying things out: a key in a folder, and nothing on the network."""

import json
import os
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from joserfc import jwt
from joserfc.jwk import ECKey

from application.ports import Clock
from infrastructure.identity.claims import Claims
from infrastructure.identity.principal import Scope
from infrastructure.identity.settings import DEMO_ISSUER, IdentitySettings, IssuerSettings

AUDIENCE: Final = "parcours"
PRIVATE_KEY: Final = "development-issuer.key.json"
KEY_SET: Final = "development-issuer.jwks.json"
LONGEST_LIFETIME: Final = timedelta(days=1)

#: The applications of the demo: one for each kind of neighbour, and one that may do everything.
DEMO_CLIENTS: Final[Mapping[str, frozenset[Scope]]] = {
    "demo": frozenset(Scope),
    "les-emplois": frozenset({Scope.COMMAND, Scope.FEED}),
    "rdv-insertion": frozenset({Scope.COMMAND, Scope.FEED}),
    "dora": frozenset({Scope.COMMAND, Scope.FEED}),
    "immersion-facilitee": frozenset({Scope.COMMAND, Scope.FEED, Scope.WITNESS}),
    "back-office": frozenset({Scope.COMMAND, Scope.STAFF}),
    "pilotage": frozenset({Scope.INDICATORS}),
    "audit": frozenset({Scope.AUDIT}),
}


class DevelopmentIssuer:
    """Signs access tokens with a key of this machine, for services that run in the demo mode on its folder."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Take the folder's key, or make one. Raises `PermissionError` if others can read it."""
        self._clock = clock
        self._key = _key_in(folder)
        self._key_set = folder / KEY_SET
        _write(self._key_set, {"keys": [self._key.as_dict(private=False)]}, mode=0o644)

    def settings(self) -> IdentitySettings:
        """Settings of a service in the demo mode, which trusts this issuer and no other."""
        issuer = IssuerSettings(
            issuer=DEMO_ISSUER,
            audience=AUDIENCE,
            algorithms=frozenset({"ES256"}),
            jwks_file=self._key_set,
            clients=DEMO_CLIENTS,
            max_lifetime=LONGEST_LIFETIME,
        )
        return IdentitySettings(issuers=(issuer,), demo=True)

    def issue(
        self, subject: str, client_id: str, scopes: Collection[Scope], lifetime: timedelta = timedelta(hours=1)
    ) -> str:
        """Sign an access token, valid from now on.

        Raises `ValueError` for what the service would refuse: more than a day, an unknown application or a scope that
        it has not been granted, a subject that is not opaque.
        """
        if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
            raise ValueError("a token lives up to a day")
        if client_id not in DEMO_CLIENTS or not frozenset(scopes) <= DEMO_CLIENTS[client_id]:
            raise ValueError(f"{client_id} has not been granted this")
        now = int(self._clock.now().timestamp())
        claims = {
            "iss": DEMO_ISSUER,
            "sub": subject,
            "aud": AUDIENCE,
            "client_id": client_id,
            "scope": " ".join(sorted(scopes)),
            "acr": "eidas1",
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
            "jti": secrets.token_urlsafe(16),
        }
        Claims.model_validate(claims)
        header = {"alg": "ES256", "typ": "at+jwt", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=["ES256"])


def _key_in(folder: Path) -> ECKey:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PRIVATE_KEY
    if not path.exists():
        key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
        _write(path, key.as_dict(private=True), mode=0o600, replace=False)
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{PRIVATE_KEY} must be readable by its owner only")
    return ECKey.import_key(json.loads(path.read_bytes()))


def _write(path: Path, document: object, *, mode: int, replace: bool = True) -> None:
    """Write at once and whole, whoever else does the same. Without `replace`, the first one wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        json.dump(document, file)
    try:
        if replace:
            draft.replace(path)
        else:
            path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
