"""Copies worth having, and single facts that may be damaged."""

from datetime import timedelta

import pytest

from field_app.domain.errors import StoreDamaged
from field_app.domain.ids import PhotoId
from field_app.domain.ticket import TicketState
from field_app.store import outbox, photos, sync_state, tickets, uploads
from field_app.store.database import Database
from tests.helpers.builders import NOW, a_photo, a_ticket, an_arrival, an_operation


def test_copies_are_wanted_of_open_work_nearest_deadline_first(db: Database) -> None:
    shown, withdrawn = a_photo(id=PhotoId("shown")), a_photo(is_withdrawn=True)
    closed = a_ticket(1, state=TicketState.FINISHED, photos=(a_photo(),))
    later = a_ticket(2, due_at=NOW + timedelta(2), photos=(a_photo(id=PhotoId("later")),))
    sooner = a_ticket(3, due_at=NOW, photos=(shown, withdrawn))
    review = a_ticket(4, state=TicketState.IN_REVIEW, photos=(a_photo(id=PhotoId("review")),))
    tickets.accept(db, [an_arrival(t) for t in (closed, later, sooner, review)], [], "c")
    wanted = photos.wanted_copies(db, 10)
    assert [photo.id for photo in wanted] == ["shown", "later", "review"]
    assert len(photos.wanted_copies(db, 1)) == 1


def test_hashes_of_tickets_photos_are_known(db: Database) -> None:
    sha256 = "cd" * 32
    tickets.accept(db, [an_arrival(a_ticket(photos=(a_photo(sha256=sha256),)))], [], "c")
    assert photos.known_hashes(db) == frozenset({sha256})


def test_a_reference_that_cannot_be_read_is_damage(db: Database) -> None:
    sync_state.put(db, "reference", "[]")
    with pytest.raises(StoreDamaged):
        sync_state.reference(db)


def test_an_operation_that_cannot_be_read_is_damage(db: Database) -> None:
    outbox.add(db, an_operation(), a_ticket())
    db.run("UPDATE outbox SET body = '{}'")
    with pytest.raises(StoreDamaged):
        outbox.waiting_of(db, a_ticket().id)


def test_what_was_never_begun_is_unknown(db: Database) -> None:
    assert uploads.get(db, PhotoId("x")) is None
    assert not uploads.note_arrived(db, PhotoId("x"), NOW)
