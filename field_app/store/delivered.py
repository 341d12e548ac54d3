"""Delivered work: kept with its words for a while, in case the hub loses what it confirmed."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.clock import to_stamp
from field_app.domain.ids import OperationId, PhotoId
from field_app.store import screen_copies, sync_state
from field_app.store.database import Database

KEPT_FOR: Final = timedelta(days=30)
"""As long as originals of photos: a backup that is older than that is none."""
RUN: Final = "run"
_AT_HUB: Final = (
    "SELECT o.id, o.seq FROM outbox o WHERE o.state IN ('parked', 'acknowledged')"
    " AND EXISTS (SELECT 1 FROM receipts r WHERE r.operation_id = o.id)"
)
"""Recorded work: the hub holds it, and a person has it before them."""


def keep(db: Database, operation_id: OperationId, received_at: datetime) -> None:
    """Keep an operation that leaves the outbox because the hub has it; inside a transaction."""
    db.run(
        "INSERT OR REPLACE INTO delivered (id, seq, ticket_id, type, body, made_at, received_at)"
        " SELECT id, seq, ticket_id, type, body, made_at, ? FROM outbox WHERE id = ?",
        (to_stamp(received_at), operation_id),
    )


def tidy(db: Database, now: datetime) -> None:
    """Let go what the hub has had for long enough; cheap when there is nothing."""
    old = to_stamp(now - KEPT_FOR)
    if db.row("SELECT 1 FROM delivered WHERE received_at < ?", (old,)) is not None:
        with db.atomic(is_durable=False):
            db.run("DELETE FROM delivered WHERE received_at < ?", (old,))


def operations(db: Database) -> tuple[OperationId, ...]:
    """Return what the hub confirmed and this laptop could send again, in the order of `seq`."""
    rows = db.rows(f"SELECT id, seq FROM delivered UNION {_AT_HUB} ORDER BY 2")  # noqa: S608 - names of this module
    return tuple(OperationId(row[0]) for row in rows)


def photos(db: Database) -> dict[PhotoId, str]:
    """Return the photos whose bytes the hub confirmed, each with its sha256."""
    rows = db.rows("SELECT photo_id, sha256 FROM uploads WHERE state = 'arrived' ORDER BY photo_id")
    return {PhotoId(row[0]): str(row[1]) for row in rows}


def newest_revision(db: Database) -> int:
    """Return the newest revision that the hub told this laptop of; 0 for none."""
    return max(
        db.number("SELECT max(revision) FROM tickets"),
        db.number("SELECT max(revision) FROM receipts"),
    )


def run(db: Database) -> str:
    """Return the hub's run that this laptop agreed with last; empty when it never did."""
    return sync_state.get(db, RUN) or ""


def keep_run(db: Database, name: str) -> None:
    """Remember the run that this laptop agrees with; joins a transaction."""
    with db.atomic():
        sync_state.put(db, RUN, name)


def ask_again(
    db: Database, recorded: Collection[OperationId], lost: Collection[OperationId]
) -> None:
    """Let work be sent again that the hub holds otherwise than it said; inside a transaction.

    A restored hub may have got work anew out of a pack, and only recorded what it had applied, or
    applied what a person is asked about here. It answers what is sent again as one more time, and
    that answer is taken in like a first one. What somebody decided about stays decided.

    Args:
        db: The database.
        recorded: All that the hub only recorded.
        lost: All that the hub lacks.
    """
    known = {*recorded, *lost}
    believed = [i for i in recorded if db.row("SELECT 1 FROM delivered WHERE id = ?", (i,))]
    parked = [OperationId(row[0]) for row in db.rows(f"{_AT_HUB} AND o.state = 'parked'")]
    for operation_id in (*believed, *(i for i in parked if i not in known)):
        _wait_again(db, operation_id)


def send_again(
    db: Database, lost: Collection[OperationId], lost_photos: Collection[PhotoId]
) -> None:
    """Let work wait again that the hub confirmed and has no more; inside a transaction.

    Each operation takes its former place in the order. Its receipt is void. Of screen copies the
    roll call says nothing: all are announced again.
    """
    screen_copies.send_again(db)
    for operation_id in lost:
        _wait_again(db, operation_id)
    for photo_id in lost_photos:
        db.run(
            "UPDATE uploads SET sent_bytes = 0, url = '', attempts = 0, not_before = NULL,"
            " arrived_at = NULL, state = CASE WHEN EXISTS (SELECT 1 FROM outbox o WHERE"
            " o.id = uploads.operation_id AND o.state = 'waiting') THEN 'held' ELSE 'ready' END"
            " WHERE photo_id = ? AND state = 'arrived'",
            (photo_id,),
        )


def _wait_again(db: Database, operation_id: OperationId) -> None:
    """Let an operation wait as one that has left before, so that undo does not take it out.

    What it was to make of its ticket is shown by the copy that this laptop has: it was applied
    there.
    """
    db.run(
        "INSERT OR IGNORE INTO outbox (id, seq, ticket_id, type, body, mine, made_at, state,"
        " sent_at, was_sent)"
        " SELECT id, seq, ticket_id, type, body, (SELECT t.doc FROM tickets t"
        " WHERE t.id = d.ticket_id), made_at, 'waiting', received_at, 1 FROM delivered d"
        " WHERE id = ?",
        (operation_id,),
    )
    db.run("DELETE FROM delivered WHERE id = ?", (operation_id,))
    db.run(
        "UPDATE outbox SET state = 'waiting', reason = NULL, detail = '', cause = NULL,"
        " way_on = NULL, decided_at = NULL, followed_by = NULL WHERE id = ?",
        (operation_id,),
    )
    db.run("DELETE FROM receipts WHERE operation_id = ?", (operation_id,))
    db.run(
        "UPDATE uploads SET state = 'held', sent_bytes = 0, url = ''"
        " WHERE operation_id = ? AND state = 'ready'",
        (operation_id,),
    )
