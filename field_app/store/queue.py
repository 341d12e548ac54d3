"""The outbox as a list to look at: what waits, what is parked, what arrived."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.ids import OperationId, PhotoId, Revision, TicketId
from field_app.domain.verdict import Reason
from field_app.store.database import Database
from field_app.store.rows import time_or_none

_BODY_BYTES: Final = "length(CAST(o.body AS BLOB))"
UNKNOWN_TIME: Final = "2000-01-01T00:00:00.000Z"
"""Of a photo of which a damaged database gave back the upload alone; it stands first then."""
_HAS_WORDS: Final = (
    "coalesce(nullif(json_extract(o.body, '$.payload.note'), ''),"
    " nullif(json_extract(o.body, '$.payload.text'), '')) IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One operation that is not done with, together with its photo's upload."""

    operation_id: OperationId
    ticket_id: TicketId
    ticket_title: str
    category: str
    type: str
    made_at: datetime
    """By this computer's clock."""
    clock_offset_ms: int
    """What the hub's clock was ahead of it then; 0 when `made_at` was set right already."""
    is_parked: bool
    has_left: bool
    """Whether it was handed to the network, or is at the hub and only its photo is not."""
    is_packed: bool
    """Whether it left this laptop in a rescue pack, or came in one."""
    is_settled: bool
    """Whether only the photo's bytes are still to be sent."""
    not_before: datetime | None
    last_error: str
    attempts: int
    reason: Reason | None
    detail: str
    body_bytes: int
    photo_bytes: int
    """0 when it is about no photo."""
    sent_bytes: int
    """Of the photo, acknowledged by the hub."""
    photo_id: PhotoId | None
    """Whose bytes go with it; None when there are none."""
    has_words: bool
    """Whether the person wrote something."""
    revision: Revision | None
    """Of the operation's receipt; None while the hub does not have it."""
    has_picture: bool = False
    """Whether the hub has a screen copy of the photo whose bytes are still to be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReceipt:
    """One operation that the hub holds, its photo's bytes too."""

    operation_id: OperationId
    ticket_id: TicketId
    ticket_title: str
    type: str
    receipt: str
    received_at: datetime
    """When the hub had it whole, by the hub's clock."""
    size_bytes: int
    """Operation and photo together."""
    revision: Revision
    """0 when the hub gave none."""
    photo_id: PhotoId | None
    """The photo that it added, if any."""
    photo_bytes: int
    is_open: bool
    """Whether the photo's bytes are still to be sent."""


def queued(db: Database) -> tuple[Queued, ...]:
    """Return what is not done with, in the order of `seq`; may be empty."""
    rows = db.rows(
        "SELECT o.id, o.ticket_id, coalesce(t.title, ''), coalesce(t.category, ''), o.type,"  # noqa: S608 - names of this module
        " o.made_at, o.state = 'parked', o.sent_at IS NOT NULL, 0,"
        " coalesce(o.not_before, u.not_before),"
        " coalesce(nullif(o.last_error, ''), u.last_error, ''),"
        f" o.reason, o.detail, {_BODY_BYTES}, coalesce(u.size_bytes, 0), coalesce(u.sent_bytes, 0),"
        f" u.photo_id, {_HAS_WORDS}, NULL, max(o.attempts, coalesce(u.attempts, 0)),"
        " coalesce(json_extract(o.body, '$.clock_offset_ms'), 0), o.packed_at IS NOT NULL,"
        " u.copy_at IS NOT NULL"
        " FROM outbox o LEFT JOIN tickets t ON t.id = o.ticket_id"
        " LEFT JOIN uploads u ON u.operation_id = o.id AND u.state IN ('held', 'ready')"
        " WHERE o.state IN ('waiting', 'parked') ORDER BY o.seq"
    )
    bytes_only = db.rows(
        "SELECT u.operation_id, u.ticket_id, coalesce(t.title, ''), coalesce(t.category, ''),"
        " 'add_photo', coalesce(p.added_at, r.received_at, ?), 0, 1, 1,"
        " u.not_before, u.last_error, NULL, '', 0,"
        " u.size_bytes, u.sent_bytes, u.photo_id, 0, r.revision, u.attempts, 0, 0,"
        " u.copy_at IS NOT NULL"
        " FROM uploads u LEFT JOIN tickets t ON t.id = u.ticket_id"
        " LEFT JOIN receipts r ON r.operation_id = u.operation_id"
        " LEFT JOIN photos p ON p.id = u.photo_id"
        " WHERE u.state = 'ready' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id ="
        " u.operation_id AND o.state IN ('waiting', 'parked')) ORDER BY u.rowid",
        (UNKNOWN_TIME,),
    )
    return tuple(
        Queued(
            operation_id=OperationId(row[0]),
            ticket_id=TicketId(row[1]),
            ticket_title=row[2],
            category=row[3],
            type=row[4],
            made_at=from_stamp(row[5]),
            clock_offset_ms=int(row[20]),
            is_parked=bool(row[6]),
            has_left=bool(row[7]),
            is_packed=bool(row[21]),
            is_settled=bool(row[8]),
            not_before=time_or_none(row[9]),
            last_error=row[10],
            reason=None if row[11] is None else Reason(row[11]),
            detail=row[12],
            body_bytes=row[13],
            photo_bytes=row[14],
            sent_bytes=row[15],
            photo_id=None if row[16] is None else PhotoId(row[16]),
            has_words=bool(row[17]),
            revision=None if row[18] is None else Revision(row[18]),
            attempts=row[19],
            has_picture=bool(row[22]),
        )
        for row in (*bytes_only, *rows)
    )


def delivered_since(db: Database, since: datetime) -> tuple[KeptReceipt, ...]:
    """Return what the hub received since a time and nobody has to look at, newest first.

    Also what it received earlier of jobs of which something is still to be sent, and operations
    whose photo is: look at `is_open`.
    """
    rows = db.rows(
        "SELECT r.operation_id, r.ticket_id, coalesce(t.title, r.title), r.type, r.receipt,"
        " CASE WHEN u.state = 'arrived' THEN coalesce(u.received_at, r.received_at)"
        "  ELSE r.received_at END AS at, r.size_bytes + coalesce(u.size_bytes, 0), r.revision,"
        " u.photo_id, coalesce(u.size_bytes, 0), coalesce(u.state, '') IN ('held', 'ready')"
        " FROM receipts r LEFT JOIN tickets t ON t.id = r.ticket_id"
        " LEFT JOIN uploads u ON u.operation_id = r.operation_id"
        " WHERE r.operation_id IN (SELECT operation_id FROM receipts WHERE received_at >= ?"
        "  UNION ALL SELECT operation_id FROM uploads WHERE received_at >= ?"
        "  UNION ALL SELECT operation_id FROM receipts WHERE ticket_id IN"
        "   (SELECT ticket_id FROM uploads WHERE state = 'ready'"
        "    UNION SELECT ticket_id FROM outbox WHERE state = 'waiting'))"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.operation_id"
        " AND o.state = 'parked') ORDER BY at DESC, r.revision DESC, r.operation_id DESC",
        (to_stamp(since), to_stamp(since)),
    )
    return tuple(
        KeptReceipt(
            operation_id=OperationId(row[0]),
            ticket_id=TicketId(row[1]),
            ticket_title=row[2],
            type=row[3],
            receipt=row[4],
            received_at=from_stamp(row[5]),
            size_bytes=row[6],
            revision=Revision(row[7] or 0),
            photo_id=None if row[8] is None else PhotoId(row[8]),
            photo_bytes=row[9],
            is_open=bool(row[10]),
        )
        for row in rows
    )
