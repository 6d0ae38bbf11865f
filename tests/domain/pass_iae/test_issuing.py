from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.iae.hire import Hire
from domain.journey import Context, Dossier
from domain.pass_iae import PassIae
from domain.pass_iae.codes import Origin
from domain.pass_iae.commands import Cancel, DeliverByHand, Issue, PassIaeCommand, RecordRight
from domain.pass_iae.events import Cancelled, Issued
from domain.pass_iae.issuing import draws, used
from domain.pass_iae.refusals import (
    AlreadyUnderPass,
    DiagnosisNeeded,
    EndsBeforeItStarts,
    NoSuchHire,
    NumberMalformed,
    NumbersExhausted,
    NumberTaken,
    PlatformNumber,
    ValidPassExists,
    WrongStage,
)
from tests.domain.pass_iae.cases import (
    ACI,
    END,
    PARCOURS,
    STAFF,
    START,
    context,
    decider,
    hired,
    issued,
    on,
    standing,
)
from tests.spec import Scenario

TODAY = date(2024, 1, 10)
WHERE_FROM: dict[str, Any] = {
    "application": "job-application-1",
    "diagnosis": "eligibility-check-1",
    "company": ACI.id,
    "company_kinds": ("aci",),
    "sender_kind": "prescriber",
    "sender_kinds": ("ml",),
}
ISSUE = Issue(starts_on=START, **WHERE_FROM)
BY_HAND = DeliverByHand(starts_on=START, **WHERE_FROM)
ELSEWHERE = RecordRight(
    number="999990000040", starts_on=date(2023, 6, 11), ends_on=date(2025, 6, 10), origin=Origin.DEFAULT
)


def before(*rights: PassIae, hire: Hire | None = None, number: int | None = 1) -> Context:
    """The moment a PASS is issued, beside others, for a hire that waits for it."""
    cases: dict[str, object] = {f"pass-iae-{place}": right for place, right in enumerate(rights, start=2)}
    hires = {"hiring-1": hire} if hire else {}
    return replace(context(TODAY, None, PARCOURS, {**cases, **hires}), number=number)


def asks(command: PassIaeCommand, within: Context) -> Scenario[Any, Any, Any]:
    return Scenario(decider, (), within).when(command)


def test_a_pass_lasts_730_days_from_the_hire_and_keeps_where_it_comes_from() -> None:
    asks(ISSUE, before()).then(
        Issued(number="999990000001", starts_on=START, ends_on=END, origin=Origin.DEFAULT, **WHERE_FROM)
    )


@pytest.mark.parametrize(
    ("number", "expected"), [(41, "999990000041"), (51, "999990000051"), (9_999_999, "999999999999")]
)
def test_p2_the_number_is_the_prefix_and_seven_digits(number: int, expected: str) -> None:
    asks(ISSUE, before(number=number)).then(issued(number=expected))


def test_p2_after_999999999999_there_is_none() -> None:
    asks(ISSUE, before(number=10_000_000)).refused(NumbersExhausted)


def test_no_pass_is_issued_without_a_number_drawn_for_it() -> None:
    with pytest.raises(LookupError, match=r"^no number was drawn for this PASS$"):
        decider.decide(ISSUE, PassIae(), before(number=None))


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("999990000040", ("pass-iae", 40)),
        # A year in it: of the same ordering.
        ("999992412345", ("pass-iae", 2_412_345)),
        ("625741810182", None),
        ("XXXXX0000001", None),
        ("99999000004", None),
        ("9999900000401", None),
        ("99999000004X", None),
    ],
)
def test_p2_a_number_of_the_platform_has_its_place_in_the_series_and_others_have_none(
    number: str, place: tuple[str, int] | None
) -> None:
    assert used(issued(number=number)) == place


def test_only_a_pass_that_is_issued_uses_a_number() -> None:
    assert used(Cancelled()) is None


@pytest.mark.parametrize(
    ("command", "series"),
    [
        (ISSUE, "pass-iae"),
        (BY_HAND, "pass-iae"),
        (replace(BY_HAND, number="625741810182"), None),
        (ELSEWHERE, None),
        (Cancel(), None),
    ],
)
def test_what_is_issued_here_takes_the_next_number(command: PassIaeCommand, series: str | None) -> None:
    assert draws(command) == series


@pytest.mark.parametrize("command", [ISSUE, BY_HAND])
def test_nobody_has_two_valid_ones(command: PassIaeCommand) -> None:
    waiting = hired(pass_iae="")
    valid = standing(issued(date(2022, 1, 12), TODAY))
    asks(command, before(valid, hire=replace(waiting, pass_iae=None))).refused(ValidPassExists)


def test_one_that_ended_yesterday_or_was_cancelled_is_followed_by_another() -> None:
    ended = standing(issued(date(2022, 1, 11), date(2024, 1, 9), number="999990000008"))
    cancelled = standing(issued(number="999990000009"), Cancelled())
    asks(ISSUE, before(ended, cancelled)).then(issued())


def test_a_pass_needs_a_diagnosis() -> None:
    asks(replace(ISSUE, diagnosis=None), before()).refused(DiagnosisNeeded)


