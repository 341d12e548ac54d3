"""Many photos at once: folders, a question, progress, stopping, leaving, and the account."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import photos, tickets
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.resources import resource
from field_app.texts import set_language
from field_app.ui.main_window import MainWindow
from field_app.ui.photos import bulk, many_sheet
from field_app.ui.photos.account_sheet import AccountSheet
from field_app.ui.photos.many_sheet import ManySheet
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.unfinished_sheet import UnfinishedSheet
from tests.helpers.pictures import a_picture
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import DAY
from tests.ui.test_photos_slots import drop, mime_of
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import JOB, WorkLaptop

pytestmark = pytest.mark.usefixtures("thai")
AFTER = PhotoRole.AFTER
Sheet_ = TypeVar("Sheet_", bound=QWidget)


class SlowLaptop(WorkLaptop):
    """Keeps each photo only when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.is_slow = True
        self.begun, self.may_go_on = Event(), Event()

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        if action is photos.attach and self.is_slow:
            self.begun.set()
            assert self.may_go_on.wait(10)
            self.may_go_on.clear()
        return super().do(action, *args)

    def goes_on(self) -> None:
        """Let everything pass from now on."""
        self.is_slow = False
        self.may_go_on.set()


def a_folder(folder: Path, count: int) -> Path:
    """Make a folder with pictures, each a minute newer than the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    data = a_picture()
    for number in range(count):
        path = folder / f"IMG_{number:04}.jpg"
        path.write_bytes(data)
        os.utime(path, (60 * number, 60 * number))
    return folder


def give(screen: WorkScreen, *paths: Path) -> None:
    drop(screen.view.evidence.slots[AFTER], mime_of(list(paths)))


def work_screen(qtbot: QtBot, window: MainWindow) -> WorkScreen:
    assert window.workplace is not None
    window.workplace.go_to("work", JOB)
    settle(qtbot, window)
    screen = window.workplace.screen_of("work")
    assert isinstance(screen, WorkScreen)
    return screen


def sheet_of(screen: WorkScreen, kind: type[Sheet_]) -> Sheet_:
    (sheet,) = (found for found in window_of(screen).findChildren(kind) if found.isVisible())
    return sheet


def test_a_folder_is_taken_in_with_its_subfolders_and_every_file_is_accounted_for(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    folder = a_folder(tmp_path / "work", 3)
    (folder / "deep").mkdir()
    (folder / "deep" / "cut.jpg").write_bytes(a_picture()[:300])
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "film.mp4").write_bytes(b"x")
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    give(screen, folder)
    settle(qtbot, window_of(screen))

    words = "บันทึกรูปหลังทำแล้ว 3 รูป · ไม่ใช่รูปที่สมบูรณ์: cut.jpg · ไม่ใช่รูป 2 รายการ"
    assert toast(screen) == words
    bar = screen.view.evidence.intake_bar
    assert bar.isVisible()
    assert bar.words == words
    bar.list.click()
    sheet = sheet_of(screen, AccountSheet)
    shown = [sheet.list.model().index(row, 0).data() for row in range(4)]
    assert shown[0] == "cut.jpg · ไม่ได้เพิ่ม · ส่วนท้ายของรูปนี้หายไป"
    assert shown[1:] == [f"IMG_000{number}.jpg · เพิ่มแล้ว" for number in range(3)]
    sheet.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "cut.jpg\tไม่ได้เพิ่ม · ส่วนท้ายของรูปนี้หายไป"
    assert lines[-1] == "ในโฟลเดอร์มีอย่างอื่นที่ไม่ใช่รูปอีก 2 รายการ"
    assert len(lines) == 5


def test_a_folder_is_chosen_by_a_key(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_folder(tmp_path / "work", 2)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen.setFocus()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(screen, Qt.Key.Key_O, modifiers)
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(photos.attach)) == 2


@pytest.mark.parametrize(("answer", "added"), [("all", 14), ("newest", 10), ("none", 0)])
def test_more_than_a_hundred_pictures_are_asked_about(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    added: int,
) -> None:
    assert many_sheet.MANY == 100
    monkeypatch.setattr(bulk, "MANY", 10)
    folder = a_folder(tmp_path / "work", 14)
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    give(screen, folder)
    qtbot.waitUntil(lambda: bool(window_of(screen).findChildren(ManySheet)))
    sheet = sheet_of(screen, ManySheet)
    assert sheet.title.text() == "เพิ่ม 14 รูปในงานเดียวหรือ"
    assert laptop.deeds(photos.attach) == []
    {"all": sheet.all, "newest": sheet.newest, "none": sheet.none}[answer].click()
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(photos.attach)) == added
    if answer == "newest":
        assert "ยังไม่ได้เพิ่ม 4 รูป" in toast(screen)


def test_progress_says_which_photo_and_stop_keeps_what_is_in(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    laptop = SlowLaptop()
    screen = opened(qtbot, make_window, laptop)
    bar, slot = screen.view.evidence.intake_bar, screen.view.evidence.slots[AFTER]
    give(screen, a_folder(tmp_path / "work", 5))
    qtbot.waitUntil(laptop.begun.is_set)
    qtbot.waitUntil(slot.saving.isVisible)
    assert bar.words == "1 จาก 5 · IMG_0000.jpg"
    assert slot.saving.words == "กำลังเก็บ 1 จาก 5"
    assert slot.cards == ()
    laptop.begun.clear()
    laptop.may_go_on.set()
    qtbot.waitUntil(laptop.begun.is_set)
    assert bar.words == "2 จาก 5 · IMG_0001.jpg"

    bar.stop.click()
    assert bar.words == "จะหยุดเมื่อบันทึกรูปนี้เสร็จ"
    laptop.goes_on()
    settle(qtbot, window_of(screen))

    assert len(laptop.deeds(photos.attach)) == 2
    assert toast(screen) == "บันทึกรูปหลังทำแล้ว 2 รูป · ยังไม่ได้เพิ่ม 3 รูป"
    assert slot.saving.isHidden()
    bar.list.click()
    rows = sheet_of(screen, AccountSheet).list.model()
    assert rows.index(0, 0).data() == "IMG_0002.jpg · ไม่ได้เพิ่ม · หยุดก่อนถึงไฟล์นี้"


def test_undo_takes_the_whole_batch_back_also_what_left_meanwhile(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    class Sending(WorkLaptop):
        def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
            if action is tickets.undo and args == ("new-1",):
                raise NotAllowed("it may be at the hub")
            return super().do(action, *args)

    laptop = Sending()
    screen = opened(qtbot, make_window, laptop)
    give(screen, a_folder(tmp_path / "work", 3))
    settle(qtbot, window_of(screen))
    first = screen.view.evidence.slots[AFTER].cards[0].photo.id
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.undo) == [("new-3",), ("new-2",)]
    assert laptop.deeds(photos.remove) == [(JOB, first)]
    assert toast(screen) == "ย้อนกลับทั้งหมดแล้ว · 1 รูปอาจถึงศูนย์แล้ว จึงลบที่ศูนย์ด้วย"


def test_on_another_job_the_bar_says_whose_photos_they_are_and_no_slot_claims_them(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    laptop = SlowLaptop()
    screen = opened(qtbot, make_window, laptop)
    give(screen, a_folder(tmp_path / "work", 4))
    qtbot.waitUntil(laptop.begun.is_set)
    screen.photos.turn_to(TicketId(DAY[1].id))
    laptop.begun.clear()
    laptop.may_go_on.set()
    qtbot.waitUntil(laptop.begun.is_set)
    bar = screen.view.evidence.intake_bar
    assert bar.words == f"{JOB}: 2 จาก 4 · IMG_0001.jpg"
    laptop.goes_on()
    settle(qtbot, window_of(screen))
    assert {deed[0] for deed in laptop.deeds(photos.attach)} == {JOB}


@pytest.mark.parametrize("way", ["close", "sign out"])
def test_who_goes_meanwhile_hears_what_is_not_added_and_the_photo_under_way_ends_first(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, way: str
) -> None:
    laptop = SlowLaptop()
    laptop.sync_status = type(laptop.sync_status)(reach=laptop.sync_status.reach)
    screen = opened(qtbot, make_window, laptop)
    window = window_of(screen)
    give(screen, a_folder(tmp_path / "work", 9))
    qtbot.waitUntil(laptop.begun.is_set)
    go = window.close if way == "close" else window._sign_out
    go()
    sheet = sheet_of(screen, UnfinishedSheet)
    assert sheet.title.text() == "ยังเพิ่มรูปไม่เสร็จ เหลือ 9 รูป"
    sheet.copy.click()
    names = QGuiApplication.clipboard().text().splitlines()
    assert names == [f"IMG_000{number}.jpg" for number in range(9)]
    sheet.leave.click()
    assert window.isVisible()
    assert laptop.person is not None
    laptop.goes_on()
    qtbot.waitUntil(lambda: not window.isVisible() or laptop.person is None)
    assert len(laptop.deeds(photos.attach)) == 1


def test_who_waits_loses_nothing(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    laptop = SlowLaptop()
    screen = opened(qtbot, make_window, laptop)
    give(screen, a_folder(tmp_path / "work", 3))
    qtbot.waitUntil(laptop.begun.is_set)
    window_of(screen).close()
    sheet_of(screen, UnfinishedSheet).stay.click()
    laptop.goes_on()
    settle(qtbot, window_of(screen))
    assert window_of(screen).isVisible()
    assert len(laptop.deeds(photos.attach)) == 3


@pytest.mark.parametrize("language", ["th", "en"])
def test_bar_and_list_follow_the_language(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: str
) -> None:
    set_language("en" if language == "en" else "th")
    folder = a_folder(tmp_path / "work", 2)
    (folder / "empty.png").write_bytes(b"")
    screen = opened(qtbot, make_window, WorkLaptop())
    give(screen, folder)
    settle(qtbot, window_of(screen))
    said = {"th": "ไม่ใช่รูปที่สมบูรณ์: empty.png", "en": "not a complete picture: empty.png"}
    assert said[language] in screen.view.evidence.intake_bar.words


@pytest.fixture
def a_mixed_folder(tmp_path: Path) -> Path:
    """A folder with a photo, a copy of it that was cut off, a PDF, and one that pretends."""
    folder = a_folder(tmp_path / "งานถนน", 3)
    scene = resource("demo", "photos", "pothole_after.jpg").read_bytes()
    (folder / "IMG_0000.jpg").write_bytes(scene)
    (folder / "IMG_0001.jpg").write_bytes(scene[:9000])
    (folder / "words.pdf").write_bytes(b"%PDF-1.7")
    (folder / "words.png").write_bytes(b"%PDF-1.7")
    return folder


def enlarged(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop, percent: int) -> WorkScreen:
    window = make_window(laptop)
    window.office.theme.set_percent(percent)
    return work_screen(qtbot, window)


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("language", ["th", "en"])
def test_bar_account_and_question_fit(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    a_mixed_folder: Path,
    language: str,
    percent: int,
) -> None:
    set_language("en" if language == "en" else "th")
    screen = enlarged(qtbot, make_window, WorkLaptop(), percent)
    window, bar = window_of(screen), screen.view.evidence.intake_bar
    shots, name = shots_folder(tmp_path / "shots"), f"bulk-{language}-{percent}"
    give(screen, a_mixed_folder)
    settle(qtbot, window)
    grab(window, shots / f"{name}-ended.png")
    bar.list.click()
    account = sheet_of(screen, AccountSheet)
    grab(window, shots / f"{name}-list.png")
    assert window.rect().contains(account.done.mapTo(window, account.done.rect().bottomRight()))
    account.done.click()
    give(screen, a_folder(tmp_path / "many", 1234))
    qtbot.waitUntil(lambda: bool(window.findChildren(ManySheet)))
    sheet = sheet_of(screen, ManySheet)
    grab(window, shots / f"{name}-many.png")
    for button in (sheet.none, sheet.all, sheet.newest):
        assert button.width() >= button.minimumSizeHint().width()
    sheet.none.click()
    settle(qtbot, window)


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_being_saved_and_the_question_at_going_fit(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    a_mixed_folder: Path,
    language: str,
    percent: int,
) -> None:
    set_language("en" if language == "en" else "th")
    laptop = SlowLaptop()
    screen = enlarged(qtbot, make_window, laptop, percent)
    window, bar = window_of(screen), screen.view.evidence.intake_bar
    shots, name = shots_folder(tmp_path / "shots"), f"bulk-{language}-{percent}"
    give(screen, a_mixed_folder)
    qtbot.waitUntil(screen.view.evidence.slots[AFTER].saving.isVisible)
    grab(window, shots / f"{name}-saving.png")
    assert bar.stop.width() >= bar.stop.minimumSizeHint().width()
    window.close()
    sheet = sheet_of(screen, UnfinishedSheet)
    grab(window, shots / f"{name}-going.png")
    for button in (sheet.copy, sheet.leave, sheet.stay):
        assert button.width() >= button.minimumSizeHint().width()
    sheet.stay.click()
    laptop.goes_on()
    settle(qtbot, window)
