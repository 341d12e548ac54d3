"""Transactions, and things remembered until the database changes."""

import threading
from pathlib import Path

import pytest

from field_app.domain.errors import StoreFailed
from field_app.store import tickets
from field_app.store.database import Database, open_database
from field_app.store.migrations import MIGRATIONS
from tests.helpers.builders import a_ticket, an_arrival


def test_an_inner_transaction_joins_the_outer_one(db: Database) -> None:
    def work() -> None:
        with db.atomic():
            with db.atomic():
                db.run("INSERT INTO drafts VALUES ('a', 'b')")
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert db.number("SELECT count(*) FROM drafts") == 0


def test_a_persons_work_waits_for_the_disk_and_a_pull_does_not(db: Database) -> None:
    with db.atomic(is_durable=False):
        assert db.number("PRAGMA synchronous") == 1
    with db.atomic():
        assert db.number("PRAGMA synchronous") == 2
    assert db.row("PRAGMA journal_mode") == ("wal",)


def test_the_log_may_grow_while_a_great_many_tickets_come(db: Database) -> None:
    usual = db.number("PRAGMA wal_autocheckpoint")
    with db.long_log():
        assert db.number("PRAGMA wal_autocheckpoint") == 4 * usual
    assert db.number("PRAGMA wal_autocheckpoint") == usual


def test_two_writers_never_lose_an_update(tmp_path: Path) -> None:
    path = tmp_path / "field.db"
    open_database(path).close()

    def write() -> None:
        own = open_database(path)
        for _ in range(10):
            with own.atomic(is_durable=False):
                count = own.number("SELECT value FROM sync_state WHERE key = 'n'")
                own.run("INSERT OR REPLACE INTO sync_state VALUES ('n', ?)", (str(count + 1),))
        own.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db = open_database(path)
    assert db.number("SELECT value FROM sync_state WHERE key = 'n'") == 30
    db.close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "field.db"
    newer = open_database(path)
    newer.run(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    newer.close()
    with pytest.raises(StoreFailed, match="version"):
        open_database(path)


def test_places_kept_by_the_first_version_are_said_shorter(tmp_path: Path) -> None:
    path = tmp_path / "field.db"
    old = open_database(path)
    ticket = a_ticket(address="ถ.กลางเมือง ต.ในเมือง อ.เมือง", subdistrict="ในเมือง")
    tickets.accept(old, [an_arrival(ticket)], [], "c1")
    old.run("UPDATE tickets SET place_line = 'ถ.กลางเมือง ต.ในเมือง อ.เมือง'")
    old.run("PRAGMA user_version=1")
    old.close()

    new = open_database(path)

    assert new.row("SELECT place_line FROM tickets") == ("ถ.กลางเมือง · ต.ในเมือง",)
    new.close()


def test_a_remembered_thing_is_made_anew_after_a_change_by_anybody(tmp_path: Path) -> None:
    db, other = open_database(tmp_path / "field.db"), open_database(tmp_path / "field.db")
    made = iter(range(10))

    def ask() -> int:
        return db.remembered("n", lambda _before: next(made))

    assert (ask(), ask()) == (0, 0)
    db.run("INSERT INTO drafts VALUES ('a', 'b')")
    assert (ask(), ask()) == (1, 1)
    other.run("INSERT INTO drafts VALUES ('c', 'd')")
    assert (ask(), ask()) == (2, 2)
    db.forget_remembered("n")
    assert ask() == 3
    db.close()
    other.close()
