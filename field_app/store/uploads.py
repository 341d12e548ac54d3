"""Uploads: bytes of photos on their way to the hub.

Life of a row: `held` until the hub has the operation that adds the photo, `ready` until the hub
checked the bytes, then `arrived`; or `refused` when the hub does not want the photo. All that is
said of the original. What is known of its screen copy stands in the columns that begin with
`copy_`; see `store/screen_copies`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from field_app.domain.changes import Changes
from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.photo import PhotoReceipt
from field_app.store import copies, pauses
from field_app.store.database import Database
from field_app.store.pauses import COPY_GOES, PHOTO_RESTS
from field_app.store.photos import LocalPhoto
from field_app.store.turns import LONGEST_WAIT

_COLUMNS: Final = (
    "photo_id, operation_id, ticket_id, sha256, size_bytes, sent_bytes, suffix, url, state,"
    " attempts, not_before, last_error, is_begun"
)
_COPY_COLUMNS: Final = (
    "photo_id, operation_id, ticket_id, coalesce(copy_sha256, ''), copy_bytes, copy_sent_bytes,"
    " '.jpg', copy_url, state, attempts, not_before, last_error, copy_is_begun"
)
_AT_ORIGINAL: Final = 13
"""Place of `copy_of` behind the columns, where it was asked for."""
_HAVE_GONE: Final = (
    "EXISTS (SELECT 1 FROM pauses WHERE what = 'depot') AND NOT EXISTS (SELECT 1 FROM uploads AS o"
    " WHERE o.state IN ('held', 'ready') AND o.photo_id <> uploads.photo_id)"
)
"""SQL: whether all that was to go at the depot has gone with the photo in the row round it."""
COPY_IS_OPEN: Final = f"copy_at IS NULL AND copy_sha256 IS NOT '' AND {COPY_GOES}"
"""SQL: whether a photo's screen copy is to be sent, once the photo is `ready`."""


class UploadState(StrEnum):
    """Where a photo's bytes stand."""

    HELD = "held"
    READY = "ready"
    ARRIVED = "arrived"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One photo's way to the hub."""

    photo_id: PhotoId
    operation_id: OperationId
    """The operation that adds the photo."""
    ticket_id: TicketId
    sha256: str
    """Names the original in the vault."""
    size_bytes: int
    sent_bytes: int
    """Bytes that the hub acknowledged; never sent again."""
    suffix: str
    """`.jpg`, `.png`, `.webp` or `.heic`."""
    url: str
    """Path on the hub; empty before it was created there."""
    state: UploadState
    attempts: int
    not_before: datetime | None
    last_error: str
    is_begun: bool
    """Whether bytes of it went out at some time, so that the hub may hold more than it said."""
    copy_of: str = ""
    """The original's sha256 when this is its screen copy; empty for an original."""

    @property
    def is_copy(self) -> bool:
        """Whether this is a screen copy."""
        return bool(self.copy_of)


def add(db: Database, photo: LocalPhoto, operation_id: OperationId) -> None:
    """Write the upload of a new photo down; call inside the transaction of its operation."""
    db.run(
        "INSERT INTO uploads (photo_id, operation_id, ticket_id, sha256, size_bytes, suffix, state)"
        " VALUES (?, ?, ?, ?, ?, ?, 'held')",
        (
            photo.id,
            operation_id,
            photo.ticket_id,
            photo.sha256,
            photo.size_bytes,
            photo.suffix,
        ),
    )


def next_uploads(db: Database, now: datetime, limit: int) -> tuple[Upload, ...]:
    """Return what may be sent now: begun ones first, then small before large; may be empty.

    Only photos whose operation the hub has settled, and none that a person lets rest. Where the
    hub wants screen copies first, those come before all originals.
    """
    turn = "(not_before IS NULL OR not_before <= ? OR not_before > ?)"
    rows = db.rows(
        f"SELECT * FROM (SELECT {_COLUMNS}, '' AS copy_of FROM uploads"  # noqa: S608 - names of the store
        f" WHERE state = 'ready' AND NOT {PHOTO_RESTS} AND {turn}"
        f" UNION ALL SELECT {_COPY_COLUMNS}, sha256 FROM uploads"
        f" WHERE state = 'ready' AND {COPY_IS_OPEN} AND {turn})"
        " ORDER BY copy_of = '', sent_bytes = 0, size_bytes, photo_id LIMIT ?",
        (*(to_stamp(now), to_stamp(now + LONGEST_WAIT)) * 2, limit),
    )
    return tuple(_upload(row) for row in rows)


