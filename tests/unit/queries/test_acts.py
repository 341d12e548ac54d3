"""The outbox by acts: photos and words are told with what a crew did."""

from collections.abc import Callable

import pytest

from field_app.actions import outbox as outbox_actions
from field_app.actions import photos, tickets
from field_app.actions.recording import Done
from field_app.domain.ids import PhotoId, Revision, TicketId
from field_app.domain.photo import PhotoRole
from field_app.domain.verdict import Outcome, Reason
from field_app.queries.act_rows import moving
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import OutboxView, outbox
from field_app.store import outbox as store
from field_app.store import uploads
from field_app.store.tickets import accept
from tests.helpers.builders import FakeClock, a_ticket, a_verdict, an_arrival
from tests.helpers.pictures import a_picture

ID = a_ticket().id
OTHER = a_ticket(2).id
NOTE = "ซ่อมแล้ว"


@pytest.fixture(autouse=True)
def _tickets(desk: Desk) -> None:
    """Give the crew two jobs."""
    accept(desk.db, [an_arrival(a_ticket()), an_arrival(a_ticket(2))], [], "c")


def photo_of(done: Done) -> PhotoId:
    assert done.photo_id is not None
    return done.photo_id


class Day:
    """A crew at a desk, and a hub that takes everything when told to."""

    def __init__(self, desk: Desk, clock: FakeClock) -> None:
        self.desk = desk
        self.clock = clock
        self.revision = 100
        self.pictures = [a_picture(colour=colour) for colour in ("red", "blue")]
        """Two files of the same size."""
        assert len(self.pictures[0]) == len(self.pictures[1])

    def adds(self, role: PhotoRole = PhotoRole.AFTER, ticket_id: TicketId = ID) -> PhotoId:
        self.clock.passes(60)
        done = photos.attach(self.desk, ticket_id, role, self.pictures[0])
        self.pictures.reverse()
        return photo_of(done)

    @property
    def size(self) -> int:
        return len(self.pictures[0])

    def does(self, action: Callable[..., Done], *args: object) -> Done:
        self.clock.passes(60)
        return action(self.desk, *args)

    def hub_takes_operations(self) -> None:
        for operation in store.next_batch(self.desk.db, self.clock.passes(9), 99):
            self.revision += 1
            verdict = a_verdict(operation.id, revision=Revision(self.revision))
            store.settle(self.desk.db, verdict, self.clock.now())

    def sees(self) -> OutboxView:
        return outbox(self.desk)


@pytest.fixture
def day(desk: Desk, clock: FakeClock) -> Day:
    """Return a day's work at the desk."""
    return Day(desk, clock)


def told(view: OutboxView) -> list[tuple[str, int, int, bool]]:
    """Return act, photos, photos at the hub and whether words wait, of every row."""
    return [(r.type, r.photo_count, r.arrived_count, r.has_words) for r in view.rows]


def test_photos_and_words_are_told_with_the_act_that_follows(day: Day) -> None:
    day.does(tickets.start, ID)
    day.adds(PhotoRole.BEFORE)
    day.adds()
    day.does(tickets.finish, ID, NOTE)
    assert told(day.sees()) == [("start", 0, 0, False), ("finish", 2, 0, True)]


def test_a_photo_without_an_act_yet_is_told_with_the_one_before_while_that_waits(
    day: Day,
) -> None:
    day.does(tickets.start, ID)
    day.adds(PhotoRole.BEFORE)
    assert told(day.sees()) == [("start", 1, 0, False)]
    day.hub_takes_operations()
    assert told(day.sees()) == [("add_photo", 1, 0, False)]


def test_a_row_stays_the_same_while_its_words_and_photos_arrive(day: Day) -> None:
    first, second = day.adds(), day.adds()
    done = day.does(tickets.note, ID, "รออะไหล่")
    day.does(tickets.start, ID)
    (row,) = day.sees().rows
    key = row.key
    day.hub_takes_operations()
    (row,) = day.sees().rows
    assert (row.key, row.words_at_hub, row.has_words) == (key, True, False)
    assert day.sees().delivered_today == ()
    uploads.note_arrived(day.desk.db, first, day.clock.now())
    (row,) = day.sees().rows
    assert (row.key, row.photo_count, row.arrived_count) == (key, 2, 1)
    assert row.sent_bytes == day.size
    assert row.size_bytes == 2 * day.size
    uploads.note_arrived(day.desk.db, second, day.clock.now())
    view = day.sees()
    assert view.rows == ()
    (delivered,) = view.delivered_today
    assert (delivered.key, delivered.type, delivered.photo_count) == (key, "start", 2)
    assert done.operation_id != key


def test_jobs_are_not_told_together(day: Day) -> None:
    day.does(tickets.start, ID)
    day.adds(ticket_id=OTHER)
    assert {(r.ticket_id, r.type) for r in day.sees().rows} == {(ID, "start"), (OTHER, "add_photo")}


