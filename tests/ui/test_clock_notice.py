"""The strip that tells once of a wrong clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from field_app.texts import Language, set_language
from field_app.ui.language import choose_language
from field_app.ui.main_window import MainWindow
from field_app.ui.office import Office
from field_app.ui.workplace import Workplace
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import NOW, FakeLaptop

MakeWindow = Callable[[FakeLaptop], MainWindow]
MakeOffice = Callable[[FakeLaptop], Office]
HOURS = timedelta(hours=3, minutes=12) // timedelta(milliseconds=1)


def a_laptop(offset_ms: int) -> FakeLaptop:
    laptop = FakeLaptop()
    laptop.sync_status = replace(laptop.sync_status, clock_offset_ms=offset_ms)
    return laptop


def hears(place: Workplace, offset_ms: int) -> str:
    """Let the workplace hear of an offset; return what the strip says."""
    place.office.bus.tell_status(replace(place.office.app.status(), clock_offset_ms=offset_ms))
    return place.clock_notice.words


def understand(place: Workplace) -> None:
    place.clock_notice._buttons[0].click()


@pytest.mark.parametrize(
    ("offset_ms", "fact"),
    [
        (HOURS, "This computer's clock is 3 h 12 min slow."),
        (-HOURS, "This computer's clock is 3 h 12 min fast."),
    ],
)
def test_a_wrong_clock_is_said_and_times_are_right(
    make_window: MakeWindow, offset_ms: int, fact: str
) -> None:
    window = make_window(a_laptop(offset_ms))
    place = window.workplace
    assert place is not None

    assert place.clock_notice.words.startswith(fact)
    assert place.office.clock.now() == NOW + timedelta(milliseconds=offset_ms)


def test_a_clock_that_is_nearly_right_is_no_news(make_window: MakeWindow) -> None:
    window = make_window(a_laptop(119_000))
    place = window.workplace
    assert place is not None

    assert place.clock_notice.isHidden()
    assert place.office.clock.now() == NOW


def test_it_is_told_once_until_the_clock_is_off_by_another_amount(make_window: MakeWindow) -> None:
    window = make_window(a_laptop(HOURS))
    place = window.workplace
    assert place is not None

    understand(place)
    assert hears(place, HOURS + 60_000) == ""
    assert hears(place, -HOURS) != ""
    understand(place)
    assert hears(place, 0) == ""
    assert hears(place, -HOURS) != ""


def test_whoever_understood_is_not_told_again_at_the_next_start(make_office: MakeOffice) -> None:
    office = make_office(a_laptop(HOURS))
    understand(Workplace(office))

    assert Workplace(office).clock_notice.isHidden()


def test_it_follows_the_language(make_window: MakeWindow) -> None:
    window = make_window(a_laptop(HOURS))
    place = window.workplace
    assert place is not None

    choose_language("th", place.office.settings)

    assert place.clock_notice.words.startswith("นาฬิกาของเครื่องนี้ช้าไป 3 ชม. 12 น.")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_it_is_drawn(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, language: Language, percent: int
) -> None:
    set_language(language)
    window = make_window(a_laptop(HOURS))
    window.office.theme.set_percent(percent)

    path = grab(window, shots_folder(tmp_path) / f"clock-{language}-{percent}.png")

    assert path.stat().st_size > 0
    place = window.workplace
    assert place is not None
    notice = place.clock_notice
    assert notice.height() >= notice.heightForWidth(notice.width())
