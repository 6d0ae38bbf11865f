"""Who a notice is for, by the organisations as they are when it is delivered (les-emplois §9.2)."""

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from application.directory import Directory, UnknownOrganisation
from application.notifications.notice import Delivery, Notice, Recipient, Told
from application.ports import RecordBroken
from domain.vocabulary import OrganisationId, Role, Subject

#: How many colleagues are reminded with the professional whom a request waits for (les-emplois §5.5).
COLLEAGUES: Final = 10

Members = Mapping[Subject, Role]


def deliveries(notice: Notice, directory: Directory) -> Sequence[Delivery]:
    """One for each person to tell; none if there is nobody."""
    return [Delivery(notice=notice, to=to) for to in _whom(notice.told, directory)]


def _whom(told: Told, directory: Directory) -> Sequence[Subject | None]:
    match told.recipient:
        case Recipient.CANDIDATE | Recipient.NAMED | Recipient.SUPPORT | Recipient.MAILBOX:
            return [None]
        case Recipient.ESTABLISHMENT:
            return []
        case Recipient.MEMBERS:
            return sorted(_members(told.organisation, directory))
        case Recipient.PROFESSIONAL:
            return _professional(told, directory)
        case Recipient.COLLEAGUES:
            return _with_colleagues(told, directory)
        case _:
            assert_never(told.recipient)


def _professional(told: Told, directory: Directory) -> Sequence[Subject]:
    """The administrators in the place of a professional who has left: what goes on there is theirs no longer."""
    if told.subject is None:
        return []
    members = _members(told.organisation, directory)
    if told.organisation is None or told.subject in members:
        return [told.subject]
    return [subject for subject in sorted(members) if members[subject] is Role.ADMINISTRATOR]


def _with_colleagues(told: Told, directory: Directory) -> Sequence[Subject]:
    """The professional as long as they are there, and others, administrators first."""
    ranked = _by_rank(_members(told.organisation, directory))
    return [
        *(each for each in ranked if each == told.subject),
        *[each for each in ranked if each != told.subject][:COLLEAGUES],
    ]


def _by_rank(members: Members) -> Sequence[Subject]:
    """Administrators first. Who signed in last is not known here: within a rank, any order, always the same."""
    return sorted(members, key=lambda subject: (members[subject] is not Role.ADMINISTRATOR, subject))


def _members(organisation: OrganisationId | None, directory: Directory) -> Members:
    if organisation is None:
        return {}
    try:
        return directory.members(organisation)
    except (UnknownOrganisation, RecordBroken):
        return {}
