"""Why something asked of a diagnosis is refused: each sentence is what the person reads."""

from domain.journey import Refusal


class WrongStage(Refusal):
    """The diagnosis is not at a stage where this can be asked."""


class NotDue(Refusal):
    """The time for this has not come."""


class MayNotDiagnose(Refusal):
    """Only an authorised prescriber diagnoses, or a company of the kinds that this diagnosis is for."""


class Sanctioned(Refusal):
    """The company may not diagnose by itself for now: it was sanctioned after a control."""


class HasValidPass(Refusal):
    """The person has a valid PASS IAE: no diagnosis is needed."""


class AlreadyDiagnosed(Refusal):
    """A diagnosis that has not expired counts already."""


class CriterionOfAnotherScheme(Refusal):
    """This criterion does not count for this kind of diagnosis."""


class CriteriaExclusive(Refusal):
    """These two criteria do not go together."""


class CriteriaMissing(Refusal):
    """The criteria do not suffice: one of level 1 does, or several of level 2."""


class NoCriterion(Refusal):
    """A GEIQ gives at least one criterion."""


class NoSuchDiagnosis(Refusal):
    """The person has no diagnosis by this name."""


class NotRenewable(Refusal):
    """Only a prescriber's diagnosis for the IAE that has not expired is renewed."""


class NotForGeiq(Refusal):
    """This is no diagnosis for a GEIQ."""


class OfAnotherGeiq(Refusal):
    """Another GEIQ made this diagnosis for itself."""


class NoLongerCounts(Refusal):
    """The diagnosis has expired: make a new one."""


class ExpiresBeforeItIsMade(Refusal):
    """The diagnosis would expire before it is made."""


class AuthorIncoherent(Refusal):
    """A SIAE diagnoses for the IAE, a GEIQ for GEIQ, a prescriber for either."""


class NotCertifiable(Refusal):
    """No service certifies this criterion of this diagnosis."""


class AnswerIncoherent(Refusal):
    """The day since when somebody benefits is known if they do, a delay if the service asks for one, and only then."""
