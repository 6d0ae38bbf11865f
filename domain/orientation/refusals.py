"""Why an orientation, or something asked of it, is refused."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The orientation is not at a stage where this can be asked."""


class AlreadyDecided(WrongStage):
    """This orientation has already been answered or closed: the decision is final."""


class BeforeItWasOpened(Refusal):
    """This cannot have happened before the orientation reached the receiving structure."""


class NotDue(Refusal):
    """It is not the day for this."""


class NoSendingStructure(Refusal):
    """An orientation is sent on behalf of a structure: say for which one you act."""


class StructureInactive(Refusal):
    """This structure is closed."""


class ServiceNotOrientable(Refusal):
    """This service does not take orientations."""


class AlreadyOrientedThere(Refusal):
    """An orientation of this person to the same service is still waiting for an answer."""


class CommitmentMissing(Refusal):
    """You must inform the person and commit yourself to protecting their data before you send an orientation."""


class FieldMissing(Refusal):
    """A required field is empty."""


class TextTooLong(Refusal):
    """A text is longer than allowed."""


class NoContactPreference(Refusal):
    """Say at least one way to reach the person."""


class ContactDetailMissing(Refusal):
    """The way chosen to reach the person needs the matching contact detail."""


class NotAFranceTravailNumber(Refusal):
    """A France Travail number has exactly eleven digits."""


class ReferentIsTheBeneficiary(Refusal):
    """The referent cannot have the same e-mail address as the beneficiary."""


class DurationNotPositive(Refusal):
    """A duration must be greater than zero."""


class AttachmentMissing(Refusal):
    """This service asks for at least one supporting document."""


class TooManyAttachments(Refusal):
    """Too many documents are attached."""


class AttachmentTooBig(Refusal):
    """A document is empty or larger than allowed."""


class AttachmentNameTooLong(Refusal):
    """The name of a document is longer than allowed."""


class AttachmentKindNotAllowed(Refusal):
    """A document is of a kind that is not allowed, or its name has no extension."""


class AttachmentReferenceNotOpaque(Refusal):
    """A document must be referred to by a random identifier or a digest, never by its path or name."""


class NoRefusalReason(Refusal):
    """Say at least one reason for the refusal."""


class ServiceAddressUnknown(Refusal):
    """The message refers to the address of the service, which is not known."""


class NoEmailAddress(Refusal):
    """This person has given no e-mail address."""


class ReferentIsOnlyCopied(Refusal):
    """Messages are sent to the beneficiary or the prescriber; the referent can only receive a copy."""


class StartInTheFuture(Refusal):
    """A service that has not begun yet cannot be confirmed."""
