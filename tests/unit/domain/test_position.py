"""Which positions are believed, and which are worth writing down."""

from datetime import UTC, datetime, timedelta
from math import pi

import pytest

from field_app.domain.place import EARTH_RADIUS_M, Place
from field_app.domain.position import (
    Belief,
    Keeping,
    Position,
    PositionSource,
    is_somewhere,
)

NOON = datetime(2026, 11, 19, 5, tzinfo=UTC)


def at(seconds: float, north_m: float = 0.0, accuracy_m: float | None = 5.0) -> Position:
    latitude = 13.75 + north_m / EARTH_RADIUS_M * 180 / pi
    return Position(
        place=Place(latitude=latitude, longitude=100.5, accuracy_m=accuracy_m),
        source=PositionSource.RECEIVER,
        at=NOON + timedelta(seconds=seconds),
    )


@pytest.mark.parametrize(
    ("place", "is_one"),
    [
        (Place(latitude=0.0, longitude=0.0), False),
        (Place(latitude=0.002, longitude=-0.004), False),
        (Place(latitude=0.0, longitude=100.5), True),
        (Place(latitude=13.75, longitude=100.5), True),
        (Place(latitude=13.75, longitude=100.5, accuracy_m=25_000.0), False),
        (Place(latitude=13.75, longitude=100.5, accuracy_m=1_500.0), True),
    ],
)
def test_nowhere_and_a_whole_province_are_no_positions(place: Place, is_one: bool) -> None:
    assert is_somewhere(place) is is_one


def test_driving_is_believed() -> None:
    belief = Belief()
    drive = [at(second, second * 25.0) for second in range(5)]
    assert [belief.take(position) for position in drive] == drive


def test_a_single_jump_is_not_believed() -> None:
    belief = Belief()
    home, jump, back = at(0), at(1, 40_000), at(2, 3)
    assert [belief.take(position) for position in (home, jump, back)] == [home, None, back]


def test_after_some_that_agree_it_was_the_first_that_was_wrong() -> None:
    belief = Belief()
    belief.take(at(0, 40_000))
    later = [at(second, second * 2.0) for second in (1, 2, 3, 4)]
    assert [belief.take(position) for position in later] == [None, None, later[2], later[3]]


def test_jumps_in_all_directions_never_agree() -> None:
    belief = Belief()
    belief.take(at(0))
    jumps = [at(second, second * 40_000.0) for second in range(1, 8)]
    assert [belief.take(position) for position in jumps] == [None] * 7


def test_after_a_night_any_place_can_be_reached() -> None:
    belief = Belief()
    belief.take(at(0))
    morning = at(8 * 3600, 300_000)
    assert belief.take(morning) == morning


def test_a_vague_position_and_an_exact_one_may_lie_apart() -> None:
    belief = Belief()
    belief.take(at(0, 0, accuracy_m=1_200.0))
    exact = at(1, 1_100)
    assert belief.take(exact) == exact


def test_a_position_grows_old() -> None:
    now = NOON + timedelta(minutes=9)
    assert not at(0).is_stale(now)
    assert at(0).is_stale(now + timedelta(minutes=2))
    assert at(3600).age(NOON) == timedelta()
    unknown = Position(place=at(0).place, source=PositionSource.SAID)
    assert unknown.is_stale(NOON)
    assert unknown.age(NOON) is None


def test_a_parked_car_is_written_down_every_few_minutes_only() -> None:
    keeping = Keeping()
    wanted = [second for second in range(0, 601, 10) if keeping.wants(at(second, second % 7))]
    assert wanted == [0, 300, 600]


def test_a_driving_car_is_written_down_at_most_every_twenty_seconds() -> None:
    keeping = Keeping()
    wanted = [second for second in range(61) if keeping.wants(at(second, second * 15.0))]
    assert wanted == [0, 20, 40, 60]
