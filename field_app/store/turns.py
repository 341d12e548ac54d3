"""Whose turn it is: when each waiting operation may be sent, and in which order."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.clock import from_stamp
from field_app.domain.ids import OperationId
from field_app.domain.operation import UNDO_WINDOW_S
from field_app.store.database import Database
from field_app.store.pauses import EVERYTHING_RESTS

UNDO_WINDOW: Final = timedelta(seconds=UNDO_WINDOW_S)
OUT_OF_REACH: Final = frozenset({"NoConnection", "NotTheHub", "Unreachable"})
"""Names of failures that are over as soon as the hub answers."""
LONGEST_WAIT: Final = timedelta(hours=1)
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


def network_is_back(db: Database) -> None:
    """Let everything that waits only because nobody answered be tried at once."""
    names = ", ".join(f"'{name}'" for name in sorted(OUT_OF_REACH))
    for table in ("outbox", "uploads"):
        sql = f"UPDATE {table} SET not_before = NULL WHERE last_error IN ({names})"  # noqa: S608 - names of this module
        with db.atomic():
            db.run(sql)


def give_back(db: Database, ids: Collection[OperationId]) -> None:
    """Take back that operations were handed to the network, the hub having looked at none.

    Undo may take them out again, unless an earlier attempt got further.
    """
    with db.atomic():
        db.run_many(
            "UPDATE outbox SET sent_at = NULL WHERE id = ? AND state = 'waiting' AND was_sent = 0",
            [(i,) for i in ids],
        )


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
    """Return id, ticket, time made and next try of all that waits, in the order of `seq`.

    Nothing while a person lets everything rest.
    """
    rows = db.rows(
        "SELECT id, ticket_id, made_at, not_before FROM outbox WHERE state = 'waiting'"  # noqa: S608 - names of the store
        f" AND NOT {EVERYTHING_RESTS} ORDER BY seq"
    )
    return [(i, t, from_stamp(m), None if n is None else from_stamp(n)) for i, t, m, n in rows]
