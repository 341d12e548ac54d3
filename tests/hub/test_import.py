"""Importing the platform's files: both shapes, all encodings, repeatable, bad rows named."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from field_app.domain.operation import Start
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket
from field_app.hub.service import file_faults as faults
from field_app.hub.service.citizen_photos import photos_in
from field_app.hub.service.file_faults import NotTheFile
from field_app.hub.service.importer import ImportReport, import_file
from field_app.hub.service.tickets import find_ticket, put_ticket
from tests.hub.world import Laptop, World, kinds

API_HEADER = (
    "ticket_id,type,organization,description,photo,latitude,longitude,address,subdistrict,"
    "district,province,timestamp,photo_after,timestamp_inprogress,timestamp_finished,"
    "org_finished,status,confirmed,star,count_reopen,last_activity"
)
OFFICE_HEADER = (
    "ticket_id,type,comment,photo,address,subdistrict,district,province,timestamp,"
    "last_activity,state,org_response,star,hashtag,coords"
)
BUCKET = "https://storage.example.org/bucket"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x04\x00\x00\x00\x03"


def api_row(ticket_id: str = "2026-AAA", **facts: str) -> str:
    """Return a made-up row in the shape of the platform's API."""
    known = {
        "type": "ถนน",
        "description": "หลุมลึก",
        "latitude": "13.75",
        "longitude": "100.51",
        "timestamp": "2026-11-01 09:00:00.123456",
        "photo_after": f"{BUCKET}/",
        "started": "",
        "status": "รอรับเรื่อง",
        "last_activity": "2026-11-01 09:00:00.123456",
    } | facts
    return (
        f"{ticket_id},{known['type']},เทศบาลตัวอย่าง,{known['description']},{BUCKET}/a/1.jpg,"
        f"{known['latitude']},{known['longitude']},ถ.ตัวอย่าง,ในเมือง,เมือง,ตัวอย่าง,"
        f"{known['timestamp']},{known['photo_after']},{known['started']},,,{known['status']},,0,0,"
        f"{known['last_activity']}"
    )


def office_row(ticket_id: str = "2026-BBB", **facts: str) -> str:
    """Return a made-up row in the shape that district offices download."""
    known = {
        "type": '"{ถนน,แสงสว่าง}"',
        "state": "เสร็จสิ้น",
        "response": "เปลี่ยนหลอดแล้ว",
        "coords": '"100.51,13.75"',
    } | facts
    return (
        f"{ticket_id},{known['type']},ไฟดับ,,ถ.ตัวอย่าง,ในเมือง,เมือง,ตัวอย่าง,"
        f"2026-11-01 02:00:00.5+00,2026-11-02 03:00:00+00,{known['state']},{known['response']},5,,"
        f"{known['coords']}"
    )


def api_file(*rows: str) -> bytes:
    """Return a file as the API gives it: with a byte order mark."""
    return "\n".join((API_HEADER, *rows, "")).encode("utf-8-sig")


def take(world: World, data: bytes, **more: Any) -> ImportReport:
    """Import a file."""
    return import_file(world.hub, data, **more)


def ticket(world: World, ticket_id: str) -> Ticket:
    """Return a ticket of the hub."""
    with world.hub.database.read() as connection:
        found = find_ticket(connection, ticket_id)
    assert found is not None
    return found


def test_the_api_s_shape_has_local_times_and_placeholders(world: World) -> None:
    row = api_row(started="2026-11-02 09:00:00", last_activity="2026-11-03 09:00:00")
    report = take(world, api_file(row))
    assert (report.added, report.bad_rows) == (1, [])
    found = ticket(world, "2026-AAA")
    assert found.reported_at == datetime(2026, 11, 1, 2, 0, 0, 123456, tzinfo=UTC)
    assert found.due_at == datetime(2026, 11, 8, 2, 0, 0, 123456, tzinfo=UTC)
    assert found.place is not None
    assert (found.place.latitude, found.place.longitude) == (13.75, 100.51)
    assert found.foreign_state == "รอรับเรื่อง"
    assert [entry.kind for entry in found.timeline] == ["reported", "imported", "imported"]
    with world.hub.database.read() as connection:
        urls = connection.exec_driver_sql("SELECT photo_urls FROM imported").scalar_one()
    assert urls == f"{BUCKET}/a/1.jpg"


def test_the_office_s_shape_has_braces_utc_and_longitude_first(world: World) -> None:
    report = take(world, "\n".join((OFFICE_HEADER, office_row())).encode())
    assert (report.added, report.bad_rows) == (1, [])
    found = ticket(world, "2026-BBB")
    assert found.categories == ("ถนน", "แสงสว่าง")
    assert found.reported_at == datetime(2026, 11, 1, 2, 0, 0, 500000, tzinfo=UTC)
    assert found.place is not None
    assert (found.place.latitude, found.place.longitude) == (13.75, 100.51)
    assert found.state == "finished"
    assert found.resolution_note == "เปลี่ยนหลอดแล้ว"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp874", "tis-620"])
