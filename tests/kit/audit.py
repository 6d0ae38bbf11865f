"""What was promised, against what is stored and what a follower saw."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Final

from tests.kit.contract import Intent, Place, Seen, Store

PAGE: Final = 1_000
FROM_THE_START: Final[Mapping[int, int]] = MappingProxyType({})


@dataclass
class Tail:
    """A follower: it remembers the last position of each partition, and everything it was given."""

    store: Store
    positions: dict[int, int] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def poll(self) -> int:
        """Read what is new, by pages until there is nothing; answers how much."""
        return sum(len(page) for partition in range(self.store.partitions) for page in self._pages(partition))

    def _pages(self, partition: int) -> Iterator[Sequence[Seen]]:
        while page := self.store.tail(partition, self.positions.get(partition, 0), PAGE):
            self.positions[partition] = page[-1].position
            self.seen.extend(page)
            yield page


def whole_log(store: Store) -> Sequence[Seen]:
    """The log as somebody reads it who starts today."""
    reader = Tail(store)
    reader.poll()
    return reader.seen


@dataclass
class Promises:
    """What writers asked for, and what they were told."""

    sent: dict[str, Intent] = field(default_factory=dict)
    acknowledged: dict[str, Place] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def events(self) -> set[Seen]:
        """Every event that was acknowledged, where it was said to be."""
        return set(chain.from_iterable(_events(self.sent[name], at) for name, at in self.acknowledged.items()))


@dataclass(frozen=True)
class Findings:
    """What is wrong; all of it is empty when nothing is."""

    #: Acknowledged events that are not where they should be, and stored ones that the follower never saw.
    lost: Sequence[Seen] = ()
    #: Events there are twice, or appends stored in another number than asked.
    doubled: Sequence[Seen] = ()
    #: Positions that do not follow each other, versions of a stream that do not go up by one.
    out_of_order: Sequence[Seen] = ()
    #: Events that the follower saw and that are not stored, and those of appends that were refused or never sent.
    invented: Sequence[Seen] = ()

    def counts(self) -> dict[str, int]:
        return {name: len(found) for name, found in vars(self).items()}


def audit(
    promises: Promises, stored: Sequence[Seen], seen: Sequence[Seen], since: Mapping[int, int] = FROM_THE_START
) -> Findings:
    """Compare the three, from a position of each partition on, that no stream was written to before."""
    kept, read = set(stored), set(seen)
    asked = promises.sent.keys() - promises.refused
    return Findings(
        lost=[*promises.events() - kept, *kept - read],
        doubled=[*_twice(stored), *_twice(seen), *_in_another_number(promises, stored)],
        out_of_order=[*_with_gaps(stored, since), *_with_gaps(seen, since)],
        invented=[*read - kept, *(event for event in stored if event.append_id not in asked)],
    )


def _events(intent: Intent, place: Place) -> Iterable[Seen]:
    for number in range(intent.count):
        version = intent.expected + 1 + number
        yield Seen(place.partition, place.first + number, intent.stream, version, intent.append_id)


def _twice(events: Sequence[Seen]) -> Sequence[Seen]:
    versions = Counter((event.stream, event.version) for event in events)
    return [event for event in events if versions[event.stream, event.version] > 1]


def _in_another_number(promises: Promises, stored: Sequence[Seen]) -> Sequence[Seen]:
    sizes = Counter(event.append_id for event in stored)
    wrong = {name for name, intent in promises.sent.items() if sizes[name] not in {0, intent.count}}
    return [event for event in stored if event.append_id in wrong]


def _with_gaps(events: Sequence[Seen], since: Mapping[int, int]) -> Sequence[Seen]:
    positions = defaultdict(int, since)
    versions: dict[str, int] = defaultdict(int)
    wrong = []
    for event in events:
        if (event.position, event.version) != (positions[event.partition] + 1, versions[event.stream] + 1):
            wrong.append(event)
        positions[event.partition], versions[event.stream] = event.position, event.version
    return wrong
