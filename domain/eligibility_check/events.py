"""What can have happened to a diagnosis."""

from datetime import date, datetime
from typing import Annotated

from domain.eligibility_check.codes import Answer, Criterion
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Grounds:
    """Who vouches for the person, since when and until when, and why."""

    author_kind: AuthorKind
    #: None if they are not known (imports).
    author: Subject | None
    organisation: OrganisationId | None
    #: Codes of the organisation's kinds on that day.
    organisation_kinds: tuple[str, ...]
    #: In the order of the list.
    criteria: tuple[Criterion, ...]
    on: date
    #: The first day on which it no longer counts.
    expires_on: date
    #: What the State pays a GEIQ, in euros; None for the IAE.
    allowance: int | None


@message
class Diagnosed(Grounds):
    """The person qualifies."""

    scheme: Scheme
    #: The diagnosis in whose place this one was made.
    renews: str | None = None


@message
class Updated(Grounds):
    """The GEIQ replaced the criteria, and vouches for the person from now on."""


@message
class Superseded:
    """Another diagnosis counts instead of this one."""

    by: str
    on: date


@message
class Expired:
    """The diagnosis no longer counts, from that day on."""

    on: date


@message
class HireRecorded:
    """Somebody is hired on the strength of this diagnosis, from that day on."""

    application: str
    starts_on: date


@message
class HireReleased:
    """That hire does not take place."""

    application: str


@message
class PassRecorded:
    """A PASS IAE was issued on the strength of this diagnosis."""

    pass_iae: str


@message
class CertificationRequested:
    """The certifying services are to be asked about these criteria."""

    at: datetime
    criteria: tuple[Criterion, ...]


@message
class CertificationAnswered:
    """A certifying service answered, or did not."""

    at: datetime
    criterion: Criterion
    answer: Answer
    since: Annotated[str | None, Personal] = None
    retry_after: int | None = None


UsingEvent = HireRecorded | HireReleased | PassRecorded
CertifyingEvent = CertificationRequested | CertificationAnswered

EligibilityCheckEvent = Diagnosed | Updated | Superseded | Expired | UsingEvent | CertifyingEvent
