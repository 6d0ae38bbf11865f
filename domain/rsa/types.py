"""Types of accompaniment orientations: three of the law, and those a département adds (rdv-insertion §7.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Casf(StrEnum):
    """What the *code de l'action sociale et des familles* distinguishes. Each is also the code of its default type."""

    SOCIAL = "social"
    PRO = "pro"
    SOCIO_PRO = "socio_pro"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrientationType:
    """A type that a département has added."""

    code: str
    casf: Casf
    name: str


def offered(custom: Iterable[OrientationType]) -> Mapping[str, Casf]:
    """The types offered where these have been added: the default one only for what has no other."""
    added = {each.code: each.casf for each in custom}
    return {**{casf.value: casf for casf in Casf if casf not in added.values()}, **added}


def shown(code: str, casf: Casf, custom: Iterable[OrientationType]) -> str:
    """The type that was recorded, or the default one of the same category where it has been deleted since."""
    return code if any(each.code == code for each in custom) else casf.value
