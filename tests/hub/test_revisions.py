"""Revisions become visible in order: no cursor ever skips a change, however many write at once."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import MetaData, func, select

from field_app.domain.ids import CrewId
from field_app.domain.operation import Assign
from field_app.domain.people import Person, Role
from field_app.hub.database import Database, latest_revision, next_revision
from tests.hub.world import Laptop, World

WRITERS = 6
EACH = 25


def follow(world: World, boss: Person, done: threading.Event) -> list[int]:
    """Read from cursor to cursor until everything was written; return the revisions seen."""
    place = world.hub.feed.find(None, boss)
    seen: list[int] = []
    is_last = False
    while not is_last:
        is_last = done.is_set()
        for line in b"".join(world.hub.feed.lines(place, boss)).splitlines():
            cursor = line.split(b'"')[3].decode()
            seen += [int(cursor.rpartition(".")[2])] if b'"ticket"' in line else []
            place = world.hub.feed.find(cursor, boss)
    return seen


def everything_seen_in_order(world: World) -> None:
    """Let writers work at once while a reader follows cursors, and compare."""
    boss = world.signs_in("chai", Role.SUPERVISOR).signed_in.officer
    done = threading.Event()

    def write(writer: int) -> None:
        for number in range(EACH):
            world.has_ticket(f"T{writer}-{number}")

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow, world, boss, done)
        writers = [pool.submit(write, writer) for writer in range(WRITERS)]
        wait(writers)
        done.set()
        seen = reader.result()
    assert [writer.result() for writer in writers] == [None] * WRITERS
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == WRITERS * EACH


def test_on_sqlite_no_change_is_skipped(world: World) -> None:
    everything_seen_in_order(world)


@pytest.mark.postgresql
def test_on_postgresql_no_change_is_skipped(tmp_path: Path, schema: str) -> None:
    world = World(tmp_path / "hub", {"database_url": schema})
    everything_seen_in_order(world)
    world.close()


def test_all_that_is_kept_fits_its_column(world: World, roads: Laptop, boss: Laptop) -> None:
    """SQLite keeps texts of any length, and PostgreSQL refuses what is longer than its column."""
    world.has_ticket("T1")
    photo = roads.announces("T1", b"bytes")
    roads.creates("T1", photo, b"byt")
    boss.does("T1", Assign(crew_id=CrewId("lights")))

    kept = MetaData()
    with world.hub.database.read() as connection:
        kept.reflect(connection)
        columns = [column for table in kept.sorted_tables for column in table.columns]
        limited = [c for c in columns if getattr(c.type, "length", None) is not None]
        longest = {
            str(c): connection.execute(select(func.max(func.length(c)))).scalar_one() or 0
            for c in limited
        }
    assert longest["operation.id"] == longest["photo.id"] == 36
    assert [str(c) for c in limited if longest[str(c)] > getattr(c.type, "length", 0)] == []


def test_what_is_taken_back_leaves_no_gap(world: World) -> None:
    database: Database = world.hub.database
    with database.read() as connection:
        before = latest_revision(connection)

    def fail() -> None:
        with database.write() as connection:
            assert next_revision(connection) == before + 1
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.write() as connection:
        assert next_revision(connection) == before + 1
