"""The page of the phone in a real browser, over TLS with a certificate that nobody knows."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl, Slot
from PySide6.QtWebEngineCore import QWebEngineCertificateError, QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from field_app.domain.clock import SystemClock
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.handoff.addresses import Address, Way
from field_app.handoff.hatch import Hatch, Opening, open_hatch
from field_app.handoff.landing import Landing
from field_app.handoff.news import Answer, Came, Coming, News
from field_app.handoff.page import Errand
from field_app.handoff.server import _cut
from field_app.texts import set_language
from field_app.ui.map.schemes import register_schemes
from field_app.ui.theme import Theme
from tests.helpers.phone import WAIT_S
from tests.helpers.pictures import a_picture
from tests.helpers.shots import shots_folder

register_schemes()

pytestmark = pytest.mark.qt_log_ignore(
    "^Failed to create RHI", "^QVulkanInstance", "^GPUInfo", extend=True
)  # no graphics card: Chromium draws in software and says so
WAIT_MS = int(WAIT_S * 1000)


class Browser(QWebEnginePage):
    """A phone's browser whose owner goes on after the warning; keeps what the page complains of."""

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self.complaints: list[str] = []
        self.warnings = 0
        self.certificateError.connect(self._go_on)

    @Slot(QWebEngineCertificateError)
    def _go_on(self, error: QWebEngineCertificateError) -> None:
        self.warnings += 1
        error.acceptCertificate()

    def javaScriptConsoleMessage(  # noqa: N802 - Qt's name
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, *_where: Any
    ) -> None:
        self.complaints.append(message)


