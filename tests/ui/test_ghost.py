"""The photo from before lies over a chosen after photo, fitted to its view of the spot."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import photos
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.resources import resource
from field_app.texts import Language
from field_app.ui.language import choose_language
from field_app.ui.photos.ghost import earlier_of
from field_app.ui.photos.ghosted_photo import fitted_ghost
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.review.compare_panel import ComparePanel
from field_app.ui.theme import PERCENTS
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import CITIZEN, JOB, WorkLaptop, a_card, a_job

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
    assert viewer.ghost.bar.isVisible()
    plain = viewer.picture.grab().toImage()
    press(qtbot, viewer, Qt.Key.Key_G)
    assert viewer.ghost.bar.strength.isVisible()
    faces = [viewer.picture.grab().toImage()]
    assert faces[0] != plain
    press(qtbot, viewer, Qt.Key.Key_Plus)
    assert viewer.ghost.bar.strength.percent == 60
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
    assert not viewer.ghost.bar.isVisible()
    press(qtbot, viewer, Qt.Key.Key_G)
    assert not viewer.picture.has_ghost
    viewer.close_it()
    before = viewer_of(qtbot, screen, BEFORE.photo.id)
    assert before.ghost.bar.isVisible()


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


PAIRED = replace(AFTER, photo=replace(AFTER.photo, pair_id=BEFORE.photo.id, pair_matches=90))


def facts_of(viewer: PhotoViewer) -> str:
    return viewer.facts.accessibleName()


def test_another_before_photo_is_chosen_as_the_pair(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=(*CITIZEN, BEFORE, OTHER, PAIRED)))
    screen = opened(qtbot, make_window, laptop)
    viewer = viewer_of(qtbot, screen, AFTER.photo.id)
    assert "คู่กับ: ก่อนทำ 19 พ.ย. 09:21 น.. จุดที่ตรงกัน 90 จุด" in facts_of(viewer)
    assert not viewer.ghost.strip.isVisible()
    press(qtbot, viewer, Qt.Key.Key_G)
    assert viewer.ghost.strip.isVisible()
    first = viewer.picture.grab().toImage()
    viewer.ghost.strip.chosen.emit(BEFORE.photo.id)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.pair) == []
    viewer.ghost.strip.chosen.emit(OTHER.photo.id)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.pair) == [(JOB, AFTER.photo.id, OTHER.photo.id)]
    assert "จุดที่ตรงกัน 41 จุด" in facts_of(viewer)
    assert viewer.picture.grab().toImage() != first
    framed = [key for key, view in viewer.ghost.strip._photos.items() if view.is_chosen]
    assert framed == [OTHER.photo.id]
    viewer.close_it()
    assert toast(screen).startswith("จับคู่รูปก่อนทำกับหลังทำแล้ว")


def test_a_closed_job_keeps_its_pairs(qtbot: QtBot, make_window: MakeWindow) -> None:
    job = a_job(TicketState.FINISHED, (*CITIZEN, BEFORE, OTHER, PAIRED))
    screen = opened(qtbot, make_window, WorkLaptop(job))
    viewer = viewer_of(qtbot, screen, AFTER.photo.id)
    press(qtbot, viewer, Qt.Key.Key_G)
    assert viewer.picture.has_ghost
    assert not viewer.ghost.strip.isVisible()


def test_the_review_compares_an_after_photo_with_its_pair(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    office = make_window(WorkLaptop()).office
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = ComparePanel(office.theme, office.background, holder)
    alone = a_card("tree_after", PhotoRole.AFTER, 5)
    job = a_job(TicketState.IN_REVIEW, (*CITIZEN, BEFORE, OTHER, PAIRED, alone))
    panel.show_ticket(job, NOW)
    assert panel.before._photo_id == OTHER.photo.id
    panel._choose(AFTER.photo.id)
    assert panel.before._photo_id == BEFORE.photo.id
    assert panel.before._name.text() == "ก่อนทำ · คู่ของรูปหลังทำ"
    panel._choose(CITIZEN[0].photo.id)
    assert panel.before._photo_id == CITIZEN[0].photo.id
    assert panel.before._name.text() == "ภาพจากผู้แจ้ง"
    panel._choose(alone.photo.id)
    assert panel.before._photo_id == OTHER.photo.id


def test_the_review_leaves_earlier_versions_out(qtbot: QtBot, make_window: MakeWindow) -> None:
    office = make_window(WorkLaptop()).office
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = ComparePanel(office.theme, office.background, holder)
    old = replace(BEFORE, replaced_by=OTHER.photo.id)
    job = a_job(TicketState.IN_REVIEW, (*CITIZEN, old, OTHER, PAIRED))
    panel.show_ticket(job, NOW)
    assert panel.before._photo_id == OTHER.photo.id
    assert old.photo.id not in panel.strip._photos
