"""Unsent work as it goes into a rescue pack and comes out of one again, ids and all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.protocol.codec import (
    dump,
    dump_operation,
    load_ticket,
    operation_from_dict,
)
from field_app.protocol.pack import PackedOperation, PackedPhoto
from field_app.store import sync_state
from field_app.store.database import Database

PACKED_AT: Final = "packed_at"
"""When all of it was last saved to a rescue pack."""
_UNDECIDED: Final = "state IN ('waiting', 'parked')"
_ABSENT: Final = (
    "(u.state IN ('held', 'ready') OR u.state = 'refused' AND u.operation_id IN"
    " (SELECT id FROM outbox WHERE state IN ('waiting', 'parked')))"
)
"""Photos whose bytes the hub does not hold; a refused one while nobody has decided about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much a rescue pack would hold now."""

    operations: int
    photos: int
    photo_bytes: int
    packed_at: datetime | None
    """When it was last saved to a pack; None for never."""

    @property
    def is_nothing(self) -> bool:
        """Whether everything is at the hub."""
        return not self.operations and not self.photos


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What of a pack was new on this laptop."""

    operations: tuple[OperationId, ...]
    photos: tuple[PhotoId, ...]
    tickets: frozenset[TicketId]


def amount(db: Database) -> Amount:
    """Return how much the hub does not hold."""
    row = db.row(f"SELECT count(*), coalesce(sum(u.size_bytes), 0) FROM uploads u WHERE {_ABSENT}")  # noqa: S608 - names of this module
    photos, photo_bytes = (0, 0) if row is None else (int(row[0]), int(row[1]))
    stamp = sync_state.get(db, PACKED_AT)
    return Amount(
        operations=db.number(f"SELECT count(*) FROM outbox WHERE {_UNDECIDED}"),  # noqa: S608 - names of this module
        photos=photos,
        photo_bytes=photo_bytes,
        packed_at=None if stamp is None else from_stamp(stamp),
    )


def ids(db: Database) -> frozenset[str]:
    """Return the ids of all operations and photos that the hub does not hold."""
    work = db.rows(f"SELECT id FROM outbox WHERE {_UNDECIDED}")  # noqa: S608 - names of this module
    pictures = db.rows(f"SELECT u.photo_id FROM uploads u WHERE {_ABSENT}")  # noqa: S608 - names of this module
    return frozenset(str(row[0]) for row in (*work, *pictures))


def note_packed(db: Database, at: datetime) -> None:
    """Remember that all unsent work was saved to a pack."""
    with db.atomic():
        sync_state.put(db, PACKED_AT, to_stamp(at))


def begin_packing(db: Database, at: datetime) -> tuple[str, ...]:
    """Mark all waiting work as packed, so that undo leaves it alone; inside a transaction.

    Returns:
        The ids of what was not packed before, for `give_up_packing`.
    """
    rows = db.rows(
        "UPDATE outbox SET packed_at = ? WHERE state = 'waiting' AND packed_at IS NULL"
        " RETURNING id",
        (to_stamp(at),),
    )
    return tuple(str(row[0]) for row in rows)


def give_up_packing(db: Database, ids: Collection[str]) -> None:
    """Take the mark back: no pack was written."""
    with db.atomic():
        db.run_many("UPDATE outbox SET packed_at = NULL WHERE id = ?", [(i,) for i in ids])


def operations(db: Database) -> tuple[PackedOperation, ...]:
    """Return what waits or is parked, in the order in which it was done."""
    rows = db.rows(
        "SELECT body, mine, state, reason, detail FROM outbox"  # noqa: S608 - names of this module
        f" WHERE {_UNDECIDED} ORDER BY seq"
    )
    return tuple(
        PackedOperation(
            wire=orjson.loads(body),
            mine={} if mine is None else orjson.loads(mine),
            is_parked=state == "parked",
            reason=reason or "",
            detail=detail,
        )
        for body, mine, state, reason, detail in rows
    )


def photos(db: Database, now: datetime) -> tuple[PackedPhoto, ...]:
    """Return the photos whose bytes the hub does not hold, oldest first.

    Args:
        db: The database.
        now: Stands for when a photo was added, where damage lost that.
    """
    rows = db.rows(
        "SELECT u.photo_id, u.operation_id, u.ticket_id, p.role, u.sha256, u.size_bytes,"  # noqa: S608 - names of this module
        " u.suffix, p.added_at, u.state FROM uploads u LEFT JOIN photos p ON p.id = u.photo_id"
        f" WHERE {_ABSENT} ORDER BY u.photo_id"
    )
    return tuple(_packed(row, now) for row in rows)


