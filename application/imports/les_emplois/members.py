"""Who acts for an organisation: members in the order in which they joined, the first one administering it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois.dump import (
    COMPANY,
    COMPANY_MEMBER,
    INSTITUTION,
    INSTITUTION_MEMBER,
    PRESCRIBER,
    PRESCRIBER_MEMBER,
    Dump,
)
from application.imports.les_emplois.references import References
from application.imports.records import Record
from application.imports.steps import Expected, Step, Told
from domain.organisation.commands import AddMember, ChangeMemberRole, RemoveMember
from domain.vocabulary import OrganisationId, Role, Subject

#: For each kind of membership, the field that names the organisation and the organisation's own kind.
MEMBERSHIPS: Final = {
    COMPANY_MEMBER: ("company", COMPANY),
    PRESCRIBER_MEMBER: ("organization", PRESCRIBER),
    INSTITUTION_MEMBER: ("institution", INSTITUTION),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A professional in an organisation."""

    record: Record
    organisation: OrganisationId
    subject: Subject
    joined: datetime
    administers: bool
    active: bool

    @property
    def role(self) -> Role:
        """What the dump says that they are."""
        return Role.ADMINISTRATOR if self.administers else Role.MEMBER

    def step(self, name: str, command: object, at: datetime | None) -> Step:
        """Something that happens to the membership."""
        root = f"organisation/{self.organisation}"
        return Step(source=self.record.source, name=name, root=root, command=command, role=Role.STAFF, at=at)


@dataclass(frozen=True, slots=True)
class Members:
    """Tells memberships, all those of an organisation together."""

    dump: Dump
    references: References
    findings: Findings

    def tell(self) -> Iterator[Told]:
        """Everybody's membership, organisation by organisation."""
        found: dict[OrganisationId, list[Membership]] = {}
        for model, (name, organisations) in MEMBERSHIPS.items():
            for record in self.dump.of(model).values():
                try:
                    membership = self._membership(record, name, organisations)
                except Unfit as error:
                    self.findings.unfit(Nature.NOT_IMPORTED, record.source, error)
                else:
                    found.setdefault(membership.organisation, []).append(membership)
        for memberships in found.values():
            yield self._together(sorted(memberships, key=lambda each: each.joined))

    def _membership(self, record: Record, name: str, organisations: str) -> Membership:
        joined = record.instant("joined_at") or record.when("created_at")
        key, user = record.key(name), record.key("user")
        if key is None or user is None:
            raise Unfit(name if key is None else "user", Why.MISSING)
        organisation = self.references.organisation(organisations, key, joined, name)
        if (organisations, key) in self.references.held:
            self._check_dates(record, self.dump.of(organisations)[key], joined)
        return Membership(
            record=record,
            organisation=organisation,
            subject=self.references.subject(user),
            joined=joined,
            administers=record.flag("is_admin"),
            active=record.flag("is_active"),
        )

    def _check_dates(self, record: Record, organisation: Record, joined: datetime) -> None:
        if joined < organisation.when("created_at"):
            self.findings.note(Nature.CONTRADICTION, record.source, Why.BEFORE_CREATION, "joined_at")

    def _together(self, memberships: Sequence[Membership]) -> Told:
        steps = [
            each.step("join", AddMember(subject=each.subject, role=each.role), each.joined) for each in memberships
        ]
        steps += self._first_steps_back(memberships)
        steps += [self._leaving(each) for each in memberships if not each.active]
        return Told(steps=tuple(steps), expected=tuple(map(_expected, memberships)))

    def _first_steps_back(self, memberships: Sequence[Membership]) -> Sequence[Step]:
        """The first member is an administrator until the first of those named as such comes (les-emplois §1.5)."""
        first, *others = memberships
        if first.administers:
            return ()
        named = next((each for each in others if each.administers), None)
        if named is None:
            self.findings.note(Nature.STATE_NOT_REACHED, first.record.source, Why.FIRST_MEMBER, "is_admin")
            return ()
        return (first.step("step-back", ChangeMemberRole(subject=first.subject, role=Role.MEMBER), named.joined),)

    def _leaving(self, membership: Membership) -> Step:
        left = membership.record.instant("updated_at")
        if left is None:
            self.findings.note(Nature.SUPPOSED, membership.record.source, Why.DATE_UNKNOWN, "is_active")
        return membership.step("leave", RemoveMember(subject=membership.subject), left or membership.joined)


def _expected(membership: Membership) -> Expected:
    return Expected(
        source=membership.record.source,
        root=f"organisation/{membership.organisation}",
        state=membership.role.value if membership.active else "left",
        look=_role_of(membership.subject),
    )


def _role_of(subject: Subject) -> Callable[[Standing, str | None], str]:
    def look(standing: Standing, _: str | None) -> str:
        role = standing.cases["organisation"].roles.get(subject)
        return role.value if role else "left"

    return look