class PhoneScreen:
    """A phone with the page open, and the laptop that answers it."""

    def __init__(self, qtbot: QtBot, profile: QWebEngineProfile, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.answer = Answer.SAVED
        self.drops = 0
        """So many times the network breaks when a photo begins to come."""
        self.got: list[tuple[str, bytes]] = []
        self.hatch = self._open(has_tls=True)
        self.browser = Browser(profile)
        self.view = QWebEngineView()
        qtbot.addWidget(self.view)
        self.view.setPage(self.browser)
        self.view.resize(360, 740)
        self.view.show()

    def _open(self, *, has_tls: bool) -> Hatch:
        opening = Opening(
            address=Address(host="127.0.0.1", way=Way.WIFI),
            errand=Errand(ticket_id=TicketId("2026-K4T9XA"), role=PhotoRole.AFTER),
            landing=Landing(
                folder=self.folder, prefix="incoming-", free=lambda: 10**10, spare_bytes=0
            ),
            has_tls=has_tls,
        )
        return open_hatch(opening, self._hear, SystemClock())

    def _hear(self, news: News) -> None:
        if isinstance(news, Coming) and self.drops:
            self.drops -= 1
            for connection in list(self.hatch._server._due):
                _cut(connection)
        if isinstance(news, Came):
            self.got.append((news.name, news.path.read_bytes()))
            self.hatch.answer(news.number, self.answer)

    def opens_plainly(self) -> None:
        self.close()
        self.hatch = self._open(has_tls=False)

    def loads(self) -> None:
        with self.qtbot.waitSignal(self.browser.loadFinished, timeout=WAIT_MS) as loaded:
            self.browser.load(QUrl(self.hatch.url))
        assert loaded.args == [True]

    def ask(self, script: str) -> Any:
        """Return what a piece of script says, by JSON."""
        said: list[str] = []
        self.browser.runJavaScript(f"JSON.stringify({script})", 0, said.append)
        self.qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
        return json.loads(said[0])

    def does(self, script: str) -> None:
        self.ask(f"(function () {{ {script}; return true; }}())")

    def chooses(self, *files: tuple[str, bytes], by: str = "files") -> None:
        """Choose files, as the phone's own picker hands them to a page."""
        made = ", ".join(
            f"new File([Uint8Array.from(atob('{base64.b64encode(content).decode()}'), "
            f"function (c) {{ return c.charCodeAt(0); }})], {json.dumps(name)})"
            for name, content in files
        )
        self.does(
            f"var held = new DataTransfer(); [{made}].forEach(function (file) "
            f"{{ held.items.add(file); }}); var input = document.getElementById('{by}'); "
            "input.files = held.files; input.dispatchEvent(new Event('change'))"
        )

    def waits_for(self, words: str) -> None:
        """Wait until words stand on the page."""

        def is_there() -> bool:
            return words in str(self.ask("document.body.innerText"))

        self.qtbot.waitUntil(is_there, timeout=WAIT_MS)

    def grab(self, name: str, folder: Path) -> None:
        """Keep a picture of the phone, once the page has drawn what it says."""
        self.does(
            "window.drawn = false; requestAnimationFrame(function () { "
            "requestAnimationFrame(function () { window.drawn = true; }); })"
        )
        self.qtbot.waitUntil(lambda: self.ask("window.drawn === true"), timeout=WAIT_MS)
        assert self.view.grab().save(str(shots_folder(folder) / f"{name}.png"))

    def close(self) -> None:
        self.hatch.close()
        assert self.hatch.wait_closed(WAIT_S)


@pytest.fixture(scope="module")
def profile(qapp: QApplication) -> QWebEngineProfile:
    """One browser for all tests: Chromium does not survive many that come and go."""
    return QWebEngineProfile(qapp)


@pytest.fixture
def screen(
    qtbot: QtBot, theme: Theme, profile: QWebEngineProfile, tmp_path: Path
) -> Iterator[PhoneScreen]:
    set_language("th")
    folder = tmp_path / "vault"
    folder.mkdir()
    screen = PhoneScreen(qtbot, profile, folder)
    yield screen
    screen.close()
    screen.view.setPage(None)  # type: ignore[arg-type]  # Qt takes none
    screen.browser.deleteLater()
    with qtbot.waitSignal(screen.browser.destroyed, timeout=WAIT_MS):
        pass


def test_photos_chosen_in_a_browser_arrive_byte_for_byte(
    screen: PhoneScreen, tmp_path: Path
) -> None:
    one, two = a_picture(colour="red"), a_picture(900, 700, colour="blue") + bytes(3_000_000)
    screen.loads()
    assert screen.browser.warnings >= 1
    screen.grab("page-first", tmp_path)
    screen.chooses(("หลุม 1.jpg", one), ("IMG_2.JPG", two))
    screen.waits_for("ถึงแล้ว 2 จาก 2 รูป")
    screen.grab("page-arrived", tmp_path)

    assert screen.got == [("หลุม 1.jpg", one), ("IMG_2.JPG", two)]
    hashes = screen.ask("[].map.call(document.querySelectorAll('.hash'), e => e.textContent)")
    wanted = [hashlib.sha256(content).hexdigest()[:16] for content in (one, two)]
    assert hashes == [f"sha256 {digits}…" for digits in wanted]
    assert screen.browser.complaints == []


def test_the_language_can_be_changed_at_any_time(screen: PhoneScreen, tmp_path: Path) -> None:
    screen.loads()
    screen.chooses(("a.jpg", a_picture()))
    screen.waits_for("ถึงแล้ว 1 จาก 1 รูป")
    screen.does("document.getElementById('language').click()")
    screen.waits_for("1 of 1 arrived")
    screen.grab("page-english", tmp_path)

    assert "Photos after the work" in screen.ask("document.body.innerText")
    assert screen.ask("document.documentElement.lang") == "en"


def test_the_same_photo_chosen_twice_is_sent_once(screen: PhoneScreen) -> None:
    screen.loads()
    screen.chooses(("a.jpg", a_picture()), ("b.jpg", a_picture()))
    screen.waits_for("มีในงานนี้แล้ว")

    assert [name for name, _content in screen.got] == ["a.jpg"]


def test_what_is_too_large_or_no_picture_is_said_of_that_file_only(
    screen: PhoneScreen, tmp_path: Path
) -> None:
    screen.loads()
    screen.does(
        "var held = new DataTransfer(); held.items.add(new File([new Uint8Array(41943041)], 'x')); "
        "var input = document.getElementById('files'); input.files = held.files; "
        "input.dispatchEvent(new Event('change'))"
    )
    screen.waits_for("ใหญ่เกิน 40 MB ไม่รับ")
    screen.chooses(("notes.pdf", b"%PDF-1.7" * 100), ("a.jpg", a_picture()))
    screen.waits_for("ไม่ใช่รูป JPEG, PNG, WebP หรือ HEIC ที่สมบูรณ์")
    screen.waits_for("ถึงแล้ว 1 จาก 3 รูป")
    screen.grab("page-refused", tmp_path)

    assert [name for name, _content in screen.got] == ["a.jpg"]


def test_what_the_laptop_could_not_save_is_sent_again_by_a_button(screen: PhoneScreen) -> None:
    screen.answer = Answer.NO_ROOM
    screen.loads()
    screen.chooses(("a.jpg", a_picture()))
    screen.waits_for("โน้ตบุ๊กไม่มีที่ว่างแล้ว")
    screen.answer = Answer.SAVED
    screen.does("document.getElementById('retry').click()")
    screen.waits_for("ถึงแล้ว 1 จาก 1 รูป")

    assert len(screen.got) == 2


def test_a_laptop_that_closes_is_noticed_and_nothing_is_called_arrived(
    screen: PhoneScreen, tmp_path: Path
) -> None:
    screen.loads()
    screen.close()
    screen.chooses(("a.jpg", a_picture()))
    screen.waits_for("สัญญาณขาด")
    screen.grab("page-broken", tmp_path)

    assert "ถึงแล้ว 0 จาก 1 รูป" in screen.ask("document.body.innerText")


def test_a_wifi_that_drops_in_the_middle_makes_the_page_send_that_photo_again(
    screen: PhoneScreen,
) -> None:
    content = a_picture() + bytes(8_000_000)
    screen.drops = 1
    screen.loads()
    screen.chooses(("a.jpg", content))
    screen.waits_for("ถึงแล้ว 1 จาก 1 รูป")

    assert screen.drops == 0
    assert screen.got == [("a.jpg", content)]
    assert list(screen.folder.iterdir()) == []


def test_the_way_round_the_gallery_sends_as_well(screen: PhoneScreen) -> None:
    screen.loads()
    screen.chooses(("a.jpg", a_picture()), by="any")
    screen.waits_for("ถึงแล้ว 1 จาก 1 รูป")

    assert screen.got == [("a.jpg", a_picture())]


def test_done_asks_while_something_is_missing_and_ends_the_page(
    screen: PhoneScreen, tmp_path: Path
) -> None:
    screen.loads()
    screen.chooses(("notes.pdf", b"%PDF-1.7" * 100))
    screen.waits_for("ไม่ใช่รูป JPEG")
    screen.does("document.getElementById('done').click()")
    screen.waits_for("รูปยังไปไม่ครบ จะจบเลยไหม")
    screen.grab("page-asks", tmp_path)
    screen.does("document.getElementById('yes').click()")
    screen.waits_for("เสร็จแล้ว ปิดหน้านี้ได้")

    assert screen.hatch.wait_closed(WAIT_S)


def test_it_works_without_tls_as_well(screen: PhoneScreen) -> None:
    screen.opens_plainly()
    screen.loads()
    screen.chooses(("a.jpg", a_picture()))
    screen.waits_for("ถึงแล้ว 1 จาก 1 รูป")

    assert screen.browser.warnings == 0
    assert screen.got == [("a.jpg", a_picture())]


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1_048_576, 1_048_577])
def test_the_pages_own_sha256_is_right_at_every_edge(screen: PhoneScreen, size: int) -> None:
    content = b"\xff\xd8\xff" + bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    screen.answer = Answer.SAVED
    screen.loads()
    screen.chooses(("a.jpg", content))
    if size >= 32:
        screen.waits_for("ถึงแล้ว 1 จาก 1 รูป")
        assert screen.got == [("a.jpg", content)]
    else:
        screen.waits_for("ไม่ใช่รูป JPEG")
        assert screen.got == []
