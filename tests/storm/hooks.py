"""Hooks: while a storm blows, files and databases below its folder are on simulated disks."""

import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from unittest.mock import patch

import anyio.to_thread
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as SQLiteDialect

from field_app.hub import database as hub_database
from tests.helpers.fakes import PowerCut
from tests.storm.disk import Disk
from tests.storm.disks import Disks, here

FULL: Final = "database or disk is full"
WRITES: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Cursor(sqlite3.Cursor):
    """Counts statements."""

    connection: "Connection"

    def execute(self, sql: str, parameters: Any = (), /) -> "Cursor":
        """Run one statement, if there is power and room."""
        line = self.connection
        disk = here[-1].of(line.path)
        if disk is None:
            return super().execute(sql, parameters)
        line.check(disk, sql)
        super().execute(sql, parameters)
        line.note(disk, sql)
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> "Cursor":
        """Run one statement many times, if there is power and room."""
        line = self.connection
        disk = here[-1].of(line.path)
        if disk is None:
            return super().executemany(sql, parameters)
        line.check(disk, sql)
        super().executemany(sql, parameters)
        line.note(disk, sql)
        return self


class Connection(sqlite3.Connection):
    """A connection to a database on a simulated disk."""

    def __init__(self, database: Any, *args: Any, **options: Any) -> None:
        """Open it."""
        self.path = os.fspath(database)
        self.is_durable = True
        super().__init__(database, *args, **options)

    def cursor(self, factory: type[sqlite3.Cursor] = Cursor) -> Any:  # type: ignore[override]  # the stub has a default of None
        """Return a cursor that counts."""
        return super().cursor(Cursor if factory is sqlite3.Cursor else factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run one statement through a cursor that counts."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
        """Run one statement many times through a cursor that counts."""
        return self.cursor().executemany(sql, parameters)

    def commit(self) -> None:
        """Commit, which is a statement too."""
        disk = here[-1].of(self.path)
        if disk is None:
            super().commit()
        elif self.in_transaction:
            self.check(disk, "COMMIT")
            super().commit()
            self.note(disk, "COMMIT")

    def rollback(self) -> None:
        """Take back; a machine without power does nothing."""
        disk = here[-1].of(self.path)
        if disk is None or not disk.is_dead:
            super().rollback()

    def close(self) -> None:
        """Close; what a dead machine left open is closed when its files were looked at."""
        disk = here[-1].of(self.path)
        if disk is not None and disk.is_dead:
            disk.unclosed.append(self)
            return
        super().close()

    def check(self, disk: Disk, sql: str) -> None:
        """Count a statement that is about to run."""
        disk.before()
        if disk.is_full and not disk.is_only_read and sql.startswith(WRITES):
            error = sqlite3.OperationalError(FULL)
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            error.sqlite_errorname = "SQLITE_FULL"
            raise error

    def note(self, disk: Disk, sql: str) -> None:
        """Note what a statement did to the disk."""
        if sql.startswith("PRAGMA synchronous"):
            self.is_durable = "FULL" in sql
        is_written = sql == "COMMIT" or (not self.in_transaction and sql.startswith(WRITES))
        if is_written and self.is_durable:
            disk.notes_commit(self.path)
        disk.after()


def _connect(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return what opens a database, on a simulated disk or elsewhere."""

    def connect(database: Any, *args: Any, **options: Any) -> Any:
        if here[-1].of(database) is not None:
            options["factory"] = Connection
        return real(database, *args, **options)

    return connect


@contextmanager
def _closed_in_the_dark(close: Callable[[], None]) -> Iterator[None]:
    """Close what was opened when the power fails just then, as nobody else can."""
    try:
        yield
    except PowerCut:
        close()
        raise


def _open(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return what opens a file as `io.open` does."""

    def open_file(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        disk = here[-1].of(file)
        if disk is None:
            return real(file, mode, *args, **options)
        if mode.startswith(("w", "a", "x")):
            disk.before()
            disk.check_room()
            opened = real(file, mode, *args, **options)
            disk.opens(os.fspath(file), is_cut=mode.startswith("w"))
            with _closed_in_the_dark(opened.close):
                disk.after()
        else:
            opened = real(file, mode, *args, **options)
        here[-1].opened[opened.fileno()] = os.fspath(file)
        return opened

    return open_file


def _open_number(real: Callable[..., int]) -> Callable[..., int]:
    """Return what opens a file as `os.open` does."""

    def open_file(path: Any, flags: int, *args: Any, **options: Any) -> int:
        disk = here[-1].of(path)
        if disk is None:
            return real(path, flags, *args, **options)
        is_new = bool(flags & os.O_CREAT) and not os.path.exists(path)  # noqa: PTH110 - as below
        if is_new:
            disk.before()
            disk.check_room()
        number = real(path, flags, *args, **options)
        here[-1].opened[number] = os.fspath(path)
        if is_new:
            disk.opens(os.fspath(path), is_cut=False)
            with _closed_in_the_dark(lambda: os.close(number)):
                disk.after()
        return number

    return open_file


def _fsync(real: Callable[[int], None]) -> Callable[[int], None]:
    """Return what puts a file on the disk."""

    def fsync(number: int) -> None:
        path = here[-1].opened.get(number, "")
        disk = here[-1].of(path)
        if disk is None:
            real(number)
            return
        disk.before()
        disk.check_room()
        disk.syncs(path)
        disk.after()

    return fsync


def _renames(real: Callable[..., None]) -> Callable[..., None]:
    """Return what gives a file another name."""

    def replace(path: Any, goal: Any, **options: Any) -> None:
        disk = here[-1].of(path)
        if disk is None:
            real(path, goal, **options)
            return
        disk.before()
        if os.path.exists(path):  # noqa: PTH110 - called thousands of times
            disk.renames(os.fspath(path), os.fspath(goal))
        real(path, goal, **options)
        disk.after()

    return replace


def _unlinks(real: Callable[..., None]) -> Callable[..., None]:
    """Return what takes a file's name away."""

    def unlink(path: Any, **options: Any) -> None:
        disk = here[-1].of(path)
        if disk is None:
            real(path, **options)
            return
        disk.before()
        if os.path.exists(path):  # noqa: PTH110 - called thousands of times
            disk.unlinks(os.fspath(path))
        real(path, **options)
        disk.after()

    return unlink


def _removes_folder(real: Callable[..., None]) -> Callable[..., None]:
    """Return what takes a folder's name away."""

    def rmdir(path: Any, **options: Any) -> None:
        disk = here[-1].of(path)
        if disk is None:
            real(path, **options)
            return
        disk.before()
        disk.unlinks(os.fspath(path))
        real(path, **options)
        disk.after()

    return rmdir


def _makes_folder(real: Callable[..., None]) -> Callable[..., None]:
    """Return what makes a folder."""

    def mkdir(path: Any, *args: Any, **options: Any) -> None:
        disk = here[-1].of(path)
        if disk is None or os.path.isdir(path):  # noqa: PTH112 - called thousands of times
            real(path, *args, **options)
            return
        disk.before()
        disk.check_room()
        real(path, *args, **options)
        disk.makes_folder(os.fspath(path))
        disk.after()

    return mkdir


async def _inline(work: Callable[..., Any], *args: Any, **_options: Any) -> Any:
    """Do what would be done in another thread, here and now."""
    return work(*args)


_compiled: dict[Any, Any] = {}
"""Statements of the hub that were compiled before, by any hub of this process."""


def _create_engine(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return what opens a hub's database: a hub that starts again compiles nothing anew."""

    def create_engine(*args: Any, **options: Any) -> Any:
        return real(*args, **options).execution_options(compiled_cache=_compiled)

    return create_engine


HOOKS: Final[Mapping[tuple[Any, str], Callable[[Any], Any]]] = {
    (sqlite3, "connect"): _connect,
    (sqlite3.dbapi2, "connect"): _connect,
    (io, "open"): _open,
    (os, "open"): _open_number,
    (os, "fsync"): _fsync,
    (os, "replace"): _renames,
    (os, "unlink"): _unlinks,
    (os, "mkdir"): _makes_folder,
    (os, "rmdir"): _removes_folder,
    (hub_database, "create_engine"): _create_engine,
}


@contextmanager
def simulated(disks: Disks) -> Iterator[None]:
    """Put whatever lies below the disks' folder on them, and everything in one thread."""
    with ExitStack() as stack:
        for (room, name), hook in HOOKS.items():
            stack.enter_context(patch.object(room, name, hook(getattr(room, name))))
        stack.enter_context(patch.object(SQLiteDialect, "__eq__", lambda a, b: type(a) is type(b)))
        stack.enter_context(patch.object(SQLiteDialect, "__hash__", lambda a: hash(type(a))))
        stack.enter_context(patch.object(anyio.to_thread, "run_sync", _inline))
        stack.enter_context(patch.object(shutil, "_use_fd_functions", new=False))  # whole paths
        here.append(disks)
        stack.callback(here.pop)
        yield
