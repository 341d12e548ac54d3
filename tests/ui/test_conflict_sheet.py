"""The conflict card: both sides, and choices that really do something."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions import outbox as actions
from field_app.domain.ticket import EntryKind
from field_app.domain.verdict import Reason
from field_app.texts import set_language
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.sync.conflict_sheet import ConflictSheet
from field_app.ui.sync.conflict_side import hub_facts, my_facts
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_outbox_screen import opened
from tests.ui.test_work_screen import settle, window_of
from tests.ui.work_laptop import WorkLaptop, a_conflict, an_entry

pytestmark = pytest.mark.usefixtures("thai")


def looked_at(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> ConflictSheet:
    screen = opened(qtbot, make_window, laptop)
    screen._look("op-4")
    settle(qtbot, window_of(screen))
    sheet = screen._sheet
    assert sheet is not None
    return sheet


def test_it_tells_both_sides() -> None:
    view = a_conflict()
    assert dict(my_facts(view, NOW))["ข้อความ"] == "เปลี่ยนหลอดแล้ว 2 ต้น"
    assert dict(hub_facts(view, NOW))["ทีม"] == "ทีมไฟฟ้า 1"
    assert dict(hub_facts(view, NOW))["โดย"] == "วิภา"


def test_my_words_can_become_a_note(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    assert sheet.title.text() == "งานนี้ถูกปิดไปแล้ว ระหว่างที่คุณออฟไลน์"
    assert sheet.choice == "note"
    window = window_of(sheet)
    sheet.deed.click()
    settle(qtbot, window)
    assert laptop.deeds(actions.keep_as_note) == [("op-4",)]


def test_it_can_be_left_as_the_hub_has_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    sheet.choices["understood"].click()
    assert sheet.deed.text() == "รับทราบ"
    window = window_of(sheet)
    sheet.deed.click()
    settle(qtbot, window)
    assert laptop.deeds(actions.acknowledge) == [("op-4",)]


def test_without_words_there_is_nothing_to_keep(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    laptop.conflict = a_conflict(note="  ")
    sheet = looked_at(qtbot, make_window, laptop)
    assert list(sheet.choices) == ["understood"]


def test_a_job_that_the_hub_does_not_show_gets_no_note(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    laptop.conflict = replace(a_conflict(), hubs=None, reason=Reason.WITHDRAWN)
    sheet = looked_at(qtbot, make_window, laptop)
    assert list(sheet.choices) == ["understood"]
    assert "ศูนย์ไม่แสดงงานนี้" in dict(hub_facts(laptop.conflict, NOW))["ทำอะไร"]


def test_a_job_closed_by_the_platform_says_when() -> None:
    view = a_conflict()
    assert view.hubs is not None
    closing = an_entry(EntryKind.IMPORTED, NOW - timedelta(hours=2), text="เสร็จสิ้น")
    closed = replace(view, hubs=replace(view.hubs, timeline=(closing,)))
    assert hub_facts(closed, NOW) == (
        ("ทำอะไร", "ระบบรับแจ้งปรับข้อมูล"),
        ("เมื่อ", "19 พ.ย. 08:41 น."),
        ("ทีม", "ทีมไฟฟ้า 1"),
    )
    silent = replace(view, hubs=replace(view.hubs, timeline=()))
    assert dict(hub_facts(silent, NOW))["เมื่อ"] == "ศูนย์ไม่ได้ระบุ"


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_fits_into_the_card(
    qtbot: QtBot, make_window: MakeWindow, reason: Reason, language: str
) -> None:
    set_language("en" if language == "en" else "th")
    laptop = WorkLaptop()
    laptop.conflict = replace(a_conflict(), reason=reason)
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
    assert not laptop.deeds(actions.acknowledge)
    assert not laptop.deeds(actions.keep_as_note)
