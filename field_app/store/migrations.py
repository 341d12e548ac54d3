"""The database's tables, as numbered steps that are never edited after a release."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from field_app.domain.errors import StoreFailed
from field_app.protocol.listed import listed_of
from field_app.store.picture_tables import PICTURE_STEPS
from field_app.store.rows import ticket_from

if TYPE_CHECKING:
    import sqlite_utils

IS_AWAITED: Final = "instr(doc, '\"has_arrived\":false') > 0"
"""Whether a photo of a stored ticket may still be to come, in the words of SQL."""


def _first_tables(tables: "sqlite_utils.Database") -> None:
    """Make the tables of the first version."""
    _copies_of_the_hub(tables)
    _work_of_this_laptop(tables)
    tables.table("sync_state").create({"key": str, "value": str}, pk="key", not_null={"value"})


def _copies_of_the_hub(tables: "sqlite_utils.Database") -> None:
    """Make the tables that can be fetched again: tickets and their search index."""
    tables.table("tickets").create(
        {
            "number": int,
            "id": str,
            "revision": int,
            "title": str,
            "category": str,
            "categories": str,
            "state": str,
            "foreign_state": str,
            "is_for_crew": int,
            "due_at": str,
            "reported_at": str,
            "handed_in_at": str,
            "latitude": float,
            "longitude": float,
            "place_line": str,
            "crew_id": str,
            "photo_count": int,
            "seen": int,
            "is_gone": int,
            "is_indexed": int,
            "doc": str,
        },
        pk="number",
        not_null={
            "id",
            "revision",
            "title",
            "category",
            "categories",
            "state",
            "reported_at",
            "doc",
        },
        defaults={"seen": 0, "is_gone": 0, "is_indexed": 0},
    )
    tables.table("tickets").create_index(["id"], unique=True)
    tables.table("searched").create(
        {"number": int, "id": str, "text": str}, pk="number", not_null={"id", "text"}
    )
    tables.execute(
        "CREATE VIRTUAL TABLE search USING fts5(pairs, content='', detail=none, columnsize=0,"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")"
    )


def _work_of_this_laptop(tables: "sqlite_utils.Database") -> None:
    """Make the tables that exist nowhere else until the hub has what is in them."""
    tables.table("outbox").create(
        {
            "id": str,
            "seq": int,
            "ticket_id": str,
            "type": str,
            "body": str,
            "mine": str,
            "made_at": str,
            "state": str,
            "attempts": int,
            "not_before": str,
            "sent_at": str,
            "was_sent": int,
            "last_error": str,
            "reason": str,
            "detail": str,
        },
        pk="id",
        not_null={"seq", "ticket_id", "type", "body", "made_at", "state", "last_error", "detail"},
        defaults={"attempts": 0, "was_sent": 0, "last_error": "", "detail": ""},
    )
    tables.table("outbox").create_index(["seq"], unique=True)
    tables.table("outbox").create_index(["ticket_id"])
    tables.table("receipts").create(
        {
            "operation_id": str,
            "ticket_id": str,
            "type": str,
            "title": str,
            "revision": int,
            "receipt": str,
            "outcome": str,
            "received_at": str,
            "size_bytes": int,
        },
        pk="operation_id",
        not_null={"ticket_id", "type", "title", "receipt", "outcome", "received_at", "size_bytes"},
    )
    tables.table("receipts").create_index(["received_at"])
    tables.table("photos").create(
        {
            "id": str,
            "ticket_id": str,
            "role": str,
            "sha256": str,
            "size_bytes": int,
            "suffix": str,
            "added_at": str,
        },
        pk="id",
        not_null={"ticket_id", "role", "sha256", "size_bytes", "suffix", "added_at"},
    )
    tables.table("uploads").create(
        {
            "photo_id": str,
            "operation_id": str,
            "ticket_id": str,
            "sha256": str,
            "size_bytes": int,
            "sent_bytes": int,
            "suffix": str,
            "url": str,
            "state": str,
            "attempts": int,
            "not_before": str,
            "last_error": str,
            "arrived_at": str,
        },
        pk="photo_id",
        not_null={"operation_id", "ticket_id", "sha256", "size_bytes", "suffix", "url", "state"},
        defaults={"sent_bytes": 0, "url": "", "attempts": 0, "last_error": ""},
    )
    tables.table("uploads").create_index(["ticket_id"])
    tables.table("drafts").create(
        {"ticket_id": str, "text": str}, pk="ticket_id", not_null={"text"}
    )


def _shorter_places(tables: "sqlite_utils.Database") -> None:
    """Say street and subdistrict in lists, where the first version kept whole addresses."""
    documents = tables.execute("SELECT number, doc FROM tickets").fetchall()
    for number, doc in documents:
        line = listed_of(ticket_from(doc)).place_line
        tables.execute("UPDATE tickets SET place_line = ? WHERE number = ?", (line, number))


def _readable_receipts(tables: "sqlite_utils.Database") -> None:
    """Keep what the hub said of each photo and operation: number, time, revision, sha256."""
    _add_column(tables, "uploads", "receipt TEXT NOT NULL DEFAULT ''")
    _add_column(tables, "uploads", "receipt_revision INTEGER")
    _add_column(tables, "uploads", "received_at TEXT")
    _add_column(tables, "receipts", "sha256 TEXT NOT NULL DEFAULT ''")


def _pauses(tables: "sqlite_utils.Database") -> None:
    """Remember what a person lets rest."""
    tables.table("pauses").create(
        {"what": str, "since": str}, pk="what", not_null={"since"}, if_not_exists=True
    )


def _decisions(tables: "sqlite_utils.Database") -> None:
    """Keep what a person decided about parked operations, and what the hub said had happened."""
    _add_column(tables, "outbox", "cause TEXT")
    _add_column(tables, "outbox", "way_on TEXT")
    _add_column(tables, "outbox", "decided_at TEXT")
    _add_column(tables, "outbox", "followed_by TEXT")
    tables.execute(
        "UPDATE outbox SET way_on = 'keep', decided_at = made_at WHERE state = 'acknowledged'"
    )


def _receipts_by_day(tables: "sqlite_utils.Database") -> None:
    """Find a day's receipts among those of years."""
    for table, column in (
        ("receipts", "ticket_id"),
        ("uploads", "operation_id"),
        ("uploads", "received_at"),
        ("uploads", "state"),
    ):
        tables.table(table).create_index([column], if_not_exists=True)


