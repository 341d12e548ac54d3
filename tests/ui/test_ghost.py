"""The photo from before lies over a chosen after photo, fitted to its view of the spot."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.domain.photo import PhotoRole
from field_app.resources import resource
from field_app.texts import Language
from field_app.ui.language import choose_language
from field_app.ui.photos.ghost import earlier_of
from field_app.ui.photos.ghosted_photo import fitted_ghost
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.theme import PERCENTS
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.test_work_screen import opened, settle, window_of
from tests.ui.work_laptop import CITIZEN, WorkLaptop, a_card, a_job

pytestmark = pytest.mark.usefixtures("thai")

BEFORE = a_card("pothole_before", PhotoRole.BEFORE, 80)
OTHER = a_card("tree_before", PhotoRole.BEFORE, 70)
AFTER = a_card("pothole_after", PhotoRole.AFTER, 9)


def viewer_of(qtbot: QtBot, screen: WorkScreen, photo_id: str) -> PhotoViewer:
    screen._view_photo(photo_id)
    settle(qtbot, window_of(screen))
    viewer = screen.show_photos.viewer
    assert viewer is not None
    return viewer


def press(qtbot: QtBot, viewer: PhotoViewer, key: Qt.Key) -> None:
    QTest.keyClick(viewer, key)
    settle(qtbot, window_of(viewer))


def test_the_before_photo_lies_over_a_chosen_after_photo(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(*CITIZEN, BEFORE, AFTER))))
    viewer = viewer_of(qtbot, screen, AFTER.photo.id)
    assert viewer.ghost_bar.isVisible()
    plain = viewer.picture.grab().toImage()
    press(qtbot, viewer, Qt.Key.Key_G)
    assert viewer.ghost_bar.strength.isVisible()
    faces = [viewer.picture.grab().toImage()]
    assert faces[0] != plain
    press(qtbot, viewer, Qt.Key.Key_Plus)
    assert viewer.ghost_bar.strength.percent == 60
    assert viewer.picture.grab().toImage() != faces[0]
    press(qtbot, viewer, Qt.Key.Key_Minus)
    assert viewer.picture.grab().toImage() == faces[0]
    press(qtbot, viewer, Qt.Key.Key_G)
    assert viewer.picture.grab().toImage() == plain


def test_the_strength_is_the_one_of_the_camera_and_remembered(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(*CITIZEN, BEFORE, AFTER))))
    viewer = viewer_of(qtbot, screen, AFTER.photo.id)
    press(qtbot, viewer, Qt.Key.Key_G)
    press(qtbot, viewer, Qt.Key.Key_Minus)
    viewer.close_it()
    again = viewer_of(qtbot, screen, AFTER.photo.id)
    assert again.picture.ghost.strength == 40
    assert not again.picture.has_ghost


def test_a_citizens_photo_has_no_ghost(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(*CITIZEN, BEFORE, AFTER))))
    viewer = viewer_of(qtbot, screen, CITIZEN[0].photo.id)
    assert not viewer.ghost_bar.isVisible()
    press(qtbot, viewer, Qt.Key.Key_G)
    assert not viewer.picture.has_ghost
    viewer.close_it()
    before = viewer_of(qtbot, screen, BEFORE.photo.id)
    assert before.ghost_bar.isVisible()


def test_the_ghost_is_the_pair_else_the_newest_before_photo() -> None:
    paired = replace(AFTER, photo=replace(AFTER.photo, pair_id=BEFORE.photo.id))
    cards = (*CITIZEN, BEFORE, OTHER, AFTER)
    assert earlier_of(cards, paired) == BEFORE
    assert earlier_of(cards, AFTER) == OTHER
    assert earlier_of((*CITIZEN, AFTER), AFTER) == CITIZEN[-1]
    assert earlier_of((AFTER,), AFTER) is None


def test_the_ghost_is_bent_to_the_view_of_the_later_photo(tmp_path: Path) -> None:
    whole = QImage(str(resource("demo", "photos", "pothole_before.jpg")))
    wide, tall = whole.width(), whole.height()
    nearer = tmp_path / "nearer.jpg"
    assert whole.copy(wide // 10, tall // 5, wide * 9 // 10, tall * 4 // 5).save(str(nearer))
    laid = fitted_ghost(resource("demo", "photos", "pothole_before.jpg"), nearer)
    under = QImage(str(nearer)).scaled(laid.size())
    middle = laid.rect().center()
    places = [
        (middle.x() + right, middle.y() + down) for right in (-200, 200) for down in (-90, 90)
    ]
    for right, down in places:
        near, there = (_softly(picture, right, down) for picture in (laid, under))
        assert abs(near.lightness() - there.lightness()) < 20


def _softly(picture: QImage, right: int, down: int) -> QColor:
    """Return the colour of a few pixels around a place."""
    return picture.copy(right - 8, down - 8, 16, 16).scaled(1, 1).pixelColor(0, 0)


def test_a_ghost_of_another_place_comes_as_it_is() -> None:
    before = resource("demo", "photos", "tree_before.jpg")
    laid = fitted_ghost(before, resource("demo", "photos", "drain_after.jpg"))
    assert not laid.hasAlphaChannel()


@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("spoken", ["th", "en"])
def test_the_viewer_with_a_ghost_fits(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, spoken: Language, percent: int
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(*CITIZEN, BEFORE, AFTER))))
    window = window_of(screen)
    choose_language(spoken, window.office.settings)
    window.office.theme.set_percent(percent)
    window.resize(1280, 640)
    viewer = viewer_of(qtbot, screen, AFTER.photo.id)
    press(qtbot, viewer, Qt.Key.Key_G)
    shot = shots_folder(tmp_path) / f"viewer-ghost-{percent}-{spoken}.png"
    assert grab(window, shot, window.size()).is_file()
    assert (window.width(), window.height()) == (1280, 640)
    assert viewer.minimumSizeHint().width() <= 1280
    assert viewer.minimumSizeHint().height() <= 640
