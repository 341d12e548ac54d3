"""What could be done on one visit, read from the laptop's own jobs."""

from dataclasses import replace
from datetime import timedelta

from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoRole, SeenBefore
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket, TicketState
from field_app.domain.visits import Bond
from field_app.queries.desk import Desk
from field_app.queries.visits import companions, visits_of
from field_app.store.tickets import accept
from tests.helpers.builders import NOW, a_photo, a_ticket, an_arrival

HERE = Place(latitude=13.75, longitude=100.5)


def at(number: int, north: float, **facts: object) -> Ticket:
    """Return a ticket so many ten thousandths of a degree north of HERE, 11 m each."""
    place = replace(HERE, latitude=HERE.latitude + north / 10_000)
    return a_ticket(number, place=place, **facts)


def fill(desk: Desk, *tickets: Ticket) -> list[TicketId]:
    accept(desk.db, [an_arrival(ticket) for ticket in tickets], [], "c")
    return [ticket.id for ticket in tickets]


def found(desk: Desk, of: TicketId) -> list[tuple[TicketId, Bond]]:
    return [(each.row.id, each.bond) for each in companions(desk, of).rows]


def test_jobs_near_and_of_one_kind_are_suggested_and_closed_ones_are_not(desk: Desk) -> None:
    one, near, kind, _other, _closed, _far = fill(
        desk,
        at(1, 0, categories=("ถนน",)),
        at(2, 2, categories=("ไฟ",)),
        at(3, 8, categories=("ถนน",)),
        at(4, 8, categories=("ไฟ",)),
        at(5, 1, state=TicketState.FINISHED),
        at(6, 400),
    )
    assert found(desk, one) == [(near, Bond.NEAR), (kind, Bond.SAME_KIND)]
    assert companions(desk, one).rows[0].distance_m is not None


def test_a_job_that_waits_for_no_crew_has_no_visit(desk: Desk) -> None:
    done, _near = fill(desk, at(1, 0, state=TicketState.IN_REVIEW), at(2, 1))
    assert companions(desk, done).rows == ()
    assert companions(desk, TicketId("unknown")).rows == ()


def test_a_photo_that_the_hub_saw_before_binds_both_ways(desk: Desk) -> None:
    seen = SeenBefore(
        ticket_id=TicketId("2026-000002"),
        photo_id=PhotoId("p"),
        role=PhotoRole.CITIZEN,
        added_at=NOW - timedelta(days=1),
        is_same_file=False,
    )
    photo = a_photo(PhotoRole.CITIZEN, seen_before=seen)
    later, earlier = fill(
        desk, at(1, 0, photos=(photo,), categories=("ก",)), at(2, 20, categories=("ข",))
    )
    assert found(desk, later) == [(earlier, Bond.SAME_PHOTO)]
    assert found(desk, earlier) == [(later, Bond.SAME_PHOTO)]


def test_places_where_nothing_is_bind_nobody(desk: Desk) -> None:
    sea = Place(latitude=0.0, longitude=0.0)
    one, _two, _three = fill(desk, a_ticket(1, place=sea), a_ticket(2, place=sea), a_ticket(3))
    assert found(desk, one) == []


def test_a_days_jobs_are_told_by_visits_in_the_order_of_the_route(desk: Desk) -> None:
    one, two, three, done = fill(
        desk, at(1, 0), at(2, 300), at(3, 2), at(4, 1, state=TicketState.FINISHED)
    )
    order = [two, three, done, one, TicketId("unknown")]
    assert visits_of(desk, order) == ((two,), (three, one))
