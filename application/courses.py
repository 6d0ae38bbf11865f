"""What happened to people as an object-centric event log (OCEL 2.0), without anything that says who they are.

Only what is named here is told: an event's name, its day and its order in the day, in what role and by which door it
came, and which journeys and organisations it concerns, each under a pseudonym. No field of an event is copied, so no
new field can leak (open-data §5). A course is a person's all the same: what has been told is personal data still.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, time, timedelta
from typing import Any, Final

from application.directory import fields_naming
from application.dossiers import Catalogue, kind_of
from application.ports import Recorded
from domain.calendar import paris_day
from domain.vocabulary import OrganisationId, RootKind

Json = Mapping[str, Any]
#: How an object takes part in an event, by object; an object takes part once.
Parts = dict[str, str]

ORGANISATION: Final = RootKind.ORGANISATION.value
CANDIDATE: Final = RootKind.CANDIDATE.value
#: What is said of an event beside its name, day and objects.
ROLE: Final = "role"
ORIGIN: Final = "origin"
#: What is said of an organisation: what it does, never its kind, which may say why somebody is followed.
FAMILIES: Final = "families"
#: An attribute that never changes has its value from here on.
ALWAYS: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, kw_only=True)
class Courses:
    """The same courses of the same record, always; under other pseudonyms when the record has grown."""

    catalogue: Catalogue
    #: Of a root (`candidate/…`, `organisation/…`): it says nothing of the root, and is another one in each export.
    pseudonym: Callable[[str], str]
    #: What is known of the organisations met so far, by pseudonym: there are thousands, whatever the number of people.
    organisations: dict[str, str] = field(default_factory=dict)

    def event_types(self) -> Sequence[Json]:
        """Every kind of event that a dossier may have."""
        told = [f"{each.name}.{event.__name__}" for each in self._journeys() for event in each.events]
        return [{"name": name, "attributes": _strings(ORIGIN, ROLE)} for name in sorted(told)]

    def object_types(self) -> Sequence[Json]:
        """Candidates, their journeys by kind, and organisations."""
        told = {each.name: _strings() for each in self._journeys()} | {ORGANISATION: _strings(FAMILIES)}
        return [{"name": name, "attributes": told[name]} for name in sorted(told)]

    def objects(self, history: Sequence[Recorded]) -> Iterator[Json]:
        """The candidate of a dossier, and each of its journeys with what its first event names."""
        candidate, met = self.pseudonym(history[0].root), {CANDIDATE}
        yield _object(candidate, CANDIDATE, {})
        names = _journeys_of(history)
        for recorded in history:
            parts = self._parts(recorded, names)
            if recorded.journey not in met:
                met.add(recorded.journey)
                itself = f"{candidate}/{recorded.journey}"
                others = {name: how for name, how in parts.items() if name != itself}
                yield _object(itself, kind_of(recorded.journey), others)

    def events(self, history: Sequence[Recorded]) -> Iterator[Json]:
        """The events of a dossier, in order. Days are true; the time of day is the order within the dossier's day."""
        candidate, names = self.pseudonym(history[0].root), _journeys_of(history)
        told = Counter[datetime]()
        for recorded in history:
            day = datetime.combine(paris_day(recorded.occurred_at), time())
            at = day + timedelta(seconds=told[day])
            told[day] += 1
            metadata = recorded.metadata
            yield {
                "id": f"{candidate}/{recorded.root_version}",
                "type": f"{kind_of(recorded.journey)}.{type(recorded.event).__name__}",
                "time": f"{at.isoformat()}Z",
                "attributes": [_value(ORIGIN, metadata.origin), _value(ROLE, metadata.actor.role.value)],
                "relationships": _relationships(self._parts(recorded, names)),
            }

    def met(self) -> Iterator[Json]:
        """The organisations that the dossiers have named, once all have been told."""
        for name, families in sorted(self.organisations.items()):
            yield _object(name, ORGANISATION, {}, [{**_value(FAMILIES, families), "time": ALWAYS}] if families else [])

    def _parts(self, recorded: Recorded, journeys: frozenset[str]) -> Parts:
        """What an event concerns: its journey, the person, what its fields name, and for whom somebody acted."""
        candidate = self.pseudonym(recorded.root)
        parts: Parts = {}
        if recorded.journey != CANDIDATE:
            parts[f"{candidate}/{recorded.journey}"] = "journey"
        parts[candidate] = CANDIDATE
        for name, value in _named(recorded.event, str, journeys):
            parts.setdefault(f"{candidate}/{value}", name)
        for name, value in _named(recorded.event, OrganisationId, None):
            parts.setdefault(self._organisation(value, ""), name)
        if acting := recorded.metadata.organisation:
            parts.setdefault(self._organisation(acting.id, "+".join(sorted(acting.families))), "acting")
        return parts

    def _organisation(self, name: str, families: str) -> str:
        known = self.pseudonym(f"{ORGANISATION}/{name}")
        self.organisations[known] = self.organisations.get(known) or families
        return known

    def _journeys(self) -> Iterator[Any]:
        return (each for each in self.catalogue.values() if each.root is RootKind.CANDIDATE)


def _journeys_of(history: Sequence[Recorded]) -> frozenset[str]:
    return frozenset(recorded.journey for recorded in history) - {CANDIDATE}


def _named(event: Any, identifier: Any, among: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    """The fields of an event that hold identifiers of a type, among those that there are if they are listed."""
    kind: Any = type(event)
    wanted = fields_naming(kind, identifier)
    for name in (each.name for each in fields(event) if each.name in wanted):
        value = getattr(event, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and (among is None or each in among):
                yield name, each


def _strings(*names: str) -> Sequence[Json]:
    return [{"name": name, "type": "string"} for name in names]


def _value(name: str, value: str) -> Json:
    return {"name": name, "value": value}


def _object(name: str, kind: str, parts: Parts, attributes: Sequence[Json] = ()) -> Json:
    return {"id": name, "type": kind, "attributes": list(attributes), "relationships": _relationships(parts)}


def _relationships(parts: Parts) -> Sequence[Json]:
    return [{"objectId": name, "qualifier": how} for name, how in parts.items()]