def test_staff_delivers_one_for_a_hire_that_waits_for_it() -> None:
    within = replace(before(hire=replace(hired(), pass_iae=None)), actor=STAFF)
    asks(BY_HAND, within).then(replace(issued(), origin=Origin.ADMIN))


def test_staff_gives_a_number_that_is_not_the_platforms() -> None:
    within = replace(before(hire=replace(hired(), pass_iae=None), number=None), actor=STAFF)
    given = replace(issued(number="625741810182"), origin=Origin.PE_APPROVAL)
    asks(replace(BY_HAND, number="625741810182"), within).then(given)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        ("999990000077", PlatformNumber),
        ("99999ABCDEFG", PlatformNumber),
        ("62574181018", NumberMalformed),
        ("6257418101820", NumberMalformed),
        ("62574181018a", NumberMalformed),
        ("62574 810182", NumberMalformed),
    ],
)
def test_staff_gives_no_other_number(number: str, refusal: Any) -> None:
    within = before(hire=replace(hired(), pass_iae=None), number=None)
    asks(replace(BY_HAND, number=number), within).refused(refusal)


def test_staff_delivers_none_for_a_hire_that_has_one_or_does_not_stand() -> None:
    asks(BY_HAND, before(hire=hired())).refused(AlreadyUnderPass)
    asks(BY_HAND, before(hire=replace(hired(), pass_iae=None, cancelled=True))).refused(NoSuchHire)
    asks(BY_HAND, before()).refused(NoSuchHire)


@pytest.mark.parametrize("hire", [None, hired()])
def test_the_refusal_says_for_which_application(hire: Hire | None) -> None:
    with pytest.raises((NoSuchHire, AlreadyUnderPass)) as caught:
        decider.decide(BY_HAND, PassIae(), before(hire=hire))
    assert caught.value.details == {"application": "job-application-1"}


def test_a_pass_issued_elsewhere_keeps_its_number_and_its_days() -> None:
    asks(ELSEWHERE, before()).then(
        Issued(number="999990000040", starts_on=date(2023, 6, 11), ends_on=date(2025, 6, 10), origin=Origin.DEFAULT)
    )


def test_a_pass_issued_elsewhere_keeps_what_is_known_of_where_it_comes_from() -> None:
    known = replace(ELSEWHERE, **WHERE_FROM)
    asks(known, before()).then(
        Issued(
            number="999990000040",
            starts_on=date(2023, 6, 11),
            ends_on=date(2025, 6, 10),
            origin=Origin.DEFAULT,
            **WHERE_FROM,
        )
    )


@pytest.mark.parametrize(
    ("number", "origin", "kept"),
    [
        ("XXXXX0000001", Origin.DEFAULT, Origin.PE_APPROVAL),
        ("625741810182", Origin.AI_STOCK, Origin.PE_APPROVAL),
        ("999990000040", Origin.AI_STOCK, Origin.AI_STOCK),
    ],
)
def test_a_number_that_is_not_the_platforms_forces_its_origin(number: str, origin: Origin, kept: Origin) -> None:
    command = replace(ELSEWHERE, number=number, origin=origin)
    (event,) = decider.decide(command, PassIae(), before())
    assert isinstance(event, Issued)
    assert event.origin is kept


def test_a_pass_issued_elsewhere_ends_after_it_starts() -> None:
    same = replace(ELSEWHERE, starts_on=TODAY, ends_on=TODAY)
    asks(same, before()).refused(EndsBeforeItStarts)
    asks(replace(same, ends_on=date(2024, 1, 11)), before()).then(
        Issued(number="999990000040", starts_on=TODAY, ends_on=date(2024, 1, 11), origin=Origin.DEFAULT)
    )


@pytest.mark.parametrize(("ends_on", "fits"), [(date(2024, 1, 9), True), (TODAY, False)])
def test_a_valid_one_keeps_no_other_valid_one_from_being_recorded_but_an_ended_one_is_history(
    ends_on: date, *, fits: bool
) -> None:
    told = asks(replace(ELSEWHERE, ends_on=ends_on), before(standing(issued())))
    if fits:
        told.then(Issued(number="999990000040", starts_on=date(2023, 6, 11), ends_on=ends_on, origin=Origin.DEFAULT))
    else:
        told.refused(ValidPassExists)


def test_history_may_tell_two_valid_ones_and_a_number_of_another_shape_but_never_the_same_number_twice() -> None:
    waived = frozenset({ValidPassExists, NumberMalformed, EndsBeforeItStarts})
    within = replace(before(standing(issued())), waived=waived)
    odd = replace(ELSEWHERE, number="1234", ends_on=date(2023, 6, 11))
    asks(odd, within).then(
        Issued(number="1234", starts_on=date(2023, 6, 11), ends_on=date(2023, 6, 11), origin=Origin.PE_APPROVAL)
    )
    asks(replace(ELSEWHERE, number="999990000001"), within).refused(NumberTaken)


def test_a_pass_is_issued_once() -> None:
    on(TODAY, issued()).when(ISSUE).refused(WrongStage)


def test_a_dossier_without_anything_needs_no_other_journey() -> None:
    asks(ISSUE, replace(before(), dossier=Dossier())).then(issued())
