"""The shortest way: beside every other order there is, and in towns of any width."""

from itertools import permutations
from random import Random

import pytest

from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.route import Stop, Urgency, legs_m
from field_app.maps.tour import open_way, shortest

DEPOT = Place(latitude=13.75, longitude=100.5)


def stops_of(seed: int, count: int, spread: float = 0.05) -> list[Stop]:
    random = Random(seed)
    return [
        Stop(
            ticket_id=TicketId(f"job-{number}"),
            place=Place(
                latitude=13.75 + random.uniform(-spread, spread),
                longitude=100.5 + random.uniform(-spread, spread),
            ),
            urgency=Urgency.OPEN,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("start", [DEPOT, None])
def test_no_other_order_of_six_jobs_is_shorter(seed: int, start: Place | None) -> None:
    stops = stops_of(seed, 6)
    least = min(sum(legs_m(order, start)) for order in permutations(stops))
    found = shortest(stops, start)
    assert set(found) == set(stops)
    assert sum(legs_m(found, start)) == pytest.approx(least, abs=12)  # whole metres a leg


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("start", [DEPOT, None])
def test_a_few_jobs_need_no_search(count: int, start: Place | None) -> None:
    stops = stops_of(1, count)
    assert set(shortest(stops, start)) == set(stops)


@pytest.mark.parametrize("spread", [0.0, 0.000_01, 1.5, 9.0])
def test_a_way_begins_at_its_start_in_a_lane_and_across_the_country(spread: float) -> None:
    stops = stops_of(2, 24, spread)
    found = shortest(stops, DEPOT)
    assert set(found) == set(stops)
    assert sum(legs_m(found, DEPOT)) <= sum(legs_m(tuple(stops), DEPOT))


def test_a_line_of_jobs_is_walked_from_its_near_end() -> None:
    matrix = [[abs(one - other) * 100 for other in range(30)] for one in range(30)]
    assert open_way(matrix, has_start=True) == list(range(30))
