"""What projections need of the log, each port documented by what it promises."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from application.ports import Recorded


class Log(Protocol):
    """The record, read without keys: personal fields read as `SEALED`, or `ERASED`. Usable from several threads."""

    def read(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        """At most `limit` events of a partition whose offset is greater than `after`, in order, none missing."""

    def heads(self) -> Mapping[int, int]:
        """The last offset of every partition; 0 for an empty one."""

    def load(self, root: str, *, up_to: int | None = None) -> Sequence[Recorded]:
        """Everything that happened to a root, in order; to the version `up_to` (inclusive) if given."""


class Doorbell(Protocol):
    """Rings when something may have been appended. It may ring for nothing, and may miss a ring."""

    def wait(self, timeout: float, /) -> bool:
        """Wait until it rings, at most `timeout` seconds; answers whether it rang."""
