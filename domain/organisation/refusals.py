"""Why something is refused to an organisation."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The organisation is not at a stage where this can be asked."""


class NameMissing(Refusal):
    """The organisation needs a name."""


class KindMissing(Refusal):
    """The organisation needs at least one kind."""


class InvalidSiret(Refusal):
    """This is not a valid SIRET."""


class InvalidSafir(Refusal):
    """A SAFIR code has five digits."""


class SafirOnlyForFranceTravail(Refusal):
    """Only agencies of France Travail have a SAFIR code."""


class UnknownDepartment(Refusal):
    """There is no département with this code."""


class TerritoryMissing(Refusal):
    """The organisation needs a territory of at least one département."""


class UnknownTypology(Refusal):
    """There is no structure typology with this code."""


class TypologyOnlyForStructures(Refusal):
    """A structure that offers services has a typology, and no other organisation has one."""


class NeedsNoAuthorisation(Refusal):
    """Organisations of these kinds are not authorised: nothing is required of them."""


class AlreadyAuthorised(Refusal):
    """The organisation is already authorised."""


class AlreadyRefused(Refusal):
    """The authorisation has already been refused or withdrawn."""


class BeforeLastDecision(Refusal):
    """An authorisation cannot change from a day before the last change."""


class NotASiae(Refusal):
    """Only a SIAE prescribes for itself, and is sanctioned for it."""


class EndsBeforeItStarts(Refusal):
    """A sanction does not end before it begins."""


class NotSuspended(Refusal):
    """The company is not sanctioned on that day or later."""


class NotACompany(Refusal):
    """Only companies receive job applications."""


class NotAnImmersionAgency(Refusal):
    """Only immersion agencies validate conventions."""


class OneStepForFranceTravail(Refusal):
    """Agencies of France Travail have no counsellors: they validate in one step."""


class TwoStepsNeeded(Refusal):
    """An agency that refers to another one finds eligible first: it validates in two steps."""


class RefersToItself(Refusal):
    """An agency refers to another one, not to itself."""


class RefersTwice(Refusal):
    """The agency referred to refers to a third one: name the one that validates."""


class NotDue(Refusal):
    """Spontaneous applications have not been open for 90 days."""


class RoleNotForMembers(Refusal):
    """In an organisation, one is a member or an administrator."""


class AlreadyMember(Refusal):
    """This professional is already a member of the organisation."""


class NotMember(Refusal):
    """This professional is not a member of the organisation."""


class LastAdministrator(Refusal):
    """The organisation needs an administrator: name another one first."""


class InvalidPhone(Refusal):
    """An organisation is called at a French number or at a short number of four digits."""


class InvalidCode(Refusal):
    """A code is made of lower-case letters, digits and underscores."""


class CategoryNotForYourKind(Refusal):
    """Organisations of this kind do not handle categories of this type."""


class ValidityOutOfBounds(Refusal):
    """Invitations are valid for more than three days and at most ten years, or for ever."""


class RetentionOutOfBounds(Refusal):
    """People without activity are followed for one to thirty-six months."""


class UnknownCategory(Refusal):
    """The organisation does not handle this category."""


class TagMissing(Refusal):
    """A tag says something."""


class UnknownTag(Refusal):
    """The organisation does not offer this tag."""


class NotAServiceStructure(Refusal):
    """Only structures that offer services describe them."""


class ServiceTaken(Refusal):
    """Another organisation describes this service."""


class UnknownService(Refusal):
    """The organisation describes no service with this identifier."""


class InvalidServiceId(Refusal):
    """A service is called after its source: two hyphens stand between the source and its identifier there."""


class ServiceNameOutOfBounds(Refusal):
    """The name of a service has three to a hundred and fifty characters."""


class ServiceNameEndsWithFullStop(Refusal):
    """The name of a service does not end with a full stop, unless it ends with “etc.”."""


class DescriptionOutOfBounds(Refusal):
    """The description of a service has five to ten thousand characters."""


class TextTooLong(Refusal):
    """A text is too long."""


class UnknownThemes(Refusal):
    """There is no theme with this code: a theme is a family, two hyphens and a detail."""


class EverybodyStandsAlone(Refusal):
    """A service that is for everybody is for nobody in particular."""


class InvalidPostalCode(Refusal):
    """A postal code has five digits."""


class UnknownTown(Refusal):
    """This is not the official code of a commune."""


class UnknownZone(Refusal):
    """A zone is made of communes, départements, EPCI and countries, by their official codes, or of “france”."""


class InvalidEmail(Refusal):
    """This is not an e-mail address at which a service is reached."""


class InvalidLink(Refusal):
    """A link is an http or https address on the Internet, without user, password or port."""


class DurationNotPositive(Refusal):
    """A service lasts at least one hour and one week."""


class OnlyDepartments(Refusal):
    """Only a departmental council adds types to the orientations of its département."""


class TypeAlreadyThere(Refusal):
    """There is already a type with this code."""


class UnknownType(Refusal):
    """There is no type with this code."""


class DefaultTypeStays(Refusal):
    """The types of the law cannot be deleted."""


class AlreadyExists(Refusal):
    """An organisation of this kind is already recorded for this SIRET."""
