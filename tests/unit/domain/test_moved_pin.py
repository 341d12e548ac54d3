"""A pin that was moved: both points are there, and the citizen's is nobody's to change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.operation import MovePlace
from field_app.domain.place import Place, degrees_of, distance_m
from field_app.domain.replay import Applied, Recorded, Refused, apply, visible
from field_app.domain.ticket import EntryKind, MovedPin, Ticket, TicketState
from field_app.domain.verdict import Reason
from tests.helpers.builders import (
    OTHER_CREW_ID,
    a_crew_member,
    a_supervisor,
    a_ticket,
    an_operation,
)

CITIZENS = Place(latitude=13.75, longitude=100.5)
THERE = Place(latitude=13.7503, longitude=100.5002)
ELSEWHERE = Place(latitude=13.7497, longitude=100.4998)
places = st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


def moved(ticket: Ticket, *points: Place) -> Ticket:
    operations = [
        an_operation(MovePlace(place=place, reason=f"reason {seq}"), seq=seq)
        for seq, place in enumerate(points, start=1)
    ]
    return visible(ticket, operations, a_crew_member())


def test_a_moved_pin_stands_at_its_new_place_and_the_citizens_point_stays() -> None:
    ticket = moved(a_ticket(place=CITIZENS), THERE)
    assert (ticket.place, ticket.reported_place) == (THERE, CITIZENS)
    assert ticket.moved_pin == MovedPin(reported_place=CITIZENS, reason="reason 1")


def test_the_timeline_tells_each_new_point_and_why() -> None:
    ticket = moved(a_ticket(place=CITIZENS), THERE, ELSEWHERE)
    told = [(e.kind, e.text, e.reason) for e in ticket.timeline]
    assert told == [
        (EntryKind.MOVE_PLACE, "13.750300, 100.500200", "reason 1"),
        (EntryKind.MOVE_PLACE, "13.749700, 100.499800", "reason 2"),
    ]


@given(points=st.lists(places, min_size=1, max_size=5))
def test_after_any_moves_the_last_point_counts_and_the_citizens_is_kept(
    points: list[Place],
) -> None:
    ticket = moved(a_ticket(place=CITIZENS), *points)
    assert (ticket.place, ticket.reported_place) == (points[-1], CITIZENS)


def test_a_pin_that_is_moved_back_counts_as_never_moved() -> None:
    before = a_ticket(place=CITIZENS)
    after = moved(before, THERE, CITIZENS)
    assert (after.place, after.moved_pin) == (CITIZENS, None)


def test_a_job_without_a_place_gets_one_and_still_says_that_the_citizen_gave_none() -> None:
    ticket = moved(a_ticket(place=None), THERE)
    assert (ticket.place, ticket.reported_place) == (THERE, None)
    assert ticket.moved_pin is not None


def test_another_point_of_the_citizen_moves_an_unmoved_pin_only() -> None:
    unmoved = a_ticket(place=CITIZENS).with_reported_place(ELSEWHERE)
    assert (unmoved.place, unmoved.reported_place) == (ELSEWHERE, ELSEWHERE)
    stays = moved(a_ticket(place=CITIZENS), THERE).with_reported_place(ELSEWHERE)
    assert (stays.place, stays.reported_place) == (THERE, ELSEWHERE)


@pytest.mark.parametrize("state", [TicketState.IN_REVIEW, TicketState.WAITING])
def test_a_supervisor_moves_a_pin_too(state: TicketState) -> None:
    work = MovePlace(place=THERE, reason="as the photo shows")
    result = apply(a_ticket(place=CITIZENS, state=state), an_operation(work), a_supervisor())
    assert isinstance(result, Applied)
    assert result.ticket.state is state


def test_a_pin_of_a_closed_job_stays_and_what_was_meant_is_readable() -> None:
    closed = a_ticket(place=CITIZENS, state=TicketState.FINISHED)
    work = MovePlace(place=THERE, reason="over there")
    result = apply(closed, an_operation(work), a_crew_member())
    assert isinstance(result, Recorded)
    assert (result.reason, result.ticket.place) == (Reason.CLOSED, CITIZENS)
    entry = result.ticket.timeline[-1]
    assert (entry.text, entry.reason) == (degrees_of(THERE), "over there")


def test_nobody_moves_the_pin_of_another_crew() -> None:
    work = MovePlace(place=THERE, reason="over there")
    others = a_ticket(place=CITIZENS, crew_id=OTHER_CREW_ID)
    result = apply(others, an_operation(work), a_crew_member())
    assert result == Refused(reason=Reason.NOT_ALLOWED)


@given(place=places)
def test_degrees_in_words_are_within_a_step_of_the_place(place: Place) -> None:
    latitude, longitude = (float(part) for part in degrees_of(place).split(", "))
    assert distance_m(place, Place(latitude=latitude, longitude=longitude)) <= 0.08
