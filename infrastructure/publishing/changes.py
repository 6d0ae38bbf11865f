"""What is other in a release than in the one before it, as their manifests and schemas say."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from infrastructure.publishing.checking import WORDS
from infrastructure.publishing.package import MANIFEST, NotAManifest, readable, told_of


class Changed(StrEnum):
    """What may be other, in the order in which it is told."""

    FIRST = "first"
    DATA_DATE = "data_date"
    SAME_DAY = "same_day"
    MONTHS = "months"
    DEFINITIONS_ADDED = "definitions_added"
    DEFINITIONS_REMOVED = "definitions_removed"
    #: A published version never changes: this one has.
    DEFINITIONS_ALTERED = "definitions_altered"
    TABLES_ADDED = "tables_added"
    TABLES_REMOVED = "tables_removed"
    COLUMNS_ADDED = "columns_added"
    COLUMNS_REMOVED = "columns_removed"
    ROWS = "rows"
    POLICY = "policy"
    MADE_BY = "made_by"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What there is to say of a release."""

    release: str
    changes: Sequence[tuple[Changed, Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    data_date: str
    months: int
    rows: Mapping[str, int]
    columns: Mapping[str, frozenset[str]]
    definitions: Mapping[str, str]
    policy: Mapping[str, Any]
    made_by: Mapping[str, Any]


def changes(releases: Sequence[Path]) -> Sequence[Entry]:
    """Of each release, the newest first; a release whose manifest cannot be read is passed over by the next one."""
    entries, before = [], None
    for path in releases:
        try:
            now = _told(path)
        except (NotAManifest, OSError):
            entries.append(Entry(release=path.name, changes=((Changed.UNREADABLE, ()),)))
        else:
            entries.append(Entry(release=path.name, changes=tuple(_between(before, now))))
            before = now
    return entries[::-1]


def _told(path: Path) -> _Told:
    with readable():
        told = told_of((path / MANIFEST).read_bytes())
        made_by = dict(told["made_by"])
        definitions = {f"{each['id']} {each['version']}": str(each["sha256"]) for each in made_by.pop("definitions")}
        policy, rows = dict(made_by.pop("policy", {})), {str(name): int(rows) for name, rows in told["rows"].items()}
        return _Told(
            data_date=str(told["data_date"]),
            months=int(told["months"]),
            rows=rows,
            columns={name: _columns(path / "schema" / f"{name}.json") for name in rows},
            definitions=definitions,
            policy=policy,
            made_by=made_by,
        )


def _columns(schema: Path) -> frozenset[str]:
    return frozenset(str(field["name"]) for field in json.loads(schema.read_bytes())["fields"])


def _between(before: _Told | None, now: _Told) -> Iterator[tuple[Changed, Sequence[str]]]:
    if before is None:
        yield Changed.FIRST, (now.data_date,)
        return
    if before.data_date == now.data_date:
        yield Changed.SAME_DAY, (now.data_date,)
    found = {
        Changed.DATA_DATE: _moved({"": before.data_date}, {"": now.data_date}),
        Changed.MONTHS: _moved({"": before.months}, {"": now.months}),
        Changed.DEFINITIONS_ADDED: sorted(now.definitions.keys() - before.definitions.keys()),
        Changed.DEFINITIONS_REMOVED: sorted(before.definitions.keys() - now.definitions.keys()),
        Changed.DEFINITIONS_ALTERED: _altered(before.definitions, now.definitions),
        Changed.TABLES_ADDED: sorted(now.rows.keys() - before.rows.keys()),
        Changed.TABLES_REMOVED: sorted(before.rows.keys() - now.rows.keys()),
        Changed.COLUMNS_ADDED: _gained(before.columns, now.columns),
        Changed.COLUMNS_REMOVED: _gained(now.columns, before.columns),
        Changed.ROWS: _moved(before.rows, now.rows),
        Changed.POLICY: _moved(before.policy, now.policy),
        Changed.MADE_BY: _made_otherwise(before.made_by, now.made_by),
    }
    yield from ((changed, values) for changed, values in found.items() if values)


def _altered(before: Mapping[str, Any], now: Mapping[str, Any]) -> Sequence[str]:
    return sorted(name for name in before.keys() & now.keys() if before[name] != now[name])


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> Sequence[str]:
    """Of what both say, what is other: `services 0 → 6`."""
    return [f"{name} {before[name]} → {now[name]}".strip() for name in _altered(before, now)]


def _gained(before: Mapping[str, frozenset[str]], now: Mapping[str, frozenset[str]]) -> Sequence[str]:
    """The columns that tables of both did not have before."""
    return [f"{table}.{each}" for table in _altered(before, now) for each in sorted(now[table] - before[table])]


def _made_otherwise(before: Mapping[str, Any], now: Mapping[str, Any]) -> Sequence[str]:
    """Versions as they were and are; of words, that they are others: their digest tells nobody anything."""
    versions = _moved(*({name: each for name, each in told.items() if name != WORDS} for told in (before, now)))
    return [*versions, *(name for name in _altered(before, now) if name == WORDS)]
