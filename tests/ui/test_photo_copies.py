"""Copies for others: a person decides what is hidden and what the stamp says."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from field_app.actions import copies
from field_app.domain.copy_errors import CopyNotWritten
from field_app.domain.ids import TicketId
from field_app.domain.photo import Mark, MarkKind, PhotoRole
from field_app.photos.bare import check_bare
from field_app.queries.photos import PhotoCard
from field_app.texts import set_language
from field_app.ui.photos import saved_sheet
from field_app.ui.photos.copy_choices import CopyChoices
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.photos.public_editor import PublicEditor
from field_app.ui.photos.saved_sheet import SavedSheet
from field_app.ui.photos.stamp_sheet import StampSheet
from field_app.ui.photos.stamp_words import PARTS, StampFacts, stamp_lines
from field_app.ui.resolve.screen import WorkScreen
from tests.helpers.shots import shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_markup import MARKS, assert_fits, at, drag, forget_closed, show_of
from tests.ui.test_work_screen import opened, settle, window_of
from tests.ui.work_laptop import AFTER, BEFORE, DONE_CARDS, JOB, WorkLaptop, a_job

pytestmark = pytest.mark.usefixtures("thai")

ALL = frozenset(PARTS)
FACE = Mark(kind=MarkKind.BLUR, x1=0.4, y1=0.4, x2=0.5, y2=0.5)


def facts(card: PhotoCard = AFTER, **photo: object) -> StampFacts:
    """Return what a stamp is made of; `photo` replaces the photo's own facts."""
    known = replace(card, photo=replace(card.photo, **photo))  # type: ignore[arg-type]  # a test's own
    return StampFacts(ticket=a_job(cards=DONE_CARDS).ticket, card=known, crew="ทีมโยธา 3", now=NOW)


def viewing(screen: WorkScreen, card: PhotoCard = BEFORE) -> PhotoViewer:
    """Open the viewer."""
    screen._view_photo(card.photo.id)
    viewer = show_of(screen).viewer
    assert viewer is not None
    return viewer


def hiding(qtbot: QtBot, screen: WorkScreen) -> PublicEditor:
    """Open the public copy's editor from the viewer, by its key."""
    QTest.keyClick(viewing(screen), Qt.Key.Key_P)
    editor = show_of(screen).saving.asker
    assert isinstance(editor, PublicEditor)
    qtbot.waitUntil(lambda: editor.canvas.has_picture)
    settle(qtbot, window_of(screen))
    return editor


