"""Why something is refused to a period of accompaniment."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The accompaniment is not at a stage where this can be asked."""


class NotFollowing(Refusal):
    """Your organisation does not follow this person."""


class StartInTheFuture(Refusal):
    """An accompaniment is recorded once it has begun."""


class StartTooEarly(Refusal):
    """No accompaniment began before 1 April 2012."""


class SameStart(Refusal):
    """Another accompaniment of this person begins on the same day."""


class TooShort(Refusal):
    """An accompaniment lasts at least seven days."""


class Overlaps(Refusal):
    """Another accompaniment of this person covers some of these days."""


class ConfirmShortening(Refusal):
    """The accompaniment before has to end earlier: confirm that it does."""


class OrganisationInactive(Refusal):
    """This organisation is closed."""


class NotAnAccompanyingOrganisation(Refusal):
    """Only organisations that follow RSA beneficiaries accompany."""


class ReferentOfNobody(Refusal):
    """The referent is a member of the organisation that accompanies."""


class TypeNotOffered(Refusal):
    """The département does not offer this type of orientation."""
