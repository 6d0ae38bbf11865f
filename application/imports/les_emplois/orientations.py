"""Orientations towards services, in DORA's states (dora §5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.dump import COMPANY, PRESCRIBER, SERVICE, STRUCTURE
from application.imports.les_emplois.forms import Form
from application.imports.les_emplois.references import References
from application.imports.records import Record
from application.imports.steps import Expected, Step, Told
from domain.calendar import add_days, paris_day, paris_start
from domain.orientation.codes import Origin, Stage
from domain.orientation.commands import Accept, Expire, Refuse, RejectByModeration, ReleaseFromModeration, Send
from domain.orientation.refusals import (
    AlreadyOrientedThere,
    AttachmentKindNotAllowed,
    AttachmentMissing,
    AttachmentNameTooLong,
    AttachmentTooBig,
    BeforeItWasOpened,
    ContactDetailMissing,
    FieldMissing,
    NoContactPreference,
    NoRefusalReason,
    NotDue,
    ReferentIsTheBeneficiary,
    ServiceNotOrientable,
    StructureInactive,
)
from domain.orientation.state import EXPIRY_DAYS
from domain.vocabulary import Role

#: What the dump does not say of the day of the sending, or says against what its own screens ask.
_SENDING: Final = frozenset(
    {
        AlreadyOrientedThere,
        AttachmentKindNotAllowed,
        AttachmentMissing,
        AttachmentNameTooLong,
        AttachmentTooBig,
        ContactDetailMissing,
        NoContactPreference,
        ReferentIsTheBeneficiary,
        ServiceNotOrientable,
        StructureInactive,
    }
)
#: The dump holds neither the messages nor the reasons of an answer.
_ANSWERING: Final = frozenset({BeforeItWasOpened, FieldMissing, NoRefusalReason, NotDue})
_SENDERS: Final = {
    "prescriber": ("sender_prescriber_organization", PRESCRIBER),
    "employer": ("sender_company", COMPANY),
}
_DECISIONS: Final[dict[Stage, Any]] = {
    Stage.ACCEPTED: Accept(message_to_beneficiary="", message_to_prescriber=""),
    Stage.REFUSED: Refuse(reasons=(), message=""),
    Stage.EXPIRED: Expire(),
    Stage.REJECTED_BY_MODERATION: RejectByModeration(),
}


@dataclass(frozen=True, slots=True)
class Orientations:
    """Tells orientations, each on its own."""

    references: References
    findings: Findings

    def tell(self, record: Record, user: Record) -> Told:
        """Sent, released where Les emplois did not hold it, and decided. Raises `Unfit`."""
        stage = record.coded("status", codes.ORIENTATION_STATES)
        sent = record.when("created_at")
        sending = self._sending(record, user, sent)
        steps = [sending, *self._decision(record, stage, sending)]
        expected = Expected(source=record.source, root=sending.root, state=stage.value, look=_stage)
        return Told(steps=tuple(steps), expected=(expected,))

    def _sending(self, record: Record, user: Record, at: datetime) -> Step:
        name, model = record.coded("sender_kind", _SENDERS)
        key = record.key(name)
        if key is None:
            raise Unfit(name, Why.NO_ORGANISATION)
        return Step(
            source=record.source,
            name="send",
            root=f"candidate/{user.identity}",
            command=self._form(record, user, at),
            subject=self.references.subject(record.key("sender")),
            acting=self.references.organisation(model, key, at, name),
            at=at,
            may_break=_SENDING,
        )

    def _decision(self, record: Record, stage: Stage, sending: Step) -> Sequence[Step]:
        """Les emplois never holds an orientation (dora §5.4): what Parcours would hold is released at once."""
        at = sending.at
        held = stage in {Stage.HELD, Stage.REJECTED_BY_MODERATION}
        steps = [] if held else [self._step(sending, "release", ReleaseFromModeration(), at, only_from=Stage.HELD)]
        if stage in _DECISIONS:
            decided = self._decided(record, stage)
            steps.append(self._step(sending, stage.value, _DECISIONS[stage], decided))
        return steps

    def _decided(self, record: Record, stage: Stage) -> datetime:
        sent = record.when("created_at")
        decided = record.instant("processing_date") or record.instant("dora_status_updated_at")
        if decided is not None:
            if decided < sent:
                self.findings.note(Nature.CONTRADICTION, record.source, Why.BEFORE_CREATION, "processing_date")
            return decided
        by_rule = stage is Stage.EXPIRED
        why = Why.DATE_BY_RULE if by_rule else Why.DATE_UNKNOWN
        self.findings.note(Nature.SUPPOSED, record.source, why, "processing_date")
        return paris_start(add_days(paris_day(sent), EXPIRY_DAYS)) if by_rule else sent

    @staticmethod
    def _step(sending: Step, name: str, command: Any, at: datetime | None, only_from: Stage | None = None) -> Step:
        return Step(
            source=sending.source,
            name=name,
            root=sending.root,
            command=command,
            role=Role.SYSTEM if isinstance(command, Expire | ReleaseFromModeration) else Role.MEMBER,
            acting=sending.command.receiver if isinstance(command, Accept | Refuse) else None,
            at=at,
            continues=True,
            only_from=only_from,
            may_break=_ANSWERING,
        )

    def _form(self, record: Record, user: Record, at: datetime) -> Send:
        service = self._service(record)
        structure = self.references.dump.of(STRUCTURE).get(service.key("structure") or "")
        if structure is None:
            raise Unfit("service", Why.NOT_IN_THE_DUMP)
        receiver = self.references.organisation(STRUCTURE, structure.source.key, at, "service")
        form = Form(record, self.findings)
        return Send(
            origin=Origin.LES_EMPLOIS,
            service_id=service.needed("uid"),
            service_name=service.needed("name"),
            receiver=receiver,
            receiver_name=structure.needed("name"),
            attachment_required=bool(service.items("credentials") or service.items("credentials_documents")),
            contact_preferences=form.preferences(),
            available_on=form.day("beneficiary_availability"),
            weekly_hours=form.positive("duration_weekly_hours"),
            weeks=form.positive("duration_weeks"),
            situation=form.labels("situation"),
            requirements=form.labels("requirements"),
            attachments=form.attachments(),
            service_orientable=service.flag("is_orientable_with_form"),
            data_protection_commitment=record.flag("data_protection_commitment"),
            **form.people(user, self.references.dump.of("users.user").get(record.key("sender") or "")),
            **form.place(service),
        )

    def _service(self, record: Record) -> Record:
        service = self.references.dump.of(SERVICE).get(record.key("service") or "")
        if service is None:
            raise Unfit("service", Why.NOT_IN_THE_DUMP)
        return service


def _stage(standing: Standing, journey: str | None) -> str:
    return str(standing.cases[journey].stage.value) if journey else "unknown"
