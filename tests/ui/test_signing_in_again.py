"""Several people on one laptop, and a sign-in that ends: everything stays open, and it is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from field_app.domain.errors import DeviceRevoked, Unreachable, WrongPassword
from field_app.domain.people import Role
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import Language, set_language
from field_app.ui.account.sign_in_again_sheet import SignInAgainSheet
from field_app.ui.language import choose_language
from field_app.ui.main_window import MainWindow
from field_app.ui.settings.sheet import SettingsSheet
from field_app.ui.shared.buttons import Button
from field_app.ui.theme import Theme
from field_app.ui.workplace import Workplace
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import CHIEF, HUB, MEMBER, FakeLaptop
from tests.ui.work_laptop import WorkLaptop

MakeWindow = Callable[[FakeLaptop], MainWindow]
ENDED = SyncStatus(reach=Reach.SIGNED_OUT, must_sign_in=True, waiting_count=3)


def place_of(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def sheet_of(window: MainWindow) -> SignInAgainSheet:
    place_of(window).sign_in_notice._buttons[0].click()
    sheet = window.findChild(SignInAgainSheet)
    assert sheet is not None
    return sheet


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.office.background.is_idle)
    QApplication.processEvents()


def test_a_sign_in_that_ended_closes_nothing_and_says_what_to_do(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    place = place_of(window)
    window.office.bus.tell_status(ENDED)

    assert place.sign_in_notice.words == (
        "The hub wants you to sign in again. "
        "Your jobs and unsent work stay on this computer. Sign in to send them."
    )
    assert place.screen_key == "today"
    choose_language("th", window.office.settings)
    assert "ศูนย์" in place.sign_in_notice.words
    window.office.bus.tell_status(SyncStatus(reach=Reach.ONLINE))
    assert place.sign_in_notice.isHidden()


def test_away_from_the_hub_it_says_what_will_happen_at_the_next_contact(
    make_window: MakeWindow,
) -> None:
    laptop = FakeLaptop()
    laptop.sync_status = replace(ENDED, reach=Reach.OFFLINE)

    notice = place_of(make_window(laptop)).sign_in_notice

    assert notice.words.startswith("At the next contact the hub will ask you to sign in again.")


def test_a_blocked_computer_is_told_so(make_window: MakeWindow) -> None:
    window = make_window(FakeLaptop())
    window.office.bus.tell_status(ENDED)
    window.office.bus.tell_status(replace(ENDED, last_error=DeviceRevoked("x")))

    assert place_of(window).sign_in_notice.words.startswith("This computer was blocked")


def test_signing_in_again_keeps_the_open_work(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = WorkLaptop()
    window = make_window(laptop)
    place = place_of(window)
    place.go_to("work", laptop.job.ticket.id)
    settled(window, qtbot)
    window.office.bus.tell_status(ENDED)
    sheet = sheet_of(window)

    sheet.password.input.setText("new password")
    sheet.go.click()
    settled(window, qtbot)

    assert laptop.passwords == ["new password"]
    assert window.workplace is place
    assert place.screen_key == "work"
    assert window.findChild(SignInAgainSheet) is None
    assert place.toast.isVisible()


def test_a_wrong_password_and_no_network_are_said_in_the_sheet(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    window.office.bus.tell_status(ENDED)
    sheet = sheet_of(window)
    sheet.go.click()
    assert laptop.passwords == []

    for failure in (WrongPassword("x"), Unreachable("x")):
        laptop.sign_in_failure = failure
        sheet.password.input.setText("old password")
        sheet.go.click()
        settled(window, qtbot)
        assert sheet.banner.words.startswith(type(failure).title)
        assert sheet.go.isEnabled()


def test_another_role_opens_another_workplace(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = WorkLaptop()
    window = make_window(laptop)
    place = place_of(window)
    window.office.bus.tell_status(ENDED)
    sheet = sheet_of(window)
    laptop.renewed = laptop.person = replace(MEMBER, role=Role.SUPERVISOR)

    sheet.password.input.setText("password")
    sheet.go.click()
    settled(window, qtbot)

    assert place_of(window) is not place


def two_people() -> FakeLaptop:
    laptop = FakeLaptop(person=None)
    laptop.hub_url, laptop.last_username = HUB, "yotha3"
    laptop.known_people = (MEMBER, CHIEF)
    laptop.unsent = {"yotha3": 3, "chief": 0}
    return laptop


def test_the_sign_in_says_whose_work_is_still_here(make_window: MakeWindow) -> None:
    window = make_window(two_people())
    assert window.sign_in is not None
    people = window.sign_in.people

    assert people.buttons["yotha3"].text() == "Test crew member · 3 things not at the hub"
    assert people.buttons["chief"].text() == "Test supervisor"
    assert people.kept.isVisible()


def test_a_single_person_is_named_when_their_work_is_still_here(make_window: MakeWindow) -> None:
    laptop = two_people()
    laptop.known_people = (MEMBER,)
    window = make_window(laptop)
    assert window.sign_in is not None

    assert window.sign_in.people.isVisible()


def test_signing_out_with_unsent_work_asks_first(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    place = place_of(window)
    place.go_to("settings")
    settled(window, qtbot)
    sheet = window.findChild(SettingsSheet)
    assert sheet is not None
    leave = next(b for b in sheet.findChildren(Button) if b.text() == "Sign out")

    with qtbot.assertNotEmitted(place.sign_out_wished):
        leave.click()
    assert sheet._banner.words.startswith("3 things you did are not at the hub yet")
    with qtbot.waitSignal(place.sign_out_wished):
        sheet._banner._buttons[0].click()
    settled(window, qtbot)
    assert window.sign_in is not None


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_they_are_drawn(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, language: Language, percent: int
) -> None:
    set_language(language)
    folder = shots_folder(tmp_path)
    name = f"{language}-{percent}.png"
    window = make_window(FakeLaptop())
    window.office.theme.set_percent(percent)
    window.office.bus.tell_status(replace(ENDED, reach=Reach.OFFLINE))
    assert grab(window, folder / f"again-notice-{name}").stat().st_size > 0
    sheet = sheet_of(window)
    sheet.banner.show_failure(WrongPassword("x"))
    assert grab(window, folder / f"again-sheet-{name}").stat().st_size > 0
    with qtbot.waitSignal(sheet.destroyed):
        sheet.close_it()
    place_of(window).go_to("settings")
    settled(window, qtbot)
    settings = window.findChild(SettingsSheet)
    assert settings is not None
    settings._leave()
    assert grab(window, folder / f"again-settings-{name}").stat().st_size > 0


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_sign_in_is_drawn(
    theme: Theme, make_window: MakeWindow, tmp_path: Path, language: Language, percent: int
) -> None:
    set_language(language)
    theme.set_percent(percent)
    window = make_window(two_people())
    path = grab(window, shots_folder(tmp_path) / f"people-{language}-{percent}.png")
    assert path.stat().st_size > 0
    assert window.sign_in is not None
    go = window.sign_in.go
    assert go.mapTo(window, go.rect().bottomLeft()).y() < window.height()
