"""Who may say that somebody qualifies, on which criteria, and for how long (les-emplois §3.1, §3.2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, assert_never

from domain.calendar import add_days, add_months
from domain.eligibility_check.allowance import allowance
from domain.eligibility_check.certifying import requested
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    MakingCommand,
    RecordDiagnosis,
    RenewForIae,
)
from domain.eligibility_check.criteria import IAE, LISTS, excluded, selected
from domain.eligibility_check.events import Diagnosed, EligibilityCheckEvent
from domain.eligibility_check.refusals import (
    AlreadyDiagnosed,
    AuthorIncoherent,
    CriteriaExclusive,
    CriteriaMissing,
    CriterionOfAnotherScheme,
    ExpiresBeforeItIsMade,
    HasValidPass,
    MayNotDiagnose,
    NoCriterion,
    NoSuchDiagnosis,
    NotRenewable,
    Sanctioned,
)
from domain.eligibility_check.state import EligibilityCheck
from domain.iae.companies import GEIQ, is_siae
from domain.iae.diagnosis import AuthorKind, Scheme, is_current, usable
from domain.iae.right import valid_right
from domain.journey import Context, Refusal
from domain.vocabulary import Family, OrganisationProfile

#: Calendar months that a prescriber's diagnosis counts, and any diagnosis for a GEIQ.
MONTHS: Final = 6
#: Days that a SIAE's diagnosis counts: as long as its proofs do.
DAYS_OF_A_SIAE: Final = 92
#: Criteria of level 2 that a SIAE needs when it has none of level 1, by its kind.
LEVEL_2_NEEDED: Final = {"ai": 2, "etti": 2, "aci": 3, "ei": 3, "eiti": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A diagnosis about to be made."""

    scheme: Scheme
    author_kind: AuthorKind
    author: OrganisationProfile
    criteria: tuple[Criterion, ...]
    context: Context

    @property
    def by_prescriber(self) -> bool:
        """Whether it will count for every company."""
        return self.author_kind is AuthorKind.PRESCRIBER


MakingRule = Callable[[Making], Refusal | None]


def criteria_are_of_the_scheme(making: Making) -> Refusal | None:
    """Each scheme has its list."""
    foreign = sorted(set(making.criteria) - set(LISTS[making.scheme]))
    return CriterionOfAnotherScheme(criteria=foreign) if foreign else None


def criteria_go_together(making: Making) -> Refusal | None:
    """Nobody is under 26 and over 50."""
    pair = excluded(making.scheme, making.criteria)
    return CriteriaExclusive(criteria=list(pair)) if pair else None


def criteria_suffice(making: Making) -> Refusal | None:
    """A prescriber needs none, a GEIQ one. A SIAE of several kinds needs what the most demanding one does."""
    if making.by_prescriber:
        return None
    if making.scheme is Scheme.GEIQ:
        return None if making.criteria else NoCriterion()
    levels = [IAE[each].level for each in making.criteria if each in IAE]
    needed = max(LEVEL_2_NEEDED[kind] for kind in making.author.kinds if kind in LEVEL_2_NEEDED)
    if 1 in levels or levels.count(2) >= needed:
        return None
    return CriteriaMissing(level_2_needed=needed, level_2_given=levels.count(2))


def author_is_not_sanctioned(making: Making) -> Refusal | None:
    """A control may take away from a SIAE the capacity to prescribe for itself."""
    sanctioned = making.author_kind is AuthorKind.EMPLOYER and making.author.sanctioned
    return Sanctioned() if sanctioned else None


def person_has_no_pass(making: Making) -> Refusal | None:
    """A valid PASS stands for a diagnosis, its last day included."""
    if making.scheme is Scheme.GEIQ:
        return None
    valid = valid_right(making.context.dossier, making.context.today)
    return HasValidPass(pass_iae=valid) if valid else None


def nothing_counts_already(making: Making) -> Refusal | None:
    """What this author would find and use is not made a second time: a prescriber's, or its own company's."""
    company = None if making.by_prescriber else making.author.id
    found = usable(making.context.dossier, making.scheme, company, making.context.today)
    return AlreadyDiagnosed(diagnosis=found) if found else None


CRITERIA_RULES: Final[tuple[MakingRule, ...]] = (criteria_are_of_the_scheme, criteria_go_together, criteria_suffice)
RENEWING_RULES: Final[tuple[MakingRule, ...]] = (person_has_no_pass, *CRITERIA_RULES)
MAKING_RULES: Final[tuple[MakingRule, ...]] = (
    author_is_not_sanctioned,
    person_has_no_pass,
    nothing_counts_already,
    *CRITERIA_RULES,
)


