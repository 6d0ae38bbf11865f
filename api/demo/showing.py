"""What to try first: lines to paste, one for each kind of user, with tokens that work for a day."""

import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from api.demo.cast import RSA_ORIENTATION
from api.settings import DEMONSTRATION_SECRET
from api.wiring import Core
from application.codes import code_of
from application.codes import shown as grouped
from application.dossiers import kind_of, stand
from domain.accompaniment.events import Begun
from domain.catalogue import CATALOGUE
from domain.hiring.events import Started
from domain.immersion.events import AssessmentSigned
from domain.rsa_appointment.codes import Status
from domain.rsa_appointment.events import InvitationReminded, OutcomeRecorded
from domain.vocabulary import OrganisationId, Party
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from projections.caseload import OpenCase, caseload

A_DAY = timedelta(days=1)
#: The stock of the newest indicator, as an analyst asks for it.
SHOWN: Final = (
    "select dimension, modality, numerator, denominator, share from figure natural join indicator where newest"
    " and indicator = 'without-solution-30-days' and measure = 'stock' and status = 'published'"
)


def invitations(core: Core, issuer: DevelopmentIssuer, base: str) -> Iterator[str]:
    """The lines, in order: issue a command, read a right and dossiers, tell people, read the indicator.

    What shows a journey that time has closed since is left out.
    """
    paste = _Paste(issuer=issuer, base=base)
    yield from _of_hires(core, paste)
    yield from _of_people(core, paste)
    yield "\n# A service reads what people are to be told, and tells them itself."
    yield f"curl -sS '{base}/v1/notifications?partition=0&limit=2' {paste.bearer('les-emplois', 'les-emplois')}"
    yield from _of_hooks(core, paste)
    yield "\n# An analyst reads the indicator: who is still without a solution 30 days after being oriented?"
    today = core.clock.now()
    months = f"from={today - timedelta(days=330):%Y-%m}&to={today:%Y-%m}"
    indicator = f"{base}/v1/indicators/without-solution-30-days?{months}"
    yield f"curl -sS '{indicator}' {paste.bearer('analyst', 'demo')}"
    yield "\n# An analyst who may see no person reads it in SQL, a minute from now."
    yield f'.venv/bin/parcours psql -c "{SHOWN}"'
    yield f"\n# The same figures to look at, with everybody else's: {base}/dashboard"
    yield f"# The documentation of the API: {base}/docs"
    yield "# Ctrl-C stops everything; the data stays.\n"


def _of_hires(core: Core, paste: "_Paste") -> Iterator[str]:
    if waiting := _somebody(core, _is_new):
        yield "\n# An API client issues a command: a company studies an application (twice gives the same answer)."
        command = f"{paste.base}{waiting.path}/start-processing"
        yield f"curl -sS -X POST {command} {paste.of(waiting)} -H 'Idempotency-Key: first-steps'"
    if paused := _somebody(core, _is_paused):
        yield "\n# A company reads a PASS IAE that is paused: as_of shows it as it stood, or will stand, on any day."
        yield f"curl -sS '{paste.base}{paused.path}?as_of={core.clock.now():%Y-%m-%d}T12:00:00Z' {paste.of(paused)}"
        yield "\n# An auditor replays the candidate's history, event by event."
        yield f"curl -sS {paste.base}{paused.dossier}/history {paste.bearer('auditor', 'audit')}"


def _of_people(core: Core, paste: "_Paste") -> Iterator[str]:
    if oriented := _whose(core, "rsa-appointment-1", InvitationReminded, OutcomeRecorded, Begun):
        yield "\n# A council reads of somebody invited, reminded, expected, missed, invited again, there, accompanied."
        yield f"curl -sS {paste.base}{oriented.dossier}/timeline {paste.of(oriented)}"
    if awaited := _somebody(core, _is_invited):
        yield "\n# Somebody who was invited reads, without an account and by the code of the link, what to do."
        yield f"curl -sS {paste.base}/v1/invitation -H 'Invitation-Code: {_code(core, awaited)}'"
    if hired := _whose(core, "immersion-1", AssessmentSigned, Started):
        yield "\n# A mission locale reads of an immersion: asked for, signed, validated, assessed, and hired after it."
        yield f"curl -sS {paste.base}{hired.dossier}/timeline {paste.of(hired)}"


