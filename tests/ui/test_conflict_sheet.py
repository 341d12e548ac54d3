"""The conflict card: both sides, and choices that really do something."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions import outbox as actions
from field_app.ui.sync.conflict_sheet import ConflictSheet, hub_facts, my_facts
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_outbox_screen import opened
from tests.ui.test_work_screen import settle, window_of
from tests.ui.work_laptop import WorkLaptop, a_conflict

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


def test_not_now_changes_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    sheet = looked_at(qtbot, make_window, laptop)
    window = window_of(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert not laptop.deeds(actions.acknowledge)
    assert not laptop.deeds(actions.keep_as_note)
