"""Who does what with a discussion (immersion §1.3, §5.4): establishments are no organisations here."""

from typing import Final

from application.permissions.grant import BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.discussion.commands import (
    Accept,
    LinkConvention,
    Open,
    RedactMessages,
    Reject,
    Remind,
    RenderObsolete,
    Write,
)
from domain.vocabulary import Family, Role

_CANDIDATE: Final = Grant(roles=frozenset({Role.CANDIDATE}), reach=Reach.OWN)
#: The service through which the establishment answers, once it made sure who speaks for it.
_WITNESS: Final = Grant(roles=frozenset({Role.WITNESS}), reach=Reach.ANY)

PERMISSIONS: Final[Permissions] = {
    # Asking must not be a way into somebody's dossier.
    Open: (
        _CANDIDATE,
        _WITNESS,
        Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=frozenset(Family) - {Family.INSTITUTION}),
    ),
    Write: (_CANDIDATE, _WITNESS),
    Accept: (_WITNESS,),
    Reject: (_WITNESS,),
    LinkConvention: BY_SYSTEM,
    Remind: BY_SYSTEM,
    RenderObsolete: BY_SYSTEM,
    RedactMessages: BY_SYSTEM,
}
