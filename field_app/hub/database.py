"""The hub's database: opening it, reading from it, and taking revisions in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from field_app.domain.ids import Revision, new_id
from field_app.hub import tables

LATEST: Final = "0007"
"""The newest step in `migrations`."""
WRITES: Final = "field_app_writes"
BUSY_TIMEOUT_MS: Final = 30_000
"""How long a writer waits for another, for instance for an import."""
_COUNTER: Final = select(tables.counter.c.value).where(tables.counter.c.name == tables.REVISION)
_LOCKED_COUNTER: Final = _COUNTER.with_for_update()
_NEXT: Final = (
    update(tables.counter)
    .where(tables.counter.c.name == tables.REVISION)
    .values(value=tables.counter.c.value + 1)
    .returning(tables.counter.c.value)
)
_NAME: Final = select(tables.fact.c.value).where(tables.fact.c.name == "hub")
"""These and the other questions that nearly every request asks are built once."""


class DatabaseClosed(Exception):
    """The database cannot be opened; the text says why."""


class Database:
    """One hub's database, SQLite or PostgreSQL.

    Every writing transaction first locks the counter row, so revisions become visible in the
    order of their numbers and a reader that has seen revision N has seen all before it.
    """

    def __init__(self, url: str) -> None:
        """Open the database and bring it to this release.

        Args:
            url: A SQLAlchemy URL.

        Raises:
            DatabaseClosed: It cannot be opened.
        """
        try:
            self._open(url)
        except (SQLAlchemyError, CommandError, ImportError) as error:
            raise DatabaseClosed(str(getattr(error, "orig", None) or error)) from error

    def _open(self, url: str) -> None:
        """Connect and migrate."""
        self._is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine = create_engine(url, pool_size=8, max_overflow=40)
        if self._is_sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        with self._writing() as connection:
            _migrate(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection inside one reading transaction."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection inside one writing transaction that holds the counter row.

        What was written is on disk when the block ends; an exception takes all of it back.
        """
        with self._writing() as connection:
            connection.execute(_LOCKED_COUNTER)
            yield connection

    @contextmanager
    def rehearse(self) -> Iterator[Connection]:
        """Give a connection like `write`, but take everything back in the end."""
        with self._writing() as connection:
            connection.execute(_LOCKED_COUNTER)
            yield connection
            connection.rollback()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a connection inside one writing transaction."""
        connection = self._engine.connect().execution_options(**{WRITES: True})
        with connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def latest_revision(connection: Connection) -> Revision:
    """Return the revision of the newest change that this transaction can see."""
    return Revision(connection.execute(_COUNTER).scalar_one())


def next_revision(connection: Connection) -> Revision:
    """Take the next revision inside a writing transaction."""
    return Revision(connection.execute(_NEXT).scalar_one())


def hub_name(connection: Connection) -> str:
    """Return this database's own name; a hub that is set up anew has another."""
    return bytes(connection.execute(_NAME).scalar_one()).decode()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Make a new SQLite connection safe: transactions are ours, and commits reach the disk."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction; a writing one takes the write lock at once."""
    begin = "BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN"
    line = connection.connection.driver_connection
    assert line is not None  # noqa: S101 - it was just taken
    try:
        line.execute(begin)  # straight to SQLite: every request begins twice or more
    except connection.dialect.loaded_dbapi.Error as error:
        raise OperationalError(begin, None, error) from error


def _migrate(connection: Connection) -> None:
    """Apply the steps that the database has not had, and fill in what a new one must know."""
    if MigrationContext.configure(connection).get_current_revision() == LATEST:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.execute(_COUNTER).scalar_one_or_none() is None:
        connection.execute(insert(tables.counter).values(name=tables.REVISION, value=0))
        connection.execute(
            insert(tables.fact).values(name="hub", value=new_id().encode(), revision=0)
        )
