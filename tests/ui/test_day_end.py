"""The day's end in the windows: 0 things, or which ones, why, and what to do."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions import outbox as actions
from field_app.queries.day_end import DayEnd, Draft, PackHere
from field_app.queries.local_state import LocalState
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.main_window import MainWindow
from field_app.ui.packs.save_sheet import SaveSheet
from field_app.ui.sync.day_end_screen import DayEndScreen
from field_app.ui.sync.day_end_words import (
    advice,
    end_sentence,
    end_title,
    job_facts,
    pack_advice,
)
from field_app.ui.sync.receipt_sheet import ReceiptSheet
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_work_screen import settle
from tests.ui.work_laptop import JOB, WorkLaptop, an_end

pytestmark = pytest.mark.usefixtures("thai")
A_DRAFT = Draft(ticket_id=JOB, ticket_title="หลุมลึก", words="ยังเขียนไม่จบ")


def opened(
    qtbot: QtBot, make_window: MakeWindow, end: DayEnd
) -> tuple[WorkLaptop, MainWindow, DayEndScreen]:
    laptop = WorkLaptop()
    laptop.end = end
    window = make_window(laptop)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert window.workplace is not None
    assert window.workplace.screen_key == "day_end"
    screen = window.workplace.screen_of("day_end")
    assert isinstance(screen, DayEndScreen)
    return laptop, window, screen


def buttons(screen: DayEndScreen) -> list[str]:
    return [button.text() for button in screen.view.says._buttons]


def test_nothing_only_here_is_said_as_a_number_with_the_hubs_own_time(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    _laptop, window, screen = opened(qtbot, make_window, an_end(0))
    assert screen.view.says.words == (
        "มี 0 อย่างอยู่แค่ในเครื่องนี้ ปิดเครื่องได้ ศูนย์ยืนยันรายการล่าสุด พฤ. 19 พ.ย. 2569 10:38 น. ตามนาฬิกาของศูนย์"
    )
    assert screen.view.rows == []
    set_language("en")
    tell_widgets()
    settle(qtbot, window)
    assert screen.view.says.words.startswith("0 things exist only on this laptop Safe to close.")
    set_language("th")


def test_before_anything_was_handed_in_no_time_is_made_up() -> None:
    sentence = end_sentence(an_end(0, confirmed_at=None), is_online=True)
    assert sentence == "ปิดเครื่องได้ ยังไม่เคยส่งงานจากเครื่องนี้"


def test_each_job_is_listed_with_why_and_what_to_do(qtbot: QtBot, make_window: MakeWindow) -> None:
    _laptop, _window, screen = opened(qtbot, make_window, an_end(4))
    assert end_title(an_end(4)) == "มี 13 อย่างอยู่แค่ในเครื่องนี้"
    told = [row.accessibleName() for row in screen.view.rows]
    assert len(told) == 4
    assert "รอส่ง, เริ่มงาน, จบงาน · 3 รูป · 4.4 MB · ตั้งแต่ พฤ. 19 พ.ย. 2569 05:41 น." in told[0]
    assert "ติดต่อศูนย์ไม่ได้ · จะลองเอง หรือใส่ USB ไปส่ง" in told[1]
    assert "คุณพักไว้: ส่งเลย หรือส่งที่สำนักงาน" in told[2]
    assert "ศูนย์ไม่รับ: ดูและเลือกในกล่องส่ง" in told[3]


def test_without_a_signal_the_advice_is_another() -> None:
    (job,) = an_end(1).jobs
    assert advice(job, is_online=True).startswith("กำลังไป")
    assert advice(job, is_online=False).startswith("ไม่มีสัญญาณ")
    assert "อย่าเพิ่งคืน" in end_sentence(an_end(1), is_online=False)
    assert "เปิดเครื่องไว้จนเป็น 0" in end_sentence(an_end(1), is_online=True)


def test_photos_of_which_only_bytes_are_missing_need_no_acts() -> None:
    (job,) = an_end(1).jobs
    assert job_facts(replace(job, acts=(), since=None)) == "3 รูป · 4.4 MB"


def test_drafts_are_told_apart_from_what_was_handed_in(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    _laptop, _window, screen = opened(qtbot, make_window, an_end(0, drafts=(A_DRAFT,)))
    assert screen.view.says.words.startswith("มี 0 อย่าง")
    assert "แบบร่าง 1 เรื่องยังไม่ได้ส่งงาน" in screen.view.says.words


def test_sending_saving_and_going_on_are_offered_where_they_help(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop, window, screen = opened(qtbot, make_window, an_end(2))
    assert buttons(screen) == ["ลองส่งเดี๋ยวนี้", "บันทึกลง USB"]
    screen.view.says._buttons[0].click()
    settle(qtbot, window)
    assert (laptop.deeds(actions.retry_now), laptop.syncs) == ([()], 1)
    screen.view.says._buttons[1].click()
    settle(qtbot, window)
    assert isinstance(screen.packing.sheet, SaveSheet)
    screen.packing.sheet.close_it()
    laptop.end = an_end(2, rests=True)
    screen.visit(None)
    settle(qtbot, window)
    assert buttons(screen) == ["ส่งทั้งหมดเลย", "บันทึกลง USB"]
    screen.view.says._buttons[0].click()
    settle(qtbot, window)
    assert laptop.deeds(actions.send_all) == [()]


def test_what_needs_a_person_leads_to_the_outbox(qtbot: QtBot, make_window: MakeWindow) -> None:
    _laptop, window, screen = opened(qtbot, make_window, an_end(0, attention_count=2))
    assert "มี 2 เรื่องต้องตัดสินใจ" in screen.view.says.words
    assert buttons(screen) == ["ดูและเลือก", "ดูใบรับ"]
    screen.view.says._buttons[0].click()
    assert window.workplace is not None
    assert window.workplace.screen_key == "outbox"


def test_it_looks_again_when_something_arrives(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop, window, screen = opened(qtbot, make_window, an_end(2))
    laptop.end = an_end(0)
    window.office.bus.tell_status(SyncStatus(reach=Reach.ONLINE, waiting_count=0))
    settle(qtbot, window)
    assert screen.view.says.words.startswith("มี 0 อย่าง")


def test_todays_receipts_stand_where_nothing_is_missing(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    _laptop, window, screen = opened(qtbot, make_window, an_end(0))
    screen.view.receipt_wished.emit("gone-2")
    settle(qtbot, window)
    assert window.findChild(ReceiptSheet) is not None


def test_every_reason_has_its_advice() -> None:
    (job,) = an_end(1).jobs
    states = set(LocalState) - {LocalState.NONE}
    told = {advice(replace(job, local=state), is_online=True) for state in states}
    assert len(told) == len(states) - 1, "queued and sending are both on their way"


PACK = PackHere(name="ben-20261119-0830.fieldrescue", size_bytes=4_400_000, local=LocalState.QUEUED)


def test_a_colleague_s_pack_is_a_row_of_its_own_and_the_last_pack_is_named(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    refused = replace(PACK, name="", local=LocalState.ATTENTION)
    end = an_end(1, packs=(PACK, refused), packed_at=NOW)
    _laptop, window, screen = opened(qtbot, make_window, end)
    told = [row.accessibleName() for row in screen.view.rows]
    assert told[1:] == [
        "ben-20261119-0830.fieldrescue, รอส่ง, ซองงานของเพื่อนร่วมงาน · 4.4 MB, กำลังไป: เปิดเครื่องไว้สักครู่",
        "ซองงาน, ต้องตัดสินใจ, ซองงานของเพื่อนร่วมงาน · 4.4 MB, ศูนย์ไม่รับ: ส่งไฟล์ให้ฝ่ายไอที",
    ]
    assert end_title(end) == "มี 7 อย่างอยู่แค่ในเครื่องนี้"
    assert "1 งาน · 2 ซองงาน 13.2 MB" in screen.view.says.words
    assert "มีอยู่ในซองงานด้วย" in screen.view.says.words
    grab(window, shots_folder(tmp_path) / "day-end-packs-th.png")
    set_language("en")
    tell_widgets()
    settle(qtbot, window)
    grab(window, shots_folder(tmp_path) / "day-end-packs-en.png")
    set_language("th")


def test_only_a_pack_is_told_without_jobs_and_waits_for_a_signal_or_a_person() -> None:
    end = an_end(0, packs=(PACK,))
    assert end_sentence(end, is_online=True).startswith("1 ซองงาน 4.4 MB")
    assert pack_advice(PACK, is_online=False) == "ไม่มีสัญญาณ: จะส่งเองเมื่อมีสัญญาณ"
    resting = replace(PACK, local=LocalState.PAUSED)
    assert pack_advice(resting, is_online=True).startswith("คุณพักไว้")


def test_a_photo_that_the_hub_can_only_show_is_told_as_only_here(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    (job,) = an_end(1).jobs
    resting = replace(job, acts=(), photo_count=3, pictured_count=2, local=LocalState.PAUSED)
    end = an_end(jobs=(resting,), rests=True)
    _laptop, window, screen = opened(qtbot, make_window, end)
    (told,) = [row.accessibleName() for row in screen.view.rows]
    assert end.count == 3
    assert "ศูนย์มีรูปขนาดจอ 2 รูปแล้ว รูปเต็มยังอยู่ในเครื่องนี้เท่านั้น" in told
    assert "รอส่งที่สำนักงาน: ถึงแล้วปิด “ส่งรูปเต็มที่สำนักงาน”" in told
    grab(window, shots_folder(tmp_path) / "day-end-policy-th.png")
    set_language("en")
    tell_widgets()
    settle(qtbot, window)
    grab(window, shots_folder(tmp_path) / "day-end-policy-en.png")
    set_language("th")