def _of_hooks(core: Core, paste: "_Paste") -> Iterator[str]:
    """Somebody whom nobody knows here takes an appointment there."""
    now = core.clock.now()
    person = {"id": 82821, "first_name": "Maya", "last_name": "Le Gall", "email": "maya.le.gall@example.org"}
    told = {
        "id": 22,
        "starts_at": (now + timedelta(days=3)).isoformat(timespec="seconds"),
        "duration_in_min": 30,
        "organisation": {"id": 52},
        "motif": {
            "name": "RSA orientation",
            "location_type": "phone",
            "motif_category": {"short_name": RSA_ORIENTATION.category},
        },
        "participations": [{"status": "unknown", "created_by": "user", "user": person}],
    }
    meta = {"model": "Rdv", "event": "created", "timestamp": now.isoformat(timespec="milliseconds")}
    body = json.dumps({"data": told, "meta": meta})
    sign = hmac.digest(DEMONSTRATION_SECRET.encode(), body.encode(), "sha256").hex()
    headers = f"-H 'Content-Type: application/json' -H 'X-Lapin-Signature: {sign}'"
    yield "\n# RDV-Solidarités tells of an appointment, signed; recorded within seconds, and once if sent twice."
    yield f"curl -sS -X POST {paste.base}/v1/hooks/rdv-solidarites {headers} -d '{body}'"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paste:
    """Lines for a shell, with tokens in them."""

    issuer: DevelopmentIssuer
    base: str

    def bearer(self, subject: str, client: str) -> str:
        """Who asks, through which application."""
        return f"-H 'Authorization: Bearer {self.issuer.issue(subject, client, DEMO_CLIENTS[client], A_DAY)}'"

    def of(self, shown: "_Shown") -> str:
        """Somebody who asks for their organisation."""
        return f"{self.bearer(shown.subject, 'les-emplois')} -H 'Acting-Organisation: {shown.organisation}'"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A journey, and somebody who acts on it for an organisation."""

    subject: str
    organisation: OrganisationId
    root: str
    journey: str

    @property
    def dossier(self) -> str:
        """The address of the dossier."""
        kind, _, name = self.root.partition("/")
        return f"/v1/{kind}s/{name}"

    @property
    def path(self) -> str:
        """The address of the journey."""
        return f"{self.dossier}/{CATALOGUE[kind_of(self.journey)].plural}/{self.journey.rpartition('-')[2]}"


def _is_new(case: OpenCase) -> bool:
    return case.stage == "new" and "receiver" in case.sides


def _is_paused(case: OpenCase) -> bool:
    return case.due_command == "RecordSuspensionEnd" and "receiver" in case.sides


def _is_invited(case: OpenCase) -> bool:
    return case.status == Status.INVITATION_PENDING


def _code(core: Core, shown: "_Shown") -> str:
    """The code of the last invitation of a follow-up."""
    last = stand(CATALOGUE, core.log.load(shown.root)).cases[shown.journey].invitations[-1]
    return grouped(code_of(core.desk.digests, shown.root, shown.journey, last.number))


def _somebody(core: Core, wanted: Callable[[OpenCase], bool]) -> _Shown | None:
    """The oldest of the journeys wanted, in the first organisation that has one; None if none has."""
    for organisation in _organisations(core):
        with core.pool.connection() as connection:
            page = caseload(connection, organisation, now=core.clock.now(), limit=500)
        found = min(filter(wanted, page.cases), key=lambda case: case.since, default=None)
        if found is not None:
            return _shown(core, organisation, f"candidate/{found.candidate}", found.journey)
    return None


def _whose(core: Core, journey: str, *happened: type[Any]) -> _Shown | None:
    """The newest dossier in which all of this happened, and who receives the person in one of its journeys; or None."""
    seen: dict[str, set[type[Any]]] = {}
    for partition in range(core.store.partitions):
        for recorded in core.log.read(partition, 0, 10_000):
            seen.setdefault(recorded.root, set()).add(type(recorded.event))
    found = max((root for root, events in seen.items() if events.issuperset(happened)), default=None)
    if found is None:
        return None
    state = stand(CATALOGUE, core.log.load(found)).cases[journey]
    return _shown(core, min(CATALOGUE[kind_of(journey)].parties(state)[Party.RECEIVER]), found, journey)


def _shown(core: Core, organisation: OrganisationId, root: str, journey: str) -> _Shown:
    state = stand(CATALOGUE, core.log.load(f"organisation/{organisation}")).cases["organisation"]
    return _Shown(subject=min(state.roles), organisation=organisation, root=root, journey=journey)


def _organisations(core: Core) -> Iterator[OrganisationId]:
    for partition in range(core.store.partitions):
        for recorded in core.log.read(partition, 0, 10_000):
            if recorded.root.startswith("organisation/") and recorded.root_version == 1:
                yield OrganisationId(recorded.root.partition("/")[2])
