"""Commands in the name of another service: it has happened there, and the rules of the journeys apply to it here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from application.desk import Desk, Outcome, Request
from application.directory import Directory
from application.dossiers import Standing, stand
from application.imports.steps import AGAINST
from application.matching import claim_of
from application.parties import merged_into
from application.ports import RootErased
from domain.calendar import paris_day
from domain.candidate import Candidate
from domain.journey import Refusal
from domain.references import Named, Reference, System, identifier
from domain.vocabulary import ERASED, Actor, OrganisationId, Role, RootKind, Subject


class Missing(Exception):
    """Something has to be told of first."""

    def __init__(self, reason: str, thing: str) -> None:
        """`thing`: what, as messages name it."""
        super().__init__(reason)
        self.reason = reason
        self.thing = thing


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """What one message asks of the desk.

    The service acts for organisations as their member, which they or staff make it, and are free to end; without an
    organisation it is a witness of what people did. A rule that it does not have, and that is named, does not keep what
    has happened from being recorded: the record says so.
    """

    desk: Desk
    system: System
    #: The name of the message.
    message: str
    may_break: frozenset[type[Refusal]] = frozenset()

    @property
    def subject(self) -> Subject:
        """As whom the service acts: `rdv-solidarites`."""
        return Subject(self.system.replace("_", "-"))

    def say(self, root: str, command: Any, **where: Any) -> Outcome:
        """Issue a command; `where` is what else the request says. Raises what the desk raises."""
        waived: frozenset[type[Refusal]] = frozenset()
        while True:
            try:
                return self.desk.submit(self._request(root, command, waived, where))
            except Refusal as refusal:
                if type(refusal) not in self.may_break - waived:
                    raise
                waived |= {type(refusal)}

    def standing(self, root: str) -> Standing:
        """Where a root stands. Raises `RootErased`, so that nothing is even tried about a person who was erased."""
        standing = stand(self.desk.catalogue, self.desk.journal.load(root))
        person = standing.cases.get(RootKind.CANDIDATE)
        if isinstance(person, Candidate) and person.first_name == ERASED:
            raise RootErased
        return standing

    def roots(self, of: Named, key: str) -> Sequence[str]:
        """The root that the service calls so, then those that it was merged into; empty if there is none.

        What began in a duplicate goes on in it, what is new begins in the last one. Raises `RootErased`.
        """
        claim = claim_of(identifier(of, Reference(system=self.system, key=key)), self.desk.digests)
        found = self.desk.journal.holders([claim])
        return [] if claim not in found else self._chain(found[claim])

    def _chain(self, root: str) -> Sequence[str]:
        passed = [root]
        while (kept := merged_into(self.standing(passed[-1]))) and f"{RootKind.CANDIDATE}/{kept}" not in passed:
            passed.append(f"{RootKind.CANDIDATE}/{kept}")
        return passed

    def organisation(self, key: str) -> OrganisationId:
        """The organisation that the service calls so. Raises `Missing`."""
        roots = self.roots(Named.ORGANISATION, key)
        if not roots:
            raise Missing("unknown_organisation", f"organisation/{key}")
        return OrganisationId(roots[0].partition("/")[2])

    def role(self, organisation: OrganisationId) -> Role | None:
        """What the service is in an organisation; None if it is no member of it."""
        directory = Directory(organisations=self.desk.organisations, on=paris_day(self.desk.clock.now()))
        return directory.members(organisation).get(self.subject)

    def _request(self, root: str, command: Any, waived: frozenset[type[Refusal]], where: dict[str, Any]) -> Request:
        broken = ",".join(sorted(each.__name__ for each in waived))
        return Request(
            root=root,
            command=command,
            actor=Actor(subject=self.subject, client=self.subject, role=Role.WITNESS),
            correlation_id=f"{self.subject}/{self.message}",
            origin=f"hook:{self.subject}",
            source=f"{self.message}{AGAINST}{broken}" if broken else self.message,
            waived=waived,
            **where,
        )
