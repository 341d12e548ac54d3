"""The day's route on a laptop: kept for today, moved, taken back, and brought up to date."""

from datetime import timedelta
from typing import Any

import pytest

from field_app.actions.position import keep_measured, keep_position
from field_app.actions.route import keep_order, sort_anew, take_back
from field_app.actions.tickets import start
from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.position import Position, PositionSource
from field_app.domain.route import RouteOrder, moved
from field_app.domain.ticket import Ticket, TicketState
from field_app.queries.desk import Desk
from field_app.queries.position import last_position
from field_app.queries.route import day_route
from field_app.store import routes, sync_state
from field_app.store.tickets import accept
from tests.helpers.builders import CREW_ID, NOW, FakeClock, a_ticket, an_arrival

DEPOT = Place(latitude=13.75, longitude=100.5)
STEP = 0.01
"""Degrees north, a good kilometre."""


def a_job(number: int, steps: float | None, **facts: Any) -> Ticket:
    place = None if steps is None else Place(latitude=13.75 + steps * STEP, longitude=100.5)
    plain: dict[str, Any] = {
        "id": TicketId(f"job-{number}"),
        "place": place,
        "crew_id": CREW_ID,
        "due_at": None,
        "reported_at": NOW - timedelta(days=5),
        "state": TicketState.WAITING,
    }
    return a_ticket(number, **(plain | facts))


def bring(desk: Desk, *jobs: Ticket) -> None:
    accept(desk.db, [an_arrival(job) for job in jobs], [], "c")


def names(desk: Desk) -> list[str]:
    return [row.row.id for row in day_route(desk).rows]


@pytest.fixture
def day(desk: Desk) -> Desk:
    """Three jobs in a line, of which the farthest is late, and one that nobody can go to."""
    bring(
        desk,
        a_job(1, 1.0),
        a_job(2, 2.0, due_at=NOW + timedelta(hours=3)),
        a_job(3, 3.0, due_at=NOW - timedelta(days=1)),
        a_job(4, None),
    )
    keep_position(desk, DEPOT)
    return desk


def test_before_anything_was_sorted_no_order_is_kept_and_nothing_is_new(day: Desk) -> None:
    route = day_route(day)
    assert not route.is_kept
    assert route.new_count == 0
    assert len(route.rows) == 3


def test_the_route_by_deadline_has_numbers_ways_and_a_sum(day: Desk) -> None:
    sort_anew(day, RouteOrder.DEADLINE)
    route = day_route(day)
    assert route.ticket_ids == ("job-3", "job-2", "job-1")
    assert [row.number for row in route.rows] == [1, 2, 3]
    assert [round(row.leg_m, -2) for row in route.rows] == [3300, 1100, 1100]
    assert route.length_m == pytest.approx(sum(row.leg_m for row in route.rows))
    assert [row.id for row in route.unplaced] == ["job-4"]
    assert route.start is not None
    assert route.start.source is PositionSource.SAID


def test_the_shortest_route_goes_along_the_line(day: Desk) -> None:
    sort_anew(day, RouteOrder.SHORTEST)
    assert names(day) == ["job-1", "job-2", "job-3"]


def test_a_moved_job_stays_where_it_was_put_and_can_be_taken_back(day: Desk) -> None:
    sort_anew(day, RouteOrder.DEADLINE)
    done = keep_order(day, RouteOrder.OWN, moved(day_route(day).ticket_ids, TicketId("job-1"), 0))
    assert names(day) == ["job-1", "job-3", "job-2"]
    assert day_route(day).order is RouteOrder.OWN

    take_back(day, done.before)
    assert names(day) == ["job-3", "job-2", "job-1"]
    assert day_route(day).order is RouteOrder.DEADLINE


def test_the_first_order_of_a_day_can_be_taken_back_too(day: Desk) -> None:
    done = sort_anew(day, RouteOrder.SHORTEST)
    take_back(day, done.before)
    assert not day_route(day).is_kept


def test_a_job_that_is_started_stays_and_one_that_is_done_falls_out(day: Desk) -> None:
    sort_anew(day, RouteOrder.SHORTEST)
    start(day, TicketId("job-2"))
    assert names(day) == ["job-1", "job-2", "job-3"]

    bring(day, a_job(1, 1.0, state=TicketState.IN_REVIEW, revision=7))
    assert names(day) == ["job-2", "job-3"]
    assert day_route(day).rows[0].number == 1


def test_a_new_job_is_put_in_and_marked_until_the_order_is_kept_again(day: Desk) -> None:
    sort_anew(day, RouteOrder.SHORTEST)
    bring(day, a_job(9, 2.2))
    route = day_route(day)
    assert [(row.row.id, row.is_new) for row in route.rows] == [
        ("job-1", False), ("job-2", False), ("job-9", True), ("job-3", False),
    ]  # fmt: skip
    assert route.new_count == 1

    keep_order(day, route.order, route.ticket_ids)
    assert day_route(day).new_count == 0


def test_a_stop_says_when_it_needs_no_way_of_its_own(day: Desk) -> None:
    bring(day, a_job(9, 2.02), a_job(8, 3.01))
    sort_anew(day, RouteOrder.SHORTEST)
    route = day_route(day)
    assert [row.row.id for row in route.rows if row.is_same_visit] == ["job-9", "job-8"]

    keep_order(day, route.order, tuple(TicketId(f"job-{n}") for n in (9, 1, 2, 3, 8)))
    assert [row.row.id for row in day_route(day).rows if row.is_same_visit] == ["job-8"]


def test_a_job_at_zero_zero_cannot_be_visited(day: Desk) -> None:
    bring(day, a_job(8, None, place=Place(latitude=0.0, longitude=0.0)))
    assert {row.id for row in day_route(day).unplaced} == {"job-4", "job-8"}


def test_the_next_morning_begins_without_an_order(day: Desk, clock: FakeClock) -> None:
    sort_anew(day, RouteOrder.SHORTEST)
    clock.passes(24 * 3600)
    assert not day_route(day).is_kept


def test_without_a_position_there_is_a_route_all_the_same(desk: Desk) -> None:
    bring(desk, a_job(1, 1.0), a_job(2, 2.0))
    sort_anew(desk, RouteOrder.SHORTEST)
    route = day_route(desk)
    assert route.start is None
    assert route.rows[0].leg_m == 0.0
    assert len(route.rows) == 2


def test_a_measured_position_is_kept_with_source_time_accuracy_and_heading(desk: Desk) -> None:
    measured = Position(
        place=Place(latitude=13.75, longitude=100.5, accuracy_m=8.0),
        source=PositionSource.RECEIVER,
        at=NOW,
        heading_deg=90.0,
    )
    keep_measured(desk, measured)
    assert last_position(desk) == measured


def test_a_position_of_an_earlier_version_was_said_nobody_knows_when(desk: Desk) -> None:
    sync_state.keep_position(desk.db, DEPOT)
    assert last_position(desk) == Position(place=DEPOT, source=PositionSource.SAID)
    assert day_route(desk).rows == ()


def test_only_the_order_of_the_day_is_kept(day: Desk) -> None:
    sort_anew(day, RouteOrder.SHORTEST)
    routes.forget(day.db)
    assert not day_route(day).is_kept
