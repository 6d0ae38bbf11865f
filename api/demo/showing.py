"""What to try first: lines to paste, one for each kind of user, with tokens that work for a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from api.wiring import Core
from application.dossiers import stand
from domain.catalogue import CATALOGUE
from domain.vocabulary import OrganisationId
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from projections.caseload import OpenCase, caseload

A_DAY = timedelta(days=1)


def invitations(core: Core, issuer: DevelopmentIssuer, base: str) -> Iterator[str]:
    """The lines, in order: issue a command, read a right and a history, tell people, read the indicator.

    What shows a journey that time has closed since is left out.
    """

    def bearer(subject: str, client: str) -> str:
        return f"-H 'Authorization: Bearer {issuer.issue(subject, client, DEMO_CLIENTS[client], A_DAY)}'"

    def of(shown: _Shown) -> str:
        return f"{bearer(shown.subject, 'les-emplois')} -H 'Acting-Organisation: {shown.organisation}'"

    today = core.clock.now()
    first, last = (today - timedelta(days=330)).strftime("%Y-%m"), today.strftime("%Y-%m")
    if waiting := _somebody(core, _is_new):
        yield "\n# An API client issues a command: a company studies an application (twice gives the same answer)."
        yield f"curl -sS -X POST {base}{waiting.path}/start-processing {of(waiting)} -H 'Idempotency-Key: first-steps'"
    if paused := _somebody(core, _is_paused):
        yield "\n# A company reads a PASS IAE that is paused: as_of shows it as it stood, or will stand, on any day."
        yield f"curl -sS '{base}{paused.path}?as_of={today:%Y-%m-%d}T12:00:00Z' {of(paused)}"
        yield "\n# An auditor replays the candidate's history, event by event."
        yield f"curl -sS {base}/v1/candidates/{paused.case.candidate}/history {bearer('auditor', 'audit')}"
    yield "\n# A service reads what people are to be told, and tells them itself."
    yield f"curl -sS '{base}/v1/notifications?partition=0&limit=2' {bearer('les-emplois', 'les-emplois')}"
    yield "\n# An analyst reads the indicator: who is still without a solution 30 days after being oriented?"
    indicator = f"{base}/v1/indicators/without-solution-30-days"
    yield f"curl -sS '{indicator}?from={first}&to={last}' {bearer('analyst', 'demo')}"
    yield f"\n# The documentation of the API: {base}/docs"
    yield "# Ctrl-C stops everything; the data stays.\n"


@dataclass(frozen=True, slots=True)
class _Shown:
    """An open journey, and somebody who acts on it for an organisation."""

    subject: str
    organisation: OrganisationId
    case: OpenCase

    @property
    def path(self) -> str:
        """Its address."""
        number = self.case.journey.rpartition("-")[2]
        return f"/v1/candidates/{self.case.candidate}/{CATALOGUE[self.case.kind].plural}/{number}"


def _is_new(case: OpenCase) -> bool:
    return case.stage == "new" and "receiver" in case.sides


def _is_paused(case: OpenCase) -> bool:
    return case.due_command == "RecordSuspensionEnd" and "receiver" in case.sides


def _somebody(core: Core, wanted: Callable[[OpenCase], bool]) -> _Shown | None:
    """The oldest of the journeys wanted, in the first organisation that has one; None if none has."""
    for organisation in _organisations(core):
        with core.pool.connection() as connection:
            page = caseload(connection, organisation, now=core.clock.now(), limit=500)
        found = min(filter(wanted, page.cases), key=lambda case: case.since, default=None)
        if found is not None:
            state = stand(CATALOGUE, core.log.load(f"organisation/{organisation}")).cases["organisation"]
            return _Shown(min(state.roles), organisation, found)
    return None


def _organisations(core: Core) -> Iterator[OrganisationId]:
    for partition in range(core.store.partitions):
        for recorded in core.log.read(partition, 0, 10_000):
            if recorded.root.startswith("organisation/") and recorded.root_version == 1:
                yield OrganisationId(recorded.root.partition("/")[2])
