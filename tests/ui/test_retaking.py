"""A photo is taken again from its slot or the viewer, by camera or file; the earlier one stays."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from field_app.actions import photos
from field_app.actions.tickets import undo
from field_app.domain.errors import DiskFull
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.texts import Language
from field_app.ui.language import choose_language
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.resolve.retake_sheet import RetakeSheet
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.theme import PERCENTS
from tests.helpers.pictures import a_picture
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.painted_camera import BUILT_IN, PaintedCameras
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import BEFORE, CITIZEN, JOB, WorkLaptop, a_card, a_job

pytestmark = pytest.mark.usefixtures("thai")

AFTER = a_card("pothole_after", PhotoRole.AFTER, 9)
CARDS = (*CITIZEN, BEFORE, AFTER)


class Desk:
    """A work screen with an after photo, and a painted camera."""

    def __init__(self, qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> None:
        self.qtbot = qtbot
        self.laptop = laptop
        self.screen: WorkScreen = opened(qtbot, make_window, laptop)
        self.cameras = PaintedCameras(BUILT_IN)
        self.screen.photos.camera.find = lambda _parent: self.cameras

    def settles(self) -> None:
        settle(self.qtbot, window_of(self.screen))

    def asks(self, role: PhotoRole = PhotoRole.AFTER) -> RetakeSheet:
        """Press the button on a slot's photo."""
        buttons = self.screen.view.evidence.slots[role].findChildren(QPushButton)
        next(b for b in buttons if b.toolTip() == "ถ่ายรูปนี้ใหม่").click()
        return self.sheet()

    def sheet(self) -> RetakeSheet:
        sheet = self.screen.photos.retaking.sheet
        assert sheet is not None
        return sheet

    def viewer(self, photo_id: str) -> PhotoViewer:
        self.screen._view_photo(photo_id)
        self.settles()
        viewer = self.screen.show_photos.viewer
        assert viewer is not None
        return viewer

    def shown(self) -> list[str]:
        return [card.photo.id for card in self.screen.view.evidence.slots[PhotoRole.AFTER].cards]


@pytest.fixture
def desk(qtbot: QtBot, make_window: MakeWindow) -> Desk:
    return Desk(qtbot, make_window, WorkLaptop(a_job(cards=CARDS)))


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person chooses."""
    path = tmp_path / "better.jpg"
    path.write_bytes(a_picture())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    return path


def test_a_photo_is_taken_again_from_a_file(desk: Desk, chosen: Path) -> None:
    sheet = desk.asks()
    assert sheet.title.text() == "ถ่ายรูปนี้ใหม่"
    sheet.from_file.click()
    desk.settles()
    assert desk.laptop.deeds(photos.retake) == [(JOB, AFTER.photo.id, chosen)]
    assert toast(desk.screen) == "เปลี่ยนเป็นรูปใหม่แล้ว · รูปเดิมยังอยู่"
    assert len(desk.shown()) == 1
    assert AFTER.photo.id not in desk.shown()
    slot = desk.screen.view.evidence.slots[PhotoRole.AFTER]
    assert slot.chosen is not None
    assert slot.chosen.take == 2


def test_a_photo_is_taken_again_with_the_camera(desk: Desk) -> None:
    desk.asks().with_camera.click()
    desk.settles()
    camera = desk.screen.photos.camera.sheet
    assert camera is not None
    for _press in range(2):
        QTest.keyClick(camera, Qt.Key.Key_Space)
        desk.settles()
    assert desk.screen.photos.camera.sheet is None
    assert desk.cameras.stops == [BUILT_IN]
    ((ticket_id, photo_id, content),) = desk.laptop.deeds(photos.retake)
    assert (ticket_id, photo_id) == (JOB, AFTER.photo.id)
    assert content.startswith(b"\xff\xd8")
    assert desk.laptop.deeds(photos.attach) == []


def test_a_new_photo_that_cannot_be_saved_is_offered_again(desk: Desk) -> None:
    desk.laptop.failures[photos.retake] = DiskFull("no room")
    desk.asks().with_camera.click()
    desk.settles()
    camera = desk.screen.photos.camera.sheet
    assert camera is not None
    for _press in range(2):
        QTest.keyClick(camera, Qt.Key.Key_Space)
        desk.settles()
    assert camera.banner.isVisible()
    del desk.laptop.failures[photos.retake]
    camera.banner.findChildren(QPushButton)[0].click()
    desk.settles()
    assert len(desk.laptop.deeds(photos.retake)) == 1
    assert desk.screen.photos.camera.sheet is None


def test_undo_brings_the_earlier_one_back(desk: Desk, chosen: Path) -> None:
    desk.asks().from_file.click()
    desk.settles()
    workplace = window_of(desk.screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    desk.settles()
    assert desk.laptop.deeds(undo) == [("new-1",)]


def test_the_viewer_takes_again_and_shows_the_earlier_version(desk: Desk, chosen: Path) -> None:
    viewer = desk.viewer(AFTER.photo.id)
    assert viewer.ghost.retake.isVisible()
    QTest.keyClick(viewer, Qt.Key.Key_T)
    assert desk.screen.show_photos.viewer is None
    desk.sheet().from_file.click()
    desk.settles()
    (new_id,) = desk.shown()
    viewer = desk.viewer(new_id)
    assert "ถ่ายครั้งที่ 2" in viewer.words.text()
    viewer.show_next()
    assert viewer.shown.photo.id == AFTER.photo.id
    assert viewer.words.text().startswith("รูปเดิมที่ถูกแทน · ")
    assert not viewer.ghost.retake.isVisible()
    QTest.keyClick(viewer, Qt.Key.Key_T)
    assert desk.screen.photos.retaking.sheet is None


def test_not_now_changes_nothing(desk: Desk) -> None:
    QTest.keyClick(desk.asks(), Qt.Key.Key_Escape)
    QTest.mouseClick(desk.asks(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert desk.screen.photos.retaking.sheet is None
    assert desk.laptop.done == []


def test_what_is_handed_in_is_not_taken_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    desk = Desk(qtbot, make_window, WorkLaptop(a_job(TicketState.IN_REVIEW, CARDS)))
    assert not desk.viewer(AFTER.photo.id).ghost.retake.isVisible()
    desk.screen.photos.retake(AFTER.photo.id)
    assert desk.screen.photos.retaking.sheet is None


def test_a_citizens_photo_is_not_taken_again(desk: Desk) -> None:
    assert not desk.viewer(CITIZEN[0].photo.id).ghost.retake.isVisible()


@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("spoken", ["th", "en"])
def test_slot_sheet_and_viewer_fit(
    desk: Desk, chosen: Path, tmp_path: Path, spoken: Language, percent: int
) -> None:
    window = window_of(desk.screen)
    choose_language(spoken, window.office.settings)
    window.office.theme.set_percent(percent)
    window.resize(1280, 640)
    desk.screen.photos.retake(AFTER.photo.id)
    folder = shots_folder(tmp_path)
    grab(window, folder / f"retake-sheet-{percent}-{spoken}.png", window.size())
    sheet = desk.sheet()
    assert sheet.rect().contains(sheet._panel.geometry())
    sheet.from_file.click()
    desk.settles()
    grab(window, folder / f"retake-slot-{percent}-{spoken}.png", window.size())
    viewer = desk.viewer(desk.shown()[0])
    viewer.ghost.bar.shown.switch.setChecked(True)
    desk.settles()
    grab(window, folder / f"retake-viewer-{percent}-{spoken}.png", window.size())
    assert viewer.minimumSizeHint().width() <= 1280
    assert (window.width(), window.height()) == (1280, 640)
