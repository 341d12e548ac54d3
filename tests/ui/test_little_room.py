"""How much room there is, said where photos are added and in the settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from field_app.actions import photos
from field_app.domain.errors import NoRoomForPhoto
from field_app.domain.photo import PhotoRole
from field_app.photos.room import Room
from field_app.texts import Language, set_language
from field_app.ui.main_window import MainWindow
from field_app.ui.photos.sources import PhotoSource
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.settings.sheet import SettingsSheet
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import FakeLaptop
from tests.ui.work_laptop import WorkLaptop

MakeWindow = Callable[[FakeLaptop], MainWindow]
MB = 1_000_000


def at_work(make_window: MakeWindow, qtbot: QtBot, free: int) -> tuple[MainWindow, WorkScreen]:
    """Open the work screen on a laptop with so much room."""
    laptop = WorkLaptop()
    laptop.room = Room(free_bytes=free, photo_bytes=4 * MB)
    window = make_window(laptop)
    place = window.workplace
    assert place is not None
    place.go_to("work", laptop.job.ticket.id)
    qtbot.waitUntil(lambda: window.office.background.is_idle)
    screen = place.screen_of("work")
    assert isinstance(screen, WorkScreen)
    return window, screen


def test_plenty_of_room_is_not_worth_a_word(make_window: MakeWindow, qtbot: QtBot) -> None:
    _window, screen = at_work(make_window, qtbot, 50_000 * MB)

    assert screen.view.evidence.room.isHidden()
    assert screen.view.evidence.room_notice.isHidden()


def test_scarce_room_is_told_in_photos(make_window: MakeWindow, qtbot: QtBot) -> None:
    _window, screen = at_work(make_window, qtbot, 510 * MB)

    assert screen.view.evidence.room.text() == "Room for about 100 photos"
    assert screen.view.evidence.room_notice.isHidden()


def test_little_room_says_what_stops(make_window: MakeWindow, qtbot: QtBot) -> None:
    _window, screen = at_work(make_window, qtbot, 199 * MB)

    assert screen.view.evidence.room_notice.words == (
        "Room for about 32 photos "
        "Less than 200 MB is free, so pictures of other jobs are not fetched."
    )


def test_a_photo_without_room_is_refused_in_words(make_window: MakeWindow, qtbot: QtBot) -> None:
    window, screen = at_work(make_window, qtbot, 40 * MB)
    laptop = window.office.app
    assert isinstance(laptop, WorkLaptop)
    assert screen.view.evidence.room_notice.words.startswith("No room for photos on this computer")

    laptop.failures[photos.attach] = NoRoomForPhoto("40 MB are free")
    screen.photos.add(PhotoRole.AFTER, (PhotoSource(name="a.jpg", content=b"x"),))
    qtbot.waitUntil(lambda: not screen.photos.bulk.is_busy)

    place = window.workplace
    assert place is not None
    assert place.banner.words.startswith("There is no room for this photo on this computer.")


def test_the_settings_say_how_much_room_there_is(make_window: MakeWindow, qtbot: QtBot) -> None:
    window, _screen = at_work(make_window, qtbot, 510 * MB)
    place = window.workplace
    assert place is not None

    place.go_to("settings")
    qtbot.waitUntil(lambda: window.office.background.is_idle)

    sheet = window.findChild(SettingsSheet)
    assert sheet is not None
    assert sheet._room_line.text() == "Room for about 100 photos · 510.0 MB free"


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("free", [40, 180, 900])
def test_it_is_drawn(
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    language: Language,
    percent: int,
    free: int,
) -> None:
    set_language(language)
    window, screen = at_work(make_window, qtbot, free * MB)
    window.office.theme.set_percent(percent)

    path = grab(window, shots_folder(tmp_path) / f"room-{free}-{language}-{percent}.png")

    assert path.stat().st_size > 0
    notice = screen.view.evidence.room_notice
    assert notice.isHidden() or notice.height() >= notice.heightForWidth(notice.width())
