"""A duplicate is merged in two steps, each in its own dossier; the second one follows the first, whatever is killed."""

from collections.abc import Iterable

from application.desk import Desk
from application.dossiers import stand
from application.errands import Came, Errand, run
from application.ports import RecordBroken
from domain.candidate import Candidate
from domain.candidate.commands import AbsorbDuplicate
from domain.vocabulary import CandidateId, RootKind


def finish(desk: Desk, duplicates: Iterable[CandidateId]) -> int:
    """Let the kept dossiers take over what these duplicates are worth; answers how many did."""
    errands = [errand for duplicate in duplicates if (errand := _errand(desk, duplicate)) is not None]
    return [run(desk, errand) for errand in errands].count(Came.RECORDED)


def _errand(desk: Desk, source: CandidateId) -> Errand | None:
    try:
        duplicate, kept = _person(desk, source), _kept(desk, source)
    except RecordBroken:
        return None
    if duplicate is None or duplicate.entered_on is None or kept is None:
        return None
    absorb = AbsorbDuplicate(
        source=source, source_entered_on=duplicate.entered_on, followers=tuple(duplicate.followers)
    )
    return Errand(root=_root(kept), journey=RootKind.CANDIDATE, command=absorb, key=f"absorb/{source}")


def _kept(desk: Desk, duplicate: CandidateId) -> CandidateId | None:
    """Where everything goes on: the kept dossier may have been merged itself before it took this one over."""
    passed = [duplicate]
    while (person := _person(desk, passed[-1])) is not None and person.merged_into not in passed:
        if person.merged_into is None:
            return passed[-1] if len(passed) > 1 else None
        passed.append(person.merged_into)
    return None


def _person(desk: Desk, candidate: CandidateId) -> Candidate | None:
    person = stand(desk.catalogue, desk.journal.load(_root(candidate))).cases.get(RootKind.CANDIDATE)
    return person if isinstance(person, Candidate) else None


def _root(candidate: CandidateId) -> str:
    return f"{RootKind.CANDIDATE}/{candidate}"
