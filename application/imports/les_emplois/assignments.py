"""Who accompanies a person: assignments make organisations follow, and professionals referents (les-emplois §1.8)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from application.dossiers import Standing
from application.imports.findings import Unfit, Why
from application.imports.les_emplois.dump import COMPANY, PRESCRIBER
from application.imports.les_emplois.references import References
from application.imports.records import Record
from application.imports.steps import Expected, Step, Told
from domain.candidate.commands import AssignReferent, JoinOrganisation
from domain.followed import Referent
from domain.vocabulary import OrganisationId, Subject

_ORGANISATIONS: Final = (("prescriber_organization", PRESCRIBER), ("company", COMPANY))


@dataclass(frozen=True, slots=True)
class Assignments:
    """Tells assignments, each on its own."""

    references: References

    def tell(self, record: Record, user: Record) -> Told:
        """The organisation follows from then on, and the professional is a referent there unless nobody knows who."""
        root = f"candidate/{user.identity}"
        at = record.when("created_at")
        named = [(model, name, key) for name, model in _ORGANISATIONS if (key := record.key(name)) is not None]
        if not named and _only_registered(record, user):
            return Told(steps=(), expected=())
        if len(named) != 1:
            raise Unfit("prescriber_organization", Why.NO_ORGANISATION if not named else Why.WRONG_TYPE)
        ((model, name, key),) = named
        organisation = self.references.organisation(model, key, at, name)
        professional = record.key("professional")
        subject = self.references.subject(professional)
        unknown = record.flag("assigned_to_unknown_advisor") or professional is None
        commands = [
            ("join", JoinOrganisation(organisation=organisation)),
            *(() if unknown else [("assign", AssignReferent(referent=subject, organisation=organisation))]),
        ]
        steps = tuple(
            Step(
                source=record.source,
                name=step,
                root=root,
                command=command,
                subject=subject,
                acting=organisation,
                at=at,
            )
            for step, command in commands
        )
        state = "followed" if unknown else "accompanied"
        look = _look(organisation, subject)
        return Told(steps=steps, expected=(Expected(source=record.source, root=root, state=state, look=look),))


def _only_registered(record: Record, user: Record) -> bool:
    """Whether it says no more than who registered the person, which the registration says itself."""
    return record.text("last_action_kind") == "CREATE" and record.key("professional") == user.key("created_by")


def _look(organisation: OrganisationId, subject: Subject) -> Callable[[Standing, str | None], str]:
    def look(standing: Standing, _: str | None) -> str:
        candidate = standing.cases["candidate"]
        if Referent(referent=subject, organisation=organisation) in candidate.referents:
            return "accompanied"
        return "followed" if organisation in candidate.followers else "unknown"

    return look
