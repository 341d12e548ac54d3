"""The hub's copies of tickets on this laptop."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.domain.listed import Listed
from field_app.domain.people import Person
from field_app.domain.replay import visible
from field_app.domain.ticket import Ticket
from field_app.protocol.messages import Reference
from field_app.store import copies, outbox, sync_state
from field_app.store.database import Database

NAMED_CHANGES: Final = 500
"""More changed tickets than this are reported as everything."""
_COLUMNS: Final = (*Listed._fields, "seen", "change", "doc")
_ACCEPT: Final = (
    f"INSERT INTO tickets ({', '.join(_COLUMNS)})"  # noqa: S608 - names of this module
    f" VALUES ({'?, ' * (len(_COLUMNS) - 1)}CAST(? AS TEXT))"
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _COLUMNS)},"
    " is_gone = 0, is_indexed = 0"
    " WHERE excluded.revision >= tickets.revision OR excluded.seen > tickets.seen"
)


class Arrival(NamedTuple):
    """A ticket that came from the hub."""

    listed: Listed
    """Its columns, checked."""
    doc: bytes
    """The JSON that they were read from."""


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
    arrivals: Sequence[Arrival],
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
        db.handover.add({listed.id: listed for listed, _ in arrivals}, change)
    if beside.reference is not None or len(arrivals) + len(removed) > NAMED_CHANGES:
        return Changes(everything=True)
    return _changes(chain((TicketId(listed.id) for listed, _ in arrivals), removed))


def _take_in(db: Database, arrivals: Sequence[Arrival]) -> int:
    """Write arrivals down and return the number of this change."""
    seen, change = sync_state.generation(db), sync_state.take_change(db)
    if change == 1 and not db.number("SELECT count(*) FROM tickets"):
        db.handover.begin()
    db.run_many(_ACCEPT, [(*listed, seen, change, doc) for listed, doc in arrivals])
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
    with db.atomic(is_durable=False):
        rows = db.rows(
            "SELECT id FROM tickets WHERE seen < ? AND is_gone = 0", (sync_state.generation(db),)
        )
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
