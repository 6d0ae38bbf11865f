"""One decision and all that follows from it in the same dossier."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from application.dossiers import Catalogue, Standing, kind_of
from application.policies import consequences
from application.ports import Change, Metadata
from domain.journey import Context
from domain.vocabulary import Actor, Role, Subject

PARCOURS: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What surrounds a decision."""

    root: str
    catalogue: Catalogue
    context: Context
    metadata: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens to a root, in order, and how it stands afterwards."""

    root: str
    journey: str
    changes: Sequence[Change]
    after: Standing


def decide_with_consequences(command: Any, before: Standing, case: Case) -> Decision:
    """Decide a command, then every command that the events ask of other journeys of the dossier.

    A consequence sees the dossier with all that was decided before it. Its actor is Parcours itself, its cause the
    event.
    """
    changes: list[Change] = []
    standing = before
    waiting = deque([(command, case.context, case.metadata)])
    while waiting:
        command, context, metadata = waiting.popleft()
        journey = context.journey
        decider = case.catalogue[kind_of(journey)].decider
        state = standing.cases.get(journey, decider.initial)
        for event in decider.decide(command, state, replace(context, dossier=standing.dossier())):
            standing = standing.after(case.catalogue, journey, [event])
            changes.append(
                Change(
                    journey=journey,
                    journey_version=standing.versions[journey],
                    event=event,
                    occurred_at=context.at,
                    metadata=metadata,
                )
            )
            follow = _caused(metadata, f"{case.root}#{standing.version}")
            for asked in consequences(journey, event, standing.dossier()):
                there = Context(
                    at=context.at,
                    actor=PARCOURS,
                    journey=asked.journey,
                    organisations=case.context.organisations,
                    receptions=case.context.receptions,
                )
                waiting.append((asked.command, there, follow))
    return Decision(root=case.root, journey=case.context.journey, changes=changes, after=standing)


def _caused(metadata: Metadata, cause: str) -> Metadata:
    """What is known of a consequence. The idempotency key is the request's alone: it counts for its own client."""
    return replace(
        metadata,
        actor=PARCOURS,
        organisation=None,
        causation_id=cause,
        idempotency_key=None,
        request_digest=None,
        origin="policy",
    )
