"""The shortest way from a sent application to the state that the dump says (les-emplois §4.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.hires import HIRE_RULES, accept
from application.imports.les_emplois.references import References
from application.imports.records import Lenient, Record
from application.imports.steps import Step
from domain.job_application.codes import RefusalReason, Stage
from domain.job_application.commands import (
    AddToPool,
    Archive,
    ArchiveAutomatically,
    CancelHire,
    Postpone,
    Refuse,
    RenderObsolete,
    Reset,
    StartProcessing,
)
from domain.job_application.refusals import AnswerNeeded, AnswerToPrescriberNeeded, NotDue, ReasonNotSelectable
from domain.vocabulary import OrganisationId, Role

#: A hire that the dump does not hold, in the place of the application that led to it.
UNKNOWN_HIRE: Final = "unknown"
#: What another hire may make obsolete on the way: that is where it ends, or it is hired from there.
_LEFT_OBSOLETE: Final = frozenset({Stage.OBSOLETE, Stage.ACCEPTED, Stage.CANCELLED})
_REFUSING: Final = frozenset({AnswerNeeded, AnswerToPrescriberNeeded, ReasonNotSelectable})


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application, as far as it must be read to be told together with the person's others."""

    record: Record
    root: str
    stage: Stage
    created: datetime
    #: Known if it was processed.
    processed: datetime | None
    company: OrganisationId
    #: When the hire was agreed on, if there was one, even a cancelled one.
    hired: datetime | None = None

    @property
    def key(self) -> str:
        """The key in the dump."""
        return self.record.source.key

    def step(self, name: str, command: Any, at: datetime, **more: Any) -> Step:
        """What comes after the sending: done by the company, nobody knows by whom."""
        given: dict[str, Any] = {"acting": self.company, "continues": True} | more
        return Step(source=self.record.source, name=name, root=self.root, command=command, at=at, **given)


@dataclass(frozen=True, slots=True)
class Endings:
    """What became of an application. `hires` are those of the person's other applications, by key."""

    application: Application
    hires: Mapping[str, datetime]
    references: References
    findings: Findings

    def steps(self) -> Iterator[Step]:
        """From the sending to the archive."""
        if self.application.stage not in _LEFT_OBSOLETE:
            yield from self._taken_up_again()
        yield from self._answered()
        yield from self._archived()

    def _later_hires(self) -> Mapping[str, datetime]:
        return {key: at for key, at in self.hires.items() if at >= self.application.created}

    def _taken_up_again(self) -> Iterator[Step]:
        """Another hire would have made it obsolete; the dump says that it is not, so somebody took it up again."""
        for key, at in sorted(self._later_hires().items(), key=lambda hire: hire[1]):
            yield self.application.step(f"reset-{key}", Reset(), at, only_from=Stage.OBSOLETE, role=Role.STAFF)

    def _answered(self) -> Iterator[Step]:
        match self.application.stage:
            case Stage.ACCEPTED | Stage.CANCELLED:
                yield from self._hire()
            case Stage.REFUSED:
                yield self._refusal()
            case Stage.OBSOLETE:
                yield self._obsolete()
            case Stage.PROCESSING | Stage.POSTPONED | Stage.POOL:
                yield self._undated()
            case Stage.PRIOR_TO_HIRE:
                self._not_reached(Why.NO_PRIOR_ACTION, "state")
            case Stage.NEW | Stage.NOT_SENT:
                pass

    def _hire(self) -> Iterator[Step]:
        application, record = self.application, self.application.record
        try:
            starts_on = record.day("hiring_start_at")
        except Unfit as error:
            self.findings.unfit(Nature.STATE_NOT_REACHED, record.source, error)
            return
        if starts_on is None or application.hired is None:
            self._not_reached(Why.MISSING, "hiring_start_at")
            return
        command = accept(record, starts_on, self.findings)
        yield application.step("accept", command, application.hired, may_break=HIRE_RULES)
        if application.stage is Stage.CANCELLED and application.processed:
            yield application.step("cancel", CancelHire(), application.processed)

    def _refusal(self) -> Step:
        record = self.application.record
        reason = record.coded("refusal_reason", codes.REFUSAL_REASONS)
        command = Refuse(
            reason=reason,
            shared=record.flag("refusal_reason_shared_with_job_seeker"),
            answer=record.text("answer") or "",
            answer_to_prescriber=record.text("answer_to_prescriber"),
        )
        role = Role.SYSTEM if reason is RefusalReason.AUTO else Role.MEMBER
        at = self.application.processed or self.application.created
        return self.application.step("refuse", command, at, role=role, may_break=_REFUSING)

    def _obsolete(self) -> Step:
        """The hire itself made it obsolete, by the policy of the dossier; only without one it has to be said."""
        later = self._later_hires().values()
        if not later:
            self.findings.note(Nature.SUPPOSED, self.application.record.source, Why.HIRE_UNKNOWN, "state")
        at = max([self.application.processed or self.application.created, *later])
        command = RenderObsolete(because_of=UNKNOWN_HIRE)
        return self.application.step("obsolete", command, at, only_from=Stage.NEW, role=Role.SYSTEM)

    def _undated(self) -> Step:
        """Nobody knows when: after the sending, and after whatever would have made it obsolete."""
        record, stage = self.application.record, self.application.stage
        self.findings.note(Nature.SUPPOSED, record.source, Why.DATE_UNKNOWN, "state")
        answer = Lenient(record, self.findings)(lambda: record.text("answer"), "answer")
        commands = {
            Stage.PROCESSING: StartProcessing(),
            Stage.POSTPONED: Postpone(answer=answer),
            Stage.POOL: AddToPool(answer=answer),
        }
        at = max([self.application.created, *self._later_hires().values()])
        return self.application.step(stage.value, commands[stage], at)

    def _archived(self) -> Iterator[Step]:
        record = self.application.record
        lenient = Lenient(record, self.findings)
        at = lenient(lambda: record.instant("archived_at"), "archived_at")
        by = lenient(lambda: record.key("archived_by"), "archived_by")
        if at and by:
            yield self.application.step("archive", Archive(), at, subject=self.references.subject(by))
        elif at:
            command = ArchiveAutomatically()
            rules = frozenset({NotDue})
            yield self.application.step("archive", command, at, acting=None, role=Role.SYSTEM, may_break=rules)

    def _not_reached(self, why: Why, name: str) -> None:
        self.findings.note(Nature.STATE_NOT_REACHED, self.application.record.source, why, name)
