"""Recording what was kept: a message as a whole or not at all; what cannot be recorded yet keeps no other waiting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from application.desk import Desk
from application.imports.lists.trial import Trial
from application.incoming.inbox import Ending, Inbox, Malformed, Message, Noted, Parked, Recorded, Words
from application.incoming.speaking import Missing, Speaker
from application.ports import Conflict, RecordBroken, RootErased
from application.requests import UnknownJourney
from domain.journey import Refusal
from domain.references import System


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A service that tells, and how it is understood."""

    system: System
    #: What a message says, in our words. Raises `Malformed`.
    understand: Callable[[bytes], Any]
    #: Records it; answers what is to be remembered. Raises `Missing`, and what the desk raises:
    #: `RootErased` only where all of it is about somebody who was erased.
    record: Callable[[Speaker, Message, Words, Any], Mapping[str, Noted]]
    #: Whether what was said is said by a later message about the same thing too.
    last_word_counts: Callable[[Any], bool]
    #: The rules that do not keep from being recorded what has happened there.
    may_break: frozenset[type[Refusal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """The work on what one service told."""

    desk: Desk
    inbox: Inbox
    source: Source

    def work_off(self, now: Callable[[], datetime], most: int) -> int:
        """Take what is due, at most so much; answers how much was taken, recorded or parked."""
        taken = 0
        while taken < most and self.inbox.take(self.source.system, now(), self.record) is not None:
            taken += 1
        return taken

    def record(self, message: Message, words: Words) -> Ending:
        """Try the whole of a message before any of it is recorded, then record it."""
        try:
            told = self.source.understand(message.body)
            if message.superseded and self.source.last_word_counts(told):
                return Recorded()
            self._tell(replace(self.desk, journal=Trial(self.desk.journal, self.desk.clock)), message, words, told)
            return Recorded(things=self._tell(self.desk, message, words, told))
        except Malformed as error:
            return Parked(reason=f"malformed:{error.field}")
        except Missing as missing:
            return Parked(reason=missing.reason, needs=missing.thing)
        except RootErased:
            # The message is about somebody who was erased: there is nothing to wait for.
            return Recorded()
        except (Refusal, Conflict, RecordBroken, UnknownJourney) as refused:
            return Parked(reason=type(refused).__name__)

    def _tell(self, desk: Desk, message: Message, words: Words, told: Any) -> Mapping[str, Noted]:
        speaker = Speaker(desk=desk, system=self.source.system, message=message.name, may_break=self.source.may_break)
        return self.source.record(speaker, message, words, told)
