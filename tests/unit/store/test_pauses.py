"""What a person lets rest is not handed out, and nothing else waits because of it."""

from datetime import timedelta

import pytest

from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.store import lists, outbox, pauses, uploads
from field_app.store.database import Database
from field_app.store.photos import LocalPhoto
from tests.helpers.builders import NOW, a_ticket, a_verdict, an_add_photo, an_operation

LATER = NOW + timedelta(minutes=1)
ONE, OTHER = TicketId("2026-000001"), TicketId("2026-000002")


def a_ready_photo(db: Database, ticket_id: TicketId, seq: int) -> PhotoId:
    """Add a photo whose operation the hub has, and return it."""
    work = an_add_photo()
    operation = an_operation(work, ticket_id=ticket_id, seq=seq)
    photo = LocalPhoto(
        id=work.photo_id,
        ticket_id=ticket_id,
        role=PhotoRole.AFTER,
        sha256=work.sha256,
        size_bytes=1000,
        suffix=".jpg",
        added_at=NOW,
    )
    with db.atomic():
        outbox.add(db, operation, a_ticket())
        uploads.add(db, photo, operation.id)
    outbox.settle(db, a_verdict(operation.id), NOW)
    return work.photo_id


@pytest.fixture
def photos(db: Database) -> tuple[PhotoId, PhotoId]:
    """Return a photo of each of two jobs, both ready to go."""
    return a_ready_photo(db, ONE, 1), a_ready_photo(db, OTHER, 2)


def going(db: Database) -> set[PhotoId]:
    return {upload.photo_id for upload in uploads.next_uploads(db, LATER, 9)}


def test_nothing_rests_at_first(db: Database, photos: tuple[PhotoId, PhotoId]) -> None:
    assert pauses.read(db) == pauses.Pauses()
    assert going(db) == set(photos)
    assert uploads.resting(db) == (0, 0)


def test_photos_rest_and_operations_go(db: Database, photos: tuple[PhotoId, PhotoId]) -> None:
    uploads.note_sent(db, photos[0], 400)
    with db.atomic():
        outbox.add(db, an_operation(seq=3), a_ticket())
        pauses.let_photos_rest(db, NOW)
    assert going(db) == set()
    assert list(uploads.waits(db, LATER)) == []
    assert uploads.totals(db) == (0, 0)
    assert uploads.resting(db) == (2, 1600)
    assert len(outbox.next_batch(db, LATER, 9)) == 1


def test_one_jobs_photos_may_go_although_photos_rest(
    db: Database, photos: tuple[PhotoId, PhotoId]
) -> None:
    with db.atomic():
        pauses.let_photos_rest(db, NOW)
        pauses.send_job(db, OTHER, NOW)
    assert going(db) == {photos[1]}
    assert pauses.read(db).anyway == {OTHER}
    with db.atomic():
        pauses.let_photos_rest(db, NOW)
    assert going(db) == set(), "a new word about all photos ends exceptions"


def test_one_jobs_photos_may_rest_alone(db: Database, photos: tuple[PhotoId, PhotoId]) -> None:
    with db.atomic():
        pauses.let_job_rest(db, ONE, NOW)
    assert going(db) == {photos[1]}
    with db.atomic():
        pauses.let_photos_rest(db, NOW)
        pauses.send_photos(db, NOW)
    assert going(db) == {photos[1]}, "it was a person's word about this job"
    with db.atomic():
        pauses.send_job(db, ONE, NOW)
    assert going(db) == set(photos)
    assert pauses.read(db) == pauses.Pauses()


def test_a_job_that_rests_again_is_no_exception_any_more(db: Database) -> None:
    with db.atomic():
        pauses.let_photos_rest(db, NOW)
        pauses.send_job(db, ONE, NOW)
        pauses.let_job_rest(db, ONE, NOW)
    found = pauses.read(db)
    assert found.jobs == {ONE}
    assert found.anyway == set()
    assert found.rests(ONE)


def test_everything_rests_until_it_is_lifted(db: Database, photos: tuple[PhotoId, PhotoId]) -> None:
    with db.atomic():
        outbox.add(db, an_operation(seq=3), a_ticket())
        pauses.let_everything_rest(db, NOW)
    assert outbox.next_batch(db, LATER, 9) == ()
    assert outbox.earliest_wait(db, LATER) is None
    assert going(db) == set()
    marks = lists.marks(db)
    assert {ticket_id: mark.is_resting for ticket_id, mark in marks.items()} == {
        ONE: True,
        OTHER: True,
    }
    assert outbox.counts(db).waiting == 3, "it is still not at the hub"
    with db.atomic():
        pauses.send_everything(db)
    assert going(db) == set(photos)
    assert len(outbox.next_batch(db, LATER, 9)) == 1


def test_what_goes_is_no_resting_job(db: Database, photos: tuple[PhotoId, PhotoId]) -> None:
    operation = an_operation(ticket_id=ONE, seq=3)
    with db.atomic():
        outbox.add(db, operation, a_ticket())
        pauses.let_photos_rest(db, NOW)
    marks = lists.marks(db)
    assert (marks[ONE].is_resting, marks[OTHER].is_resting) == (False, True)
    assert OperationId(operation.id) in {o.id for o in outbox.next_batch(db, LATER, 9)}
    assert len(photos) == 2
