"""What can have happened to a period of accompaniment."""

from datetime import date

from domain.journey import message
from domain.rsa.types import Casf
from domain.vocabulary import OrganisationId, Subject


@message
class Period:
    """What is recorded of a period."""

    type: str
    #: What the type was then, whatever becomes of it.
    casf: Casf
    organisation: OrganisationId
    starts_on: date
    #: The first day after it.
    ends_on: date | None
    referent: Subject | None
    #: The period, of the same dossier, that ends because this one begins.
    shortens: str | None


@message
class Begun(Period):
    """The person was oriented towards an accompaniment."""


@message
class Changed(Period):
    """The period is another one than was said."""


@message
class Shortened:
    """The next period began, so this one ends before."""

    ends_on: date


@message
class Cancelled:
    """The period had been recorded by mistake."""


AccompanimentEvent = Begun | Changed | Shortened | Cancelled
