import json
from collections.abc import Mapping
from typing import Annotated, Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.catalogue import CATALOGUE
from domain.journey import message
from domain.vocabulary import ERASED, SEALED, Personal
from infrastructure.codec import Codec, Form
from infrastructure.sealing import DataKey, Position
from tests.infrastructure.record import HOW_TO_ADD, added, breaks, golden, recorded_by, text
from tests.infrastructure.samples import PERSON, STORY, Colour, journey_of
from tests.infrastructure.strategies import Drawing, masked

CODEC = Codec(CATALOGUE.values())
KEY = DataKey(1, AESGCM(b"k" * 32))


def test_everything_ever_recorded_can_still_be_read() -> None:
    assert list(breaks(golden(), CODEC)) == []


def test_everything_that_can_be_recorded_is_in_the_golden_file() -> None:
    assert dict(added(golden(), CODEC)) == dict(golden()), f"to add what is new: {HOW_TO_ADD}"


@pytest.mark.parametrize("form", CODEC.forms.values(), ids=lambda form: form.name)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_comes_back_as_it_was(form: Form, data: st.DataObject) -> None:
    event = data.draw(Drawing().events(form.cls))
    position = Position(PERSON, "journey-1", 1, form.name)
    stored = form.write(event, position, lambda: KEY)
    assert form.open(stored, position, lambda: KEY) == event
    assert form.read(stored) == masked(event, SEALED)
    if form.plan:
        assert form.open(stored, position, lambda: None) == masked(event, ERASED)


@message
class Told:
    subject: str
    text: Annotated[str, Personal]
    colour: Colour = Colour.RED


NOW = Codec([journey_of(Told)])
TOLD = recorded_by(NOW)["story.Told"]


def was(**lines: Mapping[str, Any]) -> list[str]:
    """What breaks for a class that is `Told` now, and differed in the golden file."""
    return list(breaks({"story.Told": {**TOLD, **lines}}, NOW))


def test_a_name_that_disappears_breaks_the_record() -> None:
    assert list(breaks({"story.Sung": TOLD}, NOW)) == ["story.Sung is gone: give it an alias, or the class back"]


def test_a_renamed_class_with_an_alias_does_not() -> None:
    renamed = Codec([journey_of(Told)], aliases={"story.Sung": "story.Told"})
    assert list(breaks({"story.Sung": TOLD}, renamed)) == []


def test_a_field_that_disappears_breaks_the_record() -> None:
    assert was(tune={"type": "str"}) == ["story.Told: tune is gone"]


def test_a_field_that_changes_its_type_breaks_the_record() -> None:
    assert was(subject={"type": "int"}) == ["story.Told: subject was int, is str"]
    assert was(subject={"type": "str | None"}) == ["story.Told: subject was str | None, is str"]


def test_a_field_that_stops_being_personal_or_becomes_so_breaks_the_record() -> None:
    assert was(subject={"type": "str", "personal": True}) == ["story.Told: subject was personal"]
    assert was(text={"type": "str"}) == ["story.Told: text was not personal: it stands in the record in the clear"]


def test_a_code_that_disappears_breaks_the_record() -> None:
    assert was(colour={**TOLD["colour"], "codes": ["blue", "green", "red"]}) == ["story.Told: colour has lost green"]


def test_a_new_field_needs_a_default() -> None:
    without = {path: line for path, line in TOLD.items() if path != "subject"}
    assert list(breaks({"story.Told": without}, NOW)) == [
        "story.Told: subject is new and has no default: what is recorded does not have it"
    ]
    without = {path: line for path, line in TOLD.items() if path != "colour"}
    assert list(breaks({"story.Told": without}, NOW)) == []


def test_a_default_is_never_taken_away() -> None:
    assert was(subject={"type": "str", "required": False}) == ["story.Told: subject has lost its default"]


def test_a_field_may_become_optional_and_is_then_known_as_such() -> None:
    required = {path: {key: value for key, value in line.items() if key != "required"} for path, line in TOLD.items()}
    assert list(breaks({"story.Told": required}, NOW)) == []
    assert added({"story.Told": required}, NOW) == {"story.Told": TOLD}


def test_a_field_may_become_nullable_and_is_then_known_as_such() -> None:
    widened = Codec([journey_of(message(type("Told", (), {"__annotations__": {"subject": str | None}})))])
    merged = added({"story.Told": {"subject": {"type": "str"}}}, widened)
    assert list(breaks({"story.Told": {"subject": {"type": "str"}}}, widened)) == []
    assert merged == {"story.Told": {"subject": {"type": "str | None"}}}
    assert next(iter(breaks(merged, NOW))) == "story.Told: subject was str | None, is str"


def test_a_shape_that_an_upcaster_left_behind_may_differ_and_the_last_one_may_not() -> None:
    upcast = Codec([journey_of(Told)], upcasters={"story.Told": [lambda raw: raw]})
    first = {"tune": {"type": "str"}}
    assert list(breaks({"story.Told": first}, upcast)) == []
    assert list(breaks({"story.Told": first, "story.Told#2": first}, upcast)) == [
        "story.Told#2: tune is gone",
        "story.Told#2: subject is new and has no default: what is recorded does not have it",
        "story.Told#2: text is new and has no default: what is recorded does not have it",
    ]
    assert list(breaks({"story.Told#2": TOLD}, NOW)) == ["story.Told#2 has lost its upcaster"]


def test_adding_takes_nothing_away() -> None:
    gone = {"tune": {"type": "str"}}
    former = {"story.Sung": gone, "story.Told": {**gone, "colour": {**TOLD["colour"], "codes": ["green"]}}}
    merged = added(former, NOW)
    assert merged["story.Sung"] == gone
    assert merged["story.Told"] == {**TOLD, **gone, "colour": {**TOLD["colour"], "codes": ["blue", "green", "red"]}}


def test_the_file_says_the_record() -> None:
    whole = recorded_by(Codec([STORY]))
    assert json.loads(text(whole)) == whole
    assert whole["story.FamilyDescribed"] == {
        "head": {"type": "message | None"},
        "head.first_name": {"type": "str", "personal": True},
        "head.phone": {"type": "str | None", "personal": True, "required": False},
        "head.since": {"type": "date | None", "required": False},
        "others": {"type": "list"},
        "others.*": {"type": "message"},
        "others.*.first_name": {"type": "str", "personal": True},
        "others.*.phone": {"type": "str | None", "personal": True, "required": False},
        "others.*.since": {"type": "date | None", "required": False},
    }
