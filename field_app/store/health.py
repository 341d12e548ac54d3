"""What a person's database says of itself, read without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from field_app.store.errors import store_errors

MOST_FAULTS: Final = 20
SOUND: Final = "ok"
UNSENT: Final = (
    "SELECT (SELECT count(*) FROM uploads WHERE state = 'ready') + (SELECT count(*) FROM outbox o"
    " WHERE o.state = 'waiting' OR (o.state = 'parked' AND NOT EXISTS"
    " (SELECT 1 FROM receipts r WHERE r.operation_id = o.id)))"
)

TAKEN: Final = (
    "SELECT substr(key, 9) FROM sync_state WHERE substr(key, 1, 8) = 'carried/'"
    " AND substr(value, 1, 6) = 'taken '"
)
"""As `store.carried` writes it."""


def faults_of(path: Path) -> tuple[str, ...]:
    """Return what SQLite finds wrong with a database file; empty when it is sound.

    Raises:
        StoreDamaged: The file is no database.
        StoreFailed: It cannot be read.
    """
    rows = _rows(path, f"PRAGMA integrity_check({MOST_FAULTS})")
    return tuple(str(row[0]) for row in rows if row[0] != SOUND)


def kept_offset_ms(path: Path) -> int:
    """Return what the hub's clock was ahead of this computer's at their last contact.

    Returns:
        Milliseconds; 0 before the first contact.

    Raises:
        StoreDamaged: The file is no database.
        StoreFailed: It cannot be read.
    """
    rows = _rows(path, "SELECT value FROM sync_state WHERE key = 'clock_offset_ms'")
    return int(rows[0][0]) if rows else 0


def unsent_count(path: Path) -> int:
    """Return how many things of a person the hub does not hold, also those that need them.

    Raises:
        StoreDamaged: The file is no database.
        StoreFailed: It cannot be read.
    """
    return int(_rows(path, UNSENT)[0][0])


def taken_packs(path: Path) -> frozenset[str]:
    """Return the sha256 of each carried pack of which the hub said that it took it.

    Raises:
        StoreDamaged: The file is no database.
        StoreFailed: It cannot be read.
    """
    return frozenset(str(row[0]) for row in _rows(path, TAKEN))


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return what a question gives, the file being opened for reading only."""
    with store_errors():
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        with closing(connection):
            return connection.execute(sql).fetchall()
