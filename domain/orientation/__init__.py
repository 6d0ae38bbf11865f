"""Orientation: a prescriber sends a person to a service, which takes them or says why not (dora §5)."""

from typing import Final, get_args

from domain.journey import Decider, Journey
from domain.orientation.codes import (
    Addressee,
    ContactPreference,
    Origin,
    RefusalReason,
    Stage,
)
from domain.orientation.commands import (
    Accept,
    CancelStart,
    ConfirmStart,
    CorrectStart,
    Expire,
    OrientationCommand,
    PurgeAttachments,
    RecordMessage,
    Refuse,
    RejectByModeration,
    ReleaseFromModeration,
    Remind,
    Send,
)
from domain.orientation.events import (
    Accepted,
    AttachmentsPurged,
    DocumentAttached,
    Expired,
    HeldForModeration,
    MessageSent,
    OrientationEvent,
    Refused,
    RejectedByModeration,
    ReleasedFromModeration,
    Reminded,
    Sent,
    StartCancelled,
    StartConfirmed,
    StartCorrected,
)
from domain.orientation.form import (
    Attachment,
    Form,
)
from domain.orientation.rules import (
    ACCEPTED_FROM,
    decide,
    offers,
)
from domain.orientation.state import (
    Orientation,
    closed,
    deadlines,
    evolve,
    parties,
)
from domain.vocabulary import RootKind

orientation_journey: Final[Journey[OrientationCommand, Orientation, OrientationEvent]] = Journey(
    name="orientation",
    plural="orientations",
    root=RootKind.CANDIDATE,
    opening=(Send,),
    commands=get_args(OrientationCommand),
    events=get_args(OrientationEvent),
    decider=Decider(initial=Orientation(), offers=offers, decide=decide, evolve=evolve),
    accepted_from=ACCEPTED_FROM,
    stage=lambda orientation: orientation.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
)

__all__ = [
    "ACCEPTED_FROM",
    "Accept",
    "Accepted",
    "Addressee",
    "Attachment",
    "AttachmentsPurged",
    "CancelStart",
    "ConfirmStart",
    "ContactPreference",
    "CorrectStart",
    "DocumentAttached",
    "Expire",
    "Expired",
    "Form",
    "HeldForModeration",
    "MessageSent",
    "Orientation",
    "OrientationCommand",
    "OrientationEvent",
    "Origin",
    "PurgeAttachments",
    "RecordMessage",
    "RefusalReason",
    "Refuse",
    "Refused",
    "RejectByModeration",
    "RejectedByModeration",
    "ReleaseFromModeration",
    "ReleasedFromModeration",
    "Remind",
    "Reminded",
    "Send",
    "Sent",
    "Stage",
    "StartCancelled",
    "StartConfirmed",
    "StartCorrected",
    "deadlines",
    "decide",
    "evolve",
    "offers",
    "orientation_journey",
    "parties",
]
