"""Why something asked of a discussion is refused: each sentence is what the person reads."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The discussion is not at a stage where this can be asked."""


class NotDue(Refusal):
    """The time for this has not come."""


class SayForWhom(Refusal):
    """Say for whom you speak."""


class SpeaksForAnother(Refusal):
    """You speak for yourself only."""


class EstablishmentUnavailable(Refusal):
    """This establishment cannot be asked for this job today."""


class AskedRecently(Refusal):
    """This establishment was asked for the same job less than seven days ago."""


class InvalidSiret(Refusal):
    """This is not a valid SIRET."""


class FieldMissing(Refusal):
    """A required text is empty."""


class TextTooLong(Refusal):
    """A text is longer than allowed."""


class MessageMisplaced(Refusal):
    """An establishment that is reached by e-mail gets a first message, and no other does."""


class PupilIncoherent(Refusal):
    """A pupil says their level and wants to discover; nobody else says a level."""


class NoSuchConvention(Refusal):
    """This dossier has no convention by this name."""


class ReasonMisplaced(Refusal):
    """Another reason is said, and only another one."""


class WarningMisplaced(Refusal):
    """Say how the person was told if they have been, and only then."""


class KindNotSelectable(Refusal):
    """Time alone gives this reason."""
