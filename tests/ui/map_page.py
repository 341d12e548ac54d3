"""A map in a real web view, for tests."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.maps.pins import Pin
from field_app.ui.map.map_view import MapView
from field_app.ui.map.schemes import register_schemes

register_schemes()

only_chromium_grumbles = pytest.mark.qt_log_ignore("^Failed to create RHI", "^GPUInfo", extend=True)
"""Chromium looks at the graphics card once, even where the processor draws."""

FAR = Pin(
    ticket_id="far",
    latitude=13.7400,
    longitude=100.5300,
    icon="waves",
    status="forwarded",
    is_overdue=False,
    title="น้ำท่วมขังปากซอย",
)
NEAR = replace(
    FAR, ticket_id="near", latitude=13.7567, longitude=100.5018, icon="road", status="waiting"
)
LATE = replace(
    FAR, ticket_id="late", latitude=13.7600, longitude=100.5100, status="progress", is_overdue=True
)
WAIT_MS = 15_000


class OnePage:
    """A map with its page drawn, asked and clicked like a person would."""

    def __init__(self, view: MapView, qtbot: QtBot) -> None:
        self.view = view
        self.qtbot = qtbot

    def ask(self, script: str) -> Any:
        """Return the JSON that a piece of script says."""
        assert self.view.web is not None
        said: list[str] = []
        loop = QEventLoop()

        def take(answer: str) -> None:
            said.append(answer)
            loop.quit()

        self.view.web.page.runJavaScript(script, take)
        if not said:
            loop.exec()
        return json.loads(said[0])

    def until(self, is_so: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the page's state is as wanted."""
        self.qtbot.waitUntil(lambda: is_so(self.ask("fieldMap.state()")), timeout=WAIT_MS)

    def focused(self) -> QWidget:
        """Return the widget that gets the page's mouse and keys."""
        assert self.view.web is not None
        inside = self.view.web.view.focusProxy()
        assert inside is not None
        return inside

    def click(self, x: float, y: float) -> None:
        """Click into the page with the mouse."""
        QTest.mouseClick(self.focused(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


def take_down(view: MapView, qtbot: QtBot) -> None:
    """Close as the main window does and wait until the page and then its profile have gone."""
    assert view.web is not None
    with qtbot.waitSignals(
        [view.web.page.destroyed, view.web._profile.destroyed], order="strict", timeout=WAIT_MS
    ):
        view.shut_down()
    view.deleteLater()
