"""What a token's header and claims must look like, before anything they say is believed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

#: Visible ASCII, so that nothing looks like something else.
Identifier = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,255}$")]
#: The same, without `@`: an e-mail address must never get into the record as somebody's identifier.
OpaqueSubject = Annotated[str, StringConstraints(pattern=r"^[\x21-\x3f\x41-\x7e]{1,255}$")]
#: Seconds since 1970, to the end of year 9999; never text, never a fraction.
Instant = Annotated[int, Field(gt=0, le=253_402_300_799)]


class Header(BaseModel):
    """The protected header: any other parameter (`crit`, `jwk`, `jku`, `x5c`, `x5u`, `b64`, …) is refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    alg: str
    typ: str
    kid: str = Field(min_length=1, max_length=255)
    x5t: str | None = None
    x5t_s256: str | None = Field(default=None, alias="x5t#S256")


class Claims(BaseModel):
    """The claims of a JWT access token (RFC 9068 §2.2) that we use; others change nothing."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    iss: str
    sub: OpaqueSubject
    aud: str | list[str]
    exp: Instant
    iat: Instant
    nbf: Instant | None = None
    jti: Identifier
    client_id: Identifier
    #: Where an issuer also says who the token was made for, it must be the same.
    azp: Identifier | None = None
    scope: str = ""
    acr: str | None = None

    @property
    def audiences(self) -> list[str]:
        """Everyone that the token is meant for."""
        return [self.aud] if isinstance(self.aud, str) else self.aud
