"""What a permission is: who, acting for which kind of organisation, on whose dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from domain.vocabulary import Family, Party, Role


class Reach(StrEnum):
    """Whose dossier, or which journey in it, a grant reaches."""

    #: Every dossier.
    ANY = "any"
    #: The dossiers in which the acting organisation takes part, on any side of any journey.
    DOSSIER = "dossier"
    #: The journeys on a given side of which the acting organisation stands (`Grant.parties`).
    JOURNEY = "journey"
    #: One's own: the candidate whose account it is.
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One way of being allowed to issue a command. A command with several grants needs one of them."""

    roles: frozenset[Role]
    reach: Reach
    #: The acting organisation must be of one of these families; empty for no condition (staff, system, candidates).
    families: frozenset[Family] = frozenset()
    #: For `Reach.JOURNEY`: on which sides.
    parties: frozenset[Party] = frozenset()
    #: The acting organisation must be authorised on that day (habilitée, validée).
    authorised: bool = False
    #: The name of a field of the command: the actor must be an active member of that organisation too.
    also_member_of: str | None = None
    #: The name of a field of the command: it must name the acting organisation, whose kind and authorisation count.
    in_the_name_of: str | None = None


#: What a permission table is: every command of a journey, and its grants.
Permissions = Mapping[type[Any], tuple[Grant, ...]]

PROFESSIONALS: Final = frozenset({Role.MEMBER, Role.ADMINISTRATOR})
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
STAFF: Final = frozenset({Role.STAFF})

#: Only deadlines and consequences issue it: no door offers it.
BY_SYSTEM: Final = (Grant(roles=frozenset({Role.SYSTEM}), reach=Reach.ANY),)
BY_STAFF: Final = (Grant(roles=STAFF, reach=Reach.ANY),)
