"""The outbox tells what waits, what moves and what arrived."""

import pytest

from field_app.actions import photos, tickets
from field_app.domain.photo import PhotoRole
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import outbox
from field_app.store import outbox as store_outbox
from field_app.store import uploads
from field_app.store.tickets import accept
from tests.helpers.builders import FakeClock, a_ticket, a_verdict, an_arrival
from tests.helpers.pictures import a_picture

ID = a_ticket().id


@pytest.fixture(autouse=True)
def _ticket(desk: Desk) -> None:
    """Give the crew one ticket."""
    accept(desk.db, [an_arrival(a_ticket())], [], "c")


def test_an_empty_outbox(desk: Desk) -> None:
    view = outbox(desk)
    assert (view.items, view.delivered_today, view.total_bytes) == ((), (), 0)


def test_a_photo_counts_with_its_operation_until_its_bytes_arrived(
    desk: Desk, clock: FakeClock
) -> None:
    done = photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    assert done.photo_id is not None
    size = len(a_picture())
    (item,) = outbox(desk).items
    assert (item.type, item.photo_count, item.can_undo) == ("add_photo", 1, True)
    assert item.photo_id == done.photo_id
    assert item.ticket_title == a_ticket().title
    assert item.size_bytes > size
    store_outbox.next_batch(desk.db, clock.passes(9), 10)
    (item,) = outbox(desk).items
    assert (item.local, item.can_undo) == (LocalState.SENDING, False)
    store_outbox.settle(desk.db, a_verdict(done.operation_id), clock.now())
    (item,) = outbox(desk).items
    assert (item.local, item.size_bytes, item.sent_bytes) == (LocalState.QUEUED, size, 0)
    assert outbox(desk).delivered_today == ()
    uploads.note_sent(desk.db, done.photo_id, 100)
    view = outbox(desk)
    assert (view.items[0].local, view.sent_bytes) == (LocalState.SENDING, 100)
    assert view.items[0].photo_id == done.photo_id
    assert (view.waiting_count, view.total_bytes) == (1, size)
    uploads.note_arrived(desk.db, done.photo_id, clock.now())
    view = outbox(desk)
    assert view.items == ()
    (delivered,) = view.delivered_today
    assert (delivered.operation_id, delivered.receipt) == (done.operation_id, "7F2A-19")
    assert delivered.size_bytes > size


def test_a_failure_is_shown_with_the_time_of_the_next_try(desk: Desk, clock: FakeClock) -> None:
    done = tickets.start(desk, ID)
    later = clock.passes(30)
    store_outbox.postpone(desk.db, [done.operation_id], later, "Unreachable", was_sent=False)
    (item,) = outbox(desk).items
    assert (item.local, item.retry_at, item.last_error) == (LocalState.RETRY, later, "Unreachable")
    assert item.can_undo
    assert item.photo_id is None
