"""Receipts: what the hub says once it holds something, and says again whenever it is asked."""

import hashlib
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from field_app.domain.operation import Note
from field_app.hub import database as hub_database
from field_app.hub.database import Database
from field_app.protocol.codec import dump_operation
from field_app.protocol.photo_receipt import HEADER, load_receipt
from tests.hub.world import API, START, Laptop, World

DATA = bytes(range(256)) * 40


def test_the_last_byte_is_answered_with_a_receipt_and_an_earlier_one_without(
    world: World, roads: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    created = roads.creates("T1", work, DATA[:1000])
    assert HEADER not in created.headers
    done = roads.patches(created.headers["Location"], 1000, DATA[1000:])
    receipt = load_receipt(done.headers[HEADER])
    assert receipt is not None
    letters = hashlib.sha256(work.photo_id.encode()).hexdigest()[:4].upper()
    revision = roads.changes()[-2]["ticket"]["revision"]
    assert receipt.id == f"{letters}-{revision}"
    assert receipt.photo_id == work.photo_id
    assert receipt.received_at == START
    assert receipt.revision == revision
    assert receipt.sha256 == hashlib.sha256(DATA).hexdigest()


def test_whoever_missed_a_receipt_gets_the_same_one_again(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    url = roads.creates("T1", work).headers["Location"]
    first = roads.patches(url, 0, DATA).headers[HEADER]
    world.clock.advance(3600)
    assert roads.does("T1", Note(text="later")).outcome == "applied"
    world.opens_again()
    back = roads.__class__(world.client, roads.signed_in, world.clock, roads.seq)
    assert back.tus("HEAD", url).headers[HEADER] == first
    assert back.creates("T1", work).headers[HEADER] == first
    assert back.patches(url, len(DATA), b"").headers[HEADER] == first


def test_a_picture_that_is_here_already_gets_a_receipt_at_once(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    earlier = roads.announces("T1", DATA)
    first = roads.patches(roads.creates("T1", earlier).headers["Location"], 0, DATA)
    same = roads.announces("T1", DATA)
    created = roads.creates("T1", same)
    one, other = load_receipt(first.headers[HEADER]), load_receipt(created.headers[HEADER])
    assert one is not None
    assert other is not None
    assert (one.photo_id, other.photo_id) == (earlier.photo_id, same.photo_id)
    assert one.revision < other.revision
    assert one.sha256 == other.sha256


def test_nobody_else_gets_the_receipt_of_my_photo(
    world: World, roads: Laptop, lights: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    url = roads.creates("T1", work).headers["Location"]
    roads.patches(url, 0, DATA)
    refused = lights.tus("HEAD", url)
    assert refused.status_code == 404
    assert HEADER not in refused.headers


def test_the_receipt_of_an_operation_names_the_hash_of_what_is_kept(
    world: World, roads: Laptop
) -> None:
    world.has_ticket("T1")
    operation = roads.operation("T1", Note(text="รออะไหล่"))
    (first,) = roads.send(operation)
    (again,) = roads.send(operation)
    assert first.receipt.sha256 == hashlib.sha256(dump_operation(operation)).hexdigest()
    assert again.receipt == first.receipt


def test_photos_of_the_first_release_get_a_receipt_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hub.db"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        config = Config()
        steps = Path(hub_database.__file__).parent / "migrations"
        config.set_main_option("script_location", str(steps))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO counter VALUES ('revision', 12)")
        connection.exec_driver_sql("INSERT INTO ticket VALUES ('T1', 12, NULL, 'waiting', '{}')")
        for photo in (("a", "2026-11-19T02:00:00.000Z"), ("b", None)):
            connection.exec_driver_sql(
                "INSERT INTO photo (id, ticket_id, sha256, size_bytes, filetype, preview,"
                " upload_id, arrived_at) VALUES (?, 'T1', '', 1, '', '', ?, ?)",
                (photo[0], *photo),
            )
    engine.dispose()
    opened = Database(url)
    with opened.read() as connection:
        found = connection.execute(sa.text("SELECT id, arrived_revision FROM photo ORDER BY id"))
        assert [tuple(row) for row in found] == [("a", 12), ("b", None)]
    opened.close()


def test_the_hub_speaks_of_receipts_only_where_it_holds_something(
    world: World, roads: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    url = roads.creates("T1", work).headers["Location"]
    assert url.startswith(f"{API}/photos/upload/")
    assert HEADER not in roads.tus("HEAD", url).headers
    wrong = roads.patches(url, 0, DATA[::-1])
    assert wrong.status_code == 460
    assert HEADER not in wrong.headers
