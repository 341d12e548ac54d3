"""Tools of the map in a real web view: measuring, pointing, and a pin moved by mouse or keys."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from field_app.domain.ids import TicketId
from field_app.domain.place import Place, distance_m
from field_app.texts import Language, set_language
from field_app.texts.numbers import measured
from field_app.ui.map.pointing import MEASURE, MOVE, POINT, Pointing
from tests.helpers.shots import shots_folder
from tests.ui.map_page import NEAR, WAIT_MS, OnePage, only_chromium_grumbles

pytestmark = only_chromium_grumbles
PIN = Place(latitude=NEAR.latitude, longitude=NEAR.longitude)
JOB = TicketId("near")
CITIZENS = Place(latitude=PIN.latitude + 0.0006, longitude=PIN.longitude - 0.0008)


@pytest.fixture
def pointing(shown: OnePage) -> Pointing:
    """Return the tools of a map that shows one job from near."""
    made = Pointing(shown.view)
    shown.view.ready.emit()
    shown.view.select("near")
    shown.until(lambda state: state["selected"] == "near" and state["zoom"] >= 15)
    return made


def tool_of(page: OnePage) -> dict[str, object]:
    told: dict[str, object] = page.ask("fieldMapTool.state()")
    return told


def until_tool(page: OnePage, name: str | None) -> None:
    page.qtbot.waitUntil(lambda: tool_of(page).get("tool") == name, timeout=WAIT_MS)


def press(page: OnePage, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key with the focus on the map."""
    assert page.view.web is not None
    inside = page.view.web.view.focusProxy()
    assert inside is not None
    QTest.keyClick(inside, key, modifier or Qt.KeyboardModifier.NoModifier)


def points(page: OnePage) -> list[list[float]]:
    found: list[list[float]] = page.ask("JSON.stringify(fieldMapMeasure.points())")
    return found


def until_points(page: OnePage, count: int) -> None:
    page.qtbot.waitUntil(lambda: len(points(page)) == count, timeout=WAIT_MS)


KeepShot = Callable[[str], None]


@pytest.fixture
def keep_shot(shown: OnePage, tmp_path: Path) -> KeepShot:
    """Keep a picture for people to look at."""

    def keep(name: str) -> None:
        shown.qtbot.wait(200)  # the page paints in a process of its own
        assert shown.view.grab().save(str(shots_folder(tmp_path) / f"{name}.png"))

    return keep


