"""The one desk: load the dossier, authorise, decide, append, and try again when somebody was faster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from application.decision import Case, Decision, decide_with_consequences
from application.directory import Directory, OrganisationClosed, named
from application.dossiers import Catalogue, Standing, kind_of, root_kind, stand
from application.matching import Matching
from application.numbers import Drawn
from application.organisations import Organisations
from application.parties import merged_into, question
from application.permissions.check import check
from application.permissions.grant import Permissions
from application.ports import ClaimTaken, Clock, Conflict, Digests, Journal, Metadata, Numbers, Recorded
from application.receipts import Receipts
from application.requests import (
    Asked,
    DossierMerged,
    InTheFuture,
    Outcome,
    Request,
    TooLongAgo,
    UnknownJourney,
    VersionMismatch,
)
from domain.calendar import paris_day
from domain.followed import person_of
from domain.journey import Context, Journey
from domain.rsa.reception import Reception
from domain.vocabulary import CandidateId, OrganisationId, OrganisationProfile, RootKind

__all__ = [
    "CLOCK_SKEW",
    "TRIES",
    "Desk",
    "DossierMerged",
    "InTheFuture",
    "Outcome",
    "Request",
    "TooLongAgo",
    "UnknownJourney",
    "VersionMismatch",
]

#: How often a decision is taken: once, and again each time that somebody else wrote first.
TRIES: Final = 4
#: How far a client's clock may be ahead of ours.
CLOCK_SKEW: Final = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where every command goes, whoever issues it."""

    journal: Journal
    clock: Clock
    digests: Digests
    numbers: Numbers
    catalogue: Catalogue
    permissions: Permissions

    @cached_property
    def organisations(self) -> Organisations:
        """Every organisation, at the moment of asking."""
        return Organisations(self.journal, self.catalogue)

    @cached_property
    def receipts(self) -> Receipts:
        """What has been asked before."""
        return Receipts(journal=self.journal, digests=self.digests)

    def submit(self, request: Request) -> Outcome:
        """Decide and record.

        Raises a `Refusal` when a rule or a permission says no, `UnknownJourney`, `VersionMismatch` when the expected
        version is not the current one, and `Conflict` when others were faster four times in a row.
        """
        drawn = Drawn(self.numbers)
        for _ in range(TRIES - 1):
            try:
                return self._attempt(request, drawn)
            except VersionMismatch:
                raise
            except Conflict:
                continue
        return self._attempt(request, drawn)

    def _attempt(self, request: Request, drawn: Drawn) -> Outcome:
        root = self.receipts.root(request)
        directory = Directory(organisations=self.organisations, on=paris_day(self.clock.now()))
        history = self._history(root, request, directory)
        asked = self._asked_by(replace(request, root=root), directory)
        if earlier := self.receipts.find(history, request):
            return self._again(asked, history, earlier)
        before = self._standing(root, history)
        journey = self._addressed(request, before)
        case = self._case(asked, before, journey, directory, drawn)
        decision = decide_with_consequences(request.command, before, case)
        drawn.pass_over(self.catalogue, decision.changes)
        if decision.changes:
            return self._record(asked, before, decision)
        return asked.answered(journey, before)

    def _standing(self, _: str, history: Sequence[Recorded]) -> Standing:
        return stand(self.catalogue, history)

    def _history(self, root: str, request: Request, directory: Directory) -> Sequence[Recorded]:
        if request.acting is None or root_kind(root) is RootKind.ORGANISATION:
            return self.journal.load(root)
        return directory.history_beside(request.acting, root)

    @staticmethod
    def _asked_by(request: Request, directory: Directory) -> Asked:
        """Who asks. Raises `NotAMember`."""
        if request.acting is None:
            return Asked(request=request, actor=request.actor, acting=None)
        # Whoever acted then may have left since: an import says in which role they acted.
        role = request.actor.role if request.imported else directory.role(request.acting, request.actor.subject)
        actor = replace(request.actor, role=role)
        return Asked(request=request, actor=actor, acting=directory.profile(request.acting))

    def _addressed(self, request: Request, standing: Standing) -> str:
        """Find the journey that a request is about, at the version it expects."""
        kind = kind_of(request.journey) if request.journey else self._kind_opened(request)
        definition = self.catalogue[kind]
        journey = request.journey or (standing.next_of(kind) if definition.numbered else kind)
        if journey not in standing.versions and not self._may_begin(request, definition, standing):
            raise UnknownJourney(journey)
        current = standing.versions.get(journey, 0)
        if request.expected_version not in (None, current):
            raise VersionMismatch(current)
        return journey

    @staticmethod
    def _may_begin(request: Request, definition: Journey[Any, Any, Any], standing: Standing) -> bool:
        """A root's own journey begins the root; a numbered one, whose number nobody chooses, needs a root."""
        if type(request.command) not in definition.opening:
            return False
        return standing.version > 0 and request.journey is None if definition.numbered else request.opens_root

    def _kind_opened(self, request: Request) -> str:
        return next(kind for kind, definition in self.catalogue.items() if type(request.command) in definition.commands)

    def _case(self, asked: Asked, before: Standing, journey: str, today: Directory, drawn: Drawn) -> Case:
        """What surrounds the decision, once it is known that the actor may ask for it."""
        request = asked.request
        context = self._context(asked, before, journey, today)
        self._authorise(request, before, context)
        self._refuse_in_duplicate(before, journey)
        metadata = Metadata(
            actor=context.actor,
            organisation=context.acting,
            correlation_id=request.correlation_id,
            causation_id=request.causation_id or request.correlation_id,
            idempotency_key=request.idempotency_key,
            request_digest=self.receipts.digest(request) if request.idempotency_key else None,
            origin=request.origin,
            source=request.source,
        )
        return Case(root=request.root, catalogue=self.catalogue, context=context, metadata=metadata, drawn=drawn)

    def _context(self, asked: Asked, before: Standing, journey: str, today: Directory) -> Context:
        request = asked.request
        at = self._occurred(request, journey)
        directory = replace(today, on=paris_day(at))
        return Context(
            at=at,
            now=self.clock.now(),
            actor=asked.actor,
            acting=self._acting(request, directory, today),
            journey=journey,
            dossier=before.dossier(),
            organisations=directory.named_by(request.command),
            members=directory.members_named_by(request.command),
            candidates=self._candidates_named_by(request),
            member_of=directory.memberships(asked.actor.subject),
            receptions=self._receptions(request, journey, before, directory),
            taken_seats=self._matching(request.root).taken_seats(request.command),
            waived=request.waived if request.has_happened else frozenset(),
            imported=request.imported,
        )

    def _receptions(
        self, request: Request, journey: str, before: Standing, directory: Directory
    ) -> Mapping[OrganisationId, Reception]:
        if type(request.command) not in self.catalogue[kind_of(journey)].consults:
            return {}
        following = person_of(before.dossier()).followers
        acting = [] if request.acting is None else [request.acting]
        return directory.receptions([*following, *acting, *directory.named_by(request.command)])

    def _matching(self, root: str) -> Matching:
        return Matching(journal=self.journal, digests=self.digests, catalogue=self.catalogue, root=root)

    @staticmethod
    def _acting(request: Request, then: Directory, today: Directory) -> OrganisationProfile | None:
        if request.acting is None:
            return None
        # An import tells what held then, whatever has become of the organisation.
        return then.profile(request.acting) if request.imported else then.acting(request.acting, today.on)

    def _candidates_named_by(self, request: Request) -> Mapping[CandidateId, Any]:
        """The candidate's state in every other dossier that a command names, for those that exist."""
        roots = {CandidateId(name): f"{RootKind.CANDIDATE}/{name}" for name in named(request.command, CandidateId)}
        standings = {
            name: stand(self.catalogue, self.journal.load(root)) for name, root in roots.items() if root != request.root
        }
        return {name: found.cases[RootKind.CANDIDATE] for name, found in standings.items() if found.version}

    def _occurred(self, request: Request, journey: str) -> datetime:
        now = self.clock.now()
        at = request.occurred_at or now
        if at > now + CLOCK_SKEW:
            raise InTheFuture
        furthest = self.catalogue[kind_of(journey)].furthest_back
        if request.origin == "command" and at < now - furthest:
            raise TooLongAgo(days=furthest.days)
        return at

    def _authorise(self, request: Request, standing: Standing, context: Context) -> None:
        if request.imported:
            return
        acting = context.acting
        if acting is not None and not acting.active and root_kind(request.root) is RootKind.CANDIDATE:
            raise OrganisationClosed(organisation=acting.id)
        what = question(self.catalogue, request.root, request.command, context, standing)
        check(self.permissions[type(request.command)], what)

    @staticmethod
    def _refuse_in_duplicate(standing: Standing, journey: str) -> None:
        kept = merged_into(standing)
        if kept is not None and journey not in standing.versions:
            raise DossierMerged(candidate_id=kept)

    def _record(self, asked: Asked, before: Standing, decision: Decision) -> Outcome:
        matching = self._matching(decision.root)
        claims = matching.claims(before, decision.after)
        receipt = self.receipts.claim(asked.request)
        take = claims.take | ({receipt} if receipt else frozenset())
        try:
            recorded = self.journal.append(decision.root, before.version, decision.changes, replace(claims, take=take))
        except ClaimTaken as taken:
            if receipt in taken.held or matching.seat_went(asked.request.command, taken):
                raise Conflict from taken
            raise matching.refusal(decision.after, taken) from None
        return asked.answered(decision.journey, decision.after, recorded)

    def _again(self, asked: Asked, history: Sequence[Recorded], earlier: Sequence[Recorded]) -> Outcome:
        then = stand(self.catalogue, history[: earlier[-1].root_version])
        outcome = asked.answered(earlier[0].journey, then, earlier)
        return replace(outcome, standing=stand(self.catalogue, history), repeated=True)
