"""The columns of lists, taken from a ticket's JSON."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest

from field_app.domain.clock import to_stamp
from field_app.domain.ids import CrewId, Revision, TicketId
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.protocol.codec import dump
from field_app.protocol.listed import NotListable, listed_of, load_listed
from tests.helpers.builders import NOW, a_photo, a_ticket

WORDS = "ไฟดับทั้งซอย ตั้งแต่หน้าปากซอยจนถึงวัด มืดมากตอนกลางคืน เดินลำบากมาก\nขอบคุณครับ"


def full_ticket() -> Ticket:
    return Ticket(
        id=TicketId("2026-000812"),
        revision=Revision(812),
        words=WORDS,
        categories=("ไฟฟ้า", "ถนน"),
        state=TicketState.IN_REVIEW,
        foreign_state="กำลังดำเนินการ",
        place=Place(latitude=13.7563, longitude=100, accuracy_m=4.0),
        address="12 ถ.นครสวรรค์ แขวงวัดโสมนัส เขตป้อมปราบศัตรูพ่าย",
        subdistrict="วัดโสมนัส",
        district="ป้อมปราบศัตรูพ่าย",
        province="กรุงเทพมหานคร",
        reported_at=datetime(2026, 11, 1, 2, 3, 4, 567_890, tzinfo=UTC),
        due_at=datetime(2026, 11, 8, 2, 3, 4, tzinfo=UTC),
        crew_id=CrewId("crew-1"),
        photos=(a_photo(), a_photo(is_withdrawn=True), a_photo()),
        timeline=(
            TimelineEntry(kind=EntryKind.FINISH, at=NOW - timedelta(days=2)),
            TimelineEntry(kind=EntryKind.DECLINE, at=NOW - timedelta(days=1)),
            TimelineEntry(kind=EntryKind.FINISH, at=NOW, is_only_recorded=True),
            TimelineEntry(kind=EntryKind.NOTE, at=NOW),
        ),
    )


def test_every_column_is_what_the_whole_ticket_says() -> None:
    ticket = full_ticket()
    listed = load_listed(dump(ticket))
    assert listed._asdict() == {
        "id": "2026-000812",
        "revision": 812,
        "title": ticket.title,
        "category": "ไฟฟ้า",
        "categories": "\nไฟฟ้า\nถนน\n",
        "state": "in_review",
        "foreign_state": "กำลังดำเนินการ",
        "is_for_crew": False,
        "due_at": "2026-11-08T02:03:04.000Z",
        "reported_at": "2026-11-01T02:03:04.567Z",
        "handed_in_at": to_stamp(NOW - timedelta(days=1)),
        "latitude": 13.7563,
        "longitude": 100,
        "place_line": "12 ถ.นครสวรรค์ · แขวงวัดโสมนัส",
        "crew_id": "crew-1",
        "photo_count": 2,
    }


def test_what_a_ticket_does_not_have_is_none_or_empty() -> None:
    listed = listed_of(a_ticket(categories=(), address="", crew_id=None))
    assert (listed.category, listed.categories) == ("", "\n")
    assert (listed.due_at, listed.handed_in_at, listed.crew_id) == (None, None, None)
    assert (listed.latitude, listed.longitude, listed.place_line) == (None, None, "")
    assert (listed.photo_count, listed.is_for_crew) == (0, True)


@pytest.mark.parametrize("state", TicketState)
def test_work_counts_as_handed_in_while_no_crew_has_to_act(state: TicketState) -> None:
    entry = TimelineEntry(kind=EntryKind.FINISH, at=NOW)
    listed = listed_of(a_ticket(state=state, timeline=(entry,)))
    rests = {"in_review", "finished", "forwarded", "irrelevant"}
    assert listed.is_for_crew == (state not in rests)
    assert listed.handed_in_at == (to_stamp(NOW) if state in rests else None)


@pytest.mark.parametrize(
    "at",
    [
        NOW,
        NOW.replace(microsecond=7_000),
        NOW.replace(microsecond=1),
        NOW.replace(microsecond=999_999),
        NOW.astimezone(timezone(timedelta(hours=7))),
    ],
)
def test_a_time_is_cut_to_the_stamp_that_everything_else_has(at: datetime) -> None:
    assert listed_of(a_ticket(reported_at=at)).reported_at == to_stamp(at)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", 7),
        ("id", "2026\0-1"),
        ("revision", "7"),
        ("revision", True),
        ("words", None),
        ("categories", "ถนน"),
        ("categories", [1]),
        ("state", "on the moon"),
        ("state", ["waiting"]),
        ("foreign_state", None),
        ("place", {"latitude": 91, "longitude": 0}),
        ("place", {"latitude": 0, "longitude": "100"}),
        ("place", {"latitude": 0}),
        ("place", [0, 100]),
        ("address", 12),
        ("subdistrict", None),
        ("district", {}),
        ("province", []),
        ("reported_at", None),
        ("reported_at", "yesterday"),
        ("reported_at", "2026-02-30T01:02:03.000Z"),
        ("reported_at", "2026-02-03T01:02:03"),
        ("due_at", 1_764_000_000),
        ("due_at", "2026-W44-3T01:02:03Z!"),
        ("crew_id", 3),
        ("photos", {}),
        ("photos", [7]),
        ("photos", [{"id": "p1"}]),
        ("timeline", 1),
        ("timeline", [{"kind": "finish", "at": "never", "is_only_recorded": False}]),
        ("timeline", [{}]),
    ],
)
def test_a_column_of_another_kind_is_refused(name: str, value: Any) -> None:
    plain = orjson.loads(dump(full_ticket()))
    plain[name] = value
    with pytest.raises(NotListable):
        load_listed(orjson.dumps(plain))


@pytest.mark.parametrize("name", orjson.loads(dump(full_ticket())).keys())
def test_a_missing_part_is_refused_or_not_needed(name: str) -> None:
    plain = orjson.loads(dump(full_ticket()))
    whole = load_listed(orjson.dumps(plain))
    del plain[name]
    try:
        found = load_listed(orjson.dumps(plain))
    except NotListable:
        return
    assert found == whole


@pytest.mark.parametrize("doc", [b"", b"7", b"[]", b"null", b'"2026"', b"\xff", b'{"id":'])
def test_what_is_no_ticket_at_all_is_refused(doc: bytes) -> None:
    with pytest.raises(NotListable):
        load_listed(doc)
