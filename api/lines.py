"""What is answered of a list, line by line: in codes and identifiers, never in the words of the list."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from psycopg import OperationalError

from api.problems import plain, sentence, slug
from application.imports.lists.following import FollowUpCame, FollowUpTold, InvitationCame
from application.imports.lists.list import BeneficiaryList
from application.imports.lists.saving import Came, Saving, Told
from domain.journey import Refusal

#: What is counted of follow-ups and invitations.
OPENED: Final = "follow_ups_opened"
INVITED: Final = "invited"
NOT_INVITED: Final = "not_invited"
FOLLOWED: Final = (OPENED, INVITED, NOT_INVITED)


def answers(work: Saving, beneficiaries: BeneficiaryList, lang: str) -> Iterator[Mapping[str, Any]]:
    """What is said of the columns, then of each row as it is saved, then the totals."""
    columns = {column.value: place + 1 for column, place in beneficiaries.columns.items()}
    yield {"preview": work.preview, "columns": columns, "columns_left_out": beneficiaries.left_out}
    came = Counter(dict.fromkeys(Came, 0))
    followed = Counter(dict.fromkeys(FOLLOWED if work.following else (), 0))
    stopped: Mapping[str, Any] = {}
    try:
        for row in beneficiaries.rows:
            told = work.save(row)
            came[told.came] += 1
            followed.update(_followed(told))
            yield row_body(told, lang)
    except OperationalError:
        stopped = {"stopped": "unavailable"}
    numbers = {each.value: number for each, number in came.items()}
    yield {"rows": came.total(), **numbers, **followed, **stopped}


def _followed(told: Told) -> Iterator[str]:
    """What a row counts for: a follow-up that was opened, and a person who was invited or could not be by any way."""
    if told.follow_up is None:
        return
    if told.follow_up.came is FollowUpCame.OPENED:
        yield OPENED
    ways = {each.came for each in told.follow_up.invitations}
    if InvitationCame.INVITED in ways:
        yield INVITED
    elif ways == {InvitationCame.REFUSED}:
        yield NOT_INVITED


def row_body(told: Told, lang: str) -> Mapping[str, Any]:
    """What is answered of a row: never a word of the row itself."""
    body: dict[str, Any] = {"row": told.row, "came": told.came, "candidate_id": told.candidate}
    body |= _problem(told.refusal, lang)
    if told.follow_up is not None:
        body["follow_up"] = _follow_up(told.follow_up, lang)
    left_out = [*told.unread, *told.hidden]
    return {**body, "left_out": left_out} if left_out else body


def _follow_up(told: FollowUpTold, lang: str) -> Mapping[str, Any]:
    invitations = [
        {"channel": each.channel, "came": each.came, **_problem(each.refusal, lang)} for each in told.invitations
    ]
    return {"came": told.came, "journey": told.journey, **_problem(told.refusal, lang), "invitations": invitations}


def _problem(refusal: Refusal | None, lang: str) -> Mapping[str, Any]:
    if refusal is None:
        return {}
    kind = type(refusal)
    details = {name: plain(value) for name, value in refusal.details.items()}
    return {"problem": {"type": f"/problems/{slug(kind)}", "title": sentence(kind, lang), "details": details}}
