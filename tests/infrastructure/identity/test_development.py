"""The development issuer: enough for a demo, never more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from infrastructure.identity.development import KEY_SET, PRIVATE_KEY, DevelopmentIssuer, _write
from infrastructure.identity.principal import Scope
from infrastructure.identity.refusals import Cause, TokenError
from infrastructure.identity.settings import DEMO_ISSUER, IdentitySettings
from infrastructure.identity.verifier import Verifier
from tests.infrastructure.identity.issuing import HandClock, trusting


def test_a_service_in_the_demo_mode_lets_its_tokens_in(tmp_path: Path, client: httpx.Client) -> None:
    clock = HandClock()
    issuer = DevelopmentIssuer(tmp_path, clock)
    principal = Verifier(issuer.settings(), clock, client).verify(issuer.issue("ada", "pilotage", [Scope.INDICATORS]))
    assert (principal.issuer, principal.subject) == (DEMO_ISSUER, "ada")
    assert principal.scopes == {Scope.INDICATORS}


def test_its_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path, client: httpx.Client) -> None:
    clock = HandClock()
    settings = DevelopmentIssuer(tmp_path / "data", clock).settings()
    token = DevelopmentIssuer(tmp_path / "data", clock).issue("ada", "demo", list(Scope))
    assert Verifier(settings, clock, client).verify(token).scopes == frozenset(Scope)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "data").iterdir()}
    assert modes == {PRIVATE_KEY: "0o600", KEY_SET: "0o644"}


def test_started_many_times_at_once_it_makes_one_key(tmp_path: Path, client: httpx.Client) -> None:
    clock = HandClock()
    with ThreadPoolExecutor(8) as pool:
        issuers = list(pool.map(lambda _: DevelopmentIssuer(tmp_path, clock), range(8)))
    verifier = Verifier(issuers[0].settings(), clock, client)
    assert {verifier.verify(issuer.issue("ada", "demo", [])).subject for issuer in issuers} == {"ada"}


def test_of_two_that_make_a_key_at_once_the_first_wins(tmp_path: Path) -> None:
    for key in ("first", "second"):
        _write(tmp_path / PRIVATE_KEY, key, mode=0o600, replace=False)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(PRIVATE_KEY, '"first"')]


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path, HandClock())
    (tmp_path / PRIVATE_KEY).chmod(0o640)
    with pytest.raises(PermissionError):
        DevelopmentIssuer(tmp_path, HandClock())


def test_its_public_keys_hold_nothing_private(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path, HandClock())
    assert '"d"' not in (tmp_path / KEY_SET).read_text()


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(seconds=-1), timedelta(days=1, seconds=1)])
def test_a_token_lives_at_most_a_day(tmp_path: Path, lifetime: timedelta) -> None:
    with pytest.raises(ValueError, match="up to a day"):
        DevelopmentIssuer(tmp_path, HandClock()).issue("ada", "demo", [], lifetime)


@pytest.mark.parametrize(
    ("subject", "client_id", "scopes"),
    [("ada@example.org", "demo", []), ("ada", "nobody", []), ("ada", "pilotage", [Scope.STAFF])],
)
def test_it_signs_nothing_that_the_service_would_refuse(
    tmp_path: Path, subject: str, client_id: str, scopes: list[Scope]
) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - one sentence of ours, one of the claims
        DevelopmentIssuer(tmp_path, HandClock()).issue(subject, client_id, scopes)


@pytest.mark.parametrize("issuer", [DEMO_ISSUER, "https://ISSUER.demo.invalid", "https://other.invalid"])
def test_outside_the_demo_mode_it_cannot_be_configured(issuer: str) -> None:
    with pytest.raises(ValidationError, match="only for the demo mode"):
        IdentitySettings(issuers=(trusting("https://issuer.test/jwks", issuer=issuer),))


def test_a_configuration_file_cannot_turn_the_demo_mode_on(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path, HandClock())
    path = tmp_path / "issuers.toml"
    path.write_text(
        f"""
        demo = true
        [[issuers]]
        issuer = "{DEMO_ISSUER}"
        audience = "parcours"
        algorithms = ["ES256"]
        jwks_file = "{tmp_path / KEY_SET}"
        clients = {{ demo = ["parcours.staff"] }}
        """
    )
    with pytest.raises(ValueError, match="cannot turn the demo mode on"):
        IdentitySettings.read(path)


def test_outside_the_demo_mode_the_verifier_refuses_it_even_if_it_got_configured(
    tmp_path: Path, client: httpx.Client
) -> None:
    clock = HandClock()
    issuer = DevelopmentIssuer(tmp_path, clock)
    smuggled = IdentitySettings.model_construct(issuers=issuer.settings().issuers, demo=False)
    with pytest.raises(TokenError) as caught:
        Verifier(smuggled, clock, client).verify(issuer.issue("ada", "demo", [Scope.STAFF]))
    assert caught.value.cause is Cause.DEVELOPMENT_ISSUER