def made(command: MakingCommand, context: Context) -> Sequence[EligibilityCheckEvent]:
    """What a new diagnosis records."""
    match command:
        case DiagnoseForIae():
            return _diagnosed(_making(Scheme.IAE, command.criteria, context), MAKING_RULES)
        case RenewForIae():
            return _renewed(command, context)
        case DiagnoseForGeiq():
            return _diagnosed(_making(Scheme.GEIQ, command.criteria, context), MAKING_RULES)
        case RecordDiagnosis():
            return [_recorded(command, context)]
        case _:
            assert_never(command)


def author_kind(scheme: Scheme, context: Context) -> AuthorKind:
    """In what capacity the acting organisation diagnoses: one that also hires does so for itself alone."""
    acting = context.acting
    if acting is not None:
        if scheme is Scheme.IAE and is_siae(acting.kinds):
            return AuthorKind.EMPLOYER
        if scheme is Scheme.GEIQ and GEIQ in acting.kinds:
            return AuthorKind.GEIQ
        if Family.PRESCRIBER in acting.families and acting.authorised:
            return AuthorKind.PRESCRIBER
    raise MayNotDiagnose


def expiry(kind: AuthorKind, on: date) -> date:
    """The first day on which a diagnosis made on this day no longer counts."""
    return add_days(on, DAYS_OF_A_SIAE) if kind is AuthorKind.EMPLOYER else add_months(on, MONTHS)


def check(making: Making, rules: Sequence[MakingRule]) -> None:
    """Refuse what breaks a rule."""
    for rule in rules:
        making.context.insist(rule(making))


def _making(scheme: Scheme, criteria: tuple[Criterion, ...], context: Context) -> Making:
    kind = author_kind(scheme, context)
    if context.acting is None:
        raise MayNotDiagnose
    return Making(
        scheme=scheme,
        author_kind=kind,
        author=context.acting,
        criteria=selected(scheme, criteria),
        context=context,
    )


def _diagnosed(
    making: Making, rules: Sequence[MakingRule], renews: str | None = None
) -> Sequence[EligibilityCheckEvent]:
    check(making, rules)
    today = making.context.today
    for_geiq = making.scheme is Scheme.GEIQ
    diagnosed = Diagnosed(
        scheme=making.scheme,
        author_kind=making.author_kind,
        author=making.context.actor.subject,
        organisation=making.author.id,
        organisation_kinds=making.author.kinds,
        criteria=making.criteria,
        on=today,
        expires_on=expiry(making.author_kind, today),
        allowance=allowance(making.author_kind, making.criteria) if for_geiq else None,
        renews=renews,
    )
    return [diagnosed, *requested(making.criteria, making.context.at)]


def _renewed(command: RenewForIae, context: Context) -> Sequence[EligibilityCheckEvent]:
    """Any authorised prescriber may; what a SIAE said stays as it is (les-emplois §3.1)."""
    making = _making(Scheme.IAE, command.criteria, context)
    if not making.by_prescriber:
        raise MayNotDiagnose
    former = context.dossier.of(EligibilityCheck).get(command.diagnosis)
    if former is None:
        raise NoSuchDiagnosis(diagnosis=command.diagnosis)
    by_prescriber = former.scheme is Scheme.IAE and former.author_kind is AuthorKind.PRESCRIBER
    if not by_prescriber or not is_current(former, context.today):
        raise NotRenewable(diagnosis=command.diagnosis)
    return _diagnosed(making, RENEWING_RULES, renews=command.diagnosis)


def _recorded(command: RecordDiagnosis, context: Context) -> Diagnosed:
    """The other system has checked it, and certified what could be."""
    own = AuthorKind.EMPLOYER if command.scheme is Scheme.IAE else AuthorKind.GEIQ
    if command.author_kind not in {own, AuthorKind.PRESCRIBER}:
        raise AuthorIncoherent
    if command.expires_on < command.made_on:
        raise ExpiresBeforeItIsMade
    foreign = sorted(set(command.criteria) - set(LISTS[command.scheme]))
    if foreign:
        raise CriterionOfAnotherScheme(criteria=foreign)
    author = context.organisations.get(command.organisation) if command.organisation else None
    criteria = tuple(each for each in Criterion if each in command.criteria)
    return Diagnosed(
        scheme=command.scheme,
        author_kind=command.author_kind,
        author=command.author,
        organisation=command.organisation,
        organisation_kinds=author.kinds if author else (),
        criteria=criteria,
        on=command.made_on,
        expires_on=command.expires_on,
        allowance=allowance(command.author_kind, criteria) if command.scheme is Scheme.GEIQ else None,
    )
