"""What a company answers, and what its silence answers for it (les-emplois §4.6)."""

from typing import Final, assert_never

from domain.job_application.codes import RefusalReason, SenderKind, selectable
from domain.job_application.commands import (
    AddToPool,
    AnsweringCommand,
    Postpone,
    Refuse,
    RefuseAutomatically,
    StartProcessing,
)
from domain.job_application.events import AddedToPool, JobApplicationEvent, Postponed, ProcessingStarted, Refused
from domain.job_application.refusals import AnswerNeeded, AnswerToPrescriberNeeded, NotDue, ReasonNotSelectable
from domain.job_application.state import JobApplication
from domain.job_application.table import is_due
from domain.journey import Context

#: What the person is told when nobody answered: recorded as it was said, in the language it is said in.
AUTOMATIC_ANSWER: Final = (
    "Bonjour, l'entreprise n'a pas répondu à votre candidature dans le délai de 60 jours : "
    "elle est automatiquement déclinée. Vous pouvez continuer à postuler auprès d'autres entreprises."
)


def answered(command: AnsweringCommand, case: JobApplication, context: Context) -> JobApplicationEvent:
    """What an answer records."""
    match command:
        case StartProcessing():
            return ProcessingStarted(at=context.at)
        case Postpone():
            return Postponed(at=context.at, answer=command.answer)
        case AddToPool():
            return AddedToPool(at=context.at, answer=command.answer)
        case Refuse():
            return _refused(command, case, context)
        case RefuseAutomatically():
            return _refused_by_time(case, context)
        case _:
            assert_never(command)


def _refused(command: Refuse, case: JobApplication, context: Context) -> Refused:
    """The prescriber's answer is kept only if there is a prescriber: one wizard may answer many applications."""
    by_prescriber = case.sender_kind is SenderKind.PRESCRIBER
    if command.reason not in selectable(case.company_kinds):
        context.insist(ReasonNotSelectable(reason=command.reason))
    if not command.answer.strip():
        context.insist(AnswerNeeded())
    if by_prescriber and not (command.answer_to_prescriber or "").strip():
        context.insist(AnswerToPrescriberNeeded())
    return Refused(
        at=context.at,
        reason=command.reason,
        shared=command.shared,
        answer=command.answer,
        answer_to_prescriber=command.answer_to_prescriber if by_prescriber else None,
    )


def _refused_by_time(case: JobApplication, context: Context) -> Refused:
    if not is_due(RefuseAutomatically, case, context.at):
        context.insist(NotDue())
    return Refused(at=context.at, reason=RefusalReason.AUTO, shared=True, answer=AUTOMATIC_ANSWER)
