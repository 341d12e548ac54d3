"""The sheet for a phone: a code to scan, a real page behind it, photos that go into the slot."""

import hashlib
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import cv2
import numpy as np
import pytest
import requests
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions import photos
from field_app.actions.tickets import undo
from field_app.domain.errors import (
    FieldAppError,
    NoRoomForPhoto,
    PhotoRepeated,
    PhotoUnreadable,
)
from field_app.domain.photo import PhotoRole
from field_app.handoff.addresses import Address, Way
from field_app.handoff.hatch import Hatch
from field_app.handoff.landing import Landing
from field_app.handoff.news import Ending
from field_app.queries.handoff import landing, thumb_of
from field_app.resources import resource
from field_app.texts import Language
from field_app.texts.catalogue import thai
from field_app.ui.language import choose_language
from field_app.ui.photos.phone_arrivals import MOST_ROWS, ArrivalList
from field_app.ui.photos.phone_link import Arrival
from field_app.ui.photos.phone_sheet import PhoneSheet
from field_app.ui.photos.phone_words import Step
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.shared.buttons import Button, IconButton, Tag
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import PERCENTS
from tests.helpers.phone import WAIT_S, Phone, calls
from tests.helpers.pictures import a_picture
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeOffice, MakeWindow
from tests.ui.test_work_screen import opened, toast, window_of
from tests.ui.work_laptop import JOB, WorkLaptop

pytestmark = pytest.mark.usefixtures("thai")

HERE = Address(host="127.0.0.1", way=Way.WIFI, name="wlan0")
PICTURE = a_picture()


class PhoneLaptop(WorkLaptop):
    """Has room for a phone's photos, and keeps what was in them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.contents: list[bytes] = []
        self.failures_by_content: dict[bytes, FieldAppError] = {}

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        if query is landing:
            return Landing(
                folder=self.folder, prefix="incoming-", free=lambda: 10**10, spare_bytes=0
            )
        if query is thumb_of:
            return resource("demo", "photos", "pothole_after.jpg")
        return super().see(query, *args)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        if action is photos.attach and photos.attach not in self.failures:
            content = args[2]
            if content in self.failures_by_content:
                raise self.failures_by_content[content]
            self.contents.append(content)
        return super().do(action, *args)


class Visit:
    """A sheet over the work screen, and the phones that scan its code."""

    def __init__(self, qtbot: QtBot, screen: WorkScreen) -> None:
        self.qtbot = qtbot
        self.screen = screen
        self.found: tuple[Address, ...] = (HERE,)
        self.phones: list[Phone] = []
        self.hatches: dict[str, Hatch] = {}
        screen.photos.phone.find = lambda: self.found

    def begins(self, role: PhotoRole = PhotoRole.AFTER) -> "Visit":
        """Press the button of a slot."""
        button = self.screen.view.evidence.slots[role].findChildren(IconButton)
        next(b for b in button if b.toolTip() == "จากมือถือ (Ctrl+P)").click()
        return self

    def looked(self) -> None:
        """Wait until the sheet knows the network."""
        self.waits(lambda: not self.sheet._is_looking)

    def waits(self, is_so: Callable[[], object]) -> None:
        """Let the window go on until something is so."""
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=int(WAIT_S * 1000))

    @property
    def sheet(self) -> PhoneSheet:
        sheet = self.screen.photos.phone.sheet
        assert sheet is not None
        return sheet

    @property
    def is_open(self) -> bool:
        return self.screen.photos.phone.sheet is not None

    def shows_code(self) -> str:
        """Wait for the code, and return what it says."""
        self.waits(lambda: bool(self.sheet.view.url.text()))
        door = self.sheet._link._door
        assert door is not None
        assert door.hatch is not None
        self.hatches[door.hatch.url] = door.hatch
        return self.sheet.view.url.text()

    def has_nobody(self, phone: Phone) -> bool:
        """Whether the page that a phone has open is gone."""
        assert self.hatches[phone.url].wait_closed(WAIT_S)
        with pytest.raises(requests.ConnectionError):
            phone.opens()
        return True

    def phone(self) -> Phone:
        """Scan the code and open the page."""
        phone = Phone(self.shows_code())
        self.phones.append(phone)
        assert phone.opens().status_code == 200
        return phone

    def hears(self, deed: Callable[..., requests.Response], *args: Any) -> requests.Response:
        """Let a phone do something while the window goes on."""
        told: list[requests.Response] = []
        thread = Thread(target=lambda: told.append(deed(*args)), daemon=True)
        thread.start()
        self.waits(lambda: told)
        return told[0]

    def steps(self) -> list[Step]:
        link = self.screen.photos.phone.link
        assert link is not None
        return [arrival.step for arrival in link.arrivals.values()]


@pytest.fixture
def laptop(tmp_path: Path) -> PhoneLaptop:
    folder = tmp_path / "vault"
    folder.mkdir()
    return PhoneLaptop(folder)


@pytest.fixture
def visit(qtbot: QtBot, make_window: MakeWindow, laptop: PhoneLaptop) -> Iterator[Visit]:
    visit = Visit(qtbot, opened(qtbot, make_window, laptop))
    yield visit
    visit.screen.photos.phone.close()
    for phone in visit.phones:
        phone.close()


def read_code(visit: Visit) -> str:
    """Read the code off the screen, as a phone's camera does."""
    picture = (
        visit.sheet.view.code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    )
    held = np.frombuffer(picture.constBits(), np.uint8)
    grey = held.reshape(picture.height(), picture.bytesPerLine())[:, : picture.width()]
    words, _corners, _code = cv2.QRCodeDetectorAruco().detectAndDecode(np.ascontiguousarray(grey))
    return words