def open_uploads(db: Database) -> tuple[Upload, ...]:
    """Return all uploads that have not arrived and were not refused, oldest photo first."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM uploads WHERE state IN ('held', 'ready') ORDER BY photo_id"  # noqa: S608 - names of this module
    )
    return tuple(_upload(row) for row in rows)


def of_ticket(db: Database, ticket_id: TicketId) -> tuple[Upload, ...]:
    """Return all uploads of a ticket, also those that arrived; may be empty."""
    rows = db.rows(f"SELECT {_COLUMNS} FROM uploads WHERE ticket_id = ?", (ticket_id,))  # noqa: S608 - names of this module
    return tuple(_upload(row) for row in rows)


def get(db: Database, photo_id: PhotoId) -> Upload | None:
    """Return the upload of a photo, or None."""
    row = db.row(f"SELECT {_COLUMNS} FROM uploads WHERE photo_id = ?", (photo_id,))  # noqa: S608 - names of this module
    return None if row is None else _upload(row)


def note_begun(db: Database, photo_id: PhotoId) -> None:
    """Remember that bytes go out now; what is not known here is asked before any go again."""
    with db.atomic():
        db.run("UPDATE uploads SET is_begun = 1 WHERE photo_id = ?", (photo_id,))


def note_url(db: Database, photo_id: PhotoId, url: str) -> None:
    """Remember where the hub takes the bytes; before the first byte is sent."""
    with db.atomic():
        db.run("UPDATE uploads SET url = ? WHERE photo_id = ?", (url, photo_id))


def note_sent(db: Database, photo_id: PhotoId, sent_bytes: int) -> None:
    """Remember how many bytes the hub acknowledged in all; 0 when it wants them from the start.

    Progress proves that the way is open, so earlier failures are forgotten.
    """
    with db.atomic():
        db.run(
            "UPDATE uploads SET sent_bytes = ?, attempts = 0, not_before = NULL, last_error = ''"
            " WHERE photo_id = ? AND state = 'ready'",
            (sent_bytes, photo_id),
        )


def note_arrived(
    db: Database, photo_id: PhotoId, arrived_at: datetime, receipt: PhotoReceipt | None = None
) -> Changes:
    """Remember that the hub holds the bytes and checked their hash, in ONE transaction.

    Args:
        db: The database.
        photo_id: The photo.
        arrived_at: The present, by this laptop's clock.
        receipt: The hub's word; None from a hub that gives none. One for other bytes than the
            photo's own is none.
    """
    with db.atomic():
        if receipt is not None:
            db.run(
                "UPDATE uploads SET receipt = ?, receipt_revision = ?, received_at = ?"
                " WHERE photo_id = ? AND sha256 = ?",
                (
                    receipt.id,
                    receipt.revision,
                    to_stamp(receipt.received_at),
                    photo_id,
                    receipt.sha256,
                ),
            )
        row = db.row(
            "UPDATE uploads SET state = 'arrived', sent_bytes = size_bytes, arrived_at = ?,"  # noqa: S608 - names of this module
            " last_error = '', not_before = NULL WHERE photo_id = ?"
            f" RETURNING ticket_id, {_HAVE_GONE}",
            (to_stamp(arrived_at), photo_id),
        )
        if row is None:
            return Changes()
        ticket_id = TicketId(row[0])
        if row[1]:
            pauses.leave_depot(db)
        copies.forget_gone(db, ticket_id)
    return Changes(tickets=frozenset({ticket_id}), photos=frozenset({photo_id}))


def postpone(
    db: Database, photo_ids: Collection[PhotoId], not_before: datetime, error: str
) -> None:
    """Let uploads wait for another try.

    Args:
        db: The database.
        photo_ids: Uploads of one attempt.
        not_before: When to try again.
        error: Why it failed: the class name of the failure, no personal data.
    """
    with db.atomic():
        db.run_many(
            "UPDATE uploads SET attempts = attempts + 1, not_before = ?, last_error = ?"
            " WHERE photo_id = ? AND state = 'ready'",
            [(to_stamp(not_before), error, i) for i in photo_ids],
        )


def totals(db: Database) -> tuple[int, int]:
    """Return all bytes of open uploads, and how many of them the hub acknowledged.

    Without those that a person lets rest: see `resting`. With screen copies that go instead.
    """
    row = db.row(
        "SELECT coalesce(sum(size), 0), coalesce(sum(sent), 0) FROM ("  # noqa: S608 - names of the store
        " SELECT size_bytes AS size, sent_bytes AS sent FROM uploads"
        f" WHERE state IN ('held', 'ready') AND NOT {PHOTO_RESTS}"
        f" UNION ALL SELECT copy_bytes, copy_sent_bytes FROM uploads"
        f" WHERE state = 'ready' AND {COPY_IS_OPEN})"
    )
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def resting(db: Database) -> tuple[int, int]:
    """Return how many open uploads a person lets rest, and how many of their bytes are left."""
    row = db.row(
        "SELECT count(*), coalesce(sum(size_bytes - sent_bytes), 0) FROM uploads"  # noqa: S608 - names of the store
        f" WHERE state IN ('held', 'ready') AND {PHOTO_RESTS}"
    )
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def waits(db: Database, now: datetime) -> Iterator[datetime]:
    """Yield when each ready upload may be tried that nobody lets rest."""
    sql = (
        "SELECT not_before FROM uploads WHERE state = 'ready'"  # noqa: S608 - names of the store
        f" AND (NOT {PHOTO_RESTS} OR ({COPY_IS_OPEN}))"
    )
    for (stamp,) in db.rows(sql):
        at = now if stamp is None else from_stamp(stamp)
        yield now if at > now + LONGEST_WAIT else at


def release(db: Database, operation_id: OperationId) -> None:
    """Let the photo of a settled operation be sent; inside a transaction."""
    db.run(
        "UPDATE uploads SET state = 'ready' WHERE operation_id = ? AND state = 'held'",
        (operation_id,),
    )


def refuse(db: Database, operation_id: OperationId) -> None:
    """Mark the photo of a refused operation as not wanted; inside a transaction."""
    db.run(
        "UPDATE uploads SET state = 'refused' WHERE operation_id = ? AND state = 'held'",
        (operation_id,),
    )


def _upload(row: tuple[Any, ...]) -> Upload:
    """Return the upload in a row of `_COLUMNS`."""
    return Upload(
        photo_id=PhotoId(row[0]),
        operation_id=OperationId(row[1]),
        ticket_id=TicketId(row[2]),
        sha256=row[3],
        size_bytes=row[4],
        sent_bytes=row[5],
        suffix=row[6],
        url=row[7],
        state=UploadState(row[8]),
        attempts=row[9],
        not_before=None if row[10] is None else from_stamp(row[10]),
        last_error=row[11],
        is_begun=bool(row[12]),
        copy_of=row[13] if len(row) > _AT_ORIGINAL else "",
    )
