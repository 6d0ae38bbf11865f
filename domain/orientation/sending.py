"""What must hold for a person to be sent to a service; DORA leaves half of it to its screens (dora §5.5)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from domain.journey import Context, Refusal
from domain.orientation.codes import ContactPreference, Stage
from domain.orientation.commands import (
    Send,
)
from domain.orientation.events import (
    DocumentAttached,
    HeldForModeration,
    OrientationEvent,
    Sent,
)
from domain.orientation.form import (
    Attachment,
    Form,
)
from domain.orientation.refusals import (
    AlreadyOrientedThere,
    AttachmentKindNotAllowed,
    AttachmentMissing,
    AttachmentNameTooLong,
    AttachmentReferenceNotOpaque,
    AttachmentTooBig,
    CommitmentMissing,
    ContactDetailMissing,
    DurationNotPositive,
    FieldMissing,
    NoContactPreference,
    NoSendingStructure,
    NotAFranceTravailNumber,
    ReferentIsTheBeneficiary,
    ServiceNotOrientable,
    StructureInactive,
    TextTooLong,
    TooManyAttachments,
)
from domain.orientation.state import Orientation
from domain.vocabulary import OrganisationProfile

#: The longest texts, in characters (dora §3.1, §4.3, §5.1, §5.5).
LIMITS: Final[Mapping[str, int]] = {
    "service_id": 255,
    "service_name": 140,
    "service_address": 280,
    "service_contact_name": 140,
    "service_contact_email": 254,
    "service_contact_phone": 10,
    "receiver_name": 255,
    "beneficiary_last_name": 140,
    "beneficiary_first_name": 140,
    "beneficiary_phone": 10,
    "beneficiary_email": 254,
    "beneficiary_other_contact": 280,
    "referent_last_name": 140,
    "referent_first_name": 140,
    "referent_email": 254,
    "referent_phone": 10,
    "prescriber_last_name": 140,
    "prescriber_first_name": 140,
    "prescriber_email": 254,
    "prescriber_phone": 10,
    "situation_other": 480,
    "reasons": 600,
}
#: The longest label of the ticked lists.
LABEL_LIMIT: Final = 480
REQUIRED: Final = (
    "service_id",
    "service_name",
    "receiver_name",
    "beneficiary_last_name",
    "beneficiary_first_name",
    "referent_last_name",
    "referent_first_name",
    "referent_email",
)
#: What each way of reaching the person needs; through the referent, the referent's e-mail is required anyway.
CONTACT_DETAILS: Final[Mapping[ContactPreference, str]] = {
    ContactPreference.PHONE: "beneficiary_phone",
    ContactPreference.EMAIL: "beneficiary_email",
    ContactPreference.OTHER: "beneficiary_other_contact",
}
MOST_ATTACHMENTS: Final = 20
BIGGEST_ATTACHMENT: Final = 6 * 1024 * 1024
LONGEST_NAME: Final = 64
EXTENSIONS: Final = frozenset({"doc", "docx", "pdf", "png", "jpeg", "jpg", "ods", "odt", "xls", "xlsx"})
OPAQUE: Final = re.compile(r"[0-9a-f-]{32,64}")
FRANCE_TRAVAIL_NUMBER: Final = re.compile(r"[0-9]{11}")


def send(command: Send, context: Context) -> Sequence[OrientationEvent]:
    """Open the orientation, or hold it when the sending structure is not authorised (dora §5.4)."""
    if context.acting is None:
        raise NoSendingStructure
    if not command.data_protection_commitment:
        raise CommitmentMissing
    check_texts(command)
    check_contact(command, context)
    check_service(command, context, context.acting)
    check_attachments(command, context)
    held = () if context.acting.authorised else (HeldForModeration(),)
    attached = [DocumentAttached(reference=one.reference, name=one.name, size=one.size) for one in command.attachments]
    return [_sent(command, context, context.acting), *held, *attached]


def _sent(command: Send, context: Context, sender: OrganisationProfile) -> Sent:
    return Sent(
        **{field.name: getattr(command, field.name) for field in fields(Form)},
        sender=sender.id,
        on=context.today,
        situation=_lines(command.situation),
        requirements=_lines(command.requirements),
    )


def _lines(labels: Sequence[str]) -> str | None:
    return "\n".join(" ".join(label.split()) for label in labels) or None


def check_texts(command: Send) -> None:
    """Required texts are there, and none is too long."""
    for field in REQUIRED:
        if not getattr(command, field).strip():
            raise FieldMissing(field=field)
    for field, limit in LIMITS.items():
        if len(getattr(command, field) or "") > limit:
            raise TextTooLong(field=field, limit=limit)
    for field in ("situation", "requirements"):
        if any(len(label) > LABEL_LIMIT for label in getattr(command, field)):
            raise TextTooLong(field=field, limit=LABEL_LIMIT)


def check_contact(command: Send, context: Context) -> None:
    """The person can be reached as they wish, and is not their own referent."""
    if not command.contact_preferences:
        context.insist(NoContactPreference())
    for preference, field in CONTACT_DETAILS.items():
        if preference in command.contact_preferences and not (getattr(command, field) or "").strip():
            context.insist(ContactDetailMissing(preference=preference.value, field=field))
    number = command.france_travail_number
    if number is not None and not FRANCE_TRAVAIL_NUMBER.fullmatch(number):
        raise NotAFranceTravailNumber
    if same_address(command.beneficiary_email, command.referent_email):
        context.insist(ReferentIsTheBeneficiary())


def same_address(one: str | None, other: str | None) -> bool:
    """Tell whether two e-mail addresses reach the same mailbox; an absent one reaches nobody."""
    if not one or not other:
        return False
    return one.strip().casefold() == other.strip().casefold()


def check_service(command: Send, context: Context, sender: OrganisationProfile) -> None:
    """The service takes orientations, and none of this person is still waiting there."""
    for structure in (sender, context.organisations[command.receiver]):
        if not structure.active:
            context.insist(StructureInactive(organisation=structure.id))
    if not command.service_orientable:
        context.insist(ServiceNotOrientable())
    if any(duration is not None and duration <= 0 for duration in (command.weekly_hours, command.weeks)):
        raise DurationNotPositive
    for name, other in context.dossier.of(Orientation).items():
        waiting = other.stage in {Stage.HELD, Stage.OPEN}
        if waiting and name != context.journey and other.sent and other.sent.service_id == command.service_id:
            context.insist(AlreadyOrientedThere(orientation=name))


def check_attachments(command: Send, context: Context) -> None:
    """Documents are there if the service asks for one, and each may be kept (dora §5.6)."""
    if command.attachment_required and not command.attachments:
        context.insist(AttachmentMissing())
    if len(command.attachments) > MOST_ATTACHMENTS:
        raise TooManyAttachments(limit=MOST_ATTACHMENTS)
    for position, attachment in enumerate(command.attachments):
        for allowed, refusal in ATTACHMENT_RULES:
            if not allowed(attachment):
                context.insist(refusal(position=position))


def _kind_allowed(attachment: Attachment) -> bool:
    stem, dot, extension = attachment.name.rpartition(".")
    return bool(stem.strip() and dot) and extension.lower() in EXTENSIONS


#: What each document must be; its content is checked by the door that receives it.
ATTACHMENT_RULES: Final[Sequence[tuple[Callable[[Attachment], bool], type[Refusal]]]] = (
    (lambda one: OPAQUE.fullmatch(one.reference) is not None, AttachmentReferenceNotOpaque),
    (lambda one: len(one.name) <= LONGEST_NAME, AttachmentNameTooLong),
    (_kind_allowed, AttachmentKindNotAllowed),
    (lambda one: 0 < one.size <= BIGGEST_ATTACHMENT, AttachmentTooBig),
)
