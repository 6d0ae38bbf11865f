"""What notifications say, in French or in English: never anything about anybody but what their reader knows already."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.words import LABELS
from application.notifications.notice import Delivery
from application.notifications.templates import DISABLEABLE, Template

_TEXTS: Final[Mapping[str, Any]] = tomllib.loads((LABELS / "notifications.toml").read_text(encoding="utf-8"))


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

    def write(self, delivery: Delivery, about: str | None) -> tuple[str, str, str]:
        """As the port says."""
        notice, lang = delivery.notice, self.language
        texts, common = _TEXTS["templates"][notice.told.template], _TEXTS["common"]
        organisation = " ".join(about.split()) if about else common["unnamed"][lang]
        lines = [common["greeting"][lang], texts["body"][lang].strip().format(organisation=organisation)]
        if self.link:
            where = self.link.format(root=notice.root, journey=notice.journey)
            lines.append(common["link"][lang].format(link=where))
        if delivery.forwarded:
            lines.append(common["forwarded"][lang])
        if notice.told.template in DISABLEABLE:
            lines.append(common["preferences"][lang])
        lines.append(common["reference"][lang].format(reference=f"{notice.root}/{notice.journey}"))
        return texts["subject"][lang].format(organisation=organisation), "\n\n".join(lines) + "\n", lang
