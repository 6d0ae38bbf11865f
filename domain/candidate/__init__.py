"""Candidate: who a person is, who follows them, and where their path leads."""

from typing import Final, get_args

from domain.candidate.codes import Stage
from domain.candidate.commands import AssignTags, CandidateCommand, LeaveOrganisation, Register
from domain.candidate.events import CandidateEvent
from domain.candidate.evolution import evolve
from domain.candidate.matching import IdentifierKind, first_match, identifiers, refusal_of
from domain.candidate.rules import ACCEPTED_FROM, decide, offers
from domain.candidate.sensitivity import hidden_from
from domain.candidate.state import Candidate, parties
from domain.followed import archived
from domain.journey import Decider, Journey
from domain.vocabulary import RootKind

candidate_journey: Final[Journey[CandidateCommand, Candidate, CandidateEvent]] = Journey(
    name="candidate",
    plural="candidates",
    root=RootKind.CANDIDATE,
    numbered=False,
    opening=(Register,),
    commands=get_args(CandidateCommand),
    events=get_args(CandidateEvent),
    decider=Decider(initial=Candidate(), offers=offers, decide=decide, evolve=evolve),
    accepted_from=ACCEPTED_FROM,
    stage=lambda candidate: candidate.stage,
    parties=parties,
    consults=(LeaveOrganisation, AssignTags),
    closed=lambda candidate: candidate.stage in {Stage.CLOSED, Stage.MERGED},
)

__all__ = [
    "ACCEPTED_FROM",
    "Candidate",
    "CandidateCommand",
    "CandidateEvent",
    "IdentifierKind",
    "Stage",
    "archived",
    "candidate_journey",
    "decide",
    "evolve",
    "first_match",
    "hidden_from",
    "identifiers",
    "offers",
    "parties",
    "refusal_of",
]
