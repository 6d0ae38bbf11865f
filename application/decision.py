"""One decision and all that follows from it in the same dossier."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from application.dossiers import Catalogue, Standing, kind_of
from application.numbers import Drawn
from application.policies import consequences
from application.ports import Change, Metadata
from domain.journey import Context, Journey
from domain.vocabulary import Actor, Role, Subject

PARCOURS: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What surrounds a decision."""

    root: str
    catalogue: Catalogue
    context: Context
    metadata: Metadata
    #: Numbers for what is issued.
    drawn: Drawn

    def around(self, command: Any, context: Context, journey: str, standing: Standing) -> Context:
        """What one decision among those that follow from each other may know: all that was decided before it."""
        series = self.catalogue[kind_of(journey)].draws(command)
        number = None if series is None else self.drawn.number(series)
        return replace(context, journey=journey, dossier=standing.dossier(), number=number)


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
        definition = case.catalogue[kind_of(context.journey)]
        journey = _addressed(command, context.journey, standing, definition)
        state = standing.cases.get(journey, definition.decider.initial)
        for event in definition.decider.decide(command, state, case.around(command, context, journey, standing)):
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
                there = _there(context, asked.journey)
                waiting.append((asked.command, there, follow))
    return Decision(root=case.root, journey=case.context.journey, changes=changes, after=standing)


def _there(context: Context, journey: str) -> Context:
    """What a consequence's decision knows of what it follows from."""
    return Context(
        at=context.at,
        now=context.now,
        actor=PARCOURS,
        journey=journey,
        organisations=context.organisations,
        receptions=context.receptions,
        waived=context.waived,
        imported=context.imported,
    )


def _addressed(command: Any, journey: str, standing: Standing, definition: Journey[Any, Any, Any]) -> str:
    """The journey itself, or the new one of its kind that a consequence opens."""
    opens = definition.numbered and journey == definition.name and type(command) in definition.opening
    return standing.next_of(definition.name) if opens else journey


def _caused(metadata: Metadata, cause: str) -> Metadata:
    """What is known of a consequence. The idempotency key is the request's alone: it counts for its own client.

    What follows from an import says so too; a message of another service was no message about what follows from it.
    """
    return replace(
        metadata,
        actor=PARCOURS,
        organisation=None,
        causation_id=cause,
        idempotency_key=None,
        request_digest=None,
        origin="policy",
        source=None if metadata.by_message else metadata.source,
    )