def stamping(qtbot: QtBot, screen: WorkScreen, card: PhotoCard = BEFORE) -> StampSheet:
    """Open the stamped copy's sheet from the viewer, by its key."""
    QTest.keyClick(viewing(screen, card), Qt.Key.Key_S)
    settle(qtbot, window_of(screen))
    sheet = show_of(screen).saving.asker
    assert isinstance(sheet, StampSheet)
    return sheet


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Answer the file dialog; return what it is offered."""
    offered: list[str] = []

    def answer(_over: object, _title: str, name: str, _filters: str) -> tuple[str, str]:
        offered.append(name)
        return ("" if path is None else str(path), "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered


def test_a_public_copy_hides_what_a_person_framed(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    path = tmp_path / "copy.jpg"
    offered = choosing(monkeypatch, path)
    editor = hiding(qtbot, screen)
    drag(editor, (0.3, 0.3), (0.6, 0.6))
    editor.primary.click()
    settle(qtbot, window_of(screen))
    ((copy, saved),) = laptop.deeds(copies.save_copy)
    assert saved == path
    assert [mark.kind for mark in copy.marks] == [MarkKind.BLUR]
    assert copy.stamp == ()
    check_bare(path.read_bytes())
    assert [Path(name).name for name in offered] == [f"{JOB}-before-public.jpg"]
    assert not [e for e in window_of(screen).findChildren(PublicEditor) if e.isVisible()]
    sheet = window_of(screen).findChild(SavedSheet)
    assert sheet is not None
    shown: list[Path] = []
    monkeypatch.setattr(saved_sheet, "open_folder", shown.append)
    sheet.folder.click()
    assert shown == [tmp_path]


def test_only_blur_goes_into_a_public_copy_unless_chosen(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = replace(BEFORE, photo=replace(BEFORE.photo, marks=MARKS))
    laptop = WorkLaptop(a_job(cards=(card,)))
    screen = opened(qtbot, make_window, laptop)
    choosing(monkeypatch, tmp_path / "copy.jpg")
    editor = hiding(qtbot, screen)
    assert [mark.kind for mark in editor.marks()] == [MarkKind.BLUR]
    editor.primary.click()
    settle(qtbot, window_of(screen))
    editor = hiding(qtbot, screen)
    editor.others.switch.click()
    editor.stamp.switch.click()
    editor.primary.click()
    settle(qtbot, window_of(screen))
    first, second = (copy for copy, _path in laptop.deeds(copies.save_copy))
    assert {mark.kind for mark in first.marks} == {MarkKind.BLUR}
    assert {mark.kind for mark in second.marks} == set(MarkKind)
    assert first.stamp == ()
    assert second.stamp[0] == f"งาน {JOB} · ก่อนทำ"
    assert hiding(qtbot, screen).stamp.is_on


def test_a_person_keeps_deletes_and_adds_to_what_is_proposed(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = hiding(qtbot, screen)
    assert "ป้ายทะเบียน" in editor.banner.words
    other = replace(FACE, x1=0.7, x2=0.8)
    editor.propose((FACE, other))
    assert "2" in editor.banner.words
    assert editor.marks() == (FACE, other)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Tab)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Delete)
    drag(editor, (0.1, 0.1), (0.2, 0.2))
    assert len(editor.marks()) == 2
    assert editor.marks()[0] == other
    assert editor.is_changed


def test_faces_and_plates_that_are_found_are_framed_by_themselves(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    laptop.regions = (FACE,)
    screen = opened(qtbot, make_window, laptop)

    editor = hiding(qtbot, screen)

    qtbot.waitUntil(lambda: editor.marks() == (FACE,))
    assert "1" in editor.banner.words
    assert not editor.is_changed


def test_what_was_drawn_before_places_were_found_can_still_be_undone(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = hiding(qtbot, screen)
    drag(editor, (0.1, 0.1), (0.2, 0.2))
    (drawn,) = editor.marks()

    editor.propose((FACE,))

    assert editor.marks() == (drawn, FACE)
    editor.board.stack.undo()
    editor.board.stack.undo()
    assert editor.marks() == ()


def test_a_closed_dialog_saves_nothing(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    choosing(monkeypatch, None)
    editor = hiding(qtbot, screen)
    editor.primary.click()
    assert editor.primary.isEnabled()
    assert laptop.deeds(copies.save_copy) == []


def test_a_place_that_takes_no_files_is_told_in_place(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    laptop.failures[copies.save_copy] = CopyNotWritten("no right")
    screen = opened(qtbot, make_window, laptop)
    choosing(monkeypatch, tmp_path / "copy.jpg")
    editor = hiding(qtbot, screen)
    editor.primary.click()
    settle(qtbot, window_of(screen))
    assert editor.isVisible()
    assert "ยังไม่ได้บันทึกสำเนา" in editor.banner.words
    assert editor.primary.isEnabled()


def test_arrows_cannot_be_drawn_into_a_public_copy(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=DONE_CARDS)))
    editor = hiding(qtbot, screen)
    QTest.keyClick(editor.canvas, Qt.Key.Key_A)
    drag(editor, (0.1, 0.1), (0.2, 0.2))
    assert [mark.kind for mark in editor.marks()] == [MarkKind.BLUR]


def test_a_stamped_copy_is_seen_before_it_is_saved(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    path = tmp_path / "stamped"
    offered = choosing(monkeypatch, path)
    sheet = stamping(qtbot, screen)
    assert not sheet.picture.pixmap().isNull()
    sheet.parts["place"].switch.click()
    settle(qtbot, window_of(screen))
    sheet.primary.click()
    settle(qtbot, window_of(screen))
    ((copy, saved),) = laptop.deeds(copies.save_copy)
    assert saved == tmp_path / "stamped.jpg"
    assert copy.stamp == (
        f"งาน {JOB} · ก่อนทำ",
        "ถ่ายเมื่อ 19 พ.ย. 2569 09:21 น.",
        "ทีม: ทีมโยธา 3",
    )
    with Image.open(io.BytesIO(saved.read_bytes())) as picture:
        assert picture.height > picture.width * 0.75
    assert [Path(name).name for name in offered] == [f"{JOB}-before-stamped.jpg"]
    assert not stamping(qtbot, screen).parts["place"].is_on


def test_a_sheet_may_close_while_its_copy_is_saved(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop(a_job(cards=DONE_CARDS))
    screen = opened(qtbot, make_window, laptop)
    choosing(monkeypatch, tmp_path / "copy.jpg")
    sheet = stamping(qtbot, screen)
    sheet.decide()
    sheet.close_it()
    forget_closed()
    settle(qtbot, window_of(screen))
    assert (tmp_path / "copy.jpg").is_file()
    assert window_of(screen).findChild(SavedSheet) is not None


def test_a_stamp_says_what_the_photo_does_not_know() -> None:
    unknown = facts(replace(AFTER, distance_m=None), taken_at=None, place=None)
    assert stamp_lines(unknown, ALL)[1:3] == (
        "เวลาที่ถ่าย: ไฟล์รูปไม่ได้บอก",
        "พิกัดที่ถ่าย: ไฟล์รูปไม่ได้บอก",
    )


def test_a_stamp_doubts_what_cannot_be() -> None:
    ahead = facts(taken_at=NOW + timedelta(days=400))
    assert "น่าสงสัย: เป็นเวลาในอนาคต" in stamp_lines(ahead, ALL)[1]
    early = facts(taken_at=NOW - timedelta(days=400))
    assert "น่าสงสัย: ก่อนมีการแจ้ง" in stamp_lines(early, ALL)[1]
    citizen = facts(taken_at=NOW - timedelta(days=400), role=PhotoRole.CITIZEN)
    assert "น่าสงสัย" not in stamp_lines(citizen, ALL)[1]


def test_a_stamp_has_the_buddhist_year_and_bangkoks_time_in_both_languages() -> None:
    assert stamp_lines(facts(), ALL) == (
        f"งาน {JOB} · หลังทำ",
        "ถ่ายเมื่อ 19 พ.ย. 2569 10:32 น.",
        "ถ่ายที่ 13.76125, 100.49850 · ห่างจากจุดที่แจ้ง 6 ม.",
        "ทีม: ทีมโยธา 3",
    )
    set_language("en")
    assert stamp_lines(facts(), frozenset({"time", "place"})) == (
        "Taken: 19 Nov 2026 (B.E. 2569) 10:32",
        "Taken at: 13.76125, 100.49850 · 6 m from the reported place",
    )
    assert stamp_lines(facts(), frozenset()) == ()


def test_a_copys_name_tells_nothing_of_people(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "copies.ini"), QSettings.Format.IniFormat)
    choices = CopyChoices(settings)
    name = choices.offered_path(TicketId("2026-K4/สมชาย.."), PhotoRole.AFTER, "public").name
    assert name == "2026-K4________-after-public.jpg".replace("________", "_" * 8)
    choices.remember_folder(tmp_path / "copy.jpg")
    again = choices.offered_path(JOB, PhotoRole.AFTER, "public")
    assert again == tmp_path / f"{JOB}-after-public.jpg"


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_pictures_of_copies(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: str, percent: int
) -> None:
    set_language("th" if language == "th" else "en")
    card = replace(AFTER, photo=replace(AFTER.photo, marks=MARKS))
    laptop = WorkLaptop(a_job(cards=(card,)))
    screen = opened(qtbot, make_window, laptop)
    window = window_of(screen)
    window.office.theme.set_percent(percent)
    window.resize(1366, 768)
    folder = shots_folder(tmp_path)
    sheet = stamping(qtbot, screen, card)
    assert_fits(sheet, folder / f"stamped-{language}-{percent}.png")
    sheet.close_it()
    QTest.keyClick(viewing(screen, card), Qt.Key.Key_P)
    editor = show_of(screen).saving.asker
    assert isinstance(editor, PublicEditor)
    qtbot.waitUntil(lambda: editor.canvas.has_picture)
    editor.propose((FACE,))
    assert at(editor, 0.5, 0.5) != QPoint()
    assert_fits(editor, folder / f"public-{language}-{percent}.png")
    saved = SavedSheet(window.office.theme, screen, tmp_path / f"{JOB}-after-public.jpg")
    saved.open_it(saved.done)
    assert_fits(saved, folder / f"saved-{language}-{percent}.png")
