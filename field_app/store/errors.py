"""Between the failures of SQLite and ours: one table, one context manager."""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from field_app.domain.errors import DiskFull, StoreDamaged, StoreFailed

PRIMARY_CODE_MASK: Final = 0xFF
"""The low byte of an extended result code; https://www.sqlite.org/rescode.html."""

BY_CODE: Final[Mapping[int, type[StoreFailed]]] = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: DiskFull,
        sqlite3.SQLITE_CORRUPT: StoreDamaged,
        sqlite3.SQLITE_NOTADB: StoreDamaged,
        sqlite3.SQLITE_FORMAT: StoreDamaged,
    }
)
"""What SQLite's own result code says, where it says more than the exception's class."""

BY_CLASS: Final[Mapping[type[Exception], type[StoreFailed]]] = MappingProxyType(
    {
        sqlite3.Warning: StoreFailed,
        sqlite3.Error: StoreFailed,
        sqlite3.InterfaceError: StoreFailed,
        sqlite3.DatabaseError: StoreFailed,
        sqlite3.DataError: StoreFailed,
        sqlite3.OperationalError: StoreFailed,
        sqlite3.IntegrityError: StoreFailed,
        sqlite3.InternalError: StoreFailed,
        sqlite3.ProgrammingError: StoreFailed,
        sqlite3.NotSupportedError: StoreFailed,
        OSError: StoreFailed,
    }
)
"""Every exception class of sqlite3, and what moving files raises."""
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_TEXT: Final = "Could not decode to UTF-8"
"""How Python's sqlite3 begins to complain of bytes that are no text; it gives no result code."""


def our_error(error: sqlite3.Error | sqlite3.Warning | OSError) -> StoreFailed:
    """Return the failure of ours that says what SQLite's says; its values stay out of the text."""
    if isinstance(error, OSError):
        kind = DiskFull if error.errno in NO_ROOM else StoreFailed
        return kind(f"{type(error).__name__} {errno.errorcode.get(error.errno or 0, 'unknown')}")
    if str(error).startswith(NO_TEXT):
        return StoreDamaged(NO_TEXT)
    code = getattr(error, "sqlite_errorcode", None)
    kind = BY_CLASS[type(error)]
    if code is not None:
        kind = BY_CODE.get(code & PRIMARY_CODE_MASK, kind)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return kind(f"{name}: {error}")


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn every failure of SQLite, or of moving its files, inside into one of ours.

    Raises:
        DiskFull: No room for the write; it was rolled back.
        StoreDamaged: The file is no sound database.
        StoreFailed: Anything else.
    """
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, OSError) as error:
        raise our_error(error) from error