def test_undo_is_offered_for_the_newest_of_a_job_only(day: Day) -> None:
    day.does(tickets.start, ID)
    done = day.does(tickets.note, OTHER, "x")
    photo = day.adds()
    finished = day.does(tickets.finish, ID, NOTE)
    rows = {row.type: row for row in day.sees().rows}
    assert (rows["start"].undo_id, rows["finish"].undo_id) == (None, finished.operation_id)
    assert (rows["note"].undo_id, rows["note"].undo_type) == (done.operation_id, "note")
    tickets.undo(day.desk, finished.operation_id)
    rows = {row.type: row for row in day.sees().rows}
    assert rows["start"].undo_type == "add_photo"
    assert [p.photo_id for p in rows["start"].open_photos] == [photo]


def test_what_needs_a_person_stands_alone_and_first(day: Day) -> None:
    start = day.does(tickets.start, ID)
    day.adds()
    day.does(tickets.note, OTHER, "x")
    store.next_batch(day.desk.db, day.clock.passes(9), 1)
    refused = a_verdict(start.operation_id, Outcome.REFUSED, reason=Reason.NOT_ALLOWED)
    store.settle(day.desk.db, refused, day.clock.now())
    rows = day.sees().rows
    assert [(r.type, r.local) for r in rows] == [
        ("start", LocalState.ATTENTION),
        ("add_photo", LocalState.QUEUED),
        ("note", LocalState.QUEUED),
    ]
    assert (rows[0].parked_id, rows[0].reason) == (start.operation_id, Reason.NOT_ALLOWED)


def test_resting_photos_come_last_and_are_counted_apart(day: Day) -> None:
    photo = day.adds()
    day.does(tickets.start, ID)
    day.hub_takes_operations()
    uploads.note_sent(day.desk.db, photo, 100)
    day.does(tickets.start, OTHER)
    outbox_actions.pause_photos(day.desk)
    view = day.sees()
    assert [(r.ticket_id, r.local) for r in view.rows] == [
        (OTHER, LocalState.QUEUED),
        (ID, LocalState.PAUSED),
    ]
    left = day.size - 100
    assert (view.resting_count, view.resting_bytes) == (1, left)
    assert view.rows[1].rests_by_job
    assert view.rows[1].resting_bytes == left
    assert view.total_bytes - view.sent_bytes == view.rows[0].size_bytes
    outbox_actions.send_job(day.desk, ID)
    assert [r.local for r in day.sees().rows] == [LocalState.SENDING, LocalState.QUEUED]


def test_words_go_while_the_photos_of_the_act_rest(day: Day) -> None:
    day.adds()
    day.does(tickets.start, ID)
    outbox_actions.pause_job(day.desk, ID)
    (row,) = day.sees().rows
    assert (row.local, row.resting_bytes) == (LocalState.QUEUED, day.size)
    day.hub_takes_operations()
    (row,) = day.sees().rows
    assert (row.local, row.words_at_hub) == (LocalState.PAUSED, True)


def test_everything_rests(day: Day) -> None:
    day.does(tickets.start, ID)
    changes = outbox_actions.pause_all(day.desk)
    assert changes.tickets == {ID}
    view = day.sees()
    assert [r.local for r in view.rows] == [LocalState.PAUSED]
    assert not view.rows[0].rests_by_job
    assert view.rests.everything
    outbox_actions.resume_all(day.desk)
    assert [r.local for r in day.sees().rows] == [LocalState.QUEUED]


def test_bytes_under_way_count_at_once(day: Day) -> None:
    photo = day.adds()
    day.does(tickets.start, ID)
    day.hub_takes_operations()
    (row,) = day.sees().rows
    uploads.note_sent(day.desk.db, photo, 100)
    (known,) = day.sees().rows
    for before in (row, known):
        moved = moving(before, {photo: 150, PhotoId("another"): 7})
        assert (moved.local, moved.sent_bytes) == (LocalState.SENDING, 150)
    assert moving(row, {}) is row
    assert moving(row, {photo: 10**9}).sent_bytes == row.size_bytes


def test_a_failing_photo_tells_when_and_how_often(day: Day) -> None:
    photo = day.adds()
    day.does(tickets.start, ID)
    day.hub_takes_operations()
    at = day.clock.passes(1)
    later = day.clock.passes(30)
    for _try in range(2):
        uploads.postpone(day.desk.db, [photo], later, "Unreachable")
    (row,) = day.sees().rows
    assert (row.local, row.retry_at, row.attempts) == (LocalState.RETRY, later, 2)
    assert row.last_error == "Unreachable"
    assert at < later


def test_a_photo_of_which_damage_left_only_the_upload_is_still_told(day: Day) -> None:
    photo = day.adds()
    day.hub_takes_operations()
    day.desk.db.run("DELETE FROM photos")
    day.desk.db.run("DELETE FROM receipts")
    (row,) = day.sees().rows
    assert [open_photo.photo_id for open_photo in row.open_photos] == [photo]
