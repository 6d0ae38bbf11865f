"""API Particulier, which says who receives the RSA, the AAH and the ASF (les-emplois §2.4)."""

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, Final

import httpx
import structlog

from application.ports import Certified, Clock, Identity
from domain.candidate.codes import Title
from domain.eligibility_check.certifying import LONGEST_REST
from domain.eligibility_check.codes import Answer, Criterion

#: A single parent is who receives the ASF, the family support allowance.
ADDRESSES: Final[Mapping[Criterion, str]] = {
    Criterion.RSA: "v3/dss/revenu_solidarite_active/identite",
    Criterion.AAH: "v3/dss/allocation_adulte_handicape/identite",
    Criterion.PI: "v3/dss/allocation_soutien_familial/identite",
}
#: What came to API Particulier from its own sources made no sense: asking again soon changes nothing.
SENSELESS: Final = frozenset({"37999", "36999"})
#: How long one answer may take in all, in seconds, and how long each step of it.
PATIENCE: Final = 10.0
TIMEOUT: Final = httpx.Timeout(5.0)
LONGEST_ANSWER: Final = 64 * 1024
#: If it does not say when it wants to be asked again, in seconds.
USUAL_REST: Final = 60

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParticulierAccess:
    """Where the service is, and as whom it is asked."""

    url: str
    token: str = field(repr=False)
    #: The SIRET of whoever asks.
    recipient: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, read as JSON if it is any."""

    status: int
    document: Any
    retry_after: str | None

    @property
    def errors(self) -> Sequence[Any]:
        """The errors that the document lists; none if it lists none."""
        listed = self.document.get("errors") if isinstance(self.document, dict) else None
        return listed if isinstance(listed, list) else ()

    @property
    def codes(self) -> Collection[str]:
        """Their codes."""
        return [str(each.get("code")) for each in self.errors if isinstance(each, dict)]


class ApiParticulier:
    """The port to it. The addresses that it is asked by hold the identity of the person: they are never logged."""

    def __init__(self, access: ApiParticulierAccess, client: httpx.Client, clock: Clock) -> None:
        """Ask nothing yet."""
        # httpx logs whole addresses.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._access = access
        self._client = client
        self._clock = clock
        self._rests_until: datetime | None = None

    def certifies(self) -> frozenset[Criterion]:
        """The criteria that it is asked about."""
        return frozenset(ADDRESSES)

    def rests(self) -> bool:
        """Whether it has asked not to be asked for a while."""
        return self._rests_until is not None and self._clock.now() < self._rests_until

    def certify(self, criterion: Criterion, person: Identity) -> Certified:
        """Ask about one criterion. Never raises: what goes wrong is an answer too."""
        try:
            answered = self._get(ADDRESSES[criterion], _parameters(person, self._access.recipient))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
            log.warning("api_particulier_failed", criterion=criterion.value, problem=type(problem).__name__)
            return Certified(answer=Answer.FAILED)
        certified = meaning(answered, self._clock.now())
        if certified.answer is Answer.FAILED:
            log.warning("api_particulier_failed", criterion=criterion.value, status=answered.status)
        if certified.retry_after is not None:
            self._rests_until = self._clock.now() + timedelta(seconds=certified.retry_after)
        return certified

    def _get(self, address: str, parameters: Sequence[tuple[str, str]]) -> Answered:
        """Raises `httpx.HTTPError` or `ValueError`."""
        deadline, document = monotonic() + PATIENCE, bytearray()
        headers = {
            "Authorization": f"Bearer {self._access.token}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        url = f"{self._access.url.rstrip('/')}/{address}"
        request = self._client.build_request("GET", url, params=list(parameters), headers=headers, timeout=TIMEOUT)
        answer = self._client.send(request, stream=True, follow_redirects=False)
        try:
            for piece in answer.iter_raw():
                document += piece
                if len(document) > LONGEST_ANSWER or monotonic() > deadline:
                    raise ValueError("too long")
        finally:
            answer.close()
        return Answered(answer.status_code, _json(bytes(document)), answer.headers.get("Retry-After"))


@contextmanager
def api_particulier(access: ApiParticulierAccess | None, clock: Clock) -> Iterator[ApiParticulier | None]:
    """The port to the service, where one is configured."""
    if access is None:
        yield None
        return
    with httpx.Client() as client:
        yield ApiParticulier(access, client, clock)


def meaning(answered: Answered, now: datetime) -> Certified:
    """What an answer means (les-emplois §2.4); what is not in the table is a failure."""
    read = MEANINGS.get(answered.status)
    found = read(answered, now) if read else None
    return found or Certified(answer=Answer.FAILED)


def _beneficiary(answered: Answered, _: datetime) -> Certified | None:
    data = answered.document.get("data") if isinstance(answered.document, dict) else None
    told = data.get("est_beneficiaire") if isinstance(data, dict) else None
    if told is False:
        return Certified(answer=Answer.NOT_BENEFICIARY)
    since = _day(data.get("date_debut_droit")) if isinstance(data, dict) else None
    return Certified(answer=Answer.BENEFICIARY, since=since) if told is True and since else None


def _not_beneficiary(answered: Answered, _: datetime) -> Certified | None:
    """Without errors it is not the service that says so: an address that does not exist, a door in between."""
    return Certified(answer=Answer.NOT_BENEFICIARY) if answered.errors else None


def _not_found(answered: Answered, _: datetime) -> Certified | None:
    return Certified(answer=Answer.NOT_FOUND) if answered.errors else None


def _busy(_: Answered, __: datetime) -> Certified:
    return Certified(answer=Answer.BUSY)


def _limited(answered: Answered, now: datetime) -> Certified:
    return Certified(answer=Answer.RATE_LIMITED, retry_after=_seconds(answered.retry_after, now))


def _senseless(answered: Answered, _: datetime) -> Certified | None:
    single = len(answered.codes) == 1 and SENSELESS.issuperset(answered.codes)
    return Certified(answer=Answer.NO_ANSWER) if single else None


MEANINGS: Final[Mapping[int, Callable[[Answered, datetime], Certified | None]]] = {
    200: _beneficiary,
    404: _not_beneficiary,
    409: _busy,
    422: _not_found,
    429: _limited,
    502: _senseless,
}


def _parameters(person: Identity, recipient: str) -> Sequence[tuple[str, str]]:
    born = person.birth_date
    found_by = [
        ("recipient", recipient),
        ("nomNaissance", person.last_name.upper()),
        *(("prenoms[]", each) for each in person.first_name.upper().split()),
        ("anneeDateNaissance", str(born.year)),
        ("moisDateNaissance", str(born.month)),
        ("jourDateNaissance", str(born.day)),
        ("codeCogInseePaysNaissance", person.birth_country),
        ("sexeEtatCivil", "M" if person.title is Title.MONSIEUR else "F"),
    ]
    return [*found_by, ("codeCogInseeCommuneNaissance", person.birth_place)] if person.birth_place else found_by


def _json(document: bytes) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError):
        return None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _seconds(text: str | None, now: datetime) -> int:
    """A number of seconds, or an instant as HTTP writes it."""
    if text is not None and text.strip().isdecimal():
        return min(max(int(text.strip()[:9]), 1), LONGEST_REST)
    try:
        at = parsedate_to_datetime(text or "")
    except ValueError:
        return USUAL_REST
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(round((aware - now).total_seconds()), 1), LONGEST_REST)
