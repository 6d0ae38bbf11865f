"""What to try first: lines to paste, one for each kind of user, with tokens that work for a day."""

from collections.abc import Iterator
from datetime import timedelta

from api.wiring import Core
from application.dossiers import stand
from domain.catalogue import CATALOGUE
from domain.vocabulary import OrganisationId
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from projections.caseload import OpenCase, caseload

A_DAY = timedelta(days=1)


def invitations(core: Core, issuer: DevelopmentIssuer, base: str) -> Iterator[str]:
    """The lines, in order: issue a command, replay a history, read the indicator, the documentation."""
    member, organisation, case = _somebody_waiting(core)
    address = f"{base}/v1/candidates/{case.candidate}"
    number = case.journey.rpartition("-")[2]

    def token(subject: str, client: str) -> str:
        return issuer.issue(subject, client, DEMO_CLIENTS[client], A_DAY)

    today = core.clock.now()
    first, last = (today - timedelta(days=330)).strftime("%Y-%m"), today.strftime("%Y-%m")
    yield ""
    yield "# An API client issues a command: a company starts to study an application (twice gives the same answer)."
    yield (
        f"curl -sS -X POST {address}/job-applications/{number}/start-processing"
        f" -H 'Authorization: Bearer {token(member, 'les-emplois')}'"
        f" -H 'Acting-Organisation: {organisation}' -H 'Idempotency-Key: first-steps'"
    )
    yield ""
    yield "# An auditor replays the candidate's history, event by event."
    yield f"curl -sS {address}/history -H 'Authorization: Bearer {token('auditor', 'audit')}'"
    yield ""
    yield "# An analyst reads the indicator: who is still without a solution 30 days after being oriented?"
    yield (
        f"curl -sS '{base}/v1/indicators/without-solution-30-days?from={first}&to={last}'"
        f" -H 'Authorization: Bearer {token('analyst', 'demo')}'"
    )
    yield ""
    yield f"# The documentation of the API: {base}/docs"
    yield "# Ctrl-C stops everything; the data stays."
    yield ""


def _somebody_waiting(core: Core) -> tuple[str, OrganisationId, OpenCase]:
    """A new application, the company that has it, and somebody who acts for that company."""
    for partition in range(core.store.partitions):
        for recorded in core.log.read(partition, 0, 10_000):
            if recorded.root.startswith("organisation/") and recorded.root_version == 1:
                found = _new_application(core, OrganisationId(recorded.root.partition("/")[2]))
                if found is not None:
                    return found
    raise LookupError("the demonstration has no new application")


def _new_application(core: Core, organisation: OrganisationId) -> tuple[str, OrganisationId, OpenCase] | None:
    with core.pool.connection() as connection:
        page = caseload(connection, organisation, now=core.clock.now(), limit=500)
    waiting = [case for case in page.cases if case.stage == "new" and "receiver" in case.sides]
    if not waiting:
        return None
    state = stand(CATALOGUE, core.log.load(f"organisation/{organisation}")).cases["organisation"]
    return min(state.roles), organisation, min(waiting, key=lambda case: case.since)
