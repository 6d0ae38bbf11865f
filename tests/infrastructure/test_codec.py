import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated, Any, NewType

import orjson
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.journey import Journey, message
from domain.vocabulary import ERASED, SEALED, Personal, RootKind, Subject
from infrastructure.codec import Codec, Raw, UnknownEvent, Unreadable, read_metadata, write_metadata
from infrastructure.sealing import DataKey, Position
from infrastructure.shapes import Unrecordable
from tests.infrastructure.samples import (
    METADATA,
    NOON,
    PERSON,
    STORY,
    Closed,
    Colour,
    FamilyDescribed,
    Opened,
    Relative,
    Told,
    journey_of,
)
from tests.infrastructure.strategies import Drawing, masked

KEY = DataKey(1, AESGCM(b"k" * 32))
CODEC = Codec([STORY])
TOLD = Told(subject="housing", text="I live in my car")


def the_key() -> DataKey:
    return KEY


def no_key() -> DataKey:
    raise AssertionError("nothing here needs a key")


def at(event: Any, codec: Codec = CODEC) -> Position:
    return Position(PERSON, "story-1", 3, codec.of(event).name)


def written(event: Any, key: Callable[[], DataKey] = the_key, codec: Codec = CODEC) -> bytes:
    return codec.of(event).write(event, at(event, codec), key)


def opened(data: bytes, position: Position, key: DataKey | None = KEY, codec: Codec = CODEC) -> Any:
    return codec.named(position.name).open(data, position, lambda: key)


@given(st.one_of([Drawing().events(cls) for cls in STORY.events]))
def test_every_event_is_read_as_it_was_written(event: Any) -> None:
    # Of a person who was erased, a text of any kind that is exactly the mask reads as erased.
    assume(repr(SEALED) not in repr(event))
    data = written(event)
    form = CODEC.of(event)
    assert opened(data, at(event)) == event
    assert form.read(data) == masked(event, SEALED)
    if form.plan:
        assert opened(data, at(event), key=None) == masked(event, ERASED)


def test_an_event_is_recorded_under_its_journey_and_its_own_name() -> None:
    assert list(CODEC.forms) == ["story.Opened", "story.Told", "story.FamilyDescribed", "story.Closed"]
    assert CODEC.of(Closed()).name == "story.Closed"


def test_what_is_not_personal_is_stored_in_the_clear_and_sets_in_order() -> None:
    event = Opened(
        by=Subject("camille"),
        on=date(2026, 1, 5),
        at=NOON,
        colours=frozenset({Colour.RED, Colour.BLUE}),
        tags=("a",),
        counts={Colour.RED: 2},
    )
    assert orjson.loads(written(event, no_key)) == {
        "by": "camille",
        "on": "2026-01-05",
        "at": "2026-01-05T11:00:00+00:00",
        "colours": ["blue", "red"],
        "tags": ["a"],
        "counts": {"red": 2},
    }


def test_personal_texts_are_stored_in_one_sealed_member() -> None:
    stored = orjson.loads(written(replace(TOLD, nickname="Jo")))
    assert isinstance(stored.pop("sealed"), str)
    assert stored == {"subject": "housing", "text": SEALED, "nickname": SEALED}


def test_personal_texts_deep_in_an_event_are_sealed_too() -> None:
    event = FamilyDescribed(
        head=Relative(first_name="Ana", phone="01"), others=(Relative(first_name="Bo"), Relative(first_name="Cy"))
    )
    stored = orjson.loads(written(event))
    assert stored["head"] == {"first_name": SEALED, "phone": SEALED, "since": None}
    assert stored["others"] == [{"first_name": SEALED, "phone": None, "since": None}] * 2
    assert opened(orjson.dumps(stored), at(event)) == event


def test_nothing_is_sealed_where_there_is_nothing_personal_to_say() -> None:
    event = FamilyDescribed(head=None, others=())
    assert orjson.loads(written(event, no_key)) == {"head": None, "others": []}
    assert CODEC.of(event).open(written(event, no_key), at(event), no_key) == event


def test_an_absent_personal_text_stays_absent_for_every_reader() -> None:
    data = written(TOLD)
    assert opened(data, at(TOLD)).nickname is None
    assert CODEC.of(TOLD).read(data).nickname is None
    assert opened(data, at(TOLD), key=None).nickname is None


def test_somebody_who_writes_the_word_for_sealed_or_erased_reads_it_again() -> None:
    event = replace(TOLD, text=SEALED, nickname=ERASED)
    assert opened(written(event), at(event)) == event


def test_an_unknown_name_is_an_error_that_says_it() -> None:
    with pytest.raises(UnknownEvent, match=r"recorded as 'story\.Forgotten'"):
        CODEC.named("story.Forgotten")


