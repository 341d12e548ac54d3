"""Drawing on photos: mouse, finger and keys; undo; saving; asking before anything is lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import copies, photos, review, tickets
from field_app.domain.errors import DiskFull
from field_app.domain.photo import MARK_TEXT_LIMIT, MARKS_LIMIT, Mark, MarkKind
from field_app.domain.ticket import TicketState
from field_app.photos.shapes import digest
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.photos.leave_marks_sheet import LeaveMarksSheet
from field_app.ui.photos.markup_board import Board, Tool, moved, stretched
from field_app.ui.photos.markup_editor import MarkupEditor
from field_app.ui.photos.photo_show import PhotoShow
from field_app.ui.review.screen import ReviewScreen
from field_app.ui.shared.labels import ThaiLabel
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CHIEF
from tests.ui.test_review_screen import a_review
from tests.ui.test_review_screen import opened as opened_review
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import AFTER, BEFORE, DONE_CARDS, JOB, WorkLaptop, a_job

pytestmark = pytest.mark.usefixtures("thai")

BOX = Mark(kind=MarkKind.BOX, x1=0.3, y1=0.4, x2=0.7, y2=0.8)
MARKS = (
    Mark(kind=MarkKind.BLUR, x1=0.0, y1=0.0, x2=0.2, y2=0.15),
    BOX,
    Mark(kind=MarkKind.ARROW, x1=0.9, y1=0.2, x2=0.72, y2=0.42),
    Mark(kind=MarkKind.TEXT, x1=0.3, y1=0.85, x2=0.3, y2=0.91, text="หลุมกว้าง 2 ม. ที่นี่"),
)


def show_of(screen: QWidget) -> PhotoShow:
    """Return what opens photos over a screen."""
    found = screen.findChild(PhotoShow)
    assert found is not None
    return found


def drawing(qtbot: QtBot, screen: QWidget, photo_id: str = "") -> MarkupEditor:
    """Open the editor from the viewer, by its key."""
    screen._view_photo(photo_id or BEFORE.photo.id)  # type: ignore[attr-defined]  # both screens
    viewer = show_of(screen).viewer
    assert viewer is not None
    QTest.keyClick(viewer, Qt.Key.Key_M)
    editor = show_of(screen).editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.canvas.has_picture)
    settle(qtbot, window_of(screen))
    return editor


def at(editor: MarkupEditor, x: float, y: float) -> QPoint:
    """Return where a part of the picture is seen on the canvas."""
    picture = editor.canvas.picture
    return editor.canvas.mapFromScene(QPointF(x * picture.width(), y * picture.height()))


def drag(editor: MarkupEditor, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag over the picture with the left button."""
    port, left = editor.canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, pos=at(editor, *start))
    QTest.mouseMove(port, at(editor, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    QTest.mouseMove(port, at(editor, *end))
    QTest.mouseRelease(port, left, pos=at(editor, *end))


def near(mark: Mark, *points: float) -> bool:
    """Return whether a mark lies where it was drawn, within a pixel or two."""
    parts = (mark.x1, mark.y1, mark.x2, mark.y2)
    return all(abs(one - other) < 0.006 for one, other in zip(parts, points, strict=True))


@pytest.mark.parametrize(
    ("key", "kind"),
    [("A", MarkKind.ARROW), ("B", MarkKind.BOX), ("H", MarkKind.BLUR), ("้", MarkKind.BLUR)],
)
def test_a_drag_draws_with_the_chosen_tool(
    qtbot: QtBot, make_window: MakeWindow, key: str, kind: MarkKind
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    QTest.simulateEvent(editor.canvas, True, ord(key), Qt.KeyboardModifier.NoModifier, key, False)  # noqa: FBT003
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    (mark,) = editor.marks()
    assert mark.kind is kind
    assert near(mark, 0.2, 0.3, 0.6, 0.7)
    editor.primary.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.mark) == [(JOB, BEFORE.photo.id, (mark,))]


def test_a_finger_draws_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    QTest.keyClick(editor.canvas, Qt.Key.Key_B)
    port, finger = editor.canvas.viewport(), QTest.createTouchDevice()
    QTest.touchEvent(port, finger).press(1, at(editor, 0.2, 0.3), port).commit()
    QTest.touchEvent(port, finger).move(1, at(editor, 0.4, 0.5), port).commit()
    QTest.touchEvent(port, finger).move(1, at(editor, 0.6, 0.7), port).commit()
    QTest.touchEvent(port, finger).release(1, at(editor, 0.6, 0.7), port).commit()
    (mark,) = editor.marks()
    assert near(mark, 0.2, 0.3, 0.6, 0.7)


def test_saving_can_be_undone_like_every_act(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window_of(screen))
    assert toast(screen) == f"บันทึกสิ่งที่ขีดแล้ว · {JOB}"
    assert show_of(screen).viewer is None
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.undo) == [("new-1",)]


def test_everything_goes_by_keys(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    canvas = editor.canvas
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(canvas, Qt.Key.Key_B)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert near(editor.marks()[0], 0.4, 0.4, 0.6, 0.6)
    for _step in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, shift)
    QTest.keyClick(canvas, Qt.Key.Key_Up, control)
    assert near(editor.marks()[0], 0.43, 0.398, 0.63, 0.608)
    QTest.keyClick(canvas, Qt.Key.Key_Z, control)
    QTest.keyClick(canvas, Qt.Key.Key_Z, control)
    QTest.keyClick(canvas, Qt.Key.Key_Z, control)
    assert near(editor.marks()[0], 0.4, 0.4, 0.6, 0.6)
    QTest.keyClick(canvas, Qt.Key.Key_Y, control)
    assert near(editor.marks()[0], 0.43, 0.4, 0.63, 0.6)
    QTest.keyClick(canvas, Qt.Key.Key_A)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert [mark.kind for mark in editor.marks()] == [MarkKind.BOX, MarkKind.ARROW]
    chosen = []
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        QTest.keyClick(canvas, key)
        chosen.append(editor.board.chosen)
    assert chosen == [None, 0, 1]
    assert editor.canvas.accessibleName() == "ลูกศร, 2 จาก 2"
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert [mark.kind for mark in editor.marks()] == [MarkKind.BOX]


def test_tab_leaves_the_photo_after_its_last_mark(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    editor.board.choose(None)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Tab)
    assert editor.canvas.hasFocus()
    QTest.keyClick(editor.canvas, Qt.Key.Key_Tab)
    focused = editor.window().focusWidget()
    assert not editor.canvas.hasFocus()
    assert editor.isAncestorOf(focused)


def test_words_are_written_where_a_person_clicks(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    QTest.keyClick(editor.canvas, Qt.Key.Key_T)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(editor.canvas.viewport(), left, pos=at(editor, 0.25, 0.5))
    assert editor.words.hasFocus()
    editor.words.setText("หลุมลึก ที่นี่")
    QTest.keyClick(editor.words, Qt.Key.Key_Return)
    assert editor.canvas.hasFocus()
    (mark,) = editor.marks()
    assert (mark.kind, mark.text) == (MarkKind.TEXT, "หลุมลึก ที่นี่")
    assert abs(mark.x1 - 0.25) < 0.006
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    editor.words.setText("ลึก 20 ซม.")
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    assert [found.text for found in editor.marks()] == ["ลึก 20 ซม."]
    assert editor.words.maxLength() == MARK_TEXT_LIMIT


def test_letters_in_words_choose_no_tool(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    QTest.keyClick(editor.canvas, Qt.Key.Key_T)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    QTest.keyClicks(editor.words, "AB h")
    assert editor.canvas.tool is Tool.TEXT
    editor.save()
    assert [mark.text for mark in editor.marks()] == ["AB h"]


def test_words_without_a_letter_are_no_mark(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    QTest.keyClick(editor.canvas, Qt.Key.Key_T)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    editor.words.setText("   ")
    editor.save()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.mark) == []


def test_a_mark_is_chosen_moved_and_resized_by_hand(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    QTest.keyClick(editor.canvas, Qt.Key.Key_B)
    drag(editor, (0.2, 0.2), (0.4, 0.4))
    QTest.keyClick(editor.canvas, Qt.Key.Key_S)
    drag(editor, (0.3, 0.3), (0.5, 0.4))
    assert near(editor.marks()[0], 0.4, 0.3, 0.6, 0.5)
    drag(editor, (0.6, 0.5), (0.8, 0.9))
    assert near(editor.marks()[0], 0.4, 0.3, 0.8, 0.9)
    drag(editor, (0.4, 0.9), (0.1, 0.7))
    assert near(editor.marks()[0], 0.1, 0.3, 0.8, 0.7)
    assert editor.head.undo.isEnabled()
    assert not editor.head.redo.isEnabled()
    editor.head.undo.click()
    assert near(editor.marks()[0], 0.4, 0.3, 0.8, 0.9)
    editor.head.redo.click()
    assert near(editor.marks()[0], 0.1, 0.3, 0.8, 0.7)


def test_the_picture_is_zoomed_moved_and_fitted(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    assert editor.canvas.percent == 100
    for _step in range(4):
        QTest.keyClick(editor.canvas, Qt.Key.Key_Plus)
    assert editor.canvas.percent > 200
    assert editor.head.percent.text() == f"{editor.canvas.percent} %"
    QTest.keyClick(editor.canvas, Qt.Key.Key_S)
    before = editor.canvas.mapToScene(QPoint(300, 200))
    port, left = editor.canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, pos=QPoint(300, 200))
    QTest.mouseMove(port, QPoint(200, 150))
    QTest.mouseRelease(port, left, pos=QPoint(200, 150))
    assert editor.canvas.mapToScene(QPoint(200, 150)) == before
    QTest.keyClick(editor.canvas, Qt.Key.Key_0)
    assert editor.canvas.percent == 100
    editor.head.smaller.click()
    assert editor.canvas.percent == 100


def test_leaving_with_unsaved_marks_asks(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    QTest.keyClick(editor.canvas, Qt.Key.Key_Escape)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Escape)
    sheet = window_of(screen).findChild(LeaveMarksSheet)
    assert sheet is not None
    sheet.stay.click()
    assert editor.isVisible()
    assert len(editor.marks()) == 1
    editor.leave()
    sheet = window_of(screen).findChildren(LeaveMarksSheet)[-1]
    sheet.drop.click()
    assert editor.isHidden()
    assert laptop.deeds(photos.mark) == []


def test_closing_the_window_asks_about_unsaved_marks(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    laptop.sync_status = replace(laptop.sync_status, waiting_count=0)
    screen = opened(qtbot, make_window, laptop)
    window = window_of(screen)
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    assert not window.close()
    window.findChildren(LeaveMarksSheet)[-1].stay.click()
    assert len(editor.marks()) == 1
    assert not window.close()
    window.findChildren(LeaveMarksSheet)[-1].drop.click()
    assert window.close()


def test_the_question_can_save_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    editor.head.cross.click()
    window_of(screen).findChildren(LeaveMarksSheet)[-1].keep.click()
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(photos.mark)) == 1


def test_leaving_with_nothing_changed_does_not_ask(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = drawing(qtbot, screen)
    editor.away.click()
    assert editor.isHidden()
    assert window_of(screen).findChild(LeaveMarksSheet) is None


def test_a_failure_keeps_what_was_drawn(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    laptop.failures[photos.mark] = DiskFull("no room")
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    editor.save()
    settle(qtbot, window_of(screen))
    assert editor.isVisible()
    assert editor.primary.isEnabled()
    assert "เต็ม" in editor.banner.words
    assert len(editor.marks()) == 1


def test_more_marks_than_a_photo_may_have_are_refused(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    card = replace(BEFORE, photo=replace(BEFORE.photo, marks=(BOX,) * MARKS_LIMIT))
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(card,))))
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    assert len(editor.marks()) == MARKS_LIMIT
    assert "100" in editor.banner.words


def test_a_closed_job_cannot_be_marked_up(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(TicketState.FINISHED, DONE_CARDS)))
    screen._view_photo(BEFORE.photo.id)
    viewer = show_of(screen).viewer
    assert viewer is not None
    assert viewer.markup.isHidden()
    QTest.keyClick(viewer, Qt.Key.Key_M)
    assert show_of(screen).editor is None


def test_the_viewer_shows_marks_and_a_switch_hides_them(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    card = replace(BEFORE, photo=replace(BEFORE.photo, marks=MARKS))
    laptop = WorkLaptop(a_job(cards=(card,)))
    screen = opened(qtbot, make_window, laptop)
    screen._view_photo(BEFORE.photo.id)
    settle(qtbot, window_of(screen))
    viewer = show_of(screen).viewer
    assert viewer is not None
    assert laptop.deeds(copies.draw_marks) == [(card.photo.sha256, MARKS)]
    assert viewer.shown.marked is not None
    assert viewer.picture._path == viewer.shown.marked
    QTest.keyClick(viewer, Qt.Key.Key_V)
    settle(qtbot, window_of(screen))
    assert viewer.picture._path == card.screen
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    screen._view_photo(BEFORE.photo.id)
    again = show_of(screen).viewer
    assert again is not None
    assert not again.marks.is_on
    settle(qtbot, window_of(screen))


def forget_closed() -> None:
    """Delete what was closed, before anything that is under way is answered."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_viewer_may_close_before_its_marks_are_drawn(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    card = replace(BEFORE, photo=replace(BEFORE.photo, marks=MARKS))
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=(card,))))
    screen._view_photo(BEFORE.photo.id)
    viewer = show_of(screen).viewer
    assert viewer is not None
    viewer.close_it()
    forget_closed()
    settle(qtbot, window_of(screen))
    assert show_of(screen).viewer is None


def test_the_editor_may_close_while_it_saves(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen)
    drag(editor, (0.2, 0.3), (0.6, 0.7))
    editor.save()
    editor.close_it()
    forget_closed()
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(photos.mark)) == 1
    assert toast(screen) == f"บันทึกสิ่งที่ขีดแล้ว · {JOB}"


def test_marks_that_cannot_be_drawn_are_told(qtbot: QtBot, make_window: MakeWindow) -> None:
    card = replace(BEFORE, photo=replace(BEFORE.photo, marks=MARKS))
    laptop = WorkLaptop(a_job(cards=(card,)))
    laptop.failures[copies.draw_marks] = DiskFull("no room")
    screen = opened(qtbot, make_window, laptop)
    screen._view_photo(BEFORE.photo.id)
    settle(qtbot, window_of(screen))
    viewer = show_of(screen).viewer
    assert viewer is not None
    assert viewer.words.text().startswith("แสดงสิ่งที่ขีดไม่ได้")
    assert viewer.picture._path == card.screen


def test_a_supervisor_sees_the_crews_marks_and_draws_own_ones(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = marked_review()
    screen = opened_review(qtbot, make_window, laptop)
    assert isinstance(screen, ReviewScreen)
    assert laptop.person == CHIEF
    assert laptop.deeds(copies.draw_marks) == [(AFTER.photo.sha256, MARKS)]
    compare = screen.view.compare
    assert compare.marks.isVisible()
    editor = drawing(qtbot, screen, AFTER.photo.id)
    assert editor.marks() == MARKS
    drag(editor, (0.05, 0.5), (0.2, 0.7))
    editor.save()
    settle(qtbot, window_of(screen))
    ((_ticket, photo_id, marks),) = laptop.deeds(photos.mark)
    assert photo_id == AFTER.photo.id
    assert marks[: len(MARKS)] == MARKS
    compare.marks.switch.click()
    settle(qtbot, window_of(screen))
    assert not show_of(screen).choices.shows_marks


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_R])
def test_keys_of_the_screen_below_rest_while_a_photo_is_large(
    qtbot: QtBot, make_window: MakeWindow, key: Qt.Key
) -> None:
    laptop = marked_review()
    screen = opened_review(qtbot, make_window, laptop)
    editor = drawing(qtbot, screen, AFTER.photo.id)
    viewer = show_of(screen).viewer
    assert viewer is not None
    for widget in (editor.canvas, editor.head.undo, viewer):
        widget.setFocus()
        QTest.keyClick(widget, key)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(review.approve) == []
    assert not screen.view.decision.is_form_open


def test_steps_at_the_edge_stop_there() -> None:
    assert moved(BOX, 9, -9) == replace(BOX, x1=0.6, y1=0.0, x2=1.0, y2=0.4) or near(
        moved(BOX, 9, -9), 0.6, 0.0, 1.0, 0.4
    )
    words = Mark(kind=MarkKind.TEXT, x1=0.5, y1=0.9, x2=0.5, y2=0.95, text="ก")
    low = moved(words, 0, 0.5)
    assert low.y1 == 1.0
    assert 0 <= low.y2 <= 1
    assert stretched(words, 0, 9).y2 < words.y1


def test_the_board_knows_whether_anything_changed() -> None:
    board = Board((BOX,))
    changes = [board.is_changed]
    board.choose(0)
    for deed in (board.remove, board.stack.undo):
        deed()
        changes.append(board.is_changed)
    assert changes == [False, True, False]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_pictures_of_the_editor(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: str, percent: int
) -> None:
    set_language("th" if language == "th" else "en")
    card = replace(BEFORE, photo=replace(BEFORE.photo, marks=MARKS))
    laptop = WorkLaptop(a_job(cards=(card,)))
    screen = opened(qtbot, make_window, laptop)
    window = window_of(screen)
    window.office.theme.set_percent(percent)
    window.resize(1366, 768)
    tell_widgets()
    screen._view_photo(BEFORE.photo.id)
    settle(qtbot, window)
    viewer = show_of(screen).viewer
    assert viewer is not None
    folder = shots_folder(tmp_path)
    assert_fits(viewer, folder / f"viewer-{language}-{percent}.png")
    editor = drawing(qtbot, screen)
    for _mark in MARKS:
        QTest.keyClick(editor.canvas, Qt.Key.Key_Tab)
    assert_fits(editor, folder / f"markup-{language}-{percent}.png")
    drag(editor, (0.8, 0.5), (0.95, 0.7))
    editor.leave()
    sheet = window.findChildren(LeaveMarksSheet)[-1]
    assert_fits(sheet, folder / f"leave-marks-{language}-{percent}.png")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_pictures_of_marks_in_the_review(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: str, percent: int
) -> None:
    set_language("th" if language == "th" else "en")
    laptop = marked_review()
    screen = opened_review(qtbot, make_window, laptop)
    window = window_of(screen)
    window.office.theme.set_percent(percent)
    window.resize(1366, 768)
    settle(qtbot, window)
    grab(window, shots_folder(tmp_path) / f"review-marks-{language}-{percent}.png")
    compare = screen.view.compare
    assert compare.marks.isVisible()
    assert not compare.marks.label.is_cut
    half = compare.after._picture
    assert half._path == laptop.copying.vault.marked_path("", digest(MARKS, "screen"))


def marked_review() -> WorkLaptop:
    """Return a supervisor's laptop with a job whose after photo the crew marked up."""
    laptop = a_review()
    cards = tuple(
        replace(card, photo=replace(card.photo, marks=MARKS))
        if card.photo.id == AFTER.photo.id
        else card
        for card in laptop.job.photos
    )
    laptop.job = replace(laptop.job, photos=cards)
    return laptop


def assert_fits(widget: QWidget, path: Path) -> None:
    """Keep a picture of the whole window and look whether any words are cut."""
    grab(widget.window(), path)
    cut = [
        label.text()
        for label in widget.findChildren(ThaiLabel)
        if label.isVisible() and label.is_cut
    ]
    assert cut == []
