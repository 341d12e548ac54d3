"""The shell: rail, pill, toast, language, names for screen readers, and room for large text."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

import field_app.ui
from field_app.domain.errors import DiskFull
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _, language, set_language
from field_app.ui.background import Background
from field_app.ui.excepthook import BugSheet, ExceptHook
from field_app.ui.language import KEY, choose_language, tell_widgets
from field_app.ui.leave_sheet import LeaveSheet
from field_app.ui.main_window import MainWindow
from field_app.ui.office import Office
from field_app.ui.settings.sheet import PERCENT_KEY, SettingsSheet, remembered_percent
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import Button
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pill import Mood, SyncPill, mood, pill_words
from field_app.ui.shared.rail import RailButton
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.toast import Toast
from field_app.ui.shortcut_sheet import ShortcutSheet, shortcuts
from field_app.ui.shortcuts import TWINS
from field_app.ui.theme import Theme
from field_app.ui.workplace import Workplace
from tests.ui.laptop import CHIEF, FakeLaptop
from tests.ui.work_laptop import WorkLaptop

MakeWindow = Callable[[FakeLaptop], MainWindow]
MakeOffice = Callable[[FakeLaptop], Office]


def workplace(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until every question was answered and laid out."""
    qtbot.waitUntil(lambda: window.office.background.is_idle)
    for _round in range(3):
        QApplication.processEvents()


def test_the_pill_says_the_worst_first() -> None:
    calm = SyncStatus(reach=Reach.ONLINE)
    assert mood(calm) is Mood.ONLINE
    assert pill_words(calm) == ("Online", "All sent")
    away = SyncStatus(reach=Reach.OFFLINE, waiting_count=3, total_bytes=12_400_000)
    assert pill_words(away) == ("Offline", "3 to send · 12.4 MB")
    worst = SyncStatus(reach=Reach.OFFLINE, attention_count=1, waiting_count=3)
    assert mood(worst) is Mood.ATTENTION
    assert pill_words(worst) == ("1 needs you", "3 to send")


def test_the_pill_says_that_a_colleague_s_pack_is_only_here() -> None:
    carrying = SyncStatus(reach=Reach.ONLINE, pack_count=1, pack_bytes=5_000_000)
    assert pill_words(carrying) == ("Online", "1 rescue pack only here")
    both = replace(carrying, waiting_count=3, total_bytes=12_400_000)
    assert pill_words(both) == ("Online", "3 to send · 12.4 MB · 1 rescue pack only here")


def test_the_pill_shows_how_far_sending_is() -> None:
    half = SyncStatus(
        reach=Reach.WEAK, is_running=True, waiting_count=2, total_bytes=1000, sent_bytes=420
    )
    assert pill_words(half) == ("Weak signal", "Sending 42%")


def test_the_pill_speaks_thai_at_once(theme: Theme, qtbot: QtBot) -> None:
    pill = SyncPill(theme)
    qtbot.addWidget(pill)
    pill.show_status(SyncStatus(reach=Reach.OFFLINE, waiting_count=3))
    set_language("th")
    QApplication.sendEvent(pill, QEvent(QEvent.Type.LanguageChange))
    assert pill.accessibleName() == "ออฟไลน์ · รอส่ง 3 รายการ"


