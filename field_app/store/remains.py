"""What exists on this laptop only, counted from the rows themselves and from nothing else."""

from dataclasses import dataclass
from datetime import datetime

from field_app.domain.clock import corrected, from_stamp
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.verdict import Reason
from field_app.store.database import Database
from field_app.store.rows import time_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneOperation:
    """An operation that the hub does not hold."""

    operation_id: OperationId
    ticket_id: TicketId
    ticket_title: str
    """May be empty when the ticket left this laptop."""
    category: str
    type: str
    made_at: datetime
    """As people see it."""
    size_bytes: int
    reason: Reason | None
    """Why the hub refused it; None while it waits."""
    last_error: str
    """Name of the last failure; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LonePhoto:
    """A photo of which the hub does not hold every byte."""

    photo_id: PhotoId
    ticket_id: TicketId
    ticket_title: str
    category: str
    added_at: datetime | None
    """None when only its upload is known."""
    size_bytes: int
    sent_bytes: int
    """Of them, at the hub already."""
    is_refused: bool
    """Whether the hub refused its operation, and a person has not looked yet."""
    last_error: str
    has_picture: bool = False
    """Whether the hub has a screen copy of it; the photo is only here all the same."""


def operations(db: Database) -> tuple[LoneOperation, ...]:
    """Return operations that wait, or were refused and wait for a person, oldest first.

    One that was recorded is at the hub, though a person has to look at it.
    """
    rows = db.rows(
        "SELECT o.id, o.ticket_id, coalesce(t.title, ''), coalesce(t.category, ''), o.type,"
        " o.made_at, length(CAST(o.body AS BLOB)), CASE o.state WHEN 'parked' THEN o.reason END,"
        " o.last_error, coalesce(json_extract(o.body, '$.clock_offset_ms'), 0)"
        " FROM outbox o LEFT JOIN tickets t ON t.id = o.ticket_id"
        " WHERE o.state = 'waiting' OR (o.state = 'parked' AND NOT EXISTS"
        "  (SELECT 1 FROM receipts r WHERE r.operation_id = o.id)) ORDER BY o.seq"
    )
    return tuple(
        LoneOperation(
            operation_id=OperationId(row[0]),
            ticket_id=TicketId(row[1]),
            ticket_title=row[2],
            category=row[3],
            type=row[4],
            made_at=corrected(from_stamp(row[5]), row[9]),
            size_bytes=row[6],
            reason=None if row[7] is None else Reason(row[7]),
            last_error=row[8],
        )
        for row in rows
    )


def photos(db: Database) -> tuple[LonePhoto, ...]:
    """Return photos that the hub does not hold whole, oldest first.

    A refused one counts until a person has looked at its operation.
    """
    rows = db.rows(
        "SELECT u.photo_id, u.ticket_id, coalesce(t.title, ''), coalesce(t.category, ''),"
        " p.added_at, u.size_bytes, u.sent_bytes, u.state = 'refused', u.last_error,"
        " u.copy_at IS NOT NULL FROM uploads u LEFT JOIN photos p ON p.id = u.photo_id"
        " LEFT JOIN tickets t ON t.id = u.ticket_id"
        " WHERE u.state IN ('held', 'ready') OR (u.state = 'refused' AND EXISTS"
        "  (SELECT 1 FROM outbox o WHERE o.id = u.operation_id AND o.state = 'parked'))"
        " ORDER BY u.rowid"
    )
    return tuple(
        LonePhoto(
            photo_id=PhotoId(row[0]),
            ticket_id=TicketId(row[1]),
            ticket_title=row[2],
            category=row[3],
            added_at=time_or_none(row[4]),
            size_bytes=row[5],
            sent_bytes=row[6],
            is_refused=bool(row[7]),
            last_error=row[8],
            has_picture=bool(row[9]),
        )
        for row in rows
    )


def drafts(db: Database) -> tuple[tuple[TicketId, str, str], ...]:
    """Return ticket, title and words of drafts that were not handed in, by ticket."""
    rows = db.rows(
        "SELECT d.ticket_id, coalesce(t.title, ''), d.text FROM drafts d"
        " LEFT JOIN tickets t ON t.id = d.ticket_id WHERE trim(d.text) <> '' ORDER BY d.ticket_id"
    )
    return tuple((TicketId(row[0]), row[1], row[2]) for row in rows)
