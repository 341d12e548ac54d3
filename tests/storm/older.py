"""An older program: leaves a laptop's database as a former version would have written it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlite_utils

from field_app.store.migrations import MIGRATIONS

OLDEST: Final = 1
NOT_KEPT: Final = ("search", "searched")
"""The search index, which follows by itself."""


def make_older(path: Path, version: int) -> None:
    """Write a closed database anew as version `version`; what that one did not have is gone."""
    older = path.with_name("older.db")
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(older)) as then:
        then.execute("PRAGMA journal_mode=WAL")
        tables = sqlite_utils.Database(then, strict=True, execute_plugins=False)
        for step in MIGRATIONS[:version]:
            step(tables)
        for (name,) in then.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            if not name.startswith(NOT_KEPT):
                _copy(now, then, name)
        then.execute("UPDATE tickets SET is_indexed = 0")
        then.execute("INSERT OR REPLACE INTO sync_state VALUES ('index_behind', '1')")
        then.commit()
        then.execute(f"PRAGMA user_version={version}")
        then.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older.replace(path)


def _copy(now: sqlite3.Connection, then: sqlite3.Connection, table: str) -> None:
    """Copy the columns of a table that both versions have."""
    known = {row[1] for row in now.execute(f"PRAGMA table_info({table})")}
    columns = [row[1] for row in then.execute(f"PRAGMA table_info({table})") if row[1] in known]
    if not columns:
        return
    names = ", ".join(columns)
    rows = now.execute(f"SELECT {names} FROM {table}").fetchall()  # noqa: S608 - names of the tables
    marks = ", ".join("?" * len(columns))
    then.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - as above
