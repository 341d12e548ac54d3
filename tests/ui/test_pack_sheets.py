"""The sheets of rescue packs: what is inside, a passphrase, progress, an end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from field_app.actions import packs as actions
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId
from field_app.domain.pack_errors import NoRoomThere, WrongPassphrase
from field_app.protocol.pack import PackReceipt
from field_app.queries.packs import Amount, Carried, PackContent, amount, carried, look_into
from field_app.texts import set_language
from field_app.ui.packs import packing, places
from field_app.ui.packs.open_sheet import OpenSheet
from field_app.ui.packs.save_sheet import SaveSheet
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.sync.screen import OutboxScreen
from tests.helpers.packs import PASSPHRASE
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_outbox_screen import opened
from tests.ui.test_work_screen import settle, window_of
from tests.ui.work_laptop import WorkLaptop

MINE: Final = PackContent(
    path=Path("day.fieldrescue"),
    maker_name="ทีมโยธา 3",
    is_mine=True,
    made_at=NOW,
    operations=5,
    photos=11,
    photo_bytes=18_700_000,
)


class PackLaptop(WorkLaptop):
    """A laptop with a queue that goes onto a stick, and packs that come from one."""

    def __init__(self) -> None:
        super().__init__()
        self.amount = Amount(operations=5, photos=11, photo_bytes=18_700_000, packed_at=None)
        self.content = MINE
        self.missing: tuple[PhotoId, ...] = ()
        self.damaged = 0
        self.is_slow = False
        self.carried: tuple[Carried, ...] = ()

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        if query in self.failures:
            raise self.failures[query]
        answers = {amount: self.amount, look_into: self.content, carried: self.carried}
        return answers[query] if query in answers else super().see(query, *args)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        if action is actions.carry:
            self.done.append((action, args[0]))
            return Changes()
        if action not in {actions.save, actions.take_in}:
            return super().do(action, *args)
        path, passphrase, tell = args
        self.done.append((action, path, passphrase))
        tell(1, 2)
        while self.is_slow:
            tell(1, 2)
        if action in self.failures:
            raise self.failures[action]
        if action is actions.save:
            return actions.Saved(
                path=path,
                operations=5,
                photos=11,
                missing=self.missing,
                size_bytes=24_900_000,
                changes=Changes(),
            )
        return actions.Taken(
            operations=4,
            known_operations=1,
            photos=9,
            known_photos=2,
            damaged_photos=self.damaged,
            changes=Changes(),
        )


@pytest.fixture(autouse=True)
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is plugged in."""
    stick = Path("/media/crew/KINGSTON")
    monkeypatch.setattr(packing, "offered_folder", lambda: stick)
    return stick


@pytest.fixture
def laptop() -> PackLaptop:
    return PackLaptop()


@pytest.fixture
def screen(qtbot: QtBot, make_window: MakeWindow, laptop: PackLaptop) -> OutboxScreen:
    set_language("th")
    return opened(qtbot, make_window, laptop)


def saving(qtbot: QtBot, screen: OutboxScreen) -> SaveSheet:
    screen.view.saving.usb.click()
    settle(qtbot, window_of(screen))
    sheet = screen.packing.sheet
    assert isinstance(sheet, SaveSheet)
    return sheet


def opening(screen: OutboxScreen, path: Path | None = MINE.path) -> OpenSheet:
    screen.packing.open_pack(path)
    sheet = screen.packing.sheet
    assert isinstance(sheet, OpenSheet)
    return sheet


def seal(qtbot: QtBot, sheet: SaveSheet, again: str = PASSPHRASE) -> None:
    sheet.first.input.setText(PASSPHRASE)
    sheet.again.input.setText(again)
    sheet.deed.click()


def said(sheet: SaveSheet | OpenSheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(ThaiLabel) if label.isVisible())


def test_it_says_what_is_inside_and_offers_the_stick(
    qtbot: QtBot, screen: OutboxScreen, stick: Path
) -> None:
    sheet = saving(qtbot, screen)

    assert "5 รายการ · รูป 11 รูป · 18.7 MB" in said(sheet)
    assert sheet.path == stick / "yotha3-20261119-1041.fieldrescue"
    assert sheet.first.input.hasFocus()


