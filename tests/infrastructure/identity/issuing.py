"""An issuer that signs whatever it is asked to, and a server of key sets that can misbehave."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from infrastructure.identity.principal import Principal, Scope
from infrastructure.identity.refusals import Cause, TokenError
from infrastructure.identity.settings import IdentitySettings, IssuerSettings
from infrastructure.identity.verifier import Verifier

NOON: Final = datetime(2026, 1, 5, 11, tzinfo=UTC)
ISSUER: Final = "https://issuer.test"
AUDIENCE: Final = "parcours"

EC: Final = ECKey.generate_key("P-256", {"use": "sig", "kid": "ec"})
OTHER_EC: Final = ECKey.generate_key("P-256", {"use": "sig", "kid": "other-ec"})
P384: Final = ECKey.generate_key("P-384", {"use": "sig", "kid": "p384"})
P521: Final = ECKey.generate_key("P-521", {"use": "sig", "kid": "p521"})
ED: Final = OKPKey.generate_key("Ed25519", {"use": "sig", "kid": "ed"})
RSA: Final = RSAKey.generate_key(2048, {"use": "sig", "kid": "rsa"})
ENCRYPTION: Final = ECKey.generate_key("P-256", {"use": "enc", "kid": "encryption"})
_WEAK: Final = generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - to be refused
#: Built without the library's own check, which is not what is under test.
WEAK: Final = RSAKey(_WEAK, _WEAK, {"use": "sig", "kid": "weak"})
PUBLISHED: Final = (EC, RSA, P384, P521, ED, ENCRYPTION, WEAK)

HEADER: Final = {"alg": "ES256", "typ": "at+jwt", "kid": "ec"}
CLAIMS: Final[Mapping[str, Any]] = {
    "iss": ISSUER,
    "sub": "camille",
    "aud": AUDIENCE,
    "client_id": "les-emplois",
    "scope": "openid parcours.command",
    "acr": "eidas1",
    "iat": int(NOON.timestamp()),
    "exp": int(NOON.timestamp()) + 600,
    "jti": "token-1",
}


class HandClock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def goes(self, **by: float) -> None:
        self.at += timedelta(**by)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(header: bytes, payload: bytes, key: Key = EC, alg: str = "ES256") -> str:
    signed = f"{b64(header)}.{b64(payload)}"
    return f"{signed}.{b64(JWSRegistry.algorithms[alg].sign(signed.encode(), key))}"


def issue(key: Key = EC, header: Mapping[str, Any] | None = None, /, **claims: Any) -> str:
    """A good token, except for what is said otherwise."""
    head = {**HEADER, "kid": key.kid, **(header or {})}
    alg = "ES256" if head["alg"].lower() == "none" else head["alg"]
    return sign(json.dumps(head).encode(), json.dumps({**CLAIMS, **claims}).encode(), key, alg)


def lacking(claim: str) -> str:
    """A token that is good but for a claim that it does not make."""
    claims = {name: value for name, value in CLAIMS.items() if name != claim}
    return sign(json.dumps(HEADER).encode(), json.dumps(claims).encode())


def key_set(*keys: Key) -> bytes:
    return json.dumps({"keys": [key.as_dict(private=False) for key in keys]}).encode()


class KeyServer:
    """Publishes keys on this machine, or does what `answer` does; counts what it was asked for."""

    def __init__(self) -> None:
        self.answer: Callable[[BaseHTTPRequestHandler], None] = answering(key_set(*PUBLISHED))
        self.asked: list[str] = []
        self.url = ""

    def publishes(self, *keys: Key) -> None:
        self.answer = answering(key_set(*keys))


def answering(body: bytes, status: int = 200, /, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def dripping(request: BaseHTTPRequestHandler) -> None:
    """Good keys, but one byte at a time, each soon enough to keep the connection alive."""
    request.send_response(200)
    request.end_headers()
    for _ in range(30):
        request.wfile.write(b" ")
        time.sleep(0.05)
    request.wfile.write(key_set(EC))


def endless(request: BaseHTTPRequestHandler) -> None:
    """Fifty megabytes, for whoever reads them."""
    request.send_response(200)
    request.end_headers()
    for _ in range(800):
        request.wfile.write(b" " * 65_536)


@contextmanager
def key_server() -> Iterator[KeyServer]:
    served = KeyServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            try:
                served.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}/jwks"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def trusting(url: str, **changes: Any) -> IssuerSettings:
    """Settings that trust the issuer of `CLAIMS`, except for what is said otherwise."""
    usual: dict[str, Any] = {
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "algorithms": {"ES256", "RS256"},
        "jwks_url": url,
        "clients": {"les-emplois": {Scope.COMMAND, Scope.FEED}, "pilotage": {Scope.INDICATORS}},
    }
    return IssuerSettings.model_validate({**usual, **changes})


class Door:
    """A verifier, its issuer's server, and the time."""

    def __init__(self, server: KeyServer, client: httpx.Client, *issuers: IssuerSettings) -> None:
        self.server = server
        self.clock = HandClock()
        settings = IdentitySettings(issuers=issuers or (trusting(server.url),))
        self.verifier = Verifier(settings, self.clock, client)

    def lets_in(self, token: str) -> Principal:
        return self.verifier.verify(token)

    def refuses(self, token: str, cause: Cause) -> None:
        with pytest.raises(TokenError) as caught:
            self.verifier.verify(token)
        assert caught.value.cause is cause
