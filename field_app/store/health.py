"""Whether a person's database is sound, read without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from field_app.store.errors import store_errors

MOST_FAULTS: Final = 20
SOUND: Final = "ok"


def faults_of(path: Path) -> tuple[str, ...]:
    """Return what SQLite finds wrong with a database file; empty when it is sound.

    Raises:
        StoreDamaged: The file is no database.
        StoreFailed: It cannot be read.
    """
    with store_errors():
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        with closing(connection):
            rows = connection.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] != SOUND)
