"""What notifications say, in French or in English: never anything about anybody but what their reader knows already."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from string import Formatter
from typing import Any, Final

from api.sentences import day_text
from api.words import LABELS
from application.notifications.contents.matter import Fact, Facts
from application.notifications.notice import Channel, Delivery
from application.notifications.templates import DISABLEABLE, Template
from domain.rsa_appointment.clock import hour_text

_TEXTS: Final[Mapping[str, Any]] = tomllib.loads((LABELS / "notifications.toml").read_text(encoding="utf-8"))
#: Between a day and an hour.
_AT: Final = {"fr": "à", "en": "at"}


def label(template: Template, lang: str) -> str:
    """What a kind of message is called."""
    said: str = _TEXTS["templates"][template]["label"][lang]
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """`application.notifications.ports.Writer`."""

    language: str
    #: Where a journey is read, with `{root}` and `{journey}`; letters hold no link if there is none.
    link: str | None = None
    #: Where an invited person comes back, with `{code}`; invitations hold no link if there is none.
    invitation: str | None = None

    def write(self, delivery: Delivery, about: str | None, facts: Facts) -> tuple[str, str, str]:
        """As the port says."""
        lang, told = self.language, delivery.notice.told
        texts = _TEXTS["templates"][told.template]
        organisation = " ".join(about.split()) if about else _TEXTS["common"]["unnamed"][lang]
        said = {"organisation": organisation} | {name: _said(fact, lang) for name, fact in facts.items() if fact}
        if self.invitation and "code" in said:
            said["booking"] = self.invitation.format(code=said["code"])
        text = " ".join([texts["body"][lang].format(**said), *_more(texts, lang, said)])
        if told.channel is Channel.SMS:
            short = texts["sms"][lang].format(**said) if "sms" in texts else text
            return "", " ".join([short, *self._where(delivery)]), lang
        lines = [_TEXTS["common"]["greeting"][lang], text, *self._beneath(delivery)]
        return texts["subject"][lang].format(**said), "\n\n".join(lines) + "\n", lang

    def _beneath(self, delivery: Delivery) -> Sequence[str]:
        """Where to read on, and why one is told."""
        common, lang, notice = _TEXTS["common"], self.language, delivery.notice
        lines = [common["link"][lang].format(link=where) for where in self._where(delivery)]
        if delivery.forwarded:
            lines.append(common["forwarded"][lang])
        if notice.told.template in DISABLEABLE:
            lines.append(common["preferences"][lang])
        lines.append(common["reference"][lang].format(reference=f"{notice.root}/{notice.journey}"))
        return lines

    def _where(self, delivery: Delivery) -> Sequence[str]:
        """The address at which the journey is read, if the installation has one."""
        notice = delivery.notice
        return [self.link.format(root=notice.root, journey=notice.journey)] if self.link else []


def _more(texts: Mapping[str, Any], lang: str, said: Mapping[str, str]) -> Sequence[str]:
    """The further sentences of which everything is known."""
    return [
        sentence.format(**said)
        for sentence in texts.get("more", {}).get(lang, ())
        if {name for _, name, _, _ in Formatter().parse(sentence) if name} <= said.keys()
    ]


def _said(fact: Fact, lang: str) -> str:
    """A fact as people write it. What somebody wrote keeps to one line."""
    match fact:
        case StrEnum():
            called: str = _TEXTS["codes"][type(fact).__name__][fact.value][lang]
            return called
        case datetime():
            return f"{day_text(fact.date(), lang)} {_AT[lang]} {_hour(fact.time(), lang)}"
        case date():
            return day_text(fact, lang)
        case time():
            return _hour(fact, lang)
        case _:
            return " ".join(str(fact).split())


def _hour(hour: time, lang: str) -> str:
    return hour_text(hour) if lang == "fr" else f"{hour:%H:%M}"
