"""Who an event is told to, in the words that journeys use."""

from application.notifications.notice import Channel, Recipient, Told
from application.notifications.templates import Template
from domain.vocabulary import OrganisationId, Subject


def to_candidate(template: Template, about: OrganisationId | None = None, channel: Channel = Channel.EMAIL) -> Told:
    """The person whose dossier it is."""
    return Told(template=template, recipient=Recipient.CANDIDATE, channel=channel, about=about)


def to_named(
    template: Template, named: str, about: OrganisationId | None = None, channel: Channel = Channel.EMAIL
) -> Told:
    """Somebody whose address stands in the journey's state, in the field that is named."""
    return Told(template=template, recipient=Recipient.NAMED, channel=channel, named=named, about=about)


def to_members(template: Template, organisation: OrganisationId, about: OrganisationId | None = None) -> Told:
    """Every member of an organisation."""
    return Told(template=template, recipient=Recipient.MEMBERS, organisation=organisation, about=about)


def to_professional(
    template: Template, subject: Subject, organisation: OrganisationId | None, about: OrganisationId | None = None
) -> Told:
    """One professional; the administrators of the organisation, if one is named and they have left it."""
    return Told(
        template=template, recipient=Recipient.PROFESSIONAL, organisation=organisation, subject=subject, about=about
    )


def to_professional_and_colleagues(
    template: Template, subject: Subject, organisation: OrganisationId, about: OrganisationId | None = None
) -> Told:
    """A professional as long as they are there, and at most ten others of the organisation."""
    return Told(
        template=template, recipient=Recipient.COLLEAGUES, organisation=organisation, subject=subject, about=about
    )


def to_mailbox(template: Template, organisation: OrganisationId, category: str) -> Told:
    """The mailbox that an organisation gave for a category of appointments."""
    return Told(
        template=template, recipient=Recipient.MAILBOX, organisation=organisation, named=category, about=organisation
    )


def to_establishment(template: Template) -> Told:
    """Whoever answers for the establishment of the journey, whom another service knows."""
    return Told(template=template, recipient=Recipient.ESTABLISHMENT)


def to_support(template: Template, about: OrganisationId | None = None) -> Told:
    """Those who keep the platform."""
    return Told(template=template, recipient=Recipient.SUPPORT, about=about)
