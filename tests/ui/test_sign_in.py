"""Signing in: first run, wrong password, no network, other languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from field_app.domain.errors import (
    DeviceRevoked,
    FieldAppError,
    NotTheHub,
    Unreachable,
    WrongPassword,
)
from field_app.domain.farewell import Farewell
from field_app.domain.pack_errors import BlockedWithoutKey
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import language, set_language
from field_app.ui.account.sign_in_screen import SignInScreen
from field_app.ui.main_window import MainWindow
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import CHIEF, HUB, MEMBER, FakeLaptop

MakeWindow = Callable[[FakeLaptop], MainWindow]


def known_laptop() -> FakeLaptop:
    """Return a laptop on which somebody signed in before."""
    laptop = FakeLaptop(person=None)
    laptop.hub_url, laptop.last_username = HUB, "yotha3"
    return laptop


def form(window: MainWindow) -> SignInScreen:
    assert window.sign_in is not None
    return window.sign_in


def try_with(window: MainWindow, qtbot: QtBot, typed: str = "1234") -> None:
    form(window).password.input.setText(typed)
    form(window).try_it()
    qtbot.waitUntil(lambda: window.office.background.is_idle)


def test_the_first_run_asks_for_the_hub(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop(person=None))
    assert form(window).hub.isVisible()
    assert window.focusWidget() is form(window).hub.input


def test_later_only_the_password_is_missing(make_window: MakeWindow) -> None:
    window = make_window(known_laptop())
    assert not form(window).hub.isVisible()
    assert form(window).name.input.text() == "yotha3"
    assert window.focusWidget() is form(window).password.input


def test_whoever_was_here_before_is_offered_and_types_only_the_password(
    make_window: MakeWindow,
) -> None:
    laptop = known_laptop()
    laptop.known_people = (MEMBER, CHIEF)
    window = make_window(laptop)
    people = form(window).people
    assert people.isVisible()
    assert people.buttons["yotha3"].isChecked()
    form(window).password.input.setText("of somebody else")

    people.buttons["chief"].click()

    assert form(window).name.input.text() == "chief"
    assert form(window).password.input.text() == ""
    assert window.focusWidget() is form(window).password.input
    assert [name for name, button in people.buttons.items() if button.isChecked()] == ["chief"]


def test_a_single_known_person_needs_no_button(make_window: MakeWindow) -> None:
    laptop = known_laptop()
    laptop.known_people = (MEMBER,)
    assert not form(make_window(laptop)).people.isVisible()


def test_signing_in_leads_to_the_work(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(known_laptop())
    try_with(window, qtbot)
    assert window.workplace is not None
    assert window.sign_in is None
    qtbot.waitUntil(lambda: window.office.background.is_idle)


def test_enter_in_the_password_signs_in(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(known_laptop())
    form(window).password.input.setText("secret")
    QTest.keyClick(form(window).password.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workplace is not None)
    qtbot.waitUntil(lambda: window.office.background.is_idle)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (WrongPassword("test"), "The user name or password is not right. Check that"),
        (Unreachable("test"), "The hub cannot be reached."),
        (NotTheHub("test"), "Something other than the hub answered."),
    ],
)
def test_a_failure_says_what_happened_and_what_to_do(
    make_window: MakeWindow, qtbot: QtBot, failure: FieldAppError, words: str
) -> None:
    laptop = known_laptop()
    laptop.sign_in_failure = failure
    window = make_window(laptop)
    try_with(window, qtbot)
    assert form(window).banner.words.startswith(words)
    assert form(window).go.isEnabled()
    assert form(window).hub.isVisible() is isinstance(failure, NotTheHub)


def test_an_empty_field_is_named(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(known_laptop())
    try_with(window, qtbot, "")
    assert form(window).banner.words.startswith("Something is missing: Password")


def test_the_eye_shows_the_password(make_window: MakeWindow) -> None:
    window = make_window(known_laptop())
    form(window).eye.click()
    assert form(window).password.input.echoMode() is QLineEdit.EchoMode.Normal
    form(window).eye.click()
    assert form(window).password.input.echoMode() is QLineEdit.EchoMode.Password


def test_the_language_is_chosen_before_signing_in(make_window: MakeWindow) -> None:
    window = make_window(known_laptop())
    form(window).welcome.buttons["th"].click()
    assert language() == "th"
    assert form(window).go.text() == "ลงชื่อเข้าใช้"
    assert form(window).password.label.text() == "รหัสผ่าน"


def test_a_shown_failure_follows_the_language(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = known_laptop()
    laptop.sign_in_failure = WrongPassword("test")
    window = make_window(laptop)
    try_with(window, qtbot)
    form(window).welcome.buttons["th"].click()
    assert form(window).banner.words.startswith("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง")


def test_every_control_of_the_form_has_a_name(make_window: MakeWindow) -> None:
    window = make_window(known_laptop())
    controls = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    assert [control for control in controls if not control.accessibleName()] == []


@pytest.mark.parametrize("percent", [100, 150])
def test_the_form_can_be_drawn(make_window: MakeWindow, tmp_path: Path, percent: int) -> None:
    set_language("th")
    window = make_window(known_laptop())
    window.office.theme.set_percent(percent)
    folder = shots_folder(tmp_path)
    assert grab(window, folder / f"sign-in-{percent}.png").stat().st_size > 10_000


@pytest.mark.parametrize("spoken", ["th", "en"])
def test_the_button_is_in_sight_at_150_percent_in_the_smallest_window(
    make_window: MakeWindow, spoken: str
) -> None:
    set_language("th" if spoken == "th" else "en")
    laptop = known_laptop()
    laptop.known_people = (MEMBER, CHIEF)
    window = make_window(laptop)
    window.office.theme.set_percent(150)
    window.resize(1280, 640)
    QApplication.processEvents()
    button = form(window).go
    bottom = button.mapTo(window, button.rect().bottomLeft()).y()
    assert bottom < window.height()
    assert not button.visibleRegion().isEmpty()


def test_a_blocked_computer_says_where_the_unsent_work_is(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("field_app.ui.account.sign_in_screen.open_folder", opened.append)
    laptop = known_laptop()
    laptop.farewell = Farewell(
        account="ana@1",
        person_name="ทีมโยธา 3",
        file="/somewhere/rescue-packs/ana-20261125-101500.fieldrescue",
        operations=4,
        photos=2,
        is_sealed=True,
        is_wiped=True,
    )
    window = make_window(laptop)
    banner = form(window).banner

    assert "6 unsent things are sealed in the rescue pack ana-20261125-101500" in banner.words
    form(window).welcome.buttons["th"].click()
    assert "ปิดผนึกไว้ในซองงาน" in banner.words
    for percent in (150, 100):
        window.office.theme.set_percent(percent)
        grab(window, shots_folder(tmp_path) / f"sign-in-blocked-{percent}.png")
    [button] = banner.findChildren(QAbstractButton)
    button.click()
    assert opened == [Path("/somewhere/rescue-packs")]


def test_a_blocked_computer_without_unsent_work_says_so(make_window: MakeWindow) -> None:
    laptop = known_laptop()
    laptop.farewell = Farewell(account="a", person_name="Ana", file="", is_wiped=True)
    assert "Nothing was unsent" in form(make_window(laptop)).banner.words


def test_a_blocked_computer_says_where_colleagues_packs_are(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("field_app.ui.account.sign_in_screen.open_folder", opened.append)
    laptop = known_laptop()
    laptop.farewell = Farewell(
        account="a", person_name="Ana", file="", is_wiped=True, carried=2, packs_folder="/packs"
    )
    window = make_window(laptop)
    banner = form(window).banner

    assert "2 rescue packs of colleagues were not at the hub." in banner.words
    assert "Nothing was unsent" not in banner.words
    form(window).welcome.buttons["th"].click()
    assert "ซองงานของเพื่อนร่วมงาน 2 ซองยังไม่ถึงศูนย์" in banner.words
    window.office.theme.set_percent(150)
    grab(window, shots_folder(tmp_path) / "sign-in-blocked-carrier-150.png")
    [button] = banner.findChildren(QAbstractButton)
    button.click()
    assert opened == [Path("/packs")]


def test_the_window_leads_to_the_sign_in_when_it_was_wiped(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    laptop.person = None
    blocked = SyncStatus(reach=Reach.SIGNED_OUT, last_error=DeviceRevoked("blocked"))

    window.office.bus.status_changed.emit(blocked)

    assert window.workplace is None
    assert form(window).isVisible()


def test_a_blocked_computer_that_cannot_seal_says_what_to_do(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    assert window.workplace is not None
    signal = window.office.bus.status_changed
    signal.emit(SyncStatus(reach=Reach.SIGNED_OUT, last_error=DeviceRevoked("blocked")))
    signal.emit(SyncStatus(reach=Reach.SIGNED_OUT, last_error=BlockedWithoutKey("blocked")))
    assert "Save it to a rescue pack in the outbox" in window.workplace.sign_in_notice.words


def test_a_blocked_computer_with_a_damaged_note_promises_nothing_more_than_it_knows(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    laptop = known_laptop()
    laptop.farewell = Farewell(
        account="a", person_name="ana", file="", is_damaged=True, packs_folder="/packs"
    )
    window = make_window(laptop)
    banner = form(window).banner

    assert "A note of this is damaged" in banner.words
    assert "were deleted" not in banner.words
    form(window).welcome.buttons["th"].click()
    assert "แจ้งฝ่ายไอที" in banner.words
    window.office.theme.set_percent(150)
    grab(window, shots_folder(tmp_path) / "sign-in-blocked-damaged-150.png")