def test_a_phone_scans_and_its_photo_is_in_the_slot(visit: Visit, laptop: PhoneLaptop) -> None:
    phone = visit.begins().phone()
    answer = visit.hears(phone.sends, PICTURE)

    assert answer.json() == {"state": "saved"}
    assert laptop.contents == [PICTURE]
    assert [deed[:2] for deed in laptop.deeds(photos.attach)] == [(JOB, PhotoRole.AFTER)]
    assert list(laptop.folder.iterdir()) == []
    visit.waits(lambda: visit.screen.view.evidence.slots[PhotoRole.AFTER].cards)
    assert visit.sheet.view.state.text() == "มือถือต่ออยู่แล้ว"
    assert visit.sheet.view.counted.text() == "บันทึกแล้ว 1 จาก 1 รูป"


@pytest.mark.parametrize("role", [PhotoRole.BEFORE, PhotoRole.PROGRESS, PhotoRole.AFTER])
def test_the_photos_go_into_the_slot_whose_button_was_pressed(
    visit: Visit, laptop: PhoneLaptop, role: PhotoRole
) -> None:
    phone = visit.begins(role).phone()
    visit.hears(phone.sends, PICTURE)

    assert [deed[1] for deed in laptop.deeds(photos.attach)] == [role]


@pytest.mark.parametrize("letter", ["P", "ย"])
def test_ctrl_p_opens_it_in_both_layouts(visit: Visit, letter: str) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.sendKeyEvent(QTest.KeyAction.Click, visit.screen, Qt.Key(ord(letter)), letter, control)

    assert visit.is_open
    assert visit.sheet.title.text() == "รูปก่อนทำจากมือถือ"


def test_the_code_on_the_screen_is_the_address_of_the_page(visit: Visit) -> None:
    url = visit.begins().shows_code()

    assert read_code(visit) == url
    assert visit.sheet.view.code.code_px >= 240


