"""The outbox: what a person did and the hub does not hold yet.

Life of a row: `waiting` until the hub's verdict; then it leaves (a receipt stays), or it is
`parked` until a person has decided, and `acknowledged` after that; see `store.decisions`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.changes import Changes
from field_app.domain.clock import to_stamp
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.operation import Operation
from field_app.domain.ticket import Ticket
from field_app.domain.verdict import Outcome, Verdict
from field_app.protocol.codec import dump, dump_operation
from field_app.store import copies, delivered, turns, uploads
from field_app.store.database import Database
from field_app.store.rows import operation_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How full the outbox is."""

    waiting: int
    """Operations that wait, and photos whose operation has left but whose bytes have not."""
    attention: int
    """Tickets that need a person, however much of their work is parked."""


def add(db: Database, operation: Operation, mine: Ticket) -> None:
    """Write an operation down; call inside the transaction of the whole work.

    Args:
        db: The database.
        operation: Its `seq` comes from `sync_state.take_seq` in the same transaction.
        mine: The ticket as it is to be after it; shown if the hub sees it differently.
    """
    db.run(
        "INSERT INTO outbox (id, seq, ticket_id, type, body, mine, made_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')",
        (
            operation.id,
            operation.seq,
            operation.ticket_id,
            operation.work.type,
            dump_operation(operation).decode(),
            dump(mine).decode(),
            to_stamp(operation.made_at),
        ),
    )


def waiting_of(db: Database, ticket_id: TicketId) -> tuple[Operation, ...]:
    """Return the ticket's waiting operations, oldest first; may be empty."""
    rows = db.rows(
        "SELECT body FROM outbox WHERE ticket_id = ? AND state = 'waiting' ORDER BY seq",
        (ticket_id,),
    )
    return tuple(operation_from(row[0]) for row in rows)


def waiting(db: Database, operation_id: OperationId) -> Operation | None:
    """Return a waiting operation, or None."""
    row = db.row("SELECT body FROM outbox WHERE id = ? AND state = 'waiting'", (operation_id,))
    return None if row is None else operation_from(row[0])


def next_batch(db: Database, now: datetime, limit: int) -> tuple[Operation, ...]:
    """Return what may be sent now, in the order of `seq`, and mark it as handed to the network.

    An operation is ready when its undo window is over and it does not wait for another try. One
    that is not ready holds back the later ones of its ticket and of no other. Operations of one
    ticket may be together in a batch, in their order: send batches one after the other.

    What is still marked from before was under way when the program ended: it may be at the hub.

    Args:
        db: The database.
        now: The present.
        limit: Most operations to return.

    Returns:
        May be empty.

    Raises:
        StoreFailed: Nothing was marked; nothing may be sent.
    """
    with db.atomic():
        ids = turns.ready(db, now, limit)
        db.run_many(
            "UPDATE outbox SET was_sent = max(was_sent, sent_at IS NOT NULL), sent_at = ?"
            " WHERE id = ?",
            [(to_stamp(now), i) for i in ids],
        )
        bodies = [db.row("SELECT body FROM outbox WHERE id = ?", (i,)) for i in ids]
    return tuple(operation_from(body[0]) for body in bodies if body is not None)


def settle(db: Database, verdict: Verdict, received_at: datetime) -> Changes:
    """Do what a verdict says, in ONE transaction; a verdict that comes twice is harmless.

    Applied, now or before: the row leaves, a receipt stays. Recorded, now or before, and refused:
    as `park`. In all cases the hub's copy is replaced by `verdict.ticket` unless a newer one is
    here already.

    Args:
        db: The database.
        verdict: The hub's answer.
        received_at: The present, kept when the verdict has no receipt.

    Returns:
        The ticket to look at again; nothing when the operation is unknown here.

    Raises:
        StoreFailed: Nothing changed; the operation still waits and may be sent again.
    """
    if not verdict.is_as_meant:
        return park(db, verdict, received_at)
    with db.atomic():
        row = db.row(
            "SELECT ticket_id FROM outbox WHERE id = ? AND state = 'waiting'",
            (verdict.operation_id,),
        )
        ticket_id = None if row is None else TicketId(row[0])
        if ticket_id is not None:
            _keep_receipt(db, verdict, received_at)
            uploads.release(db, verdict.operation_id)
            delivered.keep(db, verdict.operation_id, received_at)
            db.run("DELETE FROM outbox WHERE id = ?", (verdict.operation_id,))
        return _after_verdict(db, verdict, ticket_id)


def park(db: Database, verdict: Verdict, received_at: datetime) -> Changes:
    """Lay an operation aside that was recorded or refused, in ONE transaction.

    A recorded photo is evidence and is still uploaded; a refused one is not.

    Args:
        db: The database.
        verdict: The hub's answer.
        received_at: The present, kept when the verdict has no receipt.

    Returns:
        The ticket to look at again; nothing when the operation is unknown here.

    Raises:
        StoreFailed: Nothing changed.
    """
    with db.atomic():
        row = db.row(
            "SELECT ticket_id FROM outbox WHERE id = ? AND state = 'waiting'",
            (verdict.operation_id,),
        )
        ticket_id = None if row is None else TicketId(row[0])
        if ticket_id is not None:
            if verdict.outcome is not Outcome.REFUSED:
                _keep_receipt(db, verdict, received_at)
                uploads.release(db, verdict.operation_id)
            else:
                uploads.refuse(db, verdict.operation_id)
            db.run(
                "UPDATE outbox SET state = 'parked', reason = ?, detail = ?, cause = ?,"
                " not_before = NULL, last_error = '' WHERE id = ?",
                (verdict.reason, verdict.detail, _cause(verdict), verdict.operation_id),
            )
        return _after_verdict(db, verdict, ticket_id)


