"""Who may do what with an orientation (dora §2.1, §2.3, §5.4)."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.orientation import (
    Accept,
    CancelStart,
    ConfirmStart,
    CorrectStart,
    Expire,
    PurgeAttachments,
    RecordMessage,
    Refuse,
    RejectByModeration,
    ReleaseFromModeration,
    Remind,
    Send,
)
from domain.vocabulary import Party

#: Any professional who already takes part in the dossier: sending must not be a way into somebody's dossier.
BY_A_PRESCRIBER: Final = (Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER),)
BY_THE_RECEIVER: Final = (Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=frozenset({Party.RECEIVER})),)
#: Both sides see whether the person came.
BY_EITHER_SIDE: Final = (
    Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=frozenset({Party.SENDER, Party.RECEIVER})),
)
#: By hand, or as a consequence of the approval or rejection of the sending structure.
BY_MODERATION: Final = (*BY_STAFF, *BY_SYSTEM)

PERMISSIONS: Final[Permissions] = {
    Send: BY_A_PRESCRIBER,
    ReleaseFromModeration: BY_MODERATION,
    RejectByModeration: BY_MODERATION,
    Accept: BY_THE_RECEIVER,
    Refuse: BY_THE_RECEIVER,
    RecordMessage: BY_THE_RECEIVER,
    ConfirmStart: BY_EITHER_SIDE,
    CorrectStart: BY_EITHER_SIDE,
    CancelStart: BY_EITHER_SIDE,
    Remind: BY_SYSTEM,
    Expire: BY_SYSTEM,
    PurgeAttachments: BY_SYSTEM,
}
