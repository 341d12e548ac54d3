"""A damaged database: set aside, unsent work rescued from it, a fresh one in its place."""

import logging
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from field_app.domain.clock import corrected, to_stamp
from field_app.domain.errors import DiskFull, StoreDamaged, StoreFailed
from field_app.domain.operation import AddPhoto
from field_app.protocol.codec import dump_operation
from field_app.store import carving, sync_state
from field_app.store.database import Database, open_database
from field_app.store.errors import store_errors

SOUND: Final = [("ok",)]
"""SQLite's answer to a check that found nothing."""
TABLES: Final = (
    "outbox",
    "photos",
    "uploads",
    "receipts",
    "delivered",
    "drafts",
    "pauses",
    "sync_state",
)
"""What exists nowhere else."""
KEPT_FACTS: Final = frozenset({sync_state.NEXT_SEQ, "clock_offset_ms", "position"})
"""Rows of `sync_state` that go over; without the cursor, the next pull brings everything."""
SIDE_FILES: Final = ("-wal", "-shm")
logger = logging.getLogger(__name__)

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """What was saved from a damaged database."""

    set_aside: Path
    """The damaged file, for a technician."""
    operations: int
    photos: int
    receipts: int
    drafts: int
    lost: int
    """Rows that were found and could not be understood; more may be gone without a trace."""


def open_or_rebuild(path: Path, now: datetime) -> tuple[Database, Rescued | None]:
    """Open a database and check it (20 ms for 10,000 tickets); rebuild it when it is damaged.

    Call once at the start, before any other connection is opened.

    Args:
        path: The database's file; a new one is made when there is none.
        now: The present, for the name of the damaged file.

    Returns:
        A connection of this thread's own, and what was rescued if it had to be.

    Raises:
        StoreFailed: The file cannot be opened, or the new one cannot be written; a damaged file
            is then still in its place.
    """
    with store_errors():
        _finish_rebuilding(path)
        is_empty = path.is_file() and path.stat().st_size == 0
    if is_empty:
        return rebuild(path, now)
    try:
        database = open_database(path)
    except StoreDamaged:
        return rebuild(path, now)
    if _is_sound(database):
        return database, None
    database.close()
    return rebuild(path, now)


