"""Single copies of the hub's tickets: reading, replacing and letting go."""

from collections.abc import Collection

from field_app.domain.ids import TicketId
from field_app.domain.ticket import Ticket
from field_app.protocol.codec import dump
from field_app.protocol.listed import load_listed
from field_app.store import search, sync_state
from field_app.store.database import Database
from field_app.store.rows import TICKET_COLUMNS, ticket_from


def replace_copy(db: Database, ticket: Ticket) -> None:
    """Replace the hub's copy by a newer one, if this laptop has one; inside a transaction."""
    doc = dump(ticket)
    names = [*TICKET_COLUMNS.split(", "), "doc", "change"]
    db.run(
        f"UPDATE tickets SET {', '.join(f'{n} = ?' for n in names)}, is_indexed = 0"  # noqa: S608 - names of this module
        " WHERE id = ? AND revision <= ?",
        (*load_listed(doc), doc.decode(), sync_state.take_change(db), ticket.id, ticket.revision),
    )
    sync_state.put(db, sync_state.INDEX_BEHIND, "1")


def forget_gone(db: Database, ticket_id: TicketId) -> None:
    """Remove a ticket that is gone once nothing unsent hangs on it; inside a transaction."""
    if db.row("SELECT 1 FROM tickets WHERE id = ? AND is_gone = 1", (ticket_id,)):
        remove(db, [ticket_id])


def server_copy(db: Database, ticket_id: TicketId) -> Ticket | None:
    """Return the hub's copy, or None.

    Raises:
        TicketUnreadable: The hub sent a copy that this version cannot read.
        StoreDamaged: The copy was spoilt here.
    """
    row = db.row("SELECT doc FROM tickets WHERE id = ?", (ticket_id,))
    return None if row is None else ticket_from(row[0])


def is_gone(db: Database, ticket_id: TicketId) -> bool:
    """Return whether the ticket is no longer this person's, and stays for unsent work only."""
    row = db.row("SELECT is_gone FROM tickets WHERE id = ?", (ticket_id,))
    return row is not None and bool(row[0])


def remove(db: Database, ids: Collection[TicketId]) -> None:
    """Let tickets leave with their personal data; inside a transaction.

    Those on which unsent work hangs stay, marked as gone.
    """
    if ids:
        sync_state.put(db, sync_state.LAST_REMOVAL, str(sync_state.take_change(db)))
    for ticket_id in ids:
        if _has_unsent(db, ticket_id):
            db.run("UPDATE tickets SET is_gone = 1 WHERE id = ?", (ticket_id,))
            continue
        search.forget(db, ticket_id)
        db.run("DELETE FROM tickets WHERE id = ?", (ticket_id,))
        db.run("DELETE FROM drafts WHERE ticket_id = ?", (ticket_id,))
        db.run("UPDATE receipts SET title = '' WHERE ticket_id = ?", (ticket_id,))
        db.run("UPDATE outbox SET mine = NULL WHERE ticket_id = ?", (ticket_id,))


def _has_unsent(db: Database, ticket_id: TicketId) -> bool:
    """Return whether work on the ticket is not at the hub, or waits for a person's decision."""
    unsent = db.row(
        "SELECT 1 FROM outbox WHERE ticket_id = ? AND state IN ('waiting', 'parked')"
        " UNION ALL SELECT 1 FROM uploads WHERE ticket_id = ? AND state IN ('held', 'ready')",
        (ticket_id, ticket_id),
    )
    return unsent is not None
