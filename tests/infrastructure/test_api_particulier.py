"""API Particulier, asked over HTTP: what each of its answers means, and that nothing it does brings us down."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import httpx
import pytest
from structlog.testing import capture_logs

from application.ports import Certified
from domain.candidate.codes import Title
from domain.eligibility_check.codes import Answer, Criterion
from infrastructure import api_particulier
from infrastructure.api_particulier import ApiParticulier
from tests.infrastructure.particulier import (
    BENEFICIARY,
    BUSY,
    NOT_BENEFICIARY,
    NOT_FOUND,
    NOUR,
    RECIPIENT,
    SENSELESS,
    TOKEN,
    Particulier,
    Reply,
    benefits,
    breaking_off,
    dripping,
    endless,
    errors,
    hanging_up,
    particulier,
    replying,
    silent,
)

NOON = datetime(2026, 1, 5, 11, tzinfo=UTC)


class HandClock:
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def there() -> Iterator[Particulier]:
    with particulier() as served:
        yield served


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def service(there: Particulier, clock: HandClock) -> Iterator[ApiParticulier]:
    with httpx.Client() as client:
        yield ApiParticulier(there.access, client, clock)


def test_it_certifies_three_criteria(service: ApiParticulier) -> None:
    assert service.certifies() == {Criterion.RSA, Criterion.AAH, Criterion.PI}


@pytest.mark.parametrize(
    ("criterion", "address"),
    [
        (Criterion.RSA, "/v3/dss/revenu_solidarite_active/identite"),
        (Criterion.AAH, "/v3/dss/allocation_adulte_handicape/identite"),
        (Criterion.PI, "/v3/dss/allocation_soutien_familial/identite"),
    ],
)
def test_the_person_is_described_as_it_wants(
    service: ApiParticulier, there: Particulier, criterion: Criterion, address: str
) -> None:
    service.certify(criterion, NOUR)
    (asked,) = there.asked
    assert asked.address == address
    assert asked.authorization == f"Bearer {TOKEN}"
    assert asked.parameters == [
        ("recipient", RECIPIENT),
        ("nomNaissance", "HADDAD"),
        ("prenoms[]", "NOUR"),
        ("prenoms[]", "AMAL"),
        ("anneeDateNaissance", "1990"),
        ("moisDateNaissance", "2"),
        ("jourDateNaissance", "14"),
        ("codeCogInseePaysNaissance", "99100"),
        ("sexeEtatCivil", "F"),
        ("codeCogInseeCommuneNaissance", "26362"),
    ]


def test_whoever_was_born_abroad_has_no_commune(service: ApiParticulier, there: Particulier) -> None:
    abroad = replace(NOUR, birth_country="99109", birth_place=None, title=Title.MONSIEUR, last_name="N'Guyen & Fils")
    service.certify(Criterion.RSA, abroad)
    told = dict(there.asked[0].parameters)
    assert "codeCogInseeCommuneNaissance" not in told
    assert (told["codeCogInseePaysNaissance"], told["sexeEtatCivil"]) == ("99109", "M")
    assert told["nomNaissance"] == "N'GUYEN & FILS"


FAILED = Certified(answer=Answer.FAILED)


@pytest.mark.parametrize(
    ("reply", "certified"),
    [
        (BENEFICIARY, Certified(answer=Answer.BENEFICIARY, since=date(2024, 8, 1))),
        (benefits(None, beneficiary=False), Certified(answer=Answer.NOT_BENEFICIARY)),
        (NOT_BENEFICIARY, Certified(answer=Answer.NOT_BENEFICIARY)),
        (NOT_FOUND, Certified(answer=Answer.NOT_FOUND)),
        (BUSY, Certified(answer=Answer.BUSY)),
        (SENSELESS, Certified(answer=Answer.NO_ANSWER)),
        (replying(502, errors("36999")), Certified(answer=Answer.NO_ANSWER)),
        # Not the only code, another code, or none.
        (replying(502, errors("37999", "36999")), FAILED),
        (replying(502, errors("37000")), FAILED),
        (replying(502, b"<html>Bad gateway</html>"), FAILED),
        # Nobody of API Particulier said so.
        (replying(404, b"<html>Not found</html>"), FAILED),
        (replying(404, {"errors": []}), FAILED),
        (replying(422, {"detail": "?"}), FAILED),
        (replying(422, ["errors"]), FAILED),
        # Garbage.
        (replying(200, b"garbage"), FAILED),
        (replying(200, b"\xff\xfe\x00"), FAILED),
        (replying(200, b""), FAILED),
        (replying(200, b"[" * 60_000), FAILED),
        (replying(200, None), FAILED),
        (replying(200, []), FAILED),
        (replying(200, {"data": None}), FAILED),
        (replying(200, {"data": {}}), FAILED),
        (benefits(None), FAILED),
        (benefits("hier"), FAILED),
        (benefits(20240801), FAILED),
        (benefits(beneficiary="oui"), FAILED),
        (benefits(beneficiary=1), FAILED),
        (benefits(beneficiary=None), FAILED),
        # Anything else.
        (replying(204, b""), FAILED),
        (replying(301, b"", location="https://ailleurs.example/"), FAILED),
        (replying(401, errors("00101")), FAILED),
        (replying(403, errors("00100")), FAILED),
        (replying(500, errors("00501")), FAILED),
        (replying(503, b""), FAILED),
        (hanging_up, FAILED),
        (breaking_off, FAILED),
        (endless, FAILED),
    ],
)
def test_what_its_answers_mean(service: ApiParticulier, there: Particulier, reply: Reply, certified: Certified) -> None:
    there.replies = [reply]
    assert service.certify(Criterion.RSA, NOUR) == certified
    assert len(there.asked) == 1
    assert not service.rests()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("0", 1),
        ("86400", 86_400),
        ("86401", 86_400),
        ("9" * 200, 86_400),
        ("Mon, 05 Jan 2026 11:01:30 GMT", 90),
        ("Mon, 05 Jan 2026 10:00:00 GMT", 1),
        ("Mon, 05 Jan 2099 10:00:00 GMT", 86_400),
        ("bientôt".encode().decode("latin-1"), 60),
        ("-5", 60),
        ("", 60),
        (None, 60),
    ],
)
def test_when_it_is_asked_too_much_it_rests_as_long_as_it_wants(
    service: ApiParticulier, there: Particulier, clock: HandClock, header: str | None, seconds: int
) -> None:
    there.replies = [replying(429, errors("00429"), **({} if header is None else {"Retry_After": header}))]
    assert service.certify(Criterion.RSA, NOUR) == Certified(answer=Answer.RATE_LIMITED, retry_after=seconds)
    clock.at = NOON + timedelta(seconds=seconds) - timedelta(microseconds=1)
    assert service.rests()
    clock.at = NOON + timedelta(seconds=seconds)
    assert not service.rests()


def test_it_is_not_waited_for_for_ever(
    service: ApiParticulier, there: Particulier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_particulier, "TIMEOUT", httpx.Timeout(0.2))
    monkeypatch.setattr(api_particulier, "PATIENCE", 0.3)
    for reply in (silent, dripping):
        there.replies, before = [reply], monotonic()
        assert service.certify(Criterion.RSA, NOUR) == FAILED
        assert monotonic() - before < 0.9


def test_it_may_not_be_there_at_all(clock: HandClock, there: Particulier) -> None:
    for url in ("http://127.0.0.1:1", "not an address", "http://[::1"):
        with httpx.Client() as client:
            service = ApiParticulier(replace(there.access, url=url), client, clock)
            assert service.certify(Criterion.RSA, NOUR) == FAILED


@pytest.mark.parametrize("reply", [BENEFICIARY, NOT_FOUND, hanging_up, replying(500, b"Haddad 26362")])
def test_nothing_personal_is_logged(
    service: ApiParticulier, there: Particulier, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    there.replies = [reply]
    with caplog.at_level(logging.INFO), capture_logs() as lines:
        service.certify(Criterion.RSA, NOUR)
    logged = f"{caplog.text} {lines}".casefold()
    assert [word for word in ("haddad", "nour", "1990", "26362", TOKEN, "2024-08-01") if word in logged] == []


def test_neither_an_identity_nor_an_answer_nor_the_token_is_printed(there: Particulier) -> None:
    printed = f"{NOUR!r} {Certified(answer=Answer.BENEFICIARY, since=date(2024, 8, 1))!r} {there.access!r}"
    assert [word for word in ("Haddad", "Nour", "1990", "26362", TOKEN, "2024") if word in printed] == []
