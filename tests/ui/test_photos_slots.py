"""Photo slots and the viewer: drop, paste, choose, take back."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from field_app.actions import photos, tickets
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.ui.photos.photo_place import PhotoPlace
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.photos.sources import count_of, of_mime
from tests.helpers.pictures import a_picture
from tests.ui.conftest import MakeWindow
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import BEFORE, CITIZEN, DONE_CARDS, JOB, WorkLaptop, a_job

pytestmark = pytest.mark.usefixtures("thai")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("one.jpg", "two.jpg", "notes.txt")]
    for path in made:
        path.write_bytes(a_picture() if path.suffix == ".jpg" else b"words")
    return made


def mime_of(paths: list[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(slot: PhotoPlace, mime: QMimeData) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    slot.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), copy, mime, left, none))
    slot.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))


def test_a_drag_says_how_many_photos_it_would_add(
    qtbot: QtBot, make_window: MakeWindow, files: list[Path]
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    slot = screen.view.evidence.slots[PhotoRole.AFTER]
    mime = mime_of(files[:2])
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    slot.dragEnterEvent(event)
    assert slot.drop_hint.isVisible()
    assert slot.drop_hint.words == "ปล่อยเพื่อเพิ่ม 2 รูป"


@pytest.mark.parametrize("role", [PhotoRole.BEFORE, PhotoRole.PROGRESS, PhotoRole.AFTER])
def test_a_drop_adds_photos_to_its_slot(
    qtbot: QtBot, make_window: MakeWindow, files: list[Path], role: PhotoRole
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    drop(screen.view.evidence.slots[role], mime_of(files[:2]))
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.attach) == [(JOB, role, file.read_bytes()) for file in files[:2]]
    assert len(screen.view.evidence.slots[role].cards) == 2


def test_several_files_end_in_one_sentence(
    qtbot: QtBot, make_window: MakeWindow, files: list[Path]
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime_of(files))
    settle(qtbot, window_of(screen))
    assert toast(screen) == "บันทึกรูปหลังทำแล้ว 2 รูป · ไม่ใช่รูปที่สมบูรณ์: notes.txt"


def test_a_file_that_is_no_picture_is_named(
    qtbot: QtBot, make_window: MakeWindow, files: list[Path]
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime_of(files[2:]))
    settle(qtbot, window_of(screen))
    assert toast(screen) == "ไม่ใช่รูปที่สมบูรณ์: notes.txt"


def test_a_folder_without_a_picture_is_told(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime_of([empty]))
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.attach) == []
    assert toast(screen) == "ในนั้นไม่มีรูป"


def test_an_address_without_a_picture_is_told(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.jpg")])
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.attach) == []
    assert toast(screen) == "นี่เป็นที่อยู่เว็บ ไม่ใช่รูป · บันทึกรูปลงเครื่องก่อน แล้วลากมาวาง"


def test_a_picture_dragged_from_a_browser_is_added(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.jpg")])
    mime.setData("image/jpeg", a_picture())
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.attach) == [(JOB, PhotoRole.AFTER, a_picture())]
    assert toast(screen) == "บันทึกรูปหลังทำแล้ว 1 รูป"


@pytest.mark.parametrize("letter", ["V", "อ"])
def test_ctrl_v_pastes_in_both_layouts(qtbot: QtBot, make_window: MakeWindow, letter: str) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    picture = QImage(8, 6, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(picture)
    screen.setFocus()
    control, repeats = Qt.KeyboardModifier.ControlModifier, False
    for is_down in (True, False):
        QTest.simulateEvent(screen, is_down, ord(letter), control, letter, repeats)
    settle(qtbot, window_of(screen))
    assert len(laptop.deeds(photos.attach)) == 1


def test_undo_takes_all_added_photos_out_last_first(
    qtbot: QtBot, make_window: MakeWindow, files: list[Path]
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime_of(files[:2]))
    settle(qtbot, window_of(screen))
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.undo) == [("new-2",), ("new-1",)]


def test_a_picture_in_the_clipboard_goes_to_the_next_needed_slot(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop(a_job(cards=(*CITIZEN, BEFORE)))
    screen = opened(qtbot, make_window, laptop)
    picture = QImage(8, 6, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(picture)
    screen.photos.paste_somewhere()
    settle(qtbot, window_of(screen))
    ((ticket_id, role, content),) = laptop.deeds(photos.attach)
    assert (ticket_id, role) == (JOB, PhotoRole.AFTER)
    assert content.startswith(b"\x89PNG")


def test_an_empty_clipboard_is_told(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    QGuiApplication.clipboard().setText("words only")
    screen.photos.paste_somewhere()
    assert laptop.deeds(photos.attach) == []
    assert toast(screen) == "ไม่มีรูปในคลิปบอร์ด"


def test_chosen_files_are_added(
    qtbot: QtBot,
    make_window: MakeWindow,
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    chosen = ([str(files[0])], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: chosen)
    screen.photos.choose(PhotoRole.BEFORE)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.attach) == [(JOB, PhotoRole.BEFORE, files[0].read_bytes())]


def test_handed_in_work_takes_no_photos(
    qtbot: QtBot, make_window: MakeWindow, files: list[Path]
) -> None:
    laptop = WorkLaptop(a_job(TicketState.IN_REVIEW, DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    drop(screen.view.evidence.slots[PhotoRole.AFTER], mime_of(files[:1]))
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.attach) == []


def test_a_photo_is_removed_with_undo(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop(a_job(cards=(*CITIZEN, BEFORE)))
    screen = opened(qtbot, make_window, laptop)
    screen.view.evidence.slots[PhotoRole.BEFORE]._wish_removal()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(photos.remove) == [(JOB, BEFORE.photo.id)]
    assert toast(screen)


def test_only_a_look_into_a_folder_tells_how_many_pictures_it_has(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg")])
    assert count_of(mime) is None
    assert [source.content for source in of_mime(mime)] == [tmp_path]


def test_remote_addresses_are_no_pictures() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.jpg")])
    assert count_of(mime) == 0
    assert of_mime(mime) == ()


def test_a_name_that_is_no_text_leads_to_its_file() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromEncoded(b"file:///card/%E0%B8%96%FF%20%25.jpg")])
    (source,) = of_mime(mime)
    assert source.content == Path(os.fsdecode(b"/card/\xe0\xb8\x96\xff %.jpg"))
    assert source.name == "ถ? %.jpg"


def test_a_picture_from_a_browser_keeps_its_bytes() -> None:
    mime = QMimeData()
    mime.setData("image/jpeg", a_picture())
    (source,) = of_mime(mime)
    assert source.content == a_picture()


def test_the_viewer_goes_round_by_keys(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    screen._view_photo(BEFORE.photo.id)
    viewer = window_of(screen).findChild(PhotoViewer)
    assert viewer is not None
    assert viewer.shown.photo.id == BEFORE.photo.id
    count = len(DONE_CARDS)
    for _round in range(count):
        QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.shown.photo.id == BEFORE.photo.id
    QTest.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.shown.photo.role is PhotoRole.CITIZEN
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert viewer.isHidden()
    settle(qtbot, window_of(screen))
