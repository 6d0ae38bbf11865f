"""Why a caller is not let in, as the doors need to tell it apart: 401, 403 and 503."""

import inspect
from enum import StrEnum

from infrastructure.identity.principal import Assurance, Scope


class Cause(StrEnum):
    """What exactly is wrong with a token: for the logs, never for the caller (identity §9.2)."""

    NO_HEADER = "no_header"
    SEVERAL_HEADERS = "several_headers"
    NOT_BEARER = "not_bearer"
    IN_QUERY = "in_query"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    HEADER = "header"
    ISSUER = "issuer"
    DEVELOPMENT_ISSUER = "development_issuer"
    ALGORITHM = "algorithm"
    TYPE = "type"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    CLAIMS = "claims"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    LIFETIME = "lifetime"
    CLIENT = "client"
    SCOPE_NOT_GRANTED = "scope_not_granted"


class AccessDenied(Exception):
    """Access is denied."""

    def __init__(self) -> None:
        """Answer the same sentence to everybody."""
        super().__init__(" ".join((inspect.getdoc(type(self)) or "").split("\n\n")[0].split()))

    @property
    def challenge(self) -> str | None:
        """The `WWW-Authenticate` header that goes with the answer, if one does."""
        return None


class TokenError(AccessDenied):
    """A valid access token is needed.

    401. The answer is the same for every cause.
    """

    def __init__(self, cause: Cause) -> None:
        """`cause` is for the logs and the tests: the caller is not told."""
        super().__init__()
        self.cause = cause

    @property
    def challenge(self) -> str:
        """What to present (RFC 6750), and nothing about what was wrong."""
        return "Bearer"


class AssuranceMissing(AccessDenied):
    """You need to sign in again, with a stronger means of identification.

    401 (RFC 9470).
    """

    def __init__(self, needed: Assurance) -> None:
        """`needed`: the lowest level that would do."""
        super().__init__()
        self.needed = needed

    @property
    def challenge(self) -> str:
        """What level to ask the issuer for."""
        return f'Bearer error="insufficient_user_authentication", acr_values="{self.needed.acr}"'


class ScopeMissing(AccessDenied):
    """Your application has not been granted the right to do this.

    403.
    """

    def __init__(self, needed: frozenset[Scope]) -> None:
        """`needed`: the scopes that the token would have had to carry."""
        super().__init__()
        self.needed = needed

    @property
    def challenge(self) -> str:
        """Which scopes would do (RFC 6750 §3.1)."""
        return f'Bearer error="insufficient_scope", scope="{" ".join(sorted(self.needed))}"'


class KeysUnavailable(AccessDenied):
    """Access tokens cannot be verified at the moment: try again later.

    503: neither a yes nor a no.
    """
