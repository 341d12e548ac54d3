"""Tickets: reading and writing them, each change under its own revision."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from field_app.domain.clock import to_stamp
from field_app.domain.ids import TicketId
from field_app.domain.ticket import Ticket
from field_app.hub import tables
from field_app.hub.database import next_revision
from field_app.protocol.codec import dump, load_ticket


def put_ticket(connection: Connection, ticket: Ticket, *, former_crew: str | None) -> Ticket:
    """Write a changed ticket under the next revision.

    Args:
        connection: In a writing transaction.
        ticket: Already in the table.
        former_crew: The crew that had it before the change; may be the same.

    Returns:
        The ticket with its new revision.
    """
    numbered = replace(ticket, revision=next_revision(connection))
    connection.execute(
        update(tables.ticket).where(tables.ticket.c.id == ticket.id).values(**_columns(numbered))
    )
    if former_crew != ticket.crew_id:
        _move(connection, numbered, former_crew)
    return numbered


def add_ticket(connection: Connection, ticket: Ticket) -> Ticket:
    """Write a new ticket under the next revision and return it with that."""
    numbered = replace(ticket, revision=next_revision(connection))
    connection.execute(insert(tables.ticket).values(id=ticket.id, **_columns(numbered)))
    return numbered


def find_ticket(connection: Connection, ticket_id: str) -> Ticket | None:
    """Return a ticket, or None when the hub has none of this name."""
    found = select(tables.ticket.c.document).where(tables.ticket.c.id == ticket_id)
    document = connection.execute(found).scalar_one_or_none()
    return None if document is None else load_ticket(bytes(document))


def upload_id_of(photo_id: str, sha256: str) -> str:
    """Return the id of an upload, which follows from the photo: creating it twice is harmless."""
    return hashlib.sha256(f"{photo_id}:{sha256}".encode()).hexdigest()[:32]


def _columns(ticket: Ticket) -> dict[str, object]:
    """Return a ticket's columns besides its id."""
    return {
        "revision": ticket.revision,
        "crew_id": ticket.crew_id,
        "state": ticket.state.value,
        "document": dump(ticket),
    }


def _move(connection: Connection, ticket: Ticket, former_crew: str | None) -> None:
    """Note that a ticket left one crew and came to another."""
    crews = [crew for crew in (former_crew, ticket.crew_id) if crew is not None]
    connection.execute(
        delete(tables.removal).where(
            tables.removal.c.ticket_id == ticket.id, tables.removal.c.crew_id.in_(crews)
        )
    )
    if former_crew is not None:
        connection.execute(
            insert(tables.removal).values(
                ticket_id=ticket.id, crew_id=former_crew, revision=ticket.revision
            )
        )


def mark_arrived(connection: Connection, photo: Row[Any], at: datetime) -> None:
    """Note on photo and ticket that the original is here; once is enough.

    Args:
        connection: In a writing transaction.
        photo: A row of `tables.photo`.
        at: The present.
    """
    arrived = (
        update(tables.photo)
        .where(tables.photo.c.id == photo.id, tables.photo.c.arrived_at.is_(None))
        .values(arrived_at=to_stamp(at))
    )
    ticket = find_ticket(connection, TicketId(photo.ticket_id))
    if connection.execute(arrived).rowcount == 0 or ticket is None:
        return
    photos = tuple(replace(p, has_arrived=True) if p.id == photo.id else p for p in ticket.photos)
    changed = replace(ticket, photos=photos)
    numbered = put_ticket(connection, changed, former_crew=ticket.crew_id)
    connection.execute(
        update(tables.photo)
        .where(tables.photo.c.id == photo.id)
        .values(arrived_revision=numbered.revision)
    )