def test_the_page_measures_as_the_program_does(shown: OnePage) -> None:
    chance = random.Random(5)
    ways = [
        [[chance.uniform(-89, 89), chance.uniform(-179, 179)] for _end in range(2)]
        for _way in range(40)
    ]
    ways += [[[13.75, 100.5], [13.75 + n / 1e5, 100.5 - n / 2e5]] for n in range(20)]
    asked = f"{json.dumps(ways)}.map((way) => fieldMapLines.metres(way[0], way[1]))"
    ours = [distance_m(*(Place(latitude=lat, longitude=lng) for lat, lng in way)) for way in ways]
    assert shown.ask(f"JSON.stringify({asked})") == pytest.approx(ours, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_page_says_lengths_as_the_program_does(shown: OnePage, language: Language) -> None:
    set_language(language)
    shown.view.set_language(language)
    kilometres = "กม." if language == "th" else "km"
    shown.qtbot.waitUntil(
        lambda: kilometres in shown.ask("JSON.stringify(fieldMapLines.told(2000))"), timeout=WAIT_MS
    )
    lengths = [0, 0.4, 12.34, 347.6, 999.4, 999.6, 1000.0, 1354.2, 12_345.6, 1_234_567.0]
    asked = f"JSON.stringify({json.dumps(lengths)}.map(fieldMapLines.told))"
    assert shown.ask(asked) == [measured(length) for length in lengths]


def test_points_are_measured_by_clicks_and_the_last_one_is_taken_back(
    shown: OnePage, pointing: Pointing, keep_shot: KeepShot
) -> None:
    pointing.toggle(MEASURE)
    until_tool(shown, MEASURE)
    for count, (x, y) in enumerate(((150, 300), (300, 300), (300, 380)), start=1):
        shown.click(x, y)
        until_points(shown, count)
    one, two, three = (Place(latitude=lat, longitude=lng) for lat, lng in points(shown))
    whole = measured(distance_m(one, two) + distance_m(two, three))
    last = measured(distance_m(two, three))
    assert tool_of(shown)["value"] == f"{whole} in all · leg 2: {last}"
    keep_shot("measure_en")
    shown.ask("document.querySelector('[data-deed=measure_back]').click(); 'true'")
    assert len(points(shown)) == 2
    assert tool_of(shown)["value"] == f"{measured(distance_m(one, two))} in all"
    pointing.toggle(MEASURE)
    until_tool(shown, None)


def test_points_are_measured_by_keys_alone(shown: OnePage, pointing: Pointing) -> None:
    pointing.toggle(MEASURE)
    until_tool(shown, MEASURE)
    press(shown, Qt.Key.Key_Return)
    for _step in range(3):
        press(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(shown, Qt.Key.Key_Down)
    press(shown, Qt.Key.Key_Return)
    until_points(shown, 2)
    (lat1, lng1), (lat2, lng2) = points(shown)
    assert lat2 < lat1
    assert lng2 > lng1
    with shown.qtbot.waitSignal(pointing.ended, timeout=WAIT_MS) as told:
        press(shown, Qt.Key.Key_Escape)
    assert told.args == [MEASURE]
    assert pointing.tool == ""
    until_tool(shown, None)


def test_while_a_tool_is_on_no_job_is_chosen_and_nobody_is_moved(
    shown: OnePage, pointing: Pointing
) -> None:
    told: list[object] = []
    shown.view.place_chosen.connect(lambda *where: told.append(where))
    shown.view.ticket_chosen.connect(told.append)
    pointing.toggle(POINT)
    until_tool(shown, POINT)
    at = shown.ask("JSON.stringify(fieldMapJobs.pinAt('near'))")
    with shown.qtbot.waitSignal(pointing.pointed, timeout=WAIT_MS) as pointed:
        shown.click(at["x"], at["y"] - 20)
    assert pointed.args[0].tool == POINT
    assert distance_m(pointed.args[0].place, PIN) < 100
    assert told == []


def test_the_other_mouse_button_asks_for_the_coordinates_of_a_place(
    shown: OnePage, pointing: Pointing
) -> None:
    assert shown.view.web is not None
    inside = shown.view.web.view.focusProxy()
    assert inside is not None
    with shown.qtbot.waitSignal(pointing.pointed, timeout=WAIT_MS) as pointed:
        QTest.mouseClick(inside, Qt.MouseButton.RightButton, pos=QPoint(200, 330))
    assert pointed.args[0].tool == POINT


def test_a_pin_is_moved_by_keys_and_the_distance_is_told(
    shown: OnePage, pointing: Pointing, keep_shot: KeepShot
) -> None:
    pointing.move(JOB, PIN, CITIZENS)
    until_tool(shown, MOVE)
    press(shown, Qt.Key.Key_Left)
    press(shown, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    keep_shot("move_en")
    with shown.qtbot.waitSignal(pointing.pointed, timeout=WAIT_MS) as pointed:
        press(shown, Qt.Key.Key_Return)
    place = pointed.args[0].place
    assert pointed.args[0].tool == MOVE
    assert place.latitude > PIN.latitude
    assert place.longitude < PIN.longitude
    away = measured(distance_m(place, CITIZENS))
    assert tool_of(shown)["value"] == f"{away} from the citizen's point"
    shown.ask("document.querySelector('[data-deed=move_back]').click(); 'true'")
    assert tool_of(shown)["value"] == "0 m from the citizen's point"
    pointing.end()
    until_tool(shown, None)


def test_a_pin_is_moved_by_a_click(shown: OnePage, pointing: Pointing) -> None:
    pointing.move(JOB, PIN, PIN)
    until_tool(shown, MOVE)
    shown.click(260, 380)
    shown.qtbot.waitUntil(
        lambda: not str(tool_of(shown)["value"]).startswith("0 m"), timeout=WAIT_MS
    )
    with shown.qtbot.waitSignal(pointing.pointed, timeout=WAIT_MS) as pointed:
        shown.ask("document.querySelector('[data-deed=move_done]').click(); 'true'")
    assert 5 < distance_m(pointed.args[0].place, PIN) < 2000


def test_a_pin_is_dragged(shown: OnePage, pointing: Pointing) -> None:
    pointing.move(JOB, PIN, PIN)
    until_tool(shown, MOVE)
    assert shown.view.web is not None
    inside = shown.view.web.view.focusProxy()
    assert inside is not None
    middle = QPoint(shown.view.width() // 2, shown.view.height() // 2 - 20)
    QTest.mousePress(inside, Qt.MouseButton.LeftButton, pos=middle)
    for step in range(1, 6):
        QTest.mouseMove(inside, middle + QPoint(12 * step, 0))
        shown.qtbot.wait(20)
    QTest.mouseRelease(inside, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    shown.qtbot.waitUntil(
        lambda: not str(tool_of(shown)["value"]).startswith("0 m"), timeout=WAIT_MS
    )
    latitude, longitude = shown.ask("JSON.stringify(fieldMapMove.at())")
    assert longitude > PIN.longitude
    assert latitude == pytest.approx(PIN.latitude, abs=0.0002)


def test_a_job_without_a_place_gets_its_pin_in_the_middle(
    shown: OnePage, pointing: Pointing
) -> None:
    pointing.move(JOB, None, None)
    until_tool(shown, MOVE)
    assert tool_of(shown)["value"] == ""
    with shown.qtbot.waitSignal(pointing.pointed, timeout=WAIT_MS):
        press(shown, Qt.Key.Key_Return)


def test_a_moved_pin_has_a_line_from_the_citizens_point(
    shown: OnePage, pointing: Pointing, keep_shot: KeepShot
) -> None:
    pointing.show_moved(PIN, CITIZENS, JOB)
    shown.qtbot.waitUntil(
        lambda: shown.ask("JSON.stringify(fieldMapMove.traced())") is not None, timeout=WAIT_MS
    )
    labels = (
        "JSON.stringify([...document.querySelectorAll('.map-label span')].map(l => l.textContent))"
    )
    away = measured(distance_m(PIN, CITIZENS))
    assert shown.ask(labels) == [f"Citizen's point · {away}"]
    keep_shot("moved_en")
    pointing.show_moved(PIN, PIN, JOB)
    shown.qtbot.waitUntil(lambda: shown.ask(labels) == [], timeout=WAIT_MS)


def test_choosing_another_job_ends_the_move_of_this_one(shown: OnePage, pointing: Pointing) -> None:
    pointing.move(JOB, PIN, CITIZENS)
    until_tool(shown, MOVE)
    pointing.show_moved(PIN, CITIZENS, JOB)
    assert pointing.tool == MOVE, "news of the same job"
    pointing.show_moved(None, None, TicketId("late"))
    assert pointing.tool == ""
    until_tool(shown, None)


def test_a_page_that_comes_back_goes_on_with_the_move(shown: OnePage, pointing: Pointing) -> None:
    pointing.move(JOB, PIN, CITIZENS)
    until_tool(shown, MOVE)
    with shown.qtbot.waitSignal(shown.view.ready, timeout=WAIT_MS):
        assert shown.view.web is not None
        shown.view.is_ready = False
        shown.view.web.load()
    until_tool(shown, MOVE)


def test_the_tools_speak_thai_and_are_seen_in_the_dark(
    shown: OnePage, pointing: Pointing, keep_shot: KeepShot
) -> None:
    set_language("th")
    shown.view.set_language("th")
    shown.view.set_theme("dark")
    shown.until(lambda state: state["theme"] == "dark")
    pointing.move(JOB, PIN, CITIZENS)
    until_tool(shown, MOVE)
    assert str(tool_of(shown)["say"]).startswith("ลากหมุด")
    keep_shot("move_th_dark")
    buttons = "[...document.querySelectorAll('.tool-bar button')]"
    assert shown.ask(f"JSON.stringify({buttons}.map(b => b.offsetHeight))") == [44, 44, 44]


@pytest.mark.parametrize("percent", [100, 150])
def test_in_a_narrow_column_the_bar_stands_below_and_fits(
    shown: OnePage, pointing: Pointing, keep_shot: KeepShot, percent: int
) -> None:
    shown.view.resize(270, 650)
    set_language("th")
    shown.view.set_language("th")
    shown.view.set_theme("light", percent)
    scale = "String(getComputedStyle(document.documentElement).getPropertyValue('--scale'))"
    shown.qtbot.waitUntil(lambda: shown.ask(scale) == percent / 100, timeout=WAIT_MS)
    pointing.move(JOB, PIN, CITIZENS)
    until_tool(shown, MOVE)
    keep_shot(f"move_narrow_th_{percent}")
    edges = (
        "(() => { const b = document.querySelector('.tool-bar').getBoundingClientRect();"
        " return JSON.stringify([b.left, b.top, innerWidth - b.right, innerHeight - b.bottom]) })()"
    )
    shown.qtbot.waitUntil(lambda: min(shown.ask(edges)) >= 0, timeout=WAIT_MS)
    inside = (
        "(() => { const b = document.querySelector('.tool-bar'),"
        " p = document.querySelector('.pin-on-its-way').getBoundingClientRect();"
        " return JSON.stringify([b.scrollWidth - b.clientWidth, b.scrollHeight - b.clientHeight,"
        " b.getBoundingClientRect().top - p.bottom]) })()"
    )
    wider, taller, below = shown.ask(inside)
    assert (wider, taller) == (0, 0)
    assert below >= 0, "the pin is in sight"