def rebuild(path: Path, now: datetime) -> tuple[Database, Rescued]:
    """Set a damaged database aside and put a fresh one with the rescued work in its place.

    Close every other connection first. The cursor is gone, so the next pull brings everything.
    A power cut at any moment leaves either the damaged file or the finished new one.

    Raises:
        StoreFailed: The new database cannot be written; the damaged file is still in its place.
    """
    found = _read_all(path)
    fresh = _fresh_path(path)
    with store_errors():
        _remove(fresh)
    with closing(open_database(fresh)) as database:
        with database.atomic():
            lost = sum(_insert(database, table, found[table]) for table in TABLES)
            lost += _put_straight(database, now)
        counts = {table: database.number(f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608 - names of this module
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    with store_errors():
        set_aside = _set_aside(path, now)
        _finish_rebuilding(path)
    logger.warning("database set aside as %s; rescued %s; lost %d", set_aside.name, counts, lost)
    rescued = Rescued(
        set_aside=set_aside,
        operations=counts["outbox"],
        photos=counts["photos"],
        receipts=counts["receipts"],
        drafts=counts["drafts"],
        lost=lost,
    )
    return open_database(path), rescued


def _is_sound(database: Database) -> bool:
    """Return whether a database has its order, and its documents can be understood."""
    try:
        if database.rows("PRAGMA quick_check(1)") != SOUND:
            return False
        if database.number("SELECT count(*) FROM tickets WHERE NOT json_valid(doc)"):
            return False
        bodies = database.rows("SELECT CAST(body AS BLOB) FROM outbox")
    except StoreDamaged:
        return False
    return all(carving.operation_in(body) is not None for (body,) in bodies)


def _read_all(path: Path) -> dict[str, list[Found]]:
    """Return all rows of `TABLES` that can be read.

    When the outbox cannot be read to its end, operations are also looked for in the bytes.
    """
    found: dict[str, list[Found]] = {table: [] for table in TABLES}
    is_whole = False
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.text_factory = _text
            for table in TABLES:
                found[table], ended = _read_table(connection, table)
                is_whole = ended if table == "outbox" else is_whole
    except sqlite3.Error as error:
        logger.info("the damaged database cannot be opened: %s", error)
    is_whole = is_whole and all(carving.operation_in(row.get("body")) for row in found["outbox"])
    found["sync_state"] = [row for row in found["sync_state"] if row.get("key") in KEPT_FACTS]
    if not is_whole:
        found["outbox"].extend(_carved(path, found))
    return found


def _read_table(connection: sqlite3.Connection, table: str) -> tuple[list[Found], bool]:
    """Return a table's readable rows, from both its ends, and whether those are all."""
    rows: dict[int, Found] = {}
    for order in ("ASC", "DESC"):
        sql = f"SELECT rowid AS row_number, * FROM {table} ORDER BY rowid {order}"  # noqa: S608 - names of this module
        try:
            for row in connection.execute(sql):
                rows.setdefault(row["row_number"], dict(row))
        except sqlite3.Error as error:
            logger.info("table %s cannot be read to its end: %s", table, error)
            continue
        return list(rows.values()), True
    return list(rows.values()), False


def _carved(path: Path, found: Mapping[str, Sequence[Found]]) -> list[Found]:
    """Return rows for operations that only the file's bytes still have."""
    known = {row.get("id") for row in found["outbox"] if carving.operation_in(row.get("body"))}
    known |= {row.get("operation_id") for row in found["receipts"]}
    files = (path, Path(f"{path}-wal"))
    taken = {row.get("seq") for row in found["outbox"]}
    return [
        {
            "id": operation.id,
            "seq": _free(operation.seq, taken),
            "ticket_id": operation.ticket_id,
            "type": operation.work.type,
            "body": dump_operation(operation).decode(),
            "made_at": to_stamp(operation.made_at),
            "state": "waiting",
        }
        for operation in carving.operations_in(files)
        if operation.id not in known
    ]


def _free(seq: int, taken: set[Any]) -> int:
    """Take a number that no row has: work out of a rescue pack has its first laptop's numbers."""
    while seq in taken:
        seq += 1
    taken.add(seq)
    return seq


def _insert(database: Database, table: str, rows: Sequence[Found]) -> int:
    """Put rows into a fresh table and return how many could not be understood."""
    columns = {row[1] for row in database.rows(f"PRAGMA table_info({table})")}
    lost = 0
    for row in rows:
        if table == "outbox" and carving.operation_in(row.get("body")) is None:
            lost += 1
            continue
        known = {name for name, value in row.items() if value is not None}
        if not carving.is_ticket_or_none(row.get("mine")):
            known.discard("mine")
        names = sorted(columns & known)
        marks = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names from the fresh table
        try:
            database.run(sql, [row[name] for name in names])
        except DiskFull:
            raise
        except StoreFailed as error:
            logger.info("a row of %s was lost: %s", table, error)
            lost += 1
    return lost


def _put_straight(database: Database, now: datetime) -> int:
    """Make the rescued rows fit together again and return how many photos lost their operation.

    An operation that adds a photo names all that its photo and upload need. Numbers of
    operations go on far above all that were ever given.
    """
    for (body,) in database.rows("SELECT body FROM outbox WHERE type = 'add_photo'"):
        operation = carving.operation_in(body)
        if operation is None or not isinstance(operation.work, AddPhoto):
            continue
        work = operation.work
        facts = (work.photo_id, operation.ticket_id, work.sha256, work.size_bytes)
        database.run(
            "INSERT OR IGNORE INTO photos (id, ticket_id, sha256, size_bytes, role, suffix,"
            " added_at) VALUES (?, ?, ?, ?, ?, '.jpg', ?)",
            (*facts, work.role, to_stamp(corrected(operation.made_at, operation.clock_offset_ms))),
        )
        database.run(
            "INSERT OR IGNORE INTO uploads (photo_id, ticket_id, sha256, size_bytes, operation_id,"
            " suffix, state) VALUES (?, ?, ?, ?, ?, '.jpg', 'held')",
            (*facts, operation.id),
        )
    lost = database.run(
        "DELETE FROM uploads WHERE state = 'held' AND operation_id NOT IN (SELECT id FROM outbox)"
    )
    known = int(sync_state.get(database, sync_state.NEXT_SEQ) or now.timestamp())
    above = database.number("SELECT max(seq) FROM outbox") + 1
    sync_state.put(database, sync_state.NEXT_SEQ, str(max(known, above)))
    sync_state.put(database, sync_state.KEEPS_STRAYS, "1")
    return lost


def _text(data: bytes) -> str:
    """Return text even where bytes of it are damaged."""
    return data.decode("utf-8", "replace")


def _fresh_path(path: Path) -> Path:
    """Return where the new database is built."""
    return path.with_name(f"{path.name}.rebuilding")


def _set_aside(path: Path, now: datetime) -> Path:
    """Move a damaged file away and return its new name."""
    name = f"cache-damaged-{now:%Y%m%dT%H%M%S}"
    target = path.with_name(f"{name}.db")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{name}-{number}.db")
    if path.exists():
        path.replace(target)
    for side in SIDE_FILES:
        if Path(f"{path}{side}").exists():
            Path(f"{path}{side}").replace(f"{target}{side}")
    return target


def _finish_rebuilding(path: Path) -> None:
    """Put a finished new database into its place; it is finished when the damaged one is gone."""
    fresh = _fresh_path(path)
    if path.exists() or not fresh.exists():
        return
    for side in SIDE_FILES:
        Path(f"{path}{side}").unlink(missing_ok=True)
    fresh.replace(path)


def _remove(path: Path) -> None:
    """Remove a database with its side files, if there."""
    for name in (str(path), *(f"{path}{side}" for side in SIDE_FILES)):
        Path(name).unlink(missing_ok=True)
