"""A process that is killed between any two things that it records: the next one goes on, and nothing is there twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from application.incoming.receiving import Receiving
from application.ports import Change, Claims, Journal, Recorded
from domain.vocabulary import OrganisationId
from tests.application.incoming.agenda import Json, message, rdv, seat
from tests.application.incoming.conftest import Office
from tests.application.town import NOON, told

NO_CLAIMS = Claims()


class Killed(BaseException):
    """The process is no more."""


@dataclass
class Mortal:
    """A journal whose process is killed right after so many appends, or never."""

    journal: Journal
    left: int

    def __getattr__(self, name: str) -> object:
        return getattr(self.journal, name)

    def append(
        self, root: str, expected_version: int, changes: Sequence[Change], claims: Claims = NO_CLAIMS
    ) -> Sequence[Recorded]:
        appended = self.journal.append(root, expected_version, changes, claims)
        self.left -= 1
        if self.left == 0:
            raise Killed
        return appended


def killed_after(agenda: Office, appends: int) -> bool:
    """Work until killed; answers whether it was."""
    journal: Journal = Mortal(agenda.town.journal, appends)  # type: ignore[assignment]  # the rest is the journal's own
    receiving = Receiving(desk=replace(agenda.town.desk, journal=journal), inbox=agenda.inbox, source=agenda.source)
    try:
        receiving.work_off(agenda.town.clock.now, 100)
    except Killed:
        return True
    return False


def booked(base: int) -> Json:
    return rdv(base, seat(base + 1), seat(base + 2, "excused"))


def test_killed_anywhere_the_next_one_goes_on(agenda: Office, council: OrganisationId) -> None:
    agenda.told(message("Rdv", booked(0), NOON, "created"))
    expected = [told(agenda.town.journal.load(str(agenda.root(key)))) for key in (1, 2)]
    appends = 1
    while True:
        base = 1_000 * appends
        agenda.keep(message("Rdv", booked(base), NOON, "created"))
        alive = not killed_after(agenda, appends)
        assert (len(agenda.waiting()) == 0) is alive
        agenda.work()
        assert agenda.waiting() == []
        assert [told(agenda.town.journal.load(str(agenda.root(base + key)))) for key in (1, 2)] == expected
        if alive:
            break
        appends += 1
    assert appends > sum(map(len, expected)) // 2
