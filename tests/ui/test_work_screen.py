"""The work screen: start, finish, hold, decline, words, undo, both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import tickets
from field_app.domain.errors import PhotoMissing
from field_app.domain.operation import DeclineReason, HoldReason
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.main_window import MainWindow
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.resolve.sheets import DeclineSheet, HoldSheet
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CHIEF
from tests.ui.work_laptop import BEFORE, CITIZEN, DONE_CARDS, JOB, WorkLaptop, a_job

pytestmark = pytest.mark.usefixtures("thai")


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.office.background.is_idle)


def opened(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> WorkScreen:
    window = make_window(laptop)
    assert window.workplace is not None
    window.workplace.go_to("work", JOB)
    settle(qtbot, window)
    screen = window.workplace.screen_of("work")
    assert isinstance(screen, WorkScreen)
    return screen


def window_of(screen: QWidget) -> MainWindow:
    window = screen.window()
    assert isinstance(window, MainWindow)
    return window


def toast(screen: QWidget) -> str:
    workplace = window_of(screen).workplace
    assert workplace is not None
    return workplace.toast.words


def visible_words(screen: QWidget) -> list[str]:
    return [
        label.text() for label in screen.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def test_the_main_button_fits_the_state(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(TicketState.WAITING, CITIZEN))
    screen = opened(qtbot, make_window, laptop)
    finish = screen.view.finish
    assert finish.primary_act == "start"
    assert finish.others["finish"].isVisible()
    QTest.mouseClick(finish.primary, Qt.MouseButton.LeftButton)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.start) == [(JOB,)]
    assert finish.primary_act == "finish"


def test_a_job_in_review_can_be_called_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(TicketState.IN_REVIEW, DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    assert not screen.view.finish.primary.isVisible()
    QTest.mouseClick(screen.view.finish.others["call_back"], Qt.MouseButton.LeftButton)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.call_back) == [(JOB,)]


def test_a_supervisor_is_led_to_the_review(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(TicketState.IN_REVIEW, DONE_CARDS), CHIEF)
    screen = opened(qtbot, make_window, laptop)
    with qtbot.waitSignal(screen.visit_wished) as blocker:
        screen.view.finish.wish_primary()
    assert blocker.args == ["review", JOB]


def test_finishing_without_an_after_photo_explains(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=(*CITIZEN, BEFORE)))
    laptop.failures[tickets.finish] = PhotoMissing("no after photo")
    screen = opened(qtbot, make_window, laptop)
    assert screen.view.finish.primary.isEnabled()
    screen.view.finish.wish_primary()
    settle(qtbot, window_of(screen))
    assert "ยังขาดรูปหลังทำ" in screen.view.banner.words
    assert screen.view.banner.isVisible()


def test_undo_takes_finishing_back_and_keeps_the_words(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS, draft="ซ่อมแล้ว"))
    screen = opened(qtbot, make_window, laptop)
    screen.view.finish.wish_primary()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.finish) == [(JOB, "ซ่อมแล้ว")]
    assert "ส่งงานให้ตรวจ" in toast(screen)
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(tickets.undo)) == 1
    assert laptop.deeds(tickets.keep_draft)[-1] == (JOB, "ซ่อมแล้ว")


def test_words_are_saved_before_it_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    note = screen.view.evidence.note
    QTest.keyClicks(note.edit, "asphalt")
    assert "10:41" not in note.saved_words
    note.save_now()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.keep_draft)[-1] == (JOB, "asphalt")
    assert "บันทึกในเครื่องแล้ว 10:41 น." in note.saved_words


def test_a_ready_sentence_goes_in_and_out(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    note = screen.view.evidence.note
    note._tags[0].click()
    assert note.words == "ซ่อมเสร็จแล้ว"
    note._tags[0].click()
    assert note.words == ""


def test_words_typed_for_one_job_are_kept_when_leaving(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    QTest.keyClicks(screen.view.evidence.note.edit, "half")
    workplace = window_of(screen).workplace
    assert workplace is not None
    workplace.go_to("outbox")
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.keep_draft)[-1] == (JOB, "half")


def test_holding_asks_for_a_reason(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen._act("hold")
    sheet = screen._sheet
    assert isinstance(sheet, HoldSheet)
    sheet.decide()
    assert sheet.banner.words
    assert laptop.deeds(tickets.hold) == []
    sheet.cards[HoldReason.WEATHER].click()
    sheet.note.setPlainText("rain")
    sheet.decide()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.hold) == [(JOB, HoldReason.WEATHER, "rain")]


def test_a_repeated_job_needs_the_other_number(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen._act("decline")
    sheet = screen._sheet
    assert isinstance(sheet, DeclineSheet)
    sheet.cards[DeclineReason.DUPLICATE].click()
    sheet.decide()
    assert laptop.deeds(tickets.decline) == []
    sheet.duplicate.setText("2026-AAAAAA")
    sheet.decide()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.decline) == [(JOB, DeclineReason.DUPLICATE, "", "2026-AAAAAA")]


def test_why_it_was_sent_back_stands_on_top(qtbot: QtBot, make_window: MakeWindow) -> None:
    job = a_job(TicketState.SENT_BACK, DONE_CARDS, send_back_reason="รูปหลังทำไม่ชัด")
    job_laptop = WorkLaptop(job)
    screen = opened(qtbot, make_window, job_laptop)
    assert "รูปหลังทำไม่ชัด" in screen.view.banner.words


def test_the_photos_are_judged_calmly(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(*CITIZEN, BEFORE))))
    slots = screen.view.evidence.slots
    assert slots[PhotoRole.BEFORE].badge == "ตรงจุด 6 ม."
    assert slots[PhotoRole.AFTER].badge == "ยังไม่มีรูป"


@pytest.mark.parametrize("state", list(TicketState))
def test_no_english_is_left_in_thai(
    qtbot: QtBot, make_window: MakeWindow, state: TicketState
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(state, DONE_CARDS)))
    set_language("en")
    tell_widgets()
    english = set(visible_words(screen))
    set_language("th")
    tell_widgets()
    thai = [words for words in visible_words(screen) if words in english]
    data = {"Ctrl", "V", JOB}
    left = [w for w in thai if w not in data and any("a" <= c.lower() <= "z" for c in w)]
    assert left == []


def test_every_control_has_a_name(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    focusable = [
        w
        for w in screen.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert focusable
    nameless = [type(w).__name__ for w in focusable if not w.accessibleName()]
    assert [name for name in nameless if name != "QScrollArea"] == []
    assert QApplication.focusWidget() is not None


def test_esc_closes_the_sheet_and_stays_on_the_job(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    screen._act("hold")
    sheet = screen._sheet
    assert sheet is not None
    QTest.keyClick(next(iter(sheet.cards.values())), Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert screen.isVisible()


def test_ctrl_enter_takes_the_choice_in_a_sheet(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen._act("hold")
    assert screen._sheet is not None
    card = next(iter(screen._sheet.cards.values()))
    card.click()
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(tickets.hold)) == 1
