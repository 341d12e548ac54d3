"""The day's end counts from the rows themselves: nothing is forgotten, nothing counted twice."""

import pytest

from field_app.actions import conflicts, photos, tickets
from field_app.actions import outbox as outbox_actions
from field_app.domain.ids import OperationId, PhotoId
from field_app.domain.moved_on import WayOn
from field_app.domain.photo import PhotoRole
from field_app.domain.verdict import Outcome, Reason
from field_app.queries.day_end import DayEnd, day_end
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.store import outbox as store
from field_app.store import sync_state, uploads
from field_app.store.tickets import accept
from tests.helpers.builders import NOW, FakeClock, a_ticket, a_verdict, an_arrival
from tests.helpers.pictures import a_picture

ID = a_ticket().id
OTHER = a_ticket(2).id


@pytest.fixture(autouse=True)
def _tickets(desk: Desk) -> None:
    """Give the crew two jobs."""
    accept(desk.db, [an_arrival(a_ticket()), an_arrival(a_ticket(2))], [], "c")


def hub_says(desk: Desk, operation_id: OperationId, outcome: Outcome, reason: Reason) -> None:
    store.settle(desk.db, a_verdict(operation_id, outcome, reason=reason), desk.clock.now())


def a_repair(desk: Desk, clock: FakeClock) -> tuple[PhotoId, list[OperationId]]:
    """Do a whole job and return its photo and operations."""
    begun = tickets.start(desk, ID)
    clock.passes(60)
    added = photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    clock.passes(60)
    done = tickets.finish(desk, ID, "ซ่อมแล้ว")
    assert added.photo_id is not None
    return added.photo_id, [begun.operation_id, added.operation_id, done.operation_id]


def reasons(view: DayEnd) -> list[LocalState]:
    return [job.local for job in view.jobs]


def test_a_laptop_on_which_nothing_was_done_has_nothing_of_its_own(desk: Desk) -> None:
    view = day_end(desk)
    assert (view.jobs, view.count, view.drafts, view.confirmed_at) == ((), 0, (), None)


def test_a_repair_without_signal_is_told_in_full(desk: Desk, clock: FakeClock) -> None:
    a_repair(desk, clock)
    view = day_end(desk)
    (job,) = view.jobs
    assert (job.ticket_id, job.acts, job.photo_count) == (ID, ("start", "finish"), 1)
    assert view.count == 3
    assert (job.since, job.local) == (NOW, LocalState.QUEUED)
    assert job.left_bytes > len(a_picture())


def test_the_count_goes_down_only_by_what_the_hub_confirmed(desk: Desk, clock: FakeClock) -> None:
    photo_id, operations = a_repair(desk, clock)
    store.next_batch(desk.db, clock.passes(9), 9)
    assert day_end(desk).count == 3, "handed to the network is not at the hub"
    for operation_id in operations:
        store.settle(desk.db, a_verdict(operation_id), clock.now())
    view = day_end(desk)
    assert (view.count, view.jobs[0].acts, view.left_bytes) == (1, (), len(a_picture()))
    uploads.note_sent(desk.db, photo_id, len(a_picture()))
    view = day_end(desk)
    assert (view.count, view.left_bytes) == (1, 0), "sent in full and not confirmed"
    uploads.note_arrived(desk.db, photo_id, clock.now())
    view = day_end(desk)
    assert (view.count, view.jobs, view.confirmed_at) == (0, (), NOW)


def test_a_refused_repair_stays_until_a_person_has_looked(desk: Desk, clock: FakeClock) -> None:
    _photo, operations = a_repair(desk, clock)
    store.next_batch(desk.db, clock.passes(9), 9)
    for operation_id in operations:
        hub_says(desk, operation_id, Outcome.REFUSED, Reason.NOT_ALLOWED)
    view = day_end(desk)
    assert (view.count, view.attention_count, reasons(view)) == (3, 1, [LocalState.ATTENTION])
    conflicts.decide(desk, ID, operations, WayOn.DROP)
    view = day_end(desk)
    assert (view.count, view.attention_count) == (0, 0)


def test_what_was_recorded_is_at_the_hub_though_a_person_has_to_look(
    desk: Desk, clock: FakeClock
) -> None:
    done = tickets.start(desk, ID)
    store.next_batch(desk.db, clock.passes(9), 9)
    hub_says(desk, done.operation_id, Outcome.RECORDED, Reason.CLOSED)
    view = day_end(desk)
    assert (view.count, view.attention_count) == (0, 1)


def test_each_job_says_why_it_waits(desk: Desk, clock: FakeClock) -> None:
    done = tickets.start(desk, OTHER)
    store.postpone(desk.db, [done.operation_id], clock.passes(30), "HubFull")
    clock.passes(60)
    a_repair(desk, clock)
    view = day_end(desk)
    assert [job.ticket_id for job in view.jobs] == [OTHER, ID]
    assert reasons(view) == [LocalState.RETRY, LocalState.QUEUED]
    assert view.jobs[0].last_error == "HubFull"
    outbox_actions.pause_photos(desk)
    assert reasons(day_end(desk))[1] is LocalState.QUEUED, "its words go"
    outbox_actions.pause_all(desk)
    assert reasons(day_end(desk)) == [LocalState.PAUSED, LocalState.PAUSED]


def test_drafts_are_told_apart_and_blank_ones_not_at_all(desk: Desk) -> None:
    tickets.keep_draft(desk, ID, "ยังเขียนไม่จบ")
    tickets.keep_draft(desk, OTHER, "  ")
    view = day_end(desk)
    assert view.count == 0
    assert [(draft.ticket_id, draft.words) for draft in view.drafts] == [(ID, "ยังเขียนไม่จบ")]
    assert view.drafts[0].ticket_title == a_ticket().title


def test_the_hubs_last_word_is_told_by_the_hubs_clock(desk: Desk) -> None:
    sync_state.note_success(desk.db, NOW, 300_000)
    agreed_at = day_end(desk).agreed_at
    assert agreed_at is not None
    assert (agreed_at - NOW).total_seconds() == 300


def test_a_photo_of_which_only_the_upload_is_left_counts_too(desk: Desk, clock: FakeClock) -> None:
    photo_id, operations = a_repair(desk, clock)
    store.next_batch(desk.db, clock.passes(9), 9)
    for operation_id in operations:
        store.settle(desk.db, a_verdict(operation_id), clock.now())
    desk.db.run("DELETE FROM photos WHERE id = ?", (photo_id,))
    view = day_end(desk)
    assert (view.count, view.jobs[0].since) == (1, None)
