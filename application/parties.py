"""What a permission looks at in a dossier: who takes part in it, and on which side."""

from typing import Any

from application.dossiers import Catalogue, Standing, kind_of, root_kind
from application.permissions.check import Asked
from domain.candidate import Candidate
from domain.journey import Context
from domain.vocabulary import CandidateId, OrganisationId, Parties, Party, RootKind


def question(catalogue: Catalogue, root: str, command: Any, context: Context, standing: Standing) -> Asked:
    """The question whether a command may be issued, as permissions answer it."""
    parties = {journey: _parties(catalogue, root, journey, state) for journey, state in standing.cases.items()}
    person = _person(standing)
    return Asked(
        actor=context.actor,
        acting=context.acting,
        member_of=context.member_of,
        command=command,
        journey=parties.get(context.journey, {}),
        dossier=tuple(parties.values()),
        account=person.account if person else None,
    )


def merged_into(standing: Standing) -> CandidateId | None:
    """The dossier in which everything new goes on, if this one is a duplicate of it."""
    person = _person(standing)
    return person.merged_into if person else None


def _person(standing: Standing) -> Candidate | None:
    person = standing.cases.get(RootKind.CANDIDATE)
    return person if isinstance(person, Candidate) else None


def _parties(catalogue: Catalogue, root: str, journey: str, state: Any) -> Parties:
    if root_kind(root) is RootKind.ORGANISATION:
        return {Party.ITSELF: frozenset({OrganisationId(root.partition("/")[2])})}
    return catalogue[kind_of(journey)].parties(state)
