"""The camera sheet: aim, take, keep, the ghost over the picture, and everything that goes wrong."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from field_app.actions import photos
from field_app.actions.tickets import undo
from field_app.domain.errors import DiskFull
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.photos.intake import read_facts
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import Language
from field_app.ui.camera.camera_line import SILENT_MS
from field_app.ui.camera.camera_sheet import CameraSheet
from field_app.ui.camera.cameras import Device, NoCameras, Trouble, found_cameras
from field_app.ui.camera.stages import Stage
from field_app.ui.camera.words import trouble_words
from field_app.ui.language import choose_language
from field_app.ui.photos.ghost import ghost_area, ghosts_for
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.theme import PERCENTS, ThemeName
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.painted_camera import BUILT_IN, USB, PaintedCameras, scene
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import BEFORE, CITIZEN, JOB, WorkLaptop, a_job

pytestmark = pytest.mark.usefixtures("thai")


class Studio:
    """A work screen whose computer has painted cameras."""

    def __init__(self, qtbot: QtBot, make_window: MakeWindow, *plugged: Device) -> None:
        self.qtbot = qtbot
        self.laptop = WorkLaptop(a_job(cards=(*CITIZEN, BEFORE)))
        self.screen: WorkScreen = opened(qtbot, make_window, self.laptop)
        self.cameras = PaintedCameras(*plugged)
        self.screen.photos.camera.find = lambda _parent: self.cameras

    def opens(self, role: PhotoRole = PhotoRole.AFTER) -> "Studio":
        """Press the button of a slot."""
        buttons = self.screen.view.evidence.slots[role].findChildren(QPushButton)
        next(b for b in buttons if b.toolTip() == "กล้อง (Ctrl+Shift+C)").click()
        self.settles()
        return self

    def settles(self) -> None:
        settle(self.qtbot, window_of(self.screen))

    @property
    def sheet(self) -> CameraSheet:
        sheet = self.screen.photos.camera.sheet
        assert sheet is not None
        return sheet

    def is_open(self) -> bool:
        return self.screen.photos.camera.sheet is not None

    def stage(self) -> Stage:
        return self.sheet.stage

    def presses(self, key: Any) -> "Studio":
        """Press a key in the sheet."""
        if isinstance(key, str):
            code, none, repeats = ord(key.upper()), Qt.KeyboardModifier.NoModifier, False
            for is_down in (True, False):
                QTest.simulateEvent(self.sheet, is_down, code, none, key, repeats)
        else:
            QTest.keyClick(self.sheet, key)
        self.settles()
        return self

    @property
    def contents(self) -> list[bytes]:
        """What was taken in."""
        return [deed[2] for deed in self.laptop.deeds(photos.attach)]


@pytest.fixture
def studio(qtbot: QtBot, make_window: MakeWindow) -> Studio:
    return Studio(qtbot, make_window, BUILT_IN)


def test_a_photo_is_aimed_taken_looked_at_and_kept(studio: Studio) -> None:
    studio.opens()
    sheet = studio.sheet
    assert sheet.title.text() == "กล้อง · รูปหลังทำ"
    assert studio.stage() is Stage.AIMING
    assert sheet.main.text() == "ถ่ายรูป"
    studio.presses(Qt.Key.Key_Space)
    assert studio.stage() is Stage.LOOKING
    assert sheet.main.text() == "เก็บรูปนี้"
    assert sheet.again.isVisible()
    assert studio.contents == []
    studio.presses(Qt.Key.Key_Return)
    assert studio.stage() is Stage.AIMING
    assert sheet._kept.text() == "เก็บแล้ว 1 รูป"
    assert [(job, role) for job, role, _data in studio.laptop.deeds(photos.attach)] == [
        (JOB, PhotoRole.AFTER)
    ]


def test_a_kept_photo_names_its_camera_and_the_right_time(studio: Studio) -> None:
    clock = window_of(studio.screen).office.clock
    clock.offset_ms = 45 * 60 * 1000
    studio.opens().presses(Qt.Key.Key_Space).presses(Qt.Key.Key_Space)
    facts = read_facts(studio.contents[0])
    assert facts.taken_at == NOW + timedelta(minutes=45)
    assert (facts.width, facts.height) == (1280, 720)
    assert facts.evidence.camera == "Integrated Camera"
    assert facts.evidence.has_zone
    assert facts.evidence.signs == ()
    assert facts.place is None


def test_several_photos_are_told_and_undone_together(studio: Studio) -> None:
    studio.opens()
    for _round in range(2):
        studio.presses(Qt.Key.Key_Space).presses(Qt.Key.Key_Space)
    assert studio.sheet._kept.text() == "เก็บแล้ว 2 รูป"
    studio.sheet.done.click()
    studio.settles()
    assert not studio.is_open()
    assert toast(studio.screen) == "บันทึกรูปหลังทำแล้ว 2 รูป"
    assert len(studio.screen.view.evidence.slots[PhotoRole.AFTER].cards) == 2
    workplace = window_of(studio.screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    studio.settles()
    assert studio.laptop.deeds(undo) == [("new-2",), ("new-1",)]


def test_a_photo_that_is_taken_again_is_not_added(studio: Studio) -> None:
    studio.opens().presses(Qt.Key.Key_Space).presses("t")
    assert studio.stage() is Stage.AIMING
    studio.presses(Qt.Key.Key_Space).presses(Qt.Key.Key_Escape)
    assert studio.stage() is Stage.AIMING
    studio.presses(Qt.Key.Key_Escape)
    assert not studio.is_open()
    assert studio.contents == []


def test_a_click_beside_the_sheet_throws_no_photo_away(studio: Studio) -> None:
    studio.opens().presses(Qt.Key.Key_Space)
    QTest.mouseClick(studio.sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert studio.stage() is Stage.LOOKING
    studio.presses("t")
    QTest.mouseClick(studio.sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not studio.is_open()


def test_a_photo_that_is_looked_at_is_kept_when_the_window_closes(studio: Studio) -> None:
    window = window_of(studio.screen)
    studio.laptop.sync_status = SyncStatus(reach=Reach.OFFLINE)
    studio.opens().presses(Qt.Key.Key_Space)
    window.close()
    assert window.isVisible()
    question = window._unfinished.sheet
    assert question is not None
    assert question.names == ("รูปจากกล้องที่กำลังดูอยู่",)
    question.close_it()
    assert studio.stage() is Stage.LOOKING
    window.close()
    question = window._unfinished.sheet
    assert question is not None
    question.leave_wished.emit()
    studio.qtbot.waitUntil(lambda: not window.isVisible())
    assert len(studio.contents) == 1
    assert studio.cameras.stops == [BUILT_IN]


def test_the_window_closes_over_a_camera_that_only_looks(studio: Studio) -> None:
    studio.laptop.sync_status = SyncStatus(reach=Reach.OFFLINE)
    studio.opens()
    window = window_of(studio.screen)
    window.close()
    assert not window.isVisible()
    assert studio.cameras.stops == [BUILT_IN]


@pytest.mark.parametrize("letter", ["C", "แ", "ฉ"])
def test_ctrl_shift_c_opens_the_camera_in_both_layouts(studio: Studio, letter: str) -> None:
    studio.screen.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    repeats = False
    for is_down in (True, False):
        QTest.simulateEvent(studio.screen, is_down, ord(letter), both, letter, repeats)
    studio.settles()
    assert studio.is_open()
    assert studio.sheet._role is PhotoRole.AFTER


def test_the_sheet_shows_what_the_camera_sees(studio: Studio) -> None:
    studio.opens()
    seen = scene("tree_after")
    studio.cameras.sees(seen)
    assert studio.sheet.sight.picture == seen
    studio.presses(Qt.Key.Key_Space)
    studio.cameras.sees(scene("lamp_after"))
    assert studio.sheet.sight.picture == seen


@pytest.mark.parametrize("way", ["done", "sign out", "other job", "window"])
def test_the_camera_is_off_when_nobody_needs_it(studio: Studio, way: str) -> None:
    studio.opens()
    camera = studio.cameras.made[0]
    assert camera.is_on
    window = window_of(studio.screen)
    match way:
        case "done":
            studio.sheet.done.click()
        case "sign out":
            window._sign_out()
            studio.settles()
        case "other job":
            studio.screen.photos.turn_to(studio.laptop.rows[1].id)
        case _:
            window.leave()
    assert studio.cameras.stops == [BUILT_IN]


def test_without_a_camera_the_other_ways_in_are_named(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    studio = Studio(qtbot, make_window).opens()
    sheet = studio.sheet
    assert studio.stage() is Stage.TROUBLED
    assert sheet.trouble.words == (
        "ไม่พบกล้อง เสียบกล้องแล้วภาพจะขึ้นเอง หรือเพิ่มรูปจากไฟล์ วางจากคลิปบอร์ด หรือจากมือถือ"
    )
    assert sheet.main.text() == "ลองอีกครั้ง"
    studio.cameras.plug(USB)
    assert studio.stage() is Stage.AIMING
    assert sheet.side.camera.text() == "USB Camera C270"


def test_a_camera_that_another_program_has_is_tried_again(studio: Studio) -> None:
    studio.cameras.refusals[BUILT_IN.key] = Trouble.BUSY
    studio.opens()
    assert studio.stage() is Stage.TROUBLED
    assert studio.sheet.trouble.words == " ".join(trouble_words(Trouble.BUSY))
    studio.cameras.refusals.clear()
    studio.sheet.main.click()
    assert studio.stage() is Stage.AIMING
    assert not studio.cameras.made[0].is_on


def test_a_camera_that_says_nothing_is_not_waited_for_for_ever(studio: Studio) -> None:
    studio.cameras.is_silent = True
    studio.opens()
    line = studio.sheet.line
    assert studio.stage() is Stage.WAITING
    assert line._silence.isActive()
    assert line._silence.interval() == SILENT_MS
    line._silence.timeout.emit()
    assert studio.sheet.trouble.words == " ".join(trouble_words(Trouble.BUSY))


def test_a_photo_that_never_comes_is_not_waited_for_for_ever(studio: Studio) -> None:
    studio.opens()
    studio.cameras.is_silent = True
    studio.presses(Qt.Key.Key_Space)
    assert studio.stage() is Stage.TAKING
    studio.sheet.line._silence.timeout.emit()
    assert studio.stage() is Stage.TROUBLED


def test_a_camera_that_is_unplugged_says_so_and_comes_back(studio: Studio) -> None:
    studio.opens()
    studio.cameras.plug()
    assert studio.stage() is Stage.TROUBLED
    assert studio.sheet.trouble.words.startswith("กล้องถูกถอดออก")
    assert not studio.cameras.made[0].is_on
    studio.cameras.plug(BUILT_IN)
    assert studio.stage() is Stage.AIMING


def test_a_photo_can_be_kept_after_the_camera_was_unplugged(studio: Studio) -> None:
    studio.opens().presses(Qt.Key.Key_Space)
    studio.cameras.plug()
    assert studio.stage() is Stage.LOOKING
    studio.presses(Qt.Key.Key_Return)
    assert len(studio.contents) == 1
    assert studio.stage() is Stage.TROUBLED
    assert studio.sheet._kept.text() == "เก็บแล้ว 1 รูป"


def test_another_camera_is_chosen_and_remembered(qtbot: QtBot, make_window: MakeWindow) -> None:
    studio = Studio(qtbot, make_window, BUILT_IN, USB).opens()
    assert studio.sheet.side.camera.text() == "Integrated Camera"
    assert studio.sheet.side.next.isVisible()
    studio.presses("c")
    assert studio.sheet.side.camera.text() == "USB Camera C270"
    assert not studio.cameras.made[0].is_on
    studio.sheet.done.click()
    studio.opens()
    assert studio.cameras.starts == [BUILT_IN, USB, USB]
    studio.cameras.plug(BUILT_IN)
    assert studio.sheet.trouble.words.startswith("กล้องถูกถอดออก")
    studio.sheet.main.click()
    assert studio.cameras.starts[-1] == BUILT_IN


def test_a_photo_that_cannot_be_saved_is_offered_again(studio: Studio) -> None:
    studio.laptop.failures[photos.attach] = DiskFull("no room")
    studio.opens().presses(Qt.Key.Key_Space).presses(Qt.Key.Key_Space)
    sheet = studio.sheet
    assert sheet.banner.isVisible()
    assert sheet._kept.text() == ""
    del studio.laptop.failures[photos.attach]
    sheet.banner.findChildren(QPushButton)[0].click()
    studio.settles()
    assert not sheet.banner.isVisible()
    assert len(studio.contents) == 1


def test_where_qt_has_no_media_libraries_the_sheet_says_so(studio: Studio) -> None:
    studio.screen.photos.camera.find = NoCameras
    studio.opens()
    assert studio.sheet.trouble.words == " ".join(trouble_words(Trouble.NO_PROGRAM))
    assert "libpulse0" in studio.sheet.trouble.words


def test_a_missing_library_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "field_app.ui.camera.qt_cameras", None)
    found = found_cameras(QObject())
    assert found.trouble is Trouble.NO_PROGRAM
    assert found.devices() == ()


def test_a_job_that_may_not_change_opens_no_camera(qtbot: QtBot, make_window: MakeWindow) -> None:
    studio = Studio(qtbot, make_window, BUILT_IN)
    studio.laptop.job = a_job(TicketState.IN_REVIEW, (*CITIZEN, BEFORE))
    studio.screen._ask()
    studio.settles()
    studio.screen.photos.take_with_camera(PhotoRole.AFTER)
    assert not studio.is_open()


def test_a_start_loads_no_media_libraries() -> None:
    program = (
        "import sys, field_app.ui.main_window, field_app.ui.resolve.screen;"
        "sys.exit('PySide6.QtMultimedia' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def ghosts_of(studio: Studio) -> list[str]:
    return [card.photo.id for card in studio.sheet._ghosts]


def test_the_before_photo_lies_over_the_picture(studio: Studio) -> None:
    studio.opens()
    sheet = studio.sheet
    assert ghosts_of(studio) == [card.photo.id for card in (BEFORE, *reversed(CITIZEN))]
    assert sheet.sight.has_ghost
    assert sheet.sight.ghost.is_there
    with_ghost = sheet.sight.grab().toImage()
    studio.presses("g")
    assert sheet.side.strength.isHidden()
    without = sheet.sight.grab().toImage()
    assert with_ghost != without
    studio.presses("เ")
    assert sheet.sight.grab().toImage() == with_ghost


def test_plus_and_minus_change_the_strength_which_is_remembered(studio: Studio) -> None:
    studio.opens()
    faces = [studio.sheet.sight.grab().toImage()]
    studio.presses(Qt.Key.Key_Plus)
    assert studio.sheet.side.strength.percent == 60
    faces.append(studio.sheet.sight.grab().toImage())
    for _round in range(9):
        studio.presses(Qt.Key.Key_Minus)
    assert studio.sheet.side.strength.percent == 10
    faces.append(studio.sheet.sight.grab().toImage())
    assert faces[0] != faces[1] != faces[2]
    studio.sheet.close_it()
    studio.opens()
    assert studio.sheet.sight.ghost.strength == 10


def test_another_earlier_photo_is_laid_over_it(studio: Studio) -> None:
    studio.opens()
    first = studio.sheet.sight.grab().toImage()
    studio.sheet.side.strip.chosen.emit(CITIZEN[0].photo.id)
    studio.settles()
    assert studio.sheet.sight.grab().toImage() != first
    framed = [key for key, view in studio.sheet.side.strip._photos.items() if view.is_chosen]
    assert framed == [CITIZEN[0].photo.id]


def test_the_ghost_is_never_in_the_photo(studio: Studio) -> None:
    studio.opens().presses(Qt.Key.Key_Space).presses(Qt.Key.Key_Space)
    kept = QImage.fromData(studio.contents[0])
    seen = studio.cameras.scene
    for place in (QPoint(200, 200), QPoint(640, 360), QPoint(1000, 600)):
        near, there = kept.pixelColor(place), seen.pixelColor(place)
        assert abs(near.lightness() - there.lightness()) < 12


def test_a_before_photo_gets_the_citizens_as_ghost(studio: Studio) -> None:
    studio.opens(PhotoRole.BEFORE)
    assert ghosts_of(studio) == [card.photo.id for card in reversed(CITIZEN)]


def test_without_an_earlier_photo_the_sheet_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    studio = Studio(qtbot, make_window, BUILT_IN)
    studio.laptop.job = a_job(cards=())
    studio.screen._ask()
    studio.settles()
    studio.opens()
    assert studio.sheet.side.nothing.text() == "ยังไม่มีรูปเดิมให้ซ้อนบนภาพ"
    assert not studio.sheet.side.shown.isVisible()


def test_a_photo_without_a_picture_here_is_no_ghost() -> None:
    gone = replace(BEFORE, thumb=None, screen=None)
    assert ghosts_for((gone, *CITIZEN), PhotoRole.AFTER) == tuple(reversed(CITIZEN))


def test_the_same_part_of_the_scene_lies_over_itself() -> None:
    under = QRectF(10, 20, 1600, 900)
    assert ghost_area(QSizeF(4000, 3000), under) == QRectF(10, -130, 1600, 1200)
    assert ghost_area(QSizeF(3200, 900), under) == QRectF(-790, 20, 3200, 900)
    assert ghost_area(QSizeF(3000, 4000), under) == QRectF(472.5, 20, 675, 900)


@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("spoken", ["th", "en"])
@pytest.mark.parametrize("is_plugged", [True, False])
def test_the_sheet_fits_a_small_laptop(
    qtbot: QtBot, make_window: MakeWindow, percent: int, spoken: Language, is_plugged: bool
) -> None:
    plugged = (BUILT_IN, USB) if is_plugged else ()
    studio = Studio(qtbot, make_window, *plugged)
    window = window_of(studio.screen)
    choose_language(spoken, window.office.settings)
    window.office.theme.set_percent(percent)
    window.resize(1280, 640)
    studio.screen.photos.take_with_camera(PhotoRole.AFTER)
    studio.settles()
    sheet = studio.sheet
    for stage in (sheet.stage, Stage.LOOKING):
        sheet._set_stage(stage)
        studio.settles()
        assert (window.width(), window.height()) == (1280, 640)
        panel = sheet._panel
        assert panel.minimumSizeHint().width() <= panel.width()
        assert panel.minimumSizeHint().height() <= 638
        assert sheet.rect().contains(panel.geometry())
        assert sheet.sight.height() >= 160
        buttons = [b for b in sheet.findChildren(QPushButton) if b.isVisible()]
        assert all(b.width() >= b.minimumSizeHint().width() for b in buttons)
        assert all(b.height() >= 44 for b in buttons)


def test_the_words_follow_the_language(studio: Studio) -> None:
    studio.opens().presses(Qt.Key.Key_Space)
    choose_language("en", window_of(studio.screen).office.settings)
    assert studio.sheet.title.text() == "Camera · after photo"
    assert studio.sheet.main.text() == "Keep photo"
    assert studio.sheet.side.shown.label.text() == "Earlier photo over it"


@pytest.mark.parametrize("spoken", ["th", "en"])
@pytest.mark.parametrize("look", ["light", "dark", "sunlight"])
def test_pictures_of_the_ghost(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, spoken: Language, look: ThemeName
) -> None:
    studio = Studio(qtbot, make_window, BUILT_IN, USB)
    window = window_of(studio.screen)
    choose_language(spoken, window.office.settings)
    theme = window.office.theme
    theme.name = look
    theme.apply()
    studio.screen.photos.take_with_camera(PhotoRole.AFTER)
    studio.settles()
    folder = shots_folder(tmp_path)
    assert grab(window, folder / f"camera-{look}-{spoken}.png").is_file()
    studio.presses(Qt.Key.Key_Space)
    assert grab(window, folder / f"camera-look-{look}-{spoken}.png").is_file()
    studio.presses("t")
    studio.cameras.plug()
    assert grab(window, folder / f"camera-gone-{look}-{spoken}.png").is_file()
