"""Legend, heat view and keys on the map's page."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.resources import resource
from field_app.ui.background import Background
from field_app.ui.map.map_view import MapView
from tests.ui.map_page import FAR, LATE, NEAR, WAIT_MS, OnePage, only_chromium_grumbles, take_down

pytestmark = only_chromium_grumbles


@pytest.fixture
def chief(qtbot: QtBot, tmp_path: Path) -> Iterator[OnePage]:
    """A supervisor's map."""
    background = Background()
    view = MapView(resource("basemap", "bangkok.mbtiles"), tmp_path, background)
    view.resize(506, 712)
    view.offer_heat()
    view.show_pins((NEAR, FAR, LATE))
    with qtbot.waitSignal(view.ready, timeout=WAIT_MS):
        view.show()
    yield OnePage(view, qtbot)
    take_down(view, qtbot)
    background.close()


def ask(page: OnePage, script: str) -> Any:
    """Return what a piece of script says."""
    return page.ask(f"JSON.stringify({script})")


def until(page: OnePage, script: str, said: object) -> None:
    """Wait until a piece of script says something."""
    page.qtbot.waitUntil(lambda: ask(page, script) == said, timeout=WAIT_MS)


def test_the_legend_names_what_is_on_the_map(shown: OnePage) -> None:
    assert ask(shown, "document.querySelector('.legend').hidden")
    shown.view.act("legend")
    until(shown, "document.querySelector('.legend').hidden", said=False)
    rows = "[...document.querySelectorAll('.legend-row > span')].map((row) => row.textContent)"
    assert ask(shown, rows) == [
        "Waiting",
        "In progress",
        "Forwarded",
        "Overdue",
        "Several jobs; the ring shows their statuses, the small sign the most urgent one",
    ]
    shown.view.show_pins((replace(NEAR, status="paused"),))
    until(shown, f"{rows}[0]", "On hold")
    assert ask(shown, "document.getElementById('to-legend').getAttribute('aria-expanded')") == (
        "true"
    )
    shown.ask("document.getElementById('to-legend').click(); 'true'")
    assert ask(shown, "document.querySelector('.legend').hidden")


def test_the_heat_view_shows_where_jobs_are_many_and_tells_its_scale(chief: OnePage) -> None:
    chief.view.show_pins(
        [replace(NEAR, ticket_id=f"n{n}", latitude=13.75 + n * 1e-5) for n in range(50)] + [FAR]
    )
    chief.until(lambda state: state["pins"] == 51)
    chief.ask("document.getElementById('to-heat').click(); 'true'")
    assert ask(chief, "fieldMapHeat.isShown()")
    assert ask(chief, "fieldMapJobs.items()") == []
    assert ask(chief, "document.querySelector('.legend-heat').textContent").startswith(
        "Jobs per square kilometre0"
    )
    warm = """(() => {
      const canvas = document.querySelector("canvas.heat");
      const at = here => canvas.getContext("2d").getImageData(here.x, here.y, 1, 1).data[3];
      const spot = (lat, lng) => {
        const map = fieldMapJobs.layer()._map;
        const point = map.latLngToLayerPoint([lat, lng]);
        return point.subtract(L.DomUtil.getPosition(canvas)).round();
      };
      return [at(spot(13.75, 100.5018)), at(spot(13.745, 100.51))];
    })()"""
    many, none = ask(chief, warm)
    assert many > 150
    assert none == 0


@pytest.mark.logs_warnings
def test_heat_and_legend_come_back_with_a_page_whose_process_ended(chief: OnePage) -> None:
    chief.view.act("legend")
    chief.view.act("heat")
    chief.qtbot.waitUntil(lambda: chief.view.sight is not None and chief.view.sight.is_heat)
    assert chief.view.web is not None
    with chief.qtbot.waitSignal(chief.view.ready, timeout=WAIT_MS):
        os.kill(chief.view.web.page.renderProcessPid(), signal.SIGKILL)
    assert ask(chief, "fieldMapHeat.isShown()")
    chief.view.act("heat")
    until(chief, "fieldMapHeat.isShown()", said=False)
    assert ask(chief, "document.querySelectorAll('.legend-row').length") == 5


def test_a_crews_map_has_no_heat_view(shown: OnePage) -> None:
    shown.view.act("heat")
    shown.view.act("zoom_out")
    shown.until(lambda state: state["zoom"] == 13)
    assert not ask(shown, "fieldMapHeat.isShown()")


def test_keys_zoom_pan_and_show_everything(shown: OnePage) -> None:
    before = shown.ask("fieldMap.state()")
    shown.view.act("zoom_in")
    shown.until(lambda state: state["zoom"] == before["zoom"] + 1)
    north, east = shown.ask("fieldMap.state()")["centre"]
    shown.view.act("north")
    shown.view.act("east")
    shown.until(lambda state: state["centre"][0] > north and state["centre"][1] > east)
    shown.view.act("all")
    shown.until(lambda state: state["centre"] == before["centre"])


def test_the_keys_go_from_pin_to_pin_and_enter_chooses_one(shown: OnePage) -> None:
    shown.view.act("next")
    until(shown, "document.activeElement.className", "key-ring")
    first = ask(shown, "document.activeElement.getAttribute('aria-label')")
    assert first == "น้ำท่วมขังปากซอย, In progress, Overdue"
    inside = shown.focused()
    QTest.keyClick(inside, Qt.Key.Key_Period)
    until(shown, "document.activeElement.getAttribute('aria-label')", "น้ำท่วมขังปากซอย, Waiting")
    QTest.keyClick(inside, Qt.Key.Key_Comma)
    until(shown, "document.activeElement.getAttribute('aria-label')", first)
    with shown.qtbot.waitSignal(shown.view.ticket_chosen, timeout=WAIT_MS) as told:
        QTest.keyClick(inside, Qt.Key.Key_Return)
    assert told.args == ["late"]


def test_enter_opens_a_cluster_and_stands_on_its_first_pin(shown: OnePage) -> None:
    shown.view.show_pins((NEAR, replace(LATE, latitude=13.7569, longitude=100.5018)))
    shown.until(lambda state: state["pins"] == 2)
    shown.view.act("all")
    shown.view.act("zoom_out")
    until(shown, "fieldMapJobs.items().length", 1)
    shown.view.act("next")
    until(
        shown,
        "document.activeElement.getAttribute('aria-label')",
        "2 jobs here, Overdue: 1, Waiting: 1, In progress: 1",
    )
    QTest.keyClick(shown.focused(), Qt.Key.Key_Return)
    until(
        shown,
        "document.activeElement.getAttribute('aria-label')",
        "น้ำท่วมขังปากซอย, In progress, Overdue",
    )
    QTest.keyClick(shown.focused(), Qt.Key.Key_Escape)
    until(shown, "document.querySelector('.key-ring').hidden", said=True)


def test_a_map_without_pins_takes_the_keys_itself(shown: OnePage) -> None:
    shown.view.show_pins(())
    shown.until(lambda state: state["pins"] == 0)
    shown.view.act("previous")
    until(shown, "document.activeElement === fieldMapJobs.layer()._map.getContainer()", said=True)