def test_news_of_sync_reach_pill_and_rail_from_any_thread(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    status = SyncStatus(reach=Reach.ONLINE, attention_count=2)
    window.office.background.run(window.office.bus.tell_status, status)
    qtbot.waitUntil(lambda: workplace(window).top.pill.accessibleName().startswith("2 need you"))
    assert workplace(window).rail.buttons["outbox"].accessibleName() == "Outbox, 2"


def test_a_supervisor_finds_review_in_place_of_today(make_office: MakeOffice) -> None:
    from field_app.ui.screens import rail_items

    above, _below = rail_items(is_supervisor=True)
    assert [item.key for item in above] == ["review", "all", "outbox"]
    above, _below = rail_items(is_supervisor=False)
    assert [item.key for item in above] == ["today", "all", "outbox"]
    assert CHIEF.is_supervisor


def test_control_and_a_number_go_along_the_rail(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert workplace(window).screen_key == "all"
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert workplace(window).screen_key == "help"
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert workplace(window).screen_key == "today"
    settle(window, qtbot)


def test_a_slash_begins_a_search_and_escape_ends_it(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    QTest.keyClick(window, Qt.Key.Key_Slash)
    assert window.focusWidget() is workplace(window).top.search
    QTest.keyClick(workplace(window).top.search, Qt.Key.Key_Escape)
    assert window.focusWidget() is not workplace(window).top.search
    settle(window, qtbot)


def test_f5_fetches_now(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    QTest.keyClick(make_window(laptop), Qt.Key.Key_F5)
    assert laptop.syncs == 1


def test_a_question_mark_shows_all_shortcuts(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    QTest.keyClick(window, Qt.Key.Key_Question)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()


def test_every_letter_has_a_thai_twin_of_its_own() -> None:
    letters = [TWINS[chr(code)] for code in range(ord("A"), ord("Z") + 1)]
    assert len(set(letters)) == 26


def test_sync_starts_with_the_workplace(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    make_window(laptop)
    qtbot.waitUntil(lambda: laptop.is_syncing)


def test_the_language_changes_everywhere_at_once_and_is_remembered(
    make_window: MakeWindow,
) -> None:
    window = make_window(FakeLaptop())
    choose_language("th", window.office.settings)
    assert language() == "th"
    assert window.office.settings.value(KEY) == "th"
    assert workplace(window).rail.buttons["outbox"].text() == "กล่องส่ง"
    assert workplace(window).top._title.text() == "งานวันนี้"
    assert window.windowTitle() == "ภาคสนาม"
    for button in window.findChildren(Button):
        words = button.accessibleName()
        assert words
        assert not (words.isascii() and words.isalpha() and button.isVisible()), words


def test_the_settings_change_text_size_and_remember_it(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    workplace(window).go_to("settings")
    sheet = window.findChild(SettingsSheet)
    assert sheet is not None
    sheet.sizes.chosen.emit("150")
    assert window.office.theme.percent == 150
    assert remembered_percent(window.office.settings.value(PERCENT_KEY)) == 150
    assert remembered_percent("rubbish") == 100


def test_signing_out_with_unsent_work_asks_first(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    workplace(window).go_to("settings")
    sheet = window.findChild(SettingsSheet)
    assert sheet is not None
    sheet._leave()
    assert laptop.person is not None
    assert "3 things you did are not at the hub yet" in sheet._banner.words
    sheet._leave()
    qtbot.waitUntil(lambda: window.sign_in is not None)
    assert laptop.person is None


def test_a_known_failure_is_shown_with_what_to_do(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    window.office.bus.complain(DiskFull("test"))
    assert workplace(window).banner.words.startswith("This computer's disk is full.")


@pytest.mark.logs_warnings
def test_a_bug_is_shown_with_facts_to_copy(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    hook = ExceptHook(window.office.theme)
    hook.take(ZeroDivisionError, ZeroDivisionError("test bug"), None)
    sheet = window.findChild(BugSheet)
    assert sheet is not None
    facts = sheet.findChild(QPlainTextEdit)
    assert facts is not None
    assert "ZeroDivisionError: test bug" in facts.toPlainText()


def test_a_known_failure_that_nobody_caught_is_no_bug(theme: Theme, qtbot: QtBot) -> None:
    hook = ExceptHook(theme)
    with qtbot.waitSignal(hook.failed):
        hook.take(DiskFull, DiskFull("test"), None)


def test_undo_in_a_toast_takes_back_once(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    parent.resize(900, 400)
    qtbot.addWidget(parent)
    toast = Toast(theme, parent)
    parent.show()
    taken: list[bool] = []
    toast.say(lambda: "Finished", undo=lambda: taken.append(True))
    assert toast.words == "Finished"
    assert toast.take_back()
    assert not toast.take_back()
    assert taken == [True]


def test_the_pointer_over_a_toast_stops_its_clock(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    parent.resize(900, 400)
    qtbot.addWidget(parent)
    toast = Toast(theme, parent)
    parent.show()
    toast.say(lambda: "Finished", undo=lambda: None)
    here = QPointF(1, 1)
    toast.enterEvent(QEnterEvent(here, here, here))
    assert not toast._clock.isActive()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._clock.isActive()
    for _second in range(8):
        toast._tick()
    assert not toast.words


def test_a_cancelled_job_hands_nothing_over(qtbot: QtBot) -> None:
    background = Background()
    answers: list[str] = []
    job = background.run(str, 1, done=answers.append)
    job.cancel()
    background.run(str, 2, done=answers.append)
    qtbot.waitUntil(lambda: background.is_idle)
    background.close()
    assert answers == ["2"]


def test_no_answer_of_many_is_lost(qtbot: QtBot) -> None:
    background = Background()
    answers: list[int] = []
    for number in range(200):
        background.run(int, number, done=answers.append)
    qtbot.waitUntil(lambda: background.is_idle)
    background.close()
    assert sorted(answers) == list(range(200))


def test_a_bar_says_its_share(theme: Theme, qtbot: QtBot) -> None:
    bar = SegmentedBar(theme)
    qtbot.addWidget(bar)
    bar.show_share(0.42, moving=0.1)
    assert bar.accessibleName() == "42% received by the hub"


def test_every_control_has_a_name(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    for key in ("today", "all", "help", "settings"):
        workplace(window).go_to(key)
        settle(window, qtbot)
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for widget in window.findChildren(kind)
        if widget.isVisible() and not widget.accessibleName()
    ]
    assert nameless == []


def cut_texts(window: QWidget) -> list[str]:
    """Return the words of visible widgets that have less room than they need."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.width() == 0:
            continue
        hint = widget.sizeHint()
        if isinstance(widget, (Button, RailButton, SyncPill, StatusChip)):
            is_cut = widget.width() < hint.width() or widget.height() < hint.height()
            if is_cut:
                found.append(f"{type(widget).__name__} {widget.accessibleName()}")
        elif isinstance(widget, ThaiLabel) and widget.hasHeightForWidth():
            if widget.height() < widget.heightForWidth(widget.width()):
                found.append(f"ThaiLabel {widget.text()} {widget.size()}")
        elif isinstance(widget, ThaiLabel) and widget.height() < widget.minimumSizeHint().height():
            found.append(f"ThaiLabel {widget.text()}")
    return found


@pytest.mark.parametrize("spoken", ["th", "en"])
@pytest.mark.parametrize("key", ["today", "all", "help", "settings"])
def test_no_words_are_cut_at_150_percent_in_the_smallest_window(
    make_window: MakeWindow, qtbot: QtBot, spoken: str, key: str
) -> None:
    window = make_window(FakeLaptop())
    window.resize(1280, 640)
    choose_language("th" if spoken == "th" else "en", window.office.settings)
    window.office.theme.set_percent(150)
    workplace(window).go_to(key)
    settle(window, qtbot)
    assert window.width() == 1280
    assert window.height() == 640
    assert cut_texts(window) == [], "\n".join(cut_texts(window))
    assert not workplace(window).top._title.is_cut


def test_a_sheet_keeps_tab_inside_and_gives_the_focus_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    before = window.focusWidget()
    workplace(window).go_to("settings")
    sheet = window.findChild(Sheet)
    assert sheet is not None
    for _press in range(12):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is sheet or sheet.isAncestorOf(window.focusWidget())
    sheet.close_it()
    assert window.focusWidget() is before


def test_the_window_remembers_its_size(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    window.resize(1500, 800)
    window.leave()
    assert window.office.settings.value("window/geometry") is not None


def test_a_hidden_banner_takes_no_room_below_the_top_bar(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    place = workplace(window)
    settle(window, qtbot)
    assert place.stack.y() == place.top.height()

    window.office.bus.complain(DiskFull("test"))
    settle(window, qtbot)
    assert place.stack.y() == place.top.height() + place.banner.height() + 16

    place.banner.hide()
    settle(window, qtbot)
    assert place.stack.y() == place.top.height()


def test_a_toast_follows_the_language(theme: Theme, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 400)
    over.show()
    toast = Toast(theme, over)
    toast.say(lambda: _("Work started"))
    narrow = toast.width()
    set_language("th")
    tell_widgets()
    assert toast.words == "เริ่มงานแล้ว"
    assert toast.accessibleName() == "เริ่มงานแล้ว"
    assert toast.width() != narrow
    assert abs(toast.geometry().center().x() - over.width() // 2) <= 1
    toast.say(lambda: "plain words")
    set_language("en")
    tell_widgets()
    assert toast.words == "plain words"


def test_toasts_and_banners_are_announced(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    for kind in ("toast", "banner"):
        monkeypatch.setattr(
            f"field_app.ui.shared.{kind}.announce",
            lambda widget: heard.append(widget.accessibleName()),
        )
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    Toast(theme, over).say(lambda: "Saved")
    Banner(theme, over).show_message("warn", "The disk is nearly full", "Make room.")
    assert heard == ["Saved", "The disk is nearly full Make room."]


def test_the_sheet_names_every_shortcut_of_the_program_and_no_other() -> None:
    source = Path(field_app.ui.__file__).parent
    bound = {
        keys
        for file in source.rglob("*.py")
        for keys in re.findall(r'bind\(self, "([^"]+)"', file.read_text("utf-8"))
    }
    same = {"J": "J K", "K": "J K", "Ctrl+Return": "Ctrl Enter"}
    named = {
        keys
        for is_supervisor in (True, False)
        for keys, _words in shortcuts(is_supervisor=is_supervisor)
    }
    by_widgets = {"Ctrl 1…5", "1…6", "Enter", "← →", "Alt ↑ ↓", "M", "G", "T"}
    """Made in loops, or keys of the lists, of the large photo and of the camera."""
    assert named == {same.get(keys, keys.replace("+", " ")) for keys in bound} | by_widgets


def test_closing_with_unsent_work_is_allowed_and_said_once(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    assert not window.close()
    sheet = window.findChild(LeaveSheet)
    assert sheet is not None
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.close()


def test_closing_with_a_colleague_s_pack_says_so_too(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    laptop.sync_status = SyncStatus(reach=Reach.ONLINE, pack_count=2)
    window = make_window(laptop)
    window.office.bus.tell_status(laptop.sync_status)
    assert workplace(window).rail.buttons["outbox"].accessibleName() == "Outbox, 2"

    assert not window.close()

    sheet = window.findChild(LeaveSheet)
    assert sheet is not None
    words = [label.text() for label in sheet.findChildren(ThaiLabel)]
    assert any(said.startswith("2 rescue packs of colleagues are not at the hub") for said in words)
    assert not any("not sent yet" in said for said in words)


def test_the_sheet_about_unsent_work_closes_the_window(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    window.close()
    sheet = window.findChild(LeaveSheet)
    assert sheet is not None
    sheet.leave.click()
    assert not window.isVisible()


def test_whoever_closes_with_unsent_work_can_look_first_at_what_is_only_here(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(WorkLaptop())
    assert not window.close()
    sheet = window.findChild(LeaveSheet)
    assert sheet is not None
    sheet.look.click()
    settle(window, qtbot)
    assert workplace(window).screen_key == "day_end"
    assert window.isVisible()
    assert window.close(), "it was said once"


def test_closing_with_everything_sent_asks_nothing(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    laptop.sync_status = SyncStatus(reach=Reach.ONLINE)
    assert make_window(laptop).close()


def test_the_wish_for_a_sign_in_goes_when_the_hub_is_content(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    window.office.bus.tell_status(SyncStatus(reach=Reach.SIGNED_OUT))
    window.office.bus.tell_status(SyncStatus(reach=Reach.ONLINE))
    assert workplace(window).sign_in_notice.isHidden()
