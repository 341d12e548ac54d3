"""Whose turn it is: when each waiting operation may be sent, and in which order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.clock import from_stamp
from field_app.domain.operation import UNDO_WINDOW_S
from field_app.store.database import Database

UNDO_WINDOW: Final = timedelta(seconds=UNDO_WINDOW_S)
LONGEST_WAIT: Final = timedelta(hours=24)
"""A next try that is further away than this comes from a clock that was set back: try now."""


def of_operations(db: Database, now: datetime) -> Iterator[datetime]:
    """Yield when the first waiting operation of each ticket may be sent, never before `now`."""
    seen: set[str] = set()
    for _, ticket_id, made_at, not_before in _waiting(db):
        if ticket_id not in seen:
            seen.add(ticket_id)
            yield _ready_at(made_at, not_before, now)


def ready(db: Database, now: datetime, limit: int) -> list[str]:
    """Return the ids of what may be sent now, in the order of `seq`."""
    ready: list[str] = []
    held_back: set[str] = set()
    for operation_id, ticket_id, made_at, not_before in _waiting(db):
        if ticket_id in held_back:
            continue
        if _ready_at(made_at, not_before, now) > now:
            held_back.add(ticket_id)
            continue
        ready.append(operation_id)
        if len(ready) == limit:
            break
    return ready


def _ready_at(made_at: datetime, not_before: datetime | None, now: datetime) -> datetime:
    """Return when an operation may be sent, never before `now`.

    A clock that was set back since must not hold work back: times too far ahead do not count.
    """
    ready_at = now
    if made_at + UNDO_WINDOW > now and made_at - UNDO_WINDOW <= now:
        ready_at = made_at + UNDO_WINDOW
    if not_before is not None and now < not_before <= now + LONGEST_WAIT:
        ready_at = max(ready_at, not_before)
    return ready_at


def _waiting(db: Database) -> list[tuple[str, str, datetime, datetime | None]]:
    """Return id, ticket, time made and next try of all that waits, in the order of `seq`."""
    rows = db.rows(
        "SELECT id, ticket_id, made_at, not_before FROM outbox WHERE state = 'waiting' ORDER BY seq"
    )
    return [(i, t, from_stamp(m), None if n is None else from_stamp(n)) for i, t, m, n in rows]
