"""Copies worth having, and single facts that may be damaged."""

from datetime import timedelta

import pytest

from field_app.domain.errors import StoreDamaged
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoRole, SeenBefore
from field_app.domain.ticket import TicketState
from field_app.store import outbox, photos, search, sync_state, tickets, uploads
from field_app.store.database import Database
from tests.helpers.builders import NOW, a_photo, a_ticket, an_arrival, an_operation


def test_copies_are_wanted_of_open_work_nearest_deadline_first(db: Database) -> None:
    shown, withdrawn = a_photo(id=PhotoId("shown")), a_photo(is_withdrawn=True)
    closed = a_ticket(1, state=TicketState.FINISHED, photos=(a_photo(),))
    later = a_ticket(2, due_at=NOW + timedelta(2), photos=(a_photo(id=PhotoId("later")),))
    sooner = a_ticket(3, due_at=NOW, photos=(shown, withdrawn))
    review = a_ticket(4, state=TicketState.IN_REVIEW, photos=(a_photo(id=PhotoId("review")),))
    tickets.accept(db, [an_arrival(t) for t in (closed, later, sooner, review)], [], "c")
    search.index_some(db, 10)
    wanted = photos.wanted_copies(db, 10)
    assert [photo.id for photo in wanted] == ["shown", "later", "review"]
    assert len(photos.wanted_copies(db, 1)) == 1


def seen(ticket_id: str, photo_id: str) -> SeenBefore:
    return SeenBefore(
        ticket_id=TicketId(ticket_id), photo_id=PhotoId(photo_id), role=PhotoRole.AFTER
    )


def test_the_earlier_photo_of_another_ticket_is_wanted_right_after_the_ticket_that_shows_it(
    db: Database,
) -> None:
    withdrawn = a_photo(id=PhotoId("withdrawn"), is_withdrawn=True)
    closed = a_ticket(
        1,
        state=TicketState.FINISHED,
        photos=(a_photo(id=PhotoId("earlier"), has_arrived=True), withdrawn),
    )
    told = (
        a_photo(id=PhotoId("again"), seen_before=seen(closed.id, "earlier")),
        a_photo(id=PhotoId("once more"), seen_before=seen(closed.id, "withdrawn")),
        a_photo(id=PhotoId("not here"), seen_before=seen("2026-000009", "elsewhere")),
    )
    first = a_ticket(2, due_at=NOW, photos=told)
    second = a_ticket(3, due_at=NOW + timedelta(1), photos=(a_photo(id=PhotoId("next")),))
    tickets.accept(db, [an_arrival(t) for t in (closed, first, second)], [], "c")
    search.index_some(db, 10)
    wanted = photos.wanted_copies(db, 10)
    assert [p.id for p in wanted] == ["again", "once more", "not here", "earlier", "next"]
    assert (wanted[3].ticket_id, wanted[3].has_more) == (closed.id, True)


def test_what_this_laptop_found_alike_is_wanted_too_and_nothing_twice(db: Database) -> None:
    mine = a_ticket(1, due_at=NOW, photos=(a_photo(id=PhotoId("mine")),))
    other = a_ticket(2, due_at=NOW + timedelta(1), photos=(a_photo(id=PhotoId("other")), a_photo()))
    tickets.accept(db, [an_arrival(t) for t in (mine, other)], [], "c")
    search.index_some(db, 10)
    for row in ((mine.id, "mine", other.id, "other"), (other.id, "other", mine.id, "mine")):
        db.run(
            "INSERT INTO likes (ticket_id, photo_id, other_ticket_id, other_id, is_unchanged)"
            " VALUES (?, ?, ?, ?, 1)",
            row,
        )
    wanted = [p.id for p in photos.wanted_copies(db, 10)]
    assert wanted[:2] == ["mine", "other"]
    assert len(wanted) == 3


def test_the_hubs_word_in_a_strange_form_makes_nothing_wanted(db: Database) -> None:
    odd = a_photo(id=PhotoId("odd"), seen_before=seen("2026-000002", "x"))
    arrival = an_arrival(a_ticket(photos=(odd,)))
    doc = arrival.doc.replace(b'"photo_id":"x"', b'"photo_id":7')
    assert doc != arrival.doc
    tickets.accept(db, [arrival._replace(doc=doc)], [], "c")
    search.index_some(db, 10)
    assert [p.id for p in photos.wanted_copies(db, 10)] == ["odd"]


def test_hashes_of_tickets_photos_are_known(db: Database) -> None:
    sha256 = "cd" * 32
    tickets.accept(db, [an_arrival(a_ticket(photos=(a_photo(sha256=sha256),)))], [], "c")
    assert photos.known_hashes(db) == frozenset({sha256})
    search.index_some(db, 10)
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
