"""Job applications, all those of a person together, because a hire concerns the others (les-emplois §4).

The dump is a snapshot, without the log of transitions. Who answered is not in it, nor when an application was put on
hold; when a cancelled hire had been agreed on shows only where it made other applications obsolete.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.dump import COMPANY, PRESCRIBER
from application.imports.les_emplois.endings import Application, Endings
from application.imports.les_emplois.hires import job_description
from application.imports.les_emplois.references import References
from application.imports.records import Lenient, Record
from application.imports.steps import Expected, Step, Told
from domain.job_application.codes import PROCESSED, Stage
from domain.job_application.commands import Submit, Transfer
from domain.job_application.refusals import (
    ApplicationsBlocked,
    AppliedRecently,
    CompanyClosed,
    InWaitingPeriod,
    MayNotSend,
    MessageNeeded,
    NobodyToAnswer,
    Sanctioned,
    SpontaneousClosed,
    SuspendedForGood,
)
from domain.vocabulary import OrganisationId, Role, Subject

#: What depends on the day of the sending, of which the dump says nothing; and who is a prescriber alone.
_SENDING: Final = frozenset(
    {
        ApplicationsBlocked,
        AppliedRecently,
        CompanyClosed,
        InWaitingPeriod,
        MayNotSend,
        MessageNeeded,
        NobodyToAnswer,
        Sanctioned,
        SpontaneousClosed,
        SuspendedForGood,
    }
)
_CANDIDATE: Final = "job_seeker"
#: By kind of sender, the field that names the organisation and its kind.
_SENDERS: Final = {
    "prescriber": ("sender_prescriber_organization", PRESCRIBER),
    "employer": ("sender_company", COMPANY),
}
#: Fields that are told in some states only: in the others they are left from an earlier life of the application.
_TOLD_IN: Final[Mapping[str, frozenset[Stage]]] = {
    "answer": frozenset({Stage.ACCEPTED, Stage.CANCELLED, Stage.REFUSED, Stage.POSTPONED, Stage.POOL}),
    "answer_to_prescriber": frozenset({Stage.REFUSED}),
    "refusal_reason": frozenset({Stage.REFUSED}),
    **dict.fromkeys(
        ("hiring_start_at", "hiring_end_at", "hired_job", "contract_type"), frozenset({Stage.ACCEPTED, Stage.CANCELLED})
    ),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent an application."""

    subject: Subject
    role: Role
    acting: OrganisationId | None


