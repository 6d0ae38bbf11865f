"""What can be asked of a period of accompaniment."""

from datetime import date

from domain.journey import message
from domain.vocabulary import OrganisationId, Subject


@message
class Asked:
    """A period, as somebody asks for it."""

    type: str
    #: The departmental council whose own type it is; None for a type of the law.
    defined_by: OrganisationId | None = None
    #: The organisation that accompanies (*structure référente*).
    organisation: OrganisationId
    starts_on: date
    #: The first day after it; None while it lasts.
    ends_on: date | None = None
    #: Who accompanies, in that organisation (*référent unique*).
    referent: Subject | None = None
    #: End the period before on the eve, if it would last longer.
    shorten: bool = False


@message
class Begin(Asked):
    """Orient the person towards an accompaniment."""


@message
class Change(Asked):
    """Say all of it anew: what is left out becomes unknown, or has no end."""


@message
class Shorten:
    """The next period begins: this one ends on its eve."""

    ends_on: date


@message
class Cancel:
    """The period was recorded by mistake."""


AccompanimentCommand = Begin | Change | Shorten | Cancel
