"""What an analyst is told at the door: whole days, whole months, one dimension, and nothing to subtract."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.indicators import GRACE, knowledge
from api.jobs import prepare_figures
from domain.calendar import paris_day, paris_start
from projections.indicators.asking import Knowledge
from projections.indicators.definition import DEFINITIONS
from tests.api.conftest import Cast, House
from tests.api.test_reading import WITHOUT_SOLUTION, analyst, steward, this_month

MIDNIGHT = paris_start(datetime(2026, 3, 29, tzinfo=UTC).date())


#: A minute after the midnights before and after it.
FIRST, NEXT = MIDNIGHT + GRACE, MIDNIGHT + timedelta(hours=23) + GRACE


@pytest.mark.parametrize("now", [FIRST, FIRST + timedelta(hours=1), NEXT - timedelta(microseconds=1)])
def test_no_two_instants_of_a_day_tell_one_event_apart(now: datetime) -> None:
    """On the last Sunday of March too, which has 23 hours."""
    known = knowledge(now, exact=False)
    assert known == Knowledge(MIDNIGHT, on=datetime(2026, 3, 28, tzinfo=UTC).date())


def test_a_day_is_known_a_minute_after_it_ended() -> None:
    """What was being recorded at midnight is then there to be told: it never changes again."""
    before, after = (knowledge(NEXT + timedelta(microseconds=each), exact=False) for each in (-1, 0))
    assert (after.day - before.day).days == 1
    assert knowledge(NEXT - GRACE, NEXT - GRACE, exact=False) == before


def test_a_day_that_was_over_then_was_known_then() -> None:
    known = knowledge(NEXT + timedelta(days=9), MIDNIGHT, exact=False)
    assert known == Knowledge(MIDNIGHT, on=datetime(2026, 3, 28, tzinfo=UTC).date())


def test_whoever_may_see_persons_is_told_the_instant() -> None:
    at = MIDNIGHT + timedelta(hours=5)
    assert knowledge(at, exact=True) == Knowledge(at)


def asked(house: House, who: dict[str, str], **params: str) -> Any:
    return house.http.get(WITHOUT_SOLUTION, params={**this_month(), **params}, headers=who).json()


def test_a_closed_list_shows_every_modality_and_no_number(house: House, cast: Cast) -> None:
    shown = asked(house, analyst(house), by="department", **{"from": "2020-01", "to": "2020-01"})
    assert len(shown["figures"]) == 110
    assert {figure["status"] for figure in shown["figures"]} == {"secret"}
    assert not any("numerator" in figure or "denominator" in figure for figure in shown["figures"])


def test_the_future_is_not_asked_for(house: House, cast: Cast) -> None:
    told = asked(house, steward(house), as_of="2199-01-01T00:00:00Z")
    assert told["as_of"] < "2190"
    assert told["figures"][0]["complete"] is False


@pytest.mark.parametrize("by", ["region", "none"])
def test_beside_as_of_stands_the_same_figure_as_known_now(house: House, cast: Cast, by: str) -> None:
    told = asked(house, analyst(house), by=by, as_of="2026-01-15T12:00:00Z", **{"from": "2025-11", "to": "2025-11"})
    assert told["data_date"] == "2026-01-14"
    places = [(figure["month"], figure["modality"]) for figure in told["figures"]]
    assert [(figure["month"], figure["modality"]) for figure in told["known_now"]] == places
    assert {figure["revision_points"] for figure in told["known_now"]} == {None}


def test_figures_are_prepared_once_a_day_and_tell_the_same(house: House, cast: Cast) -> None:
    house.candidate("camille", cast.agency)
    house.catch_up()
    before = asked(house, steward(house), by="department")["figures"]
    assert prepare_figures(house.core) == len({definition.id for definition in DEFINITIONS.values()})
    assert prepare_figures(house.core) == 0
    assert asked(house, steward(house), by="department")["figures"] == before
    house.candidate("camille", cast.agency)
    house.catch_up()
    after = asked(house, steward(house), by="department")["figures"]
    assert sum(each["waiting"] for each in after) == sum(each["waiting"] for each in before) + 1


def test_beside_the_figure_as_it_is_known_now_stands_what_changed_it(house: House, cast: Cast) -> None:
    now = house.core.clock.now()
    found = house.candidate("camille", cast.agency)
    today = paris_day(house.core.clock.now()).isoformat()
    told = house.post(
        f"/v1/candidates/{found}/declare-employment-found", {"on": today, "kind": "permanent"}, "camille", cast.agency
    )
    assert told.status_code == 200, told.text
    house.catch_up()
    params = {**this_month(), "as_of": now.isoformat(), "causes": "true"}
    exact, discreet = (
        house.http.get("/v1/indicators/recorded-late-7-days", params=params, headers=who).json()["known_now"]
        for who in (steward(house), analyst(house))
    )
    assert exact[0]["causes"]["entry_learned"] == 1
    assert [each["causes"] for each in discreet] == [None]
    without = {name: value for name, value in params.items() if name != "causes"}
    unasked = house.http.get("/v1/indicators/recorded-late-7-days", params=without, headers=steward(house)).json()
    assert "causes" not in unasked["known_now"][0]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"as_of": ""}, "query.as_of"),
        ({"by": "title"}, "query.by"),
        ({"from": "2025-10"}, "query.causes"),
        ({"measure": "stock"}, "query.causes"),
    ],
)
def test_causes_are_those_of_one_month_of_a_territory_since_an_instant(
    house: House, cast: Cast, params: dict[str, str], field: str
) -> None:
    known = {"as_of": "2026-01-15T12:00:00Z", "from": "2025-11", "to": "2025-11", "causes": "true", **params}
    told = asked(house, analyst(house), **{name: value for name, value in known.items() if value})
    assert [wrong["field"] for wrong in told["errors"]] == [field]
