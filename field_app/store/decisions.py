"""Decisions: parked operations of a ticket, and what a person decided about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.moved_on import KEPT_DAYS, RECORDED, Decision, ParkedWork, WayOn
from field_app.domain.ticket import Ticket, TimelineEntry
from field_app.domain.verdict import Reason
from field_app.protocol.codec import Malformed, load_entry
from field_app.store import copies
from field_app.store.database import Database
from field_app.store.rows import operation_from, ticket_from

LET_GO_AFTER: Final = timedelta(minutes=1)
"""So long a ticket that is gone stays after a decision, which may be taken back at once."""
_WORK: Final = "o.body, o.reason, EXISTS (SELECT 1 FROM receipts r WHERE r.operation_id = o.id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """Everything of a ticket that needs a person."""

    works: tuple[ParkedWork, ...]
    """Oldest first; at least one."""
    detail: str
    """The hub's plain words about the last one; may be empty."""
    cause: TimelineEntry | None
    """What the hub said had happened to the ticket; None when it did not say."""
    mine: Ticket | None
    """The ticket as it was to be after the last one; None when its personal data has left."""


def ticket_of(db: Database, operation_id: OperationId) -> TicketId | None:
    """Return the ticket of a parked operation, or None."""
    row = db.row("SELECT ticket_id FROM outbox WHERE id = ? AND state = 'parked'", (operation_id,))
    return None if row is None else TicketId(row[0])


def parked_of(db: Database, ticket_id: TicketId) -> Parked | None:
    """Return everything of a ticket that needs a person; None when nothing does."""
    rows = db.rows(
        f"SELECT {_WORK}, o.detail, o.cause, o.mine FROM outbox o"  # noqa: S608 - names of this module
        " WHERE o.ticket_id = ? AND o.state = 'parked' ORDER BY o.seq",
        (ticket_id,),
    )
    if not rows:
        return None
    _body, _reason, _is_there, detail, cause, mine = rows[-1]
    causes = [row[4] for row in rows if row[4] is not None]
    return Parked(
        works=tuple(_work(row) for row in rows),
        detail=detail,
        cause=_entry(cause if cause is not None else next(iter(causes[-1:]), None)),
        mine=None if mine is None else ticket_from(mine),
    )


def note_down(
    db: Database,
    followed_by: Sequence[tuple[OperationId, OperationId | None]],
    way: WayOn,
    decided_at: datetime,
) -> None:
    """Note what was decided about parked operations; inside the transaction of the whole.

    Args:
        db: The database.
        followed_by: Each operation, and the one that was made in its place or None.
        way: What the person chose.
        decided_at: The present, by the hub's clock as well as it is known.
    """
    db.run_many(
        "UPDATE outbox SET state = 'acknowledged', way_on = ?, decided_at = ?, followed_by = ?"
        " WHERE id = ? AND state = 'parked'",
        [(way, to_stamp(decided_at), new, old) for old, new in followed_by],
    )


def park_again(db: Database, ids: Collection[OperationId]) -> None:
    """Let operations need a person again; inside a transaction."""
    db.run_many(
        "UPDATE outbox SET state = 'parked', way_on = NULL, decided_at = NULL, followed_by = NULL"
        " WHERE id = ? AND state = 'acknowledged'",
        [(i,) for i in ids],
    )


def followers_of(db: Database, ids: Collection[OperationId]) -> tuple[OperationId, ...] | None:
    """Return what was made in place of decided operations, oldest first; None if one is not."""
    found = [
        db.row("SELECT followed_by FROM outbox WHERE id = ? AND state = 'acknowledged'", (i,))
        for i in ids
    ]
    if not found or None in found:
        return None
    made = {OperationId(row[0]) for row in found if row is not None and row[0] is not None}
    return tuple(sorted(made))


def decisions(db: Database, since: datetime) -> tuple[Decision, ...]:
    """Return what was decided since a time, newest first; may be empty."""
    rows = db.rows(
        f"SELECT {_WORK}, o.ticket_id, coalesce(t.title, ''), o.way_on, o.decided_at,"  # noqa: S608 - names of this module
        " o.followed_by, f.id IS NOT NULL AND f.sent_at IS NULL"
        " FROM outbox o LEFT JOIN tickets t ON t.id = o.ticket_id"
        " LEFT JOIN outbox f ON f.id = o.followed_by AND f.state = 'waiting'"
        " WHERE o.state = 'acknowledged' AND o.decided_at >= ? ORDER BY o.decided_at DESC, o.seq",
        (to_stamp(since),),
    )
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in rows:
        groups.setdefault((row[3], row[6]), []).append(row)
    return tuple(_decision(group) for group in groups.values())


def tidy(db: Database, now: datetime) -> None:
    """Let go what was decided long enough ago; cheap when there is nothing.

    A ticket that is not this person's any more leaves soon after the decision, and only what the
    person did stays. After `KEPT_DAYS` that is forgotten as well, with photos that the hub refused.
    """
    _let_go(db, now - LET_GO_AFTER)
    _forget(db, now - timedelta(days=KEPT_DAYS))


def _let_go(db: Database, before: datetime) -> None:
    """Remove tickets that are gone and were decided about before a time."""
    rows = db.rows(
        "SELECT DISTINCT o.ticket_id FROM outbox o JOIN tickets t ON t.id = o.ticket_id"
        " WHERE o.state = 'acknowledged' AND o.decided_at < ? AND t.is_gone = 1",
        (to_stamp(before),),
    )
    if rows:
        with db.atomic(is_durable=False):
            copies.remove(db, [TicketId(row[0]) for row in rows])


def _forget(db: Database, before: datetime) -> None:
    """Forget what was decided before a time; photos' files are swept at the next start."""
    old = "SELECT id FROM outbox WHERE state = 'acknowledged' AND decided_at < ?"
    refused = f"state = 'refused' AND operation_id IN ({old})"
    stamp = (to_stamp(before),)
    if db.row(old, stamp) is None:
        return
    with db.atomic():
        db.run(
            f"DELETE FROM photos WHERE id IN (SELECT photo_id FROM uploads WHERE {refused})",  # noqa: S608 - names of this module
            stamp,
        )
        db.run(f"DELETE FROM uploads WHERE {refused}", stamp)  # noqa: S608 - names of this module
        db.run("DELETE FROM outbox WHERE state = 'acknowledged' AND decided_at < ?", stamp)


def _decision(rows: Sequence[tuple[Any, ...]]) -> Decision:
    """Return the decision in rows of `decisions` that belong together."""
    followers = [(OperationId(row[7]), bool(row[8])) for row in rows if row[7] is not None]
    return Decision(
        ticket_id=TicketId(rows[0][3]),
        ticket_title=rows[0][4],
        way=WayOn(rows[0][5]),
        decided_at=from_stamp(rows[0][6]),
        works=tuple(_work(row) for row in rows),
        followed_by=tuple(dict.fromkeys(follower for follower, _is_here in followers)),
        can_take_back=all(is_here for _follower, is_here in followers),
    )


def _work(row: tuple[Any, ...]) -> ParkedWork:
    """Return the work in a row that begins with `_WORK`."""
    return ParkedWork(
        operation=operation_from(row[0]),
        reason=Reason.MALFORMED if row[1] is None else Reason(row[1]),
        is_at_hub=bool(row[2]) or row[1] in RECORDED,
    )


def _entry(doc: str | None) -> TimelineEntry | None:
    """Return a stored line of a timeline; None when it is none: the rest can be shown without."""
    if doc is None:
        return None
    try:
        return load_entry(doc)
    except Malformed:
        return None
