"""Lists are right in content and order, whatever waits on this laptop."""

from datetime import timedelta

import pytest

from field_app.actions import photos as act_photos
from field_app.actions import tickets as act
from field_app.domain.errors import NotAllowed, StoreDamaged
from field_app.domain.people import Crew
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.protocol.messages import Reference
from field_app.queries.desk import Desk, start_of_day
from field_app.queries.local_state import LocalState
from field_app.queries.status import categories, reference
from field_app.queries.tickets import (
    Scope,
    SortBy,
    TicketFilter,
    TicketList,
    list_tickets,
    ticket_detail,
)
from field_app.store import sync_state, uploads
from field_app.store.tickets import Beside, accept
from tests.helpers.builders import CREW_ID, NOW, FakeClock, a_photo, a_ticket, an_arrival
from tests.helpers.pictures import a_picture

DAY = timedelta(days=1)


def fill(desk: Desk, *tickets: Ticket) -> None:
    accept(desk.db, [an_arrival(ticket) for ticket in tickets], [], "c")


def numbers(listed: TicketList) -> list[int]:
    return [int(row.id.split("-")[1]) for row in listed.rows]


def handed_in(number: int, ago: timedelta, state: TicketState = TicketState.IN_REVIEW) -> Ticket:
    entry = TimelineEntry(kind=EntryKind.FINISH, at=NOW - ago)
    return a_ticket(number, state=state, timeline=(entry,))


def test_sent_back_comes_first_then_overdue_today_and_next(desk: Desk) -> None:
    fill(
        desk,
        a_ticket(1),
        a_ticket(2, due_at=NOW + 3 * DAY),
        a_ticket(3, due_at=NOW + timedelta(hours=2)),
        a_ticket(4, due_at=NOW - DAY),
        a_ticket(5, due_at=NOW + 9 * DAY, state=TicketState.SENT_BACK),
        handed_in(6, timedelta(hours=1)),
    )
    listed = list_tickets(desk, TicketFilter())
    assert numbers(listed) == [5, 4, 3, 2, 1, 6]
    assert [row.is_overdue for row in listed.rows] == [False, True, *[False] * 4]
    assert listed.rows[0].is_sent_back


def test_today_is_what_waits_and_what_was_handed_in_since_midnight(desk: Desk) -> None:
    hours_since_midnight = timedelta(hours=10)
    fill(
        desk,
        a_ticket(1),
        a_ticket(2, state=TicketState.FINISHED),
        handed_in(3, hours_since_midnight - timedelta(minutes=1)),
        handed_in(4, hours_since_midnight + timedelta(minutes=1)),
        handed_in(5, timedelta(hours=1), TicketState.FINISHED),
    )
    listed = list_tickets(desk, TicketFilter())
    assert set(numbers(listed)) == {1, 3, 5}
    assert (listed.done_count, listed.all_count) == (2, 3)
    everything = list_tickets(desk, TicketFilter(scope=Scope.ALL))
    assert set(numbers(everything)) == {1, 2, 3, 4, 5}
    assert (everything.done_count, everything.all_count) == (2, 3)
    assert start_of_day(NOW) == NOW - hours_since_midnight


def test_distance_is_from_the_kept_position_and_unknown_places_are_last(desk: Desk) -> None:
    fill(
        desk,
        a_ticket(1, due_at=NOW),
        a_ticket(2, place=Place(latitude=13.8, longitude=100.5)),
        a_ticket(3, place=Place(latitude=13.7, longitude=100.5)),
    )
    by_distance = TicketFilter(sort=SortBy.DISTANCE)
    listed = list_tickets(desk, by_distance)
    assert listed.position is None
    assert numbers(listed) == [1, 2, 3]
    here = Place(latitude=13.7, longitude=100.5)
    sync_state.keep_position(desk.db, here)
    listed = list_tickets(desk, by_distance)
    assert listed.position == here
    assert numbers(listed) == [3, 2, 1]
    assert listed.rows[0].distance_m == 0
    assert listed.rows[2].distance_m is None


def test_newest_is_what_was_reported_last(desk: Desk) -> None:
    fill(desk, a_ticket(1), a_ticket(3), a_ticket(2))
    assert numbers(list_tickets(desk, TicketFilter(sort=SortBy.NEWEST))) == [3, 2, 1]


def test_filters_narrow_the_list_together(desk: Desk) -> None:
    fill(
        desk,
        a_ticket(1, categories=("ถนน", "น้ำ"), due_at=NOW - DAY),
        a_ticket(2, categories=("น้ำท่วม",), due_at=NOW - DAY),
        a_ticket(3, categories=("น้ำ",)),
        a_ticket(4, categories=("น้ำ",), state=TicketState.ON_HOLD, due_at=NOW - DAY),
    )
    water = frozenset({"น้ำ"})
    assert set(numbers(list_tickets(desk, TicketFilter(categories=water)))) == {1, 3, 4}
    late = TicketFilter(categories=water, only_overdue=True)
    assert set(numbers(list_tickets(desk, late))) == {1, 4}
    held = TicketFilter(states=frozenset({TicketState.ON_HOLD}), words="เลขที่ 4")
    assert numbers(list_tickets(desk, held)) == [4]
    assert numbers(list_tickets(desk, TicketFilter(words="2026-000003"))) == [3]
    assert numbers(list_tickets(desk, TicketFilter(words="ไม่มี"))) == []


