"""Why a row of a list is refused, beside what the rules of the dossier say."""

from domain.journey import Refusal


class SomeoneWasFaster(Refusal):
    """Somebody else was writing in this dossier: send the row again."""


class ArchivedHere(Refusal):
    """This dossier is archived in your organisation: take it up again first."""


class AlreadyReceived(Refusal):
    """The person came to an appointment of this category: whoever is to come again is invited from the follow-up."""


class AppointmentUnsettled(Refusal):
    """Say first what became of the person's last appointment of this category."""
