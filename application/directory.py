"""Organisations as they are at the moment of a command, each looked up once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from application.organisations import Organisations
from application.permissions.check import NotAllowed
from application.ports import Recorded
from domain.journey import Refusal
from domain.organisation import Authorisation, Organisation, authorisation, members, profile, reception
from domain.rsa.categories import CategoryConfiguration
from domain.rsa.reception import Reception
from domain.vocabulary import OrganisationId, OrganisationProfile, Role, Subject


class UnknownOrganisation(Refusal):
    """No organisation has this identifier."""


class NotAMember(NotAllowed):
    """You are not an active member of the organisation that you act for."""


class OrganisationClosed(NotAllowed):
    """The organisation that you act for is closed: it takes part in no dossier any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The organisations of one decision: each is read once."""

    organisations: Organisations
    on: date
    read: dict[OrganisationId, Organisation] = field(default_factory=dict)

    def history_beside(self, organisation: OrganisationId, root: str) -> Sequence[Recorded]:
        """The history of a candidate, read together with an organisation that will be asked for."""
        history, found = self.organisations.find_beside(root, organisation)
        self._take(organisation, found)
        return history

    def profile(self, organisation: OrganisationId) -> OrganisationProfile:
        """What rules need of an organisation. Raises `UnknownOrganisation`."""
        return profile(self._organisation(organisation), organisation, self.on)

    def acting(self, organisation: OrganisationId, today: date) -> OrganisationProfile:
        """The organisation that somebody acts for: authorised only if it was on the day and still is today.

        What happened earlier is told by whoever may tell it now, so a sanction of today counts for it too. Raises
        `UnknownOrganisation`.
        """
        then, now = (profile(self._organisation(organisation), organisation, day) for day in (self.on, today))
        return replace(
            then, authorised=then.authorised and now.authorised, sanctioned=then.sanctioned or now.sanctioned
        )

    def authorisation(self, organisation: OrganisationId) -> Authorisation:
        """What has been decided of an organisation, as it holds that day. Raises `UnknownOrganisation`."""
        return authorisation(self._organisation(organisation), self.on)

    def role(self, organisation: OrganisationId, subject: Subject) -> Role:
        """The role of a professional in an organisation. Raises `NotAMember`."""
        try:
            return members(self._organisation(organisation))[subject]
        except (KeyError, UnknownOrganisation):
            raise NotAMember(organisation=organisation) from None

    def members(self, organisation: OrganisationId) -> Mapping[Subject, Role]:
        """Who can act for an organisation, in which role. Raises `UnknownOrganisation`."""
        return members(self._organisation(organisation))

    def name(self, organisation: OrganisationId) -> str:
        """What an organisation is called. Raises `UnknownOrganisation`."""
        return self._organisation(organisation).name

    def category(self, organisation: OrganisationId, category: str) -> CategoryConfiguration | None:
        """How an organisation handles a category of appointments, if it does. Raises `UnknownOrganisation`."""
        return self._organisation(organisation).categories.get(category)

    def memberships(self, subject: Subject) -> frozenset[OrganisationId]:
        """Among the organisations read so far, those in which a professional is an active member."""
        return frozenset(name for name, organisation in self.read.items() if subject in members(organisation))

    def named_by(self, command: Any) -> Mapping[OrganisationId, OrganisationProfile]:
        """Every organisation that a command names. Raises `UnknownOrganisation` with the field that names it."""
        return {name: self.profile(name) for name in map(OrganisationId, sorted(named(command, OrganisationId)))}

    def members_named_by(self, command: Any) -> Mapping[OrganisationId, frozenset[Subject]]:
        """Of the professionals that a command names, the active members of each organisation that it names."""
        people = frozenset(map(Subject, named(command, Subject)))
        organisations = map(OrganisationId, named(command, OrganisationId))
        return {name: people & members(self._organisation(name)).keys() for name in organisations} if people else {}

    def receptions(self, concerned: Iterable[OrganisationId]) -> Mapping[OrganisationId, Reception]:
        """How organisations receive people. Raises `UnknownOrganisation`."""
        return {name: reception(self._organisation(name), name, self.on) for name in sorted(set(concerned))}

    def _organisation(self, organisation: OrganisationId) -> Organisation:
        if organisation not in self.read:
            self._take(organisation, self.organisations.find(organisation))
        if organisation not in self.read:
            raise UnknownOrganisation(organisation=organisation)
        return self.read[organisation]

    def _take(self, organisation: OrganisationId, found: Organisation | None) -> None:
        if found is not None:
            self.read[organisation] = found


def named(command: Any, identifier: Any) -> Iterator[str]:
    """The identifiers of one type that a command names: in every field whose type is, or holds, that type."""
    kind: Any = type(command)
    for name in fields_naming(kind, identifier):
        value = getattr(command, name)
        for each in value if isinstance(value, tuple | frozenset) else (value,):
            if each is not None:
                yield each


@cache
def fields_naming(command: Any, identifier: Any) -> tuple[str, ...]:
    """The fields of a command or of an event whose type is, or holds, a type of identifier."""
    hints = get_type_hints(command)
    return tuple(each.name for each in fields(command) if _holds(hints[each.name], identifier))


def _holds(hint: Any, identifier: Any) -> bool:
    return hint is identifier or any(_holds(part, identifier) for part in get_args(hint))
