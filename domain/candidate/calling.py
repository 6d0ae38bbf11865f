"""What other systems call the person."""

from collections.abc import Sequence

from domain.candidate.commands import LinkReference, UnlinkReference
from domain.candidate.events import CandidateEvent, ReferenceLinked, ReferenceUnlinked
from domain.candidate.state import Candidate
from domain.references import NoSuchReference, Reference, key_of


def call(command: LinkReference | UnlinkReference, candidate: Candidate) -> Sequence[CandidateEvent]:
    """A system may call one person by several names: it merges duplicates too. Linking twice is linking once."""
    key = key_of(command.key)
    known = Reference(system=command.system, key=key) in candidate.references
    if isinstance(command, LinkReference):
        return [] if known else [ReferenceLinked(system=command.system, key=key)]
    if not known:
        raise NoSuchReference
    return [ReferenceUnlinked(system=command.system, key=key)]
