"""Where the path leads: out to a job, to its end, or into another dossier of the same person."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from domain.candidate.commands import (
    AbsorbDuplicate,
    ClosePath,
    DeclareEmploymentFound,
    MergeInto,
    ReopenPath,
    RetractEmploymentFound,
)
from domain.candidate.events import (
    CandidateEvent,
    DuplicateAbsorbed,
    EmploymentFound,
    EmploymentRetracted,
    MergedInto,
    OrganisationJoined,
    PathClosed,
    PathReopened,
)
from domain.candidate.refusals import (
    EmploymentAlreadyDeclared,
    EmploymentBeforeEntry,
    EmploymentNotBegun,
    EmploymentNotDeclared,
    EntryInTheFuture,
    KeptIsADuplicate,
    MergedInCircles,
    UnknownCandidate,
)
from domain.candidate.state import Candidate
from domain.journey import Context

Routing = DeclareEmploymentFound | RetractEmploymentFound | ClosePath | ReopenPath | AbsorbDuplicate | MergeInto


def route(command: Routing, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """Decide what becomes of the path."""
    match command:
        case DeclareEmploymentFound():
            return [_declare(command, candidate, context.today)]
        case RetractEmploymentFound():
            return [_retract(command, candidate)]
        case ClosePath():
            return [PathClosed(reason=command.reason, on=context.today)]
        case ReopenPath():
            return [PathReopened(on=context.today)]
        case AbsorbDuplicate():
            return _absorb(command, candidate, context)
        case MergeInto():
            return _merge(command, candidate, context)
        case _:
            assert_never(command)


def _declare(command: DeclareEmploymentFound, candidate: Candidate, today: date) -> EmploymentFound:
    if command.on > today:
        raise EmploymentNotBegun(today=today)
    if candidate.entered_on is not None and command.on < candidate.entered_on:
        raise EmploymentBeforeEntry(entered_on=candidate.entered_on)
    if any(each.on == command.on for each in candidate.employments):
        raise EmploymentAlreadyDeclared(on=command.on)
    return EmploymentFound(on=command.on, kind=command.kind)


def _retract(command: RetractEmploymentFound, candidate: Candidate) -> EmploymentRetracted:
    if all(each.on != command.on for each in candidate.employments):
        raise EmploymentNotDeclared(on=command.on)
    return EmploymentRetracted(on=command.on)


def _absorb(command: AbsorbDuplicate, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """Asked again, nothing more happens."""
    if command.source in candidate.absorbed:
        return []
    if command.source_entered_on > context.today:
        raise EntryInTheFuture(today=context.today)
    earliest = min(candidate.entered_on or command.source_entered_on, command.source_entered_on)
    joined = [
        OrganisationJoined(organisation=name, departments=context.organisations[name].departments)
        for name in dict.fromkeys(command.followers)
        if name not in candidate.followers
    ]
    return [DuplicateAbsorbed(source=command.source, entered_on=earliest), *joined]


def _merge(command: MergeInto, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    if command.target in candidate.absorbed:
        raise MergedInCircles(target=command.target)
    kept = context.candidates.get(command.target)
    if not isinstance(kept, Candidate):
        raise UnknownCandidate(candidate_id=command.target)
    if kept.merged_into is not None:
        raise KeptIsADuplicate(candidate_id=command.target)
    return [MergedInto(target=command.target)]
