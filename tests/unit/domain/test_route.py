"""The route of a day: urgent first or short, kept in the order that a person gave it."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.ids import TicketId
from field_app.domain.place import EARTH_RADIUS_M, Place
from field_app.domain.route import (
    RouteOrder,
    Stop,
    Urgency,
    best_index,
    deadlines_first,
    legs_m,
    matrix_m,
    moved,
    settled,
)

DEPOT = Place(latitude=13.75, longitude=100.5)


def north(metres: float) -> Place:
    return Place(latitude=13.75 + metres / EARTH_RADIUS_M * 180 / pi, longitude=100.5)


def a_stop(name: str, metres: float, urgency: Urgency = Urgency.OPEN) -> Stop:
    return Stop(ticket_id=TicketId(name), place=north(metres), urgency=urgency)


def names(route: tuple[Stop, ...]) -> str:
    return "".join(stop.ticket_id for stop in route)


def test_what_is_late_comes_before_what_is_near() -> None:
    stops = [
        a_stop("a", 100, Urgency.LATER),
        a_stop("b", 9000, Urgency.LATE),
        a_stop("c", 200, Urgency.TODAY),
        a_stop("d", 50),
    ]
    assert names(deadlines_first(stops, DEPOT)) == "bcad"


def test_among_equally_urgent_jobs_the_nearest_is_always_next() -> None:
    stops = [a_stop("a", 3000), a_stop("b", 1000), a_stop("c", 2100), a_stop("d", -1500)]
    assert names(deadlines_first(stops, DEPOT)) == "bcad"


def test_the_next_group_begins_where_the_one_before_ended() -> None:
    stops = [
        a_stop("a", 5000, Urgency.LATE),
        a_stop("b", 100, Urgency.TODAY),
        a_stop("c", 5200, Urgency.TODAY),
    ]
    assert names(deadlines_first(stops, DEPOT)) == "acb"


def test_without_a_position_the_route_begins_at_its_first_job() -> None:
    stops = [a_stop("b", 900), a_stop("a", 100), a_stop("c", 300)]
    route = deadlines_first(stops, None)
    assert names(route) == "acb"
    assert legs_m(route, None) == pytest.approx((0.0, 200.0, 600.0), rel=1e-6)


def test_the_ways_between_stops_begin_at_the_person() -> None:
    route = (a_stop("a", 500), a_stop("b", 200))
    assert legs_m(route, DEPOT) == pytest.approx((500.0, 300.0), rel=1e-6)
    assert legs_m((), DEPOT) == ()


def test_a_done_job_drops_out_and_the_others_keep_their_order() -> None:
    stops = [a_stop("c", 100), a_stop("a", 900)]
    kept = [TicketId(name) for name in ("a", "b", "c", "a")]
    route, new = settled(kept, stops, DEPOT, RouteOrder.OWN)
    assert names(route) == "ac"
    assert not new


def test_a_new_job_is_put_where_the_way_grows_least() -> None:
    stops = [a_stop("a", 1000), a_stop("b", 2000), a_stop("c", 3000), a_stop("n", 2100)]
    kept = [TicketId("a"), TicketId("b"), TicketId("c")]
    route, new = settled(kept, stops, DEPOT, RouteOrder.SHORTEST)
    assert names(route) == "abnc"
    assert new == {"n"}


def test_a_new_job_far_away_comes_last() -> None:
    route = (a_stop("a", 1000), a_stop("b", 2000))
    assert best_index(route, a_stop("n", 8000), DEPOT, RouteOrder.OWN) == 2
    assert best_index((), a_stop("n", 8000), None, RouteOrder.OWN) == 0


def test_a_new_late_job_stays_among_the_late_ones_in_a_route_by_deadline() -> None:
    route = (
        a_stop("a", 1000, Urgency.LATE),
        a_stop("b", 2000, Urgency.LATE),
        a_stop("c", 9000, Urgency.LATER),
    )
    late = a_stop("n", 9100, Urgency.LATE)
    assert best_index(route, late, DEPOT, RouteOrder.DEADLINE) == 2
    assert best_index(route, late, DEPOT, RouteOrder.SHORTEST) == 3


def test_in_an_order_that_is_not_by_deadline_any_more_a_new_job_may_stand_anywhere() -> None:
    route = (a_stop("a", 1000, Urgency.OPEN), a_stop("b", 2000, Urgency.LATE))
    today = a_stop("n", 1100, Urgency.TODAY)
    assert best_index(route, today, DEPOT, RouteOrder.DEADLINE) == 1


@pytest.mark.parametrize(
    ("job", "to", "wanted"),
    [("a", 1, "bac"), ("c", 0, "cab"), ("a", 99, "bca"), ("c", -3, "cab"), ("b", 1, "abc")],
)
def test_a_job_is_moved_within_the_order(job: str, to: int, wanted: str) -> None:
    assert "".join(moved([TicketId(name) for name in "abc"], TicketId(job), to)) == wanted


def test_only_what_is_in_the_order_can_be_moved() -> None:
    with pytest.raises(ValueError, match="not in list"):
        moved([TicketId("a")], TicketId("b"), 0)


def test_distances_are_whole_metres_and_the_same_both_ways() -> None:
    matrix = matrix_m([north(0), north(100.4), north(-50)])
    assert matrix == [[0, 100, 50], [100, 0, 150], [50, 150, 0]]


STOPS = st.lists(
    st.tuples(
        st.floats(-0.2, 0.2, allow_nan=False),
        st.floats(-0.2, 0.2, allow_nan=False),
        st.sampled_from(Urgency),
    ),
    max_size=12,
)


@given(STOPS, st.booleans(), st.sampled_from(RouteOrder), st.data())
def test_no_job_is_ever_lost_or_visited_twice(
    made: list[tuple[float, float, Urgency]],
    has_start: bool,
    order: RouteOrder,
    data: st.DataObject,
) -> None:
    start = DEPOT if has_start else None
    stops = [
        Stop(
            ticket_id=TicketId(str(number)),
            place=Place(latitude=13.7 + up, longitude=100.5 + right),
            urgency=urgency,
        )
        for number, (up, right, urgency) in enumerate(made)
    ]
    ids = [stop.ticket_id for stop in stops]
    kept = data.draw(st.lists(st.sampled_from([*ids, TicketId("gone")])))

    by_deadline = deadlines_first(stops, start)
    route, new = settled(kept, stops, start, order)

    assert sorted(stop.ticket_id for stop in by_deadline) == sorted(ids)
    assert [stop.urgency for stop in by_deadline] == sorted(stop.urgency for stop in stops)
    assert sorted(stop.ticket_id for stop in route) == sorted(ids)
    assert new == set(ids) - set(kept)
    old = [stop.ticket_id for stop in route if stop.ticket_id not in new]
    assert old == [ticket_id for ticket_id in dict.fromkeys(kept) if ticket_id in ids]
