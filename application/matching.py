"""Nobody is registered twice: what identifies a root is claimed, by keyed digests, as it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from application.codes import new_codes
from application.dossiers import Catalogue, Standing, stand
from application.ports import Claim, Claims, ClaimTaken, Digests, Journal
from domain import candidate, organisation
from domain.candidate import Candidate
from domain.candidate.refusals import MergedInCircles
from domain.iae.right import NUMBER, numbers
from domain.identifiers import Identifier
from domain.immersion.state import Immersion, named
from domain.journey import Dossier, Refusal
from domain.organisation import Organisation
from domain.organisation.refusals import AlreadyExists, ServiceTaken
from domain.organisation.state import SERVICE
from domain.pass_iae.refusals import NumberTaken
from domain.references import Named, ReferenceTaken, identifier, readable, reference_of
from domain.rsa_appointment import RsaAppointment, seats
from domain.rsa_appointment.refusals import SeatTaken
from domain.seats import MOST_SEATS, SEAT, Seated, seat
from domain.vocabulary import CandidateId, RootKind

#: Two dossiers, each merged into the other at the same moment, would both be lost: the pair is claimed.
MERGED_PAIR: Final = "merged_pair"
#: What is answered where the kind of the claim says it all.
_TAKEN: Final[Mapping[str, type[Refusal]]] = {
    NUMBER: NumberTaken,
    **{reference_of(named): ReferenceTaken for named in Named},
    SEAT: SeatTaken,
    SERVICE: ServiceTaken,
}


def claim_of(identifier: Identifier, digests: Digests) -> Claim:
    """The claim on what identifies a root."""
    digest = digests.digest(f"{identifier.scope}/{identifier.kind}", identifier.value)
    return Claim(scope=identifier.scope, kind=identifier.kind, digest=digest)


def _conventions(dossier: Dossier) -> frozenset[Identifier]:
    """What Immersion facilitée calls the conventions of a dossier."""
    called = [reference for case in dossier.of(Immersion).values() if (reference := named(case)) is not None]
    return frozenset(identifier(Named.CONVENTION, each) for each in called if readable(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What a decision claims and gives back, and what it means when somebody else holds it."""

    journal: Journal
    digests: Digests
    catalogue: Catalogue
    root: str

    def claims(self, before: Standing, after: Standing) -> Claims:
        """The claims that a decision takes, and those that it gives back."""
        held, wanted = self._identifiers(before), self._identifiers(after)
        taken = (wanted - held) | new_codes(self.digests, self.root, before, after)
        return Claims(take=frozenset(map(self._claim, taken)), release=frozenset(map(self._claim, held - wanted)))

    def refusal(self, after: Standing, taken: ClaimTaken) -> Refusal:
        """Why the decision cannot be: who has been recorded already, by the first identifier that matches."""
        claimed = self._claimed(after)
        holders = {claimed[claim]: root for claim, root in taken.held.items() if claim in claimed}
        kinds = {identifier.kind for identifier in holders}
        for kind, refusal in _TAKEN.items():
            if kind in kinds:
                return refusal()
        newcomer = after.cases.get(RootKind.CANDIDATE)
        if not isinstance(newcomer, Candidate):
            return AlreadyExists(organisation_id=min(holders.values()).partition("/")[2])
        if newcomer.merged_into is not None:
            return MergedInCircles(target=newcomer.merged_into)
        match = candidate.first_match({name: CandidateId(root.partition("/")[2]) for name, root in holders.items()})
        if match is None:
            raise taken
        holder = stand(self.catalogue, self.journal.load(f"{RootKind.CANDIDATE}/{match}"))
        return candidate.refusal_of(newcomer, holder.cases[RootKind.CANDIDATE], match)

    def taken_seats(self, command: Any) -> frozenset[int]:
        """The seats that others hold, of the appointment that a command asks a seat of."""
        if not isinstance(command, Seated) or command.capacity is None:
            return frozenset()
        numbers = range(1, min(command.capacity, MOST_SEATS) + 1)
        claims = {self._claim(seat(command.appointment, number)): number for number in numbers}
        return frozenset(claims[claim] for claim in self.journal.holders(list(claims)))

    @staticmethod
    def seat_went(command: Any, taken: ClaimTaken) -> bool:
        """Whether somebody else got the seat that the decision had found free: another one may be."""
        return isinstance(command, Seated) and any(claim.kind == SEAT for claim in taken.held)

    def _claimed(self, standing: Standing) -> Mapping[Claim, Identifier]:
        return {self._claim(identifier): identifier for identifier in self._identifiers(standing)}

    def _claim(self, identifier: Identifier) -> Claim:
        return claim_of(identifier, self.digests)

    def _identifiers(self, standing: Standing) -> frozenset[Identifier]:
        person = standing.cases.get(RootKind.CANDIDATE)
        if isinstance(person, Candidate):
            held = [seats(case) for case in standing.dossier().of(RsaAppointment).values()]
            claimed = candidate.identifiers(person) | self._merger(person) | numbers(standing.dossier())
            return claimed.union(*held, _conventions(standing.dossier()))
        place = standing.cases.get(RootKind.ORGANISATION)
        return organisation.identifiers(place) if isinstance(place, Organisation) else frozenset()

    def _merger(self, person: Candidate) -> frozenset[Identifier]:
        if person.merged_into is None:
            return frozenset()
        pair = sorted((self.root.partition("/")[2], person.merged_into))
        return frozenset({Identifier(scope="candidate", kind=MERGED_PAIR, value="|".join(pair))})
