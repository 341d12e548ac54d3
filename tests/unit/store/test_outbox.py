"""What leaves the outbox, in which order, and what stays of it."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from field_app.domain.ids import OperationId, Revision, TicketId
from field_app.domain.moved_on import WayOn
from field_app.domain.operation import Note, Operation
from field_app.domain.ticket import TicketState
from field_app.domain.verdict import Outcome, Reason
from field_app.store import copies, decisions, outbox, photos, queue, tickets, uploads
from field_app.store.database import Database
from tests.helpers.builders import (
    NOW,
    a_ticket,
    a_verdict,
    an_add_photo,
    an_arrival,
    an_operation,
)

LATER = NOW + timedelta(seconds=10)


def add(db: Database, seq: int, ticket: int = 1, **facts: object) -> Operation:
    operation = an_operation(
        Note(text="x"), seq=seq, ticket_id=TicketId(f"2026-{ticket:06d}"), **facts
    )
    outbox.add(db, operation, a_ticket(ticket))
    return operation


def add_with_photo(db: Database, seq: int = 1) -> Operation:
    work = an_add_photo()
    operation = an_operation(work, seq=seq)
    outbox.add(db, operation, a_ticket())
    photo = photos.LocalPhoto(
        id=work.photo_id,
        ticket_id=operation.ticket_id,
        role=work.role,
        sha256=work.sha256,
        size_bytes=work.size_bytes,
        suffix=".jpg",
        added_at=NOW,
    )
    photos.add(db, photo)
    uploads.add(db, photo, operation.id)
    return operation


def test_nothing_leaves_within_the_undo_window(db: Database) -> None:
    operation = add(db, 1)
    assert outbox.next_batch(db, NOW + timedelta(seconds=7.9), 10) == ()
    assert outbox.earliest_wait(db, NOW) == NOW + timedelta(seconds=8)
    assert outbox.next_batch(db, NOW + timedelta(seconds=8), 10) == (operation,)


def test_a_clock_that_was_set_back_holds_nothing_back(db: Database) -> None:
    operation = add(db, 1)
    yesterday = NOW - timedelta(days=1)
    outbox.postpone(db, [operation.id], NOW + timedelta(seconds=30), "Unreachable")
    assert outbox.next_batch(db, yesterday - timedelta(hours=1), 10) == (operation,)


def test_an_operation_in_backoff_blocks_its_own_ticket_only(db: Database) -> None:
    first, _second, other = add(db, 1), add(db, 2), add(db, 3, ticket=2)
    outbox.postpone(db, [first.id], LATER + timedelta(seconds=30), "HubBusy")
    assert outbox.next_batch(db, LATER, 10) == (other,)
    assert outbox.attempts(db, [first.id, other.id]) == 1
    outbox.retry_now(db)
    assert [o.seq for o in outbox.next_batch(db, LATER, 10)] == [1, 2, 3]


def test_a_fresh_operation_holds_back_later_ones_of_its_ticket(db: Database) -> None:
    add(db, 1, made_at=LATER)
    add(db, 2)
    assert outbox.next_batch(db, LATER, 10) == ()


def test_a_batch_is_no_longer_than_asked(db: Database) -> None:
    for seq in range(1, 6):
        add(db, seq)
    assert [o.seq for o in outbox.next_batch(db, LATER, 3)] == [1, 2, 3]


def test_an_accepted_operation_leaves_a_receipt_and_the_hubs_copy(db: Database) -> None:
    tickets.accept(db, [an_arrival(a_ticket())], [], "c")
    operation = add(db, 1)
    newer = a_ticket(revision=Revision(100), state=TicketState.IN_PROGRESS)
    changes = outbox.settle(db, a_verdict(operation.id, ticket=newer), LATER)
    assert changes.tickets == {operation.ticket_id}
    assert outbox.counts(db) == outbox.Counts(waiting=0, attention=0)
    assert copies.server_copy(db, operation.ticket_id) == newer
    (kept,) = queue.delivered_since(db, NOW)
    assert (kept.operation_id, kept.receipt) == (operation.id, "7F2A-19")


def test_a_verdicts_old_ticket_replaces_no_newer_copy(db: Database) -> None:
    tickets.accept(db, [an_arrival(a_ticket(revision=Revision(50)))], [], "c")
    operation = add(db, 1)
    old = a_ticket(revision=Revision(49), words="old")
    outbox.settle(db, a_verdict(operation.id, ticket=old), LATER)
    assert db.number("SELECT revision FROM tickets WHERE id = ?", (operation.ticket_id,)) == 50


def test_a_verdict_that_comes_twice_changes_nothing(db: Database) -> None:
    operation = add(db, 1)
    outbox.settle(db, a_verdict(operation.id), LATER)
    again = a_verdict(operation.id, Outcome.DUPLICATE)
    assert not outbox.settle(db, again, LATER)
    assert len(queue.delivered_since(db, NOW)) == 1


def test_a_recorded_operation_waits_for_a_person_and_is_kept_afterwards(db: Database) -> None:
    operation = add(db, 1)
    verdict = a_verdict(operation.id, Outcome.RECORDED, reason=Reason.CLOSED, detail="done")
    outbox.settle(db, verdict, LATER)
    assert outbox.counts(db).attention == 1
    assert outbox.waiting_of(db, operation.ticket_id) == ()
    parked = decisions.parked_of(db, operation.ticket_id)
    assert parked is not None
    (work,) = parked.works
    assert (work.reason, work.is_at_hub) == (Reason.CLOSED, True)
    assert (parked.detail, parked.mine) == ("done", a_ticket())
    with db.atomic():
        decisions.note_down(db, [(operation.id, None)], WayOn.KEEP, LATER)
    assert decisions.parked_of(db, operation.ticket_id) is None
    assert outbox.counts(db).attention == 0
    assert db.number("SELECT count(*) FROM outbox") == 1


def test_a_refused_operation_does_not_stop_the_next_one(db: Database) -> None:
    first, second = add(db, 1), add(db, 2)
    refusal = a_verdict(first.id, Outcome.REFUSED, reason=Reason.MALFORMED)
    outbox.settle(db, refusal, LATER)
    assert outbox.next_batch(db, LATER, 10) == (second,)


def test_undo_takes_out_what_never_left_and_nothing_else(db: Database) -> None:
    first, second = add(db, 1), add(db, 2, made_at=LATER)
    outbox.next_batch(db, LATER, 10)
    assert not outbox.take_out(db, first.id)
    assert outbox.take_out(db, second.id)


def test_what_surely_did_not_leave_may_be_undone_again(db: Database) -> None:
    first, second = add(db, 1), add(db, 2, ticket=2)
    outbox.next_batch(db, LATER, 10)
    outbox.postpone(db, [first.id], LATER, "Unreachable", was_sent=False)
    outbox.postpone(db, [second.id], LATER, "Unreachable")
    outbox.next_batch(db, LATER, 10)
    outbox.postpone(db, [first.id, second.id], LATER, "Unreachable", was_sent=False)
    assert outbox.take_out(db, first.id)
    assert not outbox.take_out(db, second.id)


def test_a_photo_is_sent_only_after_its_operation_was_settled(db: Database) -> None:
    operation = add_with_photo(db)
    assert uploads.next_uploads(db, LATER, 9) == ()
    outbox.settle(db, a_verdict(operation.id), LATER)
    (upload,) = uploads.next_uploads(db, LATER, 9)
    assert outbox.counts(db).waiting == 1
    uploads.note_url(db, upload.photo_id, "/photos/upload/1")
    uploads.postpone(db, [upload.photo_id], LATER + timedelta(seconds=5), "Unreachable")
    assert uploads.next_uploads(db, LATER, 9) == ()
    assert outbox.earliest_wait(db, LATER) == LATER + timedelta(seconds=5)
    uploads.note_sent(db, upload.photo_id, 400)
    (upload,) = uploads.next_uploads(db, LATER, 9)
    assert (upload.url, upload.sent_bytes, upload.attempts) == ("/photos/upload/1", 400, 0)
    assert uploads.totals(db) == (1000, 400)
    changes = uploads.note_arrived(db, upload.photo_id, LATER)
    assert changes.photos == {upload.photo_id}
    assert outbox.counts(db).waiting == 0
    assert uploads.open_uploads(db) == ()


def test_a_recorded_photo_is_evidence_and_a_refused_one_stays_here(db: Database) -> None:
    recorded, refused = add_with_photo(db, 1), add_with_photo(db, 2)
    outbox.settle(db, a_verdict(recorded.id, Outcome.RECORDED, reason=Reason.REASSIGNED), LATER)
    outbox.settle(db, a_verdict(refused.id, Outcome.REFUSED, reason=Reason.NOT_ALLOWED), LATER)
    assert [u.operation_id for u in uploads.next_uploads(db, LATER, 9)] == [recorded.id]


def test_an_operation_is_the_same_after_the_store(db: Database) -> None:
    operation = add_with_photo(db)
    assert outbox.waiting(db, operation.id) == operation
    assert outbox.waiting(db, OperationId("nobody")) is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["settle", "postpone", "wait"]), st.integers(1, 4)), max_size=8
    )
)
def test_a_ticket_is_never_sent_out_of_order(db: Database, steps: list[tuple[str, int]]) -> None:
    with db.atomic():
        db.run("DELETE FROM outbox")
    for seq in range(1, 9):
        add(db, seq, ticket=1 + seq % 3)
    now = NOW
    left: dict[int, list[int]] = {ticket: [] for ticket in range(3)}
    for step, limit in steps:
        now += timedelta(seconds=9)
        batch = outbox.next_batch(db, now, limit)
        assert [o.seq for o in batch] == sorted(o.seq for o in batch)
        if step == "postpone":
            outbox.postpone(db, [o.id for o in batch], now + timedelta(seconds=20), "HubBusy")
        if step == "settle":
            for operation in batch:
                left[operation.seq % 3].append(operation.seq)
                outbox.settle(db, a_verdict(operation.id), now)
    assert all(seqs == sorted(seqs) for seqs in left.values())
    sent = sum(len(seqs) for seqs in left.values())
    assert outbox.counts(db).waiting == 8 - sent
