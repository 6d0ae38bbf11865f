"""Which issuers are trusted, for which applications, with which rights."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from infrastructure.identity.principal import Scope

#: Asymmetric only: a symmetric algorithm would let whoever verifies also sign. `EdDSA` is deprecated by RFC 9864.
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
ClientId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]
#: The only issuer of the development issuer's tokens. `.invalid` never resolves (RFC 2606).
DEMO_ISSUER: Final = "https://issuer.demo.invalid"


def is_for_development(issuer: str) -> bool:
    """Tell whether an issuer can only be one of the demo mode: its domain is `.invalid`."""
    return (urlsplit(issuer).hostname or "").endswith(".invalid")


class IssuerSettings(BaseModel):
    """One trusted issuer of JWT access tokens (RFC 9068)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Compared as exact text with the token's `iss`.
    issuer: str = Field(min_length=1, max_length=255)
    #: What the token's `aud` must contain: us.
    audience: str = Field(min_length=1, max_length=255)
    algorithms: frozenset[Algorithm] = Field(min_length=1)
    #: Where the public keys are: an address, or a file on this machine.
    jwks_url: str | None = None
    jwks_file: Path | None = None
    #: The applications that may call, and the scopes that each may present.
    clients: Mapping[ClientId, frozenset[Scope]]
    #: The longest `exp - iat` accepted.
    max_lifetime: timedelta = Field(default=timedelta(hours=1), gt=timedelta(0), le=timedelta(days=1))
    #: Comes before the subjects of this issuer in the record (`proconnect:…`), so that one issuer never speaks for
    #: the people of another. May be empty only where there is a single issuer.
    namespace: str = Field(default="", pattern=r"^[a-z0-9-]{0,32}$")

    @field_validator("clients")
    @classmethod
    def _parcours_is_no_client(
        cls, clients: Mapping[ClientId, frozenset[Scope]]
    ) -> Mapping[ClientId, frozenset[Scope]]:
        if "parcours" in clients:
            raise ValueError("`parcours` is the service itself: no application may act under that name")
        return clients

    @model_validator(mode="after")
    def _addresses(self) -> Self:
        if (self.jwks_url is None) == (self.jwks_file is None):
            raise ValueError("either jwks_url or jwks_file")
        if not _is_safe(self.issuer) or (self.jwks_url is not None and not _is_safe(self.jwks_url)):
            raise ValueError("addresses are https, or http on this very machine")
        return self


class IdentitySettings(BaseModel):
    """Every trusted issuer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuers: tuple[IssuerSettings, ...] = Field(min_length=1)
    #: Only then may the development issuer be trusted.
    demo: bool = False

    @model_validator(mode="after")
    def _issuers_are_told_apart(self) -> Self:
        if len({issuer.issuer for issuer in self.issuers}) < len(self.issuers):
            raise ValueError("an issuer is configured twice")
        namespaces = {issuer.namespace for issuer in self.issuers}
        if len(self.issuers) > 1 and ("" in namespaces or len(namespaces) < len(self.issuers)):
            raise ValueError("with several issuers, each needs a namespace of its own")
        return self

    @model_validator(mode="after")
    def _no_development_issuer(self) -> Self:
        if not self.demo and any(is_for_development(issuer.issuer) for issuer in self.issuers):
            raise ValueError("the development issuer is only for the demo mode")
        return self

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the TOML file of a real installation. Raises `ValueError`, also if it asks for the demo mode."""
        settings = cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        if settings.demo:
            raise ValueError("a configuration file cannot turn the demo mode on")
        return settings


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"})
