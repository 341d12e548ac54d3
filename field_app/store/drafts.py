"""Words that were typed and not handed in yet."""

from field_app.domain.ids import TicketId
from field_app.store.database import Database


def get(db: Database, ticket_id: TicketId) -> str:
    """Return the kept words of a ticket; empty when there are none."""
    row = db.row("SELECT text FROM drafts WHERE ticket_id = ?", (ticket_id,))
    return "" if row is None else str(row[0])


def keep(db: Database, ticket_id: TicketId, text: str) -> None:
    """Keep words of a ticket, blank ones forget the draft; joins an open transaction."""
    with db.atomic():
        if text.strip():
            db.run(
                "INSERT OR REPLACE INTO drafts (ticket_id, text) VALUES (?, ?)", (ticket_id, text)
            )
        else:
            db.run("DELETE FROM drafts WHERE ticket_id = ?", (ticket_id,))
