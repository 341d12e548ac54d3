"""What the hub said that it holds: numbers, times, revisions and hashes, to be read out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.clock import from_stamp
from field_app.domain.ids import OperationId, Revision
from field_app.store.database import Database
from field_app.store.rows import time_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The hub's word about one operation, or about one photo's bytes."""

    operation_id: OperationId
    """For a photo, the operation that added it."""
    type: str
    """The operation's type; `photo` for a photo's bytes."""
    number: str
    """Short text that a person can read out; empty when the hub gave none."""
    received_at: datetime | None
    """By the hub's clock; None when the hub did not say."""
    revision: Revision | None
    """None when the hub did not say."""
    sha256: str
    """Of the operation, or of the photo's bytes; empty when the hub did not say."""
    size_bytes: int


def of_operations(db: Database, ids: Collection[OperationId]) -> tuple[Receipt, ...]:
    """Return the receipts of operations and of the photos that they added, oldest first."""
    marks = ", ".join("?" * len(ids))
    rows = db.rows(
        "SELECT operation_id, type, receipt, received_at, revision, sha256, size_bytes,"  # noqa: S608 - marks only
        f" received_at AS at, 0 AS turn FROM receipts WHERE operation_id IN ({marks})"
        " UNION ALL SELECT operation_id, 'photo', receipt, received_at, receipt_revision, sha256,"
        " size_bytes, coalesce(received_at, '~'), 1 FROM uploads"
        f" WHERE state = 'arrived' AND operation_id IN ({marks}) ORDER BY at, revision, turn",
        (*ids, *ids),
    )
    return tuple(
        Receipt(
            operation_id=OperationId(row[0]),
            type=row[1],
            number=row[2],
            received_at=time_or_none(row[3]),
            revision=None if row[4] is None else Revision(row[4]),
            sha256=row[5],
            size_bytes=row[6],
        )
        for row in rows
    )


def last_confirmed_at(db: Database) -> datetime | None:
    """Return when the hub last confirmed something of this laptop, by its clock; None for never."""
    row = db.row(
        "SELECT max(at) FROM (SELECT max(received_at) AS at FROM receipts"
        " UNION ALL SELECT max(received_at) FROM uploads)"
    )
    return None if row is None or row[0] is None else from_stamp(row[0])
