"""Why something is refused about a dossier. No detail is ever personal."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The dossier is not at a stage where this can be asked."""


class NameMissing(Refusal):
    """A person has a first name and a last name."""


class InvalidBirthDate(Refusal):
    """This is not a day of birth."""


class BirthInTheFuture(Refusal):
    """The day of birth is in the future."""


class BornTooLongAgo(Refusal):
    """The day of birth is more than 130 years ago."""


class InvalidBirthCountry(Refusal):
    """The country of birth is an official geographic code: 99 and three digits."""


class InvalidBirthPlace(Refusal):
    """The place of birth is the official geographic code of a commune."""


class BirthPlaceMismatch(Refusal):
    """The commune of birth is known if and only if the country of birth is France."""


class IdentityFrozen(Refusal):
    """This part of the identity has been certified: it no longer changes."""


class InvalidEmail(Refusal):
    """This is not a valid e-mail address."""


class EmailOfFranceTravail(Refusal):
    """This is an address of France Travail staff, not of a candidate."""


class InvalidPhone(Refusal):
    """This is not a telephone number of France or of its overseas départements."""


class InvalidNir(Refusal):
    """This is not a valid NIR."""


class NirContradictsTitle(Refusal):
    """The NIR does not agree with the title."""


class NirContradictsBirthDate(Refusal):
    """The NIR does not agree with the day of birth."""


class NirAlreadySet(Refusal):
    """The dossier has another NIR: it changes only by a correction, with its reason."""


class NoNirToCorrect(Refusal):
    """There is no NIR to correct."""


class LackOfNirWithNir(Refusal):
    """There is no reason for lacking a NIR when there is one."""


class ReasonLength(Refusal):
    """The reason needs 10 to 2000 characters."""


class InvalidFranceTravailId(Refusal):
    """A France Travail identifier has 11 digits, or 7 digits and one more digit or letter."""


class UnknownDepartment(Refusal):
    """There is no département with this code."""


class InternalIdNeedsDepartment(Refusal):
    """An internal identifier and the département whose it is go together."""


class NoIdentifier(Refusal):
    """A dossier needs a NIR, an e-mail address, a telephone number or an internal identifier of the département."""


class LastIdentifier(Refusal):
    """This would remove the last thing that identifies the person."""


class NotForYourKind(Refusal):
    """Organisations of your kind neither see nor set this."""


class HomonymNeedsNir(Refusal):
    """Two people with the same first name and contact data are told apart by their NIR: give it."""


class AlreadyRegistered(Refusal):
    """This person has a dossier already: join it."""


class NirMismatch(Refusal):
    """A dossier matches, but with another NIR."""


class RsaDurationMismatch(Refusal):
    """How long somebody has received the RSA is known if and only if they receive it."""


class UnknownTag(Refusal):
    """The organisation does not offer this tag."""


class NotTagged(Refusal):
    """The person does not have this tag."""


class NotFollowing(Refusal):
    """This organisation does not follow the person."""


class AlreadyReferent(Refusal):
    """This professional is already a referent of the person."""


class NotReferent(Refusal):
    """This professional is not a referent of the person."""


class AlreadyArchived(Refusal):
    """The dossier is already archived in this organisation."""


class NotArchived(Refusal):
    """The dossier is not archived in this organisation."""


class AccountAlreadyLinked(Refusal):
    """Another account is linked to the dossier."""


class EmploymentNotBegun(Refusal):
    """An employment is declared once it has begun."""


class EmploymentBeforeEntry(Refusal):
    """The employment began before the person entered their path."""


class EmploymentAlreadyDeclared(Refusal):
    """An employment that began on this day has already been declared."""


class EmploymentNotDeclared(Refusal):
    """No employment that began on this day has been declared."""


class EntryInTheFuture(Refusal):
    """The duplicate cannot have been opened in the future."""


class UnknownCandidate(Refusal):
    """No dossier has this identifier."""


class KeptIsADuplicate(Refusal):
    """The dossier to keep is itself a duplicate: merge into the one that it was merged into."""


class MergedInCircles(Refusal):
    """A dossier cannot be merged into one that was merged into it."""
