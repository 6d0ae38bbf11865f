"""An append as it travels: one event as plain parameters, several as one JSON array, claims as another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from psycopg.types.json import Json, Jsonb

from application.ports import Claims

NO_CLAIMS: Final = Claims()


@dataclass(frozen=True, slots=True)
class NewRow:
    """An event to be recorded. `data` and `metadata` are JSON objects in UTF-8; `occurred_at` is aware."""

    journey: str
    journey_version: int
    name: str
    data: bytes
    metadata: bytes
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """All of the rows (at least one), right after a version of a root, or none."""

    partition: int
    root: str
    expected_version: int
    append_id: str
    rows: Sequence[NewRow]
    claims: Claims = NO_CLAIMS

    @property
    def where(self) -> list[Any]:
        """Where it goes: the first parameters of every form of the append."""
        return [self.partition, self.root, self.expected_version]

    @property
    def call(self) -> tuple[str, list[Any]]:
        """The statement that carries it out, and its parameters. One event alone, the usual case, has the quickest."""
        if self.claims.take or self.claims.release:
            return "append_claiming", [*self.where, self.changes, self.wishes]
        if len(self.rows) == 1:
            return "append_one", [*self.where, *self._alone(self.rows[0])]
        return "append", [*self.where, self.changes]

    @property
    def changes(self) -> Jsonb:
        """The rows as one JSON array, their own JSON copied as it is."""
        return Jsonb(b"[" + b",".join(self._change(row) for row in self.rows) + b"]", bytes)

    @property
    def wishes(self) -> Json:
        """The claims to take and to release."""
        both = ((True, self.claims.take), (False, self.claims.release))
        wishes = [
            {"scope": claim.scope, "kind": claim.kind, "digest": claim.digest, "take": take}
            for take, some in both
            for claim in some
        ]
        return Json(wishes, orjson.dumps)

    def _alone(self, row: NewRow) -> list[Any]:
        told = (Jsonb(row.data, bytes), Jsonb(self._metadata(row), bytes), row.occurred_at)
        return [row.journey, row.journey_version, row.name, *told]

    def _change(self, row: NewRow) -> bytes:
        return b'{"journey":%b,"journey_version":%d,"name":%b,"occurred_at":"%b","data":%b,"metadata":%b}' % (
            orjson.dumps(row.journey),
            row.journey_version,
            orjson.dumps(row.name),
            row.occurred_at.isoformat().encode(),
            row.data,
            self._metadata(row),
        )

    def _metadata(self, row: NewRow) -> bytes:
        """The row's own, with the append's id."""
        others = row.metadata.strip()[1:].lstrip()
        return b'{"append":%b%b' % (orjson.dumps(self.append_id), others if others == b"}" else b"," + others)
