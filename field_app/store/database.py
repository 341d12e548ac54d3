"""The laptop's database: one file per person, one connection per thread."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from field_app.store.errors import store_errors
from field_app.store.handover import Handover
from field_app.store.migrations import migrate

BUSY_TIMEOUT_MS: Final = 10_000
"""How long a write waits for another thread's write."""
PAGE_SIZE: Final = 16_384
"""Bytes; whole tickets fit a page, which makes the first sync a third faster than 4 kB."""
LOG_PAGES: Final = 4_000
"""64 MiB of log before a commit carries it into the file: more than ten thousand tickets write."""
LOG_PAGES_OF_MANY: Final = 16_000
"""256 MiB, while a great many tickets come: each carrying costs them as much as thousands more."""
LOG_BYTES: Final = LOG_PAGES * PAGE_SIZE
"""What the log may keep of the disk once it is carried over."""
CACHE_KIB: Final = 4_096
"""For each thread; the system's own cache has the whole file."""

Row = tuple[Any, ...]
T = TypeVar("T")


class Database:
    """A connection that belongs to one thread; only `close` may come from another one.

    Every method raises `StoreFailed` or one of its kinds; nothing of sqlite3 gets out.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Wrap an open connection."""
        self.path = path
        self._connection = connection
        self._is_durable = True
        self.handover = Handover()
        """The one of all connections to this file, once whoever opens them has set it."""
        self._remembered: dict[str, tuple[tuple[int, int], Any]] = {}

    def is_inside(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    @contextmanager
    def atomic(self, *, is_durable: bool = True) -> Iterator[None]:
        """Do everything inside or nothing of it; an inner call joins the outer one.

        Args:
            is_durable: Whether the commit waits for the disk (about 4 ms): True for whatever a
                person did, False for what can be fetched from the hub again.

        Raises:
            DiskFull: No room; nothing was written.
            StoreFailed: Nothing was written.
        """
        if self.is_inside():
            yield
            return
        self._begin(is_durable=is_durable)
        try:
            yield
            with store_errors():
                self._connection.execute("COMMIT")
        except BaseException:
            if self.is_inside():
                with store_errors():
                    self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def long_log(self) -> Iterator[None]:
        """Let the log grow longer inside, so that commits need not carry it into the file.

        The first commit after that does, when there is enough.
        """
        self.run(f"PRAGMA wal_autocheckpoint={LOG_PAGES_OF_MANY}")
        try:
            yield
        finally:
            self.run(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a question; may be empty."""
        with store_errors():
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """Return the first row of a question, or None."""
        with store_errors():
            found: Row | None = self._connection.execute(sql, parameters).fetchone()
            return found

    def number(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Return the only number that a question has for an answer; NULL is 0."""
        found = self.row(sql, parameters)
        return int(found[0] or 0) if found else 0

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        with store_errors():
            return self._connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        with store_errors():
            self._connection.executemany(sql, parameters)

    def remembered(self, name: str, make: Callable[[T | None], T]) -> T:
        """Return what `make` makes of the database, made anew only when that has changed.

        Args:
            name: Under which the thing is remembered in this connection; always for one type.
            make: Reads the database; is given what it made before, or None the first time.
        """
        version = self._version()
        known = self._remembered.get(name)
        if known is None or known[0] != version:
            known = (version, make(None if known is None else known[1]))
            self._remembered[name] = known
        thing: T = known[1]
        return thing

    def forget_remembered(self, name: str) -> None:
        """Let the thing of this name be made anew next time."""
        self._remembered.pop(name, None)

    def close(self) -> None:
        """Close the connection; closing twice is harmless."""
        with store_errors():
            self._connection.close()

    def _version(self) -> tuple[int, int]:
        """Return what differs after any change, by this connection or by another one."""
        others = self.number("PRAGMA data_version")
        return others, self._connection.total_changes

    def _begin(self, *, is_durable: bool) -> None:
        """Open a transaction that may write, so that no other can get between read and write."""
        with store_errors():
            if is_durable is not self._is_durable:
                level = "FULL" if is_durable else "NORMAL"
                self._connection.execute(f"PRAGMA synchronous={level}")
                self._is_durable = is_durable
            self._connection.execute("BEGIN IMMEDIATE")


def open_database(path: Path) -> Database:
    """Return a connection of this thread's own; a new file gets its tables.

    Raises:
        StoreDamaged: The file is no sound database; see `field_app.store.rescue`.
        StoreFailed: It cannot be opened.
    """
    with store_errors():
        connection = sqlite3.connect(
            path,
            timeout=BUSY_TIMEOUT_MS / 1000,
            isolation_level=None,
            check_same_thread=False,  # whoever closes the program closes all connections
        )
    try:
        with store_errors():
            database = Database(path, connection)
            for pragma in (
                f"page_size={PAGE_SIZE}",
                "journal_mode=WAL",
                "foreign_keys=ON",
                "synchronous=FULL",
                "secure_delete=ON",
                f"cache_size=-{CACHE_KIB}",
                f"wal_autocheckpoint={LOG_PAGES}",
                f"journal_size_limit={LOG_BYTES}",
                "trusted_schema=OFF",
            ):
                connection.execute(f"PRAGMA {pragma}")
            migrate(connection)
    except BaseException:
        connection.close()
        raise
    return database