def test_the_queue_is_saved_and_the_next_step_is_told(
    qtbot: QtBot,
    screen: OutboxScreen,
    laptop: PackLaptop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(packing, "open_folder", shown.append)
    sheet = saving(qtbot, screen)
    seal(qtbot, sheet)
    settle(qtbot, window_of(screen))

    assert laptop.deeds(actions.save) == [(sheet.path, PASSPHRASE)]
    assert "บันทึกและตรวจอ่านแล้ว" in sheet.banner.words
    assert "24.9 MB" in sheet.banner.words
    assert not sheet.deed.isVisible()
    sheet.folder.click()
    assert shown == [Path("/media/crew/KINGSTON")]


def test_lost_originals_are_said(qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop) -> None:
    laptop.missing = (PhotoId("1"), PhotoId("2"))
    sheet = saving(qtbot, screen)
    seal(qtbot, sheet)
    settle(qtbot, window_of(screen))
    assert "รูปที่ไฟล์หายไปจากเครื่องนี้: 2" in sheet.banner.words


def test_two_different_passphrases_save_nothing(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop
) -> None:
    sheet = saving(qtbot, screen)
    seal(qtbot, sheet, again="another one")
    assert laptop.deeds(actions.save) == []
    assert sheet.banner.words.startswith("รหัสเปิดซองสองช่องไม่ตรงกัน")
    assert sheet.again.input.hasFocus()


def test_a_full_stick_is_said_and_everything_typed_stays(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.failures[actions.save] = NoRoomThere("full")
    sheet = saving(qtbot, screen)
    seal(qtbot, sheet)
    settle(qtbot, window_of(screen))
    assert "เหลือที่ว่างไม่พอ" in sheet.banner.words
    assert sheet.first.input.text() == PASSPHRASE

    del laptop.failures[actions.save]
    chosen = ("/media/crew/OTHER/day", "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    sheet.choose.click()
    sheet.deed.click()
    settle(qtbot, window_of(screen))

    assert laptop.deeds(actions.save)[-1][0] == Path("/media/crew/OTHER/day.fieldrescue")
    assert not sheet.deed.isVisible()


def test_saving_can_be_broken_off(qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop) -> None:
    laptop.is_slow = True
    sheet = saving(qtbot, screen)
    seal(qtbot, sheet)
    qtbot.waitUntil(lambda: "50%" in sheet.bar.accessibleName())

    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, window_of(screen))

    assert sheet.isVisible()
    assert sheet.banner.words.startswith("ยกเลิกแล้ว")
    assert sheet.deed.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert screen.packing.sheet is None


def test_an_eye_shows_both_passphrases(qtbot: QtBot, screen: OutboxScreen) -> None:
    sheet = saving(qtbot, screen)
    modes = [field.input.echoMode() for field in (sheet.first, sheet.again)]
    assert modes == [QLineEdit.EchoMode.Password] * 2
    sheet.first.eye.click()
    modes = [field.input.echoMode() for field in (sheet.first, sheet.again)]
    assert modes == [QLineEdit.EchoMode.Normal] * 2


def test_with_nothing_unsent_another_s_pack_can_be_opened(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop
) -> None:
    laptop.amount = Amount(operations=0, photos=0, photo_bytes=0, packed_at=NOW)
    screen.view.saving.usb.click()
    settle(qtbot, window_of(screen))
    sheet = screen.packing.sheet
    assert isinstance(sheet, OpenSheet)
    assert "ทุกอย่างถึงศูนย์แล้ว" in sheet.banner.words


def test_the_way_from_saving_to_opening(qtbot: QtBot, screen: OutboxScreen) -> None:
    sheet = saving(qtbot, screen)
    screen.packing.open_pack(None)
    assert screen.packing.sheet is sheet
    sheet.other.click()
    assert isinstance(screen.packing.sheet, OpenSheet)


def test_my_pack_is_looked_into_and_goes_into_the_outbox(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop
) -> None:
    sheet = opening(screen)
    sheet.secret.input.setText(PASSPHRASE)
    sheet.deed.click()
    settle(qtbot, window_of(screen))
    assert "งานของ ทีมโยธา 3" in sheet.inside.text()
    assert sheet.deed.text() == "นำเข้ากล่องส่งของฉัน"

    with qtbot.waitSignal(screen.packing.taken_in):
        QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window_of(screen))

    assert laptop.deeds(actions.take_in) == [(MINE.path, PASSPHRASE)]
    assert "ใหม่ในเครื่องนี้ 4 รายการ · รูป 9 รูป" in sheet.banner.words
    assert "มีอยู่แล้ว 1 รายการ · รูป 2 รูป" in sheet.banner.words


def test_damaged_photos_of_a_pack_are_said(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop
) -> None:
    laptop.damaged = 3
    sheet = opening(screen)
    sheet.deed.click()
    settle(qtbot, window_of(screen))
    sheet.deed.click()
    settle(qtbot, window_of(screen))
    assert "รูปที่เสียหายในซองงาน 3 รูป" in sheet.banner.words


@pytest.mark.parametrize("failure", [WrongPassphrase("no")])
def test_a_wrong_passphrase_is_said(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop, failure: FieldAppError
) -> None:
    laptop.failures[look_into] = failure
    sheet = opening(screen)
    sheet.deed.click()
    settle(qtbot, window_of(screen))
    assert "รหัสเปิดซองไม่ถูกต้อง" in sheet.banner.words


def test_a_colleague_s_pack_is_named_and_not_taken(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop
) -> None:
    laptop.content = PackContent(
        path=MINE.path,
        maker_name="วิภา",
        is_mine=False,
        made_at=NOW,
        operations=1,
        photos=0,
        photo_bytes=0,
    )
    sheet = opening(screen)
    sheet.deed.click()
    settle(qtbot, window_of(screen))
    assert "เป็นของเพื่อนร่วมงาน" in sheet.banner.words
    assert sheet.deed.text() == "ดูข้างใน"
    assert laptop.deeds(actions.take_in) == []


def test_a_colleague_s_pack_is_carried_closed_and_what_came_is_told(
    qtbot: QtBot, screen: OutboxScreen, laptop: PackLaptop, tmp_path: Path
) -> None:
    sheet = opening(screen)
    sheet.carry.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.carry) == [(MINE.path,)]
    assert "ไปถึงศูนย์เอง" in sheet.banner.words
    sheet.close_it()

    receipt = PackReceipt(
        sha256="ab" * 32,
        applied=3,
        duplicates=1,
        recorded=1,
        refused=1,
        photos_new=2,
        photos_here=0,
        photos_damaged=0,
        photos_refused=1,
    )
    laptop.carried = (
        Carried(sha256="ab" * 32, name="taken", receipt=receipt),
        Carried(sha256="cd" * 32, name="", failure=""),
        Carried(sha256="ef" * 32, name="refused", failure="HubRefused"),
    )
    sheet = opening(screen)
    settle(qtbot, window_of(screen))
    told = (
        "taken: ถึงศูนย์แล้ว · ใหม่ 4 รายการ รูป 2 รูป · ไม่รับ 2",
        "cdcdcdcd: รอเน็ต",
        "refused: ศูนย์ไม่รับ ส่งไฟล์ให้ฝ่ายไอที",
    )  # Qt shows what a layout gets later than that, by an event of its own
    qtbot.waitUntil(lambda: all(words in said(sheet) for words in told))
    grab(window_of(screen), shots_folder(tmp_path) / "pack-carried-th-100.png")