def postpone(
    db: Database,
    ids: Collection[OperationId],
    not_before: datetime,
    error: str,
    *,
    was_sent: bool = True,
) -> None:
    """Let operations wait for another try.

    Args:
        db: The database.
        ids: Operations of one attempt.
        not_before: When to try again.
        error: Why it failed: the class name of the failure, no personal data.
        was_sent: False when surely nothing reached the hub, as when no connection was made; then
            undo may take them out again, unless an earlier attempt got further.
    """
    with db.atomic():
        db.run_many(
            "UPDATE outbox SET attempts = attempts + 1, not_before = ?, last_error = ?,"
            " was_sent = max(was_sent, ?), sent_at = CASE max(was_sent, ?) WHEN 1 THEN sent_at END"
            " WHERE id = ? AND state = 'waiting'",
            [(to_stamp(not_before), error, int(was_sent), int(was_sent), i) for i in ids],
        )


def retry_now(db: Database) -> None:
    """Let every operation and upload be tried at once, in one transaction."""
    with db.atomic():
        db.run("UPDATE outbox SET not_before = NULL WHERE not_before IS NOT NULL")
        db.run("UPDATE uploads SET not_before = NULL WHERE not_before IS NOT NULL")


def earliest_wait(db: Database, now: datetime) -> datetime | None:
    """Return when the next operation or upload that waits becomes ready; None if none waits.

    `now` when something is ready already. An operation behind another one of its ticket counts
    with that one.
    """
    found = [*turns.of_operations(db, now), *uploads.waits(db, now)]
    return min((max(now, at) for at in found), default=None)


def attempts(db: Database, ids: Collection[OperationId]) -> int:
    """Return how often the most tried of some operations failed; 0 for none."""
    marks = ", ".join("?" * len(ids))
    return db.number(f"SELECT max(attempts) FROM outbox WHERE id IN ({marks})", tuple(ids))  # noqa: S608 - marks only


def counts(db: Database) -> Counts:
    """Return how much waits and how much needs a person."""
    waiting = db.number("SELECT count(*) FROM outbox WHERE state = 'waiting'")
    bytes_only = db.number("SELECT count(*) FROM uploads WHERE state = 'ready'")
    attention = db.number("SELECT count(DISTINCT ticket_id) FROM outbox WHERE state = 'parked'")
    return Counts(waiting=waiting + bytes_only, attention=attention)


def take_out(db: Database, operation_id: OperationId) -> bool:
    """Take out an operation that never left this laptop, not in a rescue pack either.

    Inside a transaction.

    Its upload leaves with it.

    Returns:
        Whether it was there to be taken out.
    """
    gone = db.run(
        "DELETE FROM outbox WHERE id = ? AND state = 'waiting' AND sent_at IS NULL"
        " AND packed_at IS NULL",
        (operation_id,),
    )
    if gone:
        db.run("DELETE FROM uploads WHERE operation_id = ? AND state = 'held'", (operation_id,))
    return bool(gone)


def _after_verdict(db: Database, verdict: Verdict, ticket_id: TicketId | None) -> Changes:
    """Replace the hub's copy and return what to look at again."""
    touched = set() if ticket_id is None else {ticket_id}
    if verdict.ticket is not None:
        copies.replace_copy(db, verdict.ticket)
        touched.add(verdict.ticket.id)
    if ticket_id is not None:
        copies.forget_gone(db, ticket_id)
    return Changes(tickets=frozenset(touched))


def _cause(verdict: Verdict) -> str | None:
    """Return what the hub says had happened, as JSON."""
    return None if verdict.cause is None else dump(verdict.cause).decode()


def _keep_receipt(db: Database, verdict: Verdict, received_at: datetime) -> None:
    """Write down that the hub holds a waiting operation."""
    receipt = verdict.receipt
    db.run(
        "INSERT OR REPLACE INTO receipts (operation_id, ticket_id, type, title, revision, receipt,"
        " outcome, received_at, sha256, size_bytes)"
        " SELECT o.id, o.ticket_id, o.type, coalesce(t.title, ''), ?, ?, ?, ?, ?,"
        " length(CAST(o.body AS BLOB))"
        " FROM outbox o LEFT JOIN tickets t ON t.id = o.ticket_id WHERE o.id = ?",
        (
            verdict.revision,
            "" if receipt is None else receipt.id,
            verdict.outcome,
            to_stamp(received_at if receipt is None else receipt.received_at),
            "" if receipt is None else receipt.sha256,
            verdict.operation_id,
        ),
    )
