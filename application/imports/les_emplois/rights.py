"""PASS IAE, each with the number and the days that it has in the dump (les-emplois §5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Source, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.dump import DIAGNOSIS
from application.imports.les_emplois.endings import Application
from application.imports.les_emplois.references import References
from application.imports.records import Lenient, Record
from application.imports.steps import Expected, Step, Told
from domain.calendar import paris_day
from domain.hiring import refusals as hiring
from domain.job_application import refusals as application
from domain.job_application.codes import Stage
from domain.pass_iae import PassIae
from domain.pass_iae.codes import Status
from domain.pass_iae.commands import RecordRight
from domain.pass_iae.reckoning import remaining_days, status
from domain.pass_iae.refusals import EndsBeforeItStarts, NumberMalformed, ValidPassExists
from domain.vocabulary import Role

#: What a right that exists in another system was issued against, whatever holds here; a company that the dump does not
#: hold is not known to be a SIAE.
_BREAKS: Final = frozenset(
    {EndsBeforeItStarts, hiring.NotASiae, application.NotASiae, NumberMalformed, ValidPassExists}
)
#: A PASS that was issued so long before a hire was agreed on was used again by it, not issued for it.
USED_AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rights:
    """Tells the PASS IAE of one person, beside the hires that the dump says stand under them.

    `day` is the dump's: each PASS should stand on it as the dump's own days say.
    """

    references: References
    findings: Findings
    day: date

    def tell(self, records: Sequence[Record], user: Record, applications: Sequence[Application]) -> Iterator[Told]:
        """Each PASS that can be told; the others are listed."""
        for record in records:
            try:
                yield self._told(record, f"candidate/{user.identity}", applications)
            except Unfit as error:
                self.findings.unfit(Nature.NOT_IMPORTED, record.source, error)

    def _told(self, record: Record, root: str, applications: Sequence[Application]) -> Told:
        starts_on, ends_on = _day(record, "start_at"), _day(record, "end_at")
        created = record.when("created_at")
        issued_for = self._issued_for(record, created, applications)
        step = Step(
            source=record.source,
            name="issue",
            root=root,
            command=self._command(record, starts_on, ends_on),
            role=Role.STAFF,
            # Never before the hire that it was issued for, which is then told that it stands under it.
            at=created if issued_for is None else max(created, issued_for.hired or created),
            naming=self._names(record, issued_for),
            may_break=_BREAKS,
        )
        expected = Expected(
            source=record.source,
            root=root,
            state=_status(starts_on, ends_on, self.day).value,
            look=_on_the_day(self.day, starts_on, ends_on),
        )
        return Told(steps=(step,), expected=(expected,))

    def _command(self, record: Record, starts_on: date, ends_on: date) -> RecordRight:
        lenient = Lenient(record, self.findings)
        kind = lenient(lambda: record.code("origin_siae_kind", codes.COMPANY_KINDS), "origin_siae_kind")
        sender = "origin_prescriber_organization_kind"
        sent_by = lenient(lambda: record.code(sender, codes.PRESCRIBER_KINDS), sender)
        return RecordRight(
            number=record.needed("number"),
            starts_on=starts_on,
            ends_on=ends_on,
            origin=record.coded("origin", codes.PASS_ORIGINS),
            company_kinds=(kind,) if kind else (),
            sender_kind=record.text("origin_sender_kind"),
            sender_kinds=(sent_by,) if sent_by else (),
        )

    def _issued_for(self, record: Record, created: datetime, applications: Sequence[Application]) -> Application | None:
        """The hire that led to it: the first one under it, unless the PASS was there long before."""
        under = [each for each in applications if _stands_under(each, record)]
        first = min(under, key=lambda each: each.hired or created, default=None)
        if first is None or first.hired is None or created < first.hired - USED_AGAIN:
            return None
        for other in under:
            if other is not first and (other.hired or created) < created:
                self.findings.note(Nature.FIELD_LEFT_OUT, other.record.source, Why.HIRED_BEFORE, "approval")
        return first

    def _names(self, record: Record, issued_for: Application | None) -> Mapping[str, Source]:
        """The journeys that it names: known once those records are told."""
        key = record.key("eligibility_diagnosis")
        made_on = self.references.dump.of(DIAGNOSIS).get(key or "")
        if key and made_on is None:
            self.findings.note(Nature.FIELD_LEFT_OUT, record.source, Why.NOT_IN_THE_DUMP, "eligibility_diagnosis")
        named = {"diagnosis": made_on, "application": issued_for.record if issued_for else None}
        return {name: other.source for name, other in named.items() if other is not None}


def _stands_under(application: Application, record: Record) -> bool:
    return application.stage is Stage.ACCEPTED and application.record.key("approval") == record.source.key


def _day(record: Record, name: str) -> date:
    day = record.day(name)
    if day is None:
        raise Unfit(name, Why.MISSING)
    return day


def _status(starts_on: date, ends_on: date, on: date) -> Status:
    """What the dump's own days say: nothing in it pauses or prolongs a PASS."""
    if ends_on < on:
        return Status.EXPIRED
    return Status.VALID if starts_on <= on else Status.FUTURE


def _on_the_day(day: date, starts_on: date, ends_on: date) -> Callable[[Standing, str | None], str]:
    """The status that is displayed on the dump's day; something else unless the remainder is the dump's too."""
    left = max((ends_on - max(day, starts_on)).days + 1, 0)

    def look(standing: Standing, journey: str | None) -> str:
        case = standing.cases[journey] if journey else PassIae()
        return status(case, day).value if remaining_days(case, day) == left else "another_remainder"

    return look


def day_of(records: Sequence[Record], otherwise: date) -> date:
    """The dump's day: that of the last diagnosis or PASS that it holds."""
    days = [paris_day(at) for record in records if (at := _created(record)) is not None]
    return max(days, default=otherwise)


def _created(record: Record) -> datetime | None:
    try:
        return record.instant("created_at")
    except Unfit:
        return None
