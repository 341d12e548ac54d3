"""A damaged database costs the copies, never the unsent work."""

import random
from pathlib import Path

import pytest

from field_app.domain.operation import Note, Operation
from field_app.store import carving, copies, outbox, photos, rescue, sync_state, tickets, uploads
from field_app.store.database import Database, open_database
from tests.helpers.builders import NOW, a_ticket, an_add_photo, an_arrival, an_operation

pytestmark = pytest.mark.logs_warnings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a database with 300 tickets and unsent work on one."""
    path = tmp_path / "field.db"
    db = open_database(path)
    tickets.accept(db, [an_arrival(a_ticket(n)) for n in range(1, 301)], [], "c1")
    with db.atomic():
        for operation in OPERATIONS:
            outbox.add(db, operation, a_ticket())
        sync_state.put(db, sync_state.NEXT_SEQ, "7")
        add_upload(db)
    db.close()
    return path


OPERATIONS = (an_operation(seq=5), an_operation(an_add_photo(), seq=6))


def add_upload(db: Database) -> None:
    work = OPERATIONS[1].work
    assert work.type == "add_photo"
    photo = photos.LocalPhoto(
        id=work.photo_id,
        ticket_id=OPERATIONS[1].ticket_id,
        role=work.role,
        sha256=work.sha256,
        size_bytes=work.size_bytes,
        suffix=".jpg",
        added_at=NOW,
    )
    photos.add(db, photo)
    uploads.add(db, photo, OPERATIONS[1].id)


def work_in(db: Database) -> tuple[Operation, ...]:
    return outbox.waiting_of(db, a_ticket().id)


def test_a_sound_database_is_opened_as_it_is(path: Path) -> None:
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is None
    assert sync_state.cursor(db) == "c1"
    db.close()


def test_a_new_database_is_made(tmp_path: Path) -> None:
    db, rescued = rescue.open_or_rebuild(tmp_path / "new.db", NOW)
    assert rescued is None
    assert photos.known_hashes(db) == frozenset()
    db.close()


def page_of(path: Path, table: str) -> int:
    db = open_database(path)
    number = db.number("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
    db.close()
    return number


@pytest.mark.parametrize("table", ["tickets", "searched", "receipts", "sync_state", "photos"])
def test_random_bytes_over_another_tables_page_lose_no_work(path: Path, table: str) -> None:
    number = page_of(path, table)
    with path.open("r+b") as file:
        file.seek((number - 1) * 16_384)
        file.write(random.Random(1).randbytes(16_384))
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is not None
    assert rescued.operations == 2
    assert rescued.set_aside.name.startswith("cache-damaged-")
    assert rescued.set_aside.is_file()
    assert work_in(db) == OPERATIONS
    assert [u.sha256 for u in uploads.open_uploads(db)] == ["ab" * 32]
    assert sync_state.cursor(db) is None
    assert copies.server_copy(db, a_ticket().id) is None
    assert sync_state.take_seq(db) > 6
    assert photos.known_hashes(db) is None
    db.close()
    again, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is None
    again.close()


def test_without_its_first_page_the_work_is_found_in_the_bytes(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(random.Random(1).randbytes(16_384))
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is not None
    assert work_in(db) == OPERATIONS
    assert len(uploads.open_uploads(db)) == 1
    assert sync_state.take_seq(db) > 6
    db.close()


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9])
def test_a_truncated_file_is_rebuilt(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is not None
    assert tickets.count(db) == 0
    db.close()


def test_a_document_that_is_no_json_any_more_is_damage(path: Path) -> None:
    db = open_database(path)
    db.run("UPDATE tickets SET doc = '{' WHERE id = ?", (a_ticket().id,))
    db.run("UPDATE outbox SET body = '{}' WHERE seq = 5")
    db.close()
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is not None
    assert (rescued.operations, rescued.lost) == (1, 1)
    db.close()


def test_a_power_cut_while_rebuilding_loses_nothing(path: Path) -> None:
    path.with_name("field.db.rebuilding").write_bytes(b"half written")
    with path.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\0" * 100_000)
    db, _ = rescue.rebuild(path, NOW)
    db.close()
    path.replace(path.with_name("field.db.rebuilding"))
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is None
    assert len(work_in(db)) == 2
    db.close()


def test_two_damaged_files_of_one_second_are_both_kept(path: Path) -> None:
    first, one = rescue.rebuild(path, NOW)
    first.close()
    second, two = rescue.rebuild(path, NOW)
    second.close()
    assert one.set_aside != two.set_aside
    assert one.set_aside.is_file()
    assert two.set_aside.is_file()


def test_a_damaged_page_of_the_outbox_costs_that_page_only(tmp_path: Path) -> None:
    path = tmp_path / "field.db"
    db = open_database(path)
    with db.atomic():
        for seq in range(1, 61):
            outbox.add(db, an_operation(Note(text="x" * 3000), seq=seq), a_ticket())
    pages = db.rows(
        "SELECT pageno FROM dbstat WHERE name = 'outbox' AND pagetype = 'leaf' ORDER BY pageno"
    )
    db.close()
    with path.open("r+b") as file:
        file.seek((pages[len(pages) // 2][0] - 1) * 16_384)
        file.write(random.Random(1).randbytes(16_384))
    db, rescued = rescue.open_or_rebuild(path, NOW)
    assert rescued is not None
    assert 50 <= rescued.operations < 60
    seqs = [operation.seq for operation in work_in(db)]
    assert (seqs[0], seqs[-1]) == (1, 60)
    db.close()


def test_a_held_upload_without_its_operation_is_counted_as_lost(path: Path) -> None:
    db = open_database(path)
    db.run("DELETE FROM outbox WHERE seq = 6")
    db.close()
    db, rescued = rescue.rebuild(path, NOW)
    assert (rescued.operations, rescued.lost) == (1, 1)
    assert uploads.open_uploads(db) == ()
    db.close()


def test_work_of_two_laptops_with_the_same_number_is_all_rescued(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_a_pack = an_operation(Note(text="Made on the other laptop"), seq=6)
    read = rescue._read_table
    monkeypatch.setattr(rescue, "_read_table", lambda *args: (read(*args)[0], False))
    monkeypatch.setattr(carving, "operations_in", lambda _files: (from_a_pack,))

    db, rescued = rescue.rebuild(path, NOW)

    assert (rescued.operations, rescued.lost) == (3, 0)
    with db.atomic():
        outbox.add(db, an_operation(seq=sync_state.take_seq(db)), a_ticket())
    db.close()
