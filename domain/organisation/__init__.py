"""Organisation: what it is, what it is authorised for, where it acts, and who acts for it."""

from typing import Final, get_args

from domain.journey import Decider, Journey
from domain.organisation.commands import Create, OrganisationCommand
from domain.organisation.events import OrganisationEvent
from domain.organisation.evolution import evolve
from domain.organisation.kinds import FAMILY_OF, Kind
from domain.organisation.rules import ACCEPTED_FROM, decide, offers
from domain.organisation.state import (
    Authorisation,
    Organisation,
    Stage,
    authorisation,
    deadlines,
    identifiers,
    members,
    profile,
    reception,
)
from domain.vocabulary import Parties, RootKind


def parties(_: Organisation) -> Parties:
    """Nobody but itself: the root's own name says which organisation that is."""
    return {}


organisation_journey: Final[Journey[OrganisationCommand, Organisation, OrganisationEvent]] = Journey(
    name="organisation",
    plural="organisations",
    root=RootKind.ORGANISATION,
    numbered=False,
    opening=(Create,),
    commands=get_args(OrganisationCommand),
    events=get_args(OrganisationEvent),
    decider=Decider(initial=Organisation(), offers=offers, decide=decide, evolve=evolve),
    accepted_from=ACCEPTED_FROM,
    stage=lambda organisation: organisation.stage,
    parties=parties,
    deadlines=deadlines,
    closed=lambda organisation: organisation.stage is Stage.CLOSED,
)

__all__ = [
    "ACCEPTED_FROM",
    "FAMILY_OF",
    "Authorisation",
    "Kind",
    "Organisation",
    "OrganisationCommand",
    "OrganisationEvent",
    "Stage",
    "authorisation",
    "deadlines",
    "decide",
    "evolve",
    "identifiers",
    "members",
    "offers",
    "organisation_journey",
    "parties",
    "profile",
    "reception",
]
