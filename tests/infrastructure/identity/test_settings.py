"""Which issuers can be trusted at all."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from infrastructure.identity.principal import Scope
from infrastructure.identity.settings import IdentitySettings
from tests.infrastructure.identity.issuing import trusting

URL = "https://issuer.test/jwks"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "EdDSA", "RS1", "es256"])
def test_only_asymmetric_algorithms_can_be_configured(algorithm: str) -> None:
    with pytest.raises(ValidationError):
        trusting(URL, algorithms={algorithm})


@pytest.mark.parametrize(
    "changes",
    [
        {"algorithms": set()},
        {"audience": ""},
        {"issuer": "http://issuer.test"},
        {"jwks_url": "http://issuer.test/jwks"},
        {"jwks_url": "file:///etc/passwd"},
        {"jwks_url": None},
        {"jwks_file": "keys.json"},
        {"clients": {"les-emplois": {"parcours.everything"}}},
        {"clients": {"les emplois": set()}},
        {"clients": {"parcours": set()}},
        {"max_lifetime": 0},
        {"max_lifetime": 86_401},
        {"namespace": "a:b"},
        {"verify_signature": False},
    ],
)
def test_a_dangerous_setting_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        trusting(URL, **changes)


@pytest.mark.parametrize("namespaces", [("", ""), ("", "a"), ("a", "a")])
def test_several_issuers_are_told_apart_by_their_namespaces(namespaces: tuple[str, str]) -> None:
    issuers = [
        trusting(URL, issuer=f"https://{number}.test", namespace=namespace)
        for number, namespace in enumerate(namespaces)
    ]
    with pytest.raises(ValidationError, match="namespace"):
        IdentitySettings.model_validate({"issuers": issuers})


def test_an_issuer_is_configured_once() -> None:
    with pytest.raises(ValidationError, match="twice"):
        IdentitySettings(issuers=(trusting(URL, namespace="a"), trusting(URL, namespace="b")))


def test_there_is_at_least_one_issuer() -> None:
    with pytest.raises(ValidationError):
        IdentitySettings(issuers=())


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "issuers.toml"
    path.write_text(
        """
        [[issuers]]
        issuer = "https://auth.example.fr"
        audience = "parcours"
        algorithms = ["RS256"]
        jwks_url = "https://auth.example.fr/jwks"
        max_lifetime = 900
        [issuers.clients]
        les-emplois = ["parcours.command", "parcours.feed"]
        """
    )
    (issuer,) = IdentitySettings.read(path).issuers
    assert issuer.clients == {"les-emplois": {Scope.COMMAND, Scope.FEED}}
    assert issuer.max_lifetime.total_seconds() == 900
