"""What the prescriber fills in: the same in the command and in the record."""

from datetime import date
from typing import Annotated

from domain.journey import message
from domain.orientation.codes import ContactPreference, Origin
from domain.vocabulary import OrganisationId, Personal


@message
class Form:
    """What the prescriber sends: the person, the referent, and the service as it was that day (dora §5.1)."""

    origin: Origin
    #: The service in the directory, `<source>--<id>` as in data·inclusion (`dora--<uuid>`).
    service_id: str
    service_name: str
    receiver: OrganisationId
    receiver_name: str
    service_address: Annotated[str | None, Personal] = None
    service_contact_name: Annotated[str | None, Personal] = None
    service_contact_email: Annotated[str | None, Personal] = None
    service_contact_phone: Annotated[str | None, Personal] = None
    #: The service asks for a supporting document or a filled-in form (dora §5.5).
    attachment_required: bool = False
    #: How long the service lasts; None if the directory does not say.
    weekly_hours: int | None = None
    weeks: int | None = None
    beneficiary_last_name: Annotated[str, Personal]
    beneficiary_first_name: Annotated[str, Personal]
    contact_preferences: tuple[ContactPreference, ...]
    beneficiary_phone: Annotated[str | None, Personal] = None
    beneficiary_email: Annotated[str | None, Personal] = None
    beneficiary_other_contact: Annotated[str | None, Personal] = None
    france_travail_number: Annotated[str | None, Personal] = None
    #: From which day the person is available; None if it was not asked.
    available_on: date | None = None
    referent_last_name: Annotated[str, Personal]
    referent_first_name: Annotated[str, Personal]
    referent_email: Annotated[str, Personal]
    referent_phone: Annotated[str | None, Personal] = None
    prescriber_last_name: Annotated[str | None, Personal] = None
    prescriber_first_name: Annotated[str | None, Personal] = None
    prescriber_email: Annotated[str | None, Personal] = None
    prescriber_phone: Annotated[str | None, Personal] = None
    situation_other: Annotated[str | None, Personal] = None
    #: Why this person is sent to this service.
    reasons: Annotated[str | None, Personal] = None


@message
class Attachment:
    """A document kept by the service that received it: Parcours holds what names it, never its content."""

    #: A random uuid or a digest in hexadecimal: a path would carry the name of the file.
    reference: str
    name: Annotated[str, Personal]
    #: In bytes.
    size: int