def _add_column(tables: "sqlite_utils.Database", table: str, column: str) -> None:
    """Add a column to a table, unless it is there."""
    if column.partition(" ")[0] not in tables.table(table).columns_dict:
        tables.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def _numbered_changes(tables: "sqlite_utils.Database") -> None:
    """Number the changes of copies, so that lists read only what is new to them."""
    _add_column(tables, "tickets", "change INTEGER NOT NULL DEFAULT 0")
    tables.execute("CREATE INDEX IF NOT EXISTS tickets_change ON tickets (change)")


def _awaited_reports(tables: "sqlite_utils.Database") -> None:
    """Find handed-in tickets of which photos are still to come without reading all tickets."""
    tables.execute(
        "CREATE INDEX IF NOT EXISTS tickets_awaited ON tickets (state)"
        f" WHERE handed_in_at IS NOT NULL AND {IS_AWAITED}"
    )


def _packed_work(tables: "sqlite_utils.Database") -> None:
    """Remember when work went into a rescue pack: it cannot be undone after that."""
    _add_column(tables, "outbox", "packed_at TEXT")


def _delivered(tables: "sqlite_utils.Database") -> None:
    """Keep delivered work with its words, in case the hub loses what it confirmed."""
    texts = ("ticket_id", "type", "body", "made_at", "received_at")
    tables.table("delivered").create(
        {"id": str, "seq": int, **dict.fromkeys(texts, str)},
        pk="id",
        not_null={"seq", *texts},
        if_not_exists=True,
    )
    tables.table("delivered").create_index(["received_at"], if_not_exists=True)


def _begun_uploads(tables: "sqlite_utils.Database") -> None:
    """Remember that bytes of a photo went out, before it is known what became of them."""
    _add_column(tables, "uploads", "is_begun INTEGER NOT NULL DEFAULT 0")


MIGRATIONS: Final[Sequence[Callable[["sqlite_utils.Database"], None]]] = (
    _first_tables,
    _shorter_places,
    _readable_receipts,
    _pauses,
    _numbered_changes,
    _decisions,
    _awaited_reports,
    _packed_work,
    _receipts_by_day,
    _delivered,
    _begun_uploads,
    *PICTURE_STEPS,
)
"""Step n leads from version n to version n + 1."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, in one transaction.

    Raises:
        StoreFailed: A newer program wrote this file.
        StoreDamaged: A stored ticket is none any more.
        sqlite3.Error: The file is no sound database, or cannot be written.
    """
    if _version(connection) != len(MIGRATIONS):
        _take_steps(connection)


def _take_steps(connection: sqlite3.Connection) -> None:
    """Take the steps that this file has not had."""
    import sqlite_utils  # noqa: PLC0415  half a second that only a new or old file needs

    tables = sqlite_utils.Database(connection, strict=True, execute_plugins=False)
    tables.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[_known_version(connection) :]:
            step(tables)
        tables.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
        tables.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            tables.execute("ROLLBACK")
        raise


def _known_version(connection: sqlite3.Connection) -> int:
    """Return the version of this file, which must not be from the future."""
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreFailed(f"the database has version {version}, known is {len(MIGRATIONS)}")
    return version


def _version(connection: sqlite3.Connection) -> int:
    """Return how many steps were taken on this file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
