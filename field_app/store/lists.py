"""Lists over all tickets: plain columns of the hub's copies, quick at ten thousands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from field_app.domain.errors import TicketUnreadable
from field_app.domain.ids import TicketId
from field_app.domain.listed import HANDING_IN, Listed
from field_app.domain.people import Person
from field_app.domain.replay import visible
from field_app.domain.ticket import Ticket
from field_app.store import outbox, sync_state
from field_app.store.database import Database
from field_app.store.handover import NOTHING, Copies
from field_app.store.migrations import IS_AWAITED
from field_app.store.pauses import EVERYTHING_RESTS, PHOTO_RESTS
from field_app.store.rows import TICKET_COLUMNS, stored_listed, ticket_from

_WAITING: Final = "SELECT ticket_id FROM outbox WHERE state = 'waiting'"
_UNTOUCHED: Final = f"is_gone = 0 AND id NOT IN ({_WAITING})"
_AFTER: Final = (
    f"SELECT CASE is_indexed WHEN 0 THEN doc END, {TICKET_COLUMNS} FROM tickets"  # noqa: S608 - names of this module
    " WHERE change > ? AND is_gone = 0"
)
"""Columns of what is in the search index; they may be of before, or not there yet, without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What of a ticket is not at the hub."""

    needs_person: bool
    is_failing: bool
    is_moving: bool
    is_resting: bool
    """Whether a person lets all of it rest."""


def copies(db: Database, before: Copies | None = None) -> Copies:
    """Return all of the hub's copies.

    Args:
        db: The database.
        before: What was read earlier: then only what is new is read, and the rest is taken over,
            unless a ticket has left since. What the sync thread hands over is not read at all.
    """
    return _read_copies(db, db.handover.copies(before or NOTHING) or before)


def _read_copies(db: Database, before: Copies | None) -> Copies:
    """Return all copies, those from before taken over."""
    change = sync_state.number(db, sync_state.CHANGE)
    after = -1 if before is None else before.change
    fresh = {row[1]: _listed(*row) for row in db.rows(_AFTER, (after,))}
    if before is None:
        return Copies(rows=fresh, change=change)
    if sync_state.number(db, sync_state.LAST_REMOVAL) > before.change:
        return _read_copies(db, None)
    return Copies(rows={**before.rows, **fresh} if fresh else before.rows, change=change)


def _listed(doc: str | None, *columns: Any) -> Listed:
    """Return a copy's columns, from its document where they are not stored."""
    return Listed(*columns) if doc is None else stored_listed(doc)


def worked_on(db: Database, actor: Person) -> tuple[Ticket, ...]:
    """Return the tickets on which my operations wait, as they are visible; may be empty."""
    rows = db.rows(f"SELECT id, doc FROM tickets WHERE is_gone = 0 AND id IN ({_WAITING})")  # noqa: S608 - names of this module
    return tuple(
        visible(ticket, outbox.waiting_of(db, TicketId(ticket_id)), actor)
        for ticket_id, doc in rows
        if (ticket := _readable(doc)) is not None
    )


def in_review(db: Database, worked_on: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Return whole tickets that are visibly in review, unsorted."""
    rows = db.rows(f"SELECT doc FROM tickets WHERE state = 'in_review' AND {_UNTOUCHED}")  # noqa: S608 - names of this module
    found = [ticket for row in rows if (ticket := _readable(row[0])) is not None]
    return (*found, *(ticket for ticket in worked_on if ticket.state == "in_review"))


def awaited(db: Database, worked_on: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Return whole tickets that are decided while photos of their report are still to come."""
    rows = db.rows(
        "SELECT doc FROM tickets WHERE state IN ('finished', 'forwarded', 'irrelevant')"  # noqa: S608 - names of the store
        f" AND handed_in_at IS NOT NULL AND {IS_AWAITED} AND {_UNTOUCHED}"
    )
    found = [ticket for row in rows if (ticket := _readable(row[0])) is not None]
    mine = (t for t in worked_on if t.is_closed and any(e.kind in HANDING_IN for e in t.timeline))
    return tuple(ticket for ticket in (*found, *mine) if not ticket.is_complete)


def _readable(doc: str) -> Ticket | None:
    """Return a stored ticket; None for one that this version cannot read, which stays as it is."""
    try:
        return ticket_from(doc)
    except TicketUnreadable:
        return None


def marks(db: Database) -> dict[TicketId, Mark]:
    """Return what is not at the hub yet, by ticket; tickets that are missing wait for nothing."""
    rows = db.rows(
        "SELECT ticket_id, max(parked), max(failing), max(moving), min(resting) FROM ("  # noqa: S608 - names of the store
        " SELECT ticket_id, state = 'parked' AS parked, state = 'waiting' AND last_error <> ''"
        "  AS failing, state = 'waiting' AND sent_at IS NOT NULL AS moving,"
        f" {EVERYTHING_RESTS} AS resting"
        "  FROM outbox WHERE state IN ('waiting', 'parked')"
        f" UNION ALL SELECT ticket_id, 0, last_error <> '', sent_bytes > 0, {PHOTO_RESTS}"
        "  FROM uploads WHERE state IN ('held', 'ready')"
        ") GROUP BY ticket_id"
    )
    return {
        TicketId(ticket_id): Mark(
            needs_person=bool(parked),
            is_failing=bool(failing),
            is_moving=bool(moving),
            is_resting=bool(resting),
        )
        for ticket_id, parked, failing, moving, resting in rows
    }
