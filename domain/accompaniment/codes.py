"""Closed lists of the accompaniment journey."""

from enum import StrEnum


class Stage(StrEnum):
    """What a period of accompaniment accepts. Whether it is the current one is its `Status`."""

    NOT_BEGUN = "not_begun"
    RECORDED = "recorded"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """Where a period stands on a day: derived, never recorded."""

    CURRENT = "current"
    ENDED = "ended"
    CANCELLED = "cancelled"
