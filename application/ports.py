"""What the application needs of the world, each port documented by what it promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from domain.candidate.codes import Title
from domain.eligibility_check.codes import Answer, Criterion
from domain.journey import Refusal
from domain.vocabulary import Actor, OrganisationProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of an event beside the event: who, for whom, why, from where. Holds no personal data."""

    actor: Actor
    #: The acting organisation as it was that day; None for the system and for a candidate acting alone.
    organisation: OrganisationProfile | None = None
    #: The same for everything that one request set in motion.
    correlation_id: str
    #: What led to this: the request, or the event (`candidate/…#12`) of which this is a consequence.
    causation_id: str
    #: The caller's Idempotency-Key, with the digest of the command it came with.
    idempotency_key: str | None = None
    request_digest: str | None = None
    #: `command`, `deadline`, `policy`, `import:<source>`, or `hook:<service>`.
    origin: str = "command"
    #: What an import (`jobapplication/<key>`) or another service's message was made from: no personal data.
    source: str | None = None

    @property
    def told_elsewhere(self) -> bool:
        """Whether it is imported, or follows from what is. What another service tells by a message happens now."""
        return self.source is not None and not self.by_message

    @property
    def by_message(self) -> bool:
        """Whether another service told it, as it happened."""
        return self.origin.startswith("hook:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An event to be recorded in one journey of a root."""

    journey: str
    journey_version: int
    event: Any
    occurred_at: datetime
    metadata: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event of the record. `partition` and `offset` say where it is in the log; versions count from 1."""

    partition: int
    offset: int
    root: str
    root_version: int
    journey: str
    journey_version: int
    event: Any
    occurred_at: datetime
    recorded_at: datetime
    metadata: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A right to be the only holder of something in a scope, such as a NIR in a département.

    `digest` is keyed (HMAC): it never lets anyone find the value again.
    """

    scope: str
    kind: str
    digest: str


class Conflict(Exception):
    """Somebody else has written to this root since it was read."""


class RootErased(Refusal):
    """This person's data has been erased: nothing more can be recorded about them."""


class RecordBroken(Exception):
    """What is recorded of a root cannot be read: it was tampered with, its key is missing, or this code is too old."""


class ClaimTaken(Exception):
    """Another root holds one of the claims."""

    def __init__(self, held: Mapping[Claim, str]) -> None:
        """`held`: the root that holds each claim that could not be had."""
        super().__init__("another root holds a claim")
        self.held = held


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that an append takes and gives back, in the same transaction."""

    take: frozenset[Claim] = field(default_factory=frozenset)
    release: frozenset[Claim] = field(default_factory=frozenset)


class Journal(Protocol):
    """The record of every root, each in one order without gaps."""

    def load(self, root: str, *, after: int = 0, up_to: int | None = None) -> Sequence[Recorded]:
        """Everything that happened to a root, in order; empty if unknown.

        Only what comes after a version (exclusive), and only to another one (inclusive), if given.

        Raises `RecordBroken`.
        """

    def load_beside(self, root: str, other: str, after: int) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
        """Everything that happened to a root and, at the same moment, to another one after a version (exclusive).

        One round trip. Raises `RecordBroken`.
        """

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = Claims()
    ) -> Sequence[Recorded]:
        """Record all or nothing, directly after `expected_version` (0 for a new root).

        Sent again after a lost answer, it answers the first result. Raises `Conflict` if somebody else wrote,
        `ClaimTaken` if another root holds one of the claims, `RootErased` if the person's key is destroyed.
        """

    def holders(self, claims: Sequence[Claim]) -> Mapping[Claim, str]:
        """Which root holds each of the claims, for those that are held."""


class Clock(Protocol):
    """The only source of *now*."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class Digests(Protocol):
    """Keyed digests, for matching without clear text."""

    def digest(self, purpose: str, value: str) -> str:
        """A keyed digest (HMAC-SHA-256, hexadecimal) of a value for one purpose; equal values have equal digests."""


class Numbers(Protocol):
    """Series of numbers, each from 1 on. No number is given twice, also when what it was for came to nothing."""

    def draw(self, series: str) -> int:
        """The next number of a series."""

    def pass_over(self, series: str, number: int) -> None:
        """Never draw this number or a smaller one of the series: somebody else has given it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """By what a certifying service finds somebody. Personal: never printed."""

    first_name: str = field(repr=False)
    #: The name at birth if it is known, else the last name.
    last_name: str = field(repr=False)
    title: Title = field(repr=False)
    birth_date: date = field(repr=False)
    #: Official geographic codes; a commune if the country is France.
    birth_country: str = field(repr=False)
    birth_place: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What came of a question, and nothing else of what was answered."""

    answer: Answer
    #: For a beneficiary: from that day on.
    since: date | None = field(default=None, repr=False)
    #: If asked too much: when to ask again, in seconds.
    retry_after: int | None = None


class CriteriaCertifier(Protocol):
    """A service of the State that says whether somebody meets a criterion (les-emplois §2.4)."""

    def certifies(self) -> frozenset[Criterion]:
        """The criteria that it is asked about."""

    def rests(self) -> bool:
        """Whether it has asked not to be asked for a while."""

    def certify(self, criterion: Criterion, person: Identity) -> Certified:
        """Ask about one criterion. Never raises: what goes wrong is an answer too, and asking twice does no harm."""


class Doorbell(Protocol):
    """Rings when something may have been appended. It may ring for nothing, and may miss a ring."""

    def wait(self, seconds: float) -> bool:
        """Wait until it rings, at most so long; answers whether it rang."""