@dataclass(frozen=True, slots=True)
class Applications:
    """Tells all the applications of one person."""

    references: References
    findings: Findings

    def tell(self, records: Sequence[Record], user: Record) -> Iterator[Told]:
        """Each application that can be told; the others are listed."""
        read = [application for record in records if (application := self._read(record, user))]
        found = [replace(application, hired=self._hired(application, read)) for application in read]
        hires = {each.key: each.hired for each in found if each.hired}
        for each in found:
            others = {key: at for key, at in hires.items() if key != each.key}
            try:
                yield self._told(each, user, others)
            except Unfit as error:
                self.findings.unfit(Nature.NOT_IMPORTED, each.record.source, error)

    def _read(self, record: Record, user: Record) -> Application | None:
        try:
            stage = record.coded("state", codes.APPLICATION_STATES)
            created = record.when("created_at")
            return Application(
                record=record,
                root=f"candidate/{user.identity}",
                stage=stage,
                created=created,
                processed=record.when("processed_at") if stage in PROCESSED else None,
                company=self._organisation(record, "to_company", COMPANY, created),
            )
        except Unfit as error:
            self.findings.unfit(Nature.NOT_IMPORTED, record.source, error)
            return None

    def _hired(self, application: Application, all_of_them: Sequence[Application]) -> datetime | None:
        """When the hire was agreed on. A hire since cancelled still shows in the applications it made obsolete."""
        processed = application.processed
        if application.stage is not Stage.CANCELLED or processed is None:
            return processed if application.stage is Stage.ACCEPTED else None
        self.findings.note(Nature.SUPPOSED, application.record.source, Why.DATE_UNKNOWN, "processed_at")
        obsolete = [each.processed for each in all_of_them if each.stage is Stage.OBSOLETE and each.processed]
        between = [at for at in obsolete if application.created <= at <= processed]
        return min(between, default=application.created)

    def _told(self, application: Application, user: Record, hires: Mapping[str, datetime]) -> Told:
        endings = Endings(application, hires, self.references, self.findings)
        steps = (*self._sent(application, user), *endings.steps())
        self._say_what_is_left(application)
        state = application.stage.value
        expected = Expected(source=application.record.source, root=application.root, state=state, look=_stage)
        return Told(steps=steps, expected=(expected,))

    def _say_what_is_left(self, application: Application) -> None:
        record = application.record
        for name, stages in _TOLD_IN.items():
            if record.fields.get(name) and application.stage not in stages:
                self.findings.note(Nature.FIELD_LEFT_OUT, record.source, Why.NOT_OF_THIS_STATE, name)
        if record.fields.get("origin") not in {None, "", "default"}:
            self.findings.note(Nature.FIELD_LEFT_OUT, record.source, Why.NO_PLACE, "origin")
        if application.processed and application.processed < application.created:
            self.findings.note(Nature.CONTRADICTION, record.source, Why.BEFORE_CREATION, "processed_at")

    def _sent(self, application: Application, user: Record) -> Iterator[Step]:
        """To the present company, unless it was transferred from another one."""
        record = application.record
        lenient = Lenient(record, self.findings)
        transferred = lenient(lambda: self._transfer(record), "transferred_at")
        company = transferred[0] if transferred else application.company
        by = self._sender(record, user, application.created)
        yield application.step(
            "submit",
            self._submission(record, company),
            application.created,
            subject=by.subject,
            role=by.role,
            acting=by.acting,
            continues=False,
            may_break=_SENDING,
        )
        if transferred:
            mover = self.references.subject(lenient(lambda: record.key("transferred_by"), "transferred_by"))
            to = Transfer(to=application.company)
            yield application.step("transfer", to, transferred[1], subject=mover, acting=company)

    def _transfer(self, record: Record) -> tuple[OrganisationId, datetime] | None:
        at = record.instant("transferred_at")
        return None if at is None else (self._organisation(record, "transferred_from", COMPANY, at), at)

    def _submission(self, record: Record, company: OrganisationId) -> Submit:
        lenient = Lenient(record, self.findings)
        resume = lenient(lambda: record.key("resume"), "resume")
        jobs = lenient(lambda: record.items("selected_jobs"), "selected_jobs") or ()
        return Submit(
            company=company,
            message=lenient(lambda: record.text("message"), "message"),
            cv=f"les-emplois/file/{resume}" if resume else None,
            job_descriptions=tuple(map(job_description, jobs)),
            confirmed=True,
        )

    def _sender(self, record: Record, user: Record, at: datetime) -> Sender:
        if record.needed("sender_kind") == _CANDIDATE:
            return Sender(Subject(user.identity), Role.CANDIDATE, None)
        subject = self.references.subject(record.key("sender"))
        name, model = record.coded("sender_kind", _SENDERS)
        if model == PRESCRIBER and record.key(name) is None:
            return Sender(subject, Role.MEMBER, None)
        return Sender(subject, Role.MEMBER, self._organisation(record, name, model, at))

    def _organisation(self, record: Record, name: str, model: str, at: datetime) -> OrganisationId:
        key = record.key(name)
        if key is None:
            raise Unfit(name, Why.MISSING)
        return self.references.organisation(model, key, at, name)


def _stage(standing: Standing, journey: str | None) -> str:
    return str(standing.cases[journey].stage.value) if journey else "unknown"
