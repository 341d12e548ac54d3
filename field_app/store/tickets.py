"""The hub's copies of tickets on this laptop."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Final

import orjson

from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.domain.listed import Listed
from field_app.domain.people import Person
from field_app.domain.replay import visible
from field_app.domain.ticket import Ticket
from field_app.protocol.changes import TicketLine
from field_app.protocol.messages import Reference
from field_app.store import copies, outbox, sync_state
from field_app.store.database import Database

NAMED_CHANGES: Final = 500
"""More changed tickets than this are reported as everything."""
_ASKED_FOR: Final = ("id", "revision", "title", "state", "handed_in_at")
"""Columns by which SQL chooses at once; the others follow with the search index."""
_asked_for: Final = itemgetter(*map(Listed._fields.index, _ASKED_FOR))
_WRITTEN: Final = (*_ASKED_FOR, "seen", "change", "doc")
_AT: Final = len(_ASKED_FOR)
_ACCEPT: Final = (
    "WITH part (line) AS MATERIALIZED (SELECT value FROM json_each(?))"  # noqa: S608 - names of this module
    f" INSERT INTO tickets ({', '.join(_WRITTEN)}, category, categories, reported_at)"
    f" SELECT {', '.join(f'line ->> {place}' for place in range(_AT))}, ?, ?,"
    f" CAST(substr(?, line ->> {_AT}, line ->> {_AT + 1}) AS TEXT), '', '', ''"
    " FROM part WHERE true"
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _WRITTEN)},"
    " is_gone = 0, is_indexed = 0"
    " WHERE excluded.revision >= tickets.revision OR excluded.seen > tickets.seen"
)
"""One statement for a whole part: while SQLite works on it, Python reads the next one.

Without the table in between, SQLite would write each line's JSON anew for every column of it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What comes beside tickets."""

    reference: Reference | None = None
    """What the hub told of the agency, if it did."""
    has_unreadable: bool = False
    """Whether tickets were left out that this version cannot list."""


NOTHING_BESIDE: Final = Beside()


def accept(
    db: Database,
    arrivals: Sequence[TicketLine],
    removed: Collection[TicketId],
    cursor: str,
    beside: Beside = NOTHING_BESIDE,
) -> Changes:
    """Take in a part of the pull together with the cursor after it, in ONE transaction.

    A copy that is newer than what arrives stays. The search index follows later, by
    `field_app.store.search.index_some`. A removed ticket leaves with its personal data, unless
    unsent work hangs on it: then it stays, marked as gone, until that work is settled.

    Args:
        db: The database.
        arrivals: In the order of the pull; may be empty.
        removed: Tickets that are no longer this person's; removed after the arrivals.
        cursor: The cursor of the last line of this part.
        beside: What else this part told.

    Returns:
        What to look at again; everything when a great many tickets changed.

    Raises:
        StoreFailed: Nothing was taken in, the cursor is as before.
    """
    with db.atomic(is_durable=False):
        change = _take_in(db, arrivals) if arrivals else 0
        copies.remove(db, removed)
        if beside.reference is not None:
            sync_state.keep_reference(db, beside.reference)
        if beside.has_unreadable:
            sync_state.note_unreadable(db)
        sync_state.put(db, sync_state.CURSOR, cursor)
    if arrivals:
        db.handover.add({line.listed.id: line.listed for line in arrivals}, change)
    if beside.reference is not None:
        return Changes(everything=True, maps=True)  # it names the hub's area maps too
    if len(arrivals) + len(removed) > NAMED_CHANGES:
        return Changes(everything=True)
    return _changes(chain((TicketId(line.listed.id) for line in arrivals), removed))


def _take_in(db: Database, arrivals: Sequence[TicketLine]) -> int:
    """Write arrivals down and return the number of this change."""
    seen, change = sync_state.generation(db), sync_state.take_change(db)
    if change == 1 and not db.number("SELECT count(*) FROM tickets"):
        db.handover.begin()
    rows, at = [], 1
    for _, listed, doc in arrivals:
        rows.append((*_asked_for(listed), at, len(doc)))
        at += len(doc)
    docs = b"".join([line.doc for line in arrivals])
    db.run(_ACCEPT, (orjson.dumps(rows).decode(), seen, change, docs))
    sync_state.put(db, sync_state.INDEX_BEHIND, "1")
    return change


def start_over(db: Database) -> None:
    """Forget the cursor, so that the next pull brings everything; tickets stay until then."""
    with db.atomic(is_durable=False):
        sync_state.forget(db, sync_state.CURSOR)
        sync_state.forget(db, sync_state.UNREADABLE_BY)
        sync_state.put(db, sync_state.GENERATION, str(sync_state.generation(db) + 1))


def drop_unseen(db: Database) -> Changes:
    """Remove what a pull of everything did not bring; call when its last line has come.

    Cheap and without effect after a pull that went on from a cursor.
    """
    generation = sync_state.generation(db)
    if not generation:
        return Changes()
    with db.atomic(is_durable=False):
        rows = db.rows("SELECT id FROM tickets WHERE seen < ? AND is_gone = 0", (generation,))
        ids = [TicketId(row[0]) for row in rows]
        copies.remove(db, ids)
    return _changes(ids)


def visible_copy(db: Database, ticket_id: TicketId, actor: Person) -> Ticket | None:
    """Return what a person sees: the hub's copy and their waiting operations; None if unknown."""
    copy = copies.server_copy(db, ticket_id)
    return None if copy is None else visible(copy, outbox.waiting_of(db, ticket_id), actor)


def count(db: Database) -> int:
    """Return how many tickets this laptop has of the hub."""
    return db.number("SELECT count(*) FROM tickets WHERE is_gone = 0")


def _changes(ids: Iterable[TicketId]) -> Changes:
    """Return what to look at again."""
    named = frozenset(ids)
    return Changes(everything=True) if len(named) > NAMED_CHANGES else Changes(tickets=named)
