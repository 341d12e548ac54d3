"""A photo beside the earlier one that shows the same: what leads there, and what stands there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from field_app.domain.changes import Changes
from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.queries.repeats import Absence, Repeat
from field_app.texts import Language
from field_app.ui.language import choose_language
from field_app.ui.photos.repeat_sheet import RepeatSheet
from field_app.ui.photos.zoomed_photo import MOST, Zoom, ZoomedPhoto
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.review.screen import ReviewScreen
from field_app.ui.theme import ThemeName
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CHIEF
from tests.ui.test_checks import ODD, OTHER_JOB, a_review, card_of, reviewing, viewer_of
from tests.ui.test_work_screen import opened, settle, window_of
from tests.ui.work_laptop import JOB, WorkLaptop, a_card, a_job

pytestmark = pytest.mark.usefixtures("thai")

AGAIN = card_of(ODD, "pothole_after").photo.id
EARLIER = a_card("pothole_after2", PhotoRole.AFTER, 1500)


def a_repeat(**facts: Any) -> Repeat:
    """Return the after photo beside one of another job; `facts` replace its own."""
    card = card_of(a_job(TicketState.IN_REVIEW, ODD).photos, "pothole_after")
    check = next(check for check in card.checks if check.seen is not None)
    plain: dict[str, Any] = {
        "ticket_id": JOB,
        "card": card,
        "check": check,
        "seen": OTHER_JOB,
        "earlier": EARLIER,
        "absence": None,
        "has_job": True,
    }
    return Repeat(**(plain | facts))


def a_laptop(repeat: Repeat) -> WorkLaptop:
    laptop = a_review(ODD, resolution_note="ซ่อมแล้ว")
    laptop.repeats[AGAIN] = repeat
    laptop.queue = (*laptop.queue, replace(laptop.queue[1], ticket_id=OTHER_JOB.ticket_id))
    return laptop


def sheet_of(screen: WorkScreen | ReviewScreen) -> RepeatSheet:
    settle_screen = window_of(screen)
    (sheet,) = [s for s in settle_screen.findChildren(RepeatSheet) if s.isVisible()]
    return sheet


@pytest.fixture
def laptop() -> WorkLaptop:
    return a_laptop(a_repeat())


@pytest.fixture
def screen(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> ReviewScreen:
    return reviewing(qtbot, make_window, laptop)


def compared(qtbot: QtBot, screen: ReviewScreen) -> RepeatSheet:
    """Press the fact in the review; return the sheet with both pictures."""
    row = screen.view.decision.rows[0]
    QTest.keyClick(row, Qt.Key.Key_Return)
    settle(qtbot, window_of(screen))
    return sheet_of(screen)


def test_a_fact_of_the_review_leads_to_both_photos_and_esc_back(
    qtbot: QtBot, screen: ReviewScreen
) -> None:
    row = screen.view.decision.rows[0]
    assert row.way.text() == "ดูสองรูปคู่กัน"
    assert "ดูสองรูปคู่กัน" in row.accessibleName()
    assert not screen.view.decision.rows[1].way.isVisible()
    row.setFocus()
    sheet = compared(qtbot, screen)
    assert sheet.title.text() == "รูปคล้ายงานอื่น"
    assert sheet.said.text().startswith("เป็นภาพเดียวกับรูป “หลังทำ” ของงาน 2026-T6BN1D · เป็นคนละไฟล์")
    assert sheet.earlier.name.text() == "งาน 2026-T6BN1D · หลังทำ"
    assert sheet.this.name.text() == f"งาน {JOB} · หลังทำ"
    assert sheet.earlier.times.text().startswith("เพิ่มเมื่อ 19 พ.ย.")
    assert sheet.earlier.picture.has_picture
    assert sheet.this.picture.has_picture
    assert sheet.this.picture.hasFocus()
    QTest.keyClick(sheet.this.picture, Qt.Key.Key_Escape)
    assert screen.show_photos.repeats.sheet is None
    assert row.hasFocus()


def test_a_click_on_the_fact_in_the_large_view_leads_there_too(
    qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop
) -> None:
    screen = opened(qtbot, make_window, laptop)
    screen._view_photo(AGAIN)
    settle(qtbot, window_of(screen))
    viewer = viewer_of(screen)
    row = viewer.facts.rows[0]
    assert row.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    settle(qtbot, window_of(screen))
    sheet = sheet_of(screen)
    with qtbot.waitSignal(screen.visit_wished) as blocker:
        QTest.mouseClick(sheet.job, Qt.MouseButton.LeftButton)
    assert blocker.args == ["work", OTHER_JOB.ticket_id]
    assert not viewer.isVisible()
    assert not sheet.isVisible()


def test_the_job_of_the_earlier_photo_is_opened(qtbot: QtBot, screen: ReviewScreen) -> None:
    sheet = compared(qtbot, screen)
    assert sheet.job.text() == "เปิดงาน 2026-T6BN1D"
    sheet.job.click()
    settle(qtbot, window_of(screen))
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.stack.currentWidget() is workplace.screen_of("work")


@pytest.mark.parametrize(
    ("absence", "has_job", "words"),
    [
        (Absence.OTHER_CREWS, False, "เห็นเฉพาะหัวหน้างาน"),
        (Absence.NO_JOB, False, "ยังไม่อยู่ในเครื่อง"),
        (Absence.TAKEN_BACK, True, "ทีมนำรูปนี้ออกแล้ว"),
        (Absence.NOT_FETCHED, True, "ภาพจะมาเอง"),
    ],
)
def test_without_a_picture_it_says_calmly_why(
    qtbot: QtBot, make_window: MakeWindow, absence: Absence, has_job: bool, words: str
) -> None:
    laptop = a_laptop(a_repeat(earlier=None, absence=absence, has_job=has_job))
    sheet = compared(qtbot, reviewing(qtbot, make_window, laptop))
    assert not sheet.earlier.has_photo
    assert words in sheet.earlier.absence.text()
    assert sheet.earlier.name.text() == "งาน 2026-T6BN1D · หลังทำ"
    assert sheet.earlier.times.text() != ""
    assert sheet.job.isVisible() == has_job
    assert sheet.this.has_photo


def test_within_one_job_there_is_no_other_job_to_open(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    seen = replace(OTHER_JOB, ticket_id=JOB, role=PhotoRole.BEFORE, is_same_file=True)
    sheet = compared(qtbot, reviewing(qtbot, make_window, a_laptop(a_repeat(seen=seen))))
    assert not sheet.job.isVisible()
    assert sheet.said.text().endswith("เป็นไฟล์เดียวกันทุกไบต์")
    assert sheet.earlier.name.text() == f"งาน {JOB} · ก่อนทำ"


def test_a_picture_that_arrives_meanwhile_is_shown_at_once(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_laptop(a_repeat(earlier=None, absence=Absence.NOT_FETCHED))
    screen = reviewing(qtbot, make_window, laptop)
    sheet = compared(qtbot, screen)
    laptop.repeats[AGAIN] = a_repeat(earlier=replace(EARLIER, screen=None))
    window_of(screen).office.bus.changed.emit(Changes(everything=True))
    settle(qtbot, window_of(screen))
    assert sheet.earlier.picture.has_picture
    assert sheet.earlier.note.isVisible()
    laptop.repeats[AGAIN] = a_repeat()
    window_of(screen).office.bus.changed.emit(Changes(everything=True))
    settle(qtbot, window_of(screen))
    assert not sheet.earlier.note.isVisible()


def test_what_is_said_no_more_closes_the_sheet(
    qtbot: QtBot, screen: ReviewScreen, laptop: WorkLaptop
) -> None:
    sheet = compared(qtbot, screen)
    laptop.repeats.clear()
    with qtbot.waitSignal(screen.show_photos.changed):
        window_of(screen).office.bus.changed.emit(Changes(everything=True))
    assert not sheet.isVisible()


def test_both_photos_zoom_together_by_keys(qtbot: QtBot, screen: ReviewScreen) -> None:
    sheet = compared(qtbot, screen)
    left, right = sheet.earlier.picture, sheet.this.picture
    assert not sheet.further.isEnabled()
    QTest.keyClick(right, Qt.Key.Key_Plus)
    QTest.keyClick(right, Qt.Key.Key_Right)
    assert left.zoom is right.zoom
    assert sheet.zoom.factor > 1
    assert sheet.zoom.middle.x() > 0.5
    for _press in range(20):
        QTest.keyClick(right, Qt.Key.Key_Plus)
    assert sheet.zoom.factor == MOST
    assert not sheet.closer.isEnabled()
    QTest.keyClick(right, Qt.Key.Key_0)
    assert (sheet.zoom.is_whole, sheet.zoom.middle) == (True, QPointF(0.5, 0.5))


def turned(photo: ZoomedPhoto, at: QPoint, notches: int) -> None:
    """Turn the wheel over a photo."""
    place = QPointF(at)
    event = QWheelEvent(
        place,
        photo.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's signature
    )
    QApplication.sendEvent(photo, event)


def test_the_wheel_goes_closer_to_what_it_points_at_and_the_mouse_pulls(
    qtbot: QtBot, screen: ReviewScreen
) -> None:
    sheet = compared(qtbot, screen)
    photo = sheet.earlier.picture
    place = photo._shown_at
    assert place is not None
    point = (place.topLeft() + QPointF(place.width() * 0.25, place.height() * 0.25)).toPoint()
    turned(photo, point, 4)
    now = photo._shown_at
    assert now is not None
    assert abs(now.left() + now.width() * 0.25 - point.x()) < 2
    before = sheet.zoom.middle.x()
    middle = photo.rect().center()
    QTest.mousePress(photo, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(photo, middle - QPoint(30, 0))
    QTest.mouseRelease(photo, Qt.MouseButton.LeftButton, pos=middle - QPoint(30, 0))
    assert sheet.zoom.middle.x() > before
    turned(photo, point, -9)
    assert sheet.zoom.is_whole


def test_photos_that_are_looked_at_closely_are_loaded_as_sharp_as_they_are(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    large = tmp_path / "large.png"
    assert QImage(str(EARLIER.screen)).scaledToWidth(2048).save(str(large))
    laptop = a_laptop(a_repeat(earlier=replace(EARLIER, screen=large)))
    sheet = compared(qtbot, reviewing(qtbot, make_window, laptop))
    image = sheet.earlier.picture._image
    assert image is not None
    assert image.width() == 2048


def test_a_zoom_never_looks_past_the_edge() -> None:
    parent = QObject()
    zoom = Zoom(parent)
    zoom.step(2)
    for _press in range(40):
        zoom.move(1, -1)
    edge = 0.5 / zoom.factor
    assert zoom.middle == QPointF(1 - edge, edge)
    zoom.step(-2)
    assert zoom.middle == QPointF(0.5, 0.5)


LONG = a_repeat(
    earlier=None,
    absence=Absence.NOT_FETCHED,
    seen=replace(OTHER_JOB, photo_id=PhotoId("old")),
)


@pytest.mark.parametrize(
    ("look", "language", "percent"),
    [
        ("light", "th", 100),
        ("light", "en", 150),
        ("light", "th", 150),
        ("dark", "th", 100),
        ("sunlight", "en", 100),
    ],
)
def test_the_sheet_fits(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    look: ThemeName,
    language: Language,
    percent: int,
) -> None:
    folder = shots_folder(tmp_path)
    for name, repeat in {"both": a_repeat(), "absent": LONG}.items():
        laptop = a_laptop(repeat)
        laptop.person = CHIEF
        screen = reviewing(qtbot, make_window, laptop)
        window = window_of(screen)
        choose_language(language, window.office.settings)
        window.office.theme.set_percent(percent)
        window.office.theme.name = look
        window.office.theme.apply()
        settle(qtbot, window)
        grab(window, folder / f"repeat-review-{name}-{look}-{language}-{percent}.png")
        sheet = compared(qtbot, screen)
        grab(window, folder / f"repeat-{name}-{look}-{language}-{percent}.png")
        assert sheet._panel.height() <= window.height()
        labels = [sheet.said, sheet.earlier.times, sheet.this.times, sheet.earlier.absence]
        for label in (label for label in labels if label.isVisible()):
            assert label.height() >= label.heightForWidth(label.width())
        assert not sheet.earlier.name.is_cut
        assert sheet.this.picture.height() > 200
