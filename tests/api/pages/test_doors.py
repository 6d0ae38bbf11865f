"""Who may look, what an address may say, and what a page may do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from pathlib import Path
from time import sleep

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from api.pages.session import COOKIE
from api.settings import Settings
from infrastructure.clock import SystemClock
from infrastructure.identity.principal import Scope
from tests.api.conftest import running
from tests.api.pages.conftest import Dashboard


def get(dashboard: Dashboard, address: str, **more: str) -> httpx.Response:
    return httpx.get(f"{dashboard.base}{address}", headers=more, timeout=30)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("territory=nowhere", "territory"),
        ("territory=department-99", "territory"),
        ("territory=region-1%22%3E%3Cscript%3E", "territory"),
        ("period=13", "period"),
        ("as_of=yesterday", "as_of"),
        ("as_of=1999-12-31", "as_of"),
        ("as_of=0001-01-01", "as_of"),
        ("as_of=%00", "as_of"),
        ("by=organisation", "by"),
        ("by=receiver", "by"),
        ("month=2026-13", "month"),
        ("lang=de", "lang"),
        ("as_of=" + "9" * 5000, "as_of"),
    ],
)
def test_an_address_that_cannot_be_read_is_a_page_that_says_what_and_repeats_nothing(
    dashboard: Dashboard, query: str, field: str
) -> None:
    answer = get(dashboard, f"/dashboard?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<code>{field}</code>" in answer.text
    assert "<script>" not in answer.text
    assert "9" * 40 not in answer.text


@pytest.mark.parametrize(
    "query", ["", "territory=", "as_of=2999-01-01", "as_of=2000-01-01&period=36", "month=2001-01", "surname=Le+Goff"]
)
def test_whatever_else_an_address_says_is_a_page(dashboard: Dashboard, query: str) -> None:
    answer = get(dashboard, f"/dashboard?{query}")
    assert answer.status_code == 200
    assert "Goff" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/dashboard/indicators/nothing",
        "/dashboard/indicators/hires-accepted/day.csv",
        "/dashboard/indicators/hires-accepted/x.csv",
        "/dashboard/slide?page=//elsewhere.example&back=-1",
        "/dashboard/slide?page=/dashboard&back=9",
        "/dashboard/slide?page=/dashboard&back=-99999999999",
        "/pages/0/pages.css",
        "/pages/x/../../settings.py",
    ],
)
def test_what_is_not_there_is_not_found(dashboard: Dashboard, address: str) -> None:
    assert get(dashboard, address).status_code == 404


def test_a_page_runs_and_fetches_nothing_but_our_own_files(dashboard: Dashboard) -> None:
    answer = get(dashboard, "/dashboard")
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'self'; script-src 'self'"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert " style=" not in answer.text
    assert answer.text.count("<script") == answer.text.count('<script src="/pages/') == 1


@dataclass(frozen=True)
class Closed:
    """An installation that is no demonstration, and the issuer that it trusts."""

    base: str
    key: ECKey

    def token(self, *scopes: Scope, lives: int = 600) -> str:
        now = int(SystemClock().now().timestamp())
        claims = {
            "iss": "https://idp.example", "aud": "parcours", "sub": "analyst", "client_id": "pilotage", "acr": "eidas1",
            "scope": " ".join(scopes), "iat": now, "exp": now + lives, "jti": "1",
        }  # fmt: skip
        return jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": self.key.kid}, claims, self.key)

    def sign_in(self, token: str, back: str = "/dashboard?lang=fr") -> httpx.Response:
        return httpx.post(f"{self.base}/sign-in", data={"token": token, "back": back}, timeout=30)


@pytest.fixture(scope="module")
def closed(dashboard: Dashboard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """The same lives, for those whom an issuer knows."""
    folder: Path = tmp_path_factory.mktemp("closed")
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    (folder / "jwks.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    (folder / "issuers.toml").write_text(
        '[[issuers]]\nissuer = "https://idp.example"\naudience = "parcours"\nalgorithms = ["ES256"]\n'
        f'jwks_file = "{folder}/jwks.json"\n[issuers.clients]\npilotage = ["{Scope.INDICATORS}", "{Scope.FEED}"]\n'
    )
    settings = replace(dashboard.settings, demo=False, issuers_file=folder / "issuers.toml")
    with running(settings) as base:
        yield Closed(base, key)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/flows",
        "/indicators/hires-accepted",
        "/indicators/hires-accepted/months.csv",
        "/slide?page=/dashboard&back=0",
    ],
)
def test_nobody_reads_figures_without_having_been_let_in(closed: Closed, address: str) -> None:
    answer = httpx.get(f"{closed.base}/dashboard{address}")
    assert answer.status_code == 401
    assert 'name="token"' in answer.text
    assert "%" not in answer.text


def test_definitions_are_for_everybody(closed: Closed) -> None:
    assert httpx.get(f"{closed.base}/indicators").status_code == 200


def test_a_token_opens_a_session_that_holds_nothing_of_it_and_ends_with_it(closed: Closed) -> None:
    token = closed.token(Scope.INDICATORS, lives=2)
    answer = closed.sign_in(token, "/dashboard?lang=fr&territory=department-59")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dashboard?lang=fr&territory=department-59")
    said = answer.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(said.split("; "))
    (cookie,) = SimpleCookie(said).values()
    assert "analyst" not in cookie.value
    assert not set(token.split(".")) & set(cookie.value.split("."))
    session = {"Cookie": f"{cookie.key}={cookie.value}"}
    assert httpx.get(f"{closed.base}/dashboard", headers=session, timeout=30).status_code == 200
    sleep(2.5)
    assert httpx.get(f"{closed.base}/dashboard", headers=session).status_code == 401


def test_a_session_is_for_looking_and_opens_no_door_of_the_api(closed: Closed) -> None:
    (cookie,) = SimpleCookie(closed.sign_in(closed.token(Scope.INDICATORS)).headers["set-cookie"]).values()
    session = {"Cookie": f"{cookie.key}={cookie.value}"}
    assert httpx.get(f"{closed.base}/v1/indicators", headers=session).status_code == 401
    longer = f"{cookie.key}=9{cookie.value[1:]}"
    assert httpx.get(f"{closed.base}/dashboard", headers={"Cookie": longer}).status_code == 401


@pytest.mark.parametrize("forged", ["1", "", ".", "9999999999.", "9999999999." + "0" * 64, "٣.x", "-1.x", "1" * 4000])
def test_nobody_makes_a_session(closed: Closed, forged: str) -> None:
    answer = httpx.get(f"{closed.base}/dashboard", headers={b"Cookie": f"{COOKIE}={forged}".encode()})
    assert answer.status_code == 401


def test_a_token_without_the_right_to_indicators_opens_none(closed: Closed) -> None:
    answers = [closed.sign_in(token) for token in (closed.token(Scope.FEED), "no token", "", "x" * 20_000)]
    assert [(answer.status_code, "set-cookie" in answer.headers) for answer in answers] == [(401, False)] * 4


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/v1/candidates", "/dashboard@x", ""]
)
def test_a_sign_in_leads_to_our_pages_alone(closed: Closed, back: str) -> None:
    assert closed.sign_in(closed.token(Scope.INDICATORS), back).headers["location"] == "/dashboard"


def test_whoever_sends_a_token_needs_no_session(closed: Closed) -> None:
    bearer = {"Authorization": f"Bearer {closed.token(Scope.INDICATORS)}"}
    assert httpx.get(f"{closed.base}/dashboard", headers=bearer, timeout=30).status_code == 200


def test_signing_out_forgets_the_session(closed: Closed) -> None:
    answer = httpx.post(f"{closed.base}/sign-out")
    assert answer.status_code == 303
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]


def test_figures_are_open_where_the_installation_says_so(dashboard: Dashboard, closed: Closed, tmp_path: Path) -> None:
    environment = {"PARCOURS_OPEN_FIGURES": "yes", "PARCOURS_DATA": str(tmp_path)}
    assert Settings.from_environment(environment).open_figures
    assert not Settings.from_environment({"PARCOURS_OPEN_FIGURES": "no"}).open_figures
