"""A small journey with everything that an event may hold, and what the tests of the record share."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from application.ports import Change, Metadata
from domain.journey import Context, Decider, Journey, message
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Personal, Role, RootKind, Subject

NOON: Final = datetime(2026, 1, 5, 11, tzinfo=UTC)
PERSON: Final = "candidate/01890a5d-ac96-774b-bcce-b302099a8057"
SOMEBODY_ELSE: Final = "candidate/01890a5d-ac96-774b-bcce-b302099a8058"
COMPANY: Final = "organisation/01890a5d-ac96-774b-bcce-b302099a8059"


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@message
class Relative:
    first_name: Annotated[str, Personal]
    phone: Annotated[str | None, Personal] = None
    since: date | None = None


@message
class Opened:
    """Nothing here is personal."""

    by: Subject
    on: date
    at: datetime
    colours: frozenset[Colour] = frozenset()
    tags: tuple[str, ...] = ()
    counts: Mapping[Colour, int]


@message
class Told:
    subject: str
    text: Annotated[str, Personal]
    nickname: Annotated[str | None, Personal] = None


@message
class FamilyDescribed:
    head: Relative | None
    others: tuple[Relative, ...]


@message
class Closed:
    colour: Colour | None = None


@dataclass(frozen=True)
class Story:
    texts: tuple[str, ...] = ()


class Stage(StrEnum):
    TOLD = "told"


def no_offers(_: Story) -> Collection[type[Any]]:
    return ()


def decide(command: object, story: Story, _: Context) -> Sequence[Any]:
    return ()


def evolve(story: Story, event: object) -> Story:
    return Story((*story.texts, event.text)) if isinstance(event, Told) else story


story_decider: Final[Decider[Any, Story, Any]] = Decider(
    initial=Story(), offers=no_offers, decide=decide, evolve=evolve
)


def journey_of(*events: type[Any], name: str = "story", root: RootKind = RootKind.CANDIDATE) -> Journey[Any, Any, Any]:
    return Journey(
        name=name,
        plural=f"{name}s",
        root=root,
        opening=(),
        commands=(),
        events=events,
        decider=story_decider,
        accepted_from={},
        stage=lambda _: Stage.TOLD,
        parties=lambda _: {},
    )


STORY: Final = journey_of(Opened, Told, FamilyDescribed, Closed)

METADATA: Final = Metadata(
    actor=Actor(subject=Subject("camille"), client="les-emplois", role=Role.MEMBER),
    organisation=OrganisationProfile(
        id=OrganisationId(COMPANY.partition("/")[2]),
        kinds=("ai",),
        families=(Family.SIAE,),
        authorised=True,
        departments=("01", "2A"),
    ),
    correlation_id="request-1",
    causation_id="request-1",
)


def change(version: int, event: Any, journey: str = "story-1", metadata: Metadata = METADATA) -> Change:
    return Change(journey=journey, journey_version=version, event=event, occurred_at=NOON, metadata=metadata)