def test_the_fingerprint_that_is_shown_is_that_of_the_page(visit: Visit) -> None:
    url = visit.begins().shows_code()
    view = visit.sheet.view
    view.compare.click()
    with calls(url) as line:
        assert isinstance(line, ssl.SSLSocket)
        shown = line.getpeercert(binary_form=True)

    assert view.fingerprint.isVisible()
    wanted = hashlib.sha256(shown or b"").hexdigest().upper()
    assert view.fingerprint.text().replace(" ", "").replace("\n", "") == wanted


def test_closing_the_sheet_closes_the_page_and_offers_one_undo_for_all(
    visit: Visit, laptop: PhoneLaptop
) -> None:
    phone = visit.begins().phone()
    for colour in ("red", "blue"):
        visit.hears(phone.sends, a_picture(colour=colour))
    QTest.keyClick(visit.sheet, Qt.Key.Key_Escape)

    assert not visit.is_open
    assert visit.has_nobody(phone)
    assert toast(visit.screen) == "บันทึกรูปหลังทำแล้ว 2 รูป"
    place = window_of(visit.screen).workplace
    assert place is not None
    place.toast.take_back()
    visit.waits(lambda: len(laptop.deeds(undo)) == 2)
    assert laptop.deeds(undo) == [("new-2",), ("new-1",)]


def test_done_on_the_phone_closes_the_sheet(visit: Visit) -> None:
    phone = visit.begins().phone()
    visit.hears(phone.sends, PICTURE)
    visit.hears(phone.is_done)
    visit.waits(lambda: not visit.is_open)

    assert toast(visit.screen) == "บันทึกรูปหลังทำแล้ว 1 รูป"


def test_done_on_the_phone_leaves_the_sheet_open_while_a_photo_is_missing(
    visit: Visit, laptop: PhoneLaptop
) -> None:
    laptop.failures[photos.attach] = NoRoomForPhoto("1 byte is free")
    phone = visit.begins().phone()
    told = visit.hears(phone.sends, PICTURE)
    visit.hears(phone.is_done)
    visit.waits(lambda: visit.sheet.view.state.text() == "หน้ารับรูปปิดแล้ว")

    assert told.json() == {"state": "refused", "why": "no_room"}
    assert visit.steps() == [Step.NO_ROOM]


def test_what_went_wrong_is_told_on_the_sheet_and_the_rest_goes_on(
    visit: Visit, laptop: PhoneLaptop
) -> None:
    phone = visit.begins().phone()
    laptop.failures[photos.attach] = NoRoomForPhoto("1 byte is free")
    visit.hears(phone.sends, PICTURE)
    assert NoRoomForPhoto.title in thai()
    assert thai()[NoRoomForPhoto.title] in visit.sheet.view.banner.words
    del laptop.failures[photos.attach]
    laptop.failures_by_content = {a_picture(colour="red"): PhotoRepeated("again")}

    assert visit.hears(phone.sends, PICTURE).json() == {"state": "saved"}
    assert visit.hears(phone.sends, a_picture(colour="red")).json() == {"state": "here"}
    assert visit.steps() == [Step.SAVED, Step.HERE]


def test_a_file_that_only_begins_like_a_picture_is_told(visit: Visit, laptop: PhoneLaptop) -> None:
    cut = PICTURE[:200]
    laptop.failures_by_content = {cut: PhotoUnreadable("cut")}
    phone = visit.begins().phone()

    assert visit.hears(phone.sends, cut).json()["why"] == "not_a_picture"
    assert visit.steps() == [Step.NOT_A_PICTURE]


def test_another_phone_gets_a_new_code_and_the_old_one_is_worth_nothing(visit: Visit) -> None:
    first = visit.begins().phone()
    visit.hears(first.sends, PICTURE)
    old = first.url
    visit.sheet.other.click()
    visit.waits(lambda: visit.sheet.view.url.text() not in {"", old})
    second = visit.phone()

    assert visit.has_nobody(first)
    assert visit.hears(second.sends, a_picture(colour="red")).json() == {"state": "saved"}
    assert visit.steps() == [Step.SAVED, Step.SAVED]