def test_every_encoding_of_thai_agencies_is_read(world: World, encoding: str) -> None:
    data = "\r\n".join((API_HEADER, api_row(description="น้ำท่วมขัง"))).encode(encoding)
    assert take(world, data).added == 1
    assert ticket(world, "2026-AAA").words == "น้ำท่วมขัง"


def test_rows_in_another_encoding_are_named_and_the_rest_comes_in(world: World) -> None:
    data = api_file(api_row("2026-A1"), api_row("2026-A2"))
    data += api_row("2026-A3").encode("cp874") + b"\n" + api_row("2026-A4").encode()
    report = take(world, data)
    assert report.added == 3
    assert [(b.line, b.column) for b in report.bad_rows] == [(4, "type")]
    assert report.bad_rows[0].facts == {"encoding": "UTF-8"}


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"latitude": "north"}, "latitude"),
        ({"latitude": "95"}, "latitude"),
        ({"longitude": "nan"}, "longitude"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": "0001-01-01T00:00:00Z"}, "timestamp"),
        ({"timestamp": "9999-12-31 00:00:00"}, "timestamp"),
        ({"timestamp": "2569-11-01 09:00:00"}, "timestamp"),
        ({"started": "0001-01-01 00:00:00"}, "timestamp_inprogress"),
        ({"last_activity": ""}, "last_activity"),
        ({"status": ""}, "status"),
        ({"status": "a,b"}, ""),
    ],
)
def test_a_bad_value_is_named_with_line_and_column(
    world: World, facts: dict[str, str], column: str
) -> None:
    data = api_file(api_row("2026-A1", description='"two\nlines"'), api_row("2026-A2", **facts))
    report = take(world, data)
    assert report.added == 1
    assert [(b.line, b.column) for b in report.bad_rows] == [(4, column)]


@pytest.mark.parametrize("facts", [{"coords": '"x"'}, {"coords": '"1,2,3"'}, {"type": "ถนน"}])
def test_a_bad_value_of_the_office_is_named_too(world: World, facts: dict[str, str]) -> None:
    report = take(world, "\n".join((OFFICE_HEADER, office_row(**facts))).encode())
    assert (report.added, len(report.bad_rows)) == (0, 1)


def test_a_ticket_without_a_place_comes_in(world: World) -> None:
    assert take(world, api_file(api_row(latitude="", longitude=""))).added == 1
    assert ticket(world, "2026-AAA").place is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", faults.EMPTY),
        (b"\xef\xbb\xbf\r\n", faults.EMPTY),
        (b'{"status":"fail"}', faults.PLATFORM_ERROR),
        (b"a,b\n1,2\n", faults.NO_COLUMNS),
        (PNG, faults.NO_TEXT),
        (API_HEADER.encode("utf-16"), faults.NO_TEXT),
    ],
)
def test_what_is_no_such_file_changes_nothing(world: World, data: bytes, reason: str) -> None:
    with pytest.raises(NotTheFile) as failed:
        take(world, data)
    assert failed.value.reason == reason


def test_the_same_file_twice_changes_nothing(world: World, boss: Laptop) -> None:
    data = api_file(api_row("2026-A1"), api_row("2026-A2"))
    take(world, data)
    cursor = boss.changes()[-1]["cursor"]
    report = take(world, data)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert kinds(boss.changes(cursor)) == ["done"]


def test_a_newer_row_comes_down_as_a_change(world: World, boss: Laptop) -> None:
    take(world, api_file(api_row()))
    cursor = boss.changes()[-1]["cursor"]
    newer = api_row(description="หลุมลึกมาก", last_activity="2026-11-02 09:00:00")
    assert take(world, api_file(newer)).changed == 1
    lines = boss.changes(cursor)
    assert kinds(lines) == ["ticket", "done"]
    assert lines[0]["ticket"]["words"] == "หลุมลึกมาก"


def test_a_newer_row_undoes_no_work_unless_the_platform_s_status_moved(
    world: World, roads: Laptop
) -> None:
    world.more_settings = {"rules": [{"category": "ถนน", "crew": "roads"}]}
    world.opens_again()
    roads.client = world.client
    take(world, api_file(api_row()))
    roads.does("2026-AAA", Start())
    take(world, api_file(api_row(last_activity="2026-11-02 09:00:00")))
    assert ticket(world, "2026-AAA").state == "in_progress"
    closed = api_row(last_activity="2026-11-03 09:00:00", status="เสร็จสิ้น")
    take(world, api_file(closed))
    found = ticket(world, "2026-AAA")
    assert found.state == "finished"
    assert [e.kind for e in found.timeline][-2:] == ["start", "imported"]


