"""The inventory: everything that one hub holds, for proofs and for people who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.ticket import Ticket
from field_app.domain.verdict import Outcome
from field_app.hub import tables
from field_app.hub.building import Hub
from field_app.protocol import codec


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPhoto:
    """One photo that was announced to the hub."""

    id: PhotoId
    ticket_id: TicketId
    sha256: str
    """As announced."""
    path: Path | None
    """The original's file; None while it has not arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What a hub holds at one moment."""

    tickets: Mapping[TicketId, Ticket]
    operations: Mapping[OperationId, Outcome]
    photos: Mapping[PhotoId, HeldPhoto]


def inventory_of(hub: Hub) -> Inventory:
    """Return everything that the hub holds; reads all of it."""
    with hub.database.read() as connection:
        tickets = [
            codec.load_ticket(row.document)
            for row in connection.execute(select(tables.ticket.c.document))
        ]
        operations = {
            OperationId(row.id): Outcome(row.outcome)
            for row in connection.execute(select(tables.operation.c.id, tables.operation.c.outcome))
        }
        photos = [
            HeldPhoto(
                id=PhotoId(row.id),
                ticket_id=TicketId(row.ticket_id),
                sha256=row.sha256,
                path=hub.vault.path(row.sha256) if hub.vault.has(row.sha256) else None,
            )
            for row in connection.execute(select(tables.photo))
        ]
    return Inventory(
        tickets={ticket.id: ticket for ticket in tickets},
        operations=operations,
        photos={photo.id: photo for photo in photos},
    )