def test_without_encryption_only_after_a_clear_sentence(visit: Visit) -> None:
    safe = visit.begins().shows_code()
    assert safe.startswith("https://")
    visit.sheet.open_way.click()
    assert "คนอื่นใน Wi-Fi เดียวกันเห็นรูประหว่างส่งได้" in visit.sheet.view.banner.words
    assert visit.sheet.view.url.text() == safe
    buttons = visit.sheet.view.banner.findChildren(Button)
    next(b for b in buttons if b.text() == "เปิดแบบไม่เข้ารหัส").click()
    visit.waits(lambda: visit.sheet.view.url.text().startswith("http://"))
    phone = visit.phone()

    assert visit.hears(phone.sends, PICTURE).json() == {"state": "saved"}
    assert visit.sheet.view.fingerprint.isHidden()


def test_without_a_network_it_says_how_to_make_one_and_waits_for_it(visit: Visit) -> None:
    visit.found = ()
    visit.begins().looked()
    view = visit.sheet.view
    assert view.state.text() == "รอเครือข่าย"
    assert "ฮอตสปอตเคลื่อนที่" in view.steps[1].text()
    assert not view.code.isVisible()
    assert not visit.sheet.other.isVisible()
    visit.found = (HERE,)
    visit.sheet._look_at_network()
    visit.looked()

    assert visit.shows_code().startswith("https://127.0.0.1:")
    assert view.code.isVisible()


def test_a_network_that_goes_takes_the_page_along(visit: Visit) -> None:
    phone = visit.begins().phone()
    visit.found = ()
    visit.sheet._look_at_network()
    visit.looked()

    assert visit.has_nobody(phone)
    assert visit.sheet.view.state.text() == "รอเครือข่าย"


def test_an_address_that_cannot_be_used_is_told(visit: Visit) -> None:
    visit.found = (Address(host="192.168.255.254", way=Way.CABLE),)
    visit.begins()
    visit.waits(lambda: "เปิดหน้ารับรูปจากมือถือไม่ได้" in visit.sheet.view.banner.words)
    visit.found = (HERE,)
    visit.sheet._try_again()

    assert visit.shows_code().startswith("https://127.0.0.1:")


def test_a_person_picks_between_several_addresses(visit: Visit) -> None:
    visit.found = (HERE, Address(host="127.0.0.2", way=Way.CABLE))
    visit.begins().shows_code()
    tags = visit.sheet.view.findChildren(Tag)
    assert [tag.text() for tag in tags] == ["Wi-Fi · 127.0.0.1", "สายแลน · 127.0.0.2"]
    tags[1].click()
    visit.waits(lambda: "//127.0.0.2:" in visit.sheet.view.url.text())

    assert [tag.isChecked() for tag in tags] == [False, True]


def test_after_ten_quiet_minutes_it_says_so_and_opens_again(visit: Visit) -> None:
    old = visit.begins().shows_code()
    visit.hatches[old]._end(Ending.IDLE)
    visit.waits(lambda: "10 นาที" in visit.sheet.view.banner.words)
    assert visit.sheet.view.url.text() == ""
    visit.sheet._try_again()

    assert visit.shows_code() != old


@pytest.mark.parametrize("is_closing", [True, False])
def test_closing_the_window_and_signing_out_close_the_page(
    visit: Visit, *, is_closing: bool
) -> None:
    phone = visit.begins().phone()
    window = window_of(visit.screen)
    if is_closing:
        window.leave()
    else:
        window._sign_out()
        visit.waits(lambda: window.workplace is None)

    assert visit.has_nobody(phone)


def test_closing_at_once_leaves_no_page_open(visit: Visit) -> None:
    visit.begins().looked()
    link = visit.screen.photos.phone.link
    assert link is not None
    door = link._door
    assert door is not None
    visit.screen.photos.phone.close()
    visit.waits(lambda: window_of(visit.screen).office.background.is_idle)

    assert door.hatch is not None
    assert door.hatch.wait_closed(WAIT_S)


