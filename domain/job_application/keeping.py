"""How a company keeps its applications: the archive, and comments nobody else reads (les-emplois §4.5)."""

from typing import Final, assert_never

from domain.job_application.commands import (
    AddComment,
    Archive,
    ArchiveAutomatically,
    DeleteComment,
    KeepingCommand,
    Unarchive,
)
from domain.job_application.events import Archived, CommentDeleted, Commented, JobApplicationEvent, Unarchived
from domain.job_application.refusals import (
    AlreadyArchived,
    CommentEmpty,
    CommentTooLong,
    NoSuchComment,
    NotArchived,
    NotDue,
    NotYourComment,
)
from domain.job_application.state import JobApplication
from domain.job_application.table import is_due
from domain.journey import Context

#: In characters.
LONGEST_COMMENT: Final = 2000


def kept(command: KeepingCommand, case: JobApplication, context: Context) -> JobApplicationEvent:
    """What archiving or commenting records."""
    match command:
        case Archive():
            return _archived(case, context)
        case ArchiveAutomatically():
            return _archived_by_time(case, context)
        case Unarchive():
            return _unarchived(case, context)
        case AddComment():
            return _commented(command, case, context)
        case DeleteComment():
            return _comment_deleted(command, case, context)
        case _:
            assert_never(command)


def _archived(case: JobApplication, context: Context) -> Archived:
    if case.archived_at is not None:
        raise AlreadyArchived
    return Archived(at=context.at, by=context.actor.subject)


def _archived_by_time(case: JobApplication, context: Context) -> Archived:
    if not is_due(ArchiveAutomatically, case, context.at):
        context.insist(NotDue())
    return Archived(at=context.at, by=None)


def _unarchived(case: JobApplication, context: Context) -> Unarchived:
    if case.archived_at is None:
        raise NotArchived
    return Unarchived(at=context.at)


def _commented(command: AddComment, case: JobApplication, context: Context) -> Commented:
    if not command.text.strip():
        raise CommentEmpty
    if len(command.text) > LONGEST_COMMENT:
        raise CommentTooLong(longest=LONGEST_COMMENT)
    return Commented(at=context.at, number=case.last_comment + 1, author=context.actor.subject, text=command.text)


def _comment_deleted(command: DeleteComment, case: JobApplication, context: Context) -> CommentDeleted:
    if command.number not in case.comments:
        raise NoSuchComment(number=command.number)
    if case.comments[command.number].author != context.actor.subject:
        raise NotYourComment
    return CommentDeleted(at=context.at, number=command.number)
