"""The machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """`application.ports.Clock` by the operating system."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock that everybody else is given
