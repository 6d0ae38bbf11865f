"""The job application of Les emplois de l'inclusion: from a person to a company, up to a hire or another answer.

Eligibility checks, hires and the PASS IAE are journeys of their own: what these rules need of them is in `domain/iae`,
and what they ask of them in `application/hires.py`. Whether a job description is published, and what the CV file
weighs, are known where those are kept (les-emplois §4.4, rules 8 and 9).
"""

from typing import Final, get_args

from domain.job_application.commands import DeclareHire, JobApplicationCommand, Submit, TransferExternally
from domain.job_application.events import JobApplicationEvent
from domain.job_application.rules import decider
from domain.job_application.state import JobApplication, agreed_at, closed, parties, pending, shown_to_receiver
from domain.job_application.table import ACCEPTED_FROM, deadlines
from domain.journey import Journey
from domain.vocabulary import RootKind

__all__ = [
    "JobApplication",
    "JobApplicationCommand",
    "JobApplicationEvent",
    "agreed_at",
    "job_application_journey",
    "pending",
    "shown_to_receiver",
]

job_application_journey: Final[Journey[JobApplicationCommand, JobApplication, JobApplicationEvent]] = Journey(
    name="job-application",
    plural="job-applications",
    root=RootKind.CANDIDATE,
    opening=(Submit, TransferExternally, DeclareHire),
    commands=get_args(JobApplicationCommand),
    events=get_args(JobApplicationEvent),
    decider=decider,
    accepted_from=ACCEPTED_FROM,
    stage=lambda case: case.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
)