def test_a_newer_row_moves_the_citizens_point_and_no_pin_that_a_crew_moved(world: World) -> None:
    take(world, api_file(api_row()))
    with world.hub.database.write() as connection:
        before = find_ticket(connection, "2026-AAA")
        assert before is not None
        moved = before.with_pin_at(Place(latitude=13.7503, longitude=100.5102), "other side")
        put_ticket(connection, moved, former_crew=before.crew_id)
    later = {"latitude": "13.76", "last_activity": "2026-11-02 09:00:00.123456"}
    take(world, api_file(api_row(**later)))
    after = ticket(world, "2026-AAA")
    assert after.place == moved.place
    assert after.reported_place == Place(latitude=13.76, longitude=100.51)


def test_an_unknown_status_is_kept_and_told_never_guessed(world: World) -> None:
    rows = (api_row("2026-A1", status="ของบประมาณ"), api_row("2026-A2", status="ส่งต่อ(ใหม่)"))
    report = take(world, api_file(*rows))
    assert dict(report.unknown_statuses) == {"ของบประมาณ": 1}
    assert ticket(world, "2026-A1").state == "other"
    assert ticket(world, "2026-A1").foreign_state == "ของบประมาณ"
    assert ticket(world, "2026-A2").state == "forwarded"


def test_settings_say_what_own_statuses_mean_who_gets_it_and_by_when(tmp_path: Path) -> None:
    world = World(
        tmp_path / "own",
        {
            "statuses": {"ของบประมาณ": "on_hold"},
            "deadlines_days": {"แสงสว่าง": 3},
            "rules": [
                {"category": "แสงสว่าง", "area": "ที่อื่น", "crew": "roads"},
                {"category": "แสงสว่าง", "area": "เมือง", "crew": "lights"},
                {"area": "ในเมือง", "crew": "roads"},
                {"category": "คลอง", "crew": "nobody"},
            ],
        },
    )
    rows = (
        api_row("2026-A1", type="แสงสว่าง", status="ของบประมาณ"),
        api_row("2026-A2", type=""),
    )
    report = take(world, api_file(*rows))
    assert report.missing_crews == ("nobody",)
    assert report.assigned == 2
    first, second = ticket(world, "2026-A1"), ticket(world, "2026-A2")
    assert (first.crew_id, first.state, first.categories) == ("lights", "on_hold", ("แสงสว่าง",))
    assert first.due_at is not None
    assert (first.due_at - first.reported_at).days == 3
    assert (second.crew_id, second.categories) == ("roads", ())
    world.close()


def test_a_dry_run_tells_the_same_and_changes_nothing(world: World, boss: Laptop) -> None:
    cursor = boss.changes()[-1]["cursor"]
    data = api_file(api_row(status="?"), api_row("", status="?"))
    told = take(world, data, is_dry_run=True)
    assert kinds(boss.changes(cursor)) == ["done"]
    assert told == take(world, data)
    assert told.added == 1


def test_progress_is_told(world: World) -> None:
    steps: list[tuple[int, int]] = []
    rows = [api_row(f"2026-A{number}") for number in range(120)]
    take(world, api_file(*rows), tell=lambda done, total: steps.append((done, total)))
    assert steps == [(50, 120), (100, 120), (120, 120)]


def test_citizens_photos_come_from_a_folder_once(
    world: World, boss: Laptop, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "2026-A1.png").write_bytes(PNG + b"one")
    (folder / "2026-A1_2.png").write_bytes(PNG + b"two")
    (folder / "2026-A11.png").write_bytes(PNG + b"of another ticket")
    (folder / "notes.txt").write_text("no picture")
    data = api_file(api_row("2026-A1"))
    assert take(world, data, photos=photos_in(folder), is_dry_run=True).photos == 2
    assert take(world, data, photos=photos_in(folder)).photos == 2
    assert take(world, data, photos=photos_in(folder)).photos == 0
    photos = ticket(world, "2026-A1").photos
    assert [(p.role, p.width, p.height, p.has_arrived) for p in photos] == [
        ("citizen", 4, 3, True)
    ] * 2
    answer = boss.get(f"/photos/{photos[0].id}", params={"size": "thumb"})
    assert answer.content == PNG + b"one"
    assert answer.headers["Content-Type"] == "image/png"


def test_a_file_that_only_pretends_to_be_a_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026-A1.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(NotTheFile, match=r"2026-A1\.jpg"):
        photos_in(tmp_path)
