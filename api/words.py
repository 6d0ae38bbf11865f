"""What codes, events and refusals are called, in French (first) and in English."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

LABELS: Final = Path(__file__).parent / "labels"
LANGUAGES: Final = ("fr", "en")


def kebab(name: str) -> str:
    """`JobApplication` and `job_application` are both `job-application` in addresses."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).replace("_", "-").lower()


def language(accept: str | None) -> str:
    """The first of our languages in an Accept-Language header, by weight; French if none is asked for."""
    wanted = []
    for position, part in enumerate((accept or "").split(",")):
        tag, _, weight = part.strip().partition(";q=")
        quality = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight) else 1.0
        wanted.append((-quality, position, tag[:2].lower()))
    return next((tag for quality, _, tag in sorted(wanted) if tag in LANGUAGES and quality), LANGUAGES[0])


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of one source: a journey, or `common` for everything that belongs to none."""

    tables: Mapping[str, Any]

    def of(self, table: str, name: str, lang: str) -> str:
        """The label of a name; raises KeyError if it has none (a test proves that all have one)."""
        label: str = self.tables[table][name][lang]
        return label

    def code(self, value: StrEnum, lang: str) -> str:
        """The label of a code, or the code itself where the code is its own name (a département, a siret)."""
        labels = self.tables.get("codes", {}).get(type(value).__name__, {}).get(value.value)
        return str(labels[lang]) if labels else value.value


@cache
def words(source: str) -> Words:
    """The labels of a journey by its name (`job-application`), or of `common`."""
    return Words(tomllib.loads((LABELS / f"{source.replace('-', '_')}.toml").read_text(encoding="utf-8")))


def source_of(kind: type[Any]) -> str:
    """Where the labels of a class stand: its journey's name if it belongs to one, else `common`."""
    parts = kind.__module__.split(".")
    return kebab(parts[1]) if parts[0] == "domain" and (LABELS / f"{parts[1]}.toml").exists() else "common"