def join(
    db: Database, work: Sequence[PackedOperation], pictures: Collection[PackedPhoto]
) -> Joined:
    """Add work of a pack that is not known here, behind what waits already, in ONE transaction.

    Args:
        db: The database.
        work: In the order in which it was done.
        pictures: Whose originals lie in the vault already.

    Raises:
        Malformed: An operation is none of this version's; nothing changed.
        StoreFailed: Nothing changed.
    """
    new_work: list[OperationId] = []
    new_pictures: list[PhotoId] = []
    tickets: set[TicketId] = set()
    with db.atomic():
        for packed in work:
            operation = operation_from_dict(dict(packed.wire))
            if not _is_known(db, operation.id):
                _add(db, packed, sync_state.take_seq(db))
                new_work.append(operation.id)
                tickets.add(operation.ticket_id)
        for photo in pictures:
            if _is_added(db, photo):
                new_pictures.append(photo.id)
                tickets.add(photo.ticket_id)
    return Joined(
        operations=tuple(new_work), photos=tuple(new_pictures), tickets=frozenset(tickets)
    )


def _is_known(db: Database, operation_id: OperationId) -> bool:
    """Return whether an operation is in the outbox, or was delivered from here."""
    return bool(
        db.row("SELECT 1 FROM outbox WHERE id = ?", (operation_id,))
        or db.row("SELECT 1 FROM receipts WHERE operation_id = ?", (operation_id,))
    )


def _add(db: Database, packed: PackedOperation, seq: int) -> None:
    """Write an operation down as it was made; undo is over for it, as it has left its laptop."""
    operation = operation_from_dict(dict(packed.wire))
    mine = dump(load_ticket(orjson.dumps(packed.mine))).decode() if packed.mine else None
    made_at = to_stamp(operation.made_at)
    db.run(
        "INSERT INTO outbox (id, seq, ticket_id, type, body, mine, made_at, state, packed_at,"
        " reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            operation.id,
            seq,
            operation.ticket_id,
            operation.work.type,
            dump_operation(operation).decode(),
            mine,
            made_at,
            "parked" if packed.is_parked else "waiting",
            made_at,
            packed.reason or None,
            packed.detail,
        ),
    )


def _is_added(db: Database, photo: PackedPhoto) -> bool:
    """Write a photo and its upload down unless they are known; return whether they were new."""
    if db.row("SELECT 1 FROM uploads WHERE photo_id = ?", (photo.id,)):
        return False
    db.run(
        "INSERT OR IGNORE INTO photos (id, ticket_id, role, sha256, size_bytes, suffix, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            photo.id,
            photo.ticket_id,
            photo.role,
            photo.sha256,
            photo.size_bytes,
            photo.suffix,
            to_stamp(photo.added_at),
        ),
    )
    db.run(
        "INSERT INTO uploads (photo_id, operation_id, ticket_id, sha256, size_bytes, suffix, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            photo.id,
            photo.operation_id,
            photo.ticket_id,
            photo.sha256,
            photo.size_bytes,
            photo.suffix,
            _state_here(db, photo),
        ),
    )
    return True


def _state_here(db: Database, photo: PackedPhoto) -> str:
    """Return where a photo's upload stands: ready when its operation was delivered from here."""
    waits = db.row("SELECT 1 FROM outbox WHERE id = ? AND state = 'waiting'", (photo.operation_id,))
    return "ready" if photo.state == "held" and not waits else photo.state


def _packed(row: tuple[Any, ...], now: datetime) -> PackedPhoto:
    """Return the photo in a row of `photos`."""
    return PackedPhoto(
        id=PhotoId(row[0]),
        operation_id=OperationId(row[1]),
        ticket_id=TicketId(row[2]),
        role=PhotoRole(row[3] or PhotoRole.PROGRESS),
        sha256=row[4],
        size_bytes=row[5],
        suffix=row[6],
        added_at=now if row[7] is None else from_stamp(row[7]),
        state=row[8],
    )
