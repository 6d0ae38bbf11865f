"""How a convention begins: submitted, or as the renewal of another one (immersion §2.8, §2.9)."""

from dataclasses import fields
from typing import Any, Final, assert_never

from domain.immersion.agencies import agency_named, last_word
from domain.immersion.agreeing import check_terms
from domain.immersion.codes import Stage
from domain.immersion.commands import OpeningCommand, Renew, Submit
from domain.immersion.events import Submitted
from domain.immersion.refusals import (
    NoSuchConvention,
    NoSuchDiscussion,
    NotValidated,
    NotYourConvention,
    RenewalTooEarly,
)
from domain.immersion.state import Immersion
from domain.immersion.terms import ConventionTerms, terms_of
from domain.immersion.wording import said, tidy
from domain.journey import Context
from domain.references import key_of
from domain.vocabulary import OrganisationId, Role

LONGEST_RENEWAL_JUSTIFICATION: Final = 3000


def opened(command: OpeningCommand, context: Context) -> Submitted:
    """What a new convention records."""
    match command:
        case Submit():
            terms: ConventionTerms = tidy(ConventionTerms(**terms_of(command)))
            _check_discussion(command.discussion, context)
            reference = _reference(command)
            return _submitted(terms, command.agency, context, discussion=command.discussion, reference=reference)
        case Renew():
            return _renewed(command, context)
        case _:
            assert_never(command)


def _reference(command: OpeningCommand) -> str | None:
    return None if command.reference is None else key_of(command.reference)


def _check_discussion(discussion: str | None, context: Context) -> None:
    """The discussion is a journey of its own, of which only the name is known here."""
    if discussion is None:
        return
    if not discussion.startswith("discussion-") or discussion not in context.dossier.cases:
        raise NoSuchDiscussion(discussion=discussion)


def _submitted(terms: ConventionTerms, agency: OrganisationId, context: Context, **more: Any) -> Submitted:
    check_terms(terms, context.today, context)
    named = agency_named(agency, context)
    return Submitted(
        **terms_of(terms),
        at=context.at,
        agency=named.id,
        two_steps=named.two_steps,
        validator=last_word(named),
        sender=context.acting.id if context.acting else None,
        **more,
    )


def _renewed(command: Renew, context: Context) -> Submitted:
    """Submitted today, by the rules of today, with nobody's signature (immersion §2.8, where the day was copied).

    The agency keeps the steps in which it validated the first convention: the command names no organisation.
    """
    original = context.dossier.of(Immersion).get(command.convention)
    if original is None or original.terms is None or original.agency is None or original.validator is None:
        raise NoSuchConvention(convention=command.convention)
    if original.stage is not Stage.VALIDATED:
        raise NotValidated(stage=original.stage)
    _check_agency(original, context)
    if command.starts_on <= original.terms.ends_on:
        context.insist(RenewalTooEarly(ended_on=original.terms.ends_on))
    terms = ConventionTerms(**(terms_of(original.terms) | _days(command)))
    check_terms(terms, context.today, context)
    return Submitted(
        **terms_of(terms),
        at=context.at,
        agency=original.agency,
        two_steps=original.two_steps,
        validator=original.validator,
        sender=context.acting.id if context.acting else None,
        reference=_reference(command),
        renewed_from=command.convention,
        renewal_justification=said(command.justification, LONGEST_RENEWAL_JUSTIFICATION, "justification"),
        referent_last_name=original.referent_last_name,
        referent_first_name=original.referent_first_name,
    )


def _days(command: Renew) -> dict[str, Any]:
    known = {field.name for field in fields(ConventionTerms)}
    return {field.name: getattr(command, field.name) for field in fields(command) if field.name in known}


def _check_agency(original: Immersion, context: Context) -> None:
    agencies = {original.agency, original.validator}
    if context.actor.role is not Role.STAFF and (context.acting is None or context.acting.id not in agencies):
        raise NotYourConvention
