"""Receipts in the windows: read, copied, searched, and reached by keyboard alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.queries.outbox import Delivered
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.main_window import MainWindow
from field_app.ui.sync.receipt_panel import in_groups, receipt_text
from field_app.ui.sync.receipt_sheet import ReceiptSheet
from field_app.ui.sync.receipts_list import lines_of
from field_app.ui.sync.receipts_screen import ReceiptsScreen
from field_app.ui.sync.screen import OutboxScreen
from tests.ui.conftest import MakeWindow
from tests.ui.test_work_screen import settle
from tests.ui.work_laptop import JOB, WorkLaptop, a_receipt, an_outbox

pytestmark = pytest.mark.usefixtures("thai")


def opened(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop, key: str) -> MainWindow:
    window = make_window(laptop)
    assert window.workplace is not None
    window.workplace.go_to(key)
    settle(qtbot, window)
    return window


def receipts_of(window: MainWindow) -> ReceiptsScreen:
    assert window.workplace is not None
    screen = window.workplace.screen_of("receipts")
    assert isinstance(screen, ReceiptsScreen)
    return screen


def test_a_receipt_says_everything_that_can_be_read_out() -> None:
    words = receipt_text(a_receipt())
    for part in (
        f"งาน {JOB}",
        "เลขใบรับ: 7F2A-19",
        "ได้รับ: พฤ. 19 พ.ย. 2569 10:38 น.",
        "ลำดับที่ศูนย์: 20",
        "ขนาด: 1.6 MB",
        f"sha256: {in_groups('0b' * 32)}",
        "รูปที่ 2 ครบทุกไบต์",
    ):
        assert part in words
    assert in_groups("0b" * 32).split() == ["0b0b0b0b"] * 8


def test_what_the_hub_did_not_say_is_not_made_up() -> None:
    view = a_receipt()
    silent = replace(view.parts[1], number="", received_at=None, revision=None, sha256="")
    words = receipt_text(replace(view, parts=(silent,)))
    assert words.count("ไม่ได้แจ้ง") == 4


def test_a_delivered_row_opens_its_receipt_and_copies_it(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = opened(qtbot, make_window, WorkLaptop(), "outbox")
    assert window.workplace is not None
    screen = window.workplace.screen_of("outbox")
    assert isinstance(screen, OutboxScreen)
    QTest.keyClick(screen.view.delivered.rows[0], Qt.Key.Key_Space)
    settle(qtbot, window)
    sheet = window.findChild(ReceiptSheet)
    assert sheet is not None
    assert sheet.isVisible()
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == receipt_text(a_receipt("gone-0"))
    assert sheet.copy.text() == "คัดลอกแล้ว"


def test_receipts_stand_below_their_days() -> None:
    today = an_outbox().delivered_today
    earlier = tuple(
        replace(item, key=f"old-{place}", received_at=item.received_at - timedelta(days=3))
        for place, item in enumerate(today[:2])
    )
    lines = lines_of((*today, *earlier))
    days = [line.day for line in lines if line.day]
    assert days == ["พฤ. 19 พ.ย. 2569", "จ. 16 พ.ย. 2569"]
    assert len(lines) == len(today) + 2 + 2


def test_the_list_is_walked_by_keys_and_days_are_passed_over(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    today = laptop.found.delivered_today[:2]
    earlier = replace(today[0], key="old", received_at=today[0].received_at - timedelta(days=1))
    laptop.found = replace(laptop.found, delivered_today=(*today, earlier))
    window = opened(qtbot, make_window, laptop, "receipts")
    screen = receipts_of(window)
    assert screen.list.chosen == "gone-0"
    chosen = []
    for _step in range(3):
        QTest.keyClick(screen.list, Qt.Key.Key_Down)
        settle(qtbot, window)
        chosen.append(screen.list.chosen)
    assert chosen == ["gone-1", "old", "old"]
    assert screen.panel.accessibleName() == receipt_text(a_receipt("old"))


def test_receipts_are_searched_by_the_jobs_number(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, WorkLaptop(), "receipts")
    screen = receipts_of(window)
    assert window.workplace is not None
    assert window.workplace.top.search.isVisible()
    screen.search("gone03")
    settle(qtbot, window)
    assert [line.item.key for line in screen.list.receipts.lines if line.item] == ["gone-3"]
    screen.search("ไม่มี")
    settle(qtbot, window)
    assert screen.empty.isVisible()
    assert "ไม่มี" in screen.empty.words
    screen.search("")
    settle(qtbot, window)
    assert screen.list.isVisible()


def test_receipts_follow_the_language(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, WorkLaptop(), "receipts")
    screen = receipts_of(window)
    set_language("en")
    tell_widgets()
    settle(qtbot, window)
    assert "Receipt no." in screen.panel.accessibleName()
    assert screen.copy.text() == "Copy the receipt"
    set_language("th")


def test_see_all_leads_to_all_receipts_and_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, WorkLaptop(), "outbox")
    assert window.workplace is not None
    screen = window.workplace.screen_of("outbox")
    assert isinstance(screen, OutboxScreen)
    screen.view.delivered.all.click()
    settle(qtbot, window)
    assert window.workplace.screen_key == "receipts"
    window.workplace.go_back()
    assert window.workplace.screen_key == "outbox"


def test_a_screen_reader_hears_day_and_receipt(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, WorkLaptop(), "receipts")
    model = receipts_of(window).list.receipts
    told = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    item: Delivered = an_outbox().delivered_today[0]
    assert told == [
        "พฤ. 19 พ.ย. 2569",
        f"จบงาน · {item.ticket_title}, ใบรับ 7F2A-19 · 2 รูป, 10:38 น.",
    ]
