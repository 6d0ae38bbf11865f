"""The job application of Les emplois de l'inclusion: from a person to a company, up to a hire or another answer.

Eligibility checks and the PASS IAE are journeys of their own. The rules that need them are not here: the company's
sanction, the waiting period and the suspension at submission (les-emplois §4.4, rules 3, 5 and 6), steps 2 and 3 of
acceptance (§4.7), and what cancelling or moving a hire does to a PASS (§4.7, §4.8). Whether a job description is
published, and what the CV file weighs, are known where those are kept (rules 8 and 9).
"""

from typing import Final, get_args

from domain.job_application.commands import DeclareHire, JobApplicationCommand, Submit, TransferExternally
from domain.job_application.events import JobApplicationEvent
from domain.job_application.rules import decider
from domain.job_application.state import JobApplication, closed, parties, pending, shown_to_receiver
from domain.job_application.table import ACCEPTED_FROM, deadlines
from domain.journey import Journey
from domain.vocabulary import RootKind

__all__ = [
    "JobApplication",
    "JobApplicationCommand",
    "JobApplicationEvent",
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
