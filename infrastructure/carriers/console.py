"""Letters printed instead of sent, for whoever develops or tries out."""

from dataclasses import dataclass
from typing import Final, TextIO

from application.notifications.notice import Channel, Letter

LINE: Final = "─" * 72


@dataclass(frozen=True, slots=True)
class Console:
    """`application.notifications.ports.Carrier`. Prints who it is, never their address: an output is often kept."""

    output: TextIO

    @property
    def channels(self) -> frozenset[Channel]:
        """Every channel."""
        return frozenset(Channel)

    @property
    def needs_address(self) -> bool:
        """No."""
        return False

    def carry(self, letter: Letter) -> None:
        """Print it."""
        head = f"{letter.channel} → {letter.addressee}\n{letter.subject}".strip()
        print(f"{LINE}\n{head}\n\n{letter.body}", file=self.output, flush=True)

    def close(self) -> None:
        """Nothing is kept open."""
