"""An SQLite file from anywhere, whose answers take neither time nor memory without end."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapDamaged
from field_app.maps.tile_data import MOST_BYTES

HEAD_BYTES: Final = 100
MOST_STEPS: Final = 20_000_000
"""Of SQLite's machine for one answer: a file may hold a view that never ends."""
STEPS_AT_ONCE: Final = 100_000


class SqliteFile:
    """A file that is open for reading; all methods raise sqlite3.Error."""

    def __init__(self, path: Path) -> None:
        """Open the file, which must not be changed while it is open."""
        # Immutable: no lock and no journal are looked for, so a stick that is read-only serves.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(address, uri=True)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        self._steps = 0
        self._db.set_progress_handler(self._is_endless, STEPS_AT_ONCE)

    def first(self, asked: str, given: tuple[int, ...] = ()) -> Any:
        """Return the first row of an answer, or None."""
        self._steps = 0
        return self._db.execute(asked, given).fetchone()

    def rows(self, asked: str, given: tuple[int, ...] = ()) -> list[Any]:
        """Return all rows of an answer."""
        self._steps = 0
        return self._db.execute(asked, given).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _is_endless(self) -> bool:
        """Count what an answer takes; True breaks it off, which raises OperationalError."""
        self._steps += STEPS_AT_ONCE
        return self._steps > MOST_STEPS


def check_length(path: Path) -> None:
    """Compare the file's length with the one that its head states, so that a cut is seen at once.

    Source: https://www.sqlite.org/fileformat.html, 1.3.

    Raises:
        MapDamaged: It is cut off.
        MapUnreadable: It is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        length = path.stat().st_size
    except OSError as error:
        raise MapUnreadable(f"{path.name}: {error.strerror}") from error
    page_bytes = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    is_valid = head[24:28] == head[92:96] and pages > 0
    whole = pages * (65536 if page_bytes == 1 else page_bytes)
    if is_valid and length < whole:
        raise MapDamaged(f"{path.name}: {length} bytes of {whole}")
