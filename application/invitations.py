"""The person who holds the code of an invitation: where it leads, and in whose name they act (rdv-insertion §5.4)."""

from dataclasses import dataclass, field
from typing import Final

from application.codes import by_code, code_of, invitations, read
from application.dossiers import Catalogue, Standing, stand
from application.matching import claim_of
from application.ports import Digests, Journal
from domain.candidate import Candidate
from domain.journey import Refusal
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.state import Invitation
from domain.vocabulary import ERASED, Actor, Role, RootKind, Subject

#: Parcours itself bears witness to what the holder of a code does; no application may be called so.
HOLDER: Final = Actor(subject=Subject("invitation"), client="parcours", role=Role.WITNESS)


class LinkUnknown(Refusal):
    """This code leads nowhere: copy it as it was sent to you, or call whoever invited you."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The invitation that a code is of."""

    root: str
    journey: str
    invitation: Invitation
    standing: Standing = field(repr=False)

    @property
    def follow_up(self) -> RsaAppointment:
        """What the person was invited in."""
        case: RsaAppointment = self.standing.cases[self.journey]
        return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """Where codes lead."""

    journal: Journal
    digests: Digests
    catalogue: Catalogue

    def find(self, written: str) -> Found:
        """The invitation of a code, however it is written. Raises `LinkUnknown`, also of a person who was erased."""
        code = read(written)
        for root in self.journal.holders([claim_of(by_code(code), self.digests)]).values():
            standing = stand(self.catalogue, self.journal.load(root))
            for journey, invitation in invitations(standing) if _known(standing) else ():
                if code_of(self.digests, root, journey, invitation.number) == code:
                    return Found(root=root, journey=journey, invitation=invitation, standing=standing)
        raise LinkUnknown


def _known(standing: Standing) -> bool:
    person = standing.cases.get(RootKind.CANDIDATE)
    return isinstance(person, Candidate) and person.first_name != ERASED