def test_it_follows_the_language(visit: Visit) -> None:
    visit.begins().shows_code()
    choose_language("en", window_of(visit.screen).office.settings)

    assert visit.sheet.title.text() == "After photos from a phone"
    assert visit.sheet.view.state.text() == "Waiting for the phone"
    assert visit.sheet.other.text() == "Another phone"


@pytest.mark.parametrize("size", [QSize(1280, 640), QSize(1366, 768)])
@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("spoken", ["th", "en"])
def test_the_sheet_fits(
    visit: Visit, tmp_path: Path, size: QSize, percent: int, spoken: Language
) -> None:
    window, folder = window_of(visit.screen), shots_folder(tmp_path)
    name = f"phone-{size.height()}-{percent}-{spoken}"
    window.office.theme.set_percent(percent)
    window.resize(size)
    visit.begins()
    choose_language(spoken, window.office.settings)
    visit.shows_code()
    visit.sheet.view.compare.click()
    grab(window, folder / f"{name}-waiting.png", size)
    assert_it_fits(visit.sheet)
    visit.sheet.open_way.click()
    grab(window, folder / f"{name}-open.png", size)
    assert_it_fits(visit.sheet)
    visit.sheet.view.say_no_more()
    phone = visit.phone()
    for number, colour in enumerate(("red", "green", "blue")):
        visit.hears(phone.sends, a_picture(colour=colour), f"IMG_20261119_10440{number}.jpg")
    grab(window, folder / f"{name}-photos.png", size)
    assert_it_fits(visit.sheet)


@pytest.mark.parametrize("spoken", ["th", "en"])
def test_without_a_network_it_fits_too(visit: Visit, tmp_path: Path, spoken: Language) -> None:
    window = window_of(visit.screen)
    window.office.theme.set_percent(150)
    visit.found = ()
    visit.begins().looked()
    choose_language(spoken, window.office.settings)
    grab(window, shots_folder(tmp_path) / f"phone-150-{spoken}-nothing.png", QSize(1280, 640))
    assert_it_fits(visit.sheet)


def assert_it_fits(sheet: PhoneSheet) -> None:
    """Check that the sheet lies in its window and that a phone can read the code."""
    panel = sheet._panel.geometry()
    assert sheet.rect().contains(panel)
    code = sheet.view.code
    if code.isVisible():
        assert code.code_px >= 240
        where = code.mapTo(sheet, code.rect().topLeft())
        assert panel.contains(QRect(where, code.size()))
    shown = [label for label in sheet.findChildren(ThaiLabel) if label.isVisible()]
    assert not [label.text() for label in shown if label.is_cut and label is not sheet.view.url]
    for button in (
        sheet.done,
        sheet.other,
        sheet.open_way,
        *sheet.view.banner.findChildren(Button),
    ):
        if button.isVisible():
            assert panel.contains(QRect(button.mapTo(sheet, QPoint()), button.size()))


def test_a_long_list_lets_go_of_what_is_saved_and_keeps_what_is_not(
    qtbot: QtBot, make_office: MakeOffice, laptop: PhoneLaptop
) -> None:
    office = make_office(laptop)
    shown = ArrivalList(office.theme, office.background)
    qtbot.addWidget(shown)
    arrivals = [
        Arrival(
            key=(1, number),
            name=f"{number}.jpg",
            size_bytes=4_000_000,
            step=Step.NO_ROOM if number == 1 else Step.SAVED,
        )
        for number in range(1, MOST_ROWS + 11)
    ]
    for count in range(1, len(arrivals) + 1):
        shown.show_arrivals(arrivals[:count])

    assert len(shown.rows) == MOST_ROWS
    assert {(1, 1), (1, MOST_ROWS + 10)} <= set(shown.rows)
