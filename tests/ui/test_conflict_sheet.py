"""The conflict card: both sides, choices that really do something, and the way back from each."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions import conflicts
from field_app.domain.errors import NotAllowed
from field_app.domain.moved_on import WayOn
from field_app.domain.operation import MovePlace
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind
from field_app.domain.verdict import Reason
from field_app.queries.conflicts import PhotoCounts
from field_app.texts import set_language
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.sync.conflict_sheet import ConflictSheet
from field_app.ui.sync.conflict_side import hub_corner, hub_facts, my_corner, my_facts
from field_app.ui.sync.conflict_words import MOVES, choice_of, standing_of, title_of
from field_app.ui.sync.decided import DecidedSheet
from tests.helpers.builders import an_add_photo
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CREW, NOW
from tests.ui.test_outbox_screen import opened
from tests.ui.test_work_screen import settle, window_of
from tests.ui.work_laptop import (
    JOB,
    WorkLaptop,
    a_conflict,
    a_decision,
    a_parked,
    an_entry,
)

pytestmark = pytest.mark.usefixtures("thai")
IDS = ("op-3", "op-4")


def looked_at(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> ConflictSheet:
    screen = opened(qtbot, make_window, laptop)
    screen._look("op-4")
    settle(qtbot, window_of(screen))
    sheet = screen._sheet
    assert sheet is not None
    return sheet


def test_it_tells_both_sides() -> None:
    view = a_conflict()
    mine, hubs = dict(my_facts(view, NOW)), dict(hub_facts(view, NOW))
    assert (mine["ทำอะไร"], mine["ข้อความ"]) == ("เริ่มงาน · จบงาน", "เปลี่ยนหลอดแล้ว 2 ต้น")
    assert my_corner(view) == "ทีมโยธา 3"
    assert (hubs["ทำอะไร"], hub_corner(view)) == ("ผ่านการตรวจ", "โดย วิภา")


def test_a_pin_that_was_to_be_moved_is_told_with_both_points() -> None:
    there, hubs_point = (Place(latitude=13.75 + n / 1e4, longitude=100.5) for n in (3, 0))
    before = a_conflict()
    assert before.hubs is not None
    parked = a_parked(MovePlace(place=there, reason="อีกฝั่งถนน"))
    view = replace(before, works=(parked,), hubs=replace(before.hubs, place=hubs_point))
    assert dict(my_facts(view, NOW))["ทำอะไร"] == "ย้ายหมุด"
    assert dict(my_facts(view, NOW))["ข้อความ"] == "อีกฝั่งถนน · 13.750300, 100.500000"
    assert dict(hub_facts(view, NOW))["หมุด"] == "13.750000, 100.500000"
    assert "หมุด" not in dict(hub_facts(before, NOW))


@pytest.mark.parametrize("way", [WayOn.KEEP, WayOn.DROP])
def test_a_choice_is_done_and_can_be_taken_back(
    qtbot: QtBot, make_window: MakeWindow, way: WayOn
) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    assert sheet.title.text() == "งานนี้ถูกปิดไปแล้ว ระหว่างที่คุณออฟไลน์"
    assert sheet.choice is WayOn.KEEP
    sheet.choices[way].click()
    assert sheet.deed.text() == choice_of(sheet.view, way).deed
    window = window_of(sheet)
    sheet.deed.click()
    settle(qtbot, window)
    assert laptop.deeds(conflicts.decide) == [(JOB, IDS, way)]
    assert window.workplace is not None
    assert window.workplace.toast.take_back()
    settle(qtbot, window)
    assert laptop.deeds(conflicts.take_back) == [(JOB, IDS)]


def test_taking_back_too_late_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    window = window_of(sheet)
    sheet.deed.click()
    settle(qtbot, window)
    laptop.failures[conflicts.take_back] = NotAllowed("sent")
    assert window.workplace is not None
    window.workplace.toast.take_back()
    settle(qtbot, window)
    assert window.workplace.toast._words.text() == "ส่งไปแล้ว เลิกทำไม่ได้"


def test_a_job_that_moved_on_once_more_is_not_decided_unseen(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    window = window_of(sheet)
    laptop.failures[conflicts.decide] = NotAllowed("changed")
    sheet.deed.click()
    settle(qtbot, window)
    assert window.workplace is not None
    assert window.workplace.toast._words.text() == "งานเปลี่ยนไปอีกแล้ว ดูอีกครั้งก่อน"


def test_the_other_crew_is_named_and_nothing_false_is_offered() -> None:
    crew = next(key for key in a_conflict().crews if key != CREW)
    moved = an_entry(EntryKind.ASSIGN, NOW - timedelta(hours=2), crew_id=crew, person_name="วิภา")
    view = a_conflict(hubs=None, cause=moved, reason=Reason.REASSIGNED, ways=(WayOn.KEEP,))
    assert title_of(view) == "งานนี้ถูกย้ายไปทีมอื่น ระหว่างที่คุณออฟไลน์"
    assert choice_of(view, WayOn.KEEP).name == "ให้ทีมไฟฟ้า 1 ทำต่อจากงานของเรา"
    facts = dict(hub_facts(view, NOW))
    assert facts["ทำอะไร"] == "มอบให้ทีมไฟฟ้า 1"
    unknown = replace(view, cause=None)
    assert choice_of(unknown, WayOn.KEEP).deed == "ให้ทีมนั้นทำต่อ"
    assert "ศูนย์ไม่แสดงงานนี้" in dict(hub_facts(unknown, NOW))["ทำอะไร"]


@pytest.mark.parametrize("kind", list(MOVES))
def test_the_title_says_what_happened(kind: EntryKind) -> None:
    happened = an_entry(kind, NOW, person_name="วิภา")
    view = a_conflict(reason=Reason.MOVED_ON, cause=happened)
    assert title_of(view) not in {title_of(replace(view, cause=None)), title_of(a_conflict())}
    assert title_of(view).endswith("ระหว่างที่คุณออฟไลน์")


def test_work_of_a_job_that_came_back_can_be_done_again(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    sent_back = an_entry(EntryKind.SEND_BACK, NOW - timedelta(hours=1), reason="รูปไม่ชัด")
    laptop.conflict = a_conflict(
        reason=Reason.MOVED_ON,
        cause=sent_back,
        ways=(WayOn.KEEP, WayOn.AGAIN, WayOn.DROP),
        done_anew=("start", "finish"),
    )
    sheet = looked_at(qtbot, make_window, laptop)
    assert sheet.choices[WayOn.AGAIN].name == "ทำใหม่ตอนนี้: เริ่มงาน · จบงาน"
    sheet.choices[WayOn.AGAIN].click()
    window = window_of(sheet)
    sheet.deed.click()
    settle(qtbot, window)
    assert laptop.deeds(conflicts.decide) == [(JOB, IDS, WayOn.AGAIN)]


def test_it_says_what_is_at_the_hub_and_what_is_only_here() -> None:
    photo = an_add_photo()
    there, here = a_parked(photo, 1), a_parked(photo, 2, is_at_hub=False, reason=Reason.MALFORMED)
    all_there = a_conflict(works=(there,), photos=PhotoCounts(all=3, at_hub=1))
    assert standing_of(all_there) == ("สิ่งที่คุณทำอยู่ในลำดับเหตุการณ์ของงานที่ศูนย์แล้ว รูปอีก 2 รูปกำลังตามไป")
    mixed = a_conflict(works=(there, here), photos=PhotoCounts(all=2, at_hub=1, refused=1))
    assert "บางส่วน" in standing_of(mixed)
    assert "1 รูปศูนย์ไม่รับ ยังอยู่ในเครื่องนี้" in standing_of(mixed)
    refused = a_conflict(works=(here,), ways=(WayOn.AGAIN, WayOn.DROP), done_anew=("add_photo",))
    assert "ทุกอย่างยังอยู่ในเครื่องนี้" in standing_of(refused)
    assert choice_of(refused, WayOn.DROP).name == "ไม่ส่งของเรา"
    assert dict(hub_facts(replace(refused, cause=None), NOW))["ทำอะไร"] == "ยังไม่มีเรื่องนี้"
    assert "ต้นฉบับ" in choice_of(refused, WayOn.AGAIN).meaning


def test_without_words_what_was_done_stays_as_evidence() -> None:
    view = a_conflict(is_noted=False, ways=(WayOn.KEEP,))
    assert choice_of(view, WayOn.KEEP).name == "เก็บของเราไว้ในงาน"
    open_job = replace(view, hubs=view.mine)
    assert choice_of(open_job, WayOn.KEEP).meaning.startswith("งานยังเป็นอย่างที่ศูนย์มี")


def test_a_job_closed_by_the_platform_says_when() -> None:
    view = a_conflict()
    assert view.hubs is not None
    closing = an_entry(EntryKind.IMPORTED, NOW - timedelta(hours=2), text="เสร็จสิ้น")
    closed = replace(view, cause=closing)
    assert hub_facts(closed, NOW) == (
        ("ทำอะไร", "ระบบรับแจ้งปรับข้อมูล"),
        ("เมื่อ", "19 พ.ย. 08:41 น."),
    )
    assert hub_corner(closed) == "ทีมไฟฟ้า 1"
    silent = replace(view, cause=None)
    assert dict(hub_facts(silent, NOW))["เมื่อ"] == "ศูนย์ไม่ได้ระบุ"


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_fits_into_the_card(
    qtbot: QtBot, make_window: MakeWindow, reason: Reason, language: str
) -> None:
    set_language("en" if language == "en" else "th")
    laptop = WorkLaptop()
    ways = (WayOn.KEEP, WayOn.AGAIN, WayOn.DROP)
    laptop.conflict = a_conflict(reason=reason, ways=ways, done_anew=("start", "finish"))
    sheet = looked_at(qtbot, make_window, laptop)
    scroll = sheet.findChild(FittingScroll)
    assert scroll is not None
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0, timeout=1000)
    set_language("th")


def test_not_now_changes_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    window = window_of(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert not laptop.deeds(conflicts.decide)


def test_what_was_decided_can_be_decided_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    sent = a_decision(2, way=WayOn.AGAIN, followed_by=("op-9",), can_take_back=False)
    laptop.decisions = (a_decision(1), sent)
    screen = opened(qtbot, make_window, laptop)
    assert screen.decided.words.text() == "ตัดสินใจไปแล้ว 2 เรื่องใน 30 วันที่ผ่านมา"
    screen.decided.look.click()
    (sheet,) = window_of(screen).findChildren(DecidedSheet)
    assert list(sheet.buttons) == [0]
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(conflicts.take_back) == [("2026-TEST01", ("op-41",))]
    assert screen._sheet is not None


def test_without_decisions_there_is_no_bar(qtbot: QtBot, make_window: MakeWindow) -> None:
    assert not opened(qtbot, make_window, WorkLaptop()).decided.isVisible()
