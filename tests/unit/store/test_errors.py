"""No failure of SQLite gets past its door."""

import errno
import sqlite3
from pathlib import Path

import pytest

from field_app.domain.errors import DiskFull, StoreDamaged, StoreFailed
from field_app.store.database import Database, open_database
from field_app.store.errors import BY_CLASS, store_errors


def test_every_exception_class_of_sqlite3_is_in_the_table() -> None:
    classes = {
        thing
        for thing in vars(sqlite3).values()
        if isinstance(thing, type) and issubclass(thing, Exception)
    }
    assert classes <= set(BY_CLASS)


def test_a_full_disk_says_so_and_nothing_is_half_written(db: Database) -> None:
    db.run(f"PRAGMA max_page_count={db.number('PRAGMA page_count') + 2}")
    drafts = [("a", "kept?"), ("b", "x" * 1_000_000)]
    with pytest.raises(DiskFull), db.atomic():
        db.run_many("INSERT INTO drafts VALUES (?, ?)", drafts)
    assert db.number("SELECT count(*) FROM drafts") == 0
    assert not db.is_inside()


def test_no_room_for_moving_files_is_a_full_disk() -> None:
    with pytest.raises(DiskFull), store_errors():
        raise OSError(errno.ENOSPC, "no room")


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "field.db"
    path.write_bytes(b"this is no database at all, but it is long enough to be one " * 100)
    with pytest.raises(StoreDamaged):
        open_database(path)


def test_bytes_that_are_no_text_are_damage(db: Database) -> None:
    db.run("INSERT INTO drafts VALUES ('a', CAST(x'ff' AS TEXT))")
    with pytest.raises(StoreDamaged):
        db.rows("SELECT text FROM drafts")


def test_anything_else_is_a_failed_store(db: Database) -> None:
    with pytest.raises(StoreFailed):
        db.rows("SELECT nothing FROM nowhere")
