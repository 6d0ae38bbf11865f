"""What is asked of the desk, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from application.dossiers import Standing
from application.ports import Conflict, Recorded
from domain.journey import Refusal
from domain.vocabulary import Actor, OrganisationId, OrganisationProfile


class UnknownJourney(LookupError):
    """There is no such dossier, or no such journey in it."""


class VersionMismatch(Conflict):
    """The journey has changed since the version that the caller expected."""

    def __init__(self, current: int) -> None:
        """`current`: the version that the journey has now."""
        super().__init__(f"the journey is at version {current}")
        self.current = current


class DossierMerged(Refusal):
    """This dossier is a duplicate: begin what is new in the dossier that it was merged into."""


class InTheFuture(Refusal):
    """The time given is in the future: what is recorded has happened already."""


class TooLongAgo(Refusal):
    """This happened too long ago to be recorded now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks: a command for a root, in one of its journeys, and everything known around it."""

    root: str
    command: Any
    actor: Actor
    correlation_id: str
    #: The journey addressed; None for the root's own, or to open a new numbered one.
    journey: str | None = None
    #: The request opens the root itself (`Register`, `Create`).
    opens_root: bool = False
    #: The organisation the actor acts for. The actor's role is then what its stream says.
    acting: OrganisationId | None = None
    #: When it happened; now if not given.
    occurred_at: datetime | None = None
    #: The version of the journey that the caller has seen (If-Match).
    expected_version: int | None = None
    idempotency_key: str | None = None
    causation_id: str | None = None
    #: `command`, `deadline`, `policy`, `import:<source>` or `hook:<service>`. Only doors set it.
    origin: str = "command"
    source: str | None = None
    #: For an import or another service alone: the refusals that did not keep what it tells from happening.
    waived: frozenset[type[Refusal]] = frozenset()

    @property
    def imported(self) -> bool:
        """Whether this is history of another system: rules apply to it, permissions and memberships of today do not."""
        return self.origin.startswith("import:")

    @property
    def has_happened(self) -> bool:
        """Whether it has happened elsewhere: whoever tells it names the rules that do not undo it."""
        return self.imported or self.origin.startswith("hook:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request, and who asks: in the role that their organisation gives them today, and for whom."""

    request: Request
    actor: Actor
    acting: OrganisationProfile | None

    def answered(self, journey: str, standing: Standing, recorded: Sequence[Recorded] = ()) -> "Outcome":
        """Where the journey stands, and what was recorded."""
        return Outcome(
            root=self.request.root,
            journey=journey,
            version=standing.versions.get(journey, 0),
            state=standing.cases.get(journey),
            standing=standing,
            recorded=recorded,
            actor=self.actor,
            acting=self.acting,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a request. `recorded` is empty if nothing had to happen."""

    root: str
    journey: str
    version: int
    state: Any
    #: The whole dossier, as the answer finds it: who takes part decides who reads what.
    standing: Standing
    recorded: Sequence[Recorded]
    #: Who asked, in the role that their organisation gives them today, and that organisation as it is today.
    actor: Actor
    acting: OrganisationProfile | None
    #: The same request had been answered before, and this is that answer again.
    repeated: bool = False