def test_another_file_must_be_looked_into_again(
    qtbot: QtBot, screen: OutboxScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opening(screen, None)
    sheet.deed.click()
    assert "ยังไม่ได้เลือกไฟล์" in sheet.banner.words
    chosen = ("/media/crew/KINGSTON/day.fieldrescue", "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: chosen)
    sheet.choose.click()
    sheet.deed.click()
    settle(qtbot, window_of(screen))
    assert sheet.deed.text() == "นำเข้ากล่องส่งของฉัน"
    sheet.choose.click()
    assert sheet.deed.text() == "ดูข้างใน"
    assert sheet.inside.isHidden()


def test_a_pack_dropped_on_the_outbox_is_opened(screen: OutboxScreen) -> None:
    def drop(name: str) -> tuple[bool, bool]:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(name)])
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(
            QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, mime, buttons, none
        )
        enter.ignore()
        QApplication.sendEvent(screen, enter)
        fall = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, none)
        fall.ignore()
        QApplication.sendEvent(screen, fall)
        return enter.isAccepted(), fall.isAccepted()

    assert drop("/media/letter.docx") == (False, False)
    assert drop("/media/day.fieldrescue") == (True, True)
    assert isinstance(screen.packing.sheet, OpenSheet)
    assert screen.packing.sheet.path == Path("/media/day.fieldrescue")


def test_without_a_stick_documents_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "STICKS", ())
    assert places.offered_folder().is_dir()


def test_every_control_has_a_name(qtbot: QtBot, screen: OutboxScreen) -> None:
    sheet = saving(qtbot, screen)
    controls = [*sheet.findChildren(QLineEdit), sheet.deed, sheet.later, sheet.choose, sheet.other]
    assert [control for control in controls if not control.accessibleName()] == []


@pytest.mark.parametrize("spoken", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_words_are_cut(
    qtbot: QtBot,
    make_window: MakeWindow,
    laptop: PackLaptop,
    tmp_path: Path,
    spoken: str,
    percent: int,
) -> None:
    set_language("th" if spoken == "th" else "en")
    laptop.amount = Amount(operations=5, photos=11, photo_bytes=18_700_000, packed_at=NOW)
    screen = opened(qtbot, make_window, laptop)
    window = window_of(screen)
    window.office.theme.set_percent(percent)
    folder = shots_folder(tmp_path)

    def look(name: str, sheet: SaveSheet | OpenSheet) -> None:
        grab(window, folder / f"pack-{name}-{spoken}-{percent}.png")
        cut = [label.text() for label in sheet.findChildren(ThaiLabel) if label.is_cut]
        assert cut == [], name
        for button in sheet.findChildren(QAbstractButton):
            if not button.isVisible():
                continue
            bottom = button.mapTo(window, button.rect().bottomLeft()).y()
            assert bottom < window.height(), name

    save = saving(qtbot, screen)
    look("save", save)
    seal(qtbot, save)
    settle(qtbot, window)
    look("saved", save)
    save.close_it()
    sheet = opening(screen)
    sheet.secret.input.setText(PASSPHRASE)
    sheet.deed.click()
    settle(qtbot, window)
    look("open", sheet)
    sheet.deed.click()
    settle(qtbot, window)
    look("taken", sheet)
