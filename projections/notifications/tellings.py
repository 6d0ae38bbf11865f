"""Who an event is told to, in the words that journeys use."""

from application.notifications.notice import Recipient, Told
from application.notifications.templates import Template
from domain.vocabulary import OrganisationId, Subject


def to_candidate(template: Template, about: OrganisationId | None = None) -> Told:
    """The person whose dossier it is."""
    return Told(template=template, recipient=Recipient.CANDIDATE, about=about)


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


def to_support(template: Template, about: OrganisationId | None = None) -> Told:
    """Those who keep the platform."""
    return Told(template=template, recipient=Recipient.SUPPORT, about=about)
