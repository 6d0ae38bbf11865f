"""From a token to whom it speaks for, or to the reason why not, in the order of identity §9.2."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
import structlog
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import Key
from pydantic import ValidationError

from application.ports import Clock
from domain.vocabulary import Subject
from infrastructure.identity.claims import Claims, Header
from infrastructure.identity.jwks import KeysOfAnAddress
from infrastructure.identity.keys import Keys, KeysOfAFile
from infrastructure.identity.principal import Assurance, Principal, Scope
from infrastructure.identity.refusals import Cause, TokenError
from infrastructure.identity.remembered import RememberedTokens, digest_of
from infrastructure.identity.settings import IdentitySettings, IssuerSettings, is_for_development
from infrastructure.identity.strict_json import read_object

#: How far the issuer's clock and ours may be apart.
LEEWAY: Final = timedelta(seconds=30)
LONGEST_TOKEN: Final = 8 * 1024
#: Three parts, none of them empty: not an encrypted token, nor one in JSON, nor one without a signature.
COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
ACCESS_TOKEN: Final = frozenset({"at+jwt", "application/at+jwt"})
OURS: Final = frozenset(Scope)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Issuer:
    """A trusted issuer, and its keys."""

    settings: IssuerSettings
    keys: Keys


class Verifier:
    """Says who an access token speaks for. Safe for any number of threads."""

    def __init__(self, settings: IdentitySettings, clock: Clock, client: httpx.Client) -> None:
        """`client` is used for key sets only. Raises `OSError` or `ValueError` for an unreadable key file."""
        self._demo = settings.demo
        self._clock = clock
        self._issuers: Mapping[str, Issuer] = {
            issuer.issuer: Issuer(issuer, _keys_of(issuer, clock, client)) for issuer in settings.issuers
        }
        self._remembered = RememberedTokens(clock)

    def ready(self) -> bool:
        """Whether tokens of every issuer can be verified."""
        return all(issuer.keys.ready() for issuer in self._issuers.values())

    def remembered(self, token: str) -> Principal | None:
        """Who a token speaks for, if it was verified less than 30 seconds ago. Never waits."""
        return self._remembered.get(digest_of(token))

    def verify(self, token: str) -> Principal:
        """Who a token speaks for. May wait for an issuer, for some seconds.

        Raises `TokenError` for a token that is not good, and `KeysUnavailable` if that cannot be found out.
        """
        try:
            principal = self._verified(token)
        except TokenError as refusal:
            log.info("token_refused", cause=refusal.cause, token=digest_of(token))
            raise
        self._remembered.add(digest_of(token), principal)
        return principal

    def _verified(self, token: str) -> Principal:
        signed, header = _parse(token)
        # The bytes read here are the bytes that the signature is then checked over.
        claims = _read(signed.payload)
        issuer = self._issuer(claims.get("iss"))
        _check_signature(signed, _key(header, issuer), header.alg)
        return self._principal(_model(claims), issuer.settings)

    def _issuer(self, name: object) -> Issuer:
        if not isinstance(name, str) or name not in self._issuers:
            raise TokenError(Cause.ISSUER)
        if is_for_development(name) and not self._demo:
            raise TokenError(Cause.DEVELOPMENT_ISSUER)
        return self._issuers[name]

    def _principal(self, claims: Claims, issuer: IssuerSettings) -> Principal:
        if issuer.audience not in claims.audiences:
            raise TokenError(Cause.AUDIENCE)
        _check_times(claims, self._clock.now(), issuer.max_lifetime)
        return Principal(
            issuer=claims.iss,
            subject=Subject(f"{issuer.namespace}:{claims.sub}" if issuer.namespace else claims.sub),
            client_id=claims.client_id,
            scopes=_granted(claims, issuer),
            acr=Assurance.of(claims.acr),
            token_id=claims.jti,
            expires_at=datetime.fromtimestamp(claims.exp, UTC),
        )


def _keys_of(issuer: IssuerSettings, clock: Clock, client: httpx.Client) -> Keys:
    if issuer.jwks_url is not None:
        return KeysOfAnAddress(issuer.jwks_url, clock, client)
    if issuer.jwks_file is None:
        raise ValueError("an issuer without keys")
    return KeysOfAFile(issuer.jwks_file)


def _parse(token: str) -> tuple[jws.CompactSignature, Header]:
    if len(token) > LONGEST_TOKEN:
        raise TokenError(Cause.TOO_LONG)
    if not COMPACT.fullmatch(token):
        raise TokenError(Cause.MALFORMED)
    try:
        signed = jws.extract_compact(token.encode())
        # Read again, because the library would take the last of two members of one name.
        return signed, Header.model_validate(read_object(_decoded(signed.segments["header"])))
    except (JoseError, TypeError, ValueError, RecursionError):
        raise TokenError(Cause.HEADER) from None


def _decoded(part: bytes) -> bytes:
    return urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def _read(payload: bytes) -> Mapping[str, object]:
    try:
        return read_object(payload)
    except ValueError:
        raise TokenError(Cause.MALFORMED) from None


def _key(header: Header, issuer: Issuer) -> Key:
    if header.alg not in issuer.settings.algorithms:
        raise TokenError(Cause.ALGORITHM)
    if header.typ.lower() not in ACCESS_TOKEN:
        raise TokenError(Cause.TYPE)
    key = issuer.keys.get(header.kid)
    if key is None:
        raise TokenError(Cause.UNKNOWN_KEY)
    return key


def _check_signature(signed: jws.CompactSignature, key: Key, algorithm: str) -> None:
    try:
        good = jws.validate_compact(signed, key, [algorithm])
    except JoseError:
        # The key is of another type, curve or use than the algorithm needs.
        good = False
    if not good:
        raise TokenError(Cause.SIGNATURE)


def _model(claims: Mapping[str, object]) -> Claims:
    try:
        return Claims.model_validate(claims)
    except ValidationError:
        # Not chained: it quotes the claims, which may be personal.
        raise TokenError(Cause.CLAIMS) from None


def _check_times(claims: Claims, now: datetime, max_lifetime: timedelta) -> None:
    instant, leeway = now.timestamp(), LEEWAY.total_seconds()
    if instant >= claims.exp + leeway:
        raise TokenError(Cause.EXPIRED)
    if instant < max(claims.iat, claims.nbf or 0) - leeway:
        raise TokenError(Cause.NOT_YET_VALID)
    if not 0 < claims.exp - claims.iat <= max_lifetime.total_seconds():
        raise TokenError(Cause.LIFETIME)


def _granted(claims: Claims, issuer: IssuerSettings) -> frozenset[Scope]:
    granted = issuer.clients.get(claims.client_id)
    if granted is None or claims.azp not in (None, claims.client_id):
        raise TokenError(Cause.CLIENT)
    presented = frozenset(Scope(scope) for scope in claims.scope.split(" ") if scope in OURS)
    if not presented <= granted:
        raise TokenError(Cause.SCOPE_NOT_GRANTED)
    return presented
