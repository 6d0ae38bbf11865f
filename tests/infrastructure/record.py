"""What has ever been recorded: the golden file `record.golden.json`, one line per place in an event.

`python -m tests.infrastructure.record` adds what is new to it. It never takes anything away: what was recorded has to
stay readable. A class that is renamed gets a line in `ALIASES`; a class whose fields change in another way than by new
fields with defaults gets an upcaster, and its new shape a name of its own here (`orientation.Sent#2`).
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from domain.catalogue import CATALOGUE
from infrastructure.codec import Codec, Form, UnknownEvent
from infrastructure.shapes import Place

GOLDEN: Final = Path(__file__).with_name("record.golden.json")
HOW_TO_ADD: Final = "python -m tests.infrastructure.record"

#: By place (`others.*.first_name`): its type, whether it is personal and required, and what codes it may have.
Shape = Mapping[str, Mapping[str, Any]]
Record = Mapping[str, Shape]


def recorded_by(codec: Codec) -> Record:
    """The present shape of every event."""
    return {_key(form): {".".join(place.path): _line(place) for place in form.places} for form in codec.forms.values()}


def breaks(golden: Record, codec: Codec) -> Iterator[str]:
    """Everything that was recorded and could not be read any more, or not as what it was."""
    present = recorded_by(codec)
    for key, shape in golden.items():
        name, _, number = key.partition("#")
        try:
            form = codec.named(name)
        except UnknownEvent:
            yield f"{name} is gone: give it an alias, or the class back"
            continue
        last = 1 + len(form.upcasters)
        if int(number or 1) > last:
            yield f"{key} has lost its upcaster"
        if int(number or 1) == last:
            yield from (f"{key}: {what}" for what in _breaks(shape, present[_key(form)]))


def added(golden: Record, codec: Codec) -> Record:
    """The golden file, with what is new."""
    merged: dict[str, Shape] = dict(golden)
    for key, shape in recorded_by(codec).items():
        known = golden.get(key, {})
        merged[key] = {**known, **{path: _added(known.get(path, line), line) for path, line in shape.items()}}
    return merged


def text(record: Record) -> str:
    """The file's contents."""
    events = (f" {json.dumps(key)}: {_block(shape)}" for key, shape in sorted(record.items()))
    return "{\n" + ",\n".join(events) + "\n}\n"


def _block(shape: Shape) -> str:
    lines = (f"  {json.dumps(path)}: {json.dumps(line)}" for path, line in shape.items())
    return "{\n" + ",\n".join(lines) + "\n }" if shape else "{}"


def _key(form: Form) -> str:
    return f"{form.name}#{1 + len(form.upcasters)}" if form.upcasters else form.name


def _line(place: Place) -> Mapping[str, Any]:
    line: dict[str, Any] = {"type": place.type}
    line |= {"personal": True} if place.personal else {}
    line |= {} if place.required else {"required": False}
    return line | ({"codes": sorted(place.codes)} if place.codes else {})


def _added(known: Mapping[str, Any], line: Mapping[str, Any]) -> Mapping[str, Any]:
    """Codes are added; what was once optional has been left out somewhere, what could once be null is somewhere."""
    nullable = {"type": line["type"]} if line["type"] == f"{known['type']} | None" else {}
    optional = {"required": False} if False in (known.get("required"), line.get("required")) else {}
    codes = sorted({*known.get("codes", ()), *line.get("codes", ())})
    return {**known, **nullable, **optional, **({"codes": codes} if codes else {})}


def _breaks(golden: Shape, present: Shape) -> Iterator[str]:
    for path, was in golden.items():
        now = present.get(path)
        yield from [f"{path} is gone"] if now is None else (f"{path} {what}" for what in _changes(was, now))
    for path, now in present.items():
        is_new = path not in golden and not any(
            path.startswith(f"{above}.") for above in present.keys() - golden.keys()
        )
        if is_new and now.get("required", True):
            yield f"{path} is new and has no default: what is recorded does not have it"


def _changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if was["type"] != now["type"] and f"{was['type']} | None" != now["type"]:
        yield f"was {was['type']}, is {now['type']}"
    if was.get("personal", False) != now.get("personal", False):
        yield "was personal" if was.get("personal") else "was not personal: it stands in the record in the clear"
    if now.get("required", True) and not was.get("required", True):
        yield "has lost its default"
    if lost := sorted({*was.get("codes", ())} - {*now.get("codes", ())}):
        yield f"has lost {', '.join(lost)}"


def golden() -> Record:
    """The golden file."""
    record: Record = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    return record


def main() -> int:
    """Add what is new, and say what is broken; answers how many breaks there are."""
    codec = Codec(CATALOGUE.values())
    broken = list(breaks(golden(), codec))
    sys.stdout.writelines(f"{each}\n" for each in broken)
    if not broken:
        GOLDEN.write_text(text(added(golden(), codec)))
    return len(broken)


if __name__ == "__main__":
    raise SystemExit(main())
