"""What a caller may read of a dossier: the journeys they take part in, the person themself, auditors, staff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.service import Service
from application.desk import Outcome, UnknownJourney
from application.directory import Directory
from application.dossiers import Standing, stand
from application.permissions.reading import View, Viewer
from application.ports import Recorded
from domain.calendar import paris_day
from domain.vocabulary import OrganisationId
from infrastructure.identity.principal import Principal, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads, and for which organisation."""

    principal: Principal
    acting: OrganisationId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The history of a dossier, and what the reader may see of it."""

    history: Sequence[Recorded]
    view: View


def open_dossier(service: Service, reader: Reader, root: str) -> Opened:
    """The history of a dossier of which the reader may read something.

    Raises `UnknownJourney` if there is none, or if nothing in it is for the reader: the two look the same from outside,
    so that nobody learns whose dossier exists. Raises `NotAMember` if the reader does not act for the organisation.
    """
    looking = viewer(service, reader)
    history = service.journal.load(root)
    view = view_of(service, looking, root, stand(service.catalogue, history))
    if not view.reads_something():
        raise UnknownJourney(root)
    return Opened(history=history, view=view)


def view_of(service: Service, looking: Viewer, root: str, standing: Standing) -> View:
    """A dossier as somebody sees it."""
    return View(viewer=looking, root=root, standing=standing, catalogue=service.catalogue, tables=service.readers)


def viewer(service: Service, reader: Reader) -> Viewer:
    """Who looks. Raises `NotAMember` if they do not act for the organisation; auditors and staff need not."""
    now = service.clock.now()
    actor, sees_all = reader.principal.actor, _sees_all(reader.principal)
    if reader.acting is None or sees_all:
        return Viewer(actor=actor, acting=None, at=now, sees_all=sees_all)
    directory = Directory(organisations=service.desk.organisations, on=paris_day(now))
    role = directory.role(reader.acting, actor.subject)
    return Viewer(actor=replace(actor, role=role), acting=directory.profile(reader.acting), at=now)


def answered_to(service: Service, principal: Principal, outcome: Outcome) -> View:
    """The dossier as whoever issued a command sees it afterwards."""
    looking = Viewer(actor=outcome.actor, acting=outcome.acting, at=service.clock.now(), sees_all=_sees_all(principal))
    return view_of(service, looking, outcome.root, outcome.standing)


def _sees_all(principal: Principal) -> bool:
    return bool(principal.scopes & {Scope.AUDIT, Scope.STAFF})