def test_my_waiting_work_counts_in_lists_and_filters(desk: Desk) -> None:
    fill(desk, a_ticket(1), a_ticket(2))
    act.start(desk, a_ticket(1).id)
    working = TicketFilter(states=frozenset({TicketState.IN_PROGRESS}))
    (row,) = list_tickets(desk, working).rows
    assert (row.id, row.local) == (a_ticket(1).id, LocalState.QUEUED)
    waiting = TicketFilter(states=frozenset({TicketState.WAITING}))
    assert numbers(list_tickets(desk, waiting)) == [2]


def test_what_i_hand_in_counts_as_done_at_once(desk: Desk) -> None:
    fill(desk, a_ticket(1), a_ticket(2))
    act_photos.attach(desk, a_ticket(1).id, PhotoRole.AFTER, a_picture())
    act.finish(desk, a_ticket(1).id)
    listed = list_tickets(desk, TicketFilter())
    assert (listed.done_count, listed.all_count) == (1, 2)
    assert listed.rows[-1].photo_count == 1


def test_a_deadline_that_passes_is_seen_without_any_change(desk: Desk, clock: FakeClock) -> None:
    fill(desk, a_ticket(1, due_at=NOW + timedelta(minutes=1)))
    assert not list_tickets(desk, TicketFilter()).rows[0].is_overdue
    clock.passes(61)
    assert list_tickets(desk, TicketFilter()).rows[0].is_overdue


def test_a_ticket_that_is_gone_is_listed_no_more(desk: Desk) -> None:
    fill(desk, a_ticket(1))
    act.start(desk, a_ticket(1).id)
    accept(desk.db, [], [a_ticket(1).id], "c")
    assert numbers(list_tickets(desk, TicketFilter())) == []
    assert ticket_detail(desk, a_ticket(1).id).ticket.state is TicketState.IN_PROGRESS


def test_a_list_says_how_fresh_it_is(desk: Desk) -> None:
    assert list_tickets(desk, TicketFilter()).fetched_at is None
    sync_state.note_success(desk.db, NOW, 0)
    assert list_tickets(desk, TicketFilter()).fetched_at == NOW


def test_a_ticket_in_full_marks_what_is_unsent(desk: Desk) -> None:
    accept(
        desk.db,
        [an_arrival(a_ticket(1, photos=(a_photo(PhotoRole.CITIZEN, has_arrived=True),)))],
        [],
        "c",
        Beside(reference=Reference(crews=(Crew(id=CREW_ID, name="One"),))),
    )
    done = act.note(desk, a_ticket(1).id, "hello")
    detail = ticket_detail(desk, a_ticket(1).id)
    assert detail.unsent == {done.operation_id}
    assert detail.crews == {CREW_ID: "One"}
    (card,) = detail.photos
    assert (card.local, card.sent_bytes, card.thumb) == (LocalState.NONE, 1000, None)
    with pytest.raises(NotAllowed):
        ticket_detail(desk, a_ticket(9).id)


def test_a_photos_mark_follows_its_upload(desk: Desk) -> None:
    fill(desk, a_ticket(1))
    done = act_photos.attach(desk, a_ticket(1).id, PhotoRole.AFTER, a_picture())
    assert done.photo_id is not None

    def mark() -> LocalState:
        return ticket_detail(desk, a_ticket(1).id).photos[0].local

    with desk.db.atomic():
        uploads.release(desk.db, done.operation_id)
    assert mark() is LocalState.QUEUED
    uploads.note_sent(desk.db, done.photo_id, 10)
    assert mark() is LocalState.SENDING
    uploads.postpone(desk.db, [done.photo_id], NOW, "Unreachable")
    assert mark() is LocalState.RETRY
    uploads.note_arrived(desk.db, done.photo_id, NOW)
    assert mark() is LocalState.NONE


def test_categories_are_the_agencys_and_others_that_tickets_have(desk: Desk) -> None:
    known = Reference(categories=("ไฟ", "ถนน"))
    accept(
        desk.db,
        [an_arrival(a_ticket(1, categories=("ถนน", "หมา")))],
        [],
        "c",
        Beside(reference=known),
    )
    assert categories(desk) == ("ไฟ", "ถนน", "หมา")
    assert reference(desk) == known


def test_a_row_in_no_known_state_is_damage(desk: Desk) -> None:
    fill(desk, a_ticket(1))
    desk.db.run("UPDATE tickets SET state = 'xyz', change = 999, is_indexed = 1")
    with pytest.raises(StoreDamaged):
        list_tickets(desk, TicketFilter(scope=Scope.ALL))
