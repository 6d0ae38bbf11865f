"""The list of what the certifying services are to be asked."""

from datetime import timedelta

from application.certifying import Question
from domain.eligibility_check.codes import Answer, Criterion
from domain.eligibility_check.events import CertificationAnswered, Expired, HireRecorded
from projections.certifications import CERTIFICATIONS, Questions
from projections.positions import install
from tests.domain.eligibility_check import samples
from tests.domain.eligibility_check.samples import NOW, PRESCRIBER, TODAY, diagnosed, requested
from tests.projections.world import World, new_root

C = Criterion
ASKED = (diagnosed(PRESCRIBER, C.RSA, C.TH), requested(C.RSA, C.TH))
EVERY = tuple(Criterion)


def listed(
    world: World, at: timedelta = timedelta(), criteria: tuple[Criterion, ...] = EVERY, most: int = 9
) -> list[Question]:
    world.runner(CERTIFICATIONS).catch_up()
    with world.reader(CERTIFICATIONS) as connection:
        return list(Questions(connection).due(NOW + at, criteria, most))


def question(root: str, criterion: Criterion, after: timedelta = timedelta()) -> Question:
    return Question(root=root, journey="eligibility-check-1", criterion=criterion, due=NOW + after)


def test_what_is_to_be_asked_is_due_from_that_instant_on(bare_world: World) -> None:
    bare_world.install(CERTIFICATIONS)
    root = new_root()
    bare_world.tell(root, "eligibility-check-1", *ASKED)
    assert listed(bare_world, -timedelta(microseconds=1)) == []
    assert listed(bare_world) == [question(root, C.RSA), question(root, C.TH)]


def test_only_what_the_service_certifies_is_listed_the_oldest_first_and_so_many(bare_world: World) -> None:
    bare_world.install(CERTIFICATIONS)
    old, new = new_root(), new_root()
    day_later = requested(C.RSA, on=TODAY + timedelta(days=1))
    bare_world.tell(new, "eligibility-check-1", ASKED[0], day_later)
    bare_world.tell(old, "eligibility-check-1", *ASKED)
    day = timedelta(days=1)
    assert listed(bare_world, day, (C.RSA,)) == [question(old, C.RSA), question(new, C.RSA, day)]
    assert listed(bare_world, day, (C.RSA,), most=1) == [question(old, C.RSA)]


def test_an_answer_moves_the_question_or_ends_it(bare_world: World) -> None:
    bare_world.install(CERTIFICATIONS)
    root, week = new_root(), timedelta(days=7)
    bare_world.tell(root, "eligibility-check-1", *ASKED)
    bare_world.tell(
        root,
        "eligibility-check-1",
        CertificationAnswered(at=NOW, criterion=C.RSA, answer=Answer.NOT_FOUND),
        CertificationAnswered(at=NOW, criterion=C.TH, answer=Answer.BENEFICIARY, since="2024-08-01"),
    )
    assert listed(bare_world, week - timedelta(microseconds=1)) == []
    assert listed(bare_world, week) == [question(root, C.RSA, week)]


def test_a_hire_that_begins_before_and_an_expiry_end_it_too(bare_world: World) -> None:
    bare_world.install(CERTIFICATIONS)
    hired, expired, week = new_root(), new_root(), timedelta(days=7)
    unknown = CertificationAnswered(at=NOW, criterion=C.RSA, answer=Answer.NOT_FOUND)
    history = (diagnosed(PRESCRIBER, C.RSA), requested(C.RSA), unknown)
    at_work = HireRecorded(application="job-application-1", starts_on=TODAY + week)
    bare_world.tell(hired, "eligibility-check-1", *history, at_work)
    bare_world.tell(expired, "eligibility-check-1", *history, Expired(on=samples.TODAY))
    assert listed(bare_world, 2 * week) == []


def test_one_process_asks_at_a_time_and_another_one_once_it_has_let_go(bare_world: World) -> None:
    with bare_world.owner() as owner:
        install(owner, [CERTIFICATIONS])
    with bare_world.reader(CERTIFICATIONS) as one, bare_world.reader(CERTIFICATIONS) as other:
        with Questions(one).alone() as first, Questions(other).alone() as second:
            assert (first, second) == (True, False)
        with Questions(other).alone() as third:
            assert third
        with Questions(one).alone() as fourth:
            assert fourth
