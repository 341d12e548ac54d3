"""A laptop of 1280 x 640 holds every screen and sheet, whatever the text size and the language."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from field_app.domain.moved_on import WayOn
from field_app.domain.people import Person
from field_app.domain.photo import PhotoRole
from field_app.queries.conflicts import PhotoCounts
from field_app.queries.tickets import TicketFilter
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import Language
from field_app.ui.excepthook import BugSheet
from field_app.ui.language import choose_language
from field_app.ui.leave_sheet import LeaveSheet
from field_app.ui.main_window import MainWindow
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.resolve.sheets import DeclineSheet, HoldSheet, NoPhotoSheet
from field_app.ui.settings.sheet import SettingsSheet
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.pill import SyncPill
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.top_bar import TopBar
from field_app.ui.shortcut_sheet import ShortcutSheet
from field_app.ui.sync.conflict_sheet import ConflictSheet
from field_app.ui.sync.decided import DecidedSheet
from field_app.ui.sync.receipt_sheet import ReceiptSheet
from field_app.ui.theme import PERCENTS, Theme
from field_app.ui.tickets.filter_sheet import FilterSheet
from field_app.ui.workplace import Workplace
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CHIEF, MEMBER, NOW, FakeLaptop
from tests.ui.work_laptop import (
    DONE_CARDS,
    JOB,
    WorkLaptop,
    a_conflict,
    a_decision,
    a_job,
    a_receipt,
)

WIDE, TALL = 1280, 640
SPOKEN: tuple[Language, ...] = ("th", "en")
WITH_A_JOB = {"work", "review"}

every_size = pytest.mark.parametrize("percent", PERCENTS)
every_language = pytest.mark.parametrize("spoken", SPOKEN)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.office.background.is_idle)
    for _round in range(4):
        QApplication.processEvents()


def a_small_window(
    make_window: MakeWindow, laptop: FakeLaptop, percent: int, spoken: Language
) -> MainWindow:
    window = make_window(laptop)
    choose_language(spoken, window.office.settings)
    window.office.theme.set_percent(percent)
    window.resize(WIDE, TALL)
    return window


def place_of(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def assert_it_fits(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= WIDE
    assert window.minimumSizeHint().height() <= TALL
    assert (window.width(), window.height()) == (WIDE, TALL)


def assert_the_bar_shows_what_counts(top: TopBar) -> None:
    shown = [part for part in top.findChildren(QWidget) if part.isVisible()]
    assert all(top.rect().contains(part.geometry()) for part in shown if part.parent() is top)
    assert top.pill.isVisible()
    assert top.pill.width() >= top.pill.sizeHint().width()
    assert top._title.width() >= min(top._title.sizeHint().width(), top.theme.px(140))


@every_size
@every_language
@pytest.mark.parametrize(
    ("person", "keys"),
    [
        (MEMBER, ("today", "all", "work", "tray", "outbox", "receipts", "day_end", "help")),
        (CHIEF, ("review", "all", "work", "outbox", "help")),
    ],
)
def test_no_screen_makes_the_window_wider_than_a_small_laptop(
    make_window: MakeWindow,
    qtbot: QtBot,
    percent: int,
    spoken: Language,
    person: Person,
    keys: tuple[str, ...],
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS), person=person)
    window = a_small_window(make_window, laptop, percent, spoken)
    place = place_of(window)
    for key in keys:
        place.go_to(key, JOB if key in WITH_A_JOB else None)
        settle(window, qtbot)
        assert_it_fits(window)
        assert_the_bar_shows_what_counts(place.top)


@every_size
@every_language
def test_the_sign_in_fits_a_small_laptop(
    make_window: MakeWindow, qtbot: QtBot, percent: int, spoken: Language
) -> None:
    window = a_small_window(make_window, FakeLaptop(person=None), percent, spoken)
    settle(window, qtbot)
    assert window.sign_in is not None
    assert_it_fits(window)


THREE_WAYS: dict[str, Any] = {
    "ways": (WayOn.KEEP, WayOn.AGAIN, WayOn.DROP),
    "done_anew": ("start", "finish"),
    "photos": PhotoCounts(all=3, at_hub=1),
}
MAKERS: dict[str, Callable[[MainWindow], Sheet]] = {
    "settings": lambda w: SettingsSheet(w.office, w),
    "shortcuts": lambda w: ShortcutSheet(w.office.theme, w, is_supervisor=True),
    "leave": lambda w: LeaveSheet(w.office.theme, w, 3, 1),
    "receipt": lambda w: ReceiptSheet(w.office.theme, w.office.background, w, a_receipt()),
    "hold": lambda w: HoldSheet(w.office.theme, w),
    "no photo": lambda w: NoPhotoSheet(w.office.theme, w, "ซ่อมแล้ว"),
    "decline": lambda w: DeclineSheet(w.office.theme, w),
    "filter": lambda w: FilterSheet(
        w.office.theme, w, TicketFilter(), ("ถนน", "ท่อระบายน้ำ", "ต้นไม้")
    ),
    "bug": lambda w: BugSheet(w.office.theme, w, "ZeroDivisionError: division by zero\n" * 30),
    "conflict": lambda w: ConflictSheet(
        w.office.theme, w.office.background, w, a_conflict(**THREE_WAYS), NOW + timedelta(days=1)
    ),
    "decided": lambda w: DecidedSheet(
        w.office.theme, w, tuple(a_decision(number) for number in range(1, 6)), NOW
    ),
}


@every_size
@every_language
@pytest.mark.parametrize("name", MAKERS)
def test_every_sheet_fits_a_small_laptop(
    make_window: MakeWindow, qtbot: QtBot, percent: int, spoken: Language, name: str
) -> None:
    window = a_small_window(make_window, WorkLaptop(), percent, spoken)
    sheet = MAKERS[name](window)
    sheet.open_it()
    settle(window, qtbot)
    assert_it_fits(window)
    panel = sheet._panel
    assert panel.minimumSizeHint().width() <= panel.width()
    assert panel.minimumSizeHint().height() <= TALL - 2
    assert sheet.rect().contains(panel.geometry())


def test_a_photos_label_ends_inside_the_photo(
    theme: Theme, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(WorkLaptop())
    photos = []
    for words in ("Citizen photo " * 9, "Citizen photo " * 12):
        photo = PhotoView(theme, window.office.background)
        qtbot.addWidget(photo)
        photo.resize(240, 160)
        photo.show_labels(words, "")
        photos.append(photo.grab().toImage())
    assert photos[0] == photos[1]
    right_edge = photos[0].copy(236, 0, 4, 160)
    plain = PhotoView(theme, window.office.background)
    qtbot.addWidget(plain)
    plain.resize(240, 160)
    assert right_edge == plain.grab().toImage().copy(236, 0, 4, 160)


@every_language
def test_the_report_of_a_job_is_not_cut_at_its_right_edge(
    make_window: MakeWindow, qtbot: QtBot, spoken: Language
) -> None:
    window = a_small_window(make_window, WorkLaptop(a_job(cards=DONE_CARDS)), 150, spoken)
    place_of(window).go_to("work", JOB)
    settle(window, qtbot)
    screen = place_of(window).screen_of("work")
    assert isinstance(screen, WorkScreen)
    (scroll,) = screen.view.report.findChildren(QScrollArea)
    held = scroll.widget()
    assert held is not None
    assert held.width() <= scroll.viewport().width()


def test_a_long_title_is_elided_before_the_pill_and_told_whole(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = WorkLaptop(a_job(words="ถนนทรุดเป็นหลุมลึก " * 12))
    window = a_small_window(make_window, laptop, 150, "th")
    top = place_of(window).top
    place_of(window).go_to("work", JOB)
    settle(window, qtbot)
    window.grab()
    assert top._title.is_cut
    assert top._title.text() == laptop.job.ticket.title
    assert_the_bar_shows_what_counts(top)
    assert_it_fits(window)


def test_subtitle_and_progress_go_first_and_come_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(WorkLaptop())
    top = place_of(window).top
    place_of(window).go_to("outbox")
    settle(window, qtbot)
    for width, is_shown in ((1100, True), (560, False), (1100, True)):
        top.resize(width, top.height())
        assert top._subtitle.isVisible() is is_shown
        assert top.pill.minimumWidth() == top.pill.sizeHint().width()


def test_the_pill_elides_its_amount_and_never_its_state(theme: Theme, qtbot: QtBot) -> None:
    pill = SyncPill(theme)
    qtbot.addWidget(pill)
    pill.show_status(SyncStatus(reach=Reach.OFFLINE, waiting_count=3, total_bytes=12_400_000))
    pill.resize(pill.minimumSizeHint())
    assert pill.minimumSizeHint().width() < pill.sizeHint().width()
    bare = SyncPill(theme)
    qtbot.addWidget(bare)
    bare.show_status(SyncStatus(reach=Reach.OFFLINE, waiting_count=3, total_bytes=12_400_000))
    bare._amount = ""
    bare.resize(pill.size())
    assert pill.grab().toImage() == bare.grab().toImage()


@every_size
@every_language
@pytest.mark.parametrize("width", [WIDE, 1366])
def test_photo_slots_are_not_cut_at_their_right_edge(
    make_window: MakeWindow, qtbot: QtBot, percent: int, spoken: Language, width: int
) -> None:
    window = a_small_window(make_window, WorkLaptop(a_job(cards=DONE_CARDS)), percent, spoken)
    window.resize(width, 768)
    place_of(window).go_to("work", JOB)
    settle(window, qtbot)
    screen = place_of(window).screen_of("work")
    assert isinstance(screen, WorkScreen)
    scroll = screen.view.evidence.findChildren(QScrollArea)[0]
    held = scroll.widget()
    assert held is not None
    assert held.isAncestorOf(screen.view.evidence.slots[PhotoRole.AFTER])
    assert held.width() <= scroll.viewport().width()
    for slot in screen.view.evidence.slots.values():
        buttons = [b for b in slot.findChildren(QPushButton) if b.isVisible()]
        assert all(b.width() >= b.minimumSizeHint().width() for b in buttons)
        assert all(b.accessibleName() and b.toolTip() for b in buttons)


@every_language
def test_before_and_after_stand_side_by_side_on_a_usual_laptop(
    make_window: MakeWindow, qtbot: QtBot, spoken: Language
) -> None:
    window = a_small_window(make_window, WorkLaptop(a_job(cards=DONE_CARDS)), 100, spoken)
    window.resize(1366, 768)
    place_of(window).go_to("work", JOB)
    settle(window, qtbot)
    screen = place_of(window).screen_of("work")
    assert isinstance(screen, WorkScreen)
    before, after = (screen.view.evidence.slots[r] for r in (PhotoRole.BEFORE, PhotoRole.AFTER))
    assert before.y() == after.y()
    assert before.geometry().right() < after.x()
