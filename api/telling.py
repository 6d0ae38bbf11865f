"""What a webhook says of an event: what a member of the subscribed organisation may read of it, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from api.answers import conceal, plain
from application.directory import Directory, UnknownOrganisation
from application.dossiers import Catalogue, kind_of, root_kind, stand
from application.organisations import Organisations
from application.permissions.reading import Reading, View, Viewer
from application.ports import Clock, Journal, Recorded
from application.webhooks.letters import Came, Ending, Letter
from domain.calendar import paris_day
from domain.vocabulary import Actor, OrganisationId, Role, RootKind, Subject

#: Whoever reads for a subscription is no person.
WEBHOOK = Subject("webhook")


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Writes letters, from the record and from what holds at the moment of writing."""

    journal: Journal
    catalogue: Catalogue
    readers: Mapping[str, Reading]
    clock: Clock

    @cached_property
    def organisations(self) -> Organisations:
        """Every organisation, at the moment of asking."""
        return Organisations(self.journal, self.catalogue)

    def concerned(self, history: Sequence[Recorded]) -> frozenset[OrganisationId]:
        """The organisations that take part in a root, after its history so far."""
        root = history[-1].root
        if root_kind(root) is RootKind.ORGANISATION:
            return frozenset({OrganisationId(root.partition("/")[2])})
        standing = stand(self.catalogue, history)
        parties = [self.catalogue[kind_of(name)].parties(case) for name, case in standing.cases.items()]
        return frozenset(each for sides in parties for organisations in sides.values() for each in organisations)

    def sending(self, post: Callable[[Letter, bytes], Ending]) -> Callable[[Letter], Ending]:
        """How a letter is sent: written now, then posted; put away if there is nothing in it for its receiver."""

        def send(letter: Letter) -> Ending:
            body = self.write(letter)
            return Ending(came=Came.NOT_THEIRS) if body is None else post(letter, body)

        return send

    def write(self, letter: Letter) -> bytes | None:
        """The body of a letter, in JSON; None if nothing in it is for the organisation, as things stand now."""
        history = self.journal.load(letter.root)
        view = self._view(letter, history)
        event = history[letter.root_version - 1]
        name = type(event.event).__name__
        if view is None or not (view.reads(event.journey) and view.tells(event.journey, name)):
            return None
        return orjson.dumps(
            {
                "type": f"{kind_of(event.journey)}.{name}",
                "timestamp": event.recorded_at.isoformat(),
                "data": {
                    "position": f"{event.partition}.{event.offset}",
                    "root": event.root,
                    "root_version": event.root_version,
                    "journey": event.journey,
                    "journey_version": event.journey_version,
                    "occurred_at": event.occurred_at.isoformat(),
                    "recorded_at": event.recorded_at.isoformat(),
                    "event": _concealed(view, event, name),
                },
            }
        )

    def _view(self, letter: Letter, history: Sequence[Recorded]) -> View | None:
        now = self.clock.now()
        subscription = letter.subscription
        directory = Directory(organisations=self.organisations, on=paris_day(now))
        try:
            profile = directory.profile(subscription.organisation)
        except UnknownOrganisation:
            return None
        if not profile.active:
            return None
        actor = Actor(subject=WEBHOOK, client=subscription.client, role=Role.MEMBER)
        return View(
            viewer=Viewer(actor=actor, acting=profile, at=now),
            root=letter.root,
            standing=stand(self.catalogue, history),
            catalogue=self.catalogue,
            tables=self.readers,
        )


def _concealed(view: View, recorded: Recorded, name: str) -> Mapping[str, Any]:
    """The fields of an event, without those that the organisation does not read in the journey's state."""
    body = plain(recorded.event)
    closed = view.withheld(recorded.journey, view.standing.cases[recorded.journey])
    hidden = {path.rpartition(".")[2] for path in closed}
    untold = {field for field in body if not view.tells(recorded.journey, f"{name}.{field}")}
    return conceal(body, [field for field in body if field in hidden | untold])
