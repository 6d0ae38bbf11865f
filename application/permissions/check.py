"""Whether an actor may issue a command, and the reason when not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from application.permissions.grant import Grant, Reach
from domain.journey import Refusal
from domain.vocabulary import Actor, OrganisationId, OrganisationProfile, Parties, Party, Role, Subject

_SYSTEM: Final = frozenset({Role.SYSTEM})


class NotAllowed(Refusal):
    """You are not allowed to do this."""


class NotYourRole(NotAllowed):
    """Your role does not allow this."""


class OnlyTheSystem(NotAllowed):
    """Only Parcours itself does this, when the time has come or as a consequence of something else."""


class NotYourKindOfOrganisation(NotAllowed):
    """Organisations of this kind may not do this."""


class OrganisationNotAuthorised(NotAllowed):
    """Your organisation needs an authorisation in force to do this."""


class NotYourDossier(NotAllowed):
    """Your organisation takes no part in this dossier, or not on the side that may do this."""


class NotInItsName(NotAllowed):
    """Act for the organisation that you name: its kind and its authorisation count."""


class NotMemberOfTheOther(NotAllowed):
    """You must also be an active member of the other organisation that is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a permission is checked against."""

    actor: Actor
    acting: OrganisationProfile | None
    member_of: frozenset[OrganisationId]
    command: Any
    #: Who takes part in the journey addressed, and in the whole dossier.
    journey: Parties
    dossier: Sequence[Parties]
    #: The candidate's own account, where the dossier has one.
    account: Subject | None


def check(grants: Iterable[Grant], asked: Asked) -> None:
    """Pass if one grant holds; else raise the reason of the grant that came closest to holding."""
    closest: tuple[int, type[NotAllowed]] = (-1, NotAllowed)
    for grant in grants:
        missing = _first_missing(grant, asked)
        if missing is None:
            return
        closest = max(closest, missing, key=lambda found: found[0])
    raise closest[1]


def holds(grants: Iterable[Grant], asked: Asked) -> bool:
    """Whether one grant holds, for those who do not ask why none does."""
    return any(_first_missing(grant, asked) is None for grant in grants)


def _first_missing(grant: Grant, asked: Asked) -> tuple[int, type[NotAllowed]] | None:
    for step, (met, reason) in enumerate(CONDITIONS):
        if not met(grant, asked):
            return step, OnlyTheSystem if step == 0 and grant.roles == _SYSTEM else reason
    return None


def _right_role(grant: Grant, asked: Asked) -> bool:
    return asked.actor.role in grant.roles


def _right_family(grant: Grant, asked: Asked) -> bool:
    acting = asked.acting
    return not grant.families or (acting is not None and not grant.families.isdisjoint(acting.families))


def _authorised_enough(grant: Grant, asked: Asked) -> bool:
    return not grant.authorised or (asked.acting is not None and asked.acting.authorised)


def _within_reach(grant: Grant, asked: Asked) -> bool:
    if grant.reach is Reach.ANY:
        return True
    if grant.reach is Reach.OWN:
        return asked.account is not None and asked.account == asked.actor.subject
    if asked.acting is None:
        return False
    if grant.reach is Reach.JOURNEY:
        return takes_part(asked.acting.id, [asked.journey], grant.parties)
    return takes_part(asked.acting.id, asked.dossier, frozenset(Party))


def takes_part(organisation: OrganisationId, journeys: Iterable[Parties], sides: frozenset[Party]) -> bool:
    """Tell whether an organisation stands on one of the sides of one of the journeys."""
    return any(organisation in parties.get(side, ()) for parties in journeys for side in sides)


def _in_its_name(grant: Grant, asked: Asked) -> bool:
    named = None if grant.in_the_name_of is None else getattr(asked.command, grant.in_the_name_of)
    return named is None or (asked.acting is not None and named == asked.acting.id)


def _member_of_the_other(grant: Grant, asked: Asked) -> bool:
    return grant.also_member_of is None or getattr(asked.command, grant.also_member_of) in asked.member_of


#: What a grant asks, in this order, and the reason that is told when it is missing.
CONDITIONS: Final[Sequence[tuple[Callable[[Grant, Asked], bool], type[NotAllowed]]]] = (
    (_right_role, NotYourRole),
    (_right_family, NotYourKindOfOrganisation),
    (_authorised_enough, OrganisationNotAuthorised),
    (_within_reach, NotYourDossier),
    (_in_its_name, NotInItsName),
    (_member_of_the_other, NotMemberOfTheOther),
)
