"""What the window says of a damaged database, and in which language it starts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from field_app.domain.changes import Changes
from field_app.domain.errors import StoreDamaged
from field_app.texts import Language, language
from field_app.ui.language import KEY
from field_app.ui.main_window import MainWindow
from field_app.ui.start import open_window
from field_app.ui.theme import Theme
from tests.ui.laptop import FakeLaptop, StoppedClock

MakeWindow = Callable[[FakeLaptop], MainWindow]


class ClosableLaptop(FakeLaptop):
    """A fake laptop as the program opens it."""

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


def _banner(window: MainWindow) -> str:
    assert window.workplace is not None
    return window.workplace.banner.words


def test_damage_found_at_the_start_is_said_once_with_what_was_rescued(
    make_window: MakeWindow,
) -> None:
    laptop = FakeLaptop()
    laptop.rescued_count = 3

    window = make_window(laptop)

    assert "were damaged" in _banner(window)
    assert "3 things" in _banner(window)
    assert window.workplace is not None
    window.workplace.banner.hide()
    window.office.bus.tell(Changes(everything=True))
    assert _banner(window) == ""


def test_damage_found_later_is_said_too(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    assert _banner(window) == ""

    laptop.rescued_count = 0
    window.office.bus.tell(Changes(everything=True))

    qtbot.waitUntil(lambda: "Nothing was waiting" in _banner(window))


def test_a_deed_that_met_the_damage_is_said_to_be_not_saved(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    laptop.rescued_count = 1
    window.office.bus.tell(Changes(everything=True))

    window.office.bus.complain(StoreDamaged("a page is broken"))

    qtbot.waitUntil(lambda: "do it again" in _banner(window))
    assert "1 thing you did" in _banner(window)


@pytest.mark.parametrize(
    ("asked", "remembered", "spoken"), [("en", "th", "en"), (None, "en", "en"), (None, "", "th")]
)
def test_the_asked_language_wins_over_the_remembered_one(
    theme: Theme, tmp_path: Path, asked: Language | None, remembered: str, spoken: Language
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(KEY, remembered)
    settings.sync()

    opened = open_window(
        lambda _tell, _tell_status: ClosableLaptop(),
        tmp_path,
        StoppedClock(),
        has_map=False,
        language=asked,
    )

    assert language() == spoken
    opened.close()