def test_an_event_of_no_journey_is_an_error_that_says_it() -> None:
    with pytest.raises(UnknownEvent, match="Relative is no event"):
        CODEC.of(Relative(first_name="Ana"))


def test_stored_data_of_another_shape_says_where_but_never_what() -> None:
    with pytest.raises(Unreadable) as caught:
        CODEC.named("story.Told").read(b'{"subject": 7, "text": {"secret": "value"}}')
    assert str(caught.value) == "story.Told: subject, text"
    assert caught.value.__cause__ is None


def test_a_renamed_class_reads_what_was_recorded_under_its_old_name() -> None:
    codec = Codec([STORY], aliases={"tale.Narrated": "story.Told"})
    old = Position(PERSON, "tale-1", 3, "tale.Narrated")
    data = codec.of(TOLD).write(TOLD, old, the_key)
    assert opened(data, old, codec=codec) == TOLD


def split_name(raw: Raw) -> Raw:
    first, _, last = raw.pop("name").partition(" ")
    return {**raw, "first_name": first, "last_name": last or first}


def add_country(raw: Raw) -> Raw:
    return {**raw, "country": "fr"}


@message
class Named:
    first_name: Annotated[str, Personal]
    last_name: Annotated[str, Personal]
    country: str


RENAMED = Codec([journey_of(Named)], upcasters={"story.Named": [split_name, add_country]})
FIRST_SHAPE = Codec([journey_of(message(type("Named", (), {"__annotations__": {"name": Annotated[str, Personal]}})))])


def test_the_first_shape_of_an_event_passes_through_every_upcaster() -> None:
    [first] = FIRST_SHAPE.forms.values()
    position = Position(PERSON, "story-1", 1, "story.Named")
    data = first.write(first.cls(name="Ana Moreau"), position, the_key)
    assert opened(data, position, codec=RENAMED) == Named(first_name="Ana", last_name="Moreau", country="fr")
    assert RENAMED.named("story.Named").read(data) == Named(first_name=SEALED, last_name=SEALED, country="fr")
    assert opened(data, position, None, RENAMED) == Named(first_name=ERASED, last_name=ERASED, country="fr")


def test_the_present_shape_says_its_number_and_passes_through_no_upcaster() -> None:
    event = Named(first_name="Ana", last_name="Moreau", country="be")
    data = written(event, codec=RENAMED)
    assert orjson.loads(data)["shape"] == 3
    assert opened(data, at(event, RENAMED), codec=RENAMED) == event


@message
class Aged:
    age: Annotated[int, Personal]  # what the test is about


@message
class DeepAged:
    people: tuple[Aged, ...]


@message
class Loose:
    anything: dict[str, Any]


@message
class Either:
    value: int | str


@message
class Reserved:
    sealed: str


@message
class Hourly:
    hour: time


Bag = NewType("Bag", object)


@message
class Opaque:
    bag: Bag


@pytest.mark.parametrize("cls", [Aged, DeepAged])
def test_only_text_may_be_personal(cls: type[Any]) -> None:
    with pytest.raises(Unrecordable, match=r"^story\..*age: only text may be personal$"):
        Codec([journey_of(cls)])


@pytest.mark.parametrize("cls", [Loose, Either, Hourly, Opaque])
def test_a_field_that_would_not_come_back_as_it_was_is_refused(cls: type[Any]) -> None:
    with pytest.raises(Unrecordable, match="the record does not know how to hold"):
        Codec([journey_of(cls)])


def test_the_record_keeps_two_members_for_itself() -> None:
    with pytest.raises(Unrecordable, match="'sealed'"):
        Codec([journey_of(Reserved)])


def test_an_organisation_has_nothing_personal() -> None:
    with pytest.raises(Unrecordable, match="only candidates have a key"):
        Codec([journey_of(Told, root=RootKind.ORGANISATION)])


def test_an_event_class_belongs_to_one_journey() -> None:
    twice: list[Journey[Any, Any, Any]] = [journey_of(Closed), journey_of(Closed, name="tale")]
    with pytest.raises(Unrecordable, match="belongs to one journey"):
        Codec(twice)


def test_metadata_is_read_as_it_was_written_and_leaves_the_stores_own_aside() -> None:
    bare = replace(METADATA, organisation=None, idempotency_key="k", request_digest="d", source="jobapplication/1")
    assert [read_metadata(write_metadata(each)) for each in (METADATA, bare)] == [METADATA, bare]
    assert read_metadata(b'{"append": "a", ' + write_metadata(METADATA)[1:]) == METADATA


def test_any_moment_keeps_its_microseconds() -> None:
    instants = [NOON + timedelta(microseconds=random.Random(n).randrange(10**6)) for n in range(20)]
    events = [Opened(by=Subject("camille"), on=NOON.date(), at=instant, counts={}) for instant in instants]
    assert [CODEC.of(event).read(written(event)) for event in events] == events
